package attention

import (
	"encoding/json"
	"math"
	"reflect"
	"testing"

	"klantbot/analysis"
)

func TestDefaultPlan(t *testing.T) {
	p := Default(analysis.Date(2026, 1, 1))
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Plan
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(p, back) {
		t.Errorf("read back %s: %+v, %v", b, back, err)
	}
}

// TestTypicalOffice: the arithmetic of DOMAIN.md: 92 A, 278 B, 555 C and 925 D
// groups with 12 managers are 154 moments a manager a year, 3.5 a week.
func TestTypicalOffice(t *testing.T) {
	p := Default(analysis.Date(2026, 1, 1))
	p.PartnerDigest = false
	var all []Group
	add := func(s analysis.Segment, n int) {
		for range n {
			all = append(all, Group{ID: analysis.GroupID(len(all) + 1), Manager: analysis.ManagerID(len(all)%12 + 1), Segment: s})
		}
	}
	add("A", 92)
	add("B", 278)
	add("C", 555)
	add("D", 925)
	loads, err := p.Loads(seq(all))
	if err != nil || len(loads) != 12 {
		t.Fatalf("%d loads, %v", len(loads), err)
	}
	moments := 0
	for _, l := range loads {
		moments += l.Moments
		if !l.Fits || l.Proposals != nil {
			t.Errorf("manager %d does not fit: %.1f of %.1f", l.Manager, l.Needed, l.Possible)
		}
	}
	if moments != 92*5+278*3+555 {
		t.Errorf("%d moments a year", moments)
	}
	if mean := float64(moments) / 12; math.Abs(mean-154) > .5 || math.Abs(mean/44-3.5) > .01 {
		t.Errorf("%.1f a manager, %.2f a week", mean, mean/44)
	}
}

// TestDoesNotFit: a senior manager's plan is said not to fit, and each proposal
// would make it fit or says what is left.
func TestDoesNotFit(t *testing.T) {
	p := Default(analysis.Date(2026, 1, 1))
	p.Busy = nil
	groups := senior(1)
	groups = append(groups, Group{ID: 900, Manager: 2, Segment: "C"})
	loads, err := p.Loads(seq(groups))
	if err != nil {
		t.Fatal(err)
	}
	l := loads[0]
	if l.Moments != 390 || l.Fits || math.Abs(l.Needed-390./44) > 1e-9 || l.Possible != 8 {
		t.Fatalf("load = %+v", l)
	}
	want := []Proposal{
		{Kind: RaiseCapacity, From: 8, To: 9, Needed: 390. / 44},
		{Kind: FewerMoments, Segment: "C", Activity: "telefoongesprek", From: 1, To: 0, Needed: 330. / 44},
		{Kind: HandOver, Segment: "C", To: 38, Manager: 2, Needed: 352. / 44},
	}
	if len(l.Proposals) != len(want) {
		t.Fatalf("proposals = %+v", l.Proposals)
	}
	for i, got := range l.Proposals {
		if math.Abs(got.Needed-want[i].Needed) > 1e-9 {
			t.Errorf("proposal %d leaves %v, want %v", i, got.Needed, want[i].Needed)
		}
		got.Needed = want[i].Needed
		if got != want[i] {
			t.Errorf("proposal = %+v, want %+v", got, want[i])
		}
	}
}

func TestPlanRefuses(t *testing.T) {
	good := func() Plan { return Default(analysis.Date(2026, 1, 1)) }
	for name, change := range map[string]func(*Plan){
		"0 a year":         func(p *Plan) { p.Lines[0].Times = 0 },
		"1000 a year":      func(p *Plan) { p.Lines[0].Times = 1000 },
		"negative minutes": func(p *Plan) { p.Lines[0].Minutes = -1 },
		"no activity":      func(p *Plan) { p.Lines[0].Activity = " " },
		"twice":            func(p *Plan) { p.Lines = append(p.Lines, p.Lines[0]) },
		"segment":          func(p *Plan) { p.Lines[0].Segment = "E" },
		"kind":             func(p *Plan) { p.Lines[0].Kind = "soms" },
		"touch":            func(p *Plan) { p.Lines[0].Touch = "fax" },
		"role":             func(p *Plan) { p.Lines[0].Role = "stagiair" },
		"capacity":         func(p *Plan) { p.Capacity = 0 },
		"own capacity":     func(p *Plan) { p.Capacities = map[analysis.ManagerID]int{1: 1000} },
		"shares":           func(p *Plan) { p.Shares["A"] = .9 },
		"NaN":              func(p *Plan) { p.Shares["A"] = math.NaN() },
		"busy":             func(p *Plan) { p.Busy[0].From = 40 },
		"weeks":            func(p *Plan) { p.WorkingWeeks = 53 },
		"shown":            func(p *Plan) { p.Shown = 0 },
	} {
		p := good()
		change(&p)
		if err := p.Check(); err == nil || analysis.KindOf(err) != analysis.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}
