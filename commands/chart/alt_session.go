package chart

import (
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// saidLengths are how many characters of an entry stand in the twin in words: the
// most with which all phases fit in what Slack takes.
var saidLengths = []int{60, 50, 40, 35, 30, 25, 18, 12}

// JourneyText says in words what Journey draws, at most 2000 characters.
func JourneyText(p *locale.Printer, j JourneyMap, o Options) string {
	text := ""
	for _, length := range saidLengths {
		var rows []string
		for _, phase := range j.columns() {
			rows = append(rows, phaseText(p, phase, length))
		}
		if more := len(j.Phases) - len(j.columns()); more > 0 {
			rows = append(rows, p.N("chart.journey.more", more, nil)+".")
		}
		if text = twin(p, p.T("chart.journey.title", nil), journeySentence(p, j), o, rows); strings.Count(text, "\n") == len(rows) {
			break
		}
	}
	return text
}

// phaseText is one phase in one line.
func phaseText(p *locale.Printer, phase JourneyPhase, length int) string {
	parts := []string{feelingText(p, phase.Feeling)}
	for _, row := range journeyRows {
		entries := filled(row.of(phase))
		if len(entries) == 0 {
			continue
		}
		said := clipped(written(p, small, entries[0].Text), length)
		switch entries[0].Basis {
		case Fact:
			said += " (" + p.T("chart.journey.fact", nil) + ")"
		case Assumption:
			said += " (" + p.T("chart.journey.assumption", nil) + ")"
		}
		if more := len(entries) - 1; more > 0 {
			said += ", " + p.N("chart.journey.hidden", more, nil)
		}
		parts = append(parts, p.T(row.key, nil)+": "+said)
	}
	return clipped(written(p, small, phase.Name), saidLengths[0]) + ": " + strings.Join(parts, "; ")
}

func feelingText(p *locale.Printer, f Feeling) string {
	switch {
	case f.measured():
		low, high := f.spread()
		return p.N("chart.journey.row", f.Persons, analysis.Args{"median": p.Points(f.Median), "low": p.Points(low), "high": p.Points(high)})
	case len(f.shown()) > 0:
		var answers []string
		for _, a := range f.shown() {
			answers = append(answers, p.Number(int64(a)))
		}
		return p.N("chart.journey.visible", len(answers), nil) + ": " + p.List(answers)
	case f.Persons > 0 && f.Persons < FewestFeelings:
		return p.T("chart.journey.few", nil) + " (" + p.T("chart.journey.few.count", analysis.Args{"count": f.Persons, "fewest": FewestFeelings}) + ")"
	}
	return p.T("chart.journey.unasked", nil)
}

// clipped cuts a text to at most length characters.
func clipped(text string, length int) string {
	letters := []rune(strings.TrimRight(text, "."))
	if len(letters) <= length {
		return string(letters)
	}
	return strings.TrimRight(string(letters[:length-1]), " ,.") + "…"
}

// OutcomeText says in words what Outcome draws, at most 2000 characters.
func OutcomeText(p *locale.Printer, t OutcomeTable, o Options) string {
	whens, courses := outcomeWords(p)
	var rows []string
	for h, when := range whens {
		for c, course := range courses {
			items := t.cell(Horizon(h), Course(c))
			var said []string
			for _, i := range items {
				said = append(said, p.N("chart.outcome.row", max(i.Votes, 0), analysis.Args{"text": clipped(written(p, small, i.Text), saidLengths[0])}))
			}
			if len(said) == 0 {
				said = []string{"–"}
			}
			rows = append(rows, when+", "+strings.ToLower(course)+": "+strings.Join(said, "; "))
		}
	}
	if t.Actions > 0 {
		rows = append(rows, p.N("chart.outcome.actions", t.Actions, nil)+".")
	}
	return twin(p, p.T("chart.outcome.title", nil), outcomeSentence(p, t), o, rows)
}
