package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// followIntents are the lists of answers that ask for somebody.
var followIntents = map[ask.Intent]storage.FollowUpKind{ask.SurveyAmbassadors: storage.Ambassador, ask.SurveyWinback: storage.Winback, ask.SurveyLeads: storage.Lead}

// opinions answers what people said of the office.
func (a *answering) opinions(ctx context.Context) (string, error) {
	if kind, ok := followIntents[a.Intent]; ok {
		return a.followed(ctx, kind)
	}
	audience := cmp.Or(a.Slots.Audience, analysis.AskedClients)
	waves, err := a.Survey.List(ctx, a.req.Actor)
	if err != nil {
		return "", err
	}
	waves = slices.DeleteFunc(waves, func(w survey.Wave) bool {
		p := a.Slots.Period
		return w.Audience != audience || w.Responses == 0 || p.Known() && (w.Day < p.From || w.Day > p.To)
	})
	if len(waves) == 0 {
		return a.p.T("ask.survey.none", analysis.Args{"audience": string(audience)}), nil
	}
	wave := waves[len(waves)-1]
	report, guarded, err := a.surveyed(ctx, wave)
	if err != nil || guarded {
		return a.p.T("ask.survey.guarded", analysis.Args{"name": a.thing(wave.Name), "audience": string(wave.Audience)}), err
	}
	text := view.AnswerSurvey(a.p, string(a.Intent), a.theme(a.Slots.Theme), a.reported(report))
	if a.manager.ID == 0 && a.Slots.Segment == "" {
		return text, nil
	}
	words := a.scope()
	if a.Slots.Segment != "" {
		words = a.p.T("ask.scope.segment", analysis.Args{"scope": words, "segment": string(a.Slots.Segment)})
	}
	return words + ": " + text, nil
}

// surveyed is the report of a wave, of the segment or portfolio that was named. One in
// which nobody may be recognised is guarded: it is not divided.
func (a *answering) surveyed(ctx context.Context, wave survey.Wave) (report view.SurveyReport, guarded bool, err error) {
	about := surveyAsk{name: wave.Name, audience: wave.Audience, action: "survey.report",
		words: a.Intent == ask.SurveyReport || a.Intent == ask.SurveyTheme,
		cut:   view.SurveyCut{Segment: a.Slots.Segment}}
	if about.cut.Segment == "" {
		about.cut.Manager = a.manager.ID
	}
	if about.holds, err = cutHolds(ctx, a.req.Actor, a.Portfolio.Segments, about.cut); err != nil {
		return report, false, err
	}
	if about.holds != nil && wave.Guarded() {
		return report, true, nil
	}
	if by := about.holds; by != nil && a.manager.ID != 0 && about.cut.Manager == 0 { // a segment of a portfolio
		about.holds = func(g storage.Listed) bool { return by(g) && (g.Manager == a.manager.ID || g.Partner == a.manager.ID) }
	}
	fresh := false
	key := fmt.Sprint("survey/", wave.ID, about.words, about.cut, a.manager.ID, a.req.Lang, a.req.Actor.Roles, a.req.Actor.Manager)
	report, err = fromBooks(ctx, a.Ask, a.req.today(), key, func() (view.SurveyReport, error) {
		fresh = true
		return a.Survey.about(ctx, a.req, about)
	})
	if err == nil && !fresh { // what it shows was recorded when it was made
		err = audit(ctx, a.Client.Store, a.req, storage.AuditLine{Action: about.action})
	}
	return report, false, err
}

// followed lists ambassadors, ex-clients to win back or leads.
func (a *answering) followed(ctx context.Context, kind storage.FollowUpKind) (string, error) {
	all, err := a.Follow.all(ctx, a.req, kind)
	if err != nil {
		return "", err
	}
	if a.manager.ID != 0 {
		all = slices.DeleteFunc(all, func(f followed) bool {
			return f.group.Manager != a.manager.ID && f.group.Partner != a.manager.ID && f.now.Owner != a.manager.ID
		})
	}
	if s := a.Slots.Segment; s != "" {
		_, standing, err := standingNow(ctx, a.Portfolio.Segments)
		if err != nil {
			return "", err
		}
		all = slices.DeleteFunc(all, func(f followed) bool { return standing[f.group.ID] != s })
	}
	if p := a.Slots.Period; p.Known() {
		all = slices.DeleteFunc(all, func(f followed) bool { return f.wave.Day < p.From || f.wave.Day > p.To })
	}
	var lines []string
	for _, f := range all[:min(cmp.Or(min(a.Slots.Limit, 50), answerRows), len(all))] {
		name := cmp.Or(a.hidden(prompts.VeiledOrganisation, a.groupKey(f.group.ID), f.group.Name), a.p.T("ask.somebody", nil))
		note := a.p.T("ask.follow."+string(f.state()), nil)
		lines = append(lines, strings.Join([]string{name, a.thing(f.wave.Name), note}, " · "))
	}
	return view.AnswerLines(a.p, a.p.N("ask.follow."+string(kind), len(all), analysis.Args{"scope": a.scope()}), lines, len(all)-len(lines)), nil
}
