package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// Survey tells what clients, prospects, ex-clients and employees answered.
type Survey struct {
	Surveys  storage.Surveys
	Settings storage.Settings
	Store    storage.Writer
	// Roster says whose the clients are that answered by name; nil: nobody's.
	Roster     storage.Roster
	Summarizer prompts.Summarizer
	// Patient says that whoever asks can wait for what a model writes.
	Patient bool
	// Mask returns what takes names and numbers out of quotes of waves in which
	// nobody may be recognised; nil leaves them in.
	Mask func(ctx context.Context) (func(string) string, error)
}

// List returns every wave, the oldest first.
func (c Survey) List(ctx context.Context, actor analysis.Actor) ([]survey.Wave, error) {
	if !analysis.Allow(actor, analysis.ViewSurvey, analysis.Subject{}) {
		return nil, refuse()
	}
	return c.Surveys.Waves(ctx)
}

// errShownMeanwhile is another report that was recorded between our reading and
// our recording.
var errShownMeanwhile = errors.New("another report was shown meanwhile")

// reportTries is how often a report begins again because of others.
const reportTries = 5

// Report returns what the survey of that name says, about audience in the first
// place; without one about the first of the four perspectives that answered. What
// it shows of waves in which nobody may be recognised is recorded with it: later
// reports, also of other programs, show nothing that together with this one says
// something about too few.
func (c Survey) Report(ctx context.Context, req Request, name string, audience analysis.Audience) (view.SurveyReport, error) {
	return c.about(ctx, req, surveyAsk{name: name, audience: audience, words: true, action: "survey.report"})
}

// surveyAsk is what a report is about.
type surveyAsk struct {
	name     string            // of the survey, found without regard to case
	audience analysis.Audience // whose answers come first; empty: the first that answered
	wave     analysis.WaveID   // names both in their place, as a button does
	cut      view.SurveyCut
	holds    map[analysis.GroupID]bool // the groups of the cut; nil: everybody
	words    bool                      // also what they said, which takes longest
	action   string                    // for the audit
}

// about makes a report and begins again where another one was shown meanwhile.
func (c Survey) about(ctx context.Context, req Request, ask surveyAsk) (view.SurveyReport, error) {
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return view.SurveyReport{}, refuse()
	}
	for range reportTries {
		r := reporting{Survey: c, ask: ask, actor: req.Actor, measured: map[analysis.WaveID]*measuredWave{},
			groups: map[analysis.GroupID]storage.Listed{}}
		report, err := r.report(ctx, req)
		if !errors.Is(err, errShownMeanwhile) {
			return report, err
		}
	}
	return view.SurveyReport{}, fmt.Errorf("report a survey: %w", errShownMeanwhile)
}

// reporting is one report being made.
type reporting struct {
	Survey
	ask      surveyAsk
	actor    analysis.Actor
	lead     analysis.Audience // whose words a model may summarise
	choices  survey.Choices
	waves    []survey.Wave
	measured map[analysis.WaveID]*measuredWave
	groups   map[analysis.GroupID]storage.Listed // of the clients who answered by name
}

// measuredWave is a wave with what has to be recorded once it is shown.
type measuredWave struct {
	figures   survey.Figures
	markets   []survey.Figures // also where figures is one of them
	responses []survey.Response
	seen      int // cells that were shown before
	release   []survey.Cell
}

func (r *reporting) report(ctx context.Context, req Request) (report view.SurveyReport, err error) {
	if r.choices, err = SurveyChoices(ctx, r.Settings); err != nil {
		return report, err
	}
	if r.waves, err = r.Surveys.Waves(ctx); err != nil {
		return report, err
	}
	name, audience := r.ask.name, r.ask.audience
	if r.ask.wave != 0 {
		for _, w := range r.waves {
			if w.ID == r.ask.wave {
				name, audience = w.Name, w.Audience
			}
		}
	}
	held := r.named(name)
	if len(held) == 0 {
		return report, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	report.Name = held[0].Name
	r.lead = cmp.Or(audience, held[0].Audience)
	var ids []analysis.WaveID
	for _, w := range held {
		if !r.divides(w) {
			continue
		}
		ids = append(ids, w.ID)
		one, err := r.audience(ctx, w)
		if err != nil {
			return report, err
		}
		if w.Audience == audience {
			report.Lead = len(report.Audiences)
		}
		report.Audiences = append(report.Audiences, one)
	}
	if len(report.Audiences) == 0 || audience != "" && report.Leading().Wave.Audience != audience {
		return report, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	report.Gap = gapOf(report.Audiences)
	if report.Refused, err = r.Surveys.RefusedRows(ctx, ids); err != nil {
		return report, err
	}
	return report, r.record(ctx, req)
}

// divides reports whether the answers of a wave can be told apart by what the
// cut asks: of a wave in which nobody may be recognised no client is known.
func (r *reporting) divides(w survey.Wave) bool { return r.ask.holds == nil || !w.Guarded() }

// named returns the waves of a survey, by the order of audiences. A name is found
// without regard to case; a wave that was fixed and not answered yet is left out
// where others were.
func (r *reporting) named(name string) []survey.Wave {
	var held []survey.Wave
	for _, audience := range analysis.Audiences() {
		for _, w := range r.waves {
			if w.Audience == audience && strings.EqualFold(w.Name, strings.Join(strings.Fields(name), " ")) {
				held = append(held, w)
			}
		}
	}
	if answered := slices.DeleteFunc(slices.Clone(held), func(w survey.Wave) bool { return w.Responses == 0 }); len(answered) > 0 {
		return answered
	}
	return held
}

// measure makes the figures of a wave once.
func (r *reporting) measure(ctx context.Context, w survey.Wave) (*measuredWave, error) {
	if m := r.measured[w.ID]; m != nil {
		return m, nil
	}
	shown, err := r.Surveys.ShownCells(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	m := &measuredWave{seen: len(shown)}
	if m.responses, err = r.Surveys.Responses(ctx, w.ID); err != nil {
		return nil, err
	}
	if err := r.listed(ctx, m.responses); err != nil {
		return nil, err
	}
	if r.ask.holds != nil {
		m.responses = slices.DeleteFunc(m.responses, func(one survey.Response) bool { return !r.ask.holds[one.Group] })
		w.Responses = len(m.responses)
	}
	m.figures, m.release = survey.Measure(w, m.responses, r.choices, shown)
	m.markets = m.figures.Markets
	if r.ask.cut.Market != "" {
		m.figures = marketOf(m.figures, r.ask.cut.Market)
		m.responses = slices.DeleteFunc(m.responses, func(one survey.Response) bool { return view.SurveyMark(one.Market) != r.ask.cut.Market })
	}
	r.measured[w.ID] = m
	return m, nil
}

// listed reads whose the clients of responses are.
func (r *reporting) listed(ctx context.Context, responses []survey.Response) error {
	if r.Roster == nil || !r.ask.words {
		return nil
	}
	var ids []analysis.GroupID
	for _, one := range responses {
		if _, known := r.groups[one.Group]; one.Group != 0 && !known {
			ids = append(ids, one.Group)
		}
	}
	groups, err := r.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return fmt.Errorf("read the groups that answered: %w", err)
	}
	for _, g := range groups {
		r.groups[g.ID] = g
	}
	return nil
}

func (r *reporting) audience(ctx context.Context, w survey.Wave) (view.SurveyAudience, error) {
	m, err := r.measure(ctx, w)
	if err != nil {
		return view.SurveyAudience{}, err
	}
	one := view.SurveyAudience{Figures: m.figures, AllMarkets: m.markets}
	if before, ok := survey.Previous(w, r.waves); ok {
		was, err := r.measure(ctx, before)
		if err != nil {
			return one, err
		}
		changes := survey.Since(m.figures, was.figures)
		one.Changes = &changes
	}
	if !r.ask.words {
		return one, nil
	}
	one.Summary, err = r.summary(ctx, m)
	return one, err
}

// marketOf is a focus market of figures, by its mark; without answers where it
// has none.
func marketOf(f survey.Figures, mark string) survey.Figures {
	for _, m := range f.Markets {
		if view.SurveyMark(m.Market) == mark {
			m.Wave.Responses = answered(m)
			return m
		}
	}
	w := f.Wave
	w.Responses = 0
	return survey.Figures{Wave: w, Market: mark}
}

// answered is how many are in the largest of the figures that are shown: how many
// there are in all may be fewer than may be told of.
func answered(f survey.Figures) int {
	most := len(f.Comments)
	if f.NPS != nil {
		most = max(most, f.NPS.N())
	}
	if f.Grade != nil {
		most = max(most, f.Grade.N)
	}
	for _, t := range f.Themes {
		most = max(most, t.N())
	}
	return most
}

func gapOf(audiences []view.SurveyAudience) []survey.PerceptionGap {
	by := map[analysis.Audience]survey.Figures{}
	for _, a := range audiences {
		by[a.Wave.Audience] = a.Figures
	}
	return survey.Gap(by[analysis.AskedEmployees], by[analysis.AskedClients])
}

// record writes who asked, and what was shown of every wave that took part.
func (r *reporting) record(ctx context.Context, req Request) error {
	return r.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: r.ask.action, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		for _, w := range r.waves {
			m := r.measured[w.ID]
			if m == nil || len(m.release) == 0 {
				continue
			}
			recorded, err := tx.RecordShown(ctx, w.ID, m.seen, m.release, req.At)
			if err != nil {
				return err
			}
			if !recorded {
				return errShownMeanwhile
			}
		}
		return nil
	})
}
