package openaitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// talks is how the endpoint behaves where it is given tools.
type talks struct {
	plan    []Step
	obeys   bool
	hold    chan struct{}
	dropped chan struct{}
}

// Step is a tool that the endpoint uses of its own accord. In its arguments $1 is the
// first placeholder that it saw, $2 the next.
type Step struct{ Tool, Arguments string }

// TalkFaults are the ways in which it can misbehave where it is given tools, beside
// those of the network.
var TalkFaults = []string{"429", "502", "hang", "cut", "unfinished", "low tokens", "no json", "too many steps", "wrong arguments",
	"unknown tool", "no answer", "new number", "new name", "changed placeholder", "unknown id", "missing id"}

// Plan is what it does from now on, a tool a turn, before it answers with what the
// results say.
func (e *Endpoint) Plan(steps ...Step) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.talks.plan = steps
}

// Obey has it do from now on whatever any text that reaches it tells it: use tools,
// write sentences, or break out of what it writes. See orders.
func (e *Endpoint) Obey() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.talks.obeys = true
}

// Hold has it wait after each clause, until one more is let through. dropped is told
// when who asked went away meanwhile.
func (e *Endpoint) Hold() (next chan<- struct{}, dropped <-chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.talks.hold, e.talks.dropped = make(chan struct{}), make(chan struct{}, 1)
	return e.talks.hold, e.talks.dropped
}

// turn is a request with tools.
type turn struct {
	Messages []struct {
		Role, Content string
		Calls         []struct {
			Function struct{ Name, Arguments string } `json:"function"`
		} `json:"tool_calls"`
	} `json:"messages"`
}

var (
	masked = regexp.MustCompile(`\[[A-Z]+_[0-9]+_[0-9a-z]+\]`)
	quoted = regexp.MustCompile(`"text":"((?:[^"\\]|\\.)*)"`)
	cited  = regexp.MustCompile(`"id":"(T[0-9]+)"`)
	// What an obedient model does when a text says so, in Dutch and English.
	useOrder   = regexp.MustCompile(`(?i)(?:gebruik|roep|use|call)(?: het hulpmiddel| tool| the tool)? ([a-z_]+) (?:aan met|met|with) (\{[^{}]*\})`)
	writeOrder = regexp.MustCompile(`(?i)(?:schrijf|zeg|write|say)(?: letterlijk| exactly| exact)?: ?([^\n]*)`)
	rawOrder   = regexp.MustCompile(`(?i)(?:stuur rauw|send raw): ?([^\n]*)`)
	rulesOrder = regexp.MustCompile(`(?i)(?:geef|toon|herhaal|print|reveal|repeat|show)[^.\n]{0,30}(?:instructies|instructions|systeembericht|system message|prompt)`)
	namesOrder = regexp.MustCompile(`(?i)(?:ontmasker|unmask|decode the placeholders)`)
)

// orders are what the texts of a talk tell who obeys them.
type orders struct {
	use   []Step
	write []string
	raw   string
}

// heard reads the orders in all that was said, the instructions of the house excepted.
func (t turn) heard() (o orders) {
	for _, m := range t.Messages {
		if m.Role == "system" || m.Role == "assistant" {
			continue
		}
		text := strings.NewReplacer(`\"`, `"`, `\\`, `\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(m.Content)
		for _, found := range useOrder.FindAllStringSubmatch(text, -1) {
			o.use = append(o.use, Step{found[1], found[2]})
		}
		for _, found := range writeOrder.FindAllStringSubmatch(text, -1) {
			line, _, _ := strings.Cut(found[1], `"}`)
			o.write = append(o.write, line)
		}
		for _, found := range rawOrder.FindAllStringSubmatch(text, -1) {
			o.raw = found[1]
		}
		if rulesOrder.MatchString(text) {
			o.write = append(o.write, t.Messages[0].Content)
		}
		if namesOrder.MatchString(text) {
			o.write = append(o.write, "[PERSOON_1]", "[BEDRIJF_2_xxxx]", "PERSOON_1 en BEDRIJF_1")
		}
	}
	return o
}

// talk answers a request with tools, as a stream.
func (e *Endpoint) talk(w http.ResponseWriter, r *http.Request, body []byte) {
	var t turn
	if json.Unmarshal(body, &t) != nil || len(t.Messages) < 2 {
		http.Error(w, "bad request", http.StatusBadRequest)
		return
	}
	e.mu.Lock()
	plan, obeys := e.talks.plan, e.talks.obeys
	e.mu.Unlock()
	var o orders
	if obeys {
		o = t.heard()
	}
	var used []Step
	for _, m := range t.Messages {
		for _, c := range m.Calls {
			used = append(used, Step{c.Function.Name, c.Function.Arguments})
		}
	}
	s := &stream{e: e, w: w, r: r, prompt: len(body)}
	switch next, more := t.next(plan, o.use, used); {
	case e.has("too many steps") && len(plan) > 0:
		s.call(t.filled(plan[0]))
	case e.has("no answer"):
		s.piece(map[string]any{"content": "Natuurlijk! Ik zoek het uit."})
		s.end("stop")
	case more && e.has("wrong arguments"):
		s.call(Step{next.Tool, `{"client":7}`})
	case more && e.has("unknown tool"):
		s.call(Step{"delete_everything", "{}"})
	case more:
		s.call(next)
	case e.has("no json"):
		s.open()
		s.more(`{"clauses": [ja`)
		s.end("tool_calls")
	case o.raw != "":
		s.open()
		s.more(o.raw)
		s.end("tool_calls")
	default:
		s.answer(t, o.write)
	}
}

// next is the tool it uses now: what the plan says, then what it was told.
func (t turn) next(plan, told, used []Step) (Step, bool) {
	for _, s := range append(slices.Clone(plan), told...) {
		if s = t.filled(s); !slices.Contains(used, s) {
			return s, true
		}
	}
	return Step{}, false
}

// filled puts placeholders in the arguments of s.
func (t turn) filled(s Step) Step {
	var seen []string
	for _, m := range t.Messages[1:] {
		for _, p := range masked.FindAllString(m.Content, -1) {
			if m.Role != "system" && !slices.Contains(seen, p) {
				seen = append(seen, p)
			}
		}
	}
	for i, p := range seen {
		s.Arguments = strings.ReplaceAll(s.Arguments, fmt.Sprintf("$%d", i+1), p)
	}
	return s
}

// stream writes an answer in pieces.
type stream struct {
	e      *Endpoint
	w      http.ResponseWriter
	r      *http.Request
	prompt int
	gone   bool
}

func (s *stream) piece(delta map[string]any) { s.send(map[string]any{"index": 0, "delta": delta}) }

func (s *stream) send(choice map[string]any) {
	s.w.Header().Set("Content-Type", "text/event-stream")
	raw, _ := json.Marshal(map[string]any{"choices": []any{choice}})
	fmt.Fprintf(s.w, "data: %s\n\n", raw)
	s.w.(http.Flusher).Flush()
}

func (s *stream) open() { s.begin("answer", "") }

func (s *stream) begin(name, arguments string) {
	s.piece(map[string]any{"role": "assistant", "tool_calls": []any{map[string]any{"index": 0, "id": "call_1", "type": "function",
		"function": map[string]any{"name": name, "arguments": arguments}}}})
}

// more adds to the arguments.
func (s *stream) more(text string) {
	s.piece(map[string]any{"tool_calls": []any{map[string]any{"index": 0, "function": map[string]any{"arguments": text}}}})
}

// halves adds text in two pieces.
func (s *stream) halves(text string) {
	r := []rune(text)
	s.more(string(r[:len(r)/2]))
	s.more(string(r[len(r)/2:]))
}

// call has one tool used.
func (s *stream) call(step Step) {
	s.begin(step.Tool, "")
	s.halves(step.Arguments)
	s.end("tool_calls")
}

// end says why it stopped and what it took.
func (s *stream) end(finish string) {
	if s.e.has("cut") {
		return
	}
	if s.e.has("unfinished") {
		finish = "length"
	}
	tokens := s.prompt / 4
	if s.e.has("low tokens") {
		tokens = 10
	}
	s.send(map[string]any{"index": 0, "delta": map[string]any{}, "finish_reason": finish})
	fmt.Fprintf(s.w, "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":9}}\n\ndata: [DONE]\n\n", tokens)
}

// answer writes what it was told to, and then what the results say: up to three lines
// of each, behind what the result is about.
func (s *stream) answer(t turn, told []string) {
	s.open()
	s.more(`{"clauses": [`)
	var ids []string
	for _, m := range t.Messages {
		if id := cited.FindStringSubmatch(m.Content); m.Role == "tool" && id != nil {
			ids = append(ids, id[1])
		}
	}
	n := 0
	write := func(text string, ids []string) {
		raw, _ := json.Marshal(map[string]any{"text": text, "citations": ids})
		if n++; n > 1 {
			s.more(", ")
		}
		s.halves(string(raw))
		s.wait()
	}
	for _, text := range told {
		write(text, ids[:min(len(ids), 5)])
	}
	for _, m := range t.Messages {
		id, found := cited.FindStringSubmatch(m.Content), quoted.FindStringSubmatch(m.Content)
		if m.Role != "tool" || id == nil || found == nil {
			continue
		}
		var text string
		if json.Unmarshal([]byte(`"`+found[1]+`"`), &text) != nil {
			continue
		}
		title, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
		lines := append(strings.Split(rest, "\n"), "", "")
		for _, line := range lines[:min(3, len(lines)-2)] {
			s.lie(write, strings.TrimSpace(title+" "+strings.TrimSpace(line)), id[1])
		}
	}
	if !s.gone {
		s.more("]}")
		s.end("tool_calls")
	}
}

// lie writes a sentence as it is, or with a fault.
func (s *stream) lie(write func(string, []string), text, id string) {
	ids := []string{id}
	switch e := s.e; {
	case e.has("new number"):
		text += " 4217"
	case e.has("new name"):
		text += " volgens Berlusconi"
	case e.has("changed placeholder"):
		text = "[PERSOON_7_zzzz] " + text
	case e.has("unknown id"):
		ids = []string{"T99"}
	case e.has("missing id"):
		ids = nil
	}
	write(text, ids)
}

// wait waits where it is held.
func (s *stream) wait() {
	s.e.mu.Lock()
	hold, dropped := s.e.talks.hold, s.e.talks.dropped
	s.e.mu.Unlock()
	if hold == nil || s.gone {
		return
	}
	select {
	case <-hold:
	case <-s.r.Context().Done():
		s.gone = true
		dropped <- struct{}{}
	}
}
