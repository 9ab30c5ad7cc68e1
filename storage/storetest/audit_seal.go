package storetest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"klantbot/storage"
)

// audits writes n lines, each with a request of its own.
func audits(t *testing.T, s Store, request string, n int) {
	t.Helper()
	write(t, s, func(tx storage.Tx) error {
		for i := range n {
			line := storage.AuditLine{At: morning, User: "U1", Action: "client.show", Group: 1, Request: fmt.Sprint(request, i)}
			if err := tx.Audit(t.Context(), line); err != nil {
				return err
			}
		}
		return nil
	})
}

func mustSeal(t *testing.T, s Store, least int) (storage.AuditSeal, bool) {
	t.Helper()
	seal, made, err := s.SealAudit(t.Context(), morning, least)
	if err != nil {
		t.Fatal(err)
	}
	return seal, made
}

func checkAudit(t *testing.T, s Store) storage.AuditState {
	t.Helper()
	state, err := s.CheckAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func testAuditSeals(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, someone("1", "Een"))
	wantEqual(t, "an empty trail", checkAudit(t, s), storage.AuditState{})
	if _, made := mustSeal(t, s, 0); made {
		t.Error("nothing was sealed")
	}
	audits(t, s, "a", 3)
	if _, made := mustSeal(t, s, 4); made {
		t.Error("three lines were sealed, and four wanted")
	}
	first, made := mustSeal(t, s, 3)
	if !made || first.Batch != 1 || first.Lines != 3 || len(first.Seal) != 64 || !first.At.Equal(morning) {
		t.Errorf("the first seal is %+v, %v", first, made)
	}
	audits(t, s, "a", 3) // delivered again: nothing new
	audits(t, s, "b", 2)
	wantEqual(t, "a trail", checkAudit(t, s), storage.AuditState{Batches: 1, Sealed: 3, Unsealed: 2, Last: first})
	second, made := mustSeal(t, s, 0)
	if !made || second.Batch != 2 || second.Lines != 2 || second.Seal == first.Seal {
		t.Errorf("the second seal is %+v, %v", second, made)
	}
	wantEqual(t, "a sealed trail", checkAudit(t, s), storage.AuditState{Batches: 2, Sealed: 5, Last: second})
}

// testAuditRaces: programs that write and seal at once seal every line once.
func testAuditRaces(t *testing.T, fresh Fresh) {
	const programs, each = 3, 8
	open := fresh(t)
	s := open()
	addClients(t, s, someone("1", "Een"))
	var all sync.WaitGroup
	for p := range programs {
		own := open()
		all.Go(func() {
			for i := range each {
				err := own.Write(t.Context(), func(tx storage.Tx) error {
					return tx.Audit(t.Context(), storage.AuditLine{At: morning, Action: "client.show", Group: 1, Request: fmt.Sprint(p, "/", i)})
				})
				if err != nil {
					t.Error(err)
				}
				if _, _, err := own.SealAudit(t.Context(), morning.Add(time.Minute), 1); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	mustSeal(t, s, 0)
	state := checkAudit(t, s)
	if state.Broken != 0 || state.Sealed != programs*each || state.Unsealed != 0 {
		t.Errorf("the trail is %+v; want %d lines under whole seals", state, programs*each)
	}
}

// keptTrail tries to change the trail beside the program; and, with the engine's
// guard taken away, wants to be told at which batch it was changed.
func keptTrail(t *testing.T, s Store, exec func(statement string) error) {
	audits(t, s, "kept", 2)
	mustSeal(t, s, 0)
	audits(t, s, "after", 1)
	second, _ := mustSeal(t, s, 0)
	audits(t, s, "open", 1)
	for _, forbidden := range []string{
		`DELETE FROM audit`,
		`UPDATE audit SET user_id = 'U9'`,
		`UPDATE audit SET batch = 0`,
		`UPDATE audit SET batch = 2 WHERE batch = 1`,
		`INSERT INTO audit (at, action, batch) VALUES (0, 'x', 1)`,
		`UPDATE audit_seal SET seal = 'x'`,
		`DELETE FROM audit_seal`,
	} {
		if err := exec(forbidden); err == nil {
			t.Errorf("the engine allows %s", forbidden)
		}
	}
	if state := checkAudit(t, s); state.Broken != 0 || state.Batches != second.Batch || state.Unsealed != 1 {
		t.Errorf("the trail is %+v", state)
	}
	for _, guard := range []string{"audit_changed ON audit", "audit_removed ON audit"} {
		if exec("DROP TRIGGER "+guard) != nil { // PostgreSQL's way
			if err := exec("DROP TRIGGER " + guard[:13]); err != nil {
				t.Fatal(err)
			}
		}
	}
	change := func(statement string, batch int64) {
		t.Helper()
		if err := exec(statement); err != nil {
			t.Fatal(err)
		}
		wantEqual(t, statement, checkAudit(t, s).Broken, batch)
	}
	change(`UPDATE audit SET user_id = 'U9' WHERE batch = 2`, 2)
	change(`UPDATE audit SET user_id = 'U1' WHERE batch = 2`, 0)
	change(`UPDATE audit SET action = 'client.shown' WHERE request = 'kept0'`, 1)
	change(`UPDATE audit SET action = 'client.show' WHERE request = 'kept0'`, 0)
	change(`DELETE FROM audit WHERE request = 'kept1'`, 1)
}
