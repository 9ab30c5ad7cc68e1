package ask

import "klantbot/analysis"

// Me is the manager slot of who speaks of themselves.
const Me = "me"

// The kinds of session one can ask for.
const (
	NowAndLater = "nu-3jaar"
	JourneyKind = "klantreis"
)

// Slots are the particulars of a question. What was not said is empty.
type Slots struct {
	Client     string // the words used
	Manager    string // Me, or the words used
	Segment    analysis.Segment
	Against    analysis.Segment // the other one of a comparison
	Layer      analysis.Layer
	ClientType analysis.ClientType
	Theme      string // by the name of the vocabulary where it has one, else the words used
	Audience   analysis.Audience
	Service    string // by the name of the vocabulary
	Without    bool   // those that do not buy Service
	Days       int    // "longer than 60 days"
	Limit      int    // "the ten largest"
	Period     Period
	Session    string // NowAndLater or JourneyKind
}

// Period is a stretch of days, both ends included.
type Period struct{ From, To analysis.Day }

// Known says whether a period was named. The zero Period is none: nobody asks about
// the first day of 1970 alone.
func (p Period) Known() bool { return p != Period{} && p.From.Known() }

// Question is what a text was understood to ask.
type Question struct {
	Intent Intent
	Slots  Slots
	// Sure is false where too much of the text was not understood, or where two
	// meanings are as likely: then somebody has to be asked back.
	Sure bool
	// Choices are the likeliest intents, best first, where Sure is false; none when
	// nothing was understood. With Unknown they are guesses.
	Choices []Intent
	// Between says of SegmentCompare that segmentations are compared, not segments: who
	// went from one to another.
	Between bool
	// Pronoun says that the client is one that was named before ("hij", "die klant").
	Pronoun bool
	// Follows says that it asks nothing by itself ("en vorig jaar?"): see After.
	Follows bool

	leaning *Question // what it asks where a client was named before; nil: nothing else
}

// After completes a question with the one before it in the same conversation:
// a client that was named before, and for a question that asks nothing by itself
// also what was asked. What is unclear by itself may be plain about that client:
// "wat is er veranderd sinds ons laatste gesprek?".
func (q Question) After(before Question) Question {
	if q.leaning != nil && before.Slots.Client != "" && before.Intent.AboutClient() {
		q = *q.leaning
	}
	if q.Follows && before.Intent != Unknown && before.Intent != "" {
		said := q.Slots
		q.Intent, q.Slots, q.Sure, q.Choices = before.Intent, before.Slots, before.Sure || said.Client != "", nil
		if !q.Sure {
			q.Choices = before.Choices
		}
		q.Slots.replace(said)
		if said.Client != "" && !q.Intent.AboutClient() {
			q.Intent = ClientCard
		}
		q.Pronoun = q.Intent.AboutClient() && q.Slots.Client == ""
		return q
	}
	if q.Slots.Client == "" && before.Slots.Client != "" && (q.Pronoun || q.Intent.AboutClient()) {
		q.Slots.Client, q.Pronoun = before.Slots.Client, false
	}
	return q
}

// replace takes over what was said.
func (s *Slots) replace(said Slots) {
	put(&s.Client, said.Client)
	put(&s.Manager, said.Manager)
	put(&s.Segment, said.Segment)
	put(&s.Against, said.Against)
	put(&s.Layer, said.Layer)
	put(&s.ClientType, said.ClientType)
	put(&s.Theme, said.Theme)
	put(&s.Audience, said.Audience)
	put(&s.Service, said.Service)
	put(&s.Without, said.Without)
	put(&s.Days, said.Days)
	put(&s.Limit, said.Limit)
	put(&s.Period, said.Period)
	put(&s.Session, said.Session)
}

func put[T comparable](slot *T, said T) {
	var nothing T
	if said != nothing {
		*slot = said
	}
}

// Vocabulary is what an office calls its own.
type Vocabulary struct {
	Managers []string // names as they are written, "Sanne de Vries"
	Themes   []string
	Services []string
	// Client says how well words name a client, 0..1, as match.Hit.Score; nil: only
	// the place and the capitals of words tell.
	Client func(words string) float64
}
