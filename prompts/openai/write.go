package openai

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/prompts"
)

// mostClauses of a theme.
const mostClauses = 5

type clauseJSON struct {
	Text      string       `json:"text"`
	Citations []prompts.ID `json:"citations"`
}

// writeTheme has clauses written about one theme and returns those that pass the
// gate, with names put back. What does not pass is asked again once, then it goes.
func (j *job) writeTheme(ctx context.Context, theme string, sorted map[prompts.ID]item) ([]prompts.Clause, error) {
	gate := prompts.Gate{Sources: prompts.Sources{}, Theme: map[prompts.ID]bool{}, Counts: j.ask.Counts, Allowed: map[string]bool{}, Sides: j.ports.Sides}
	for w := range strings.FieldsSeq(strings.ToLower(theme)) {
		gate.Allowed[w] = true
	}
	var quotes []sent
	for _, a := range j.ask.Answers {
		i, ok := sorted[a.ID]
		if !ok || !slices.Contains(j.themes[a.ID], theme) || len(quotes) == batch {
			continue
		}
		quotes = append(quotes, sent{a.ID, i.Quote})
		source := prompts.Answer{ID: a.ID, Text: prompts.Clean(j.masked[a.ID].Text)}
		if slices.Contains(j.plain.Flagged, a.ID) {
			source.Text = "" // nothing may rest on what looks like an order to the model
		}
		gate.Sources[a.ID] = source
		gate.Theme[a.ID] = true
	}
	if len(quotes) == 0 {
		return nil, nil
	}
	passed, faults, err := j.attempt(ctx, theme, quotes, gate, "")
	if err != nil {
		return nil, err
	}
	j.written += len(passed) + len(faults)
	if len(faults) > 0 {
		again, _, err := j.attempt(ctx, theme, quotes, gate, strings.Join(faults, "\n"))
		if err != nil {
			return nil, err
		}
		again = slices.DeleteFunc(again, func(c prompts.Clause) bool {
			return slices.ContainsFunc(passed, func(p prompts.Clause) bool { return p.Text == c.Text })
		})
		again = again[:min(len(again), len(faults))]
		j.refused += len(faults) - len(again)
		passed = append(passed, again...)
	}
	if len(passed) > mostClauses {
		passed = passed[:mostClauses]
	}
	return passed, nil
}

// attempt asks for clauses and splits them into what may be shown and what is
// wrong with the rest, worded for the model.
func (j *job) attempt(ctx context.Context, theme string, quotes []sent, gate prompts.Gate, faults string) (passed []prompts.Clause, wrong []string, err error) {
	var answer struct {
		Clauses []clauseJSON `json:"clauses"`
	}
	if err := j.call(ctx, j.write, quotes, map[string]any{"Theme": theme, "Most": mostClauses, "Faults": faults}, &answer); err != nil {
		return nil, nil, err
	}
	seen := map[string]bool{}
	for n, c := range answer.Clauses {
		if n == 4*mostClauses {
			break
		}
		clause := prompts.Clause{Text: strings.TrimSpace(prompts.Clean(c.Text)), Theme: theme, Citations: slices.Compact(slices.Clone(c.Citations))}
		if seen[clause.Text] {
			continue
		}
		seen[clause.Text] = true
		found := gate.Check(clause)
		text, back := j.mask.PutBack(clause.Text)
		if back != nil {
			found = append(found, "placeholder")
		}
		if len(found) > 0 {
			wrong = append(wrong, fmt.Sprintf("%d: %v", n+1, found))
			continue
		}
		clause.Text = text
		passed = append(passed, clause)
	}
	return passed, wrong, nil
}
