package commands

import (
	"context"
	"errors"
	"fmt"

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
	// holds says which clients the cut is about; nil: everybody.
	holds  func(storage.Listed) bool
	words  bool   // also what they said, which takes longest; with a wave only of that one
	alone  bool   // only that wave: not who else was asked, nor what changed
	action string // for the audit
}

// about makes a report and begins again where another one was shown meanwhile.
func (c Survey) about(ctx context.Context, req Request, ask surveyAsk) (view.SurveyReport, error) {
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return view.SurveyReport{}, refuse()
	}
	for range reportTries {
		r, err := c.reporting(ctx, req, ask)
		if err != nil {
			return view.SurveyReport{}, err
		}
		report, err := r.report(ctx, req)
		if !errors.Is(err, errShownMeanwhile) {
			return report, err
		}
	}
	return view.SurveyReport{}, fmt.Errorf("report a survey: %w", errShownMeanwhile)
}

// record writes who asked, and what was shown of every wave that took part.
func (r *reporting) record(ctx context.Context, req Request) error {
	return r.Store.Write(ctx, func(tx storage.Tx) error {
		for _, line := range append(r.read, storage.AuditLine{}) {
			line.At, line.User, line.Action, line.Request = req.At, req.Actor.User, r.ask.action, req.Key
			if err := tx.Audit(ctx, line); err != nil {
				return err
			}
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
