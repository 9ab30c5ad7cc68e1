package commands

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/storage"
)

const (
	preparedQuotes  = 4
	preparedActions = 4
)

// prepare is one page to take to a talk with the client on card. What its people said
// is in it for who may read that, and never what was promised to stay anonymous.
func (a *answering) prepare(ctx context.Context, card view.Card) (string, error) {
	v := view.Preparation{Card: card}
	if analysis.Allow(a.req.Actor, analysis.ReadAnswers, subject(card.Group)) {
		var err error
		if v.Quotes, err = a.quotesOf(ctx, card); err != nil {
			return "", err
		}
	}
	if a.Actions != nil {
		all, total, err := a.Actions.Actions(ctx, storage.ActionFilter{Group: card.Group.ID, Pending: true}, 0, preparedActions)
		if err != nil {
			return "", fmt.Errorf("read the actions for group %d: %w", card.Group.ID, err)
		}
		for _, one := range all {
			v.Actions = append(v.Actions, a.p.T("ask.action.line", analysis.Args{"then": a.written(one.Then), "day": a.p.Near(one.Due, card.AsOf)}))
		}
		if more := total - len(all); more > 0 {
			v.Actions = append(v.Actions, strings.TrimPrefix(a.p.N("client.more", more, nil), ", "))
		}
	}
	v.Questions = questionsFor(v)
	a.out.Prepared = &v
	return view.PrepareText(a.p, v), nil
}

// quotesOf is what the people of a client said by name, in surveys and outside them,
// the newest first.
func (a *answering) quotesOf(ctx context.Context, card view.Card) ([]view.PrepareQuote, error) {
	var quotes []view.PrepareQuote
	for _, f := range card.Feedback {
		quotes = append(quotes, view.PrepareQuote{Day: f.Day, About: f.Theme, Words: f.Words})
	}
	if a.Survey.Surveys != nil {
		said, err := a.Survey.Surveys.NamedResponses(ctx, card.Group.ID)
		if err != nil {
			return nil, fmt.Errorf("read what a group answered: %w", err)
		}
		waves, err := a.Survey.Surveys.Waves(ctx)
		if err != nil {
			return nil, fmt.Errorf("read the surveys: %w", err)
		}
		by := map[analysis.WaveID]survey.Wave{}
		for _, w := range waves {
			by[w.ID] = w
		}
		for _, r := range said {
			w := by[r.Wave]
			if w.ID == 0 || w.Guarded() {
				continue
			}
			for _, c := range r.Comments {
				quotes = append(quotes, view.PrepareQuote{Day: cmp.Or(max(r.Day, 0), w.Day), About: a.written(c.Question), Words: a.written(strings.Join(strings.Fields(c.Text), " "))})
			}
		}
	}
	analysis.Sort(quotes, func(x, y view.PrepareQuote) int { return cmp.Compare(y.Day, x.Day) })
	return quotes[:min(len(quotes), preparedQuotes)], nil
}
