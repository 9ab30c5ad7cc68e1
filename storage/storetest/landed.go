package storetest

import (
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// Landed checks an office that an earlier program left behind, in
// testdata/schema_0001.sql of each engine: today's program reads what it wrote
// and goes on from there.
func Landed(t *testing.T, s Store) {
	ctx := t.Context()
	jansen := clientOf(t, s, "0100")
	want := analysis.Client{ID: 1, Group: 1, Number: "0100", Debtor: "D1", Name: "Bakkerij Jansen B.V.", KVK: "01234567",
		Email: "info@jansen.example", Kind: "mkb", Status: analysis.Current, FTE: 12.5, Balance: 1_234_567_89,
		Since: analysis.Date(1990, 1, 1), Until: analysis.NoDay, Elsewhere: -1}
	wantEqual(t, "client", jansen, want)
	wantEqual(t, "members", memberNumbers(t, s, 2), "[0100 0101]")
	revenue, err := s.MonthRevenue(ctx, 1)
	if err != nil || len(revenue) != 2 || revenue[0].Amount+revenue[1].Amount != 245_000 {
		t.Errorf("MonthRevenue = %v, %v; want 245000 cents in two rows", revenue, err)
	}
	if trail, err := s.AuditOf(ctx, 1, 10); err != nil || len(trail) != 1 || trail[0].Client != 2 {
		t.Errorf("AuditOf = %v, %v; want the line about client 2", trail, err)
	}
	wantEqual(t, "message", entryOf(t, s, "share/1").State, storage.Queued)
	wantEqual(t, "delivery of what was accepted", accept(t, s, envelope("E1", morning), "b", morning), false)
	if err := s.BindTeam(ctx, "T1"); err != nil {
		t.Errorf("BindTeam: %v", err)
	}
	if users, err := s.Administrators(ctx); err != nil || len(users) != 1 || users[0] != "U1" {
		t.Errorf("Administrators = %v, %v; want U1", users, err)
	}
	write(t, s, func(tx storage.Tx) error { return tx.Unmerge(ctx, 1, "U1", morning) })
	wantEqual(t, "members after Unmerge", memberNumbers(t, s, 2), "[0101]")
	merge(t, s, 2)
	wantEqual(t, "members after Merge", memberNumbers(t, s, 3), "[0101 0200]")
	// Numbers that were given out are not given out again.
	addClients(t, s, someone("0300", "Nieuw"))
	if id := idOf(t, s, "0300"); id <= 3 {
		t.Errorf("a new client is number %d", id)
	}
}
