package commands

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/chart"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// quadrantLetter is the kind of ledger entry that sends importance against
// performance as a picture. Its Subject is the spot it was asked at.
const quadrantLetter = "survey.quadrant"

// Send answers *Stuur mij het plaatje* under the themes: it comes as a direct
// message.
func (c SurveyScreens) Send(ctx context.Context, req Request) (Reply, error) {
	spot, ok := view.ParseSurveySpot(req.Value)
	if !ok {
		return Reply{}, outdated()
	}
	if _, err := c.ask(ctx, req, spot); err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	e := storage.LedgerEntry{Key: "survey/" + req.Key, Kind: quadrantLetter, User: req.Actor.User, Lang: string(req.Lang), Subject: spot.String(),
		Author: req.Actor.User, At: req.At, Due: c.Now()}
	err := c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "survey.send", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the picture: %w", err)
	}
	m := view.Say(locale.New(req.Lang, req.Zone).T("pyramid.sent", nil))
	return Reply{Now: &m, Beside: true}, nil
}

// Letter draws importance against performance when it is sent. What it shows of
// anonymous answers is recorded like any report.
func (c SurveyScreens) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	spot, ok := view.ParseSurveySpot(e.Subject)
	if !ok {
		return view.Message{}, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	req := Request{Key: e.Key, Actor: operatorOf(e), Lang: locale.Lang(e.Lang), At: e.At}
	spot = spot.To(view.SurveyThemes, "")
	ask, err := c.ask(ctx, req, spot)
	if err != nil {
		return view.Message{}, err
	}
	report, err := c.Use.about(ctx, req, ask)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(req.Lang, nil)
	screen := view.SurveyScreen{SurveyReport: report, Spot: spot, AsOf: req.today(), Sent: true}
	if screen.Title, err = c.cutTitle(ctx, p, report, spot.Cut); err != nil {
		return view.Message{}, err
	}
	m := view.SurveyMessage(p, screen)
	drawn, options := drawnThemes(p, report), chart.Options{Scope: report.Name, AsOf: report.Leading().Wave.Day}
	if len(drawn.Points) == 0 {
		return m, nil
	}
	return pictured(m, fmt.Sprintf("themas-%s", report.Leading().Wave.Day), chart.ImportanceText(p, drawn, options),
		func(w io.Writer) error { return chart.ImportanceAgainstPerformance(w, p, drawn, options) })
}

// themeCorners are the fields of the picture by quadrant.
var themeCorners = map[survey.Quadrant]chart.ThemeCorner{survey.Concentrate: chart.ThemeWork, survey.Keep: chart.ThemeKeep,
	survey.LowPriority: chart.ThemeLow, survey.Overdone: chart.ThemeMuch}

// drawnThemes is what the picture is made of: the themes with both means.
func drawnThemes(p *locale.Printer, report view.SurveyReport) chart.Themes {
	a := report.Leading()
	t := chart.Themes{Scale: a.Wave.Scale, N: a.Wave.Responses}
	if a.Cut == nil {
		return t
	}
	t.Importance, t.Performance = a.Cut.Importance, a.Cut.Performance
	for _, f := range a.Themes {
		if corner, placed := themeCorners[f.Quadrant]; placed {
			t.Points = append(t.Points, chart.ThemePoint{Name: view.ThemeWords(p, f.Name), Importance: f.Importance.Mean, Performance: f.Performance.Mean, Corner: corner})
		}
	}
	analysis.Sort(t.Points, func(a, b chart.ThemePoint) int { return cmp.Compare(b.Importance, a.Importance) })
	return t
}
