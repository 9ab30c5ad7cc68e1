package commands

import (
	"cmp"
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// clientAnswers is how many people's answers of a client are shown, the newest.
const clientAnswers = 4

// Client answers the choice of a client under *Uitsplitsen*: what its people
// answered by name. It is for those the respondents were told about.
func (c SurveyScreens) Client(ctx context.Context, req Request) (Reply, error) {
	id, err := clientOf(req.Value)
	if err != nil {
		return Reply{}, err
	}
	client, err := c.Clients.Client(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	group, err := c.Clients.Group(ctx, client.Group)
	if err != nil {
		return Reply{}, fmt.Errorf("read group %d: %w", client.Group, err)
	}
	if !analysis.Allow(req.Actor, analysis.ReadAnswers, subject(group)) {
		return Reply{}, analysis.Fail(analysis.Forbidden, "survey.client.forbidden", nil)
	}
	page, err := c.answered(ctx, group)
	if err != nil {
		return Reply{}, err
	}
	page.Client, page.AsOf = client, req.today()
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "survey.client", Client: id, Group: group.ID}); err != nil {
		return Reply{}, err
	}
	return Say(view.SurveyClient(locale.New(req.Lang, req.Zone), page)), nil
}

// answered reads what a group answered by name, the newest first.
func (c SurveyScreens) answered(ctx context.Context, group analysis.Group) (view.SurveyClientPage, error) {
	page := view.SurveyClientPage{Group: group}
	responses, err := c.Use.Surveys.NamedResponses(ctx, group.ID)
	if err != nil {
		return page, fmt.Errorf("read what a group answered: %w", err)
	}
	waves, err := c.Use.Surveys.Waves(ctx)
	if err != nil {
		return page, fmt.Errorf("read the surveys: %w", err)
	}
	by := map[analysis.WaveID]survey.Wave{}
	for _, w := range waves {
		by[w.ID] = w
	}
	analysis.Sort(responses, func(a, b survey.Response) int {
		return cmp.Or(cmp.Compare(by[b.Wave].Day, by[a.Wave].Day), cmp.Compare(b.Day, a.Day))
	})
	for _, r := range responses {
		if w := by[r.Wave]; !w.Guarded() && w.ID != 0 {
			page.All++
			if len(page.Answers) < clientAnswers {
				page.Answers = append(page.Answers, view.SurveyClientAnswer{Wave: w, Response: r})
			}
		}
	}
	return page, nil
}
