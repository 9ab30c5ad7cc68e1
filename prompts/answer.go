package prompts

import (
	"fmt"
	"strconv"
)

// ID names an answer within one summary: R1, R2, and so on in the order the
// answers were given. The same answers in the same order have the same ids.
type ID string

// Answer is one answer to one open question, as it is stored. Its text is never
// changed: quotes are offsets into it.
type Answer struct {
	ID   ID
	Text string // UTF-8, at best in NFC; anything is borne
	// Theme is the theme of the question, or empty: then the words decide.
	Theme string
	// Scored is what the figure given beside the words says, where one was given.
	// Where it and the words disagree, the summary shows both.
	Scored *Polarity
}

// Number gives texts the ids R1..Rn.
func Number(texts []string) []Answer {
	answers := make([]Answer, len(texts))
	for i, text := range texts {
		answers[i] = Answer{ID: ID("R" + strconv.Itoa(i+1)), Text: text}
	}
	return answers
}

// Polarity is whether something is said in praise or in blame.
type Polarity int8

// The polarities.
const (
	Negative Polarity = -1
	Neutral  Polarity = 0 // no opinion, or as much for as against
	Positive Polarity = 1
)

// String returns negative, neutral or positive.
func (p Polarity) String() string {
	switch {
	case p < 0:
		return "negative"
	case p > 0:
		return "positive"
	}
	return "neutral"
}

// MarshalText writes the polarity as String does.
func (p Polarity) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText writes and refuses anything else.
func (p *Polarity) UnmarshalText(text []byte) error {
	switch string(text) {
	case "negative":
		*p = Negative
	case "neutral":
		*p = Neutral
	case "positive":
		*p = Positive
	default:
		return fmt.Errorf("prompts: %q is no polarity", text)
	}
	return nil
}

// Opposes says whether one praises and the other blames.
func (p Polarity) Opposes(q Polarity) bool { return int(p)*int(q) < 0 }
