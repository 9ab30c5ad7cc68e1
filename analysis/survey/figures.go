package survey

import (
	"cmp"
	"slices"
	"strings"

	"klantbot/analysis"
)

// Figures is what a wave says, or one focus market of it.
type Figures struct {
	Wave   Wave
	Market string // empty: the whole wave
	// NPS is of clients only. It and the others are nil where nobody answered or
	// where Suppressed says so.
	NPS       *NPS
	Grade     *Estimate // rapportcijfer, as given
	Listening *Listening
	Themes    []ThemeFigures // by name, with an answer or suppressed
	Cut       *Cut           // where the quadrants divide; nil: there are none
	// Words is the ladder of appreciation, and after it what else was said.
	Words     []WordCount
	Perceived *Perceived
	// Comments are the persons whose own words may be shown.
	Comments   []analysis.ResponseID
	Markets    []Figures // by focus market, where the wave has them
	Suppressed []Suppressed
}

// ThemeFigures is one theme. A side with N 0 was not asked or is suppressed.
type ThemeFigures struct {
	Name                    string
	Importance, Performance Estimate
	Quadrant                Quadrant // empty without both
}

// N is how many scored the theme.
func (t ThemeFigures) N() int { return max(t.Importance.N, t.Performance.N) }

// Suppressed is a figure that is not shown as it is, and why: never Shown.
type Suppressed struct {
	Audience analysis.Audience
	Market   string
	Figure   string
	Verdict  Verdict
}

// Choices are what an office chose of its surveys; see Defaults.
type Choices struct {
	Themes []Theme
	Ladder []Step
	Fewest int // at least 5
	Cut    Cut
}

// Defaults are the choices of an office that made none.
func Defaults() Choices {
	return Choices{Themes: DefaultThemes(), Ladder: DefaultLadder(), Fewest: Fewest, Cut: GrandMeans()}
}

// The figures that are not about a theme.
const (
	figureNPS       = "nps"
	figureGrade     = "grade"
	figureListening = "understood"
	figureWords     = "words"
	figurePerceived = "perceived_value"
	figureComments  = "comments"
)

// Measure makes the figures of a wave out of its responses. Where the wave is
// guarded, shown are the cells that were ever shown of it, and released those to
// record once these figures are shown.
func Measure(w Wave, responses []Response, c Choices, shown []Cell) (f Figures, released []Cell) {
	m := measuring{wave: w, choices: c, by: make(map[analysis.ResponseID]*Response, len(responses)), cells: map[[2]string]Released{}}
	markets := map[string][]*Response{}
	all := make([]*Response, len(responses))
	for i := range responses {
		r := &responses[i]
		all[i], m.by[r.ID] = r, r
		if r.Market != "" {
			markets[r.Market] = append(markets[r.Market], r)
		}
	}
	m.themes = themesOf(all)
	cells := m.want("", all)
	names := make([]string, 0, len(markets))
	for name := range markets {
		names = append(names, name)
	}
	// The largest parts first: they are shown where not all can be.
	analysis.Sort(names, func(a, b string) int {
		return cmp.Or(-cmp.Compare(len(markets[a]), len(markets[b])), cmp.Compare(a, b))
	})
	for _, name := range names {
		cells = append(cells, m.want(name, markets[name])...)
	}
	for _, r := range m.release(cells, shown) {
		m.cells[[2]string{r.Figure, r.Group}] = r
		if w.Guarded() && r.Verdict == Shown {
			released = append(released, r.Cell)
		}
	}
	f = m.figures("")
	slices.Sort(names)
	for _, name := range names {
		f.Markets = append(f.Markets, m.figures(name))
	}
	return f, released
}

// measuring is one call of Measure.
type measuring struct {
	wave    Wave
	choices Choices
	themes  []string
	by      map[analysis.ResponseID]*Response
	cells   map[[2]string]Released // by figure and group
}

// themesOf returns the names of all themes that were scored.
func themesOf(responses []*Response) []string {
	var names []string
	seen := map[string]bool{}
	for _, r := range responses {
		for _, s := range r.Scores {
			if s.Kind == analysis.ThemeScore && !seen[s.Name] {
				seen[s.Name] = true
				names = append(names, s.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

func themeFigure(name, side string) string { return "theme/" + name + "/" + side }

// ThemeOf returns the theme that a suppressed figure is about, and false for
// other figures.
func ThemeOf(figure string) (string, bool) {
	name, ok := strings.CutPrefix(figure, "theme/")
	if i := strings.LastIndexByte(name, '/'); ok && i > 0 {
		return name[:i], true
	}
	return "", false
}

// want returns the cells of a group: who answered each figure.
func (m *measuring) want(group string, of []*Response) []Cell {
	var cells []Cell
	add := func(figure string, answered func(*Response) bool) {
		c := Cell{Figure: figure, Group: group}
		for _, r := range of {
			if answered(r) {
				c.Persons = append(c.Persons, r.ID)
			}
		}
		if len(c.Persons) > 0 {
			cells = append(cells, c)
		}
	}
	if m.wave.Audience == analysis.AskedClients {
		add(figureNPS, func(r *Response) bool { return r.NPS != analysis.NotSaid })
	}
	add(figureGrade, func(r *Response) bool { return r.Grade != analysis.NotSaid })
	add(figureListening, func(r *Response) bool { return r.Understanding != "" })
	add(figureWords, func(r *Response) bool { return len(r.Words) > 0 })
	add(figurePerceived, func(r *Response) bool { _, _, ok := r.weighed(); return ok })
	add(figureComments, func(r *Response) bool { return len(r.Comments) > 0 })
	for _, theme := range m.themes {
		add(themeFigure(theme, "importance"), func(r *Response) bool { i, _ := r.theme(theme); return i != analysis.NotSaid })
		add(themeFigure(theme, "performance"), func(r *Response) bool { _, p := r.theme(theme); return p != analysis.NotSaid })
	}
	return cells
}

func (m *measuring) release(cells, shown []Cell) []Released {
	if m.wave.Guarded() {
		present := func(p analysis.ResponseID) bool { return m.by[p] != nil }
		return Guard{Fewest: max(m.choices.Fewest, Fewest), Shown: shown, Present: present}.Release(cells)
	}
	out := make([]Released, len(cells))
	for i, c := range cells {
		out[i] = Released{c, Shown}
	}
	return out
}

// of returns the responses that a figure may be made of, and notes where these
// are not those who answered.
func (m *measuring) of(f *Figures, figure string) []*Response {
	r, asked := m.cells[[2]string{figure, f.Market}]
	if asked && r.Verdict != Shown {
		f.Suppressed = append(f.Suppressed, Suppressed{m.wave.Audience, f.Market, figure, r.Verdict})
	}
	out := make([]*Response, len(r.Persons))
	for i, p := range r.Persons {
		out[i] = m.by[p]
	}
	return out
}

func (m *measuring) figures(market string) Figures {
	f := Figures{Wave: m.wave, Market: market}
	values := func(figure string, of func(*Response) float64) (v []float64) {
		for _, r := range m.of(&f, figure) {
			v = append(v, of(r))
		}
		return v
	}
	if nps, ok := netPromoters(values(figureNPS, func(r *Response) float64 { return float64(r.NPS) })); ok {
		f.NPS = &nps
	}
	if grade := Estimated(values(figureGrade, func(r *Response) float64 { return r.Grade })); grade.N > 0 {
		f.Grade = &grade
	}
	if l := listening(m.of(&f, figureListening)); l.N() > 0 {
		f.Listening = &l
	}
	for _, name := range m.themes {
		t := ThemeFigures{Name: name,
			Importance:  Estimated(values(themeFigure(name, "importance"), func(r *Response) float64 { i, _ := r.theme(name); return i })),
			Performance: Estimated(values(themeFigure(name, "performance"), func(r *Response) float64 { _, p := r.theme(name); return p }))}
		f.Themes = append(f.Themes, t)
	}
	if cut, ok := m.choices.Cut.Place(f.Themes); ok {
		f.Cut = &cut
	}
	if said := m.of(&f, figureWords); len(said) > 0 {
		own := 0 // who made a word up may be known by it
		if m.wave.Guarded() {
			own = max(m.choices.Fewest, Fewest)
		}
		f.Words = climbed(m.choices.Ladder, said, own)
	}
	if p := perceived(m.of(&f, figurePerceived)); p.Difference.N > 0 {
		f.Perceived = &p
	}
	for _, r := range m.of(&f, figureComments) {
		f.Comments = append(f.Comments, r.ID)
	}
	return f
}
