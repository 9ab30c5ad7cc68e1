package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Absence says that a manager is away, and who stands in.
type Absence struct {
	ID       int64
	Manager  analysis.ManagerID
	From, To analysis.Day       // both inclusive
	Deputy   analysis.ManagerID // 0: nobody
	By       analysis.UserID
	At       time.Time
}

// Absences reads them.
type Absences interface {
	// Absences returns those with a day in [from, to], in the order in which they
	// were written: of two about one day the later counts.
	Absences(ctx context.Context, from, to analysis.Day) ([]Absence, error)
}

// AbsenceTx writes them.
type AbsenceTx interface {
	// AddAbsence records a and returns its id. Days in the wrong order and
	// somebody who stands in for themselves are analysis.Invalid, people who are
	// not there analysis.NotFound.
	AddAbsence(ctx context.Context, a Absence) (int64, error)
	// RemoveAbsence takes one back, or analysis.NotFound.
	RemoveAbsence(ctx context.Context, id int64) error
}
