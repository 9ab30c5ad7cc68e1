package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// CardLifetime is what a client brought and is still expected to bring, and what
// is known of the office where nothing can be said of one client.
type CardLifetime struct {
	AsOf  analysis.Day // of the office's fit
	Model string       // by its published name; empty: nothing is expected of this client by itself
	Jobs  bool         // what is expected is one-off work, else yearly work
	Why   string       // key of the sentence that says why Model is empty
	// Net: the amounts are net return, revenue less hours times cost; else revenue.
	Net                         bool
	ToDate, Expected, Low, High analysis.Cents // EUR; what is to come discounted to today
	Annuity                     analysis.Cents // of a relatiegroep of the office on average; 0: not known
	Retention                   float64        // share of mandates renewed in a year, 0..1
	Discount, Certainty         float64        // a year; of the interval
	Horizon                     int            // years that one-off work is looked ahead
	Clients, Cohorts            int            // what the office's fit is of
	ModelError, NaiveError      float64
}

// lifetimeLines are the lifetime value under Toelichting.
func lifetimeLines(p *locale.Printer, l *CardLifetime) []string {
	if l == nil {
		return []string{p.T("lifetime.line.none", nil)}
	}
	kind := "revenue"
	if l.Net {
		kind = "net"
	}
	lines := []string{p.T("lifetime.line.to_date."+kind, analysis.Args{"amount": l.ToDate})}
	if l.Model == "" {
		lines = append(lines, p.T(l.Why, analysis.Args{"clients": l.Clients, "cohorts": l.Cohorts}))
		if l.Annuity > 0 {
			lines = append(lines, p.T("lifetime.line.annuity", analysis.Args{"amount": l.Annuity, "retention": p.Percent(l.Retention),
				"discount": p.Percent(l.Discount), "day": l.AsOf}))
		}
		return lines
	}
	args := analysis.Args{"amount": l.Expected, "low": l.Low, "high": l.High, "percent": p.Percent(l.Certainty), "n": l.Horizon}
	work := "yearly"
	if l.Jobs {
		work = "jobs"
	}
	return append(lines, p.T("lifetime.line.expected."+work, args),
		p.T("lifetime.line.model", analysis.Args{"model": l.Model, "day": l.AsOf, "discount": p.Percent(l.Discount)}))
}

// lifetimeSheet is the same for a message.
func lifetimeSheet(p *locale.Printer, l *CardLifetime) slack.Block {
	return sheet(row(p.T("lifetime.line.title", nil), text("\n"+strings.Join(lifetimeLines(p, l), "\n"))))
}

// lifetimeText is the same for a terminal.
func lifetimeText(p *locale.Printer, l *CardLifetime) string {
	return p.T("lifetime.line.title", nil) + "\n" + strings.Join(lifetimeLines(p, l), "\n")
}

// LifetimeFit is a fit of the office as the terminal shows it.
type LifetimeFit struct {
	Model                  string // annuity, sbg, bgnbd or gg
	Clients, Cohorts       int
	ModelError, NaiveError float64
	HeldOut                int
	Better                 bool
	Reason                 string // key; empty: there is a fit
	Value                  analysis.Cents
	Retention              float64
}

// LifetimeFitLines say what came of a fit: a title and how it did.
func LifetimeFitLines(p *locale.Printer, f LifetimeFit) []string {
	lines := []string{p.N("lifetime.office.title."+f.Model, f.Clients, nil)}
	switch {
	case f.Reason != "":
		return append(lines, p.T(f.Reason, analysis.Args{"clients": f.Clients, "cohorts": f.Cohorts}))
	case f.Model == "annuity":
		return append(lines, p.T("lifetime.office.annuity", analysis.Args{"amount": f.Value, "retention": p.Percent(f.Retention)}))
	case f.Model == "gg":
		return lines
	case f.HeldOut == 0:
		return append(lines, p.T("lifetime.client.unchecked", nil))
	}
	if !f.Better {
		return append(lines, p.T("lifetime.office.naive", nil))
	}
	return append(lines, p.T("lifetime.office.better", analysis.Args{"percent": p.Percent(1 - f.ModelError/f.NaiveError)}))
}
