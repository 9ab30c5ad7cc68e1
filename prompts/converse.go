package prompts

import (
	"context"
	"encoding/json"
	"errors"
	"iter"

	"klantbot/analysis"
)

// Talk is a question that a model may answer with tools. Of what clients and files
// say it holds nothing: what the model reads of those are figures and placeholders.
type Talk struct {
	By       analysis.UserID // on whose behalf; empty: the operator
	Lang     string          // of the prompt and the answer: "nl" or "en"
	Today    analysis.Day
	Question string   // in the words of who asks
	Named    []Naming // the clients in Question, in its order, without overlap
	About    *Named   // whom the conversation was about before; nil: nobody
	Tools    []string // the names of those it may use
	Box      Toolbox
}

// Named is something with a name, and the words by which it is called.
type Named struct {
	Kind  Veiled
	Key   string // the same for all names of one thing, for instance "client/17"
	Words string
}

// Naming is a name in a question: its bytes Start up to End.
type Naming struct {
	Start, End int
	Key        string
}

// Veiled is what a placeholder stands for.
type Veiled string

// The kinds of things that a model sees by a placeholder only.
const (
	VeiledPerson       Veiled = "person"
	VeiledOrganisation Veiled = "organisation"
	VeiledName         Veiled = "name"  // of a service, a theme, a survey: whatever came out of a file
	VeiledWords        Veiled = "words" // what somebody wrote; it comes back between quotation marks
)

// Veil gives things the names by which a model sees them.
type Veil interface {
	// Hide returns the placeholder of what has key, called words.
	Hide(kind Veiled, key, words string) string
	// Behind returns the key of what placeholder stands for and the words it was called
	// by; false where it was never given.
	Behind(placeholder string) (key, words string, ok bool)
}

// Toolbox is what a model may have done on behalf of who asks, with their rights.
type Toolbox interface {
	// Use runs the tool name with arguments as a model wrote them. Everything in what
	// it returns that is not ours, names and texts, is hidden in v. ErrArguments: they
	// do not fit the tool, or name what nobody named. An error of analysis is told to
	// the model by its kind; any other one ends the talk.
	Use(ctx context.Context, name string, arguments json.RawMessage, v Veil) (string, error)
}

// ErrArguments is returned for arguments that do not fit their tool.
var ErrArguments = errors.New("prompts: arguments that do not fit the tool")

// Refused is what a model is told of a tool that was not used: that it may not, that
// nothing is there, or that it was asked wrongly. False for what is our own fault.
func Refused(err error) (word string, ok bool) {
	var known *analysis.Error
	if !errors.As(err, &known) || known.Kind == analysis.Internal {
		return "", false
	}
	return string(known.Kind), true
}

// Conversant answers questions with a model.
type Conversant interface {
	// Converse yields clauses that passed the gate, with names put back; Citations name
	// the results they rest on, T1 the first. The last error, if any, is a NoAnswer or
	// that of ctx: then nothing that came before it is an answer.
	Converse(ctx context.Context, t Talk) iter.Seq2[Clause, error]
}

// NoAnswer says in a word why a model gave no answer that may be shown.
type NoAnswer struct{ Why string }

func (e *NoAnswer) Error() string { return "prompts: no answer: " + e.Why }
