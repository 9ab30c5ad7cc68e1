package attention

import (
	"cmp"
	"slices"

	"klantbot/analysis"
)

// Item is one thing to do in a week: one moment with one group.
type Item struct {
	Group   analysis.GroupID
	Segment analysis.Segment
	Holder  analysis.ManagerID // whose group it is, where somebody else does it; else 0
	Role    Role
	// Activity, Touch and Minutes are those of the line, or of a call where only a
	// signal asks.
	Activity string
	Touch    analysis.TouchKind
	Minutes  int
	Period   Period // what a Mark names by its From
	DaysLate int
	Lateness float64
	Silence  int // days since any contact; -1: never
	Signals  []Signal
	Occasion *Occasion
	// Settles are lighter activities of the same group that are due as well: the
	// one moment is enough.
	Settles  []string
	HandedBy analysis.ManagerID // who handed it over; 0: nobody
	Batch    bool               // of the monthly batch of C groups
}

// Key names what i asks, for the Asked of the moment that answers it: the same
// for everybody who is asked it.
func (i Item) Key() string { return AskedKey(i.Activity, i.Period.From) }

// AskedKey is the Key of an activity in the period, or for the signal or
// occasion, that begins on day.
func AskedKey(activity string, day analysis.Day) string { return activity + "/" + day.String() }

// candidate is an Item on its way: a million of them are held at once.
type candidate struct {
	group    analysis.GroupID
	holder   analysis.ManagerID
	line     *Line // nil: only a signal asks
	signals  []Signal
	occasion *Occasion
	settles  []string
	by       analysis.ManagerID
	period   Period
	from     analysis.Day
	daysLate int32
	silence  int32
	lateness float32
	press    float32 // the greatest lateness of what it settles, for its place
	segment  uint8
	role     bool // of a partner
	early    bool // of a backlog, before its day
}

// signalMinutes is how long a call takes that a signal asks for.
const signalMinutes = 15

func (c *candidate) item() Item {
	i := Item{Group: c.group, Holder: c.holder, Role: ByManager, Activity: activityCall, Touch: analysis.Call,
		Minutes: signalMinutes, Period: c.period, DaysLate: int(c.daysLate), Lateness: float64(c.lateness),
		Silence: int(c.silence), Signals: c.signals, Occasion: c.occasion, Settles: c.settles, HandedBy: c.by}
	if int(c.segment) < len(analysis.Segments()) {
		i.Segment = analysis.Segments()[c.segment]
	}
	if c.line != nil {
		i.Activity, i.Touch, i.Minutes = c.line.Activity, c.line.Touch, c.line.Minutes
	} else {
		i.Activity = c.signals[0].Activity()
	}
	if c.role {
		i.Role = ByPartner
	}
	return i
}

// order is how pressing a candidate is within its segment: signals and occasions
// first, for they pass; then the latest, the longest asked, the longest silent.
func order(a, b *candidate) int {
	return cmp.Or(
		-cmp.Compare(urgency(a), urgency(b)),
		-cmp.Compare(max(a.press, a.lateness), max(b.press, b.lateness)),
		cmp.Compare(a.from, b.from),
		-cmp.Compare(a.silence, b.silence),
		cmp.Compare(a.group, b.group),
		cmp.Compare(boolInt(a.role), boolInt(b.role)),
	)
}

// urgency is how urgent what asks is: the first kind of signal most.
func urgency(c *candidate) int {
	switch {
	case len(c.signals) > 0:
		kinds := SignalKinds()
		return 1 + len(kinds) - slices.Index(kinds, c.signals[0].Kind)
	case c.occasion != nil:
		return 1
	}
	return 0
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// candidates gives emit what g asks of whom: at most one moment of each person,
// the heaviest that is due, for it settles the lighter ones. Signals are for who
// holds the relationship.
func (t *today) candidates(g *Group, emit func(analysis.ManagerID, *candidate)) {
	signals := t.signals(g)
	lines := t.linesOf(g)
	var asked [2]*candidate // of the manager, of the partner
	for i := range lines {
		l := &lines[i]
		d, ok := t.dueOf(g, l)
		if !ok || !d.Asked && !d.Early {
			continue
		}
		to := t.personOf(g, l.Role)
		if to == 0 {
			continue
		}
		side := boolInt(to != holder(g))
		c := &candidate{group: g.ID, line: l, occasion: d.Occasion, period: d.Period, from: d.From, by: d.HandedBy,
			daysLate: int32(d.DaysLate), lateness: float32(d.Lateness), role: l.Role == ByPartner, early: !d.Asked}
		if d.To != 0 && d.To != to {
			// Handed over by itself: it must not travel with what stays.
			t.emit(g, c, d.To, to, emit)
			continue
		}
		asked[side] = heavier(asked[side], c)
	}
	if len(signals) > 0 && holder(g) != 0 {
		if asked[0] != nil {
			asked[0].early = false
		}
		if asked[0] == nil || !asked[0].line.Touch.Fulfils(analysis.Call) {
			asked[0] = called(g, signals[0], asked[0])
		}
		asked[0].signals = signals
	}
	if asked[0] != nil {
		to := t.signalTo(g, asked[0])
		t.emit(g, asked[0], to, holder(g), emit)
	}
	if asked[1] != nil {
		t.emit(g, asked[1], t.personOf(g, ByPartner), t.personOf(g, ByPartner), emit)
	}
}

// called is the call that s asks for where nothing as good is due. light, a card
// or an e-mail or nil, is settled by it, or brought along.
func called(g *Group, s Signal, light *candidate) *candidate {
	c := &candidate{group: g.ID, period: Period{s.Day, s.Day + SignalDays - 1}, from: s.Day}
	if light == nil {
		return c
	}
	c.occasion = light.occasion
	if analysis.Call.Fulfils(light.line.Touch) {
		c.settles, c.press = append(light.settles, light.line.Activity), max(light.press, light.lateness)
	}
	return c
}

// signalTo is who gets c: the holder, or whom a bare signal was handed to.
func (t *today) signalTo(g *Group, c *candidate) analysis.ManagerID {
	if c.line == nil {
		var d Due
		t.marked(g, c.signals[0].Activity(), c.signals[0].Day, &d)
		if d.To != 0 {
			c.by = d.HandedBy
			return d.To
		}
	}
	return holder(g)
}

// emit completes c and gives it to to; own is whose it is by itself.
func (t *today) emit(g *Group, c *candidate, to, own analysis.ManagerID, emit func(analysis.ManagerID, *candidate)) {
	c.segment, c.silence = uint8(rank(g.Segment)), -1
	if any := g.Last.Any(); any.Known() {
		c.silence = int32(max(0, t.day-any))
	}
	if to != own {
		c.holder = own
	}
	emit(to, c)
}

// dueOf says what l asks for; collective lines ask for nothing by themselves.
func (t *today) dueOf(g *Group, l *Line) (Due, bool) {
	switch l.Kind {
	case Periodic:
		return t.periodic(g, l), true
	case Event:
		return t.event(g, l)
	}
	return Due{}, false
}

// heavier returns the heavier of two candidates of one person, which also
// settles the other where its moment is as good, and then presses as much.
func heavier(a, b *candidate) *candidate {
	if a == nil || a.early && !b.early {
		return b
	}
	if b.early && !a.early {
		return a // it has its day
	}
	if weight(b) > weight(a) {
		a, b = b, a
	}
	if a.line.Touch.Fulfils(b.line.Touch) {
		a.settles = append(a.settles, b.line.Activity)
		a.settles = append(a.settles, b.settles...)
		a.press = max(a.press, b.press, b.lateness)
		a.from = min(a.from, b.from)
	}
	if b.occasion != nil && a.occasion == nil {
		a.occasion = b.occasion // say it, and bring the card along
	}
	return a
}

// weight is how heavy the moment is that c asks for, visits most.
func weight(c *candidate) int { return -c.line.Touch.Place() }

// holder is who holds the relationship: the manager, else the partner.
func holder(g *Group) analysis.ManagerID { return cmp.Or(g.Manager, g.Partner) }

// personOf is whose digest a line of role belongs to.
func (t *today) personOf(g *Group, role Role) analysis.ManagerID {
	if role == ByPartner && t.plan.PartnerDigest && g.Partner != 0 {
		return g.Partner
	}
	return holder(g)
}
