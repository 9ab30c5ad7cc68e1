package ingest

import (
	"strings"

	"klantbot/analysis"
)

// The names of fields that end in a name of the file's own.
const (
	themeField     = "theme:"
	benefitField   = "benefit:"
	sacrificeField = "sacrifice:"
	commentField   = "comment:"
	importanceSide = ":importance"
	performedSide  = ":performance"
)

// surveyKind is what a survey tool exports, or any table with an answer a row.
// Names of people, IP addresses and what else a tool adds are no fields: they are
// not read at all.
var surveyKind = kind{
	name:  analysis.ImportSurvey,
	asked: true,
	fields: []field{
		{"audience", textContent, []string{"doelgroep", "audience"}},
		{"wave", textContent, []string{"meting", "onderzoek", "wave", "survey"}},
		{"respondent", numberContent, []string{"respondentid", "responseid", "antwoordid", "respondent", "id", "token"}},
		{"number", numberContent, []string{"klantnummer", "clientnummer", "relatienummer", "debiteurnummer", "clientnumber", "customernumber"}},
		{"email", textContent, []string{"email", "emailadres", "emailaddress", "mail", "wateisuwemailadres", "watisuwemailadres"}},
		{"date", dateContent, []string{"tijdvanvoltooien", "completiontime", "submitdateutc", "datemodified", "tijdstempel", "timestamp", "ingevuldop",
			"datum", "date", "datecreated", "enddate"}},
		{"market", textContent, []string{"focusmarkt", "markt", "branche", "focusmarket", "market"}},
		{"nps", scoreContent, []string{"nps", "npsscore", "netpromoterscore"}},
		{"grade", scoreContent, []string{"rapportcijfer", "cijfer", "grade"}},
		{"understood", scoreContent, []string{"begrepen", "understood"}},
		{"contact", textContent, []string{"contactgewenst", "contactwanted"}},
		{"words", textContent, []string{"woorden", "waarderingswoorden", "words"}},
		{"comment", textContent, []string{"opmerking", "opmerkingen", "toelichting", "antwoord", "reactie", "feedback", "review", "tekst",
			"comment", "comments", "answer", "text"}},
	},
	required: func(has func(string) bool) []string {
		for _, name := range []string{"nps", "grade", "understood", "words", "comment", themeField, benefitField, sacrificeField, commentField} {
			if has(name) {
				return nil
			}
		}
		return []string{"comment"}
	},
	made:   surveyField,
	match:  surveyQuestion,
	tool:   surveyTool,
	merge:  surveyMerge,
	check:  checkThemes,
	reader: newSurveyRows,
}

// mostThemes is how many subjects of a client's business a survey may score.
const mostThemes = 9

// checkThemes refuses a table that scores more themes than a survey may have.
func checkThemes(h *heading) *analysis.Error {
	themes := map[string]bool{}
	for _, c := range h.columns {
		if name, _, ok := themeSide(c.field.name); ok {
			themes[name] = true
		}
	}
	if len(themes) > mostThemes {
		return analysis.Fail(analysis.Invalid, "import.survey_too_many_themes", analysis.Args{"n": len(themes), "most": mostThemes})
	}
	return nil
}

// themeSide returns the theme of a field and which side of it the field is.
func themeSide(name string) (theme, side string, ok bool) {
	rest, ok := strings.CutPrefix(name, themeField)
	if !ok {
		return "", "", false
	}
	for _, side := range []string{importanceSide, performedSide} {
		if theme, ok := strings.CutSuffix(rest, side); ok {
			return theme, side, theme != ""
		}
	}
	return "", "", false
}

// surveyRows reads answers.
type surveyRows struct {
	t        *table
	at       map[string]*column
	scale    int // of themes, benefits and sacrifices; 0: there are none
	comments []*column
	scored   []*column

	from, to analysis.Day
}

func newSurveyRows(t *table) recordReader {
	s := &surveyRows{t: t, at: t.positions(), from: analysis.NoDay, to: analysis.NoDay}
	scores, high := 0, 0
	for _, c := range t.columns {
		name := c.field.name
		switch {
		case name == "comment" || strings.HasPrefix(name, commentField):
			s.comments = append(s.comments, c)
		case strings.HasPrefix(name, themeField) || strings.HasPrefix(name, benefitField) || strings.HasPrefix(name, sacrificeField):
			s.scored = append(s.scored, c)
			scores, high = scores+c.scores, high+c.high
			s.scale = 5
		}
	}
	// In the order of the file, however they were found: the same answers are the same
	// content.
	for _, columns := range [][]*column{s.comments, s.scored} {
		analysis.Sort(columns, func(a, b *column) int { return a.index - b.index })
	}
	// One wrong figure does not make a scale of five one of ten.
	if high*3 > scores {
		s.scale = 10
	}
	return s
}

func (s *surveyRows) read(r row, b *batch) *analysis.Error {
	cells := cellReader{t: s.t, row: r}
	out := analysis.StagedResponse{Line: r.line, Wave: cells.text(s.at["wave"]), Respondent: cells.number(s.at["respondent"]),
		Number: cells.number(s.at["number"]), Email: cells.email(s.at["email"]), Market: strings.ToLower(cells.text(s.at["market"])),
		Scale: s.scale}
	day, dated := s.day(&cells)
	out.Day = day
	if isTotalsWord(out.Respondent) || isTotalsWord(out.Wave) {
		return errTotals
	}
	if anonymousAddress(out.Email) {
		out.Email = ""
	}
	out.Audience = cells.audience(s.at["audience"])
	out.SurveyAnswers = analysis.SurveyAnswers{NPS: int(cells.score(s.at["nps"], 0, 10, true)), Grade: cells.score(s.at["grade"], 1, 10, false),
		Understanding: cells.understanding(s.at["understood"]), ContactWanted: cells.yes(s.at["contact"]), Words: cells.words(s.at["words"])}
	s.scores(&cells, &out)
	for _, c := range s.comments {
		if text := cells.comment(c); text != "" {
			out.Comments = append(out.Comments, analysis.SurveyComment{Question: questionOf(c), Text: text})
		}
	}
	if cells.failed != nil {
		return cells.failed
	}
	if blank(&out.SurveyAnswers) {
		return analysis.Fail(analysis.Invalid, "import.survey_blank", nil)
	}
	if !dated {
		s.t.warn("import.survey_date", r.line)
	}
	if out.Day.Known() {
		if !s.from.Known() || out.Day < s.from {
			s.from = out.Day
		}
		s.to = max(s.to, out.Day)
	}
	b.responses = append(b.responses, out)
	return nil
}

// scores reads the scores of one row; the two sides of a theme become one.
func (s *surveyRows) scores(cells *cellReader, out *analysis.StagedResponse) {
	at := map[string]int{}
	for _, c := range s.scored {
		v := cells.score(c, 1, float64(s.scale), false)
		if v == analysis.NotSaid {
			continue
		}
		score := analysis.SurveyScore{Kind: analysis.ThemeScore, Importance: v, Performance: analysis.NotSaid}
		theme, side, ok := themeSide(c.field.name)
		switch {
		case strings.HasPrefix(c.field.name, benefitField):
			score.Kind, theme = analysis.BenefitScore, strings.TrimPrefix(c.field.name, benefitField)
		case strings.HasPrefix(c.field.name, sacrificeField):
			score.Kind, theme = analysis.SacrificeScore, strings.TrimPrefix(c.field.name, sacrificeField)
		case ok && side == performedSide:
			score.Importance, score.Performance = analysis.NotSaid, v
		}
		score.Name = theme
		key := string(score.Kind) + ":" + theme
		if i, there := at[key]; there {
			other := &out.Scores[i]
			other.Importance, other.Performance = max(other.Importance, score.Importance), max(other.Performance, score.Performance)
			continue
		}
		at[key] = len(out.Scores)
		out.Scores = append(out.Scores, score)
	}
}

// day reads when the answers were given, and reports false where something stands
// there that can not be read, which is no reason to lose them.
func (s *surveyRows) day(cells *cellReader) (analysis.Day, bool) {
	c := s.at["date"]
	cell := trimSpace(cells.cell(c))
	if cell == "" {
		return analysis.NoDay, true
	}
	day, ok := s.t.date(c, cell)
	if first, _, timed := strings.Cut(cell, " "); !ok && timed {
		day, ok = s.t.date(c, first) // "2026/11/21 10:03:22 a.m. CET"
	}
	if !ok {
		return analysis.NoDay, false
	}
	return day, true
}

func (s *surveyRows) finish(sum *Summary) { sum.From, sum.To = s.from, s.to }

// blank reports whether nothing at all was answered.
func blank(a *analysis.SurveyAnswers) bool {
	return a.NPS == analysis.NotSaid && a.Grade == analysis.NotSaid && a.Understanding == "" && !a.ContactWanted &&
		len(a.Words) == 0 && len(a.Scores) == 0 && len(a.Comments) == 0
}

// anonymousAddress reports what MS Forms writes where nobody had to sign in.
func anonymousAddress(s string) bool { return s == "anonymous" || s == "anoniem" }
