package commands

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// TestIndependence: an administrator forbids a service at audit clients, after
// which their cards offer it no more and those of others still do; nobody else
// may.
func TestIndependence(t *testing.T) {
	o := newOffice(t)
	o.bakers(10)
	ctx := context.Background()
	audited, other := row("9000", "", ""), row("9500", "Bakkerij zonder controle", "")
	audited.ManagerEmail, audited.ManagerName, audited.Audit = "", "", analysis.Audited
	other.Kind, other.SBI, other.FTE = "mkb", "1071", 5
	bought := analysis.StagedLine{Line: 1, Number: "9500", Day: analysis.Date(2025, 3, 1), Service: "Jaarrekening", Amount: 200000}
	stage(t, o.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, []analysis.StagedClient{audited, other}) })
	stage(t, o.db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, []analysis.StagedLine{bought}) })
	if err := o.dir.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	offered := func(number string) int {
		t.Helper()
		cards := Cards{Clients: o.db, Revenue: o.db, Managers: o.db, Segments: o.db, Market: NewMarket(o.db, o.db, o.db, time.Minute)}
		card, err := cards.Card(ctx, o.number(number), analysis.DayOf(at))
		if err != nil {
			t.Fatal(err)
		}
		return len(card.Approach.Potential.Whitespace)
	}
	if offered("9000") == 0 || offered("9500") == 0 {
		t.Fatal("it is offered nothing")
	}
	services, err := o.db.Services(ctx)
	if err != nil {
		t.Fatal(err)
	}
	boss := analysis.Actor{User: "U5", Roles: analysis.RolesOf(analysis.Administrator)}
	ask := func(actor analysis.Actor, entry, value string) (string, error) {
		reply, err := o.ask(entry, Action, func(r *Request) { r.Actor, r.Value = actor, value })
		if err != nil {
			return "", err
		}
		return shown(t, reply), nil
	}
	for _, s := range services {
		said, err := ask(boss, "service.forbid", fmt.Sprintf("%d/1/0", s.ID))
		if err != nil || !strings.Contains(said, "Niet bij controleklanten") {
			t.Fatalf("%s, %v", said, err)
		}
	}
	if n := offered("9000"); n != 0 {
		t.Errorf("an audit client is offered %d services that are forbidden", n)
	}
	if offered("9500") == 0 {
		t.Error("whom nobody audits is offered nothing any more")
	}
	for _, entry := range []string{"service.page", "service.forbid"} {
		if _, err := ask(director, entry, "1/1/0"); analysis.KindOf(err) != analysis.Forbidden {
			t.Errorf("a partner: %v", err)
		}
	}
	for _, value := range []string{"", "1", "4711/1/0", "x/1/0", "1/1/x", "1/1/-1"} {
		if _, err := ask(boss, "service.forbid", value); analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("%q: %v", value, err)
		}
	}
	if said, err := ask(boss, "service.page", "999"); err != nil || strings.Contains(said, "Volgende") {
		t.Errorf("past the end: %s, %v", said, err)
	}
}
