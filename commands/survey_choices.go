package commands

import (
	"context"
	"encoding/json"
	"fmt"

	"klantbot/analysis/survey"
	"klantbot/storage"
)

// Keys of the settings of surveys, each a JSON value that is read leniently.
const (
	surveyThemesKey = "survey/themes" // []survey.Theme
	surveyLadderKey = "survey/ladder" // []survey.Step
	surveyFewestKey = "survey/fewest" // a number, at least survey.Fewest
	surveyCutKey    = "survey/cut"    // {"importance":4,"performance":3.5}; without one the grand mean
)

// SurveyChoices reads what the office chose of its surveys.
func SurveyChoices(ctx context.Context, s storage.Settings) (survey.Choices, error) {
	c := survey.Defaults()
	all, err := s.Settings(ctx, "survey/")
	if err != nil {
		return c, fmt.Errorf("read the settings of surveys: %w", err)
	}
	for _, one := range all {
		if len(one.Value) == 0 {
			continue // back to the default
		}
		if err := chooseSurvey(&c, one.Key, one.Value); err != nil {
			return c, fmt.Errorf("read setting %s: %w", one.Key, err)
		}
	}
	c.Fewest = max(c.Fewest, survey.Fewest)
	return c, nil
}

func chooseSurvey(c *survey.Choices, key string, value []byte) error {
	switch key {
	case surveyThemesKey:
		c.Themes = nil
		return json.Unmarshal(value, &c.Themes)
	case surveyLadderKey:
		c.Ladder = nil
		return json.Unmarshal(value, &c.Ladder)
	case surveyFewestKey:
		return json.Unmarshal(value, &c.Fewest)
	case surveyCutKey:
		var cut struct{ Importance, Performance *float64 }
		if err := json.Unmarshal(value, &cut); err != nil {
			return err
		}
		if cut.Importance != nil {
			c.Cut.Importance = *cut.Importance
		}
		if cut.Performance != nil {
			c.Cut.Performance = *cut.Performance
		}
	}
	return nil
}

// saveSurveyThemes keeps the office's themes as the version after version; those an
// office begins with are no choice.
func saveSurveyThemes(ctx context.Context, tx storage.SettingTx, themes []survey.Theme, version int, req Request) error {
	if err := survey.CheckThemes(themes); err != nil {
		return err
	}
	if sameWords(themes, survey.DefaultThemes()) {
		themes = nil
	}
	return saveSurvey(ctx, tx, surveyThemesKey, themes, version, req)
}

// saveSurveyLadder does so with the office's words of appreciation.
func saveSurveyLadder(ctx context.Context, tx storage.SettingTx, ladder []survey.Step, version int, req Request) error {
	if err := survey.CheckLadder(ladder); err != nil {
		return err
	}
	if sameWords(ladder, survey.DefaultLadder()) {
		ladder = nil
	}
	return saveSurvey(ctx, tx, surveyLadderKey, ladder, version, req)
}

// saveSurvey keeps a choice; none is the default again.
func saveSurvey[T any](ctx context.Context, tx storage.SettingTx, key string, chosen []T, version int, req Request) error {
	s := storage.Setting{Key: key, Version: version, By: req.Actor.User, At: req.At}
	if len(chosen) > 0 {
		var err error
		if s.Value, err = json.Marshal(chosen); err != nil {
			return fmt.Errorf("write setting %s: %w", key, err)
		}
	}
	return tx.Set(ctx, s)
}
