package sample_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sample"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

var (
	asOf = analysis.Date(2026, time.November, 21)
	at   = time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)
)

func emptyStore(t *testing.T) *sqlstore.DB {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// The whole office comes through the import path, once.
func TestLoad(t *testing.T) {
	db, ctx := emptyStore(t), t.Context()
	began := time.Now()
	if err := sample.Load(ctx, db, sample.Default(asOf), at); err != nil {
		t.Fatal(err)
	}
	t.Logf("loaded in %v", time.Since(began))

	clients, names, groups := 0, map[string]storage.NameEntry{}, map[analysis.GroupID]bool{}
	for n, err := range db.Names(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		clients++
		names[n.Name] = n
		groups[n.Group] = true
	}
	if clients < 630 || clients > 650 || len(groups) < 560 || len(groups) > 600 {
		t.Errorf("%d clients in %d groups", clients, len(groups))
	}
	_, proposed, err := db.Proposals(ctx, 0, 1)
	if err != nil || proposed < 12 || proposed > 25 {
		t.Errorf("%d relatiegroepen proposed, %v", proposed, err)
	}
	checkKnownGroup(t, db, names["Jansen Installatietechniek B.V."].Group)

	before, err := db.ListImports(ctx, 10)
	if err != nil || len(before) != 7 {
		t.Fatalf("%d imports, %v", len(before), err)
	}
	lines := before[slices.IndexFunc(before, func(i storage.ImportRecord) bool { return i.Kind == analysis.ImportRevenue })].Added
	if lines < 12_000 || lines > 20_000 {
		t.Errorf("%d lines", lines)
	}
	if err := sample.Load(ctx, db, sample.Default(asOf), at); err != nil {
		t.Fatal(err)
	}
	again, err := db.ListImports(ctx, 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range again {
		if !slices.ContainsFunc(before, func(b storage.ImportRecord) bool { return b.ID == i.ID }) && i.Added+i.Changed+i.Removed > 0 {
			t.Errorf("the same office again changed something: %+v", i)
		}
	}
}

// checkKnownGroup holds the group of client 1001 against what documents say.
func checkKnownGroup(t *testing.T, db *sqlstore.DB, id analysis.GroupID) {
	t.Helper()
	ctx := t.Context()
	group, err := db.Group(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	manager, err := db.ManagerByEmail(ctx, "f.devries@voorbeeld.nl")
	if err != nil {
		t.Fatal(err)
	}
	if manager.Name != "Femke de Vries" {
		t.Errorf("the manager is called %q", manager.Name)
	}
	if group.Number != "1001" || group.Name != "Jansen Installatiegroep" || group.Manager != manager.ID || group.Partner != manager.ID {
		t.Errorf("group %+v, manager %d", group, manager.ID)
	}
	members, err := db.Members(ctx, id)
	if err != nil || len(members) != 3 {
		t.Errorf("%d members, %v", len(members), err)
	}
	contacts, err := db.Contacts(ctx, id)
	if err != nil || !slices.ContainsFunc(contacts, func(c analysis.Contact) bool { return c.Name == "Marloes Vermeer" && c.Role == "controller" }) {
		t.Errorf("contacts %+v, %v", contacts, err)
	}
	revenue, err := db.MonthRevenue(ctx, id)
	if err != nil || len(revenue) < 100 {
		t.Errorf("%d months of revenue, %v", len(revenue), err)
	}
}

// Loading can be given up, and leaves nothing half-done.
func TestLoadCancelled(t *testing.T) {
	db := emptyStore(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := sample.Load(ctx, db, sample.Default(asOf), at); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if all, err := db.ListImports(t.Context(), 1); err != nil || len(all) != 0 {
		t.Errorf("%d imports after giving up, %v", len(all), err)
	}
}
