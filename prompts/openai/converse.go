package openai

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strconv"
	"strings"

	sdk "github.com/sashabaranov/go-openai"

	"klantbot/prompts"
)

// mostSteps is how many tools are used for one answer.
const mostSteps = 6

// longestResult is the most characters of a result that is sent.
const longestResult = 6_000

// Conversant fulfils prompts.Conversant with a model. It shares the endpoint, the
// budget and the breaker of its Summarizer.
type Conversant struct {
	*Summarizer
	prompt map[string]prompts.Prompt // by language
	tools  map[string]prompts.Tool
}

var _ prompts.Conversant = (*Conversant)(nil)

// NewConversant returns one on the endpoint of s. It fails for a language without
// prompts.
func NewConversant(s *Summarizer) (*Conversant, error) {
	c := &Conversant{Summarizer: s, prompt: map[string]prompts.Prompt{}, tools: map[string]prompts.Tool{}}
	for _, lang := range languages {
		p, err := prompts.LoadPrompt(lang, prompts.Ask)
		if err != nil {
			return nil, err
		}
		tools, err := p.Tools()
		if err != nil {
			return nil, err
		}
		for _, t := range tools {
			c.tools[t.Name] = t
		}
		c.prompt[lang] = p
	}
	return c, nil
}

// errEnough ends a talk of which nobody reads the rest.
var errEnough = errors.New("openai: enough was read")

// Converse answers a question: see prompts.Conversant. Who stops reading, or ends ctx,
// ends the request to the endpoint with it.
func (c *Conversant) Converse(ctx context.Context, ask prompts.Talk) iter.Seq2[prompts.Clause, error] {
	return func(yield func(prompts.Clause, error) bool) {
		if !c.breaker.allows(c.ports.Now()) {
			yield(prompts.Clause{}, &prompts.NoAnswer{Why: "breaker"})
			return
		}
		limited, cancel := context.WithTimeout(ctx, c.config.Job)
		defer cancel()
		err := c.converse(limited, ask, yield)
		if errors.Is(err, errEnough) || ctx.Err() != nil {
			if !errors.Is(err, errEnough) {
				yield(prompts.Clause{}, ctx.Err())
			}
			return // who stops says nothing of the endpoint
		}
		var failed *callError
		c.breaker.record(c.ports.Now(), errors.As(err, &failed) && failed.endpoint)
		if err != nil {
			yield(prompts.Clause{}, &prompts.NoAnswer{Why: reasonOf(err)})
		}
	}
}

// talk is a question under way.
type talk struct {
	*job
	c        *Conversant
	ask      prompts.Talk
	prompt   prompts.Prompt
	open     string
	close    string
	offered  []sdk.Tool
	messages []sdk.ChatCompletionMessage
	results  prompts.Sources // by the ids that clauses cite, as the model saw them
	steps    int
	seen     map[string]bool // the clauses that were looked at
	passed   int
	refused  int
	yield    func(prompts.Clause, error) bool
}

func (c *Conversant) converse(ctx context.Context, ask prompts.Talk, yield func(prompts.Clause, error) bool) error {
	j, err := c.begin(ctx)
	if err != nil {
		return reason("names")
	}
	p, ok := c.prompt[ask.Lang]
	if !ok {
		p = c.prompt[languages[0]]
	}
	j.ask.By = ask.By
	t := &talk{job: j, c: c, ask: ask, prompt: p, results: prompts.Sources{}, seen: map[string]bool{}, yield: yield}
	if err := t.begin(); err != nil {
		return err
	}
	for {
		calls, err := t.step(ctx)
		if err != nil {
			return err
		}
		if len(calls) == 0 {
			return t.verdict()
		}
		for _, call := range calls {
			if err := t.use(ctx, call); err != nil {
				return err
			}
		}
	}
}

// begin words the question.
func (t *talk) begin() error {
	mark := t.ports.Nonce()
	t.open, t.close = "<<<"+mark, mark+">>>"
	rules, err := t.prompt.Render(map[string]any{"Open": t.open, "Close": t.close, "Most": mostSteps, "Today": t.ask.Today})
	if err != nil {
		return reason("prompt")
	}
	question := struct {
		Question string `json:"question"`
		About    string `json:"about,omitempty"` // whom the question before was about
	}{Question: t.question()}
	if a := t.ask.About; a != nil {
		question.About = t.mask.Hide(a.Kind, a.Key, a.Words)
	}
	t.messages = []sdk.ChatCompletionMessage{{Role: sdk.ChatMessageRoleSystem, Content: rules},
		{Role: sdk.ChatMessageRoleUser, Content: t.between(question)}}
	for _, name := range append(slices.Clone(t.ask.Tools), prompts.AnswerTool) {
		tool, ok := t.c.tools[name]
		if !ok {
			return reason("prompt")
		}
		t.offered = append(t.offered, sdk.Tool{Type: sdk.ToolTypeFunction,
			Function: &sdk.FunctionDefinition{Name: tool.Name, Description: tool.Description, Strict: true, Parameters: tool.Parameters}})
	}
	return nil
}

// question is what was asked without names and numbers of people.
func (t *talk) question() string {
	var b strings.Builder
	last, text := 0, t.ask.Question
	for _, n := range t.ask.Named {
		if n.Start < last || n.End > len(text) || n.Start >= n.End {
			continue
		}
		b.WriteString(t.mask.Mask(text[last:n.Start]).Text)
		b.WriteString(t.mask.Hide(prompts.VeiledOrganisation, n.Key, text[n.Start:n.End]))
		last = n.End
	}
	b.WriteString(t.mask.Mask(text[last:]).Text)
	return prompts.Clean(b.String())
}

// between writes v as JSON between the delimiters of this talk.
func (t *talk) between(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return ""
	}
	return t.open + "\n" + string(raw) + "\n" + t.close
}

// use has one tool used and tells the model what came of it.
func (t *talk) use(ctx context.Context, call sdk.ToolCall) error {
	if t.steps++; t.steps > mostSteps {
		return reason("steps")
	}
	tool, there := t.c.tools[call.Function.Name]
	if !there || !slices.Contains(t.ask.Tools, call.Function.Name) || !tool.Fits(json.RawMessage(call.Function.Arguments)) {
		return reason("schema")
	}
	type result struct {
		ID    prompts.ID `json:"id,omitempty"`
		Text  string     `json:"text,omitempty"`
		Error string     `json:"error,omitempty"`
	}
	var told result
	text, err := t.ask.Box.Use(ctx, call.Function.Name, json.RawMessage(call.Function.Arguments), t.mask)
	refused, known := prompts.Refused(err)
	switch {
	case errors.Is(err, prompts.ErrArguments):
		return reason("schema")
	case known:
		told.Error = refused
	case err != nil:
		return reason("tool")
	default:
		text = t.mask.Guard(prompts.Clean(text))
		if cut := []rune(text); len(cut) > longestResult {
			text = string(cut[:longestResult])
		}
		told.ID, told.Text = prompts.ID("T"+strconv.Itoa(len(t.results)+1)), text
		t.results[told.ID] = prompts.Answer{ID: told.ID, Text: text}
	}
	t.messages = append(t.messages, sdk.ChatCompletionMessage{Role: sdk.ChatMessageRoleTool, ToolCallID: call.ID, Content: t.between(told)})
	return nil
}

// clause shows one clause if it may be shown.
func (t *talk) clause(given clauseJSON) error {
	clause := prompts.Clause{Text: strings.TrimSpace(prompts.Clean(given.Text)), Citations: slices.Compact(slices.Clone(given.Citations))}
	if clause.Text == "" || t.seen[clause.Text] || len(t.seen) == 4*mostClauses {
		return nil
	}
	t.seen[clause.Text] = true
	text, back := t.mask.PutBack(clause.Text)
	if back != nil || len(prompts.CheckTold(clause, t.results)) > 0 {
		t.refused++
		return nil
	}
	if t.passed++; t.passed > mostTold {
		return nil
	}
	clause.Text = text
	if !t.yield(clause, nil) {
		return errEnough
	}
	return nil
}

// mostTold is how many clauses an answer has.
const mostTold = 6

// verdict says whether what passed is an answer.
func (t *talk) verdict() error {
	switch {
	case t.passed == 0 && t.refused == 0:
		return reason("nothing said")
	case t.passed == 0 || float64(t.refused) > refusedShare*float64(t.passed+t.refused):
		return reason("gate")
	}
	return nil
}
