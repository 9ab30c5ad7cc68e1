package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// LifetimeModel names what says how long clients stay and what they still
// bring, as the command line does.
type LifetimeModel string

// The models.
const (
	Annuity    LifetimeModel = "annuity" // one rate for the whole office
	SBG        LifetimeModel = "sbg"     // yearly mandates
	BGNBD      LifetimeModel = "bgnbd"   // one-off jobs: how often
	GammaGamma LifetimeModel = "gg"      // one-off jobs: how much
)

// LifetimeFit is one model fitted to the office's own history, or why it could
// not be.
type LifetimeFit struct {
	Model   LifetimeModel
	AsOf    analysis.Day // the histories went up to this day
	Clients int          // groups it was fitted to
	Cohorts int          // years in which those began; 0 where that says nothing
	// Params are the parameters by the names they are published under; finite.
	Params        map[string]float64
	LogLikelihood float64
	// ModelError and NaiveError are the root mean square errors of the model and
	// of the naive guess over the last year, which neither was shown; HeldOut is
	// how many cohorts or clients were foretold, 0 where it was not checked.
	ModelError, NaiveError float64
	HeldOut                int
	Reason                 string // key of the sentence that says why there is no fit; empty: there is one
	By                     analysis.UserID
	At                     time.Time
}

// Better reports whether there is a fit and it beat the naive guess on the year
// it was not shown.
func (f LifetimeFit) Better() bool {
	return f.Reason == "" && f.HeldOut > 0 && f.ModelError < f.NaiveError
}

// Lifetimes reads the fits of the office.
type Lifetimes interface {
	// LifetimeFits returns the last fit of each model by model; none is an empty
	// list.
	LifetimeFits(ctx context.Context) ([]LifetimeFit, error)
	// CostSoFar returns what all hours of a group up to asOf cost, and the day of
	// the first; NoDay where there are none.
	CostSoFar(ctx context.Context, id analysis.GroupID, asOf analysis.Day) (analysis.Cents, analysis.Day, error)
}

// LifetimeTx records them; older ones are kept.
type LifetimeTx interface {
	// SaveLifetime records f beside earlier fits of its model. A figure that is
	// not finite is an error.
	SaveLifetime(ctx context.Context, f LifetimeFit) error
}

// ServiceTx says what is known of services beside their name.
type ServiceTx interface {
	// Forbid says whether independence rules keep service id from clients that
	// the office audits. A service that is not there is analysis.NotFound.
	Forbid(ctx context.Context, id analysis.ServiceID, forbidden bool) error
}
