package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Source answers the buttons at a quote or a sentence: the whole answers behind
// it, each with its survey, day and question. Who answered by name is named, to
// those the respondents were told about. Of a wave in which nobody may be
// recognised an answer is shown only while the words of that person may be, without
// names and numbers, without its day, and never beside the person's other answers.
func (c SurveyScreens) Source(ctx context.Context, req Request) (Reply, error) {
	source, ok := view.ParseSurveySource(req.Value)
	if !ok {
		return Reply{}, outdated()
	}
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	ask, err := c.ask(ctx, req, source.Spot)
	if err != nil {
		return Reply{}, err
	}
	ask.action = "survey.source"
	for range reportTries {
		var answers []view.SurveyAnswer
		answers, err = c.Use.answers(ctx, req, ask, source.Answers)
		if err == nil {
			hidden := len(source.Answers) - len(answers)
			return Say(view.SurveySources(locale.New(req.Lang, req.Zone), answers, hidden, req.today(), source.Spot)), nil
		}
		if !errors.Is(err, errShownMeanwhile) {
			return Reply{}, err
		}
	}
	return Reply{}, fmt.Errorf("show an answer: %w", err)
}

// answers returns those of refs in the wave of ask that the actor may read.
func (c Survey) answers(ctx context.Context, req Request, ask surveyAsk, refs []view.SurveyAnswerRef) ([]view.SurveyAnswer, error) {
	r, err := c.reporting(ctx, req, ask)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(r.waves, func(w survey.Wave) bool { return w.ID == ask.wave })
	if i < 0 || !r.divides(r.waves[i]) {
		return nil, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	m, err := r.measure(ctx, r.waves[i])
	if err != nil {
		return nil, err
	}
	mask, err := r.masking(ctx, m.figures.Wave)
	if err != nil {
		return nil, err
	}
	var answers []view.SurveyAnswer
	for _, ref := range refs {
		at := slices.IndexFunc(m.responses, func(one survey.Response) bool { return one.ID == ref.Response })
		if at < 0 {
			continue
		}
		one := &m.responses[at]
		if !slices.Contains(m.figures.Comments, one.ID) || ref.Place >= len(one.Comments) || !r.reads(m.figures.Wave, one) {
			continue
		}
		answers = append(answers, r.answer(m.figures.Wave, one, ref.Place, mask))
	}
	return answers, r.record(ctx, req)
}

// answer is one whole answer as it may be shown. Of by-name answers it is noted
// whose it is, for the audit.
func (r *reporting) answer(w survey.Wave, one *survey.Response, place int, mask func(string) string) view.SurveyAnswer {
	said := one.Comments[place]
	a := view.SurveyAnswer{Wave: w.Name, Audience: w.Audience, Day: analysis.NoDay, Month: w.Day, Question: said.Question, Text: mask(said.Text),
		NPS: analysis.NotSaid, Grade: analysis.NotSaid}
	if w.Guarded() {
		return a
	}
	a.Day, a.NPS, a.Grade = one.Day, one.NPS, one.Grade
	if one.Group != 0 {
		a.Who, a.Client = r.groups[one.Group].Name, one.Client
		r.read = append(r.read, storage.AuditLine{Client: one.Client, Group: one.Group})
	}
	return a
}
