package offline

import (
	"context"
	"strings"
	"unicode"

	"klantbot/prompts"
)

// Summarizer fulfils prompts.Summarizer without a model. The zero value is ready
// and may be used by several goroutines.
type Summarizer struct{}

// Summarize counts and quotes. It returns an error only when ctx ends. The same
// request gives the same summary.
func (Summarizer) Summarize(ctx context.Context, ask prompts.Request) (prompts.Summary, error) {
	w := &work{ask: ask, reader: newReader(), features: &features{number: map[string]int32{}}}
	w.themes = newThemes(ask.Themes, ask.Answers, w.reader.stems)
	for i := range ask.Answers {
		if err := ctx.Err(); err != nil {
			return prompts.Summary{}, err
		}
		w.read(i)
	}
	merge(w.all, w.features)
	if err := ctx.Err(); err != nil {
		return prompts.Summary{}, err
	}
	s := prompts.Summary{Mode: prompts.Offline, Findings: w.findings()}
	w.quote(&s)
	w.account(&s)
	for _, a := range ask.Answers {
		if prompts.Suspicious(a.Text) {
			s.Flagged = append(s.Flagged, a.ID)
		}
	}
	return s, nil
}

// work is one request being summarised.
type work struct {
	ask      prompts.Request
	reader   *reader
	features *features
	themes   *themes
	all      []statement
	first    []int // by answer: its first statement; those of one answer are neighbours
}

// read cuts answer number i into statements.
func (w *work) read(i int) {
	w.first = append(w.first, len(w.all))
	a := w.ask.Answers[i]
	themed := false
	for _, sentence := range split(a.Text) {
		text := a.Text[sentence.start:sentence.end]
		ts := w.reader.tokens(text)
		if !worded(text) {
			continue
		}
		s := statement{answer: i, span: sentence, words: prompts.Words(text), score: about(ts, w.reader.hits(ts), -1, -1)}
		s.polarity = polarityOf(s.score)
		if a.Theme != "" {
			s.theme = w.themes.number[a.Theme]
		} else {
			s.theme = w.themes.of(ts)
		}
		themed = themed || s.theme != w.themes.other()
		w.features.fill(&s, ts, i)
		w.all = append(w.all, s)
	}
	if a.Theme != "" || !themed {
		return
	}
	// A sentence without seeds is about what the one before it was about, else
	// what the one after it is.
	mine := w.all[w.first[i]:]
	for k := 1; k < len(mine); k++ {
		if mine[k].theme == w.themes.other() {
			mine[k].theme = mine[k-1].theme
		}
	}
	for k := len(mine) - 2; k >= 0; k-- {
		if mine[k].theme == w.themes.other() {
			mine[k].theme = mine[k+1].theme
		}
	}
}

// worded says whether there is a word in text.
func worded(text string) bool { return strings.IndexFunc(text, unicode.IsLetter) >= 0 }

// of returns the statements of answer number i.
func (w *work) of(i int) []statement {
	if i+1 < len(w.first) {
		return w.all[w.first[i]:w.first[i+1]]
	}
	return w.all[w.first[i]:]
}

// findings counts each answer once under each of its themes, on the side that its
// sentences there add up to.
func (w *work) findings() []prompts.Finding {
	found := make([]prompts.Finding, len(w.themes.names))
	for i, a := range w.ask.Answers {
		sums := map[int]float64{}
		for _, s := range w.of(i) {
			if s.polarity == prompts.Neutral {
				sums[s.theme] += 0
			} else {
				sums[s.theme] += s.score
			}
		}
		for theme := range found {
			sum, there := sums[theme]
			if !there {
				continue
			}
			p, f := polarityOf(sum), &found[theme]
			f.Mentions = append(f.Mentions, prompts.Mention{ID: a.ID, Polarity: p, Contradicts: a.Scored != nil && a.Scored.Opposes(p)})
			switch p {
			case prompts.Positive:
				f.Positive++
			case prompts.Negative:
				f.Negative++
			default:
				f.Neutral++
			}
		}
	}
	var kept []prompts.Finding
	for theme, f := range found {
		if f.Theme = w.themes.names[theme]; f.N() > 0 {
			kept = append(kept, f)
		}
	}
	return kept
}
