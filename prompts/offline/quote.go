package offline

import (
	"strings"
	"unicode"

	"klantbot/prompts"
)

const (
	// quoteWords is the most words of one quote where no budget is given: what is
	// longer is cut at a comma or between words.
	quoteWords = 40
	mostQuotes = 3
)

// quote chooses what is quoted, and makes a clause of each quote that cites all
// who say the same.
func (w *work) quote(s *prompts.Summary) {
	c := newChooser(w.all, w.features, len(w.ask.Answers))
	var chosen []int
	if w.ask.Words > 0 {
		chosen = w.within(c, s.Findings, w.ask.Words)
	} else {
		for _, f := range s.Findings {
			chosen = append(chosen, w.forTheme(c, f)...)
		}
	}
	same := map[int][]int{} // statement -> those that say the same
	for i, st := range w.all {
		if st.like != i {
			same[st.like] = append(same[st.like], i)
		}
	}
	for _, i := range chosen {
		st := w.all[i]
		a := w.ask.Answers[st.answer]
		q := prompts.Quote{ID: a.ID, Theme: w.themes.names[st.theme], Polarity: st.polarity, Start: st.span.start, End: st.span.end}
		s.Quotes = append(s.Quotes, q)
		clause := prompts.Clause{Text: a.Text[q.Start:q.End], Theme: q.Theme, Citations: []prompts.ID{a.ID}}
		for _, j := range same[i] {
			id := w.ask.Answers[w.all[j].answer].ID
			if last := clause.Citations[len(clause.Citations)-1]; id != last && id != a.ID && len(clause.Citations) < prompts.MostCitations {
				clause.Citations = append(clause.Citations, id)
			}
		}
		s.Clauses = append(s.Clauses, clause)
	}
}

// candidates returns the statements that may be quoted: one of each that say the
// same, of a theme (or all with theme < 0) and a side (or any with sides nil).
func (w *work) candidates(theme int, side *prompts.Polarity) []int {
	var found []int
	for i, s := range w.all {
		if s.like == i && (theme < 0 || s.theme == theme) && (side == nil || s.polarity == *side) {
			found = append(found, i)
		}
	}
	return found
}

// forTheme chooses the quotes of one theme: the larger side, dissent where it must
// be heard, and what covers most of the rest.
func (w *work) forTheme(c *chooser, f prompts.Finding) []int {
	number := w.ask.Quotes
	if number <= 0 || number > mostQuotes {
		number = mostQuotes
	}
	theme := w.themes.number[f.Theme]
	w.shorten(theme)
	less, must := f.Dissent()
	sides := []prompts.Polarity{}
	if must {
		sides = append(sides, less)
	}
	if larger := -less; number > len(sides) && f.Positive+f.Negative > f.Neutral {
		sides = append([]prompts.Polarity{larger}, sides...)
	}
	var chosen []int
	for _, side := range sides {
		if i, ok := c.best(w.candidates(theme, &side), quoteWords); ok {
			c.take(i)
			chosen = append(chosen, i)
		}
	}
	rest := w.candidates(theme, nil)
	taken := map[int]bool{}
	for _, i := range chosen {
		taken[i] = true
	}
	rest = without(rest, taken)
	chosen = append(chosen, c.fill(rest, quoteWords*number, number-len(chosen))...)
	if len(chosen) == 0 {
		if i, ok := c.best(rest, quoteWords); ok {
			chosen = append(chosen, i)
		}
	}
	return chosen
}

// within chooses across all themes within a fixed budget of words. Dissent comes
// first as long as it takes no more than half of what there is.
func (w *work) within(c *chooser, findings []prompts.Finding, words int) []int {
	var dissent []int
	taken := map[int]bool{}
	room := words / 2
	for _, f := range findings {
		if side, must := f.Dissent(); must {
			if i, ok := c.best(w.candidates(w.themes.number[f.Theme], &side), room); ok {
				c.take(i)
				taken[i] = true
				room -= w.all[i].words
				words -= w.all[i].words
				dissent = append(dissent, i)
			}
		}
	}
	chosen := append(c.fill(without(w.candidates(-1, nil), taken), words, len(w.all)), dissent...)
	if len(chosen) > 0 {
		return chosen
	}
	// Nothing fits or all is shorter than a sentence: the best there is, cut to
	// what may be said.
	if i, ok := c.best(w.candidates(-1, nil), 1<<30); ok {
		w.cut(i, words)
		chosen = []int{i}
	}
	return chosen
}

func without(all []int, taken map[int]bool) []int {
	kept := all[:0]
	for _, i := range all {
		if !taken[i] {
			kept = append(kept, i)
		}
	}
	return kept
}

// shorten cuts the sentences of a theme that are too long to quote.
func (w *work) shorten(theme int) {
	for i := range w.all {
		if w.all[i].theme == theme && w.all[i].words > quoteWords {
			w.cut(i, quoteWords)
		}
	}
}

// cut leaves the first words of statement i: up to a comma or the like in the
// second half of them, else between words. The slice stays byte-exact.
func (w *work) cut(i, most int) {
	s := &w.all[i]
	text := w.ask.Answers[s.answer].Text[s.span.start:s.span.end]
	if s.words <= most {
		return
	}
	count, end, mark, inside := 0, len(text), 0, false
	for at, r := range text {
		if blank := unicode.IsSpace(r); !blank && !inside {
			if count++; count > most {
				break
			}
			inside = true
		} else if blank && inside {
			inside, end = false, at
			if strings.ContainsAny(text[at-1:at], ",;:") && count > most/2 {
				mark = at - 1
			}
		}
	}
	if mark > 0 {
		end = mark
	}
	s.span.end = s.span.start + end
	s.words = prompts.Words(text[:end])
}

// account says of each answer that is not used why.
func (w *work) account(s *prompts.Summary) {
	used := map[prompts.ID]bool{}
	for _, c := range s.Clauses {
		for _, id := range c.Citations {
			used[id] = true
		}
	}
	for i, a := range w.ask.Answers {
		if used[a.ID] {
			continue
		}
		left := prompts.LeftOut{ID: a.ID, Reason: prompts.NoRoom}
		switch mine := w.of(i); {
		case strings.TrimFunc(a.Text, blank) == "":
			left.Reason = prompts.Empty
		case len(mine) == 0:
			left.Reason = prompts.Wordless
		default:
			for _, st := range mine {
				if id := w.ask.Answers[w.all[st.like].answer].ID; id != a.ID && used[id] {
					left = prompts.LeftOut{ID: a.ID, Reason: prompts.Repeated, Like: id}
					break
				}
			}
		}
		s.LeftOut = append(s.LeftOut, left)
	}
}
