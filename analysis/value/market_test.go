package value

import (
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"klantbot/analysis"
)

func TestSectionOf(t *testing.T) {
	for code, want := range map[string]Section{
		"43221": "F", "43.22.1": "F", " 6420 ": "K", "01": "A", "0111": "A", "1": "A", "03": "A", "04": "", "06": "B", "09": "B", "10": "C", "33": "C", "34": "",
		"35": "D", "36": "E", "39": "E", "41": "F", "45": "G", "47": "G", "49": "H", "53": "H", "5630": "I", "58": "J", "6201": "J", "66": "K", "68": "L",
		"69": "M", "7022": "M", "75": "M", "76": "", "77": "N", "82": "N", "84": "O", "85": "P", "86912": "Q", "88": "Q", "90": "R", "93": "R", "9602": "S",
		"97": "T", "98": "T", "99": "U", "f": "F", "F43": "F", "F 4322": "F", "Z": "", "": "", "bouw": "", "bouw 43": "", "00": "", "é": "",
	} {
		if got := SectionOf(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

func TestSizeOf(t *testing.T) {
	const unknown = -1
	for _, c := range []struct {
		fte   float64
		euros int64
		want  Size
	}{
		{0, unknown, SizeAlone}, {1, unknown, SizeAlone}, {1.5, unknown, SizeMicro}, {9.9, unknown, SizeMicro}, {10, unknown, SizeSmall},
		{50, unknown, SizeMedium}, {250, unknown, SizeLarge}, {2, 90_000_000, SizeMicro}, {unknown, 0, SizeMicro}, {unknown, 450_000, SizeMicro},
		{unknown, 450_001, SizeSmall}, {unknown, 7_500_001, SizeMedium}, {unknown, 25_000_001, SizeLarge}, {unknown, unknown, SizeUnknown}, {nan, unknown, SizeUnknown},
	} {
		if got := SizeOf(c.fte, analysis.Cents(c.euros*100)); got != c.want {
			t.Errorf("%v FTE, EUR %d: %d, want %d", c.fte, c.euros, got, c.want)
		}
	}
}

const (
	accounts analysis.ServiceID = iota + 1
	payroll
	advice
)

// similar makes n profiles alike, from group first on.
func similar(first, n int, section Section, size Size) []Profile {
	var profiles []Profile
	for i := range n {
		profiles = append(profiles, Profile{Group: analysis.GroupID(first + i), Kind: "mkb", Section: section, Size: size, Elsewhere: -1})
	}
	return profiles
}

// buys lets each of profiles buy service for so many euros a year.
func buys(profiles []Profile, service analysis.ServiceID, euros ...int64) []Purchase {
	var purchases []Purchase
	for i, p := range profiles {
		purchases = append(purchases, Purchase{p.Group, service, analysis.Cents(euros[i%len(euros)] * 100)})
	}
	return purchases
}

// Eleven builders buy accounts; four of the ten others buy payroll, three
// advice. The first is asked about.
func TestPotential(t *testing.T) {
	builders := similar(1, 11, "F", SizeMicro)
	purchases := slices.Concat(buys(builders, accounts, 1000), buys(builders[1:5], payroll, 100, 200, 300, 800), buys(builders[5:8], advice, 5000))
	want := Potential{Basis: BasisPeers, Amount: 25000, Level: LevelBranch, Peers: 10, Whitespace: []Whitespace{{payroll, 25000, 4, 40}}}
	m := NewMarket(builders, purchases, nil)
	if got := m.Potential(1); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := m.Potential(2); got.Amount != 0 || !got.Known() || m.High(2, 0) != No {
		t.Errorf("who buys all that is usual has a known potential of nothing: %+v", got)
	}
	if got := m.Potential(99); got.Basis != BasisNone || m.High(99, 0) != NotKnown {
		t.Errorf("a stranger: %+v", got)
	}

	audited := slices.Clone(builders)
	audited[0].Audit = true
	if got := NewMarket(audited, purchases, map[analysis.ServiceID]bool{payroll: true}).Potential(1); len(got.Whitespace) != 0 || !slices.Equal(got.Withheld, []analysis.ServiceID{payroll}) || !got.Known() {
		t.Errorf("independence: %+v", got)
	}
	if got := NewMarket(builders, purchases, map[analysis.ServiceID]bool{payroll: true}).Potential(1); len(got.Whitespace) != 1 || got.Withheld != nil {
		t.Errorf("what is forbidden to audit clients is kept from others: %+v", got)
	}

	known := slices.Clone(builders)
	known[0].Elsewhere = 700000
	if got := NewMarket(known, purchases, nil).Potential(1); got.Basis != BasisElsewhere || got.Amount != 700000 || len(got.Whitespace) != 1 {
		t.Errorf("known spending elsewhere: %+v", got)
	}
}

func TestPeersWiden(t *testing.T) {
	for _, c := range []struct {
		name     string
		profiles []Profile // the first is asked about
		level    Level
		peers    int
	}{
		{"eight alike", similar(1, 9, "F", SizeMicro), LevelBranch, 8},
		{"seven alike: any branche", append(similar(1, 8, "F", SizeMicro), similar(20, 5, "G", SizeMicro)...), LevelSize, 12},
		{"then any size", append(similar(1, 8, "F", SizeMicro), similar(20, 5, "G", SizeLarge)...), LevelKind, 12},
		{"branche unknown", append(similar(1, 1, "", SizeMicro), similar(20, 9, "G", SizeMicro)...), LevelSize, 9},
		{"size unknown", append(similar(1, 1, "F", SizeUnknown), similar(20, 9, "F", SizeMicro)...), LevelKind, 9},
		{"too few", similar(1, 8, "F", SizeMicro), LevelNone, 0},
	} {
		m := NewMarket(c.profiles, buys(c.profiles, accounts, 10), nil)
		if got := m.Potential(1); got.Level != c.level || got.Peers != c.peers {
			t.Errorf("%s: level %d with %d peers, want %d with %d", c.name, got.Level, got.Peers, c.level, c.peers)
		}
	}
}

func TestWithoutPeersTheJudgementCounts(t *testing.T) {
	for chance, high := range map[Chance]Truth{"": NotKnown, ChanceNone: No, ChanceSome: No, ChanceMuch: Yes} {
		profiles := similar(1, 3, "F", SizeMicro)
		profiles[0].Judged = chance
		m := NewMarket(profiles, buys(profiles, accounts, 10), nil)
		if p := m.Potential(1); p.Known() || p.Amount != 0 || m.High(1, 0) != high || m.High(1, 1) != high {
			t.Errorf("%q: %+v, high %d", chance, p, m.High(1, 0))
		}
	}
}

func TestChanceOf(t *testing.T) {
	for mark, want := range map[int]Chance{-1: "", 0: ChanceNone, 1: ChanceSome, 2: ChanceSome, 3: ChanceMuch, 4: ChanceMuch} {
		if got := ChanceOf(mark); got != want {
			t.Errorf("%d: %q, want %q", mark, got, want)
		}
	}
}

func TestHigh(t *testing.T) {
	profiles := similar(1, 12, "F", SizeMicro)
	for i := range 4 {
		profiles[i].Elsewhere = analysis.Cents(100 * (i + 1)) // 100, 200, 300, 400 and eight of nothing
	}
	m := NewMarket(profiles, buys(profiles, accounts, 10), nil)
	if border, ok := m.Border("mkb"); !ok || border != 0 {
		t.Errorf("border %d, %v", border, ok)
	}
	if m.High(1, 0) != Yes || m.High(12, 0) != No {
		t.Error("at a median of nothing, something is high and nothing is not")
	}
	if m.High(2, 300) != No || m.High(3, 300) != Yes {
		t.Error("the amount that the office set does not count")
	}
	if _, ok := m.Border("zzp"); ok {
		t.Error("a border of a kind nobody is of")
	}
}

func TestCompare(t *testing.T) {
	profiles := similar(1, 9, "F", SizeMicro)
	m := NewMarket(profiles, buys(profiles, accounts, 50, 10, 20, 30, 40, 50, 60, 70, 80), nil)
	c, ok := m.Compare(1)
	want := Comparison{Level: LevelBranch, Groups: []analysis.GroupID{2, 3, 4, 5, 6, 7, 8, 9}, Own: 5000, Low: 2750, Median: 4500, High: 6250, Above: 56.25}
	if !ok || !reflect.DeepEqual(c, want) {
		t.Errorf("%+v, want %+v", c, want)
	}
	if _, ok := m.Compare(77); ok {
		t.Error("a stranger is compared")
	}
}

func TestShareOfWallet(t *testing.T) {
	for _, c := range []struct {
		own, elsewhere analysis.Cents
		want           float64
		ok             bool
	}{{100, 300, 25, true}, {100, 0, 100, true}, {0, 100, 0, true}, {0, 0, 0, false}, {100, -1, 0, false}, {-5, 100, 0, false}} {
		if got, ok := ShareOfWallet(c.own, c.elsewhere); got != c.want || ok != c.ok {
			t.Errorf("%d of %d elsewhere: %v %v", c.own, c.elsewhere, got, ok)
		}
	}
}

func TestYearlyByServiceAddsUp(t *testing.T) {
	asOf := analysis.Date(2026, 11, 21)
	old := []analysis.MonthRevenue{line(2020, time.May, 1, 0, 1), line(2025, time.May, 1, 2024, 1000), line(2026, time.May, 1, 2025, 1100), line(2026, time.October, 2, 0, 5000)}
	want := []Purchase{{7, 1, 110000}, {7, 2, 250000}}
	if got := YearlyByService(7, old, asOf); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	fresh := []analysis.MonthRevenue{line(2026, time.September, 1, 0, 300), line(2026, time.November, 2, 0, 30), line(2026, time.November, 3, 0, -30)}
	if got := YearlyByService(7, fresh, asOf); !slices.Equal(got, []Purchase{{7, 1, 120000}, {7, 2, 12000}}) {
		t.Errorf("%v", got)
	}
	if got := YearlyByService(7, nil, asOf); got != nil {
		t.Errorf("%v", got)
	}
}

// In any office: what has peers is not nog te bepalen, peers are never fewer
// than eight, nobody is offered what they buy or may not buy, an offer is one
// that 40% of the peers take, amounts add up, and the order does not matter.
func TestMarketHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var profiles []Profile
		var purchases []Purchase
		for i := range rapid.IntRange(0, 50).Draw(t, "groups") {
			p := Profile{Group: analysis.GroupID(i + 1), Kind: rapid.SampledFrom([]string{"mkb", "zzp"}).Draw(t, "kind"), Section: rapid.SampledFrom([]Section{"F", "G", ""}).Draw(t, "section"),
				Size: Size(rapid.IntRange(0, 2).Draw(t, "size")), Audit: rapid.Bool().Draw(t, "audit"), Elsewhere: -1}
			profiles = append(profiles, p)
			for s := range rapid.IntRange(0, 5).Draw(t, "services") {
				service := analysis.ServiceID(s + rapid.IntRange(0, 3).Draw(t, "service"))
				amount := analysis.Cents(rapid.IntRange(-10, 10000).Draw(t, "amount"))
				purchases = append(purchases, Purchase{p.Group, service, amount})
			}
		}
		forbidden := map[analysis.ServiceID]bool{2: true}
		m := NewMarket(profiles, purchases, forbidden)
		again := NewMarket(rapid.Permutation(profiles).Draw(t, "profiles"), rapid.Permutation(purchases).Draw(t, "purchases"), forbidden)
		if !maps.Equal(m.borders, again.borders) {
			t.Fatalf("borders %v and %v", m.borders, again.borders)
		}
		for _, profile := range profiles {
			p := m.Potential(profile.Group)
			if other := again.Potential(profile.Group); !reflect.DeepEqual(p, other) {
				t.Fatalf("the order decides: %+v, %+v", p, other)
			}
			if (p.Basis == BasisPeers) != (p.Level != LevelNone) || (p.Peers >= FewestPeers) != (p.Level != LevelNone) {
				t.Fatalf("%+v", p)
			}
			if c, ok := m.Compare(profile.Group); ok && (len(c.Groups) != p.Peers || slices.Contains(c.Groups, profile.Group)) {
				t.Fatalf("%+v with %+v", c, p)
			}
			var sum analysis.Cents
			for _, w := range p.Whitespace {
				sum += w.Amount
				if w.Service == 0 || w.Amount <= 0 || w.Buyers > p.Peers || w.Share < usual-1e-9 || profile.Audit && forbidden[w.Service] {
					t.Fatalf("%+v of %+v", w, p)
				}
				if slices.ContainsFunc(m.bought(m.rowOf[profile.Group]), func(b Purchase) bool { return b.Service == w.Service }) {
					t.Fatalf("%d buys %d already", profile.Group, w.Service)
				}
			}
			if sum != p.Amount {
				t.Fatalf("%d, not %d", sum, p.Amount)
			}
		}
	})
}

// BenchmarkMarket builds the market of the largest office and asks for
// everybody's potential.
func BenchmarkMarket(b *testing.B) {
	const n = 20_000
	var profiles []Profile
	var purchases []Purchase
	for i := range n {
		profiles = append(profiles, similar(i+1, 1, Section(fmt.Sprintf("%c", 'A'+i%21)), Size(1+i%5))...)
		for s := range 1 + i%6 {
			purchases = append(purchases, Purchase{analysis.GroupID(i + 1), analysis.ServiceID(1 + (i+s)%9), analysis.Cents(100 + i*37%9000)})
		}
	}
	for b.Loop() {
		m := NewMarket(profiles, purchases, nil)
		for _, p := range profiles {
			m.High(p.Group, 0)
		}
	}
}

func TestMiddle(t *testing.T) {
	if v, ok := Middle([]float64{1, 2, 3, 4, 5, 6, 7, math.NaN(), math.Inf(1)}); ok {
		t.Errorf("seven that are known give %v", v)
	}
	if v, ok := Middle([]float64{8, 1, math.NaN(), 2, 7, 3, 6, 4, 5}); !ok || v != 4.5 {
		t.Errorf("Middle = %v, %v; want 4.5", v, ok)
	}
}
