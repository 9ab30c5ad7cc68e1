package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// prefillKey is unique for what a klantreis begins with.
func prefillKey(id session.ID) string { return fmt.Sprintf("session/%d/prefill", id) }

// Prefill puts what clients said before on the steps of a new klantreis, each as a
// fact with where it comes from: figures with how many answered, and their own words
// with names and numbers taken out. It is what the asker may share: by name only of
// clients they may read, and of waves in which nobody may be recognised what the
// survey's guard releases; showing it is recorded like any report. Where enough of the
// clients that s is about answered by name it is of them, else of all, and its source
// says which. Without a survey there is nothing to put. It happens once.
func (c Journeys) Prefill(ctx context.Context, req Request, s *session.State) error {
	key := prefillKey(s.ID)
	if s.Kind != session.Journey || s.Seen(key) || c.Surveys.Surveys == nil || c.Surveys.Mask == nil || !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return nil
	}
	name, err := c.newest(ctx)
	if err != nil || name == "" {
		return err
	}
	use := c.Surveys
	use.Summarizer, use.Patient = wordless{use.Summarizer}, false
	ask := surveyAsk{name: name, audience: analysis.AskedClients, words: true, action: "journey.prefill"}
	report, err := use.about(ctx, req, ask)
	if err != nil {
		return err
	}
	p := locale.New(req.Lang, req.Zone)
	about := ""
	if own, ok, err := c.ownFacts(ctx, req, s, use, ask); err != nil {
		return err
	} else if ok {
		for i, a := range report.Audiences {
			if a.Wave.Audience == analysis.AskedClients {
				report.Audiences[i] = own
			}
		}
		if about, err = c.about(ctx, p, s.Subject); err != nil {
			return err
		}
	}
	mask, err := use.Mask(ctx)
	if err != nil {
		return err
	}
	facts := factsOf(p, report, about, mask)
	then, err := c.Told(ctx, s.ID, req.At)
	if err != nil {
		return err
	}
	_, _, err = c.Use.Press(ctx, s.ID, ByClock(key, req.At), func(s *session.State) ([]session.Body, error) {
		var bodies []session.Body
		for _, b := range facts {
			if slices.ContainsFunc(s.Steps, func(x session.Step) bool { return x.ID == b.Step }) {
				bodies = append(bodies, b)
			}
		}
		return bodies, nil
	}, then)
	return err
}

// ownFacts is what the clients that s is about answered by name; false where they may
// not stand apart: too few did, so that one could be recognised by colleagues who do not
// read their answers, or the asker does not read the answers of all of them.
func (c Journeys) ownFacts(ctx context.Context, req Request, s *session.State, use Survey, ask surveyAsk) (own view.SurveyAudience, ok bool, err error) {
	of := analysis.Subject{Manager: s.Subject.Manager}
	if s.Subject.Group != 0 || !analysis.Allow(req.Actor, analysis.ReadAnswers, of) || !analysis.Allow(req.Actor, analysis.ViewOffice, of) {
		return own, false, nil
	}
	all, _, err := c.held(ctx, req, s)
	if err != nil {
		return own, false, err
	}
	groups := map[analysis.GroupID]bool{}
	for _, h := range all {
		groups[h.group] = true
	}
	ask.holds = func(g storage.Listed) bool { return groups[g.ID] }
	choices, err := SurveyChoices(ctx, use.Settings)
	if err != nil {
		return own, false, err
	}
	report, err := use.about(ctx, req, ask)
	if err != nil {
		return own, false, err
	}
	for _, a := range report.Audiences {
		if a.Wave.Audience == analysis.AskedClients && !a.Wave.Guarded() && a.Wave.Responses >= max(choices.Fewest, survey.Fewest) {
			return a, true, nil
		}
	}
	return own, false, nil
}

// wordless is a Summarizer that asks no model: a session begins with what people said.
type wordless struct{ prompts.Summarizer }

// Summarize fulfils prompts.Summarizer.
func (w wordless) Summarize(ctx context.Context, ask prompts.Request) (prompts.Summary, error) {
	ask.Offline = true
	return w.Summarizer.Summarize(ctx, ask)
}

// newest is the name of the last survey that clients answered; empty: none did.
func (c Journeys) newest(ctx context.Context) (string, error) {
	waves, err := c.Surveys.Surveys.Waves(ctx)
	if err != nil {
		return "", fmt.Errorf("read waves: %w", err)
	}
	name, day := "", analysis.Day(0)
	for _, w := range waves {
		if w.Audience == analysis.AskedClients && w.Responses > 0 && (name == "" || w.Day >= day) {
			name, day = w.Name, w.Day
		}
	}
	return name, nil
}

// The steps that a klantreis begins with, by their ids: session.DefaultSteps.
const (
	stepMeeting session.StepID = iota + 1
	stepQuote
	stepOnboarding
	stepYear
	stepAccounts
	stepAdvice
	stepLeaving
)

// stepWords are beginnings of words, or with a point whole words, by which somebody
// speaks of a step. The first step that matches has it; our choice.
var stepWords = []struct {
	step  session.StepID
	words []string
}{
	{stepOnboarding, []string{"wwft", "identif", "legitim", "paspoort", "aanlever", "document", "dossier", "onboard", "passport"}},
	{stepQuote, []string{"offerte", "prijs", "tarief", "duur.", "dure.", "duurder", "goedkoop", "factu", "rekening", "kosten", "quote", "price", "invoice", "expensive"}},
	{stepAccounts, []string{"jaarrekening", "aangift", "cijfers", "btw", "deadline", "annual", "accounts"}},
	{stepAdvice, []string{"advies", "advis", "meedenk", "meedacht", "denken", "gesprek", "proactief", "advice", "advise"}},
	{stepYear, []string{"bel.", "belt.", "bellen", "gebeld", "terugbel", "bereik", "reactie", "reage", "antwoord", "wacht", "mail", "portaal", "contact", "call", "reply", "waiting"}},
}

// mostQuotes is how many quotes a step begins with: one of each side where there are.
const mostQuotes = 2

// factsOf are the cards that a report gives, at most session.MostEach on a field. about
// names the clients that what clients answered is of; empty: it is of all.
func factsOf(p *locale.Printer, report view.SurveyReport, about string, mask func(string) string) []session.Wrote {
	f := facts{p: p, mask: mask, name: report.Name, about: about}
	for _, a := range report.Audiences {
		switch a.Wave.Audience {
		case analysis.AskedClients:
			f.figures(a)
			f.quotes(a, a.Summary.Why, func(view.SurveyQuote) session.StepID { return stepMeeting })
			f.quotes(a, a.Summary.Quotes, stepOf)
		case analysis.AskedProspects:
			f.quotes(a, a.Summary.Why, func(view.SurveyQuote) session.StepID { return stepQuote })
		case analysis.AskedFormer:
			f.quotes(a, append(slices.Clone(a.Summary.Why), a.Summary.Quotes...), func(view.SurveyQuote) session.StepID { return stepLeaving })
		}
	}
	return f.cards
}

// facts gathers cards.
type facts struct {
	p     *locale.Printer
	mask  func(string) string
	name  string // of the survey
	about string // whose answers those of clients are; empty: of all clients
	cards []session.Wrote
	sides map[session.StepID]map[string]bool // of the quotes of a step
}

// add puts a card where there is room; what is too long for a card is left out, since
// nobody's words are cut.
func (f *facts) add(step session.StepID, field session.Field, text string, audience analysis.Audience, n int) bool {
	place, there := session.Place{Step: step, Field: field}, 0
	text, err := session.Clean(text, session.LongestText)
	for _, c := range f.cards {
		if c.Place == place {
			there++
		}
		if c.Text == text {
			return false
		}
	}
	if err != nil || there >= session.MostEach {
		return false
	}
	whose := analysis.Args{"audience": f.p.T("survey.audience."+view.AudienceKey(audience), nil), "about": f.about}
	key := "journey.fact.all"
	if audience == analysis.AskedClients && f.about != "" {
		key = "journey.fact.of"
	}
	source := f.p.T("journey.fact.source", analysis.Args{"name": f.name, "audience": f.p.T(key, whose), "n": n})
	if source, err = session.Clean(source, session.LongestSource); err != nil {
		source = ""
	}
	f.cards = append(f.cards, session.Wrote{Place: place, Text: text, Source: source, Ground: session.Fact})
	return true
}

// figures are what clients did: recommend us, feel understood, and rate the theme worst
// that they find important.
func (f *facts) figures(a view.SurveyAudience) {
	if l := a.Listening; l != nil && l.N() > 0 {
		f.add(stepAdvice, session.Does, f.p.N("journey.fact.understood", l.Yes, analysis.Args{"of": l.N()}), a.Wave.Audience, l.N())
	}
	if t, ok := concern(a.Themes); ok {
		f.add(stepAdvice, session.Does, f.p.T("journey.fact.theme", analysis.Args{"theme": strings.ToLower(view.ThemeWords(f.p, t.Name)),
			"importance": f.p.Points(t.Importance.Mean), "performance": f.p.Points(t.Performance.Mean)}), a.Wave.Audience, t.N())
	}
	if nps := a.NPS; nps != nil && nps.N() > 0 {
		f.add(stepLeaving, session.Does, f.p.T("journey.fact.nps", analysis.Args{"promoters": nps.Promoters, "detractors": nps.Detractors}), a.Wave.Audience, nps.N())
	}
}

// concern is the theme that falls short most of what clients find important.
func concern(themes []survey.ThemeFigures) (worst survey.ThemeFigures, ok bool) {
	gap := func(t survey.ThemeFigures) float64 { return t.Importance.Mean - t.Performance.Mean }
	for _, t := range themes {
		if t.Quadrant == survey.Concentrate && (!ok || gap(t) > gap(worst)) {
			worst, ok = t, true
		}
	}
	return worst, ok
}

// quotes puts people's own words under the step that of names; 0: under none. Of one
// side a step gets one. What looks like an order to a machine is left to a person.
func (f *facts) quotes(a view.SurveyAudience, said []view.SurveyQuote, of func(view.SurveyQuote) session.StepID) {
	if f.sides == nil {
		f.sides = map[session.StepID]map[string]bool{}
	}
	for _, q := range said {
		step := of(q)
		if step == 0 || slices.Contains(a.Summary.Flagged, q.ID) || f.sides[step][q.Polarity] || len(f.sides[step]) >= mostQuotes {
			continue
		}
		if f.add(step, session.Thinks, f.mask(q.Text), a.Wave.Audience, a.Wave.Responses) {
			if f.sides[step] == nil {
				f.sides[step] = map[string]bool{}
			}
			f.sides[step][q.Polarity] = true
		}
	}
}

// stepOf is the step that a quote speaks of; 0: none.
func stepOf(q view.SurveyQuote) session.StepID {
	words := strings.FieldsFunc(strings.ToLower(q.Text), func(r rune) bool { return !unicode.IsLetter(r) })
	for _, s := range stepWords {
		for _, begin := range s.words {
			begin, whole := strings.CutSuffix(begin, ".")
			if slices.ContainsFunc(words, func(w string) bool { return w == begin || !whole && strings.HasPrefix(w, begin) }) {
				return s.step
			}
		}
	}
	return 0
}
