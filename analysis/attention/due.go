package attention

import (
	"slices"

	"klantbot/analysis"
)

// Due is one line of one group on one day.
type Due struct {
	Line   *Line
	Period Period       // the one it is asked for: today's
	From   analysis.Day // asked from this day
	Asked  bool         // it is asked now; otherwise From is when it will be
	// Early is a backlog that waits for its day: it may fill places that are left.
	Early bool
	// DaysLate is how many days ago the first missed period ended, and Lateness
	// that in lengths of a period; 0 while nothing was missed.
	DaysLate int
	Lateness float64
	Occasion *Occasion          // of event lines
	To       analysis.ManagerID // handed over to; 0: not
	HandedBy analysis.ManagerID
}

// today is a plan on one day.
type today struct {
	plan  *Plan
	day   analysis.Day
	until analysis.Day          // the last day of the week that is planned
	lines [5][]Line             // by rank of segment
	now   [MostTimes + 1]Period // today's, by times a year
}

// on prepares p for day; what becomes due until until counts as due.
func (p *Plan) on(day, until analysis.Day) *today {
	t := &today{plan: p, day: day, until: max(day, until)}
	for _, l := range p.Lines {
		t.lines[rank(l.Segment)] = append(t.lines[rank(l.Segment)], l)
	}
	for n := 1; n <= MostTimes; n++ {
		t.now[n] = PeriodOf(n, day)
	}
	return t
}

// linesOf are the lines that count for g.
func (t *today) linesOf(g *Group) []Line {
	if g.More != nil && g.More.HasOwn {
		return g.More.Own
	}
	return t.lines[rank(g.Segment)]
}

// periodic says what line l of g asks for. The moment that counts is the newest
// that is as good as the line wants; a period in which it falls is fulfilled,
// and what was missed before it is past.
func (t *today) periodic(g *Group, l *Line) Due {
	now := t.now[l.Times]
	d := Due{Line: l, Period: now}
	last := g.Last.fulfilling(l.Touch)
	if last > t.day {
		last = t.day // planned ahead: not yet, but nobody asks for another
	}
	closed := last
	snooze := analysis.NoDay
	if g.More != nil {
		for _, m := range g.More.Marks {
			if m.Activity != l.Activity {
				continue
			}
			switch {
			case m.State == NotNeeded:
				closed = max(closed, m.Period)
			case m.State == Snoozed:
				snooze = max(snooze, m.Until)
			case m.State == HandedOver && m.Period == now.From:
				d.To, d.HandedBy = m.To, m.By
			}
		}
	}
	if closed >= now.From {
		d.Period = now.next(l.Times)
		d.From = max(wish(g, l, d.Period, last), snooze)
		return d
	}
	first, release := t.first(g, l, closed)
	if first.From < now.From {
		d.DaysLate = int(t.day - first.To)
		d.Lateness = float64(d.DaysLate) / float64(first.Days())
		d.From = max(first.To+1, release)
	} else {
		d.Period = first
		d.From = max(wish(g, l, first, last), release)
	}
	d.Asked = max(d.From, snooze) <= t.until && first.From <= now.From
	if !d.Asked {
		d.From = max(d.From, snooze)
		if d.Early = release > t.day && snooze <= t.until; d.Early {
			d.Period = now
		}
	}
	return d
}

// first returns the earliest period that is still open - the one after closed,
// or the one in which the office or the relationship began - and the day before
// which it is not asked for by itself: that of a backlog. Who was not spoken to
// in the period before the office began is one.
func (t *today) first(g *Group, l *Line, closed analysis.Day) (Period, analysis.Day) {
	began := t.plan.Start
	later := g.Since.Known() && g.Since > began
	if later {
		began = min(g.Since, t.day)
	}
	switch {
	case closed <= 0 && !began.Known():
		return t.now[l.Times], analysis.NoDay
	case closed <= 0 && later:
		return PeriodOf(l.Times, max(began, 1)), analysis.NoDay // nothing was planned before 1970
	case closed > 0 && (later || closed >= began):
		return PeriodOf(l.Times, closed).next(l.Times), analysis.NoDay
	}
	release := analysis.NoDay
	at := PeriodOf(l.Times, max(began, 1))
	if closed < at.previous(l.Times).From {
		release = began + spread(g)
	}
	switch {
	case closed > 0:
		at = PeriodOf(l.Times, closed).next(l.Times)
	case release.Known():
		at = PeriodOf(l.Times, release) // nobody could be asked before
	}
	return at, release
}

// spread is after how many days the backlog of g is asked for: within half a
// year for all, A within two months of it and B within four. Which day is the
// group's own, whoever else there is.
func spread(g *Group) analysis.Day {
	days := [5]float64{61, 122, 182, 182, 182}[rank(g.Segment)]
	return analysis.Day(days * dice(uint64(g.ID), 0))
}

// wish is the day within p from which l is asked for: not for all groups on the
// first day of the quarter, and not soon after the last moment, but with a
// quarter of the period to go.
func wish(g *Group, l *Line, p Period, last analysis.Day) analysis.Day {
	length := float64(p.Days())
	day := p.From + analysis.Day(length/2*dice(uint64(g.ID), uint64(len(l.Activity))))
	if last > 0 {
		day = max(day, last+analysis.Day(length/2))
	}
	return max(p.From, min(day, p.To-analysis.Day(length/4)))
}

// dice is a number in [0, 1) that belongs to a and b (splitmix64).
func dice(a, b uint64) float64 {
	x := a*0x9e3779b97f4a7c15 + b*0xbf58476d1ce4e5b9
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return float64((x^x>>31)>>11) / (1 << 53)
}

// Occasions are asked about from a week before to four weeks after.
const (
	occasionBefore = 7
	occasionAfter  = 28
)

// event says whether an occasion asks for line l of g: the first that was not
// answered by such a moment since, nor put off.
func (t *today) event(g *Group, l *Line) (Due, bool) {
	from, to := t.day-occasionAfter, t.until+occasionBefore
	var all []Occasion
	if o, ok := jubilee(g.Since, from, to); ok {
		all = append(all, o)
	}
	if g.More != nil {
		all = append(all, g.More.Occasions...)
	}
	for i := range all {
		o := &all[i]
		if o.Day < from || o.Day > to || g.Last.fulfilling(l.Touch) >= o.Day-2*occasionBefore {
			continue
		}
		d := Due{Line: l, Period: Period{o.Day, o.Day + occasionAfter}, From: o.Day - occasionBefore, Asked: true, Occasion: o}
		if t.marked(g, l.Activity, o.Day, &d) {
			return d, true
		}
	}
	return Due{}, false
}

// marked applies the marks on what was asked for day and reports whether it is
// still asked.
func (t *today) marked(g *Group, activity string, day analysis.Day, d *Due) bool {
	if g.More == nil {
		return true
	}
	for _, m := range g.More.Marks {
		if m.Activity != activity || m.Period != day {
			continue
		}
		switch {
		case m.State == NotNeeded, m.State == Snoozed && m.Until > t.until:
			return false
		case m.State == HandedOver:
			d.To, d.HandedBy = m.To, m.By
		}
	}
	return true
}

// personal reports whether g gets attention of a person by plan.
func (t *today) personal(g *Group) bool {
	return slices.ContainsFunc(t.linesOf(g), func(l Line) bool { return l.Kind == Periodic })
}

// Personal returns what reports whether a group gets attention of a person by p,
// year in year out; the signals of others say nothing.
func (p Plan) Personal() func(*Group) bool { return p.on(0, 0).personal }

// signals returns the signals of g that nobody answered, most urgent first. Who
// gets no attention of a person by plan, D by default, gets none by signals.
func (t *today) signals(g *Group) []Signal {
	if g.More == nil || len(g.More.Signals)+len(g.More.Occasions) == 0 || !t.personal(g) {
		return nil
	}
	seen := g.More.Signals
	for _, o := range g.More.Occasions {
		if s, ok := o.Signal(); ok {
			seen = append(slices.Clip(seen), s)
		}
	}
	var open []Signal
	for _, kind := range SignalKinds() {
		for _, s := range seen {
			if s.Kind != kind || s.Day > t.day || s.Day <= t.day-SignalDays || g.Last.fulfilling(analysis.Call) >= s.Day {
				continue
			}
			if t.marked(g, s.Activity(), s.Day, &Due{}) {
				open = append(open, s)
			}
		}
	}
	return open
}
