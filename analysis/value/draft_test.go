package value

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

func TestCheckOverride(t *testing.T) {
	good := analysis.Override{Group: 1, Segment: "B", Reason: "introduceert het hele bestuur"}
	edit := func(change func(o *analysis.Override)) analysis.Override {
		o := good
		change(&o)
		return o
	}
	for _, c := range []struct {
		name string
		o    analysis.Override
		by   analysis.Role
		want string
	}{
		{"a partner decides", good, analysis.PartnerRole, ""},
		{"the operator too", good, analysis.Operator, ""},
		{"an administrator too", good, analysis.Administrator, ""},
		{"a manager does not", good, analysis.ManagerRole, "value.override_partner"},
		{"a manager proposes", edit(func(o *analysis.Override) { o.Proposed = true }), analysis.ManagerRole, ""},
		{"taken back", edit(func(o *analysis.Override) { o.Segment = "" }), analysis.PartnerRole, ""},
		{"without a reason", edit(func(o *analysis.Override) { o.Reason = " \n" }), analysis.PartnerRole, "value.override_reason"},
		{"with a book", edit(func(o *analysis.Override) { o.Reason = strings.Repeat("é", 501) }), analysis.PartnerRole, "value.override_reason_long"},
		{"to E", edit(func(o *analysis.Override) { o.Segment = "E" }), analysis.PartnerRole, "value.override_segment"},
		{"of nobody", edit(func(o *analysis.Override) { o.Group = 0 }), analysis.PartnerRole, "value.override_segment"},
		{"strategic, says a partner", edit(func(o *analysis.Override) { o.Strategic = true }), analysis.PartnerRole, ""},
		{"strategic, says an administrator", edit(func(o *analysis.Override) { o.Strategic = true }), analysis.Administrator, "value.override_strategic"},
		{"strategic, says a manager", edit(func(o *analysis.Override) { o.Strategic, o.Proposed = true, true }), analysis.ManagerRole, "value.override_strategic"},
	} {
		if got := keyOf(CheckOverride(c.o, analysis.Actor{Roles: analysis.RolesOf(c.by)})); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// twenty groups, group i+1 with a revenue and a score that fall together, but
// group 20, which has the most revenue and the least score.
func twenty(t *testing.T) []analysis.SegmentItem {
	t.Helper()
	var items []analysis.SegmentItem
	var scores []Score
	for i := range 20 {
		it := item(analysis.GroupID(i+1), int64(1000-i))
		it.Score, it.Coverage = float64(90-2*i), 1
		items = append(items, it)
		scores = append(scores, ScoreOf(it.Score))
	}
	items[19].Yearly = 1e9
	segments, err := DefaultRules().Segments(scores)
	if err != nil {
		t.Fatal(err)
	}
	for i := range items {
		items[i].Segment = segments[i]
	}
	return items
}

func TestLookFirst(t *testing.T) {
	items := twenty(t)
	items[2].Coverage, items[15].Coverage = .3, .3 // a B, and a D of which nobody is asked
	overrides := []analysis.Override{
		{Group: 7, Segment: "A", Reason: "r"},
		{Group: 8, Segment: "C", Reason: "as the score says"},
		{Group: 12, Segment: "C", Reason: "r", Proposed: true},
		{Group: 11, Segment: "", Reason: "taken back"},
	}
	want := []Attention{
		{20, []Why{WhyLow}},
		{7, []Why{WhyOverride}},
		{12, []Why{WhyProposal}},
		{1, []Why{WhyBorder}}, {2, []Why{WhyBorder}}, {4, []Why{WhyBorder}}, {5, []Why{WhyBorder}}, {10, []Why{WhyBorder}}, {11, []Why{WhyBorder}},
		{3, []Why{WhyCoverage}},
	}
	if got := LookFirst(items, overrides); !reflect.DeepEqual(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	overrides = append(overrides, analysis.Override{Group: 20, Segment: "B", Reason: "the most revenue"})
	if got := LookFirst(items, overrides); got[0].Group != 20 || !slices.Equal(got[0].Why, []Why{WhyOverride}) {
		t.Errorf("once a partner made it B it is an override to look at: %v", got[0])
	}
	if got := LookFirst(nil, nil); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestStandingAndDiff(t *testing.T) {
	items := []analysis.SegmentItem{{Group: 1, Segment: "A"}, {Group: 2, Segment: "B"}, {Group: 3, Segment: "B"}, {Group: 4}}
	before := Standing(items, nil)
	after := Standing(items, []analysis.Override{{Group: 2, Segment: "A"}, {Group: 3, Segment: "A", Proposed: true}, {Group: 4, Segment: "D"}, {Group: 1}})
	if want := map[analysis.GroupID]analysis.Segment{1: "A", 2: "A", 3: "B", 4: "D"}; !maps.Equal(after, want) {
		t.Errorf("%v, want %v", after, want)
	}
	changes, flows := Diff(before, after)
	if !slices.Equal(changes, []Change{{2, "B", "A"}, {4, "", "D"}}) {
		t.Errorf("%v", changes)
	}
	if !slices.Equal(flows, []Flow[analysis.Segment]{{"B", "A", 1}, {"", "D", 1}}) {
		t.Errorf("%v", flows)
	}
}

// Every change is counted once, and applying the changes gives the version
// that was compared with.
func TestDiffLeadsFromOneToTheOther(t *testing.T) {
	version := rapid.MapOf(rapid.Map(rapid.IntRange(1, 30), func(i int) analysis.GroupID { return analysis.GroupID(i) }), rapid.SampledFrom(analysis.Segments()))
	rapid.Check(t, func(t *rapid.T) {
		before, after := version.Draw(t, "before"), version.Draw(t, "after")
		changes, flows := Diff(before, after)
		moved := maps.Clone(before)
		for _, c := range changes {
			if moved[c.Group] = c.To; c.To == "" {
				delete(moved, c.Group)
			}
		}
		if !maps.Equal(moved, after) {
			t.Fatalf("%v, want %v", moved, after)
		}
		n := 0
		for _, f := range flows {
			n += f.Groups
		}
		if n != len(changes) {
			t.Fatalf("%d in flows, %d changes", n, len(changes))
		}
	})
}

// No draft hides what must be looked at: whatever the office and the overrides,
// a group of the top 20% by revenue that stands in C or D is on the list, and so
// is an override against the score; no group is listed twice or without reason.
func TestLookFirstMissesNothing(t *testing.T) {
	segment := rapid.SampledFrom(analysis.Segments())
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "groups")
		var overrides []analysis.Override
		table := &Table{Kinds: []string{"mkb"}, Kind: make([]uint16, n)}
		yearly, groups := make([]Yearly, n), make([]analysis.GroupID, n)
		for i := range n {
			groups[i] = analysis.GroupID(i + 1)
			yearly[i] = Yearly{Amount: analysis.Cents(rapid.IntRange(-1, 500).Draw(t, "revenue")), Known: true}
			table.Revenue = append(table.Revenue, yearly[i].Amount)
			if rapid.IntRange(0, 5).Draw(t, "overridden") == 0 {
				overrides = append(overrides, analysis.Override{Group: groups[i], Segment: segment.Draw(t, "to"), Reason: "r", Proposed: rapid.Bool().Draw(t, "proposed")})
			}
		}
		scores := valuate(t, table)
		segments, err := DefaultRules().Segments(scores.Value)
		if err != nil {
			t.Fatal(err)
		}
		items := scores.Items(groups, yearly, segments)
		listed := map[analysis.GroupID][]Why{}
		for _, a := range LookFirst(items, overrides) {
			if listed[a.Group] != nil || len(a.Why) == 0 {
				t.Fatalf("%+v, and before %v", a, listed[a.Group])
			}
			listed[a.Group] = a.Why
		}
		standing := Standing(items, overrides)
		for i, important := range Important(table.Revenue) {
			if important && !standing[groups[i]].High() && !slices.Contains(listed[groups[i]], WhyLow) {
				t.Fatalf("group %d stands in %s unseen", groups[i], standing[groups[i]])
			}
		}
		for _, o := range overrides {
			if want := o.Segment != items[o.Group-1].Segment; !o.Proposed && want != slices.Contains(listed[o.Group], WhyOverride) {
				t.Fatalf("override %+v of %s: %v", o, items[o.Group-1].Segment, listed[o.Group])
			}
		}
	})
}
