package commands

import (
	"context"
	"fmt"
	"math"

	"klantbot/analysis"
	"klantbot/analysis/lifetime"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Of the expectation about one client.
const (
	certainty = .8 // of the interval
	horizon   = 5  // years that one-off work is looked ahead
)

// patienceMonths is how long after the first invoice hours may begin and still
// tell what the whole relationship cost.
const patienceMonths = 3

// Lifetime says what the client of card brought and is expected to bring, or
// what is known of the office where nothing can be said of one client; nil where
// nothing was fitted yet.
func (c Cards) Lifetime(ctx context.Context, card view.Card) (*view.CardLifetime, error) {
	if c.Lifetimes == nil || card.Spared {
		return nil, nil
	}
	all, err := c.Lifetimes.LifetimeFits(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the lifetime fits: %w", err)
	}
	office, err := c.Market.now(ctx, card.AsOf)
	if err != nil || len(all) == 0 || office == nil {
		return nil, err
	}
	history, err := c.Revenue.MonthRevenue(ctx, card.Group.ID)
	if err != nil {
		return nil, fmt.Errorf("read the revenue of group %d: %w", card.Group.ID, err)
	}
	fits := map[storage.LifetimeModel]storage.LifetimeFit{}
	for _, f := range all {
		fits[f.Model] = f
	}
	annuity := fits[storage.Annuity]
	l := &view.CardLifetime{AsOf: all[0].AsOf, Discount: discount, Certainty: certainty, Horizon: horizon,
		Annuity: cents(annuity.Params["value"]), Retention: annuity.Params["r"], Clients: fits[storage.SBG].Clients, Cohorts: fits[storage.SBG].Cohorts}
	l.ToDate = revenueUntil(history, card.AsOf)
	if !remains(&card) {
		l.Why = "lifetime.client.gone"
		return l, nil
	}
	office.expect(l, card, history, fits)
	return l, c.netted(ctx, l, card, history)
}

// expect fills in what is still to come, or why that is not said.
func (s *surveyed) expect(l *view.CardLifetime, card view.Card, history []analysis.MonthRevenue, fits map[storage.LifetimeModel]storage.LifetimeFit) {
	tenure, yearly := s.mandates.Tenure(history, since(card.Members), leftOn(card.Members), s.records, card.AsOf)
	jobs := s.mandates.Jobs(history, card.AsOf)
	switch {
	case yearly && tenure.Last < value.LastWholeYear(card.AsOf):
		l.Why = "lifetime.client.ended"
	case yearly && !usable(l, fits[storage.SBG]):
	case yearly && tenure.Age < 0:
		l.Why = "lifetime.client.age"
	case yearly:
		expectMandates(l, fits[storage.SBG], tenure, s.mandates.Yearly(card.Group.ID, history, card.AsOf), card.AsOf)
	case len(jobs) == 0:
		l.Why = "lifetime.client.nothing"
	case !usable(l, fits[storage.BGNBD]):
	case fits[storage.GammaGamma].Reason != "":
		l.Why = fits[storage.GammaGamma].Reason
	default:
		expectJobs(l, fits[storage.BGNBD], fits[storage.GammaGamma], jobs, card.AsOf)
	}
}

// usable reports whether f may speak about one client, and else says why not.
func usable(l *view.CardLifetime, f storage.LifetimeFit) bool {
	switch {
	case f.Reason != "":
		l.Why = f.Reason
	case f.HeldOut == 0:
		l.Why = "lifetime.client.unchecked"
	case !f.Better():
		l.Why = "lifetime.client.naive"
	}
	l.ModelError, l.NaiveError = f.ModelError, f.NaiveError
	return l.Why == ""
}

// expectMandates is yearly work: so much a year for as long as it lasts. Where
// this year's was invoiced already the next renewal is a year away.
func expectMandates(l *view.CardLifetime, f storage.LifetimeFit, t value.Tenure, yearly analysis.Cents, asOf analysis.Day) {
	m := lifetime.SBG{A: f.Params["a"], B: f.Params["b"]}
	n := t.Last - t.First + t.Age + 1
	years, err := m.Residual(n, discount)
	between, errInterval := m.ResidualInterval(n, discount, certainty)
	if err != nil || errInterval != nil {
		l.Why = "lifetime.office.not_converged"
		return
	}
	margin := float64(yearly)
	if t.Last > value.LastWholeYear(asOf) {
		margin /= 1 + discount
	}
	l.Model = "sBG"
	l.Expected, l.Low, l.High = cents(margin*years), cents(margin*between.Low), cents(margin*between.High)
}

// expectJobs is one-off work: so many jobs in the years to come, of so much.
func expectJobs(l *view.CardLifetime, often, worth storage.LifetimeFit, jobs []value.Job, asOf analysis.Day) {
	bg := lifetime.BGNBD{R: often.Params["r"], Alpha: often.Params["alpha"], A: often.Params["a"], B: often.Params["b"]}
	gg := lifetime.GammaGamma{P: worth.Params["p"], Q: worth.Params["q"], V: worth.Params["v"]}
	h := historyOf(jobs, asOf)
	mean, err := gg.Mean()
	if h.Frequency > 0 {
		mean, err = gg.ConditionalMean(spendingOf(jobs))
	}
	before, whole, now := 0., 0., 0.
	for year := 1; err == nil && year <= horizon; year++ {
		if whole, err = bg.Next(h, float64(12*year)); err == nil {
			now += (whole - before) / math.Pow(1+discount, float64(year)-.5)
			before = whole
		}
	}
	between := lifetime.Interval{}
	if err == nil {
		between, err = bg.NextInterval(h, 12*horizon, certainty)
	}
	if err != nil {
		l.Why = "lifetime.office.not_converged"
		return
	}
	worthNow := 100 * mean
	if whole > 0 {
		worthNow *= now / whole
	}
	l.Model, l.Jobs = "BG/NBD + Gamma-Gamma", true
	l.Expected, l.Low, l.High = cents(100*mean*now), cents(worthNow*between.Low), cents(worthNow*between.High)
}

// netted turns revenue into net return where the cost of the whole relationship
// is known: hours were kept from its first invoices on.
func (c Cards) netted(ctx context.Context, l *view.CardLifetime, card view.Card, history []analysis.MonthRevenue) error {
	cost, first, err := c.Lifetimes.CostSoFar(ctx, card.Group.ID, card.AsOf)
	if err != nil {
		return fmt.Errorf("read the cost of group %d: %w", card.Group.ID, err)
	}
	if !first.Known() || len(history) == 0 || first > history[0].Month.AddMonths(patienceMonths) || l.ToDate <= 0 {
		return nil
	}
	kept := float64(l.ToDate-cost) / float64(l.ToDate)
	l.Net, l.ToDate = true, l.ToDate-cost
	for _, amount := range []*analysis.Cents{&l.Expected, &l.Low, &l.High} {
		*amount = cents(kept * float64(*amount))
	}
	l.Low, l.High = min(l.Low, l.High), max(l.Low, l.High)
	return nil
}

func revenueUntil(history []analysis.MonthRevenue, asOf analysis.Day) (sum analysis.Cents) {
	for _, m := range history {
		if m.Month <= asOf {
			sum += m.Amount
		}
	}
	return sum
}

// leftOn is the day the last member left; NoDay where one is still there.
func leftOn(members []analysis.Client) analysis.Day {
	last := analysis.NoDay
	for _, m := range members {
		if !m.Until.Known() {
			return analysis.NoDay
		}
		last = max(last, m.Until)
	}
	return last
}

// cents rounds an amount that a model worked out, within what an amount can be.
func cents(v float64) analysis.Cents {
	const most = 1 << 53
	return analysis.Cents(math.Round(min(max(v, -most), most)))
}
