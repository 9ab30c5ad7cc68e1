package attention

import (
	"strings"

	"klantbot/analysis"
)

// Phrase is a sentence of the catalogue with what it names.
type Phrase struct {
	Key  string
	Args analysis.Args
}

// Activities whose names the catalogue has, as attention.activity.<name>; any
// other is a name that the office gave, and is shown as it is.
func Activities() []string {
	return []string{activityCall, activityVisit, activityYearly, activityBreakfast, activityCard}
}

// signalWords and occasionWords are how keys name them.
var (
	signalWords = map[SignalKind]string{LowRating: "rating", ServiceStopped: "stopped", RevenueDrop: "drop", LifeEvent: "life"}

	occasionWords = map[OccasionKind]string{Jubilee: "jubilee", Takeover: "takeover", Move: "move", Succession: "succession", NewContact: "contact"}
)

// life begins the words of a life event.
const life = "life."

// words is how the keys of s name it.
func (s Signal) words() string {
	event, _ := s.Args["event"].(string)
	if s.Kind == LifeEvent && occasionWords[OccasionKind(event)] != "" {
		return life + occasionWords[OccasionKind(event)]
	}
	return signalWords[s.Kind]
}

// Reason says why i is asked: its most urgent signal, its occasion, that it is
// late, how long nobody spoke to the client, or that it is time. It names
// days, silence and activity where its sentence does.
func (i Item) Reason() Phrase {
	args := analysis.Args{"activity": i.Activity, "days": i.DaysLate, "silence": i.Silence}
	switch {
	case len(i.Signals) > 0:
		for k, v := range i.Signals[0].Args {
			args[k] = v
		}
		args["on"] = i.Signals[0].Day
		return Phrase{"attention.reason." + i.Signals[0].words(), args}
	case i.Occasion != nil:
		args["years"], args["on"] = i.Occasion.Years, i.Occasion.Day
		if i.Occasion.Kind == Jubilee && i.Occasion.Years == 0 { // noted: of the firm, not of being a client
			return Phrase{"attention.reason.anniversary", args}
		}
		return Phrase{"attention.reason." + occasionWords[i.Occasion.Kind], args}
	case i.DaysLate > 0:
		return Phrase{"attention.reason.late", args}
	case i.Silence < 0:
		return Phrase{"attention.reason.never", args}
	}
	return Phrase{"attention.reason.due", args}
}

// questions is how many good questions the catalogue has for a visit and for
// anything lighter.
const questions = 4

// Question is the one good question to ask: about what the signal or occasion
// says, else one that is another each period.
func (i Item) Question() Phrase {
	switch {
	case len(i.Signals) > 0:
		return Phrase{Key: "attention.question." + strings.TrimPrefix(i.Signals[0].words(), life)}
	case i.Occasion != nil:
		return Phrase{Key: "attention.question." + occasionWords[i.Occasion.Kind]}
	}
	n := int(dice(uint64(i.Group), uint64(i.Period.From)) * questions)
	word := "call"
	if i.Touch.Fulfils(analysis.Yearly) { // there is time for it
		word = "visit"
	}
	return Phrase{Key: "attention.question." + word + "." + string(rune('1'+n))}
}
