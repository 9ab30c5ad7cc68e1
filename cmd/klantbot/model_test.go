package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts/openai/openaitest"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// modelAt is the configuration that leads to e; none for nil.
func modelAt(e *openaitest.Endpoint) endpoint {
	if e == nil {
		return endpoint{}
	}
	u, err := url.Parse(e.URL)
	if err != nil {
		panic(err)
	}
	return endpoint{baseURL: e.URL + "/v1", key: "sk-geheim", model: "proefmodel", host: u.Host, call: answersWithin, job: 2 * answersWithin}
}

// answersWithin is how long a dialogue waits for its language model: a busy machine is
// not a model that hangs.
const answersWithin = 10 * time.Second

// behave changes how the language model behaves: see TestDialogues.
func behave(st *stage, args []string) error {
	switch args[0] {
	case "honest":
		st.liar.Behave(nil)
	case "lies":
		st.liar.Behave(map[string]float64{"invented quote": .5, "missing id": .3, "changed placeholder": .5, "obeyed injection": .7, "new number": .5, "new name": .5})
	case "uses":
		st.liar.Plan(openaitest.Step{Tool: args[1], Arguments: strings.Join(args[2:], " ")})
	case "hangs":
		st.liar.Behave(map[string]float64{"hang": 1})
	case "down":
		st.liar.Behave(map[string]float64{"502": 1})
	default:
		return fmt.Errorf("no such model")
	}
	return nil
}

// turnedOn turns the model on as an administrator does in the window.
func turnedOn(t testing.TB, m commands.Model) {
	t.Helper()
	admin := analysis.Actor{User: administrator, Roles: analysis.RolesOf(analysis.Administrator)}
	req := commands.Request{Key: "on", Actor: admin, At: asOf, Lang: locale.Dutch, Zone: officeZone(), Value: "0"}
	form, err := m.Ask(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	req.Private, req.Fields = form.Modal.Private, map[string]string{view.FieldDaily: "10.000.000"}
	if _, err := m.TurnOn(t.Context(), req); err != nil {
		t.Fatal(err)
	}
	if on, err := m.On(t.Context()); err != nil || !on {
		t.Fatalf("the model is not on: %v", err)
	}
}

// TestLyingModel reports every wave of the sample office with an endpoint that
// misbehaves in eight ways, 30% each, over real HTTP: an answer each time, in time,
// and not one sentence that no answer holds.
func TestLyingModel(t *testing.T) {
	t.Parallel()
	for _, engine := range []struct {
		name  string
		open  func(testing.TB) string
		seeds int
	}{{"sqlite", sampleDB, 6}, {"postgres", samplePostgres, 3}} {
		t.Run(engine.name, func(t *testing.T) {
			t.Parallel()
			db, err := openStore(t.Context(), engine.open(t))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			waves, err := db.Waves(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			tally := &tally{modes: map[string]int{}}
			for seed := range engine.seeds {
				liar := openaitest.New(t, misbehaviours()[seed%3], uint64(seed))
				liar.Hang = 2 * patience
				at := modelAt(liar)
				at.call, at.job = patience, patience
				if seed%3 == 0 { // it hangs too, and however busy the machine, there is an answer
					at.call, at.job = 300*time.Millisecond, 4*time.Second
				}
				model := at.modelOf(db, func() time.Time { return asOf })
				if seed > 0 {
					model.Settings = always{at} // each endpoint has an address of its own
				} else {
					turnedOn(t, model)
				}
				drafting, _, err := at.summarizer(db, model)
				if err != nil {
					t.Fatal(err)
				}
				use := surveyOf(db)
				use.Summarizer, use.Patient = drafting, true
				var all sync.WaitGroup
				for _, w := range waves {
					all.Go(func() { tally.report(t, db, use, w.Name, w.Audience) })
				}
				all.Wait()
				ended, cancel := context.WithCancel(t.Context())
				cancel()
				drafting.Run(ended)
			}
			t.Logf("%d reports: %v, the longest took %v", tally.reports, tally.modes, tally.longest.Round(time.Millisecond))
			if tally.modes["model"] == 0 || tally.modes["model"] == tally.reports {
				t.Error("nothing the model wrote was shown, or everything was: the gate had no work")
			}
		})
	}
}

// misbehaviours are the measure, the same without trouble on the way, and so
// few lies that most of what is written may be shown.
func misbehaviours() []map[string]float64 {
	measured, lies, few := openaitest.Measured(), map[string]float64{}, map[string]float64{}
	for _, lie := range []string{"invented quote", "missing id", "changed placeholder", "obeyed injection"} {
		lies[lie], few[lie] = measured[lie], .06
	}
	return []map[string]float64{measured, lies, few}
}

// always is a setting that turns the model on for one endpoint.
type always struct{ at endpoint }

func (a always) Setting(context.Context, string) (storage.Setting, error) {
	return storage.Setting{Version: 1, Value: fmt.Appendf(nil, `{"on":true,"host":%q,"name":%q,"daily":10000000}`, a.at.host, a.at.model)}, nil
}
func (a always) Settings(context.Context, string) ([]storage.Setting, error) { return nil, nil }
func (a always) SettingHistory(context.Context, string) ([]storage.Setting, error) {
	return nil, nil
}

// tally counts what became of reports.
type tally struct {
	mu      sync.Mutex
	reports int
	modes   map[string]int
	longest time.Duration
}

func (c *tally) report(t *testing.T, db *sqlstore.DB, use commands.Survey, name string, audience analysis.Audience) {
	began := time.Now()
	req := commands.Request{Key: fmt.Sprint(name, audience, began.UnixNano()), Actor: operator, At: asOf, Lang: locale.Dutch, Zone: officeZone()}
	report, err := use.Report(t.Context(), req, name, audience)
	took := time.Since(began)
	if err != nil {
		t.Errorf("%s, %s: %v", name, audience, err)
		return
	}
	if took > patience { // who waited for what hangs
		t.Errorf("%s, %s took %v", name, audience, took)
	}
	s := report.Leading().Summary
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reports++
	c.modes[strings.TrimSpace(s.Mode+" "+s.Fallback)]++
	c.longest = max(c.longest, took)
	grounded(t, db, *report.Leading())
}

// grounded looks every word of every clause up in the answers it cites, by itself.
func grounded(t *testing.T, db *sqlstore.DB, a view.SurveyAudience) {
	t.Helper()
	responses, err := db.Responses(t.Context(), a.Wave.ID)
	if err != nil {
		t.Error(err)
		return
	}
	said := map[analysis.ResponseID]string{}
	for _, r := range responses {
		for _, one := range r.Comments {
			said[r.ID] += " " + strings.ToLower(one.Text)
		}
	}
	for _, clause := range a.Summary.Clauses {
		var cited string
		for _, id := range clause.Citations {
			cited += said[a.Summary.Sources[id]]
		}
		for word := range strings.FieldsSeq(strings.ToLower(clause.Text)) {
			word = strings.Trim(word, ".,!?;:'\"“”‘’()")
			if len(word) > 3 && !strings.Contains(cited, word) && !strings.HasPrefix(word, "[") {
				t.Errorf("%s: %q is in no answer that is cited: %q", a.Wave.Audience, word, clause.Text)
			}
		}
		for _, lie := range slices.DeleteFunc(slices.Clone(openaitest.Lies), func(l string) bool { return l == "PERSOON_" && a.Wave.Guarded() }) {
			if strings.Contains(clause.Text, lie) {
				t.Errorf("a lie came through: %q", clause.Text)
			}
		}
	}
	for _, q := range a.Summary.Quotes {
		if text := strings.ToLower(cmp.Or(q.Text, "?")); !a.Wave.Guarded() && !strings.Contains(said[q.Response], text) {
			t.Errorf("%s did not say %q", q.ID, q.Text)
		}
	}
}

// What the environment may name: nothing, half of it, and addresses that are refused.
func TestConfiguredEndpoint(t *testing.T) {
	for _, c := range []struct {
		key, base, model string
		host, refused    string
	}{
		{},
		{key: "sk-1"},
		{base: "http://10.0.0.1/v1"},
		{model: "m"},
		{key: "sk-1", model: "gpt-5-mini", host: "api.openai.com"},
		{base: "http://127.0.0.1:11434/v1", model: "m", host: "127.0.0.1:11434"},
		{base: "https://kantoor.example/v1", key: "sk-1", model: "m", host: "kantoor.example"},
		{base: "http://10.0.0.1/v1", model: "m", refused: "config.endpoint_http"},
		{base: "https://jan:geheim@kantoor.example/v1", model: "m", refused: "config.endpoint_secret"},
		{base: "kantoor.example", model: "m", refused: "config.endpoint_wrong"},
	} {
		t.Setenv("OPENAI_API_KEY", c.key)
		t.Setenv("OPENAI_BASE_URL", c.base)
		t.Setenv("OPENAI_MODEL", c.model)
		e, err := configuredEndpoint()
		var known *analysis.Error
		errors.As(err, &known)
		switch {
		case c.refused == "" && (err != nil || e.host != c.host):
			t.Errorf("%+v: %q, %v", c, e.host, err)
		case c.refused != "" && (known == nil || known.Key != c.refused):
			t.Errorf("%+v: %v", c, err)
		case err != nil && strings.Contains(locale.New(locale.Dutch, nil).Error(known), "geheim"):
			t.Errorf("%+v: the sentence holds the password", c)
		}
	}
}
