package attention

import (
	"klantbot/analysis"
)

// Group is what planning needs of one relatiegroep: no history, only when each
// kind of moment last was.
type Group struct {
	ID      analysis.GroupID
	Manager analysis.ManagerID
	Partner analysis.ManagerID
	Segment analysis.Segment // empty: not segmented, or not a client any more, so nothing is planned
	Since   analysis.Day     // first day of the relationship; NoDay: unknown
	Last    Last
	More    *More // what few groups have; nil: nothing
}

// Last is the day of the newest moment of each kind, in the order of
// analysis.TouchKinds; 0 where there was none. Days of 1970 and before are no
// contact that a plan is made of.
type Last [6]analysis.Day

// See notes a moment.
func (l *Last) See(k analysis.TouchKind, d analysis.Day) {
	if i := k.Place(); i >= 0 && d.Known() && d > l[i] {
		l[i] = d
	}
}

// fulfilling is the newest day of a moment as good as wanted; 0: never.
func (l *Last) fulfilling(wanted analysis.TouchKind) analysis.Day {
	i := wanted.Place()
	if i > analysis.Mail.Place() {
		return l[i]
	}
	newest := analysis.Day(0)
	for _, d := range l[:i+1] {
		newest = max(newest, d)
	}
	return newest
}

// Any is the newest day of any contact, NoDay where there never was one.
func (l *Last) Any() analysis.Day {
	newest := analysis.Day(0)
	for _, d := range l {
		newest = max(newest, d)
	}
	if newest == 0 {
		return analysis.NoDay
	}
	return newest
}

// More is what only some groups have.
type More struct {
	// Own replaces the lines of the segment where HasOwn; their Segment does not
	// count. No lines is a client that wants to be left alone.
	HasOwn    bool
	Own       []Line
	Marks     []Mark
	Signals   []Signal
	Occasions []Occasion
}

// MarkState is what somebody decided about one thing that was asked.
type MarkState string

// The states. What is done is no mark but a moment.
const (
	Snoozed    MarkState = "later"
	NotNeeded  MarkState = "niet nodig"
	HandedOver MarkState = "overgedragen"
)

// Mark is a decision about one thing that was asked: an activity, and the first
// day of the period (or the day of the signal or occasion) it was asked for.
type Mark struct {
	Activity string // of the line, or of Signal.Activity
	Period   analysis.Day
	State    MarkState
	Until    analysis.Day       // of Snoozed: asked again from this day
	To       analysis.ManagerID // of HandedOver
	By       analysis.ManagerID // who handed it over; 0: not known
}

// SignalKind is a reason to call before anything is due.
type SignalKind string

// The signals, most urgent first. A low rating and what the office's own figures
// say come with the group; a life event is one of its occasions.
const (
	LowRating      SignalKind = "lage waardering"
	ServiceStopped SignalKind = "dienst gestopt"
	RevenueDrop    SignalKind = "omzetdaling"
	LifeEvent      SignalKind = "levensgebeurtenis"
)

// SignalKinds lists them.
func SignalKinds() []SignalKind {
	return []SignalKind{LowRating, ServiceStopped, RevenueDrop, LifeEvent}
}

// Signal is seen on a day. A call or a visit on that day or later answers it,
// and after SignalDays it says nothing any more.
type Signal struct {
	Kind    SignalKind
	Day     analysis.Day
	Contact analysis.ContactID // whom to speak to about it; 0: whoever is spoken to
	Args    analysis.Args      // for its sentence; may be nil
}

// Activity is how a Mark names the signal.
func (s Signal) Activity() string { return "signaal/" + string(s.Kind) }

// SignalDays is how long a signal is asked about: a quarter.
const SignalDays = 92

// OccasionKind is what an event line answers. Illness is none: that is health
// data.
type OccasionKind string

// The occasions.
const (
	Jubilee    OccasionKind = "jubileum"
	Takeover   OccasionKind = "overname"
	Move       OccasionKind = "verhuizing"
	Succession OccasionKind = "opvolging"
	NewContact OccasionKind = "nieuwe contactpersoon"
)

// OccasionKinds lists them.
func OccasionKinds() []OccasionKind {
	return []OccasionKind{Jubilee, Takeover, Move, Succession, NewContact}
}

// Occasion is a day on which an event line asks for something.
type Occasion struct {
	Kind  OccasionKind
	Day   analysis.Day
	Years int // of a jubilee: how many years a client
}

// Signal is what o asks besides its card, from its day on: a conversation about
// what changes. It reports false for a jubilee, of which a card says enough.
func (o Occasion) Signal() (Signal, bool) {
	if o.Kind == Jubilee {
		return Signal{}, false
	}
	return Signal{Kind: LifeEvent, Day: o.Day, Args: analysis.Args{"event": string(o.Kind)}}, true
}

// jubilee returns the day in [from, to] on which a client since since has been
// one for a multiple of five years.
func jubilee(since, from, to analysis.Day) (Occasion, bool) {
	if !since.Known() || since <= 0 {
		return Occasion{}, false
	}
	for _, year := range []int{from.Year(), to.Year()} {
		years := year - since.Year()
		if years < 5 || years%5 != 0 {
			continue
		}
		if d := since.AddMonths(12 * years); from <= d && d <= to {
			return Occasion{Kind: Jubilee, Day: d, Years: years}, true
		}
	}
	return Occasion{}, false
}
