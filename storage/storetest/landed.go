package storetest

import (
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// LandedSchemas yields, in their order, the numbers of the schemas that an engine
// has a dump of in testdata, with the name of its file: one for each schema that
// a release left offices with, and one for the newest, which is to be the next.
func LandedSchemas(t *testing.T) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		migrations, err := filepath.Glob(filepath.Join("migrations", "*.sql"))
		if err != nil || len(migrations) == 0 {
			t.Fatalf("no migrations: %v", err)
		}
		for i, file := range migrations {
			var schema int
			if _, err := fmt.Sscanf(filepath.Base(file), "%d_", &schema); err != nil {
				t.Fatalf("number migration %s: %v", file, err)
			}
			dump := fmt.Sprintf("schema_%04d.sql", schema)
			if _, err := os.Stat(filepath.Join("testdata", dump)); err != nil {
				if i == len(migrations)-1 {
					t.Errorf("the newest schema has no dump: %v", err)
				}
				continue // made and replaced within one release
			}
			if !yield(schema, dump) {
				return
			}
		}
	}
}

// Landed checks an office that an earlier program left behind at the given
// schema, in testdata/schema_0001.sql and on of each engine: today's program
// reads what it wrote and goes on from there.
func Landed(t *testing.T, s Store, schema int) {
	if state := checkAudit(t, s); schema >= 10 && (state.Broken != 0 || state.Sealed != 1 || state.Unsealed != 1) {
		t.Errorf("the trail is %+v; want one line under a whole seal", state)
	}
	for _, added := range []struct {
		schema int
		check  func(*testing.T, Store)
	}{{2, landedValue}, {3, landedLifetime}, {4, landedAttention}, {6, landedSurvey}, {7, landedRemark}, {8, landedSession},
		{9, landedFeedback}, {11, landedQuestion}, {13, landedTold}} {
		if schema >= added.schema {
			added.check(t, s)
		}
	}
	audited := analysis.Audit("")
	if schema >= 3 {
		audited = analysis.Audited
	}
	landedClients(t, s, audited)
	landedRest(t, s)
}

// landedClients checks who the clients of schema 1 are and what was done with them, and
// goes on doing so; audited is what is known of the first.
func landedClients(t *testing.T, s Store, audited analysis.Audit) {
	ctx := t.Context()
	jansen := clientOf(t, s, "0100")
	want := analysis.Client{ID: 1, Group: 1, Number: "0100", Debtor: "D1", Name: "Bakkerij Jansen B.V.", KVK: "01234567",
		Email: "info@jansen.example", Kind: "mkb", Status: analysis.Current, FTE: 12.5, Balance: 1_234_567_89,
		Since: analysis.Date(1990, 1, 1), Until: analysis.NoDay, Elsewhere: -1, Audit: audited}
	wantEqual(t, "client", jansen, want)
	wantEqual(t, "members", memberNumbers(t, s, 2), "[0100 0101]")
	revenue, err := s.MonthRevenue(ctx, 1)
	if err != nil || len(revenue) != 2 || revenue[0].Amount+revenue[1].Amount != 245_000 {
		t.Errorf("MonthRevenue = %v, %v; want 245000 cents in two rows", revenue, err)
	}
	if trail, err := s.AuditOf(ctx, 1, 10); err != nil || len(trail) != 1 || trail[0].Client != 2 {
		t.Errorf("AuditOf = %v, %v; want the line about client 2", trail, err)
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

// landedRest checks what else schema 1 has.
func landedRest(t *testing.T, s Store) {
	wantEqual(t, "message", entryOf(t, s, "share/1").State, storage.Queued)
	wantEqual(t, "delivery of what was accepted", accept(t, s, envelope("E1", morning), "b", morning), false)
	if err := s.BindTeam(t.Context(), "T1"); err != nil {
		t.Errorf("BindTeam: %v", err)
	}
	if users, err := s.Administrators(t.Context()); err != nil || len(users) != 1 || users[0] != "U1" {
		t.Errorf("Administrators = %v, %v; want U1", users, err)
	}
}

// landedRemark checks what schema 7 added.
func landedRemark(t *testing.T, s Store) {
	if noted, err := s.Remarks(t.Context(), 2); err != nil || len(noted) != 1 || noted[0].Group != 1 || noted[0].Words != "Zoon neemt over" || noted[0].By != "U1" {
		t.Errorf("Remarks = %+v, %v; want the one of U1", noted, err)
	}
}

// landedValue checks what schema 2 added.
func landedValue(t *testing.T, s Store) {
	ctx := t.Context()
	if quota, err := s.Setting(ctx, "quota"); err != nil || quota.Version != 2 || string(quota.Value) != `{"A":5}` {
		t.Errorf("Setting = %+v, %v; want version 2", quota, err)
	}
	judged := judge(t, s, 2, "ict", 4)
	judged.Group = 1
	wantJudgements(t, s, 2, judged, analysis.Judgement{Group: 1, Criterion: "strategie", Value: 3, By: "U1",
		At: time.UnixMilli(1763712000000).UTC()})
	wantItems(t, s, 1, []analysis.SegmentItem{
		{Group: 1, Score: 87.5, Coverage: .75, Segment: analysis.SegmentA, Yearly: 245_000, Known: true},
		{Group: 3, Coverage: .2},
	})
	wantKind(t, "Finalize of what is final", finalize(t, s, 1, "U2", time.Time{}), analysis.Invalid)
	if all, err := s.Overrides(ctx, 1); err != nil || len(all) != 2 || !all[0].Strategic || !all[1].Proposed {
		t.Errorf("Overrides = %+v, %v; want a strategic one and a proposed one", all, err)
	}
	wantEqual(t, "draft", saveDraft(t, s, morning, someItems(2)), 2)
	if f, err := s.Future(ctx, 3); err != nil || f.Decision != storage.Part || fmt.Sprint(f.Done) != "[letter notice]" {
		t.Errorf("Future = %+v, %v; want a parting with two steps", f, err)
	}
	wantEqual(t, "subject of a message", entryOf(t, s, "share/1").Subject, "mkb")
}

// landedLifetime checks what schema 3 added.
func landedLifetime(t *testing.T, s Store) {
	fits, err := s.LifetimeFits(t.Context())
	if err != nil || len(fits) != 1 || fits[0].Model != storage.SBG || fits[0].Params["b"] != 3.806094 || !fits[0].Better() {
		t.Errorf("LifetimeFits = %+v, %v; want the sBG", fits, err)
	}
	if services, err := s.Services(t.Context()); err != nil || len(services) != 2 || !services[0].Forbidden || services[1].Forbidden {
		t.Errorf("Services = %+v, %v; want the first one forbidden", services, err)
	}
}
