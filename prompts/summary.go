package prompts

import (
	"context"

	"klantbot/analysis"
)

// Summarizer makes a summary. It returns an error only when ctx ends or the
// request itself makes no sense; a failing model is no error but a summary in
// mode Offline.
type Summarizer interface {
	Summarize(ctx context.Context, ask Request) (Summary, error)
}

// Other is the theme of what belongs to none.
const Other = "overig"

// Theme is a subject answers are sorted under.
type Theme struct {
	Name string
	// Seeds are words that show an answer is about this theme. A seed also stands
	// for its inflections and, from five letters, for compounds that hold it.
	Seeds []string
}

// Request is what to summarise, and how long the summary may be.
type Request struct {
	Answers []Answer
	Themes  []Theme // in the order of the report; Other comes last by itself
	// Words, when above zero, is a fixed budget for all quotes together, counted
	// as a person counts words: by the white space between them. It goes before
	// the promise that dissent is quoted. Zero: up to Quotes quotes a theme.
	Words int
	// Quotes is the most quotes of a theme, 1 to 3; zero stands for 3. With a
	// fixed word budget it does not count.
	Quotes int
	// Counts are figures counted by us that a clause may name beside those in
	// the answers it cites, for instance "38".
	Counts []string
	// By is on whose behalf, for the audit of a model; empty: the operator.
	By analysis.UserID
	// Offline says that no model is to be asked.
	Offline bool
	// Patient says that whoever asks has minutes. Otherwise a summarizer may answer
	// with what it has at once, and say that the summary is Pending.
	Patient bool
}

// Mode says what made a summary.
type Mode string

// The modes.
const (
	Offline Mode = "offline" // no model had a part in it
	Model   Mode = "model"   // a model wrote clauses, and the gate let them pass
)

// Quote is a piece of an answer: bytes Start up to End of its text. Offsets fall
// between characters.
type Quote struct {
	ID       ID
	Theme    string
	Polarity Polarity
	Start    int
	End      int
}

// Clause is a statement with the answers it rests on, one to five.
type Clause struct {
	Text      string
	Theme     string
	Citations []ID
}

// Reason is why an answer is in no clause and no quote.
type Reason string

// The reasons, worded by the catalogue.
const (
	Empty    Reason = "empty"    // nothing but white space
	Wordless Reason = "wordless" // no word in it: an emoji, a dash, a number
	Repeated Reason = "repeated" // says what a quoted answer says
	NoRoom   Reason = "no_room"  // counted under its themes, not quoted
	TooLong  Reason = "too_long" // never sent to the model for its length; counted without it
)

// LeftOut is an answer that is not used, with the reason.
type LeftOut struct {
	ID     ID
	Reason Reason
	// Like is, for Repeated, the answer that stands for it.
	Like ID
}

// Mention is one answer under one theme.
type Mention struct {
	ID       ID
	Polarity Polarity
	// Contradicts is set where the figure beside the answer says the opposite of
	// its words.
	Contradicts bool
}

// Finding is a theme as counted. Every figure is counted here, none by a model.
type Finding struct {
	Theme    string
	Mentions []Mention // by the order of the answers; an answer once a theme
	Positive int
	Neutral  int
	Negative int
}

// N is the number of answers under the theme.
func (f Finding) N() int { return len(f.Mentions) }

// dissentShare is the part of those with an opinion from which they must be heard.
const dissentShare = .20

// Dissent returns the polarity of the smaller side and whether it is large
// enough that it must be quoted: 20% of those with an opinion. With equal sides
// both must be heard, and Negative is returned.
func (f Finding) Dissent() (Polarity, bool) {
	less, side := f.Negative, Negative
	if f.Positive < f.Negative {
		less, side = f.Positive, Positive
	}
	return side, less > 0 && float64(less) >= dissentShare*float64(f.Positive+f.Negative)
}

// Summary is what clients said, traceable to their answers.
type Summary struct {
	Mode     Mode
	Findings []Finding // in the order of the request's themes; only those with answers
	Clauses  []Clause
	Quotes   []Quote
	LeftOut  []LeftOut
	// Flagged are answers that look like instructions to a machine. They take
	// part like any other; a person should look at them.
	Flagged []ID
	// Fallback says why a model was asked for and did not answer; empty otherwise.
	Fallback string
	// Pending: a model is writing; who asks again in a while gets what it wrote.
	Pending bool
}
