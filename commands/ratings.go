package commands

import (
	"context"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/view"
)

// Ratings is what clients said of the office by name: klantwaardering. A nil
// Ratings is an office that never asked.
type Ratings interface {
	Rated
	// RatingsHigh returns, for every group that was measured up to asOf, whether it
	// rates the office high. Groups that are left out were not measured.
	RatingsHigh(ctx context.Context, asOf analysis.Day) (map[analysis.GroupID]value.Truth, error)
	// Rating returns what group g rates the office as of asOf, and false where it
	// was not measured.
	Rating(ctx context.Context, g analysis.GroupID, asOf analysis.Day) (survey.Rating, bool, error)
	// Themes returns the at most three themes that the groups find most important,
	// the most important first, each with how the office does on it. Empty where too
	// few of them were asked.
	Themes(ctx context.Context, groups []analysis.GroupID, asOf analysis.Day) ([]view.TypeTheme, error)
}

// ratingsHigh asks r, which may be nil.
func ratingsHigh(ctx context.Context, r Ratings, asOf analysis.Day) (map[analysis.GroupID]value.Truth, error) {
	if r == nil {
		return nil, nil
	}
	return r.RatingsHigh(ctx, asOf)
}

// Rated is klantwaardering by group: what its people answered by name, never
// what was promised to stay anonymous.
type Rated interface {
	// Ratings returns the rating of every group that answered by name.
	Ratings(ctx context.Context, asOf analysis.Day) (map[analysis.GroupID]survey.Rating, error)
}
