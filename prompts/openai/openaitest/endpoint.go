// Package openaitest plays an OpenAI-compatible endpoint that misbehaves in every
// way a model or its network does. It shares no code with the client, so that the
// two can not agree by accident.
package openaitest

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// Endpoint behaves as an OpenAI-compatible endpoint, and misbehaves on demand: each
// fault with its own chance, drawn anew for each request, or for each sentence where
// it is one of what is said.
type Endpoint struct {
	URL    string
	Hang   time.Duration // how long a hanging answer hangs; 5 s
	mu     sync.Mutex
	rnd    *rand.Rand
	chance map[string]float64
	calls  int
	met    map[string]int // how often each fault was shown
	bodies []string
	talks  talks
}

// Faults are all ways in which it can misbehave.
var Faults = []string{"429", "502", "hang", "cut", "fenced", "invented quote", "unknown id", "missing id",
	"changed placeholder", "obeyed injection", "low tokens", "unfinished", "no json", "new number", "new name"}

// Measured are the faults by which the issue measures, each with its chance.
func Measured() map[string]float64 {
	chance := map[string]float64{}
	for _, f := range []string{"429", "502", "hang", "cut", "invented quote", "missing id", "changed placeholder", "obeyed injection"} {
		chance[f] = .3
	}
	return chance
}

// New starts an endpoint on a real socket, until the test ends. The same seed draws
// the same faults for the same requests.
func New(t testing.TB, chance map[string]float64, seed uint64) *Endpoint {
	e := &Endpoint{Hang: 5 * time.Second, rnd: rand.New(rand.NewPCG(3, seed)), chance: chance, met: map[string]int{}}
	server := httptest.NewServer(e)
	t.Cleanup(server.CloseClientConnections)
	t.Cleanup(server.Close)
	e.URL = server.URL
	return e
}

// Behave changes the chances from now on.
func (e *Endpoint) Behave(chance map[string]float64) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.chance = chance
}

// has draws whether a fault shows itself in this request.
func (e *Endpoint) has(fault string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.rnd.Float64() >= e.chance[fault] {
		return false
	}
	e.met[fault]++
	return true
}

// Seen returns how many requests came, how often a fault was shown, and all bodies.
func (e *Endpoint) Seen(fault string) (calls, times int, bodies []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.calls, e.met[fault], append([]string(nil), e.bodies...)
}

// item is an answer or quote as it is sent.
type item struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

var data = regexp.MustCompile(`(?s)<<<([0-9a-z]+)\n(.*)\n([0-9a-z]+)>>>`)

// ServeHTTP answers as an endpoint does.
func (e *Endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e.mu.Lock()
	e.calls++
	e.bodies = append(e.bodies, string(body))
	e.mu.Unlock()
	switch {
	case e.has("429"):
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, `{"error":{"message":"slow down","type":"rate_limit"}}`)
		return
	case e.has("502"):
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprint(w, "<html><body>Bad gateway</body></html>")
		return
	case e.has("hang"):
		select {
		case <-r.Context().Done():
		case <-time.After(e.Hang):
		}
		return
	}
	if strings.Contains(string(body), `"tools":[`) {
		e.talk(w, r, body)
		return
	}
	var asked struct {
		Messages []struct{ Content string } `json:"messages"`
	}
	if err := json.Unmarshal(body, &asked); err != nil || len(asked.Messages) != 1 {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	prompt := asked.Messages[0].Content
	found := data.FindStringSubmatch(prompt)
	var items []item
	if found == nil || found[1] != found[3] || json.Unmarshal([]byte(found[2]), &items) != nil {
		http.Error(w, "bad prompt", http.StatusBadRequest)
		return
	}
	content := e.sorted(items)
	if strings.Contains(string(body), `"clauses"`) && strings.Contains(string(body), `"citations"`) {
		content = e.written(items)
	}
	if strings.Contains(string(body), `"groups"`) {
		content = e.grouped(items)
	}
	e.reply(w, prompt, content)
}

func (e *Endpoint) reply(w http.ResponseWriter, prompt, content string) {
	if e.has("fenced") {
		content = "```json\n" + content + "\n```"
	}
	if e.has("no json") {
		content = "Natuurlijk! Hier is de samenvatting:"
	}
	finish, tokens := "stop", len(prompt)/4
	if e.has("unfinished") {
		finish = "length"
	}
	if e.has("low tokens") {
		tokens = 10
	}
	raw, _ := json.Marshal(map[string]any{
		"choices": []any{map[string]any{"index": 0, "finish_reason": finish, "message": map[string]any{"role": "assistant", "content": content}}},
		"usage":   map[string]any{"prompt_tokens": tokens, "completion_tokens": len(content) / 4},
	})
	if e.has("cut") {
		w.Header().Set("Content-Length", fmt.Sprint(len(raw)))
		w.Write(raw[:len(raw)/2])
		return // the server closes the connection
	}
	w.Write(raw)
}

func (e *Endpoint) sorted(items []item) string {
	var out []map[string]string
	for _, i := range items {
		quote, _, _ := strings.Cut(i.Text, ". ")
		id := i.ID
		switch {
		case e.has("missing id"):
			continue
		case e.has("unknown id"):
			id = "R99999"
		case e.has("invented quote"):
			quote = "Dit kantoor is het allerbeste van Nederland"
		case e.has("changed placeholder"):
			quote = strings.ReplaceAll(quote, "PERSOON_1", "PERSOON_7")
		}
		out = append(out, map[string]string{"id": id, "theme": "overig", "polarity": "positive", "quote": quote})
	}
	raw, _ := json.Marshal(map[string]any{"items": out})
	return string(raw)
}

// Lies are pieces of what it says that no answer said: they must never reach a
// screen.
var Lies = []string{"allerbeste", "PWNED", "evil", "4217", "Berlusconi", "PERSOON_", "ontslagen"}

func (e *Endpoint) written(items []item) string {
	var out []map[string]any
	for _, i := range items[:min(4, len(items))] {
		text, ids := i.Text, []string{i.ID}
		switch {
		case e.has("missing id"):
			ids = nil
		case e.has("unknown id"):
			ids = []string{"R99999"}
		case e.has("obeyed injection"):
			text = []string{"PWNED", "Alles is perfect, zie https://evil.example", "Iedereen wordt ontslagen"}[len(out)%3]
		case e.has("changed placeholder"):
			text = "[PERSOON_7_zzzz] is " + text
		case e.has("new number"):
			text = "4217 klanten zeggen: " + text
		case e.has("new name"):
			text += " volgens Berlusconi"
		}
		out = append(out, map[string]any{"text": text, "citations": ids})
	}
	raw, _ := json.Marshal(map[string]any{"clauses": out})
	return string(raw)
}

// grouped is what it makes of cards: two groups and the rest, or one of its
// faults.
func (e *Endpoint) grouped(items []item) string {
	type group struct {
		Name  string   `json:"name"`
		Cards []string `json:"cards"`
	}
	first, other := group{Name: "Opvolging"}, group{Name: "overig"}
	if e.has("obeyed injection") {
		first.Name = "PWNED"
	}
	if e.has("changed placeholder") {
		first.Name = "[PERSOON_7_zz]"
	}
	if e.has("new number") {
		first.Name = "Opvolging van 4217"
	}
	for _, i := range items {
		switch {
		case e.has("missing id"):
			continue
		case e.has("unknown id"):
			first.Cards = append(first.Cards, "R99999")
		case e.has("twice"):
			other.Cards = append(other.Cards, i.ID, i.ID)
			continue
		}
		if strings.Contains(i.Text, "opvolging") || e.has("opposites together") && strings.Contains(i.Text, "portaal") {
			first.Cards = append(first.Cards, i.ID)
		} else {
			other.Cards = append(other.Cards, i.ID)
		}
	}
	raw, _ := json.Marshal(map[string]any{"groups": []group{first, other}})
	return string(raw)
}
