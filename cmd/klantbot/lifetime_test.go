package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"klantbot/analysis"
)

// highEndCSV is the published "High End" series, in percent of the clients left.
const highEndCSV = "period,survivors\n0,100\n1,86.9\n2,74.3\n3,65.3\n4,59.3\n5,55.1\n6,51.7\n7,49.1\n"

// param returns a fitted parameter of a printed object.
func param(t *testing.T, got map[string]any, name string) float64 {
	t.Helper()
	v, ok := got["params"].(map[string]any)[name].(float64)
	if !ok {
		t.Fatalf("no parameter %s in %v", name, got)
	}
	return v
}

func approx(t *testing.T, what string, got any, want, within float64) {
	t.Helper()
	if v, ok := got.(float64); !ok || math.Abs(v-want) > within {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

func TestLifetimeFitMandates(t *testing.T) {
	t.Parallel()
	file := write(t, "high-end.csv", highEndCSV)
	got, _ := verb(t, "lifetime", "fit", "--model=sbg", file, "--predict=12")
	holds(t, got, `{"model":"sbg","n":8,"unit":"percent"}`)
	approx(t, "a", param(t, got, "a"), .668088, 1e-5)
	approx(t, "b", param(t, got, "b"), 3.806094, 1e-4)
	approx(t, "log_likelihood", got["log_likelihood"], -1.611158, 1e-6)
	survival, _ := got["survival"].([]any)
	if len(survival) != 12 {
		t.Fatalf("survival %v", survival)
	}
	approx(t, "S(12)", survival[11], .3780, 5e-5)

	got, _ = verb(t, "lifetime", "fit", "--model=sbg", file)
	if _, there := got["survival"]; there {
		t.Error("survival without --predict")
	}
	// The same clients as numbers, as a Dutch spreadsheet writes them.
	numbers := write(t, "aantallen.csv", "\ufeffPeriod;Naam;Survivors\r\n0;x;10.000\r\n1;x;8.690,0\r\n2;x;7.430\r\n3;;6.530\r\n4;;5.930\r\n5;;5.510\r\n6;;5.170\r\n7;;4.910\r\n;;\r\n")
	got, _ = verb(t, "lifetime", "fit", "--model=sbg", numbers)
	holds(t, got, `{"n":8,"unit":"clients"}`)
	approx(t, "a", param(t, got, "a"), .668088, 1e-5)
	approx(t, "log_likelihood", got["log_likelihood"], -16111.58, .01)
}

func TestLifetimeFitJobs(t *testing.T) {
	t.Parallel()
	summary := filepath.Join(repository(t), "..", "shared", "data", "cdnow", "cdnow_customers_summary.csv")
	if _, err := os.Stat(summary); err != nil {
		t.Skip("shared/data/cdnow is not here")
	}
	got, _ := verb(t, "lifetime", "fit", "--model=bgnbd", summary, "--predict=39")
	holds(t, got, `{"model":"bgnbd","n":2357}`)
	for name, want := range map[string]float64{"r": .2426, "alpha": 4.4135, "a": .7929, "b": 2.4258} {
		approx(t, name, param(t, got, name), want, .01*want)
	}
	approx(t, "log_likelihood", got["log_likelihood"], -9582.43, .05)
	expected, alive, repeated := got["expected"].([]any), got["p_alive"].([]any), got["repeated"].([]any)
	if len(expected) != 2357 || len(alive) != 2357 || len(repeated) != 2357 {
		t.Fatalf("%d, %d and %d rows", len(expected), len(alive), len(repeated))
	}
	// The first client of the file is the source's worked example.
	approx(t, "purchases in the next 39 weeks", expected[0], 1.226, 5e-4)
	if repeated[0] != true || repeated[2] != false || alive[2] != 1. {
		t.Errorf("a client without repetition: p_alive %v, repeated %v", alive[2], repeated[2])
	}
}

func TestLifetimeFitAmounts(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "bedragen.csv.gz")
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte("frequency;monetary_value\n2;100,50\n0;0\n1;40\n3;75\n5;210\n2;33,10\n8;91\n1;18\n4;60\n"))
	_ = z.Close()
	if err := os.WriteFile(file, packed.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	got, _ := verb(t, "lifetime", "fit", "--model=gg", file, "--predict=1")
	holds(t, got, `{"model":"gg","n":8,"left_out":1}`)
	for _, name := range []string{"p", "q", "v"} {
		if v := param(t, got, name); v <= 0 {
			t.Errorf("%s = %v", name, v)
		}
	}
	// Each is drawn from its own mean towards everybody's.
	expected := got["expected"].([]any)
	all := expected[1].(float64)
	if e := expected[4].(float64); len(expected) != 9 || !(e < 210 && e > all) {
		t.Errorf("expected %v", expected)
	}
}

func TestLifetimeFitSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ model, content, want string }{
		{"sbg", "", "leeg"},
		{"sbg", "\x1f\x8b\x08 broken", "beschadigd"},
		{"sbg", "period,survivors\n", "geen regels"},
		{"sbg", "period,left\n0,100\n", "survivors"},
		{"sbg", "period,survivors\n1,100\n2,90\n", "Op regel 2 hoort periode 0"},
		{"sbg", "period,survivors\n0,100\n1,90\n2,95\n", "Op regel 4 kan “survivors”"},
		{"sbg", "period,survivors\n0,100\n1,veel\n2,95\n", "Op regel 3 kan “survivors”"},
		{"sbg", "period,survivors\nnul,100\n", "Op regel 2 staat in kolom “period” geen getal"},
		{"sbg", "period,survivors\n0,100\n1,90\n", "te weinig"},
		{"sbg", "period,survivors\n0,100\n1,100\n2,100\n", "Niemand vertrok"},
		{"sbg", "period,survivors\n0,1000\n1,800\n2,640\n3,512\n", "één vast percentage"},
		{"bgnbd", "frequency,recency,T\n0,0,9\n0,0,8\n0,0,7\n0,0,3\n", "Geen enkele klant kwam terug"},
		{"bgnbd", "frequency,recency,T\n1,4,9\n\n1,10,8\n", "Op regel 4 kan “recency”"},
		{"bgnbd", "frequency,recency,T\n1.5,4,9\n", "Op regel 2 kan “frequency”"},
		{"bgnbd", "frequency,recency,T\n1,NaN,9\n", "Op regel 2 kan “recency”"},
		{"bgnbd", "frequency,recency,T\n1,4\n", "Op regel 2 kan “T”"},
		{"bgnbd", "frequency,recency,T\n3,4,9\n", "te weinig"},
		{"gg", "frequency,monetary_value\n0,0\n0,0\n", "Geen enkele klant kwam terug"},
		{"gg", "frequency,monetary_value\n0,0\n2,-4\n", "Op regel 3 kan “monetary_value”"},
		{"gg", "frequency,monetary_value\n1,5\n2,5\n3,5\n4,5\n", "één vast percentage of gemiddelde"},
	} {
		got, status := verb(t, "lifetime", "fit", "--model="+c.model, write(t, "file.csv", c.content))
		e, _ := got["error"].(map[string]any)
		if message, _ := e["message"].(string); status != failed || e["kind"] != "invalid" || !strings.Contains(message, c.want) {
			t.Errorf("%s of %q: status %d, %v; want %q", c.model, c.content, status, got, c.want)
		}
	}
	got, _ := verb(t, "lifetime", "fit", "--model=sbg", filepath.Join(t.TempDir(), "none.csv"))
	if e, _ := got["error"].(map[string]any); e["kind"] != "not_found" {
		t.Errorf("no file: %v", got)
	}
	got, _ = verb(t, "lifetime", "fit", "--model=sbg", t.TempDir())
	if e, _ := got["error"].(map[string]any); e["kind"] != "invalid" {
		t.Errorf("a folder: %v", got)
	}
	got, _ = verb(t, "lifetime", "fit", "--model=sbg", write(t, "high-end.csv", highEndCSV), "--predict=-1")
	if e, _ := got["error"].(map[string]any); e["kind"] != "invalid" {
		t.Errorf("a negative horizon: %v", got)
	}
}

func TestLifetimeFitReads(t *testing.T) {
	t.Parallel()
	file := write(t, "high-end.csv", highEndCSV)
	for lang, want := range map[string]string{
		"nl": "sBG op 8 tellingen: hoe lang jaarlijkse opdrachten blijven.\n  a      0,6681\n  b      3,8061\nLog-likelihood per klant: -1,611158\n  na periode 1 is er nog 85,1%\n",
		"en": "sBG on 8 counts: how long yearly mandates last.\n  a      0.6681\n  b      3.8061\nLog-likelihood per client: -1.611158\n  after period 1 85.1% is left\n",
	} {
		var out, errs bytes.Buffer
		if status := run(context.Background(), []string{"lifetime", "fit", "--model=sbg", "--predict=1", "--lang=" + lang, file}, &out, &errs); status != done || out.String() != want {
			t.Errorf("%s: status %d\n%s%s", lang, status, &out, &errs)
		}
	}
	var out, errs bytes.Buffer
	if status := run(context.Background(), []string{"lifetime", "fit", "--model=sbgg", file}, &out, &errs); status != misuse {
		t.Errorf("an unknown model: status %d", status)
	}
}

// Whatever file is given, there are columns of numbers or a sentence.
func FuzzLifetimeColumns(f *testing.F) {
	for _, s := range []string{highEndCSV, "", "\n\nperiod;survivors\r\n0;1.000,5\r\n", "period\tsurvivors\n0\t50%\n", "\"", "\x1f\x8b", "period,survivors\r0,100\r1,90"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		got, err := readColumns(write(t, "file.csv", string(content)), "period", "survivors")
		var known *analysis.Error
		if err != nil && !errors.As(err, &known) {
			t.Fatalf("no sentence: %v", err)
		}
		if err != nil {
			return
		}
		if len(got.rows) == 0 || len(got.lines) != len(got.rows) {
			t.Fatalf("%d rows, %d lines", len(got.rows), len(got.lines))
		}
		for _, row := range got.rows {
			if len(row) != 2 || math.IsNaN(row[0]+row[1]) || math.IsInf(row[0], 0) || math.IsInf(row[1], 0) {
				t.Fatalf("row %v", row)
			}
		}
	})
}

// TestLifetimeFitOfTheOffice: without a file the office's own history is fitted,
// kept, and said with how it did beside the naive guess.
func TestLifetimeFitOfTheOffice(t *testing.T) {
	t.Parallel()
	db := "--db=" + sampleDB(t)
	got, status := verb(t, "lifetime", "fit", db)
	holds(t, got, `{"as_of":"2026-11-21"}`)
	fits, _ := got["fits"].([]any)
	if status != done || len(fits) != 4 {
		t.Fatalf("%v, status %d", got, status)
	}
	for i, model := range []string{"annuity", "sbg", "bgnbd", "gg"} {
		fit := fits[i].(map[string]any)
		if fit["model"] != model || fit["n"].(float64) < 100 || (fit["reason"] == "") != (len(fit["params"].(map[string]any)) > 0) {
			t.Errorf("%v", fit)
		}
	}
	for lang, want := range map[string]string{"nl": "een relatiegroep is nog €", "en": "a client group is still worth €"} {
		var out, errs strings.Builder
		if status := run(t.Context(), []string{"lifetime", "fit", db, "--lang=" + lang, "--as-of=2026-11-21"}, &out, &errs); status != done || !strings.Contains(out.String(), want) {
			t.Errorf("it prints %s%s", out.String(), errs.String())
		}
	}
	if client, _ := verb(t, "client", "1001", db); client["card"].(map[string]any)["lifetime"] == "" {
		t.Errorf("%v", client)
	}
	file := write(t, "high-end.csv", highEndCSV)
	for _, args := range [][]string{{"lifetime", "fit", file}, {"lifetime", "fit", "--predict=3", db}} {
		if got, status := verb(t, args...); status != failed {
			t.Errorf("%v answers %v", args, got)
		}
	}
	empty := "--db=" + filepath.Join(t.TempDir(), "leeg.db")
	if _, status := verb(t, "migrate", empty); status != done {
		t.Fatal("migrate")
	}
	if got, status := verb(t, "lifetime", "fit", empty); status != failed || !strings.Contains(fmt.Sprint(got), "nog geen omzet") {
		t.Errorf("an empty office answers %v", got)
	}
}
