package commands

import (
	"context"
	"errors"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/lifetime"
	"klantbot/analysis/value"
	"klantbot/storage"
)

// Conditions under which something is said of one client. With fewer a single
// departure moves everybody's figure. Source: DOMAIN.md, "Lifetime value".
const (
	fewestClients = 100
	fewestCohorts = 3
)

// discount is what a year's wait takes off an amount: d in DOMAIN.md.
const discount = .08

// Lifetime fits how long the office's clients stay and what they still bring.
type Lifetime struct {
	Portfolio storage.Portfolio
	Fits      storage.Lifetimes
	Segments  storage.Segments
	Store     storage.Writer
}

// Fit fits every model to the office's own history up to the request's day,
// keeps what came of it, also that there is no fit, and returns it. An office
// without revenue is an analysis.Invalid error.
func (c Lifetime) Fit(ctx context.Context, req Request) ([]storage.LifetimeFit, error) {
	if !analysis.Allow(req.Actor, analysis.DraftSegments, analysis.Subject{}) {
		return nil, refuse()
	}
	t, err := c.tenures(ctx, req.today())
	if err != nil {
		return nil, err
	}
	if t.earning == 0 {
		return nil, analysis.Fail(analysis.Invalid, "lifetime.office.empty", nil)
	}
	fits := t.fit()
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "fit.lifetime", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		for i := range fits {
			fits[i].AsOf, fits[i].By, fits[i].At = req.today(), req.Actor.User, req.At
			if err := tx.SaveLifetime(ctx, fits[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("keep the lifetime fits: %w", err)
	}
	return fits, nil
}

// stale is how many months a fit lasts when nothing is made final meanwhile.
const stale = 3

// Keep fits anew where there is no fit yet, where a segmentation became final
// since the last one, and where that is three months old, and reports whether it
// did. An office without revenue waits for some.
func (c Lifetime) Keep(ctx context.Context, at time.Time) (fitted bool, err error) {
	req := Request{Key: fmt.Sprintf("lifetime/%d", at.UnixMilli()), At: at, Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}}
	fits, err := c.Fits.LifetimeFits(ctx)
	if err != nil {
		return false, fmt.Errorf("read the lifetime fits: %w", err)
	}
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return false, fmt.Errorf("read the segmentations: %w", err)
	}
	if len(fits) > 0 && fits[0].AsOf.AddMonths(stale) > req.today() && !madeFinalSince(versions, fits[0].At) {
		return false, nil
	}
	if _, err = c.Fit(ctx, req); analysis.KindOf(err) == analysis.Invalid {
		return false, nil
	}
	return err == nil, err
}

func madeFinalSince(versions []analysis.SegmentVersion, at time.Time) bool {
	for _, v := range versions {
		if v.State == analysis.Final && v.FinalAt.After(at) {
			return true
		}
	}
	return false
}

// tenures is what the models are fitted to.
type tenures struct {
	asOf    analysis.Day
	cohorts map[cohortKey][]float64
	clients int          // with a mandate
	began   map[int]bool // first years of those
	yearly  float64      // of all groups that earn, cents
	earning int

	jobs     []lifetime.History // whole, and until a year ago with what was bought since
	before   []lifetime.History
	since    []int
	spending []lifetime.Spending
}

// cohortKey is who began together: the first year seen and the age then;
// negative where that is not known.
type cohortKey struct{ first, age int }

// tenures reads the office twice: which services come back must be known before
// it can be said who stayed.
func (c Lifetime) tenures(ctx context.Context, asOf analysis.Day) (*tenures, error) {
	renewals, records := value.NewRenewals(asOf), analysis.NoDay
	for h, err := range c.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		if h.Objects {
			continue
		}
		renewals.Add(h.Months)
		if len(h.Months) > 0 && (!records.Known() || h.Months[0].Month < records) {
			records = h.Months[0].Month
		}
	}
	mandates := renewals.Mandates()
	t := &tenures{asOf: asOf, cohorts: map[cohortKey][]float64{}, began: map[int]bool{}}
	for h, err := range c.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		if h.Objects {
			continue
		}
		if y := value.YearlyRevenue(h.Months, asOf); y.Known && y.Amount > 0 {
			t.yearly, t.earning = t.yearly+float64(y.Amount), t.earning+1
		}
		if tenure, ok := mandates.Tenure(h.Months, h.Since, h.Until, records, asOf); ok {
			t.addTenure(tenure)
		}
		t.addJobs(mandates.Jobs(h.Months, asOf))
	}
	return t, nil
}

// addTenure counts a group in every year that is over and in which it was there.
func (t *tenures) addTenure(tenure value.Tenure) {
	last := value.LastWholeYear(t.asOf)
	if tenure.First > last {
		return
	}
	t.clients++
	t.began[tenure.First] = true
	key := cohortKey{tenure.First, tenure.Age}
	counts := t.cohorts[key]
	if counts == nil {
		counts = make([]float64, last-tenure.First+1)
		t.cohorts[key] = counts
	}
	for year := tenure.First; year <= min(last, tenure.Last); year++ {
		counts[year-tenure.First]++
	}
}

// addJobs adds the one-off work of a group, in months, whole and as it was a
// year ago.
func (t *tenures) addJobs(jobs []value.Job) {
	if len(jobs) == 0 {
		return
	}
	h := historyOf(jobs, t.asOf)
	t.jobs = append(t.jobs, h)
	if h.Frequency > 0 {
		t.spending = append(t.spending, spendingOf(jobs))
	}
	ago, n := t.asOf.AddMonths(-12), 0
	for n < len(jobs) && jobs[n].Month <= ago {
		n++
	}
	if n > 0 {
		t.before, t.since = append(t.before, historyOf(jobs[:n], ago)), append(t.since, len(jobs)-n)
	}
}

// historyOf is what a group's jobs are to BG/NBD, in months.
func historyOf(jobs []value.Job, asOf analysis.Day) lifetime.History {
	first := jobs[0].Month
	return lifetime.History{Frequency: len(jobs) - 1, Recency: monthsFrom(first, jobs[len(jobs)-1].Month), T: monthsFrom(first, asOf)}
}

func monthsFrom(from, to analysis.Day) float64 { return float64(to-from) * 12 / 365.25 }

// spendingOf is the mean of the jobs after the first, in euros.
func spendingOf(jobs []value.Job) lifetime.Spending {
	sum := 0.
	for _, j := range jobs[1:] {
		sum += j.Amount.Euros()
	}
	return lifetime.Spending{Frequency: len(jobs) - 1, Mean: sum / float64(len(jobs)-1)}
}

// fitFailure names the sentence that says why there is no fit.
func fitFailure(err error) string {
	for _, r := range []struct {
		err error
		key string
	}{
		{lifetime.ErrTooFew, "lifetime.office.too_few"}, {lifetime.ErrNoRepeats, "lifetime.office.no_repeats"},
		{lifetime.ErrNoLosses, "lifetime.office.no_losses"}, {lifetime.ErrNoSpread, "lifetime.office.no_spread"},
	} {
		if errors.Is(err, r.err) {
			return r.key
		}
	}
	return "lifetime.office.not_converged"
}
