package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// choices answers /onderzoek instellingen: the themes with the words that show an
// answer is about them, the words of appreciation and the borders, each with where
// it comes from. It changes nothing.
func (c SurveyScreens) choices(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	chosen, err := SurveyChoices(ctx, c.Use.Settings)
	if err != nil {
		return Reply{}, err
	}
	kept, err := c.Use.Settings.Settings(ctx, "survey/")
	if err != nil {
		return Reply{}, fmt.Errorf("read the settings of surveys: %w", err)
	}
	by := map[string]storage.Setting{}
	for _, s := range kept {
		if len(s.Value) > 0 {
			by[s.Key] = s
		}
	}
	shown := view.SurveyChosen{Choices: chosen, Themes: origin(by[surveyThemesKey]), Ladder: origin(by[surveyLadderKey]),
		Fewest: origin(by[surveyFewestKey]), Cut: origin(by[surveyCutKey]), AsOf: req.today(),
		MayChange: analysis.Allow(req.Actor, analysis.ChooseValue, analysis.Subject{})}
	for _, t := range summaryThemes(chosen) {
		shown.Seeds = append(shown.Seeds, survey.Theme{Name: t.Name, Seeds: t.Seeds})
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "survey.settings"}); err != nil {
		return Reply{}, err
	}
	return Say(view.SurveySettings(locale.New(req.Lang, req.Zone), shown)), nil
}

// origin says when a setting was chosen; zero where the office chose nothing.
func origin(s storage.Setting) view.SurveyOrigin {
	if s.Key == "" {
		return view.SurveyOrigin{}
	}
	return view.SurveyOrigin{Own: true, At: s.At}
}
