package storetest

import (
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// testFollowUps: an answer by name can be followed up, with versions.
func testFollowUps(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	answer(t, s, storage.ImportOptions{Wave: "naam", ByName: true}, said("1", 9, "a"))
	named := responsesOf(t, s, oneWave(t, s).ID)[0].ID
	answer(t, s, storage.ImportOptions{Wave: "stil"}, said("1", 9, "a"))
	save := func(f storage.FollowUp) error {
		return s.Write(t.Context(), func(tx storage.Tx) error { return tx.SaveFollowUp(t.Context(), f) })
	}
	f := storage.FollowUp{Response: named, Kind: storage.Lead, Owner: 3, State: storage.FollowUpOpen, By: "U1", At: morning}
	if err := save(f); err != nil {
		t.Fatalf("SaveFollowUp: %v", err)
	}
	wantKind(t, "SaveFollowUp of an old version", save(f), analysis.Invalid)
	f.Version, f.State, f.Note = 1, storage.FollowUpDone, "gebeld"
	if err := save(f); err != nil {
		t.Errorf("SaveFollowUp: %v", err)
	}
	f.Version = 2
	if all, err := s.FollowUps(t.Context()); err != nil || len(all) != 1 || all[0] != f {
		t.Errorf("FollowUps = %+v, %v; want %+v", all, err, f)
	}
	f.Response = named + 1
	wantKind(t, "SaveFollowUp of an anonymous answer", save(f), analysis.NotFound)
	f.State = "misschien"
	wantKind(t, "SaveFollowUp of no state", save(f), analysis.Invalid)
	f.Response, f.State = named, storage.FollowUpFree
	wantKind(t, "SaveFollowUp of a free one that somebody has", save(f), analysis.Invalid)
	f.Owner, f.Note = 0, ""
	if err := save(f); err != nil {
		t.Errorf("SaveFollowUp of a free one: %v", err)
	}
	history, err := s.FollowUpHistory(t.Context(), named, storage.Lead)
	if err != nil || len(history) != 3 || history[0].State != storage.FollowUpFree || history[1].Note != "gebeld" || history[2].Version != 1 {
		t.Errorf("FollowUpHistory = %+v, %v; want three, the newest first", history, err)
	}
	if other, err := s.FollowUpHistory(t.Context(), named, storage.Winback); err != nil || len(other) != 0 {
		t.Errorf("FollowUpHistory of another kind = %+v, %v", other, err)
	}
}

// testFollowUpRaces: of several who take the same one up at once one has it, and
// the others are told.
func testFollowUpRaces(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s := open()
	answer(t, s, storage.ImportOptions{Wave: "naam", ByName: true}, said("1", 9, "a"))
	named := responsesOf(t, s, oneWave(t, s).ID)[0].ID
	const people = 4
	results := make(chan error, people)
	for i := range people {
		db := s
		if i%2 == 1 {
			db = open()
		}
		go func() {
			results <- db.Write(t.Context(), func(tx storage.Tx) error {
				return tx.SaveFollowUp(t.Context(), storage.FollowUp{Response: named, Kind: storage.Lead, Owner: analysis.ManagerID(i + 1),
					State: storage.FollowUpOpen, At: morning})
			})
		}()
	}
	won := 0
	for range people {
		switch err := <-results; {
		case err == nil:
			won++
		case analysis.KindOf(err) != analysis.Invalid:
			t.Errorf("SaveFollowUp: %v, want analysis.Invalid", err)
		}
	}
	if all, err := s.FollowUps(t.Context()); won != 1 || err != nil || len(all) != 1 || all[0].Version != 1 {
		t.Errorf("%d took it up: %+v, %v; want one", won, all, err)
	}
}
