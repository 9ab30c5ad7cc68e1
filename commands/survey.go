package commands

import (
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
	Surveys    storage.Surveys
	Settings   storage.Settings
	Store      storage.Writer
	Summarizer prompts.Summarizer
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
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return view.SurveyReport{}, refuse()
	}
	for range reportTries {
		r, err := c.report(ctx, req, name, audience)
		if !errors.Is(err, errShownMeanwhile) {
			return r, err
		}
	}
	return view.SurveyReport{}, fmt.Errorf("report a survey: %w", errShownMeanwhile)
}

// reporting is one report being made.
type reporting struct {
	Survey
	choices  survey.Choices
	waves    []survey.Wave
	measured map[analysis.WaveID]*measuredWave
}

// measuredWave is a wave with what has to be recorded once it is shown.
type measuredWave struct {
	figures   survey.Figures
	responses []survey.Response
	seen      int // cells that were shown before
	release   []survey.Cell
}

func (c Survey) report(ctx context.Context, req Request, name string, audience analysis.Audience) (report view.SurveyReport, err error) {
	r := reporting{Survey: c, measured: map[analysis.WaveID]*measuredWave{}}
	if r.choices, err = SurveyChoices(ctx, c.Settings); err != nil {
		return report, err
	}
	if r.waves, err = c.Surveys.Waves(ctx); err != nil {
		return report, err
	}
	held := r.named(name)
	if len(held) == 0 {
		return report, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	report.Name = held[0].Name
	var ids []analysis.WaveID
	for _, w := range held {
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
	if audience != "" && report.Leading().Wave.Audience != audience {
		return report, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	report.Gap = gapOf(report.Audiences)
	if report.Refused, err = c.Surveys.RefusedRows(ctx, ids); err != nil {
		return report, err
	}
	return report, r.record(ctx, req)
}

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
	m.figures, m.release = survey.Measure(w, m.responses, r.choices, shown)
	r.measured[w.ID] = m
	return m, nil
}

func (r *reporting) audience(ctx context.Context, w survey.Wave) (view.SurveyAudience, error) {
	m, err := r.measure(ctx, w)
	if err != nil {
		return view.SurveyAudience{}, err
	}
	one := view.SurveyAudience{Figures: m.figures}
	if before, ok := survey.Previous(w, r.waves); ok {
		was, err := r.measure(ctx, before)
		if err != nil {
			return one, err
		}
		changes := survey.Since(m.figures, was.figures)
		one.Changes = &changes
	}
	one.Summary, err = r.summary(ctx, m)
	return one, err
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
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "survey.report", Request: req.Key}
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
