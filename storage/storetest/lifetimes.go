package storetest

import (
	"fmt"
	"math"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// testLifetimes: the last fit of each model counts, whole, and nothing that is
// not a number is kept.
func testLifetimes(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	ctx := t.Context()
	if fits, err := s.LifetimeFits(ctx); err != nil || len(fits) != 0 {
		t.Errorf("LifetimeFits of a new office = %v, %v; want none", fits, err)
	}
	save := func(f storage.LifetimeFit) error {
		return s.Write(ctx, func(tx storage.Tx) error { return tx.SaveLifetime(ctx, f) })
	}
	old := storage.LifetimeFit{Model: storage.SBG, AsOf: analysis.Date(2025, 12, 31), Reason: "lifetime.office.small", At: morning}
	sbg := storage.LifetimeFit{Model: storage.SBG, AsOf: analysis.Date(2026, 11, 21), Clients: 512, Cohorts: 8,
		Params: map[string]float64{"a": .668088, "b": 3.806094}, LogLikelihood: -1611.158, ModelError: 1.25, NaiveError: 2.5,
		HeldOut: 7, By: "U1", At: morning}
	annuity := storage.LifetimeFit{Model: storage.Annuity, AsOf: sbg.AsOf, Clients: 600, Params: map[string]float64{"r": .91}, At: morning}
	for _, f := range []storage.LifetimeFit{old, sbg, annuity} {
		if err := save(f); err != nil {
			t.Fatal(err)
		}
	}
	fits, err := other.LifetimeFits(ctx)
	for i := range fits {
		fits[i].At = fits[i].At.In(time.UTC)
	}
	if err != nil || fmt.Sprint(fits) != fmt.Sprint([]storage.LifetimeFit{annuity, sbg}) {
		t.Errorf("LifetimeFits = %+v, %v; want the last of each model", fits, err)
	}
	for _, wrong := range []storage.LifetimeFit{
		{Model: storage.SBG, ModelError: math.NaN()}, {Model: storage.SBG, LogLikelihood: math.Inf(-1)},
		{Model: storage.SBG, Params: map[string]float64{"a": math.NaN()}},
	} {
		if save(wrong) == nil {
			t.Errorf("%+v was saved", wrong)
		}
	}
	if fits, err := s.LifetimeFits(ctx); err != nil || len(fits) != 2 || fits[1].Clients != 512 {
		t.Errorf("after what was refused LifetimeFits = %+v, %v", fits, err)
	}
	testCostSoFar(t, s)
}

func testCostSoFar(t *testing.T, s Store) {
	addClients(t, s, inGroup("G", "1", "Een"), inGroup("G", "2", "Twee"), someone("3", "Drie"))
	day := analysis.Date(2020, 3, 1)
	addHours(t, s, false, analysis.StagedHours{Number: "1", Day: day, Minutes: 60, Cost: 100},
		analysis.StagedHours{Number: "2", Day: day + 900, Minutes: 60, Cost: 20}, analysis.StagedHours{Number: "2", Day: day + 901, Minutes: 60, Cost: 7})
	for _, c := range []struct {
		number string
		asOf   analysis.Day
		cost   analysis.Cents
		first  analysis.Day
	}{{"1", day + 900, 120, day}, {"1", day - 1, 0, analysis.NoDay}, {"3", day + 999, 0, analysis.NoDay}} {
		cost, first, err := s.CostSoFar(t.Context(), clientOf(t, s, c.number).Group, c.asOf)
		if err != nil || cost != c.cost || first != c.first {
			t.Errorf("CostSoFar(%s, %v) = %d, %v, %v; want %d, %v", c.number, c.asOf, cost, first, err, c.cost, c.first)
		}
	}
}

// testForbiddenServices: a service is forbidden until it is not, and the mark of
// the portfolio moves along.
func testForbiddenServices(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	addClients(t, s, someone("1", "Een"))
	addLines(t, s, "Exact", analysis.StagedLine{Number: "1", Day: 20000, Amount: 5, Service: "Advies"},
		analysis.StagedLine{Number: "1", Day: 20000, Amount: 5, Service: "Controle"})
	forbid := func(id analysis.ServiceID, yes bool) error {
		return s.Write(ctx, func(tx storage.Tx) error { return tx.Forbid(ctx, id, yes) })
	}
	forbidden := func() (names string) {
		services, err := s.Services(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, service := range services {
			if service.Forbidden {
				names += service.Name
			}
		}
		return names
	}
	services, err := s.Services(ctx)
	if err != nil || len(services) != 2 {
		t.Fatalf("Services = %v, %v", services, err)
	}
	wantEqual(t, "forbidden at first", forbidden(), "")
	marks := map[string]bool{}
	mark := func() {
		v, err := s.PortfolioVersion(ctx)
		if err != nil || marks[v] {
			t.Errorf("PortfolioVersion = %q, %v; want another mark", v, err)
		}
		marks[v] = true
	}
	mark()
	for i, step := range []struct {
		id   analysis.ServiceID
		yes  bool
		want string
	}{{services[0].ID, true, services[0].Name}, {services[1].ID, true, services[0].Name + services[1].Name}, {services[0].ID, false, services[1].Name}} {
		if err := forbid(step.id, step.yes); err != nil {
			t.Fatal(err)
		}
		wantEqual(t, fmt.Sprint("forbidden after step ", i), forbidden(), step.want)
		if ids, err := s.ForbiddenServices(ctx); err != nil || ids[step.id] != step.yes || len(ids) > 2 {
			t.Errorf("ForbiddenServices after step %d = %v, %v", i, ids, err)
		}
		mark()
	}
	wantKind(t, "a service that is not there", forbid(4711, true), analysis.NotFound)
}

// testAuditClients: a list says who is audited, an empty cell leaves it, and the
// group of an audit client is one.
func testAuditClients(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	audit := func(c analysis.StagedClient, said analysis.Audit) analysis.StagedClient {
		c.Audit = said
		return c
	}
	first := addClients(t, s, audit(inGroup("G", "1", "Een"), analysis.Audited), inGroup("G", "2", "Twee"), audit(someone("3", "Drie"), analysis.NotAudited))
	audited := func() (numbers string) {
		for _, h := range historiesOf(t, s, analysis.Date(2026, 1, 1)) {
			if h.Audit {
				numbers += h.Number
			}
		}
		return numbers
	}
	wantEqual(t, "audited groups", audited(), "1")
	for number, want := range map[string]analysis.Audit{"1": analysis.Audited, "2": "", "3": analysis.NotAudited} {
		wantEqual(t, "audit of "+number, clientOf(t, s, number).Audit, want)
	}
	again := addClients(t, s, inGroup("G", "1", "Een"), audit(someone("3", "Drie"), analysis.NotAudited))
	wantOutcome(t, "the same again", again, 0, 0, 2, 0, 0)
	changed := addClients(t, s, audit(inGroup("G", "1", "Een"), analysis.NotAudited), audit(someone("3", "Drie"), analysis.Audited))
	wantOutcome(t, "the other way round", changed, 0, 2, 0, 0, 0)
	wantEqual(t, "audited groups now", audited(), "3")
	if _, err := s.UndoImport(t.Context(), changed.ID, "U1", morning); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "audited groups after undo", audited(), "1")
	wantEqual(t, "added", first.Added, 3)
}
