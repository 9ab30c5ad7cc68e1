package storage

import (
	"context"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
)

// Surveys reads what was asked and answered.
type Surveys interface {
	// Waves returns every wave with how many answers it has, the oldest first.
	Waves(ctx context.Context) ([]survey.Wave, error)
	// Responses returns the answers of a wave in the order of their ids; a wave
	// that is not there has none. Groups are those of the clients now.
	Responses(ctx context.Context, wave analysis.WaveID) ([]survey.Response, error)
	// NamedResponses returns the answers of waves by name that are of a client, of
	// one group, or of all for group 0, in the order of their ids.
	NamedResponses(ctx context.Context, group analysis.GroupID) ([]survey.Response, error)
	// ShownCells returns everything that was ever shown of a wave in which nobody
	// may be recognised, in the order of showing.
	ShownCells(ctx context.Context, wave analysis.WaveID) ([]survey.Cell, error)
	// RefusedRows returns how many rows were refused by the imports that brought
	// answers of waves.
	RefusedRows(ctx context.Context, waves []analysis.WaveID) (int, error)
}

// SurveyTx writes what is not imported.
type SurveyTx interface {
	// FixWave makes a wave before it is asked, with what its respondents are told
	// about their names: from then on that is how answers come in. A wave that is
	// there with the same disclosure stays as it is; with another one it is
	// analysis.Invalid. Employees answer anonymously: by name is analysis.Invalid.
	FixWave(ctx context.Context, w survey.Wave, by analysis.UserID, at time.Time) error
	// RecordShown adds cells to what was ever shown of a wave. Between reading
	// what was shown before and this call another report may have been shown:
	// where there are more than seen cells by now, nothing is recorded and
	// recorded is false, and the caller begins again.
	RecordShown(ctx context.Context, wave analysis.WaveID, seen int, cells []survey.Cell, at time.Time) (recorded bool, err error)
}
