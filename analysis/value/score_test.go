package value

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"klantbot/analysis"
	"klantbot/analysis/stats"
)

var nan = Unknown()

// euros makes a column of revenue.
func euros(amounts ...int64) []analysis.Cents {
	cents := make([]analysis.Cents, len(amounts))
	for i, a := range amounts {
		cents[i] = analysis.Cents(a * 100)
	}
	return cents
}

// single is a table of one kind.
func single(revenue []analysis.Cents, columns map[string][]float64) *Table {
	return &Table{Kinds: []string{"mkb"}, Kind: make([]uint16, len(revenue)), Revenue: revenue, Columns: columns}
}

func valuate(t interface {
	Helper()
	Fatal(...any)
}, table *Table, set ...Criterion) *Scores {
	t.Helper()
	sets := map[string][]Criterion{}
	if len(set) > 0 {
		for _, kind := range table.Kinds {
			sets[kind] = set
		}
	}
	s, err := Valuate(table, sets)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var (
	onRevenue   = DefaultCriteria()[0]
	onMargin    = DefaultCriteria()[1]
	onStrategic = DefaultCriteria()[2]
)

func TestScoreByHand(t *testing.T) {
	for _, c := range []struct {
		name     string
		table    *Table
		set      []Criterion
		want     []Score
		coverage []float32
	}{
		{"four on revenue: (below + equal/2)/n", single(euros(10, 20, 30, 40), nil), []Criterion{onRevenue},
			[]Score{125, 375, 625, 875}, []float32{1, 1, 1, 1}},
		{"equal money is equal", single(euros(10, 20, 20, 40), nil), []Criterion{onRevenue},
			[]Score{125, 500, 500, 875}, []float32{1, 1, 1, 1}},
		{"one client stands in the middle", single(euros(10), nil), nil, []Score{500}, []float32{.375}},
		{"all equal", single(euros(7, 7, 7), nil), nil, []Score{500, 500, 500}, []float32{.375, .375, .375}},
		{"nobody has revenue", single(euros(0, -5), nil), nil, []Score{NoScore, NoScore}, []float32{0, 0}},
		{"who has no revenue does not lift others", single(euros(0, 10, 20, -5), nil), []Criterion{onRevenue},
			[]Score{NoScore, 250, 750, NoScore}, []float32{0, 1, 1, 0}},
		// 30*12.5+20*100, 30*37.5+20*50, 30*62.5+20*50 (the median of 4, 2, 0), 30*87.5+20*0; by 50.
		{"an unknown judgement counts at the median", single(euros(10, 20, 30, 40), map[string][]float64{KeyStrategic: {4, 2, nan, 0}}),
			[]Criterion{onRevenue, onStrategic}, []Score{475, 425, 575, 525}, []float32{1, 1, .6, 1}},
		{"what nobody knows drops out, and lowers the coverage", single(euros(10, 20), nil),
			[]Criterion{onRevenue, onStrategic}, []Score{250, 750}, []float32{.6, .6}},
		{"margin that the office does not record lowers nothing", single(euros(10, 20), nil),
			[]Criterion{onRevenue, onMargin}, []Score{250, 750}, []float32{1, 1}},
		{"margin that some record does", single(euros(10, 20), map[string][]float64{KeyMargin: {nan, 100}}),
			[]Criterion{onRevenue, onMargin}, []Score{350, 650}, []float32{.6, 1}},
		{"nothing at all is known", single(euros(10), nil), []Criterion{onStrategic}, []Score{NoScore}, []float32{0}},
		{"marks off the scale count as its ends", single(euros(10, 10), map[string][]float64{KeyStrategic: {9, -3}}),
			[]Criterion{onStrategic}, []Score{1000, 0}, []float32{1, 1}},
		{"infinite is not a value", single(euros(10, 20), map[string][]float64{KeyStrategic: {math.Inf(1), 4}}),
			[]Criterion{onStrategic}, []Score{1000, 1000}, []float32{0, 1}},
		{"kinds are measured apart", &Table{Kinds: []string{"mkb", "zzp"}, Kind: []uint16{0, 1, 0, 1}, Revenue: euros(1000, 10, 2000, 20)},
			[]Criterion{onRevenue}, []Score{250, 250, 750, 750}, []float32{1, 1, 1, 1}},
	} {
		s := valuate(t, c.table, c.set...)
		if !slices.Equal(s.Value, c.want) || !slices.Equal(s.Coverage, c.coverage) {
			t.Errorf("%s: %v %v, want %v %v", c.name, s.Value, s.Coverage, c.want, c.coverage)
		}
	}
}

func TestValuateRefuses(t *testing.T) {
	zero := onRevenue
	zero.Weight = 0
	if _, err := Valuate(single(euros(1), nil), map[string][]Criterion{"mkb": {zero}}); keyOf(err) != "value.weights_zero" {
		t.Errorf("weights of zero: %v", err)
	}
	for name, table := range map[string]*Table{
		"a short column":  single(euros(1, 2), map[string][]float64{KeyMargin: {1}}),
		"a kind too many": {Kinds: []string{"mkb"}, Kind: []uint16{1}, Revenue: euros(1)},
		"kinds too few":   {Kinds: []string{"mkb"}, Kind: []uint16{0}, Revenue: euros(1, 2)},
	} {
		if _, err := Valuate(table, nil); analysis.KindOf(err) != analysis.Internal || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestScoreAsJSON(t *testing.T) {
	got, err := json.Marshal([]Score{0, 5, 475, 1000, NoScore})
	if err != nil || string(got) != "[0.0,0.5,47.5,100.0,null]" {
		t.Errorf("%s, %v", got, err)
	}
	if ScoreOf(math.NaN()) != NoScore || ScoreOf(-3) != 0 || ScoreOf(math.Inf(1)) != 1000 {
		t.Error("a score outside its range")
	}
}

func TestExplain(t *testing.T) {
	table := single(euros(10, 20, 30, 40), map[string][]float64{KeyStrategic: {4, 2, nan, 0}})
	s := valuate(t, table)
	e, ok := s.Explain(2)
	if !ok || e.Kind != "mkb" || e.Groups != 4 || e.Score != 575 || !e.Provisional {
		t.Errorf("%+v", e)
	}
	revenue, strategic, loyalty := e.Elements[0], e.Elements[2], e.Elements[3]
	if revenue.Raw != 3000 || !revenue.Known || revenue.Among != 4 || revenue.S != 62.5 || revenue.Share != .6 || revenue.Points != 37.5 {
		t.Errorf("revenue: %+v", revenue)
	}
	if strategic.Raw != 2 || strategic.Known || strategic.Among != 3 || strategic.S != 50 || strategic.Points != 20 {
		t.Errorf("strategic: %+v", strategic)
	}
	if !loyalty.Dropped || loyalty.Points != 0 || loyalty.Among != 0 {
		t.Errorf("loyalty: %+v", loyalty)
	}
	for _, row := range []int{-1, 4} {
		if _, ok := s.Explain(row); ok {
			t.Errorf("row %d is explained", row)
		}
	}
}

// drawTable draws an office of up to 60 groups of three kinds with ties,
// unknowns, groups without revenue and values that are no numbers.
func drawTable(t *rapid.T) *Table {
	n := rapid.IntRange(0, 60).Draw(t, "groups")
	table := &Table{Kinds: []string{"mkb", "zzp", "particulier"}, Columns: map[string][]float64{}}
	raws := map[string]*rapid.Generator[float64]{
		KeyMargin:    rapid.OneOf(rapid.Just(nan), rapid.Map(rapid.IntRange(-50, 50), func(i int) float64 { return float64(i * 100) })),
		KeyStrategic: rapid.SampledFrom([]float64{nan, 0, 1, 2, 3, 4}),
		KeyLoyalty:   rapid.SampledFrom([]float64{nan, 0, 100. / 3, 50, 100, math.Inf(-1)}),
		KeyStability: rapid.OneOf(rapid.Just(nan), rapid.Float64()),
	}
	for range n {
		table.Kind = append(table.Kind, uint16(rapid.IntRange(0, 2).Draw(t, "kind")))
		table.Revenue = append(table.Revenue, analysis.Cents(rapid.OneOf(rapid.IntRange(-2, 12), rapid.Int()).Draw(t, "revenue")))
	}
	for _, key := range []string{KeyMargin, KeyStrategic, KeyLoyalty, KeyStability} {
		if rapid.Bool().Draw(t, key+" is recorded") {
			table.Columns[key] = rapid.SliceOfN(raws[key], n, n).Draw(t, key)
		}
	}
	return table
}

// A score lies in 0..100, coverage in 0..1, and the points of the explanation
// add up to the score: nothing is ever NaN.
func TestScoreStaysInRangeAndAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		s := valuate(t, table)
		for row, v := range s.Value {
			if v.Known() != (table.Revenue[row] > 0) || v > 1000 || !(s.Coverage[row] >= 0 && s.Coverage[row] <= 1) {
				t.Fatalf("row %d of revenue %d: %d, coverage %v", row, table.Revenue[row], v, s.Coverage[row])
			}
			e, ok := s.Explain(row)
			if !ok {
				continue
			}
			points, share := 0., 0.
			for _, el := range e.Elements {
				if !(el.S >= 0 && el.S <= 100) {
					t.Fatalf("%s: s = %v", el.Criterion.Key, el.S)
				}
				points += el.Points
				share += el.Share
			}
			if math.Abs(points-v.Points()) > .05+1e-9 || math.Abs(share-1) > 1e-9 {
				t.Fatalf("row %d: points %v of %v, shares %v", row, points, v.Points(), share)
			}
		}
	})
}

// permuted returns the rows of a table in another order.
func permuted(table *Table, order []int) *Table {
	mixed := &Table{Kinds: table.Kinds, Columns: map[string][]float64{}}
	for _, row := range order {
		mixed.Kind = append(mixed.Kind, table.Kind[row])
		mixed.Revenue = append(mixed.Revenue, table.Revenue[row])
		for key, column := range table.Columns {
			mixed.Columns[key] = append(mixed.Columns[key], column[row])
		}
	}
	return mixed
}

func drawOrder(t *rapid.T, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return rapid.Permutation(order).Draw(t, "order")
}

func TestScoreDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		order := drawOrder(t, len(table.Kind))
		a, b := valuate(t, table), valuate(t, permuted(table, order))
		for place, row := range order {
			if a.Value[row] != b.Value[place] || a.Coverage[row] != b.Coverage[place] {
				t.Fatalf("row %d: %d, and %d elsewhere", row, a.Value[row], b.Value[place])
			}
		}
	})
}

func TestMoreRevenueNeverLowersAScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		row := rapid.IntRange(0, 60).Draw(t, "row")
		if row >= len(table.Kind) || table.Revenue[row] <= 0 || table.Revenue[row] > 1<<40 {
			t.Skip("the draw is missing a group with an ordinary revenue")
		}
		before := valuate(t, table).Value[row]
		table.Revenue[row] += analysis.Cents(rapid.IntRange(0, 1<<40).Draw(t, "more"))
		if after := valuate(t, table).Value[row]; after < before {
			t.Fatalf("from %d to %d", before, after)
		}
	})
}

// Filling in the median of its kind leaves a group exactly where it was. On a
// scale of marks or percentages, nobody else moves either.
func TestFillingInTheMedianChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := drawTable(t)
		before := valuate(t, table)
		type gap struct {
			row int
			el  Element
		}
		var gaps []gap
		for row := range table.Kind {
			e, _ := before.Explain(row)
			for _, el := range e.Elements {
				if !el.Known && !el.Dropped {
					gaps = append(gaps, gap{row, el})
				}
			}
		}
		if len(gaps) == 0 {
			t.Skip("the draw is missing a gap: everything is known")
		}
		filled := rapid.SampledFrom(gaps).Draw(t, "gap")
		row, el, key := filled.row, filled.el, filled.el.Criterion.Key
		table.Columns[key][row] = el.Raw
		after := valuate(t, table)
		if after.Value[row] != before.Value[row] || after.Coverage[row] <= before.Coverage[row] {
			t.Fatalf("from %d to %d, coverage %v to %v", before.Value[row], after.Value[row], before.Coverage[row], after.Coverage[row])
		}
		if key != KeyMargin && !slices.Equal(after.Value, before.Value) {
			t.Fatalf("others moved: %v to %v", before.Value, after.Value)
		}
	})
}

// One client whose loyalty is known says nothing about 236 others: until enough
// are known it counts for nobody, and filling it in changes no score.
func TestLoyaltyCountsWhenEnoughIsKnown(t *testing.T) {
	for _, c := range []struct {
		n, known int
		counts   bool
	}{{237, 0, false}, {237, 1, false}, {237, 23, false}, {237, 24, true}, {40, 4, false}, {40, 5, true}, {3, 2, false}, {3, 3, true}, {1, 1, true}} {
		revenue, loyalty := make([]analysis.Cents, c.n), make([]float64, c.n)
		for i := range revenue {
			revenue[i], loyalty[i] = analysis.Cents(i+1), nan
		}
		bare := valuate(t, single(revenue, nil))
		for i := range c.known {
			loyalty[i] = 100
		}
		s := valuate(t, single(revenue, map[string][]float64{KeyLoyalty: loyalty}))
		if moved := !slices.Equal(s.Value, bare.Value); moved != c.counts {
			t.Errorf("%d of %d: scores moved %v, want %v", c.known, c.n, moved, c.counts)
		}
		if covered := s.Coverage[0] > bare.Coverage[0]; covered != c.counts {
			t.Errorf("%d of %d: coverage of who is known rose %v, want %v", c.known, c.n, covered, c.counts)
		}
		if e, _ := s.Explain(0); e.Elements[3].Dropped == c.counts || e.Elements[3].Among != c.known {
			t.Errorf("%d of %d: %+v", c.known, c.n, e.Elements[3])
		}
	}
}

func TestMedianIsTypeSeven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		marks := rapid.SampledFrom([]float64{0, 1, 2, 3, 4})
		values := rapid.OneOf(rapid.SliceOfN(marks, 1, 50), rapid.SliceOfN(rapid.OneOf(rapid.Float64Range(-1e6, 1e6), marks), 1, 50)).Draw(t, "values")
		want, err := stats.Median(values)
		if err != nil {
			t.Fatal(err)
		}
		for _, scale := range []Scale{Ranked, Marks} {
			if got := (Criterion{Scale: scale}).median(slices.Clone(values)); math.Abs(got-want) > 1e-9 {
				t.Fatalf("median %v, want %v", got, want)
			}
		}
	})
}
