package commands

import (
	"context"
	"encoding/json"
	"path/filepath"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
	"klantbot/storage/sample"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// attentive is the use-case on a sample office of so many groups that has
// segments since a year.
func attentive(t testing.TB, groups int) (Attention, *sqlstore.DB) {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	size := sample.Default(analysis.DayOf(at))
	size.Groups = groups
	if err := sample.Load(ctx, db, size, at); err != nil {
		t.Fatal(err)
	}
	use := Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	req := Request{Key: "draft", Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}, At: at.AddDate(-1, 0, 0)}
	if _, err := use.Draft(ctx, req); err != nil {
		t.Fatal(err)
	}
	req.Key = "final"
	if _, err := use.Finalize(ctx, req); err != nil {
		t.Fatal(err)
	}
	return Attention{Groups: db, Touches: db, Segments: db, Settings: db, Absences: db, Managers: db, Roster: db,
		Signals: &Signals{Portfolio: db, Revenue: db, Invoiced: db}, Store: db}, db
}

// weekOf plans for one person, who must be there.
func weekOf(t *testing.T, c Attention, day analysis.Day, m analysis.ManagerID) AttentionPerson {
	t.Helper()
	week, err := c.Plan(t.Context(), AttentionAsk{Day: day, Manager: m})
	if err != nil || len(week.People) != 1 {
		t.Fatalf("Plan = %+v, %v", week.People, err)
	}
	return week.People[0]
}

// known returns who of the office has email.
func known(t *testing.T, db *sqlstore.DB, email string) analysis.Manager {
	t.Helper()
	m, err := db.ManagerByEmail(t.Context(), email)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func change(t *testing.T, db *sqlstore.DB, fn func(storage.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

// TestAttentionFollowsMoments: a moment takes its place of the week, and who was
// visited is not asked for.
func TestAttentionFollowsMoments(t *testing.T) {
	t.Parallel()
	c, db := attentive(t, 300)
	ctx, monday := t.Context(), attention.Week{Year: 2026, Number: 48}.Monday()
	boss := known(t, db, "f.devries@voorbeeld.nl")
	before := weekOf(t, c, monday, boss.ID)
	if len(before.Rows) == 0 || len(before.Rows) > before.Capacity || before.Rows[0].Group.Name == "" || before.Person.Name == "" {
		t.Fatalf("week = %+v", before)
	}
	first := before.Rows[0]
	change(t, db, func(tx storage.Tx) error {
		_, _, err := tx.AddTouch(ctx, analysis.Touch{Group: first.Item.Group, Kind: analysis.Visit, Day: monday, Manager: boss.ID,
			NextDay: analysis.NoDay, Asked: first.Key(), At: at})
		return err
	})
	after := weekOf(t, c, monday, boss.ID)
	if len(after.Rows) > before.Capacity-1 {
		t.Errorf("%d more of %d after one moment", len(after.Rows), before.Capacity)
	}
	for _, r := range after.Rows {
		if r.Item.Group == first.Item.Group && r.Occasion == nil {
			t.Errorf("visited today, and asked for: %+v", r.Item)
		}
	}
	due, last, ok, err := c.Next(ctx, first.Item.Group, monday)
	if err != nil || last != monday || ok && due.Asked && due.Line.Touch != analysis.Visit {
		t.Errorf("Next = %+v, %v, %v, %v", due, last, ok, err)
	}
}

// TestAttentionFollowsChoices: somebody who is away is stood in for, and the
// office's own plan counts.
func TestAttentionFollowsChoices(t *testing.T) {
	t.Parallel()
	c, db := attentive(t, 300)
	ctx, monday := t.Context(), attention.Week{Year: 2026, Number: 48}.Monday()
	boss, deputy := known(t, db, "f.devries@voorbeeld.nl"), known(t, db, "m.hoekstra@voorbeeld.nl")
	change(t, db, func(tx storage.Tx) error {
		_, err := tx.AddAbsence(ctx, storage.Absence{Manager: boss.ID, From: monday, To: monday + 6, Deputy: deputy.ID, At: at})
		return err
	})
	if away := weekOf(t, c, monday, boss.ID); len(away.Rows) != 0 {
		t.Errorf("away, and asked for %d", len(away.Rows))
	}
	stoodIn := 0
	for _, r := range weekOf(t, c, monday, deputy.ID).Rows {
		if r.Item.Holder == boss.ID {
			stoodIn++
			if r.Holder != boss.Name {
				t.Errorf("stands in for %q", r.Holder)
			}
		}
	}
	if stoodIn == 0 {
		t.Error("nobody is stood in for")
	}
	if back := weekOf(t, c, monday+7, boss.ID); len(back.Rows) == 0 {
		t.Error("back, and nothing is asked")
	}
	plan := attention.Default(monday)
	plan.Lines = nil
	value, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	change(t, db, func(tx storage.Tx) error {
		return tx.Set(ctx, storage.Setting{Key: attention.PlanSetting, Value: value, At: at})
	})
	if empty := weekOf(t, c, monday+7, boss.ID); len(empty.Rows) != 0 || empty.Moments != 0 {
		t.Errorf("an empty plan asks for %d", len(empty.Rows))
	}
}

// TestAttentionIsForColleagues: nobody else sees it, and each look is written
// down.
func TestAttentionIsForColleagues(t *testing.T) {
	t.Parallel()
	c, _ := attentive(t, 60)
	day := analysis.DayOf(at)
	if _, err := c.Show(t.Context(), Request{Key: "1", At: at}, AttentionAsk{Day: day}); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a guest: %v", err)
	}
	if _, err := (TouchExport{Touches: c.Touches, Store: c.Store}).Between(t.Context(), Request{Key: "2", At: at,
		Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Employee)}}, 0, day); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("an employee exports: %v", err)
	}
	week, err := c.Show(t.Context(), Request{Key: "3", At: at, Actor: analysis.Actor{Roles: analysis.RolesOf(analysis.Employee)}}, AttentionAsk{Day: day})
	if err != nil || !week.Final || len(week.People) == 0 {
		t.Errorf("Show = %v, %v", week.People, err)
	}
}
