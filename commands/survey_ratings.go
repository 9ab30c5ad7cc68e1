package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/storage"
)

// SurveyRatings fulfils Ratings by what clients answered by name; see
// survey.Ratings for what high is.
type SurveyRatings struct{ Surveys storage.Surveys }

var _ Ratings = SurveyRatings{}

// RatingsHigh fulfils Ratings.
func (c SurveyRatings) RatingsHigh(ctx context.Context, asOf analysis.Day) (map[analysis.GroupID]value.Truth, error) {
	rated, err := c.Ratings(ctx, asOf)
	if err != nil {
		return nil, err
	}
	high := make(map[analysis.GroupID]value.Truth, len(rated))
	for group, r := range rated {
		high[group] = value.No
		if r.High {
			high[group] = value.Yes
		}
	}
	return high, nil
}

// Ratings fulfils Rated.
func (c SurveyRatings) Ratings(ctx context.Context, asOf analysis.Day) (map[analysis.GroupID]survey.Rating, error) {
	waves, responses, err := c.byName(ctx)
	return survey.Ratings(waves, responses, asOf), err
}

// Rating fulfils Ratings.
func (c SurveyRatings) Rating(ctx context.Context, g analysis.GroupID, asOf analysis.Day) (survey.Rating, bool, error) {
	responses, err := c.Surveys.NamedResponses(ctx, g)
	if err != nil || len(responses) == 0 {
		return survey.Rating{}, false, err
	}
	waves, err := c.Surveys.Waves(ctx)
	if err != nil {
		return survey.Rating{}, false, fmt.Errorf("read waves: %w", err)
	}
	rating, ok := survey.Ratings(waves, responses, asOf)[g]
	return rating, ok, nil
}

func (c SurveyRatings) byName(ctx context.Context) ([]survey.Wave, []survey.Response, error) {
	waves, err := c.Surveys.Waves(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read waves: %w", err)
	}
	if !slices.ContainsFunc(waves, func(w survey.Wave) bool { return !w.Guarded() && w.Responses > 0 }) {
		return waves, nil, nil
	}
	responses, err := c.Surveys.NamedResponses(ctx, 0)
	return waves, responses, err
}

// fewestScores is how many scores make a theme of a client type worth naming.
const fewestScores = 3

// Themes fulfils Ratings.
func (c SurveyRatings) Themes(ctx context.Context, groups []analysis.GroupID, asOf analysis.Day) ([]view.TypeTheme, error) {
	of := map[analysis.GroupID]bool{}
	for _, g := range groups {
		of[g] = true
	}
	importance, performance, _, err := c.scores(ctx, func(g analysis.GroupID) bool { return of[g] }, asOf)
	return foremost(importance, performance), err
}

// Concerns are the themes that clients that hold find important and rate badly,
// against the means of all their themes, the gravest first. enough is false where no
// theme was rated by session.Fewest persons: then nothing can be said of those clients.
func (c SurveyRatings) Concerns(ctx context.Context, holds func(analysis.GroupID) bool, asOf analysis.Day) (concerns []session.Concern, enough bool, err error) {
	importance, performance, persons, err := c.scores(ctx, holds, asOf)
	if err != nil {
		return nil, false, err
	}
	var themes []survey.ThemeFigures
	for name, scores := range importance {
		themes = append(themes, survey.ThemeFigures{Name: name, Importance: survey.Estimated(scores), Performance: survey.Estimated(performance[name])})
	}
	survey.GrandMeans().Place(themes)
	analysis.Sort(themes, func(a, b survey.ThemeFigures) int {
		return cmp.Or(cmp.Compare(a.Performance.Mean-a.Importance.Mean, b.Performance.Mean-b.Importance.Mean), cmp.Compare(a.Name, b.Name))
	})
	for _, t := range themes {
		enough = enough || len(persons[t.Name]) >= session.Fewest
		if t.Quadrant == survey.Concentrate {
			concerns = append(concerns, session.Concern{Theme: t.Name, N: len(persons[t.Name])})
		}
	}
	return concerns, enough, nil
}

// scores are what clients that hold answered by name of each theme. Only the last
// two years count, and where an office changed its scale the scale of the newest wave.
// persons are who rated a theme both ways: one who answered twice is one.
func (c SurveyRatings) scores(ctx context.Context, holds func(analysis.GroupID) bool, asOf analysis.Day) (importance, performance map[string][]float64, persons map[string]map[respondent]bool, err error) {
	waves, responses, err := c.byName(ctx)
	if err != nil || len(responses) == 0 {
		return nil, nil, nil, err
	}
	kept, newest := map[analysis.WaveID]bool{}, 0
	for _, w := range slices.Backward(waves) {
		if w.Audience == analysis.AskedClients && !w.Guarded() && w.Day <= asOf && w.Day > asOf.AddMonths(-survey.Stale) && w.Scale != 0 {
			newest = cmp.Or(newest, w.Scale)
			kept[w.ID] = w.Scale == newest
		}
	}
	importance, performance, persons = map[string][]float64{}, map[string][]float64{}, map[string]map[respondent]bool{}
	for _, r := range responses {
		for _, s := range r.Scores {
			if !kept[r.Wave] || !holds(r.Group) || s.Kind != analysis.ThemeScore {
				continue
			}
			if s.Importance != analysis.NotSaid {
				importance[s.Name] = append(importance[s.Name], s.Importance)
			}
			if s.Performance != analysis.NotSaid {
				performance[s.Name] = append(performance[s.Name], s.Performance)
			}
			if s.Importance != analysis.NotSaid && s.Performance != analysis.NotSaid {
				if persons[s.Name] == nil {
					persons[s.Name] = map[respondent]bool{}
				}
				persons[s.Name][respondent{r.Client, r.Contact}] = true
			}
		}
	}
	return importance, performance, persons, nil
}

// respondent is a person who answered by name. Who of a client answered is not always
// known: then all of them are one.
type respondent struct {
	client  analysis.ClientID
	contact analysis.ContactID
}

// foremost are the three most important themes.
func foremost(importance, performance map[string][]float64) []view.TypeTheme {
	var themes []view.TypeTheme
	for name, scores := range importance {
		if len(scores) >= fewestScores && len(performance[name]) >= fewestScores {
			themes = append(themes, view.TypeTheme{Name: name, Importance: survey.Estimated(scores).Mean, Performance: survey.Estimated(performance[name]).Mean})
		}
	}
	analysis.Sort(themes, func(a, b view.TypeTheme) int {
		return cmp.Or(-cmp.Compare(a.Importance, b.Importance), cmp.Compare(a.Name, b.Name))
	})
	return themes[:min(3, len(themes))]
}
