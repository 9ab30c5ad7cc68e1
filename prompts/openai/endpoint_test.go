package openai

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

// endpoint behaves as an OpenAI-compatible endpoint, and misbehaves on demand: each
// fault with its own chance, drawn anew for each request.
type endpoint struct {
	*httptest.Server
	mu     sync.Mutex
	rnd    *rand.Rand
	chance map[string]float64
	calls  int
	met    map[string]int // how often each fault was shown
	bodies []string
}

// faults are all ways in which it can misbehave.
var faults = []string{"429", "502", "hang", "cut", "fenced", "invented quote", "unknown id", "missing id",
	"changed placeholder", "obeyed injection", "low tokens", "unfinished", "no json", "new number", "new name"}

func newEndpoint(t testing.TB, chance map[string]float64) *endpoint {
	e := &endpoint{rnd: rand.New(rand.NewPCG(3, 4)), chance: chance, met: map[string]int{}}
	e.Server = httptest.NewServer(http.HandlerFunc(e.answer))
	t.Cleanup(e.Close)
	return e
}

// has draws whether a fault shows itself in this request.
func (e *endpoint) has(fault string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.rnd.Float64() >= e.chance[fault] {
		return false
	}
	e.met[fault]++
	return true
}

// seen returns how many requests came, how often a fault was shown, and all bodies.
func (e *endpoint) seen(fault string) (calls, times int, bodies []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.calls, e.met[fault], append([]string(nil), e.bodies...)
}

var data = regexp.MustCompile(`(?s)<<<([0-9a-z]+)\n(.*)\n([0-9a-z]+)>>>`)

func (e *endpoint) answer(w http.ResponseWriter, r *http.Request) {
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
		case <-time.After(5 * time.Second):
		}
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
	var items []sent
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

func (e *endpoint) reply(w http.ResponseWriter, prompt, content string) {
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

func (e *endpoint) sorted(items []sent) string {
	var out []map[string]string
	for _, i := range items {
		quote, _, _ := strings.Cut(i.Text, ". ")
		id := string(i.ID)
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

// lies must never reach a screen.
var lies = []string{"allerbeste", "PWNED", "evil", "4217", "Berlusconi", "PERSOON_", "ontslagen"}

func (e *endpoint) written(items []sent) string {
	var out []map[string]any
	for _, i := range items[:min(4, len(items))] {
		text, ids := i.Text, []string{string(i.ID)}
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
