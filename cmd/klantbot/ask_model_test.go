package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"klantbot/prompts/openai/openaitest"
	"klantbot/storage"
)

// TestAskModel: on a terminal a model answers what the grammar does not understand,
// where one is on; where that fails the grammar does, and says why. What the grammar
// understands no model is asked.
func TestAskModel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "office.db")
	e := openaitest.New(t, nil, 7)
	e.Plan(openaitest.Step{Tool: "portfolio", Arguments: `{"what":"top","manager":null,"segment":null,"client_type":null,"days":null,"limit":3,"from":null,"to":null}`})
	t.Setenv("OPENAI_BASE_URL", modelAt(e).baseURL)
	t.Setenv("OPENAI_MODEL", "proef")
	ask := func(text string) (a answerJSON) {
		t.Helper()
		var out, errs bytes.Buffer
		if status := run(t.Context(), []string{"ask", text, "--db=" + path, "--as-of=2026-11-21", "--json"}, &out, &errs); status != done {
			t.Fatalf("%s: %s", text, &errs)
		}
		if err := json.Unmarshal(out.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		return a
	}
	var out, errs bytes.Buffer
	if status := run(t.Context(), []string{"sample", path, "--groups=60", "--as-of=2026-11-21"}, &out, &errs); status != done {
		t.Fatal(&errs)
	}
	const joke = "vertel een mop over boekhouders"
	if a := ask(joke); a.Mode != "grammar" {
		t.Errorf("a model that nobody turned on answered %+v", a)
	}
	turnOn(t, path, modelAt(e).baseURL)
	if a := ask(joke); a.Mode != "model" || a.AskedBack || !strings.Contains(a.Text, "Met AI, controleer") || !strings.Contains(a.Text, "[1]") {
		t.Errorf("answered %+v", a)
	}
	calls, _, _ := e.Seen("")
	if a := ask("top 3 klanten"); a.Mode != "grammar" || a.Intent != "portfolio.top" {
		t.Errorf("answered %+v", a)
	}
	if now, _, _ := e.Seen(""); now != calls {
		t.Error("a model was asked what the grammar understands")
	}
	e.Behave(map[string]float64{"502": 1})
	if a := ask(joke); a.Mode != "grammar" || !strings.Contains(a.Text, "Zonder AI") {
		t.Errorf("without a model answered %+v", a)
	}
}

// turnOn has an administrator turn the model at base on, for questions.
func turnOn(t *testing.T, path, base string) {
	t.Helper()
	at, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	s := &session{ctx: t.Context(), db: path}
	db, err := s.open(true)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	chosen := fmt.Sprintf(`{"on":true,"host":%q,"name":"proef","daily":1000000,"questions":true}`, at.Host)
	err = db.Write(t.Context(), func(tx storage.Tx) error {
		return tx.Set(t.Context(), storage.Setting{Key: "model", Value: []byte(chosen), By: "U9", At: asOf})
	})
	if err != nil {
		t.Fatal(err)
	}
}
