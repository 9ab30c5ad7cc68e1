package commands

import (
	"cmp"
	"context"
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
	report, err := a.Survey.Report(ctx, a.req, wave.Name, audience)
	if err != nil {
		return "", err
	}
	return view.AnswerSurvey(a.p, string(a.Intent), a.theme(a.Slots.Theme), a.reported(report)), nil
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
	var lines []string
	for _, f := range all[:min(answerRows, len(all))] {
		name := cmp.Or(a.hidden(prompts.VeiledOrganisation, a.groupKey(f.group.ID), f.group.Name), a.p.T("ask.somebody", nil))
		note := a.p.T("ask.follow."+string(f.state()), nil)
		lines = append(lines, strings.Join([]string{name, a.thing(f.wave.Name), note}, " · "))
	}
	return view.AnswerLines(a.p, a.p.N("ask.follow."+string(kind), len(all), analysis.Args{"scope": a.scope()}), lines, len(all)-len(lines)), nil
}
