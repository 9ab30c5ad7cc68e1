package commands

import (
	"context"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// ask says what a part of a report has to read, and refuses cuts that show other
// people's clients. Answers by name are for the manager of the client, partners
// and administrators: so is a report of a portfolio, and of a segment, in which one
// can be alone.
func (c SurveyScreens) ask(ctx context.Context, req Request, spot view.SurveySpot) (surveyAsk, error) {
	ask := surveyAsk{wave: spot.Wave, cut: spot.Cut, action: "survey." + string(spot.Part)}
	switch spot.Part {
	case view.SurveySaid, view.SurveyQuotes, view.SurveyTheme:
		ask.words = true
	}
	var err error
	ask.holds, err = cutHolds(ctx, req.Actor, c.Segments, spot.Cut)
	return ask, err
}

// cutHolds says which clients a cut by segment or portfolio is about, to who may read
// their answers; nil: everybody.
func cutHolds(ctx context.Context, actor analysis.Actor, segments storage.Segments, cut view.SurveyCut) (func(storage.Listed) bool, error) {
	switch {
	case cut.Segment != "":
		if !analysis.Allow(actor, analysis.ReadAnswers, analysis.Subject{}) {
			return nil, refuse()
		}
		_, standing, err := standingNow(ctx, segments)
		if err != nil {
			return nil, err
		}
		return func(g storage.Listed) bool { return g.ID != 0 && standing[g.ID] == cut.Segment }, nil
	case cut.Manager != 0:
		if !analysis.Allow(actor, analysis.ReadAnswers, analysis.Subject{Manager: cut.Manager}) {
			return nil, refuse()
		}
		return func(g storage.Listed) bool {
			return g.ID != 0 && (g.Manager == cut.Manager || g.Partner == cut.Manager)
		}, nil
	}
	return nil, nil
}

// cutTitle words whom a report is about; empty for everybody.
func (c SurveyScreens) cutTitle(ctx context.Context, p *locale.Printer, report view.SurveyReport, cut view.SurveyCut) (string, error) {
	switch {
	case cut.Segment != "":
		return p.T("survey.cut.segment", analysis.Args{"segment": string(cut.Segment)}), nil
	case cut.Manager != 0:
		m, err := c.Managers.Manager(ctx, cut.Manager)
		if err != nil {
			return "", err
		}
		return p.T("survey.cut.portfolio", analysis.Args{"name": nameOf(m)}), nil
	case cut.Market != "":
		for _, a := range report.Audiences {
			for _, m := range a.AllMarkets {
				if view.SurveyMark(m.Market) == cut.Market {
					return p.T("survey.cut.market", analysis.Args{"market": m.Market}), nil
				}
			}
		}
		return p.T("survey.cut.market", analysis.Args{"market": "–"}), nil
	}
	return "", nil
}

// holders are the people with a portfolio, by name, for who may read about all of
// them.
func (c SurveyScreens) holders(ctx context.Context, actor analysis.Actor) ([]view.SurveyHolder, error) {
	if !analysis.Allow(actor, analysis.ReadAnswers, analysis.Subject{}) {
		return nil, nil
	}
	all, err := c.Managers.AllManagers(ctx)
	if err != nil {
		return nil, fmt.Errorf("read who holds a portfolio: %w", err)
	}
	var holders []view.SurveyHolder
	for _, m := range all {
		holders = append(holders, view.SurveyHolder{ID: m.ID, Name: nameOf(m)})
	}
	analysis.Sort(holders, func(a, b view.SurveyHolder) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	return holders, nil
}
