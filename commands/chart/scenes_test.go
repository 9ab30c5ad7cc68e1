package chart

import (
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// scene is a state a picture can be in.
type scene struct {
	name string
	draw func(p *locale.Printer) *slide
	text func(p *locale.Printer) string
	// golden scenes are compared with a picture that somebody looked at.
	golden bool
}

var asOf = Options{Scope: "Voorbeeld Accountants", AsOf: analysis.Date(2026, time.November, 26)}

// layered builds a pyramid from counts and revenue in euros.
func layered(names []string, groups []int, euros []int64, nominals []float64, base ...PyramidLayer) []PyramidLayer {
	var all int
	var sum float64
	for i := range groups {
		all += groups[i]
		sum += float64(euros[i])
	}
	var layers []PyramidLayer
	for i, name := range names {
		layers = append(layers, PyramidLayer{Name: name, Groups: groups[i], ShareGroups: float64(groups[i]) / float64(all),
			Nominal: nominals[i], Revenue: analysis.Cents(euros[i] * 100), ShareRevenue: float64(euros[i]) / sum})
	}
	return append(layers, base...)
}

var (
	four     = []string{"Top", "Groot", "Midden", "Klein"}
	nominals = []float64{.01, .04, .15, .80}
	ground3  = []PyramidLayer{{Name: "Inactief", Groups: 243, Base: true}, {Name: "Prospect", Groups: 57, Base: true},
		{Name: "Nog geen relatie", Groups: 112, Base: true}}
)

func office() []PyramidLayer {
	return layered(four, []int{19, 74, 278, 1479}, []int64{1684300, 2210450, 1987600, 1402180}, nominals, ground3...)
}

// crowd is an office of n groups with a long tail.
func crowd(n int) Types {
	r := rand.New(rand.NewPCG(1, 2))
	t := Types{Values: Scale{0, 62, 100}, Potentials: Scale{0, 4000, 20000},
		Cells: map[analysis.ClientType]Cell{"": {245, 144444300}}}
	for range n {
		pt := TypePoint{Value: min(100, max(0, 45+18*r.NormFloat64())), Potential: min(20000, 2500*math.Exp(.8*r.NormFloat64())),
			Revenue: analysis.Cents(150000 * math.Exp(1.2*r.NormFloat64()))}
		switch high, more := pt.Value >= 62, pt.Potential >= 4000; {
		case high && more:
			pt.Type = analysis.Strategic
		case high:
			pt.Type = analysis.Large
		case more:
			pt.Type = analysis.Developing
		default:
			pt.Type = analysis.Transactional
		}
		if pt.Value >= 62 {
			pt.Revenue *= 4
		}
		t.Cells[pt.Type] = t.Cells[pt.Type].plus(Cell{1, pt.Revenue})
		t.Points = append(t.Points, pt)
	}
	return t
}

// rated is an office that has measured a third, with some of it as points.
func rated(points int) Ratings {
	m := Ratings{Cells: map[analysis.MatrixCell]Cell{analysis.Cherish: {143, 284560000}, analysis.Recover: {24, 61230000},
		analysis.Grow: {311, 98765400}, analysis.Efficient: {96, 21040000}, analysis.NotMeasured: {1276, 263857100}},
		High: 370, Measured: 167, Values: Scale{0, 62, 100}, Marks: Scale{1, 7.5, 10}}
	r := rand.New(rand.NewPCG(3, 4))
	for range points {
		pt := RatingPoint{Value: 100 * r.Float64(), Rating: 1 + 9*math.Sqrt(r.Float64()), Revenue: analysis.Cents(200000 * math.Exp(r.NormFloat64()))}
		switch high, likes := pt.Value >= 62, pt.Rating >= 7.5; {
		case high && likes:
			pt.Cell = analysis.Cherish
		case high:
			pt.Cell = analysis.Recover
		case likes:
			pt.Cell = analysis.Grow
		default:
			pt.Cell = analysis.Efficient
		}
		m.Points = append(m.Points, pt)
	}
	return m
}

func pyramidScene(name string, layers []PyramidLayer, o Options, golden bool) scene {
	return scene{"pyramid_" + name, func(p *locale.Printer) *slide { return drawPyramid(p, layers, o) },
		func(p *locale.Printer) string { return PyramidText(p, layers, o) }, golden}
}

func matrixScene(name string, r Ratings, o Options, golden bool) scene {
	return scene{"matrix_" + name, func(p *locale.Printer) *slide { return drawMatrix(p, r, o) },
		func(p *locale.Printer) string { return MatrixText(p, r, o) }, golden}
}

func typesScene(name string, t Types, o Options, golden bool) scene {
	return scene{"types_" + name, func(p *locale.Printer) *slide { return drawTypes(p, t, o) },
		func(p *locale.Printer) string { return ClientTypesText(p, t, o) }, golden}
}

// scenes are the states that every test looks at.
func scenes() []scene {
	wordy := Options{Scope: "Portefeuille van mevrouw mr. drs. A.B.C. van der Verschrikkelijk-Langenaam tot Bovenkerkerpolder, soort klant vereniging/stichting zonder winstoogmerk",
		AsOf:     analysis.Date(2026, time.September, 30),
		Headline: "Arbeidsongeschiktheidsverzekeringsmaatschappijen en andere zorginstellingen brengen samen meer dan de helft van de jaaromzet, terwijl de waardering achterblijft bij wat het kantoor zich voornam in het driejarenplan",
		Source:   "Bron: XAF-auditfile 2026, urenregistratie en onderzoek najaar 2026 onder alle klanten, prospects, oud-klanten en medewerkers van alle vestigingen van het kantoor"}
	long := office()
	long[1].Name, long[0].Name = "Bovengemiddelde klanten met holdingstructuur", "Sterrenklanten"
	long[5].Name = "Prospect met een lopende offerte"
	const most = math.MaxInt64 / 4
	huge := layered(four, []int{10000, 40000, 150000, 123456789}, []int64{most / 100, most / 200, most / 400, most / 500}, nominals,
		PyramidLayer{Name: "Inactief", Groups: 987654321, Base: true})
	broken := office()
	broken[0].ShareRevenue, broken[1].ShareGroups, broken[2].ShareRevenue = math.NaN(), math.Inf(1), -.2
	broken[2].Revenue = -5000000
	giantCell := Cell{987654321, most}
	everywhere := map[analysis.MatrixCell]Cell{analysis.Cherish: giantCell, analysis.Recover: giantCell, analysis.Grow: giantCell, analysis.Efficient: giantCell}
	bad := Types{Cells: map[analysis.ClientType]Cell{analysis.Transactional: {1, -500}, analysis.Large: {1, 100}, analysis.Strategic: {1, 0}}, Values: Scale{1, 1, 1}, Potentials: Scale{0, 1, 2}, Points: []TypePoint{
		{Value: math.NaN(), Potential: math.Inf(1), Type: analysis.Strategic, Revenue: -100}, {Value: 5, Potential: -7, Type: "anders"},
		{Value: math.Inf(-1), Potential: 1, Type: analysis.Large, Revenue: math.MaxInt64}}}
	some := crowd(400)
	few := rated(0)
	delete(few.Cells, analysis.NotMeasured)
	few.High = few.Measured
	noPoints := crowd(1850)
	noPoints.Points = nil
	return append(append(sessionScenes(wordy), themeScenes(wordy)...), []scene{
		pyramidScene("office", office(), asOf, true),
		pyramidScene("two", layered([]string{"Beste 20%", "Overige"}, []int{3, 12}, []int64{240500, 98000}, []float64{.2, .8},
			PyramidLayer{Name: "Prospect", Groups: 2, Base: true}), asOf, true),
		pyramidScene("one", layered([]string{"Top"}, []int{1}, []int64{12345}, []float64{0}), asOf, false),
		pyramidScene("none", nil, Options{}, false),
		pyramidScene("prospects", ground3, asOf, true),
		pyramidScene("unpaid", layered(four, []int{0, 0, 0, 0}, []int64{0, 0, 0, 0}, nominals), asOf, false),
		pyramidScene("huge", huge, asOf, false),
		pyramidScene("long", long, wordy, false),
		pyramidScene("broken", broken, asOf, false),
		pyramidScene("eight", layered([]string{"Een", "Twee", "Drie", "Vier", "Vijf", "Zes", "Zeven", "Acht"}, []int{1, 2, 3, 4, 5, 6, 7, 8},
			[]int64{80, 70, 60, 50, 40, 30, 20, 10}, make([]float64, 8), ground3...), asOf, false),
		matrixScene("figures", rated(0), asOf, true),
		matrixScene("points", rated(574), asOf, false),
		matrixScene("unrated", Ratings{Cells: map[analysis.MatrixCell]Cell{analysis.NotMeasured: {1850, 728453000}}, High: 370}, asOf, true),
		matrixScene("complete", few, asOf, false),
		matrixScene("cherished", Ratings{Cells: map[analysis.MatrixCell]Cell{analysis.Cherish: {1, 100}}, High: 1, Measured: 1}, asOf, false),
		matrixScene("low_only", Ratings{Cells: map[analysis.MatrixCell]Cell{analysis.Grow: {1, 100}, analysis.NotMeasured: {9, 700}}, High: 9}, asOf, false),
		matrixScene("none", Ratings{}, Options{}, false),
		matrixScene("huge", Ratings{Cells: everywhere, High: 2 * giantCell.Groups, Measured: 2 * giantCell.Groups}, wordy, false),
		matrixScene("huge_side", Ratings{Cells: map[analysis.MatrixCell]Cell{analysis.Cherish: giantCell, analysis.NotMeasured: giantCell},
			High: 2 * giantCell.Groups, Measured: giantCell.Groups}, wordy, false),
		typesScene("office", crowd(1850), asOf, true),
		typesScene("figures", noPoints, asOf, false),
		typesScene("some", some, asOf, false),
		typesScene("crowd", crowd(20000), wordy, false),
		typesScene("bad", bad, asOf, false),
		typesScene("none", Types{}, Options{}, false),
		typesScene("undetermined", Types{Cells: map[analysis.ClientType]Cell{"": {40, 3500000}}}, asOf, false),
	}...)
}

// drawn is a scene in one language, with its picture.
type drawn struct {
	scene
	lang    string
	p       *locale.Printer
	picture *slide
}

// pictures draws every scene in every language, once for all tests.
var pictures = sync.OnceValue(func() (all []drawn) {
	for _, sc := range scenes() {
		for lang, p := range printers() {
			all = append(all, drawn{sc, lang, p, sc.draw(p)})
		}
	}
	return all
})

func printers() map[string]*locale.Printer {
	return map[string]*locale.Printer{"nl": locale.New(locale.Dutch, nil), "en": locale.New(locale.English, nil)}
}
