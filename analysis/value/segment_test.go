package value

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

func segmentsOf(t *testing.T, r Rules, scores ...Score) string {
	t.Helper()
	segments, err := r.Segments(scores)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, s := range segments {
		if s == "" {
			s = "-"
		}
		b.WriteString(string(s))
	}
	return b.String()
}

func repeated(n int, s Score) []Score { return slices.Repeat([]Score{s}, n) }

func TestSegments(t *testing.T) {
	var falling []Score
	for i := range 20 {
		falling = append(falling, Score(1000-10*i))
	}
	// Of twenty, one is A, three B, six C and ten D.
	tied := slices.Clone(falling)
	copy(tied[3:], repeated(3, tied[3])) // ranks 4, 5, 6: the middle one is past B's end at 4
	pair := slices.Clone(falling)
	pair[4] = pair[3] // ranks 4 and 5: the middle is 4
	for _, c := range []struct {
		name   string
		rules  Rules
		scores []Score
		want   string
	}{
		{"nobody", DefaultRules(), nil, ""},
		{"one client is the best there is", DefaultRules(), []Score{500}, "A"},
		{"twenty", DefaultRules(), falling, "ABBBCCCCCCDDDDDDDDDD"},
		{"a tie goes where most of it lies", DefaultRules(), tied, "ABBCCCCCCCDDDDDDDDDD"},
		{"a pair across a border keeps together", DefaultRules(), pair, "ABBBBCCCCCDDDDDDDDDD"},
		{"no score, no segment, no place in the quota", DefaultRules(), append([]Score{NoScore}, falling...), "-ABBBCCCCCCDDDDDDDDDD"},
		{"forty equals are nobody's favourites", DefaultRules(), repeated(40, 500), strings.Repeat("C", 40)},
		{"all D by choice", Rules{Quota: [4]float64{0, 0, 0, 100}}, falling[:3], "DDD"},
		{"all A by choice", Rules{Quota: [4]float64{100, 0, 0, 0}}, falling[:3], "AAA"},
		{"by score, borders included", Rules{ByScore: true, Borders: [3]float64{80, 65, 45}}, []Score{1000, 800, 799, 650, 649, 450, 449, 0, NoScore}, "AABBCCDD-"},
	} {
		if got := segmentsOf(t, c.rules, c.scores...); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestRulesRefuse(t *testing.T) {
	for want, rules := range map[string][]Rules{
		"value.quota_sum":     {{Quota: [4]float64{5, 15, 30, 49}}, {}},
		"value.quota_range":   {{Quota: [4]float64{-5, 15, 30, 60}}, {Quota: [4]float64{math.NaN(), 0, 0, 100}}},
		"value.borders_order": {{ByScore: true, Borders: [3]float64{50, 60, 40}}, {ByScore: true, Borders: [3]float64{math.NaN(), 1, 1}}, {ByScore: true, Borders: [3]float64{101, 1, 1}}},
		"":                    {DefaultRules(), {ByScore: true}, {Quota: [4]float64{33.3, 33.3, 33.3, .1}}},
	} {
		for _, r := range rules {
			if got := keyOf(r.Check()); got != want {
				t.Errorf("%+v: %q, want %q", r, got, want)
			}
		}
	}
}

func drawScores(t *rapid.T) []Score {
	return rapid.SliceOfN(rapid.Map(rapid.IntRange(-1, 60), func(i int) Score {
		if i < 0 {
			return NoScore
		}
		return Score(i * 16)
	}), 0, 200).Draw(t, "scores")
}

// Equal scores have equal segments and a better score never a worse one, in
// whatever order they come; no group without a score has a segment.
func TestSegmentsFollowTheScore(t *testing.T) {
	rank := func(s analysis.Segment) int { return slices.Index(analysis.Segments(), s) }
	rapid.Check(t, func(t *rapid.T) {
		scores := drawScores(t)
		rules := DefaultRules()
		rules.ByScore = rapid.Bool().Draw(t, "by score")
		segments, err := rules.Segments(scores)
		if err != nil {
			t.Fatal(err)
		}
		byScore := map[Score]analysis.Segment{}
		for i, s := range scores {
			if (segments[i] == "") == s.Known() {
				t.Fatalf("score %d is segment %q", s, segments[i])
			}
			byScore[s] = segments[i]
		}
		for i, a := range scores {
			if segments[i] != byScore[a] {
				t.Fatalf("score %d is %s and %s", a, segments[i], byScore[a])
			}
			for j, b := range scores {
				if a > b && b.Known() && rank(segments[i]) > rank(segments[j]) {
					t.Fatalf("%d is %s, %d is %s", a, segments[i], b, segments[j])
				}
			}
		}
		order := drawOrder(t, len(scores))
		var mixed []Score
		for _, i := range order {
			mixed = append(mixed, scores[i])
		}
		again, _ := rules.Segments(mixed)
		for place, i := range order {
			if again[place] != segments[i] {
				t.Fatal("the order decides")
			}
		}
	})
}

// Without ties the quota is met to the rounding.
func TestQuotaIsMet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(20, 1000).Draw(t, "groups")
		scores := make([]Score, n)
		for i := range scores {
			scores[i] = Score(i)
		}
		segments, err := DefaultRules().Segments(scores)
		if err != nil {
			t.Fatal(err)
		}
		counts := map[analysis.Segment]int{}
		for _, s := range segments {
			counts[s]++
		}
		for s, quota := range map[analysis.Segment]float64{"A": 5, "B": 15, "C": 30, "D": 50} {
			if math.Abs(float64(counts[s])-quota*float64(n)/100) > 1 {
				t.Fatalf("%d of %d are %s", counts[s], n, s)
			}
		}
	})
}

// A typical office asks a manager for some 33 judgements, not 154.
func TestAskIsWhatAManagerCanDo(t *testing.T) {
	table := office(1850)
	s := valuate(t, table)
	segments, err := DefaultRules().Segments(s.Value)
	if err != nil {
		t.Fatal(err)
	}
	if perManager := float64(len(Ask(table.Revenue, s.Value, segments))) / 12; perManager < 31 || perManager > 36 {
		t.Errorf("%.1f judgements a manager", perManager)
	}
}

func TestNearBorderAndImportant(t *testing.T) {
	var scores []Score
	for i := range 20 {
		scores = append(scores, Score(1000-10*i))
	}
	segments, _ := DefaultRules().Segments(scores)
	var places []int
	for i, near := range NearBorder(scores, segments) {
		if near {
			places = append(places, i)
		}
	}
	if !slices.Equal(places, []int{0, 1, 3, 4, 9, 10}) {
		t.Errorf("near a border: %v", places)
	}
	if got := NearBorder(repeated(3, 7), slices.Repeat([]analysis.Segment{"C"}, 3)); slices.Contains(got, true) {
		t.Error("where all stand in one segment there is no border")
	}
	if got := Important(euros(5, 0, 9, 9, 1, 1, 1, -3)); !slices.Equal(got, []bool{false, false, true, true, false, false, false, false}) {
		t.Errorf("important: %v", got)
	}
	if got := Important(euros(0, -1)); slices.Contains(got, true) {
		t.Error("without revenue nobody is important")
	}
}

// DOMAIN.md's client, billed in May one year and July the next, moves nobody:
// at no month do scores, segments and layers of the office change.
func TestSeasonalInvoicingMovesNobody(t *testing.T) {
	shifted := []analysis.MonthRevenue{
		line(2023, time.May, 1, 2022, 10000), line(2024, time.May, 1, 2023, 10000),
		line(2025, time.July, 1, 2024, 10000), line(2026, time.May, 1, 2025, 10000),
	}
	histories := [][]analysis.MonthRevenue{shifted}
	for i := range int64(40) {
		var monthly []analysis.MonthRevenue
		for d := month(2022, time.January); d < month(2027, time.January); d = d.AddMonths(1) {
			monthly = append(monthly, line(d.Year(), d.Time().Month(), 1, 0, 100+40*i))
		}
		histories = append(histories, monthly)
	}
	at := func(d analysis.Day) ([]Score, []analysis.Segment, []analysis.Layer) {
		yearly, revenue := make([]Yearly, len(histories)), make([]analysis.Cents, len(histories))
		for i, h := range histories {
			yearly[i] = YearlyRevenue(h, d)
			revenue[i] = yearly[i].Amount
		}
		s := valuate(t, single(revenue, nil))
		segments, err := DefaultRules().Segments(s.Value)
		if err != nil {
			t.Fatal(err)
		}
		return s.Value, segments, LayersOf(yearly, nil)
	}
	scores, segments, layers := at(analysis.Date(2025, 5, 1))
	for d := analysis.Date(2025, 6, 1); d < analysis.Date(2026, 12, 31); d = d.AddMonths(1) {
		s, g, l := at(d)
		if !slices.Equal(s, scores) || !slices.Equal(g, segments) || !slices.Equal(l, layers) {
			t.Errorf("somebody moved at %s", d)
		}
	}
}
