package survey

import (
	"math"
	"slices"
	"testing"

	"klantbot/analysis"
)

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

// TestNPS: the checks of DOMAIN.md §3.
func TestNPS(t *testing.T) {
	for _, c := range []struct {
		promoters, passives, detractors int
		score, low, high                float64
	}{
		{10, 7, 3, 35, .46, 60.41},
		{5, 0, 0, 100, 17.49, 100},
		{0, 0, 5, -100, -100, -17.49},
		{0, 1, 0, 0, -60.01, 60.01},
	} {
		n, ok := NewNPS(c.promoters, c.passives, c.detractors)
		if !ok || !near(n.Score, c.score, 1e-9) || !near(n.Low, c.low, .005) || !near(n.High, c.high, .005) {
			t.Errorf("NewNPS(%d, %d, %d) = %+v, want %v [%v; %v]", c.promoters, c.passives, c.detractors, n, c.score, c.low, c.high)
		}
	}
	if n, ok := NewNPS(0, 0, 0); ok {
		t.Errorf("NewNPS of nobody = %+v", n)
	}
}

// TestWelch: variances 5/3 and 4, so sqrt(5/12 + 4/3), worked out by hand.
func TestWelch(t *testing.T) {
	a, b := Estimated([]float64{1, 2, 3, 4}), Estimated([]float64{2, 4, 6})
	d, ok := b.Minus(a)
	if !ok || d.Value != 1.5 || !near(d.StandardError, math.Sqrt(1.75), 1e-12) || d.Clear() {
		t.Errorf("Minus = %+v", d)
	}
	if d, _ := Estimated([]float64{9, 9.1}).Minus(a); !d.Clear() {
		t.Errorf("%+v is not clear", d)
	}
	if d, ok := Estimated([]float64{3}).Minus(Estimated([]float64{4, 5})); !ok || d.StandardError != 0 || d.Clear() {
		t.Errorf("Minus of one answer = %+v", d)
	}
	if _, ok := Estimated(nil).Minus(a); ok {
		t.Error("nobody differs from somebody")
	}
}

func answered(id int, edit func(*Response)) Response {
	r := Response{ID: analysis.ResponseID(id), Wave: 1,
		SurveyAnswers: analysis.SurveyAnswers{NPS: analysis.NotSaid, Grade: analysis.NotSaid}}
	edit(&r)
	return r
}

func scored(theme string, importance, performance float64) analysis.SurveyScore {
	return analysis.SurveyScore{Kind: analysis.ThemeScore, Name: theme, Importance: importance, Performance: performance}
}

func TestMeasure(t *testing.T) {
	w := Wave{ID: 1, Audience: analysis.AskedClients, Disclosure: analysis.Anonymous, Scale: 5}
	var answers []Response
	for i := range 6 {
		answers = append(answers, answered(i+1, func(r *Response) {
			r.NPS = []int{10, 9, 9, 8, 3, 6}[i]
			r.Grade = 7
			r.Words = []string{"Deskundig", "deskundig", "lief"}
			if i == 0 {
				r.Words = append(r.Words, "die van de manege") // who this is, is soon known
			}
			r.Scores = []analysis.SurveyScore{scored("groei", 5, 2), scored("personeel", 2, 5), scored("financiering", 5, 5),
				{Kind: analysis.BenefitScore, Name: "rust", Importance: 4, Performance: analysis.NotSaid},
				{Kind: analysis.SacrificeScore, Name: "geld", Importance: 3, Performance: analysis.NotSaid}}
			if i < 3 {
				r.Scores = append(r.Scores, scored("opvolging", 1, 1))
				r.Understanding = analysis.Understood
			}
		}))
	}
	f, cells := Measure(w, answers, Defaults(), nil)
	if f.NPS == nil || !near(f.NPS.Score, 100./6, 1e-9) || f.Grade == nil || f.Grade.Mean != 7 {
		t.Errorf("NPS %+v, grade %+v", f.NPS, f.Grade)
	}
	want := map[string]Quadrant{"groei": Concentrate, "personeel": Overdone, "financiering": Keep, "opvolging": ""}
	for _, theme := range f.Themes {
		if theme.Quadrant != want[theme.Name] {
			t.Errorf("%s stands in %q, want %q", theme.Name, theme.Quadrant, want[theme.Name])
		}
	}
	if f.Words[1] != (WordCount{"deskundig", 1, 6, false}) || f.Words[9] != (WordCount{"lief", 0, 6, false}) {
		t.Errorf("words %v", f.Words)
	}
	if len(f.Words) != 10 {
		t.Errorf("a word of one person is shown: %v", f.Words)
	}
	w.Disclosure = analysis.ByName
	if named, _ := Measure(w, answers, Defaults(), nil); len(named.Words) != 11 {
		t.Errorf("by name a word is missing: %v", named.Words)
	}
	w.Disclosure = analysis.Anonymous
	if f.Perceived == nil || f.Perceived.Difference.Mean != 1 {
		t.Errorf("perceived value %+v", f.Perceived)
	}
	// Three persons: opvolging twice, and whether they were understood.
	if len(f.Suppressed) != 3 || f.Listening != nil || f.Suppressed[0].Figure != "understood" || f.Suppressed[0].Verdict != TooFew {
		t.Errorf("suppressed %v", f.Suppressed)
	}
	if len(cells) == 0 {
		t.Error("nothing to record")
	}
	// One more answer changes nothing that is shown.
	more := append(answers, answered(7, func(r *Response) { r.NPS, r.Grade = 0, 1 }))
	again, _ := Measure(w, more, Defaults(), cells)
	if again.NPS.Score != f.NPS.Score || again.Grade.Mean != 7 || again.Suppressed[0].Verdict != Earlier {
		t.Errorf("with one more answer NPS %+v, suppressed %v", again.NPS, again.Suppressed)
	}
	w.Disclosure = analysis.ByName
	if f, cells := Measure(w, answers, Defaults(), nil); len(cells) != 0 || len(f.Suppressed) != 0 || f.Listening.Yes != 3 {
		t.Errorf("by name: suppressed %v, recorded %v", f.Suppressed, cells)
	}
	w.Audience = analysis.AskedEmployees
	if f, _ := Measure(w, answers, Defaults(), nil); f.NPS != nil || len(f.Suppressed) == 0 {
		t.Errorf("employees: NPS %v, suppressed %v", f.NPS, f.Suppressed)
	}
}

func TestGapAndSince(t *testing.T) {
	of := func(mean float64) Figures {
		return Figures{Wave: Wave{Scale: 5}, Themes: []ThemeFigures{{Name: "groei", Performance: Estimate{10, mean, 1}}, {Name: "stil"}}}
	}
	gap := Gap(of(4.5), of(3))
	if len(gap) != 1 || gap[0].Value != 1.5 || !near(gap[0].StandardError, math.Sqrt(.2), 1e-12) {
		t.Errorf("Gap = %+v", gap)
	}
	before, now := of(3), of(4)
	first, _ := NewNPS(10, 5, 5)
	second, _ := NewNPS(15, 3, 2)
	before.NPS, now.NPS = &first, &second
	c := Since(now, before)
	if c.NPS == nil || c.NPS.Value != 40 || c.NPS.StandardError <= 0 || c.Themes["groei"].Value != 1 {
		t.Errorf("Since = %+v", c)
	}
	before.Wave.Scale = 10
	if c := Since(now, before); len(c.Themes) != 0 {
		t.Errorf("scales differ, and yet %v", c.Themes)
	}
}

func TestRatings(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	waves := []Wave{
		{ID: 1, Audience: analysis.AskedClients, Disclosure: analysis.ByName, Scale: 5, Day: asOf - 400},
		{ID: 2, Audience: analysis.AskedClients, Disclosure: analysis.ByName, Scale: 5, Day: asOf - 30},
		{ID: 3, Audience: analysis.AskedClients, Disclosure: analysis.Anonymous, Scale: 5, Day: asOf - 10},
	}
	in := func(id int, wave analysis.WaveID, group analysis.GroupID, nps int) Response {
		return answered(id, func(r *Response) { r.Wave, r.Group, r.NPS = wave, group, nps })
	}
	got := Ratings(waves, []Response{in(1, 1, 7, 10), in(2, 2, 7, 6), in(3, 2, 7, 9), in(4, 1, 8, 8), in(5, 3, 9, 10),
		answered(6, func(r *Response) {
			r.Wave, r.Group, r.Scores = 2, 10, []analysis.SurveyScore{scored("groei", 5, 4), scored("rust", 1, 4)}
		})}, asOf)
	if r := got[7]; r.Mean != 7.5 || r.High || r.N != 2 || r.Wave != 2 {
		t.Errorf("group 7: %+v, want the newest wave", r)
	}
	if !got[8].High || !got[10].High || got[10].Basis != ByPerformance {
		t.Errorf("groups 8 and 10: %+v, %+v", got[8], got[10])
	}
	if _, rated := got[9]; rated || len(got) != 3 {
		t.Errorf("an anonymous wave rates a group: %v", got)
	}
	if late := Ratings(waves[:1], []Response{in(1, 1, 7, 10)}, asOf+400); len(late) != 0 {
		t.Errorf("a stale rating counts: %v", late)
	}
}

// TestSharpest: the widest gap counts, of persons who scored both sides; a point
// of five is needed, and of equal gaps the more important theme is named.
func TestSharpest(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	wave := Wave{ID: 1, Audience: analysis.AskedClients, Disclosure: analysis.ByName, Scale: 5, Day: asOf - 30}
	said := analysis.NotSaid
	for _, c := range []struct {
		name   string
		people [][]analysis.SurveyScore
		want   Shortfall
	}{
		{"the widest", [][]analysis.SurveyScore{{scored("groei", 4, 3), scored("financiering", 5, 2)}}, Shortfall{"financiering", 5, 2, 5, 1, wave.Day}},
		{"means of two", [][]analysis.SurveyScore{{scored("groei", 4, 3)}, {scored("groei", 5, 2)}}, Shortfall{"groei", 4.5, 2.5, 5, 2, wave.Day}},
		{"one side only", [][]analysis.SurveyScore{{scored("groei", 5, float64(said))}, {scored("groei", float64(said), 1)}}, Shortfall{}},
		{"less than a point", [][]analysis.SurveyScore{{scored("groei", 4, 3)}, {scored("groei", 4, 4)}}, Shortfall{}},
		{"better than it matters", [][]analysis.SurveyScore{{scored("groei", 2, 5)}}, Shortfall{}},
		{"the more important", [][]analysis.SurveyScore{{scored("groei", 3, 2), scored("zorg", 5, 4), scored("personeel", 5, 4)}}, Shortfall{"personeel", 5, 4, 5, 1, wave.Day}},
	} {
		var all []Response
		for i, scores := range c.people {
			all = append(all, answered(i+1, func(r *Response) { r.Wave, r.Group, r.NPS, r.Scores = 1, 7, 8, scores }))
		}
		if got := Ratings([]Wave{wave}, all, asOf)[7].Sharpest; got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestLists(t *testing.T) {
	waves := []Wave{{ID: 1, Audience: analysis.AskedClients, Disclosure: analysis.ByName},
		{ID: 2, Audience: analysis.AskedFormer, Disclosure: analysis.ByName},
		{ID: 3, Audience: analysis.AskedProspects, Disclosure: analysis.ByName}}
	in := func(id int, wave analysis.WaveID, group analysis.GroupID, nps int) Response {
		return answered(id, func(r *Response) { r.Wave, r.Group, r.NPS, r.ContactWanted = wave, group, nps, id%2 == 1 })
	}
	all := []Response{in(1, 1, 1, 9), in(2, 1, 2, 10), in(3, 1, 3, 8), in(4, 2, 4, 9), in(5, 2, 5, 8), in(6, 2, 6, 3), in(7, 3, 0, 5), in(8, 3, 0, 9)}
	every := func(analysis.GroupID) bool { return true }
	if a := Ambassadors(waves, all, every); len(a) != 2 || a[0].ID != 2 {
		t.Errorf("Ambassadors = %v", a)
	}
	if w := Winback(waves, all, func(g analysis.GroupID) float64 { return float64(g) }); len(w) != 2 || w[0].ID != 5 {
		t.Errorf("Winback = %v", w)
	}
	if l := Leads(waves, all); len(l) != 1 || l[0].ID != 7 {
		t.Errorf("Leads = %v", l)
	}
}

// TestListsNewest: who was a promoter and is none any more is no ambassador, and
// who is one twice is one once.
func TestListsNewest(t *testing.T) {
	waves := []Wave{{ID: 5, Audience: analysis.AskedClients, Disclosure: analysis.ByName, Day: 100},
		{ID: 4, Audience: analysis.AskedClients, Disclosure: analysis.ByName, Day: 400}}
	in := func(id int, wave analysis.WaveID, client analysis.ClientID, nps int) Response {
		return answered(id, func(r *Response) { r.Wave, r.Group, r.Client, r.NPS = wave, 7, client, nps })
	}
	got := Ambassadors(waves, []Response{in(1, 5, 1, 10), in(2, 4, 1, 4), in(3, 5, 2, 9), in(4, 4, 2, 10), in(5, 5, 3, 9)},
		func(analysis.GroupID) bool { return true })
	var ids []analysis.ResponseID
	for _, r := range got {
		ids = append(ids, r.ID)
	}
	if !slices.Equal(ids, []analysis.ResponseID{4, 5}) {
		t.Errorf("Ambassadors = %v, want 4 and 5", ids)
	}
}

func TestChoices(t *testing.T) {
	if err := CheckThemes(DefaultThemes()); err != nil {
		t.Error(err)
	}
	if err := CheckLadder(DefaultLadder()); err != nil {
		t.Error(err)
	}
	for name, themes := range map[string][]Theme{"ten": append(DefaultThemes(), Theme{Name: "x"}), "none": nil,
		"twice": {{Name: "Groei"}, {Name: "groei "}}, "nameless": {{Name: " "}}} {
		if analysis.KindOf(CheckThemes(themes)) != analysis.Invalid {
			t.Errorf("%s: CheckThemes allows them", name)
		}
	}
}
