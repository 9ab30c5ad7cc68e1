package openai

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"

	sdk "github.com/sashabaranov/go-openai"

	"klantbot/prompts"
)

// step asks the model once and returns the tools it wants used; none when it gave
// its answer, of which the clauses were shown as they came.
func (t *talk) step(ctx context.Context) ([]sdk.ToolCall, error) {
	need := 0
	for _, m := range t.messages {
		need += estimate(m.Content)
	}
	if t.tokens -= need; t.tokens < 0 {
		return nil, reason("job budget")
	}
	if t.ports.Budget != nil {
		if ok, err := t.ports.Budget.Spend(ctx, need); err != nil || !ok {
			return nil, reason("budget")
		}
	}
	began := t.ports.Now()
	s := streamed{talk: t}
	err := s.read(ctx, need)
	if t.ports.Audit != nil {
		call := prompts.Call{By: t.ask.By, Purpose: t.prompt.Name, Model: t.config.Model, Verdict: "ok", Took: t.ports.Now().Sub(began),
			Input: s.usage.PromptTokens, Output: s.usage.CompletionTokens}
		switch {
		case errors.Is(err, errEnough) || errors.Is(ctx.Err(), context.Canceled):
			call.Verdict = "stopped"
		case err != nil:
			call.Verdict = reasonOf(err)
		}
		if t.ports.Audit.Called(context.WithoutCancel(ctx), call) != nil && err == nil {
			return nil, reason("audit")
		}
	}
	if err != nil {
		return nil, err
	}
	return s.wanted()
}

// streamed is an answer that is coming in.
type streamed struct {
	*talk
	calls   []sdk.ToolCall
	content strings.Builder
	shown   int // clauses that were complete before
	finish  sdk.FinishReason
	usage   sdk.Usage
}

// read reads the whole answer, and shows what may be shown of it meanwhile.
func (s *streamed) read(ctx context.Context, need int) error {
	stream, err := s.client.api.CreateChatCompletionStream(ctx, s.turn())
	if err != nil {
		_, err = verdict(sdk.ChatCompletionResponse{}, err, need)
		return err
	}
	defer stream.Close()
	size := 0
	for {
		part, err := stream.Recv()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			_, err = verdict(sdk.ChatCompletionResponse{}, err, need)
			return err
		}
		if part.Usage != nil {
			s.usage = *part.Usage
		}
		if len(part.Choices) == 0 {
			continue
		}
		choice := part.Choices[0]
		if choice.FinishReason != "" {
			s.finish = choice.FinishReason
		}
		complete := strings.Contains(choice.Delta.Content, "}") || choice.FinishReason != ""
		for _, d := range choice.Delta.ToolCalls {
			complete = complete || strings.Contains(d.Function.Arguments, "}")
			if size += len(d.Function.Arguments) + len(d.Function.Name); !s.add(d) {
				return reason("schema")
			}
		}
		s.content.WriteString(choice.Delta.Content)
		if size += len(choice.Delta.Content); size > 4*mostAnswer {
			return reason("unfinished")
		}
		if !complete {
			continue
		}
		if err := s.show(); err != nil {
			return err
		}
	}
	// A stream that is cut off ends like one that is whole; only the reason tells.
	switch {
	case s.finish == "" && len(s.calls) == 0 && s.content.Len() == 0:
		return endpointFault("empty")
	case s.finish == "":
		return endpointFault("broken")
	case s.finish != sdk.FinishReasonStop && s.finish != sdk.FinishReasonToolCalls:
		return reason("unfinished")
	case s.usage.PromptTokens > 0 && 2*s.usage.PromptTokens < need:
		return reason("truncated")
	}
	return nil
}

// turn is the request of this step. Who used every step can only answer.
func (s *streamed) turn() sdk.ChatCompletionRequest {
	r := sdk.ChatCompletionRequest{Model: s.config.Model, Messages: s.messages, Tools: s.offered, ParallelToolCalls: false,
		ToolChoice: "required", StreamOptions: &sdk.StreamOptions{IncludeUsage: true}}
	if s.steps == mostSteps {
		r.ToolChoice = sdk.ToolChoice{Type: sdk.ToolTypeFunction, Function: sdk.ToolFunction{Name: prompts.AnswerTool}}
	}
	if reasons(s.config.Model) {
		r.MaxCompletionTokens = mostAnswer // these refuse the other two
		return r
	}
	//lint:ignore SA1019 Ollama, vLLM and older deployments know no other.
	r.MaxTokens = mostAnswer
	r.Temperature = math.SmallestNonzeroFloat32 // 0 would not be sent
	return r
}

// add adds a piece of a call; false where it is of none.
func (s *streamed) add(d sdk.ToolCall) bool {
	at := len(s.calls)
	if d.Index != nil {
		at = *d.Index
	} else if d.ID == "" && at > 0 {
		at--
	}
	if at < 0 || at > len(s.calls) || at > mostSteps {
		return false
	}
	if at == len(s.calls) {
		s.calls = append(s.calls, sdk.ToolCall{Type: sdk.ToolTypeFunction})
	}
	c := &s.calls[at]
	c.ID += d.ID
	c.Function.Name += d.Function.Name
	c.Function.Arguments += d.Function.Arguments
	return true
}

// answer is as much of the answer as came; some models say it without the tool.
func (s *streamed) answer() (text string, given bool) {
	for _, c := range s.calls {
		if c.Function.Name == prompts.AnswerTool {
			return c.Function.Arguments, true
		}
	}
	return s.content.String(), len(s.calls) == 0 && s.finish != ""
}

// show shows the clauses that are complete.
func (s *streamed) show() error {
	text, given := s.answer()
	if !given {
		return nil
	}
	all := whole(text)
	for ; s.shown < len(all); s.shown++ {
		var clause clauseJSON
		if json.Unmarshal([]byte(all[s.shown]), &clause) != nil {
			return reason("json")
		}
		if err := s.clause(clause); err != nil {
			return err
		}
	}
	return nil
}

// wanted are the tools that are wanted; none, when the answer is whole and there.
func (s *streamed) wanted() ([]sdk.ToolCall, error) {
	text, given := s.answer()
	if !given {
		s.messages = append(s.messages, sdk.ChatCompletionMessage{Role: sdk.ChatMessageRoleAssistant, ToolCalls: s.calls})
		return s.calls, nil
	}
	var answer struct {
		Clauses []clauseJSON `json:"clauses"`
	}
	if err := decode(text, &answer); err != nil {
		return nil, err
	}
	if len(answer.Clauses) != s.shown {
		return nil, reason("json")
	}
	return nil, nil
}

// whole returns the objects of the list "clauses" that are complete in text, which
// may end anywhere.
func whole(text string) (objects []string) {
	at := strings.Index(text, `"clauses"`)
	if at < 0 {
		return nil
	}
	from, depth, quoted := -1, 0, false
	for i := at + len(`"clauses"`); i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{':
			if depth++; depth == 1 {
				from = i
			}
		case c == '}':
			if depth--; depth == 0 {
				objects = append(objects, text[from:i+1])
			}
		case c == ']' && depth == 0:
			return objects
		}
		if depth < 0 {
			return objects
		}
	}
	return objects
}
