package main

import (
	"errors"
	"fmt"
	"math"

	"klantbot/analysis"
	"klantbot/analysis/lifetime"
)

type lifetimeCmds struct {
	Fit *lifetimeFitCmd `arg:"subcommand" help:"Fit lifetime models to the office's own history, or one of them to a CSV file."`
}

type lifetimeFitCmd struct {
	File    string        `arg:"positional" help:"Without a file: fit and keep how long the office's own clients stay. CSV, also as .gz. Columns: bgnbd frequency, recency, T; gg frequency, monetary_value; sbg period, survivors (percent or numbers, period 0 first)."`
	Model   lifetimeModel `arg:"--model" placeholder:"bgnbd|gg|sbg" help:"bgnbd (how often one-off jobs come back), gg (what a job is worth) or sbg (how long mandates last)."`
	Predict *int          `arg:"--predict" placeholder:"N" help:"Also predict: bgnbd the purchases of each row in the next N periods, sbg survival in periods 1 to N, gg the amount of each row's next purchase."`
}

// lifetimeModel is what --model takes.
type lifetimeModel string

// UnmarshalText takes the models that can be fitted to a file.
func (m *lifetimeModel) UnmarshalText(given []byte) error {
	return choose(m, given, "bgnbd", "gg", "sbg")
}

// farthest bounds --predict: no office looks further, and a typing error should
// not fill a disk.
const farthest = 10_000

// Run fits the model and prints what was found.
func (c *lifetimeFitCmd) Run(s *session) error {
	if c.Predict != nil && (*c.Predict < 1 || *c.Predict > farthest) {
		return analysis.Fail(analysis.Invalid, "lifetime.predict", analysis.Args{"most": farthest})
	}
	switch {
	case c.File == "" && c.Predict != nil:
		return analysis.Fail(analysis.Invalid, "lifetime.predict_file", nil)
	case c.File == "":
		return s.fitOffice()
	case c.Model == "":
		return analysis.Fail(analysis.Invalid, "lifetime.model_needed", nil)
	}
	fit := map[lifetimeModel]func(string, *int) (fitted, error){"bgnbd": fitPurchases, "gg": fitAmounts, "sbg": fitMandates}[c.Model]
	found, err := fit(c.File, c.Predict)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, found)
	}
	_, err = fmt.Fprint(s.out, fitText(s.printer(), found, c.Predict))
	return err
}

// fitted is CLI.md's promise, and a little beside it.
type fitted struct {
	Model string `json:"model"`
	N     int    `json:"n"` // rows the model was fitted to
	// LeftOut counts rows without a repeat purchase, of which gg learns nothing.
	LeftOut int                `json:"left_out,omitempty"`
	Params  map[string]float64 `json:"params"`
	// LogLikelihood is the sum over clients; where an sBG file holds percentages,
	// which do not say how many clients there were, the mean over clients.
	LogLikelihood float64 `json:"log_likelihood"`
	// Unit is, for sbg, what survivors were read as: percent or clients.
	Unit     string     `json:"unit,omitempty"`
	Survival []float64  `json:"survival,omitempty"` // after periods 1, 2, ...
	Expected []*float64 `json:"expected,omitempty"` // of each row of the file; null where it does not exist
	PAlive   []float64  `json:"p_alive,omitempty"`
	// Repeated is false where p_alive is 1 only because nothing came back yet.
	Repeated []bool `json:"repeated,omitempty"`
}

func fitPurchases(path string, predict *int) (fitted, error) {
	t, err := readColumns(path, "frequency", "recency", "T")
	if err != nil {
		return fitted{}, err
	}
	histories := make([]lifetime.History, len(t.rows))
	for i, row := range t.rows {
		x, err := t.whole(i, 0)
		if err != nil {
			return fitted{}, err
		}
		histories[i] = lifetime.History{Frequency: x, Recency: row[1], T: row[2]}
	}
	fit, err := lifetime.FitBGNBD(histories)
	if err != nil {
		return fitted{}, t.because(err)
	}
	f := fitted{Model: "bgnbd", N: fit.Clients, LogLikelihood: fit.LogLikelihood,
		Params: map[string]float64{"r": fit.R, "alpha": fit.Alpha, "a": fit.A, "b": fit.B}}
	if predict == nil {
		return f, nil
	}
	for _, h := range histories {
		next, err := fit.Next(h, float64(*predict))
		if err != nil {
			return fitted{}, t.because(err)
		}
		alive, err := fit.Alive(h)
		if err != nil {
			return fitted{}, t.because(err)
		}
		f.Expected = append(f.Expected, &next)
		f.PAlive, f.Repeated = append(f.PAlive, alive.P), append(f.Repeated, alive.Repeated)
	}
	return f, nil
}

func fitAmounts(path string, predict *int) (fitted, error) {
	t, err := readColumns(path, "frequency", "monetary_value")
	if err != nil {
		return fitted{}, err
	}
	var spending []lifetime.Spending
	all := make([]lifetime.Spending, len(t.rows))
	repeats := columns{names: t.names}
	for i, row := range t.rows {
		x, err := t.whole(i, 0)
		if err != nil {
			return fitted{}, err
		}
		all[i] = lifetime.Spending{Frequency: x, Mean: row[1]}
		if x != 0 {
			spending = append(spending, all[i])
			repeats.lines = append(repeats.lines, t.lines[i])
		}
	}
	fit, err := lifetime.FitGammaGamma(spending)
	if err != nil {
		if len(spending) == 0 {
			err = lifetime.ErrNoRepeats
		}
		return fitted{}, repeats.because(err)
	}
	f := fitted{Model: "gg", N: fit.Clients, LeftOut: len(all) - len(spending), LogLikelihood: fit.LogLikelihood,
		Params: map[string]float64{"p": fit.P, "q": fit.Q, "v": fit.V}}
	if predict == nil {
		return f, nil
	}
	for _, s := range all {
		mean, err := fit.Mean()
		if s.Frequency > 0 {
			mean, err = fit.ConditionalMean(s)
		}
		switch {
		case errors.Is(err, lifetime.ErrNoMean):
			f.Expected = append(f.Expected, nil)
		case err != nil:
			return fitted{}, t.because(err)
		default:
			f.Expected = append(f.Expected, &mean)
		}
	}
	return f, nil
}

func fitMandates(path string, predict *int) (fitted, error) {
	t, err := readColumns(path, "period", "survivors")
	if err != nil {
		return fitted{}, err
	}
	var survivors []float64
	for i, row := range t.rows {
		if row[0] != float64(i) {
			return fitted{}, analysis.Fail(analysis.Invalid, "lifetime.period", analysis.Args{"line": t.lines[i], "period": i})
		}
		survivors = append(survivors, row[1])
	}
	fit, err := lifetime.FitSBG(lifetime.Cohort{Survivors: survivors})
	if err != nil {
		return fitted{}, t.because(err)
	}
	f := fitted{Model: "sbg", N: len(survivors), LogLikelihood: fit.LogLikelihood, Unit: "clients",
		Params: map[string]float64{"a": fit.A, "b": fit.B}}
	if t.percent || isShare(survivors) {
		f.Unit, f.LogLikelihood = "percent", fit.PerClient
	}
	if predict == nil {
		return f, nil
	}
	for n := 1; n <= *predict; n++ {
		v, err := fit.Survival(n)
		if err != nil {
			return fitted{}, t.because(err)
		}
		f.Survival = append(f.Survival, v)
	}
	return f, nil
}

// isShare says whether survivors are parts of a whole instead of numbers of
// clients: they begin with 100 or 1, or are not whole. A cohort of exactly a
// hundred clients is taken for percentages; the fit is the same.
func isShare(survivors []float64) bool {
	for _, v := range survivors {
		if v != math.Trunc(v) {
			return true
		}
	}
	return survivors[0] == 100 || survivors[0] == 1
}
