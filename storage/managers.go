package storage

import (
	"context"

	"klantbot/analysis"
)

// Managers reads the people of the office who hold relationships or answer for
// them.
type Managers interface {
	// Manager returns one of them, or an analysis.NotFound error.
	Manager(ctx context.Context, id analysis.ManagerID) (analysis.Manager, error)
	// ManagerByEmail finds by e-mail, in any case, or analysis.NotFound.
	ManagerByEmail(ctx context.Context, email string) (analysis.Manager, error)
	// AllManagers returns everybody, by id.
	AllManagers(ctx context.Context) ([]analysis.Manager, error)
	// AnswersForClients reports whether id is the partner (vennoot) of any
	// group: that makes them a partner where no role was given by hand.
	AnswersForClients(ctx context.Context, id analysis.ManagerID) (bool, error)
}
