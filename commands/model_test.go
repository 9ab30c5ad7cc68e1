package commands

import (
	"context"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
)

func (o *office) model(host string) Model {
	return Model{Host: host, Name: "proef", Settings: o.db, Kept: o.db, Store: o.db, Now: func() time.Time { return time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC) }}
}

func modelRequest(key, value string) Request {
	return Request{Key: key, Actor: analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Administrator)}, Lang: locale.Dutch, Zone: officeZone,
		At: time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC), Value: value, Fields: map[string]string{view.FieldDaily: "30000"}}
}

// form opens the form of Ask and returns its private part.
func (m Model) form(t *testing.T, version string) string {
	t.Helper()
	r, err := m.Ask(context.Background(), modelRequest("ask"+version+m.Host, version))
	if err != nil {
		t.Fatal(err)
	}
	return r.Modal.Private
}

// Off until an administrator agrees to what the form said; of two at once the second
// changes nothing; another endpoint is off again.
func TestModelIsTurnedOnByWhoReadWhatLeaves(t *testing.T) {
	o, ctx := newOffice(t), context.Background()
	m := o.model("een.example")
	on := func(m Model) bool {
		t.Helper()
		is, err := m.On(ctx)
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	if on(m) || on(o.model("")) {
		t.Error("a model is on that nobody turned on")
	}
	if ok, err := m.Spend(ctx, 1); ok || err != nil {
		t.Errorf("spent while off: %v", err)
	}
	for _, role := range []analysis.Role{analysis.PartnerRole, analysis.ManagerRole, analysis.Employee} {
		for name, use := range map[string]UseCase{"open": m.Open, "ask": m.Ask, "on": m.TurnOn, "off": m.TurnOff} {
			req := modelRequest("nobody", "0")
			req.Actor.Roles, req.Private = analysis.RolesOf(role), m.shown(0)
			if _, err := use(ctx, req); analysis.KindOf(err) != analysis.Forbidden {
				t.Errorf("%s may %s: %v", role, name, err)
			}
		}
	}
	form := m.form(t, "0")
	for _, forged := range []string{"", "0", "7|" + strings.Split(form, "|")[1], o.model("ander.example").shown(0)} {
		req := modelRequest("forged"+forged, "")
		req.Private = forged
		if _, err := m.TurnOn(ctx, req); err != nil || on(m) {
			t.Errorf("turned on by %q: %v", forged, err)
		}
	}
	first, second := modelRequest("first", ""), modelRequest("second", "")
	first.Private, second.Private = form, form
	second.Fields = map[string]string{view.FieldDaily: "40000"}
	if _, err := m.TurnOn(ctx, first); err != nil || !on(m) {
		t.Fatalf("not turned on: %v", err)
	}
	if _, err := m.TurnOn(ctx, first); err != nil { // delivered again
		t.Fatal(err)
	}
	if _, err := m.TurnOn(ctx, second); err != nil {
		t.Fatal(err)
	}
	if s, err := o.db.Setting(ctx, modelKey); err != nil || s.Version != 1 || !strings.Contains(string(s.Value), "30000") || s.By != "U9" {
		t.Errorf("setting %+v, %v", s, err)
	}
	if on(o.model("ander.example")) {
		t.Error("agreed to one endpoint, on for another")
	}
	if ok, err := m.Spend(ctx, 20_000); !ok || err != nil {
		t.Errorf("not spent: %v", err)
	}
	if ok, _ := m.Spend(ctx, 20_000); ok {
		t.Error("over the daily cap")
	}
	if err := m.Called(ctx, prompts.Call{By: "U3", Purpose: "nl/map.v1", Model: "proef", Input: 10, Output: 2, Verdict: "ok"}); err != nil {
		t.Fatal(err)
	}
	if calls, err := o.db.ModelCalls(ctx, 9); err != nil || len(calls) != 1 || calls[0].By != "U3" || calls[0].Input != 10 {
		t.Errorf("calls %+v, %v", calls, err)
	}
	if err := m.Keep(ctx, "k", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := m.Forget(ctx, m.Now().Add(ModelAnswersKept+time.Minute)); err != nil {
		t.Fatal(err)
	}
	if _, there, err := m.Cached(ctx, "k"); there || err != nil {
		t.Errorf("kept for ever: %v", err)
	}
	if _, err := m.TurnOff(ctx, modelRequest("off", "0")); err != nil || on(m) {
		t.Errorf("not turned off: %v", err)
	}
	if ok, _ := m.Spend(ctx, 1); ok {
		t.Error("what was under way goes on")
	}
}

// slow is a summarizer that waits until it is let go.
type slow struct {
	let   chan prompts.Summary
	began chan struct{}
}

func (s slow) Summarize(ctx context.Context, ask prompts.Request) (prompts.Summary, error) {
	s.began <- struct{}{}
	select {
	case made := <-s.let:
		if made.Mode == "" {
			panic("the model's own fault")
		}
		return made, nil
	case <-ctx.Done():
		return prompts.Summary{}, ctx.Err()
	}
}

// quick answers at once.
type quick struct{}

func (quick) Summarize(context.Context, prompts.Request) (prompts.Summary, error) {
	return prompts.Summary{Mode: prompts.Offline}, nil
}

// What is being written is written once, is there for who is patient, and is not
// asked for while the model is off.
func TestDraftingWritesOnce(t *testing.T) {
	ctx := context.Background()
	written := slow{make(chan prompts.Summary), make(chan struct{}, 9)}
	on, now := false, time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	d := NewDrafting(quick{}, written, func(context.Context) (bool, error) { return on, nil }, func() time.Time { return now })
	ask := prompts.Request{Answers: prompts.Number([]string{"Goed."}), By: "U1"}
	get := func(ask prompts.Request) prompts.Summary {
		t.Helper()
		s, err := d.Summarize(ctx, ask)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := get(ask); s.Pending || s.Mode != prompts.Offline {
		t.Errorf("while off: %+v", s)
	}
	on = true
	if s := get(prompts.Request{Answers: ask.Answers, Offline: true}); s.Pending {
		t.Error("asked where it was not to")
	}
	if s := get(ask); !s.Pending || s.Mode != prompts.Offline {
		t.Errorf("at once: %+v", s)
	}
	ask.By = "U2" // a second press, of somebody else
	if s := get(ask); !s.Pending {
		t.Errorf("again: %+v", s)
	}
	patient := make(chan prompts.Summary)
	go func() {
		ask := ask
		ask.Patient = true
		s, _ := d.Summarize(ctx, ask)
		patient <- s
	}()
	written.let <- prompts.Summary{Mode: prompts.Model}
	if s := <-patient; s.Mode != prompts.Model || s.Pending {
		t.Errorf("patient: %+v", s)
	}
	if s := get(ask); s.Mode != prompts.Model {
		t.Errorf("afterwards: %+v", s)
	}
	if n := len(written.began); n != 1 {
		t.Errorf("written %d times", n)
	}
	on = false
	if s := get(ask); s.Mode != prompts.Offline {
		t.Error("shown while off")
	}
	on, now = true, now.Add(draftKept+time.Minute)
	go func() { written.let <- prompts.Summary{} }() // a panic
	ask.Patient = true
	if s := get(ask); s.Mode != prompts.Offline || s.Fallback != "failed" {
		t.Errorf("after a panic: %+v", s)
	}
	now = now.Add(failedKept + time.Minute)
	ask.Patient = false
	get(ask)
	ended, cancel := context.WithCancel(ctx)
	cancel()
	d.Run(ended) // does not wait for the model
}
