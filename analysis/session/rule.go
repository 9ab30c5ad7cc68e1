package session

import (
	"slices"

	"klantbot/analysis"
)

// Who does something in a session.
type Who struct {
	User          analysis.UserID
	Administrator bool
	clock         bool
}

// Clock is the bot itself: deadlines, proposals, what was known beforehand.
var Clock = Who{clock: true}

// WhoIs returns who actor is in a session.
func WhoIs(actor analysis.Actor) Who {
	return Who{User: actor.User, Administrator: actor.Roles.Has(analysis.Administrator) || actor.Roles.Has(analysis.Operator)}
}

// part is what somebody is in a session; one can be several things.
type part int

const (
	participant part = 1 << iota
	facilitator
	administrator
	clock
	colleague // anybody of the office, also who was removed
	leading   = facilitator | administrator
	everybody = participant | facilitator
)

func (s *State) partOf(w Who) part {
	if w.clock {
		return clock
	}
	if w.User == "" && !w.Administrator {
		return 0
	}
	p := colleague
	if s.TakesPart(w.User) {
		p |= participant
	}
	if w.User != "" && w.User == s.Facilitator {
		p |= facilitator
	}
	if w.Administrator {
		p |= administrator
	}
	return p
}

// rule says who may do something, in which phases and when.
type rule struct {
	by   part
	in   []Phase  // nil: in any
	when []Status // nil: while it runs
}

var always = []Status{Running, Resting, Stopped}

// rules is the one table of who may do what when. What is not in it nobody may.
// The card/... rows are those of Wrote, Rewrote and Withdrew, by where the card is.
var rules = map[string]rule{
	"started":   {by: colleague | clock, when: []Status{""}},
	"chose":     {by: leading | participant, in: []Phase{Facts}},
	"joined":    {by: leading, when: []Status{Running, Resting}},
	"removed":   {by: leading | participant | clock, when: []Status{Running, Resting}},
	"took_over": {by: leading | participant, when: always},
	"moved":     {by: leading | clock},
	"extended":  {by: leading, in: []Phase{Facts, Writing, Clustering, Voting, Discussing, Acting, Wishing, Stepping}},
	"switched":  {by: leading, in: []Phase{Facts, Writing, Clustering, Voting, Discussing, Acting, Wishing, Stepping}},
	"paused":    {by: leading | clock},
	"resumed":   {by: leading | clock, when: []Status{Resting}},
	"ended":     {by: leading | clock, when: []Status{Running, Resting}},
	"undone":    {by: leading | participant, when: []Status{Running, Stopped}},
	"readied":   {by: participant, in: []Phase{Facts, Writing, Clustering, Voting, Discussing, Acting, Wishing, Stepping}},

	"card/horizon": {by: participant, in: []Phase{Facts, Writing}},
	"card/wish":    {by: participant, in: []Phase{Wishing}},
	"card/step":    {by: participant | clock, in: []Phase{Wishing, Stepping}},
	"card/talk":    {by: everybody, in: []Phase{Discussing, Acting}},

	"clustered": {by: leading | clock, in: []Phase{Clustering}},
	"merged":    {by: everybody, in: []Phase{Clustering}},
	"split":     {by: everybody, in: []Phase{Clustering}},
	"renamed":   {by: everybody, in: []Phase{Clustering}},
	"put":       {by: everybody, in: []Phase{Clustering}},
	"opposed":   {by: everybody, in: []Phase{Clustering}},
	"voted":     {by: participant, in: []Phase{Voting}},
	"weighed":   {by: participant, in: []Phase{Voting}},
	"decided":   {by: everybody, in: []Phase{Discussing, Acting}},
	"stepped":   {by: leading, in: []Phase{Wishing, Stepping}},
	"felt":      {by: participant, in: []Phase{Stepping}},
	"ambition":  {by: leading, in: []Phase{Wishing, Stepping}},

	"agreed":  {by: everybody | administrator, in: []Phase{Clustering, Discussing, Acting, Stepping, Voting, Concluded}},
	"handled": {by: colleague, when: always},
}

// Check says what keeps who from doing b at the time of e in s: nil, or an
// analysis.Error with a sentence that says what to do.
func Check(s *State, who Who, e Event) error {
	r, known := rules[s.ruleFor(e.Body)]
	if !known {
		return invalid("session.card.place", nil)
	}
	if err := s.running(r); err != nil {
		return err
	}
	p := s.partOf(who)
	if s.Kind == Training && r.by&everybody != 0 {
		r.by, r.in = r.by|colleague, nil
	}
	if p&r.by == 0 {
		return s.refused(r, p)
	}
	if err := s.narrower(p, who, e); err != nil {
		return err
	}
	if r.in != nil && !slices.Contains(r.in, s.Phase) {
		return invalid("session.not_now", nil)
	}
	return e.Body.check(s, e)
}

// ruleFor names the row of b.
func (s *State) ruleFor(b Body) string {
	place := Place{}
	switch b := b.(type) {
	case Wrote:
		place = b.Place
	case Rewrote:
		if c := s.card(b.Card); c != nil {
			place = c.Place
		}
	case Withdrew:
		if c := s.card(b.Card); c != nil {
			place = c.Place
		}
	default:
		return b.Name()
	}
	switch {
	case place.Horizon == Wished:
		return "card/wish"
	case place.Step != 0:
		return "card/step"
	case place.Cluster != 0:
		return "card/talk"
	}
	return "card/horizon"
}

// running says that the session is not in a status of r.
func (s *State) running(r rule) error {
	when := r.when
	if when == nil {
		when = []Status{Running}
	}
	switch {
	case slices.Contains(when, s.Status):
		return nil
	case s.Status == "":
		return analysis.Fail(analysis.NotFound, "session.not_begun", nil)
	case s.Status == Stopped:
		return invalid("session.ended", nil)
	case s.Status == Resting && s.Why == Archived:
		return invalid("session.paused.archived", nil)
	case s.Status == Resting && s.Why == Outsiders:
		return invalid("session.paused.outsiders", nil)
	case s.Status == Resting && s.Why == Unreadable:
		return invalid("session.paused.unreadable", nil)
	case s.Status == Resting:
		return invalid("session.paused", nil)
	}
	return invalid("session.not_now", nil)
}

// refused words why part p may not do what r is about.
func (s *State) refused(r rule, p part) error {
	switch {
	case p&participant == 0 && r.by&participant != 0:
		return analysis.Fail(analysis.Forbidden, "session.not_taking_part", nil)
	case r.by&leading != 0:
		return analysis.Fail(analysis.Forbidden, "session.facilitator_only", nil)
	}
	return analysis.Fail(analysis.Forbidden, "session.forbidden", nil)
}

// narrower are the rules that depend on what is done: participants leave by
// themselves only, take back what they did themselves, lead what nobody leads,
// and an action is its owner's.
func (s *State) narrower(p part, who Who, e Event) error {
	if p&(leading|clock) != 0 {
		return nil
	}
	switch b := e.Body.(type) {
	case Removed:
		if b.User != who.User {
			return analysis.Fail(analysis.Forbidden, "session.facilitator_only", nil)
		}
	case Undone:
		if c := s.undos[clusters]; b.Seq != c.again && (b.Seq != c.seq || c.by != who.User) {
			return analysis.Fail(analysis.Forbidden, "session.facilitator_only", nil)
		}
	case TookOver:
		if b.From == s.Facilitator && (b.User != who.User || !s.CanTakeOver(e.At)) {
			return analysis.Fail(analysis.Forbidden, "session.take_over_not", nil)
		}
	case Handled:
		if a := s.Action(b.Action); a != nil && a.Owner != who.User && a.By != who.User {
			return analysis.Fail(analysis.Forbidden, "session.action.not_own", nil)
		}
	}
	return nil
}
