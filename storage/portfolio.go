package storage

import (
	"context"
	"iter"

	"klantbot/analysis"
)

// Portfolio reads what figures of the whole office are made of.
type Portfolio interface {
	// Histories yields every relatiegroep that is not merged into another, in the
	// order of its id, with its history until asOf. It streams one moment of the
	// database: an office of a million groups is never held whole by the store.
	// The sequence ends at the first error, which it yields. What clients are is
	// as the store knows it now; revenue, cost and Until are up to asOf.
	Histories(ctx context.Context, asOf analysis.Day) iter.Seq2[analysis.GroupHistory, error]
	// CountGroups returns how many groups Histories yields to who sees everything, or
	// most where there are more.
	CountGroups(ctx context.Context, most int) (int, error)
	// ForbiddenServices returns the services that independence rules keep from
	// clients the office audits.
	ForbiddenServices(ctx context.Context) (map[analysis.ServiceID]bool, error)
	// PortfolioVersion returns a mark that is another one whenever anything that
	// figures of the whole office are made of may have changed: what Histories
	// yields, judgements, settings, objections and forbidden services. It is cheap enough to ask every second, and
	// is only ever compared: marks have no order.
	PortfolioVersion(ctx context.Context) (string, error)
	// AnswersVersion returns such a mark of more: of what PortfolioVersion marks, and of
	// segmentations, contacts, marks and absences of the attention plan, and answers to
	// surveys.
	AnswersVersion(ctx context.Context) (string, error)
}
