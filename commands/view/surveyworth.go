package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// surveyWorth is how people value the office: the words they choose against the
// office's ambition, benefits against sacrifices, and whether they feel
// understood.
func surveyWorth(p *locale.Printer, s SurveyScreen) []slack.Block {
	a := s.Leading()
	var rows []*slack.RichTextSection
	if words := ambitionWords(p, *a); words != "" {
		rows = append(rows, row(p.T("survey.worth.ambition", nil), text(words)))
	}
	for _, rung := range []int{3, 2, 1, 0} {
		if words := rungWords(p, *a, rung); words != "" {
			rows = append(rows, row(p.T("survey.worth.rung."+id(int64(rung)), nil), text(words)))
		}
	}
	if v := a.Perceived; v != nil {
		rows = append(rows, row(p.T("survey.worth.perceived", nil), text(p.T("survey.worth.perceived.words", analysis.Args{
			"benefits": p.Score(v.Benefits.Mean), "sacrifices": p.Score(v.Sacrifices.Mean), "difference": movedBy(p, v.Difference.Mean),
			"sd": p.Score(v.Difference.SD), "n": v.Difference.N}))))
	}
	if l := a.Listening; l != nil {
		rows = append(rows, row(p.T("survey.worth.understood", nil), text(p.T("survey.worth.understood.words", analysis.Args{
			"yes": wholePercent(p, l.Yes, l.N()), "partly": wholePercent(p, l.Partly, l.N()), "no": wholePercent(p, l.No, l.N()), "n": l.N()}))))
	}
	if a.Grade != nil {
		rows = append(rows, row(p.T("survey.sides.grade", nil), text(p.T("survey.worth.grade", analysis.Args{"mean": p.Score(a.Grade.Mean), "n": a.Grade.N}))))
	}
	if n := a.NPS; n != nil {
		rows = append(rows, row("NPS", text(p.T("survey.worth.nps", analysis.Args{"promoters": n.Promoters, "passives": n.Passives, "detractors": n.Detractors}))))
	}
	if len(rows) == 0 {
		return []slack.Block{section(p.T("survey.worth.none", nil))}
	}
	return []slack.Block{sheet(rows...)}
}

// ambitionWords say how often the words were chosen that the office wants to be
// known by.
func ambitionWords(p *locale.Printer, a SurveyAudience) string {
	chosen, all := 0, 0
	var words []string
	for _, w := range a.Words {
		all += w.N
		if w.Ambition {
			chosen += w.N
			words = append(words, brief(w.Word))
		}
	}
	if len(words) == 0 || all == 0 {
		return ""
	}
	return p.T("survey.worth.ambition.words", analysis.Args{"words": p.List(words), "chosen": chosen, "all": all, "share": wholePercent(p, chosen, all)})
}

// mostWords is how many words of a rung are named.
const mostWords = 6

func rungWords(p *locale.Printer, a SurveyAudience, rung int) string {
	var words []string
	for _, w := range a.Words {
		if w.Rung == rung && len(words) < mostWords && (w.N > 0 || rung > 0) {
			words = append(words, brief(w.Word)+" "+p.Number(int64(w.N)))
		}
	}
	return strings.Join(words, " · ")
}
