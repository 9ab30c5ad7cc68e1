package attention

import (
	"errors"
	"slices"
	"testing"

	"klantbot/analysis"
)

func day(t testing.TB, s string) analysis.Day {
	t.Helper()
	d, err := analysis.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// planned plans for day alone, as /aandacht does.
func planned(t testing.TB, p Plan, d analysis.Day, r Request, groups ...Group) map[analysis.ManagerID]Personal {
	t.Helper()
	r.Week, r.Day = WeekOf(d), d
	weeks, err := p.PlanWeek(r, seq(groups))
	if err != nil {
		t.Fatal(err)
	}
	by := map[analysis.ManagerID]Personal{}
	for _, w := range weeks {
		by[w.Manager] = w
	}
	return by
}

func seen(id analysis.GroupID, s analysis.Segment, k analysis.TouchKind, on analysis.Day) Group {
	g := Group{ID: id, Manager: 1, Partner: 2, Segment: s, Since: analysis.NoDay}
	g.Last.See(k, on)
	return g
}

// TestLateness: days past the end of the missed period over its length, while
// silence counts any contact: a call hides no missed visit.
func TestLateness(t *testing.T) {
	p := unlimited(Default(analysis.NoDay))
	g := seen(1, "B", analysis.Visit, day(t, "2024-03-01"))
	g.Last.See(analysis.Call, day(t, "2026-11-01"))
	got := planned(t, p, day(t, "2026-11-23"), Request{}, g)[1].Items
	if len(got) != 1 {
		t.Fatalf("items = %+v", got)
	}
	i := got[0]
	// The visit of 2025 was missed: 327 days ago, in a year of 365.
	if i.Activity != activityYearly || i.DaysLate != 327 || i.Lateness < .895 || i.Lateness > .897 || i.Silence != 22 {
		t.Errorf("item = %+v", i)
	}
	if i.Reason().Key != "attention.reason.late" || i.Reason().Args["days"] != 327 {
		t.Errorf("reason = %+v", i.Reason())
	}
}

// TestRoles: the partner's lines are in the partner's week, with A groups of
// others that are long overdue, unless the office turned that off.
func TestRoles(t *testing.T) {
	p := unlimited(Default(analysis.NoDay))
	g := seen(1, "A", analysis.Visit, day(t, "2025-02-01"))
	d := day(t, "2026-12-07")
	got := planned(t, p, d, Request{}, g)
	if w := got[1]; len(w.Items) != 1 || w.Items[0].Activity != activityCall || w.Items[0].Role != ByManager {
		t.Errorf("manager: %+v", w.Items)
	}
	w := got[2]
	if len(w.Items) != 1 || w.Items[0].Activity != activityVisit || w.Items[0].Role != ByPartner {
		t.Errorf("partner: %+v", w.Items)
	}
	if w.OverdueCount != 1 || len(w.Overdue) != 1 || w.Overdue[0].Holder != 1 {
		t.Errorf("overdue: %+v", w.Overdue)
	}
	p.PartnerDigest = false
	got = planned(t, p, d, Request{}, g)
	if w := got[1]; len(w.Items) != 1 || w.Items[0].Activity != activityVisit || !slices.Contains(w.Items[0].Settles, activityCall) {
		t.Errorf("one visit settles both: %+v", w.Items)
	}
	if w := got[2]; len(w.Items)+len(w.Overdue) != 0 {
		t.Errorf("the partner is asked: %+v", w)
	}
}

// TestBacklog: what an office missed before it began is spread over half a year,
// A within two months, and is not late meanwhile.
func TestBacklog(t *testing.T) {
	start := day(t, "2026-11-21")
	p := unlimited(Default(start))
	var groups []Group
	for i := range 400 {
		groups = append(groups, Group{ID: analysis.GroupID(i + 1), Manager: 1, Partner: 1, Segment: []analysis.Segment{"A", "C"}[i%2], Since: analysis.NoDay})
	}
	asked := map[analysis.Segment]int{}
	most := 0
	for w := WeekOf(start); w.Monday() < start+200; w = w.Next() {
		n := 0
		for _, i := range week(t, p, w, groups)[0].Items {
			n++
			asked[i.Segment]++
			if i.Lateness > 0 && w.Monday() < start+30 {
				t.Errorf("late in %v: %+v", w, i)
			}
			groups[i.Group-1].Last.See(analysis.Visit, w.Monday())
		}
		if w.Monday() < start+61 {
			most = max(most, n)
		}
	}
	if most > 80 {
		t.Errorf("%d of 400 groups in one week", most)
	}
	if asked["A"] < 200 || asked["C"] < 190 {
		t.Errorf("asked %v within half a year", asked)
	}
}

// TestKnownBacklog: what is known to be missed before the office began is said,
// but waits for its day.
func TestKnownBacklog(t *testing.T) {
	start := day(t, "2026-11-02")
	p := Default(start)
	g := seen(1, "A", analysis.Call, day(t, "2026-05-10"))
	late := planned(t, p, day(t, "2026-11-23"), Request{}, g)[1].Items
	// The call of the third quarter was missed: 54 days ago, of 92.
	if len(late) != 1 || late[0].DaysLate != 54 {
		t.Fatalf("items = %+v", late)
	}
	due := p.on(day(t, "2026-11-23"), day(t, "2026-11-29")).periodic(&g, &p.Lines[0])
	if due.DaysLate != 54 || due.Lateness < .586 || due.Lateness > .588 || due.Asked == due.Early {
		t.Errorf("due = %+v", due)
	}
}

// TestEarly: who has few clients begins with their backlog at once, at most as
// many a week as a digest shows, and nobody is late.
func TestEarly(t *testing.T) {
	start := day(t, "2026-11-30")
	p := Default(start)
	var groups []Group
	for i := range 9 {
		groups = append(groups, Group{ID: analysis.GroupID(i + 1), Manager: 1, Segment: "B", Since: analysis.NoDay})
	}
	first := planned(t, p, start, Request{}, groups...)[1]
	if len(first.Items) != p.Shown {
		t.Fatalf("%d items in the first week", len(first.Items))
	}
	for _, i := range first.Items {
		if i.DaysLate != 0 || !i.Period.Contains(start) {
			t.Errorf("item = %+v", i)
		}
		groups[i.Group-1].Last.See(analysis.Visit, start)
	}
	had := Request{Had: map[analysis.ManagerID][]analysis.GroupID{}}
	for _, i := range first.Items {
		had.Had[1] = append(had.Had[1], i.Group)
	}
	if again := planned(t, p, start+1, had, groups...)[1]; len(again.Items) != 0 {
		t.Errorf("the same week shows %d more", len(again.Items))
	}
	if next := planned(t, p, start+7, Request{}, groups...)[1]; len(next.Items) != 4 {
		t.Errorf("the next week shows %d", len(next.Items))
	}
}

// TestSignals: they come first, are answered by a call and not by an e-mail, can
// be put off and handed over, and pass.
func TestSignals(t *testing.T) {
	p := Default(analysis.NoDay)
	on := day(t, "2026-11-16")
	d := day(t, "2026-11-23")
	c := Group{ID: 9, Manager: 1, Segment: "C", Since: analysis.NoDay,
		More: &More{Signals: []Signal{{Kind: RevenueDrop, Day: on}, {Kind: LowRating, Day: on, Args: analysis.Args{"grade": 4}}}}}
	late := seen(1, "B", analysis.Visit, day(t, "2024-03-01"))
	items := planned(t, p, d, Request{}, late, c)[1].Items
	if len(items) != 2 || items[0].Group != 9 || items[0].Signals[0].Kind != LowRating {
		t.Fatalf("items = %+v", items)
	}
	if r := items[0].Reason(); r.Key != "attention.reason.rating" || r.Args["grade"] != 4 || r.Args["on"] != on {
		t.Errorf("reason = %+v", r)
	}
	lone := c
	lone.Last.See(analysis.Call, on-30)
	unwanted := c
	unwanted.Segment = "D"
	if i := planned(t, p, d, Request{}, unwanted)[1].Items; len(i) != 0 {
		t.Errorf("D, which gets no attention by plan: %+v", i)
	}
	if i := planned(t, p, d, Request{}, lone)[1].Items; len(i) != 1 || i[0].Activity != lone.More.Signals[1].Activity() || i[0].Minutes != signalMinutes {
		t.Errorf("alone = %+v", i)
	}
	mark := func(m Mark) map[analysis.ManagerID]Personal {
		g := lone
		m.Activity, m.Period = "signaal/lage waardering", on
		g.More = &More{Signals: lone.More.Signals[1:], Marks: []Mark{m}}
		return planned(t, p, d, Request{}, g)
	}
	if w := mark(Mark{State: Snoozed, Until: d + 14})[1]; len(w.Items) != 0 {
		t.Errorf("snoozed: %+v", w.Items)
	}
	if w := mark(Mark{State: NotNeeded})[1]; len(w.Items) != 0 {
		t.Errorf("not needed: %+v", w.Items)
	}
	if got := mark(Mark{State: HandedOver, To: 5, By: 1}); len(got[1].Items) != 0 || len(got[5].Items) != 1 ||
		got[5].Items[0].HandedBy != 1 || got[5].Items[0].Holder != 1 {
		t.Errorf("handed over: %+v", got)
	}
	for kind, left := range map[analysis.TouchKind]int{analysis.Mail: 1, analysis.Call: 0, analysis.Visit: 0} {
		g := lone
		g.Last.See(kind, on)
		if i := planned(t, p, d, Request{}, g)[1].Items; len(i) != left {
			t.Errorf("after %s: %+v", kind, i)
		}
	}
	if i := planned(t, p, on+SignalDays, Request{}, lone)[1].Items; len(i) != 0 {
		t.Errorf("an old signal: %+v", i)
	}
}

// TestSignalsByKind: whatever the segment, a low rating stands before a service
// that stopped, that before a fall in revenue, and that before a life event.
func TestSignalsByKind(t *testing.T) {
	p := Default(analysis.NoDay)
	on := day(t, "2026-11-16")
	with := func(id analysis.GroupID, s analysis.Segment, kind SignalKind) Group {
		return Group{ID: id, Manager: 1, Segment: s, Since: analysis.NoDay, More: &More{Signals: []Signal{{Kind: kind, Day: on}}}}
	}
	moving := Group{ID: 4, Manager: 1, Segment: "A", Since: analysis.NoDay, More: &More{Occasions: []Occasion{{Kind: Move, Day: on}}}}
	items := planned(t, p, day(t, "2026-11-23"), Request{}, moving, with(3, "A", RevenueDrop), with(2, "B", ServiceStopped), with(1, "C", LowRating))[1].Items
	for n, want := range []SignalKind{LowRating, ServiceStopped, RevenueDrop, LifeEvent} {
		if len(items) != 4 || items[n].Group != analysis.GroupID(n+1) || items[n].Signals[0].Kind != want {
			t.Fatalf("items = %+v, want %v at %d", items, want, n)
		}
	}
}

// TestLifeEvents: what somebody noted asks for a call from its day on, whoever
// gets a card besides; a call or a visit since answers it, a card does not. Before
// the day only the card is asked for, and a jubilee asks for nothing else.
func TestLifeEvents(t *testing.T) {
	p, d := Default(analysis.NoDay), day(t, "2026-11-23")
	group := func(s analysis.Segment, kind OccasionKind, on analysis.Day) Group {
		g := seen(1, s, analysis.Visit, day(t, "2026-11-10"))
		g.More = &More{Occasions: []Occasion{{Kind: kind, Day: on}}}
		return g
	}
	for _, kind := range []OccasionKind{Takeover, Move, Succession, NewContact} {
		for _, s := range []analysis.Segment{"A", "C"} {
			g := group(s, kind, d-3)
			items := planned(t, p, d, Request{}, g)[1].Items
			if len(items) != 1 || items[0].Touch != analysis.Call || len(items[0].Signals) != 1 {
				t.Fatalf("%s %s: %+v", s, kind, items)
			}
			if words := occasionWords[kind]; items[0].Reason().Key != "attention.reason.life."+words || items[0].Question().Key != "attention.question."+words {
				t.Errorf("%s %s: %+v, %+v", s, kind, items[0].Reason(), items[0].Question())
			}
			g.Last.See(analysis.Call, d-3)
			if items := planned(t, p, d, Request{}, g)[1].Items; s == "A" && (len(items) != 1 || items[0].Touch != analysis.Card) || s == "C" && len(items) != 0 {
				t.Errorf("%s %s after a call: %+v", s, kind, items)
			}
		}
	}
	carded := group("A", Takeover, d-3)
	carded.Last.See(analysis.Card, d-1)
	if items := planned(t, p, d, Request{}, carded)[1].Items; len(items) != 1 || items[0].Touch != analysis.Call {
		t.Errorf("after a card: %+v", items)
	}
	if items := planned(t, p, d, Request{}, group("C", Jubilee, d-3))[1].Items; len(items) != 0 {
		t.Errorf("a jubilee: %+v", items)
	}
	if items := planned(t, p, d, Request{}, group("C", Move, d+1))[1].Items; len(items) != 0 {
		t.Errorf("tomorrow's: %+v", items)
	}
	if items := planned(t, p, d, Request{}, group("A", Move, d+1))[1].Items; len(items) != 1 || items[0].Touch != analysis.Card || len(items[0].Signals) != 0 {
		t.Errorf("the card of tomorrow's: %+v", items)
	}
}

// TestJubilee: an event line asks on its occasion only, once.
func TestJubilee(t *testing.T) {
	p := Default(analysis.NoDay)
	g := seen(1, "A", analysis.Visit, day(t, "2026-11-10"))
	g.Since = day(t, "2001-11-25")
	i := planned(t, p, day(t, "2026-11-23"), Request{}, g)[1].Items
	if len(i) != 1 || i[0].Activity != activityCard || i[0].Occasion.Years != 25 || i[0].Reason().Args["years"] != 25 {
		t.Fatalf("items = %+v", i)
	}
	written := g
	written.Last.See(analysis.Card, day(t, "2026-11-20"))
	if i := planned(t, p, day(t, "2026-11-23"), Request{}, written)[1].Items; len(i) != 0 {
		t.Errorf("after the card: %+v", i)
	}
	g.Since = day(t, "2002-11-25")
	if i := planned(t, p, day(t, "2026-11-23"), Request{}, g)[1].Items; len(i) != 0 {
		t.Errorf("24 years: %+v", i)
	}
}

// TestAbsence: who stands in gets the items, with whose they are; nobody
// standing in, nothing is asked.
func TestAbsence(t *testing.T) {
	p := Default(analysis.NoDay)
	g := seen(1, "B", analysis.Visit, day(t, "2024-03-01"))
	stand := func(to analysis.ManagerID) Request {
		return Request{Stand: func(m analysis.ManagerID) analysis.ManagerID {
			if m == 1 {
				return to
			}
			return m
		}}
	}
	d := day(t, "2026-11-23")
	got := planned(t, p, d, stand(7), g)
	if len(got[1].Items) != 0 || len(got[7].Items) != 1 || got[7].Items[0].Holder != 1 || !got[7].Fits {
		t.Errorf("deputy: %+v", got)
	}
	if got = planned(t, p, d, stand(0), g); len(got[1].Items) != 0 {
		t.Errorf("nobody stands in: %+v", got)
	}
}

// TestMarks: a decision about one period is forgotten in the next.
func TestMarks(t *testing.T) {
	p := unlimited(Default(analysis.NoDay))
	d := day(t, "2026-12-14")
	g := seen(1, "C", analysis.Call, day(t, "2025-02-01"))
	this := PeriodOf(1, d).From
	for name, c := range map[string]struct {
		mark Mark
		on   string
		want int
	}{
		"none":             {Mark{}, "2026-12-14", 1},
		"not needed":       {Mark{State: NotNeeded}, "2026-12-14", 0},
		"not needed, then": {Mark{State: NotNeeded}, "2027-12-06", 1},
		"snoozed":          {Mark{State: Snoozed, Until: d + 14}, "2026-12-14", 0},
		"woken":            {Mark{State: Snoozed, Until: d + 14}, "2026-12-28", 1},
	} {
		c.mark.Activity, c.mark.Period = activityCall, this
		marked := g
		marked.More = &More{Marks: []Mark{c.mark}}
		// In the batch of January and of December; else of the week itself.
		if got := planned(t, p, day(t, c.on), Request{}, marked)[1]; len(got.Items) != c.want {
			t.Errorf("%s: %+v", name, got.Items)
		}
	}
	own := g
	own.More = &More{HasOwn: true}
	if got := planned(t, p, d, Request{}, own)[1]; len(got.Items) != 0 || got.Moments != 0 {
		t.Errorf("left alone: %+v", got)
	}
}

// TestNextDue: fulfilled lines are due in their next period, late ones are due.
func TestNextDue(t *testing.T) {
	p := Default(analysis.NoDay)
	d := day(t, "2026-11-23")
	next, ok := p.NextDue(seen(1, "C", analysis.Call, day(t, "2026-03-01")), d)
	if !ok || next.Asked || next.Period.From.String() != "2027-01-01" || next.From < next.Period.From || next.From > next.Period.To {
		t.Errorf("next = %+v, %v", next, ok)
	}
	if next, ok = p.NextDue(seen(1, "C", analysis.Call, day(t, "2024-03-01")), d); !ok || !next.Asked || next.From.String() != "2026-01-01" {
		t.Errorf("late = %+v, %v", next, ok)
	}
	if next, ok = p.NextDue(seen(1, "D", analysis.Call, d), d); ok {
		t.Errorf("D is due %+v", next)
	}
}

// TestReport counts against a year worked out by hand.
func TestReport(t *testing.T) {
	p := Default(analysis.NoDay)
	from, to := day(t, "2026-01-01"), day(t, "2026-12-31")
	a := History{Group: Group{ID: 1, Manager: 1, Partner: 2, Segment: "A", Since: analysis.NoDay}, Moments: []Moment{
		{analysis.Call, day(t, "2026-02-01")}, {analysis.Visit, day(t, "2026-08-01")}, {analysis.Mail, day(t, "2026-11-01")}}}
	c := History{Group: Group{ID: 2, Manager: 1, Segment: "C", Since: analysis.NoDay,
		More: &More{Marks: []Mark{{Activity: activityCall, Period: from, State: NotNeeded}}}}}
	fresh := History{Group: Group{ID: 3, Manager: 1, Segment: "A", Since: day(t, "2026-12-01")}}
	s := p.Report(from, to, []History{a, c, fresh})
	want := []Cell{
		{"A", 2026, 1, 1, 1, 0, 15, 15},
		{"A", 2026, 2, 1, 0, 0, 15, 0},
		{"A", 2026, 3, 1, 1, 0, 15, 15},
		{"A", 2026, 4, 2, 1, 0, 105, 90},
		{"C", 2026, 4, 1, 0, 1, 15, 0},
	}
	if !slices.Equal(s.Cells, want) {
		t.Errorf("cells = %+v", s.Cells)
	}
	if s.GroupsA != 2 || s.ReachedA != 1 || s.CoverageA() != .5 || s.Moments != 3 || s.DoneMinutes() != 120 {
		t.Errorf("sums = %+v", s)
	}
}

// TestInvitees: who came lately is invited last.
func TestInvitees(t *testing.T) {
	p := Default(analysis.NoDay)
	d := day(t, "2026-11-23")
	came := seen(1, "A", analysis.Gathering, d-30)
	list, err := p.Invitees(activityBreakfast, d, seq([]Group{came, seen(2, "D", analysis.Call, d-10), seen(3, "A", analysis.Call, d-5),
		{ID: 4, Segment: "A", Since: analysis.NoDay}, seen(5, "B", analysis.Call, d), {ID: 6}}))
	var ids []analysis.GroupID
	for _, i := range list {
		ids = append(ids, i.Group)
	}
	if err != nil || !slices.Equal(ids, []analysis.GroupID{4, 3, 2, 1}) {
		t.Errorf("invited %v, %v", list, err)
	}
}

// TestFailing: a store that fails half-way is no plan.
func TestFailing(t *testing.T) {
	failed := errors.New("gone")
	_, err := Default(0).PlanWeek(Request{Week: Week{2026, 48}}, func(yield func(Group, error) bool) { yield(Group{}, failed) })
	if !errors.Is(err, failed) {
		t.Errorf("err = %v", err)
	}
}
