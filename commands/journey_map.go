package commands

import (
	"slices"
	"strings"
	"unicode"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/chart"
	"klantbot/commands/view"
)

// drawnJourney is what the journey map is made of.
func drawnJourney(j view.Journey) chart.JourneyMap {
	m := chart.JourneyMap{Experience: strings.Join(j.Ambition, ", ")}
	weighed, _ := j.Weighed()
	for _, f := range j.Feelings("") {
		phase := chart.JourneyPhase{Name: sentenceCase(f.Step.Name), Feeling: drawnFeeling(f)}
		for field, cell := range map[session.Field]*[]chart.JourneyEntry{session.Does: &phase.Does, session.Thinks: &phase.Thinks, session.Via: &phase.Channel,
			session.HeldBy: &phase.Owner, session.Behaviour: &phase.Behaviour, session.Opportunity: &phase.Opportunity} {
			cards := j.Said(f.Step.ID, field)
			if field == session.Opportunity {
				analysis.Sort(cards, func(a, b session.Card) int { return rankOf(weighed, a) - rankOf(weighed, b) })
			}
			for _, c := range cards {
				*cell = append(*cell, chart.JourneyEntry{Text: c.Text, Basis: basisOf(c)})
			}
		}
		m.Phases = append(m.Phases, phase)
	}
	return m
}

// sentenceCase begins a name with a capital: on a slide it is a heading.
func sentenceCase(name string) string {
	for i, r := range name {
		return string(unicode.ToUpper(r)) + name[i+len(string(r)):]
	}
	return name
}

// drawnFeeling is what may be drawn of a feeling, which is what may be said of it.
func drawnFeeling(f session.Feelings) chart.Feeling {
	if !f.Shown {
		return chart.Feeling{}
	}
	d := chart.Feeling{Persons: f.N, Median: f.Median, Low: f.Low, High: f.High}
	for _, n := range f.Named {
		d.Visible = append(d.Visible, n.Feeling)
	}
	return d
}

// rankOf is how good an opportunity was found, 0 the best.
func rankOf(weighed []session.Weighing, c session.Card) int {
	if i := slices.IndexFunc(weighed, func(w session.Weighing) bool { return w.Card.ID == c.ID }); i >= 0 {
		return i
	}
	return len(weighed)
}

func basisOf(c session.Card) chart.Basis {
	switch {
	case !view.Grounded(c.Field):
		return chart.Unmarked
	case c.Ground == session.Fact:
		return chart.Fact
	}
	return chart.Assumption
}
