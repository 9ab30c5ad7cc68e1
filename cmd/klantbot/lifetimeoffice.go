package main

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/view"
	"klantbot/storage"
)

// fitJSON is one model fitted to the office's own history.
type fitJSON struct {
	Model         storage.LifetimeModel `json:"model"`
	N             int                   `json:"n"`       // relatiegroepen
	Cohorts       int                   `json:"cohorts"` // years in which those began; 0 where that says nothing
	Params        map[string]float64    `json:"params"`  // empty where there is no fit
	LogLikelihood float64               `json:"log_likelihood"`
	ModelError    float64               `json:"model_error"` // over the last year, held out
	NaiveError    float64               `json:"naive_error"`
	HeldOut       int                   `json:"held_out"` // cohorts or groups foretold; 0: not checked
	Better        bool                  `json:"better"`   // it beat the naive guess, so it stands on cards
	Reason        string                `json:"reason"`   // why there is no fit; empty: there is one
}

// fitOffice fits every model to the office's own history and keeps what came of
// it.
func (s *session) fitOffice() error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	use := commands.Lifetime{Portfolio: db, Fits: db, Segments: db, Store: db}
	fits, err := use.Fit(s.ctx, s.asOperator())
	if err != nil {
		return err
	}
	p := s.printer()
	if s.json {
		list := make([]fitJSON, len(fits))
		for i, f := range fits {
			list[i] = fitJSON{Model: f.Model, N: f.Clients, Cohorts: f.Cohorts, Params: f.Params, LogLikelihood: f.LogLikelihood,
				ModelError: f.ModelError, NaiveError: f.NaiveError, HeldOut: f.HeldOut, Better: f.Better()}
			if f.Params == nil {
				list[i].Params = map[string]float64{}
			}
			if f.Reason != "" {
				list[i].Reason = p.T(f.Reason, analysis.Args{"clients": f.Clients, "cohorts": f.Cohorts})
			}
		}
		return printJSON(s.out, map[string]any{"as_of": fits[0].AsOf, "fits": list})
	}
	fmt.Fprintln(s.out, p.T("lifetime.office.head", analysis.Args{"day": fits[0].AsOf}))
	for _, f := range fits {
		lines := view.LifetimeFitLines(p, view.LifetimeFit{Model: string(f.Model), Clients: f.Clients, Cohorts: f.Cohorts,
			ModelError: f.ModelError, NaiveError: f.NaiveError, HeldOut: f.HeldOut, Better: f.Better(), Reason: f.Reason,
			Value: analysis.Cents(f.Params["value"]), Retention: f.Params["r"]})
		for i, line := range lines {
			indent := "  "
			if i > 0 {
				indent = "    "
			}
			if _, err := fmt.Fprintln(s.out, indent+line); err != nil {
				return err
			}
		}
	}
	return nil
}
