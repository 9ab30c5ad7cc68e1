package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/prompts"
)

// comment is an open answer with whose it is.
type comment struct {
	response analysis.ResponseID
	place    int // among the comments of that person
	question string
	who      string // the client, by name
	nps      int    // of by-name answers, else analysis.NotSaid
	// why says why it is not shown: a view.LeftOut... reason; empty: it may be.
	why string
}

// summary summarises the open answers of a wave. Every one of them has an id;
// those of persons who might be recognised never reach the summarizer.
func (r *reporting) summary(ctx context.Context, m *measuredWave) (view.SurveySummary, error) {
	s := view.SurveySummary{Mode: string(prompts.Offline), Sources: map[string]analysis.ResponseID{}, Places: map[string]int{}}
	texts, comments := r.comments(m)
	s.Answers = len(texts)
	all := prompts.Number(texts)
	ask := prompts.Request{Themes: summaryThemes(r.choices), By: r.actor.User, Offline: m.figures.Wave.Audience != r.lead, Patient: r.Patient}
	of := map[prompts.ID]comment{}
	for i, a := range all {
		of[a.ID], s.Sources[string(a.ID)], s.Places[string(a.ID)] = comments[i], comments[i].response, comments[i].place
		if why := comments[i].why; why == "" {
			ask.Answers = append(ask.Answers, a)
		} else {
			s.LeftOut = append(s.LeftOut, view.SurveyLeftOut{ID: string(a.ID), Reason: why})
		}
	}
	if len(ask.Answers) == 0 {
		return s, nil
	}
	made, err := r.Summarizer.Summarize(ctx, ask)
	if err != nil {
		return s, fmt.Errorf("summarise a survey: %w", err)
	}
	s.Mode, s.Fallback, s.Pending = string(made.Mode), made.Fallback, made.Pending
	if m.figures.Wave.Guarded() {
		joinRare(&made, of, r.fewest())
	}
	mask, err := r.masking(ctx, m.figures.Wave)
	if err != nil {
		return s, err
	}
	fillSummary(&s, made, ask, of, mask)
	if r.mayTellWhy(m, of, ask.Answers) {
		s.Why, err = r.why(ctx, ask.Answers, of, mask)
	}
	return s, err
}

// mayTellWhy reports whether answers to "waarom wij?" may stand apart: where nobody
// may be recognised, only of as many people as a theme is of.
func (r *reporting) mayTellWhy(m *measuredWave, of map[prompts.ID]comment, answers []prompts.Answer) bool {
	who := map[analysis.ResponseID]bool{}
	for _, a := range answers {
		if asksWhy(of[a.ID].question) {
			who[of[a.ID].response] = true
		}
	}
	return !m.figures.Wave.Guarded() || len(who) >= r.fewest()
}

// whyWords is the budget for answers to "waarom wij?", which are short.
const whyWords = 160

// why chooses from the answers to "waarom wij?", which themes leave apart: people
// choose an office for what it is.
func (r *reporting) why(ctx context.Context, answers []prompts.Answer, of map[prompts.ID]comment, mask func(string) string) ([]view.SurveyQuote, error) {
	ask := prompts.Request{Words: whyWords, Offline: true}
	for _, a := range answers {
		if asksWhy(of[a.ID].question) {
			ask.Answers = append(ask.Answers, a)
		}
	}
	if len(ask.Answers) == 0 {
		return nil, nil
	}
	made, err := r.Summarizer.Summarize(ctx, ask)
	if err != nil {
		return nil, fmt.Errorf("choose why people come: %w", err)
	}
	return quotesOf(made.Quotes, ask, of, mask), nil
}

// asksWhy reports whether a question is "waarom wij?" or one of its kind for
// another audience.
func asksWhy(question string) bool {
	q := strings.ToLower(question)
	return strings.Contains(q, "waarom") || strings.Contains(q, "why ")
}

// quotesOf words quotes as people read them.
func quotesOf(quotes []prompts.Quote, ask prompts.Request, of map[prompts.ID]comment, mask func(string) string) []view.SurveyQuote {
	sources := prompts.SourcesOf(ask.Answers)
	var all []view.SurveyQuote
	for _, q := range quotes {
		if text, ok := sources.Text(q); ok {
			scored := analysis.NotSaid
			if nps := of[q.ID].nps; opposes(nps, q.Polarity) {
				scored = nps
			}
			all = append(all, view.SurveyQuote{ID: string(q.ID), Response: of[q.ID].response, Place: of[q.ID].place, Start: q.Start, End: q.End, Question: of[q.ID].question, Why: asksWhy(of[q.ID].question), Who: of[q.ID].who,
				Theme: q.Theme, Polarity: q.Polarity.String(), Text: mask(text), Scored: scored})
		}
	}
	return all
}

// comments returns the open answers of a wave and whether they may be shown to
// the actor.
func (r *reporting) comments(m *measuredWave) (texts []string, comments []comment) {
	allowed := map[analysis.ResponseID]bool{}
	for _, id := range m.figures.Comments {
		allowed[id] = true
	}
	for i := range m.responses {
		one := &m.responses[i]
		why := ""
		switch {
		case !allowed[one.ID]:
			why = view.LeftOutAnonymity
		case !r.reads(m.figures.Wave, one):
			why = view.LeftOutNotToldYou
		}
		for place, c := range one.Comments {
			texts, comments = append(texts, c.Text), append(comments, comment{one.ID, place, c.Question, r.who(m.figures.Wave, one), r.scored(m.figures.Wave, one), why})
		}
	}
	return texts, comments
}

// who is the client whose answer it is, where that may be said.
func (r *reporting) who(w survey.Wave, one *survey.Response) string {
	if w.Guarded() {
		return ""
	}
	return r.groups[one.Group].Name
}

// scored is how much who answered by name recommends the office. Beside words of
// which nobody may know whose they are it would be a figure about one person.
func (r *reporting) scored(w survey.Wave, one *survey.Response) int {
	if w.Guarded() {
		return analysis.NotSaid
	}
	return one.NPS
}

// opposes reports whether a recommendation says the opposite of words.
func opposes(nps int, words prompts.Polarity) bool {
	return nps >= survey.Promoter && words == prompts.Negative || nps != analysis.NotSaid && nps <= 6 && words == prompts.Positive
}

// reads reports whether the actor is one of those whom respondents were told
// about: by name that are the manager of the client, partners and administrators.
// Where nobody may be recognised, and where no client is known, everybody who may
// see the report reads along.
func (r *reporting) reads(w survey.Wave, one *survey.Response) bool {
	if w.Guarded() || one.Group == 0 {
		return true
	}
	return analysis.Allow(r.actor, analysis.ReadAnswers, subject(r.groups[one.Group].Group))
}

// masking returns what takes names out of quotes of a wave.
func (r *reporting) masking(ctx context.Context, w survey.Wave) (func(string) string, error) {
	if r.Mask == nil || !w.Guarded() {
		return func(s string) string { return s }, nil
	}
	return r.Mask(ctx)
}

// joinRare puts themes about which fewer than fewest persons said something
// together under prompts.Other, and takes that out where it is of too few too.
func joinRare(made *prompts.Summary, of map[prompts.ID]comment, fewest int) {
	persons := func(mentions []prompts.Mention) int {
		who := map[analysis.ResponseID]bool{}
		for _, m := range mentions {
			who[of[m.ID].response] = true
		}
		return len(who)
	}
	rare, other := map[string]bool{prompts.Other: true}, prompts.Finding{Theme: prompts.Other}
	var kept []prompts.Finding
	for _, f := range made.Findings {
		if f.Theme != prompts.Other && persons(f.Mentions) >= fewest {
			kept = append(kept, f)
			continue
		}
		rare[f.Theme] = true
		for _, m := range f.Mentions {
			if !slices.ContainsFunc(other.Mentions, func(had prompts.Mention) bool { return had.ID == m.ID }) {
				other.Mentions = append(other.Mentions, m)
				count(&other, m.Polarity)
			}
		}
	}
	enough := persons(other.Mentions) >= fewest
	if enough {
		kept = append(kept, other)
	}
	made.Findings = kept
	made.Quotes = slices.DeleteFunc(made.Quotes, func(q prompts.Quote) bool { return rare[q.Theme] && !enough })
	made.Clauses = slices.DeleteFunc(made.Clauses, func(c prompts.Clause) bool { return rare[c.Theme] && !enough })
	for i := range made.Quotes {
		if rare[made.Quotes[i].Theme] {
			made.Quotes[i].Theme = prompts.Other
		}
	}
	for i := range made.Clauses {
		if rare[made.Clauses[i].Theme] {
			made.Clauses[i].Theme = prompts.Other
		}
	}
}

func count(f *prompts.Finding, p prompts.Polarity) {
	switch p {
	case prompts.Positive:
		f.Positive++
	case prompts.Negative:
		f.Negative++
	default:
		f.Neutral++
	}
}

// fillSummary takes over what may be shown; answers that lose their only place
// are accounted for as left out.
func fillSummary(s *view.SurveySummary, made prompts.Summary, ask prompts.Request, of map[prompts.ID]comment, mask func(string) string) {
	accounted := map[prompts.ID]bool{}
	for _, f := range made.Findings {
		row := view.SurveyFinding{Theme: f.Theme, Positive: f.Positive, Neutral: f.Neutral, Negative: f.Negative}
		if side, heard := f.Dissent(); heard {
			row.Dissent = side.String()
		}
		s.Themes = append(s.Themes, row)
	}
	s.Quotes = quotesOf(made.Quotes, ask, of, mask)
	for _, q := range s.Quotes {
		accounted[prompts.ID(q.ID)] = true
	}
	for _, c := range made.Clauses {
		clause := view.SurveyClause{Theme: c.Theme, Text: mask(c.Text)}
		for _, id := range c.Citations {
			accounted[id] = true
			clause.Citations = append(clause.Citations, string(id))
		}
		s.Clauses = append(s.Clauses, clause)
	}
	for _, l := range made.LeftOut {
		if !accounted[l.ID] {
			accounted[l.ID] = true
			s.LeftOut = append(s.LeftOut, view.SurveyLeftOut{ID: string(l.ID), Reason: string(l.Reason)})
		}
	}
	for _, a := range ask.Answers {
		if !accounted[a.ID] {
			s.LeftOut = append(s.LeftOut, view.SurveyLeftOut{ID: string(a.ID), Reason: view.LeftOutAnonymity})
		}
	}
	for _, id := range made.Flagged {
		s.Flagged = append(s.Flagged, string(id))
	}
}

// summaryThemes are the office's themes for the summarizer: seed words of the
// defaults where the office has none of its own.
func summaryThemes(c survey.Choices) []prompts.Theme {
	defaults := prompts.DefaultThemes()
	var themes []prompts.Theme
	for _, t := range c.Themes {
		theme := prompts.Theme{Name: survey.ThemeName(t.Name), Seeds: t.Seeds}
		if i := slices.IndexFunc(defaults, func(d prompts.Theme) bool { return d.Name == theme.Name }); i >= 0 && len(theme.Seeds) == 0 {
			theme.Seeds = defaults[i].Seeds
		}
		if len(theme.Seeds) == 0 {
			theme.Seeds = []string{theme.Name} // of the office's own
		}
		themes = append(themes, theme)
	}
	return themes
}
