package main

import (
	"fmt"
	"math"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
)

// The types below are CLI.md's promise for survey report.
type (
	npsJSON struct {
		Score      float64 `json:"score"`
		Low        float64 `json:"low"`
		High       float64 `json:"high"`
		Promoters  int     `json:"promoters"`
		Passives   int     `json:"passives"`
		Detractors int     `json:"detractors"`
	}
	changeJSON struct {
		Value         float64 `json:"value"`
		StandardError float64 `json:"standard_error"`
		Clear         bool    `json:"clear"` // more than two standard errors
	}
	surveyThemeJSON struct {
		Name        string           `json:"name"`
		N           int              `json:"n"`
		Importance  *float64         `json:"importance"`
		Performance *float64         `json:"performance"`
		Quadrant    *survey.Quadrant `json:"quadrant"`
		Change      *changeJSON      `json:"change"`
	}
	wordJSON struct {
		Word     string `json:"word"`
		N        int    `json:"n"`
		Rung     int    `json:"rung"`
		Ambition bool   `json:"ambition"`
	}
	gapJSON struct {
		Theme         string  `json:"theme"`
		Employees     float64 `json:"employees"`
		Clients       float64 `json:"clients"`
		Difference    float64 `json:"difference"`
		StandardError float64 `json:"standard_error"`
	}
	perceivedJSON struct {
		Benefits   float64 `json:"benefits"`
		Sacrifices float64 `json:"sacrifices"`
		Difference float64 `json:"difference"`
		SD         float64 `json:"sd"`
		N          int     `json:"n"`
	}
	clauseJSON struct {
		Text      string   `json:"text"`
		Theme     string   `json:"theme"`
		Citations []string `json:"citations"`
	}
	surveyQuoteJSON struct {
		ID       string `json:"id"`
		Text     string `json:"text"`
		Theme    string `json:"theme"`
		Polarity string `json:"polarity"`
	}
	surveySummaryJSON struct {
		Mode    string            `json:"mode"`
		Clauses []clauseJSON      `json:"clauses"`
		Quotes  []surveyQuoteJSON `json:"quotes"`
		LeftOut []surveyLeftJSON  `json:"left_out"`
		Answers int               `json:"answers"`
		Flagged []string          `json:"flagged,omitempty"`
	}
	surveyLeftJSON struct {
		ID     string `json:"id"`
		Reason string `json:"reason"`
	}
	suppressedJSON struct {
		Audience analysis.Audience `json:"audience"`
		Market   string            `json:"market,omitempty"`
		Figure   string            `json:"figure"`
		Reason   survey.Verdict    `json:"reason"`
	}
	surveyAudienceJSON struct {
		Audience     analysis.Audience   `json:"audience"`
		Disclosure   analysis.Disclosure `json:"disclosure"`
		Responses    int                 `json:"responses"`
		NPS          *npsJSON            `json:"nps"`
		NPSChange    *changeJSON         `json:"nps_change"`
		Grade        *float64            `json:"grade"`
		Understood   map[string]int      `json:"understood"`
		Themes       []surveyThemeJSON   `json:"themes"`
		Appreciation []wordJSON          `json:"appreciation"`
		Perceived    *perceivedJSON      `json:"perceived_value"`
		Summary      surveySummaryJSON   `json:"summary"`
	}
	surveyJSON struct {
		Name string `json:"name"`
		surveyAudienceJSON
		Refused    int                  `json:"refused"`
		Gap        []gapJSON            `json:"gap"`
		Suppressed []suppressedJSON     `json:"suppressed"`
		Others     []surveyAudienceJSON `json:"others"`
	}
)

func toSurveyJSON(r view.SurveyReport) surveyJSON {
	j := surveyJSON{Name: r.Name, surveyAudienceJSON: audienceJSON(*r.Leading()), Refused: r.Refused, Gap: []gapJSON{},
		Suppressed: []suppressedJSON{}, Others: []surveyAudienceJSON{}}
	for _, g := range r.Gap {
		j.Gap = append(j.Gap, gapJSON{g.Theme, g.Employees, g.Clients, g.Value, g.StandardError})
	}
	for _, s := range r.Suppressed() {
		j.Suppressed = append(j.Suppressed, suppressedJSON{s.Audience, s.Market, s.Figure, s.Verdict})
	}
	for i, a := range r.Audiences {
		if i != r.Lead {
			j.Others = append(j.Others, audienceJSON(a))
		}
	}
	return j
}

func changed(d *survey.Difference) *changeJSON {
	if d == nil {
		return nil
	}
	return &changeJSON{d.Value, d.StandardError, d.Clear()}
}

func audienceJSON(a view.SurveyAudience) surveyAudienceJSON {
	j := surveyAudienceJSON{Audience: a.Wave.Audience, Disclosure: a.Wave.Disclosure, Responses: a.Wave.Responses,
		Themes: []surveyThemeJSON{}, Appreciation: []wordJSON{}, Summary: toSurveySummaryJSON(a.Summary)}
	if n := a.NPS; n != nil {
		j.NPS = &npsJSON{n.Score, n.Low, n.High, n.Promoters, n.Passives, n.Detractors}
	}
	if a.Grade != nil {
		j.Grade = &a.Grade.Mean
	}
	if l := a.Listening; l != nil {
		j.Understood = map[string]int{"yes": l.Yes, "partly": l.Partly, "no": l.No}
	}
	if a.Changes != nil {
		j.NPSChange = changed(a.Changes.NPS)
	}
	for _, t := range a.Themes {
		row := surveyThemeJSON{Name: t.Name, N: t.N()}
		if t.Importance.N > 0 {
			row.Importance = &t.Importance.Mean
		}
		if t.Performance.N > 0 {
			row.Performance = &t.Performance.Mean
		}
		if t.Quadrant != "" {
			row.Quadrant = &t.Quadrant
		}
		if a.Changes != nil {
			if d, ok := a.Changes.Themes[t.Name]; ok {
				row.Change = changed(&d)
			}
		}
		j.Themes = append(j.Themes, row)
	}
	for _, w := range a.Words {
		j.Appreciation = append(j.Appreciation, wordJSON{w.Word, w.N, w.Rung, w.Ambition})
	}
	if p := a.Perceived; p != nil {
		j.Perceived = &perceivedJSON{p.Benefits.Mean, p.Sacrifices.Mean, p.Difference.Mean, p.Difference.SD, p.Difference.N}
	}
	return j
}

func toSurveySummaryJSON(s view.SurveySummary) surveySummaryJSON {
	j := surveySummaryJSON{Mode: s.Mode, Clauses: []clauseJSON{}, Quotes: []surveyQuoteJSON{}, LeftOut: []surveyLeftJSON{}, Answers: s.Answers, Flagged: s.Flagged}
	for _, c := range s.Clauses {
		j.Clauses = append(j.Clauses, clauseJSON{c.Text, c.Theme, c.Citations})
	}
	for _, q := range s.Quotes {
		j.Quotes = append(j.Quotes, surveyQuoteJSON{q.ID, q.Text, q.Theme, q.Polarity})
	}
	for _, l := range s.LeftOut {
		j.LeftOut = append(j.LeftOut, surveyLeftJSON(l))
	}
	return j
}

// surveyText is the report for a terminal.
func surveyText(p *locale.Printer, r view.SurveyReport) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.Name)
	for i := range r.Audiences {
		audienceText(&b, p, r.Audiences[(r.Lead+i)%len(r.Audiences)])
	}
	if hidden := r.Suppressed(); len(hidden) > 0 {
		fmt.Fprintf(&b, "\n%s\n", p.N("survey.text.hidden", len(hidden), nil))
	}
	return b.String()
}

func audienceText(b *strings.Builder, p *locale.Printer, a view.SurveyAudience) {
	fmt.Fprintf(b, "\n%s\n", p.N("survey.text.responses", a.Wave.Responses, analysis.Args{"audience": a.Wave.Audience, "disclosure": a.Wave.Disclosure}))
	if n := a.NPS; n != nil {
		fmt.Fprintln(b, p.T("survey.text.nps", analysis.Args{"score": points(p, n.Score), "low": points(p, n.Low), "high": points(p, n.High),
			"promoters": n.Promoters, "passives": n.Passives, "detractors": n.Detractors}))
	}
	if a.Grade != nil {
		fmt.Fprintln(b, p.T("survey.text.grade", analysis.Args{"mean": p.Points(a.Grade.Mean), "n": a.Grade.N}))
	}
	for _, t := range a.Themes {
		if t.N() > 0 {
			fmt.Fprintln(b, strings.TrimSpace(p.T("survey.text.theme", analysis.Args{"theme": t.Name, "importance": mean(p, t.Importance),
				"performance": mean(p, t.Performance), "n": t.N(), "quadrant": t.Quadrant})))
		}
	}
	if len(a.Summary.Quotes)+len(a.Summary.Clauses) == 0 {
		return
	}
	fmt.Fprintln(b, view.SummaryMade(p, a.Summary))
	same := map[string][]string{} // what a quote says, who says the same
	for _, c := range a.Summary.Clauses {
		if a.Summary.Mode == view.SurveyByModel {
			fmt.Fprintf(b, "- %s [%s]\n", prompts.Clean(c.Text), strings.Join(c.Citations, ", "))
		} else if len(c.Citations) > 1 { // without a model it is the quote itself
			same[c.Citations[0]] = c.Citations[1:]
		}
	}
	for _, q := range a.Summary.Quotes {
		also := ""
		if ids := same[q.ID]; len(ids) > 0 {
			also = " [+ " + strings.Join(ids, ", ") + "]"
		}
		fmt.Fprintf(b, "  %-5s %s: “%s”%s\n", q.ID, q.Theme, strings.Join(strings.Fields(prompts.Clean(q.Text)), " "), also)
	}
}

func points(p *locale.Printer, v float64) string { return p.Number(int64(math.Round(v))) }

// mean words a score; a dash where there is none.
func mean(p *locale.Printer, e survey.Estimate) string {
	if e.N == 0 {
		return "–"
	}
	return p.Points(e.Mean)
}
