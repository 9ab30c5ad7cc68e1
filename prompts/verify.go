package prompts

import (
	"errors"
	"fmt"
)

// MostCitations is how many answers a clause may rest on; more is no source but
// a list.
const MostCitations = 5

// Verify holds a summary to the promises of the package; the error names ids,
// never words. Where ask has a fixed word budget, dissent may be missing.
func Verify(ask Request, s Summary) error {
	sources := SourcesOf(ask.Answers)
	used := map[ID]bool{}
	var faults []error
	total := 0
	quoted := map[string]map[Polarity]bool{}
	for _, q := range s.Quotes {
		text, ok := sources.Text(q)
		if !ok {
			faults = append(faults, fmt.Errorf("quote of %s is not in it", q.ID))
		}
		total += Words(text)
		used[q.ID] = true
		if quoted[q.Theme] == nil {
			quoted[q.Theme] = map[Polarity]bool{}
		}
		quoted[q.Theme][q.Polarity] = true
	}
	if ask.Words > 0 && total > ask.Words {
		faults = append(faults, fmt.Errorf("%d words quoted, %d allowed", total, ask.Words))
	}
	for i, c := range s.Clauses {
		if len(c.Citations) == 0 || len(c.Citations) > MostCitations {
			faults = append(faults, fmt.Errorf("clause %d cites %d answers", i+1, len(c.Citations)))
		}
		for _, id := range c.Citations {
			if _, ok := sources[id]; !ok {
				faults = append(faults, fmt.Errorf("clause %d cites %s, which is not there", i+1, id))
			}
			used[id] = true
		}
	}
	faults = append(faults, verifyAccount(sources, used, s.LeftOut)...)
	if ask.Words == 0 {
		for _, f := range s.Findings {
			if side, must := f.Dissent(); must && !quoted[f.Theme][side] {
				faults = append(faults, fmt.Errorf("theme %q lost its %s side", f.Theme, side))
			}
		}
	}
	return errors.Join(faults...)
}

func verifyAccount(sources Sources, used map[ID]bool, left []LeftOut) (faults []error) {
	out := map[ID]bool{}
	for _, l := range left {
		switch {
		case out[l.ID]:
			faults = append(faults, fmt.Errorf("%s is left out twice", l.ID))
		case used[l.ID]:
			faults = append(faults, fmt.Errorf("%s is used and left out", l.ID))
		case l.Reason == "":
			faults = append(faults, fmt.Errorf("%s is left out without reason", l.ID))
		}
		out[l.ID] = true
	}
	for id := range sources {
		if !used[id] && !out[id] {
			faults = append(faults, fmt.Errorf("%s disappeared", id))
		}
	}
	for id := range out {
		if _, ok := sources[id]; !ok {
			faults = append(faults, fmt.Errorf("%s is left out and never was there", id))
		}
	}
	return faults
}
