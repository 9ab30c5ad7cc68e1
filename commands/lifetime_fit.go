package commands

import (
	"cmp"
	"maps"
	"slices"

	"klantbot/analysis/lifetime"
	"klantbot/storage"
)

// fit fits every model. A fit that fails is one with a Reason.
func (t *tenures) fit() []storage.LifetimeFit {
	return []storage.LifetimeFit{t.annuity(), t.mandates(), t.returns(), t.amounts()}
}

// cohortsOf are the cohorts in a fixed order: those whose age is known, or all of
// them with every age taken for 0.
func (t *tenures) cohortsOf(aged bool) []lifetime.Cohort {
	keys := slices.SortedFunc(maps.Keys(t.cohorts), func(a, b cohortKey) int {
		return cmp.Or(cmp.Compare(a.first, b.first), cmp.Compare(a.age, b.age))
	})
	var all []lifetime.Cohort
	for _, k := range keys {
		switch {
		case !aged:
			all = append(all, lifetime.Cohort{Survivors: t.cohorts[k]})
		case k.age >= 0:
			all = append(all, lifetime.Cohort{Age: k.age, Survivors: t.cohorts[k]})
		}
	}
	return all
}

// annuity is what a relatiegroep is still worth on average, m·r/(1+d-r), in
// cents: m its yearly revenue and r the share of all mandates that was renewed.
func (t *tenures) annuity() storage.LifetimeFit {
	f := storage.LifetimeFit{Model: storage.Annuity, Clients: t.earning, Cohorts: len(t.began)}
	m := t.yearly / float64(t.earning)
	r, err := lifetime.MeanRetention(t.cohortsOf(false)...)
	if err == nil && r >= 1 {
		err = lifetime.ErrNoLosses
	}
	worth := 0.
	if err == nil {
		worth, err = lifetime.Annuity(m, r, discount)
	}
	if err != nil {
		f.Reason = fitFailure(err)
		return f
	}
	f.Params = map[string]float64{"m": m, "r": r, "d": discount, "value": worth}
	return f
}

// mandates fits how long yearly work lasts.
func (t *tenures) mandates() storage.LifetimeFit {
	f := storage.LifetimeFit{Model: storage.SBG, Clients: t.clients, Cohorts: len(t.began)}
	if f.Clients < fewestClients || f.Cohorts < fewestCohorts {
		f.Reason = "lifetime.office.small"
		return f
	}
	cohorts := t.cohortsOf(true)
	fit, err := lifetime.FitSBG(cohorts...)
	if err != nil {
		f.Reason = fitFailure(err)
		return f
	}
	f.Params, f.LogLikelihood = map[string]float64{"a": fit.A, "b": fit.B}, fit.LogLikelihood
	held, err := lifetime.HoldOutSBG(cohorts...)
	return checked(f, held, err)
}

// returns fits how often one-off work comes back.
func (t *tenures) returns() storage.LifetimeFit {
	f := storage.LifetimeFit{Model: storage.BGNBD, Clients: len(t.jobs)}
	if f.Clients < fewestClients {
		f.Reason = "lifetime.office.few_jobs"
		return f
	}
	fit, err := lifetime.FitBGNBD(t.jobs)
	if err != nil {
		f.Reason = fitFailure(err)
		return f
	}
	f.Params = map[string]float64{"r": fit.R, "alpha": fit.Alpha, "a": fit.A, "b": fit.B}
	f.LogLikelihood = fit.LogLikelihood
	held, err := lifetime.HoldOutBGNBD(t.before, monthsFrom(t.asOf.AddMonths(-12), t.asOf), t.since)
	return checked(f, held, err)
}

// amounts fits what such work is worth. It foretells no time, so it has no year
// held out: that of the returns decides.
func (t *tenures) amounts() storage.LifetimeFit {
	f := storage.LifetimeFit{Model: storage.GammaGamma, Clients: len(t.spending)}
	if len(t.jobs) < fewestClients {
		f.Reason = "lifetime.office.few_jobs"
		return f
	}
	fit, err := lifetime.FitGammaGamma(t.spending)
	if err != nil {
		f.Reason = fitFailure(err)
		return f
	}
	f.Params, f.LogLikelihood = map[string]float64{"p": fit.P, "q": fit.Q, "v": fit.V}, fit.LogLikelihood
	return f
}

// checked adds how a fit did over the year held out; where that could not be
// found out, it stays unchecked and so says nothing of a single client.
func checked(f storage.LifetimeFit, held lifetime.HoldOut, err error) storage.LifetimeFit {
	if err == nil {
		f.ModelError, f.NaiveError, f.HeldOut = held.Model, held.Naive, held.Over
	}
	return f
}
