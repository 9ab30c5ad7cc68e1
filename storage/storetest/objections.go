package storetest

import (
	"errors"
	"fmt"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// testObjections: who objects to profiling is nobody in answers by name and is asked
// nothing because of an occasion; a natural person who does is not valued. Taken back,
// all of it is there again.
func testObjections(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	firm := inGroup("G", "1", "Een B.V.")
	firm.ContactName, firm.ContactEmail = "Anna Bos", "anna@een.example"
	person := someone("2", "P. de Wit")
	person.Kind, person.ContactName, person.ContactEmail = "zzp", "Piet de Wit", "piet@wit.example"
	addClients(t, s, firm, person, someone("3", "Drie B.V."))
	one, two := clientOf(t, s, "1"), clientOf(t, s, "2")
	rows := []analysis.StagedResponse{said("a", 9, "van Anna"), said("b", 3, "van Piet"), said("c", 8, "ook van twee")}
	rows[0].Email, rows[1].Email, rows[2].Number = "anna@een.example", "piet@wit.example", "2"
	rows[0].SurveyAnswers.ContactWanted = true
	answer(t, s, storage.ImportOptions{Wave: "naam", ByName: true}, rows...)
	wave := oneWave(t, s).ID
	version := saveDraft(t, s, morning, []analysis.SegmentItem{{Group: one.Group, Segment: analysis.SegmentA}, {Group: two.Group, Segment: analysis.SegmentB}})
	anna, piet := contactPerson(t, s, one), contactPerson(t, s, two)
	occasion := storage.NotedOccasion{Group: one.Group, Contact: anna, By: "U1", At: morning}
	occasion.Kind, occasion.Day = attention.OccasionKinds()[0], 20500
	if err := s.Write(t.Context(), func(tx storage.Tx) error { _, err := tx.AddOccasion(t.Context(), occasion); return err }); err != nil {
		t.Fatal(err)
	}
	object := func(o storage.Objection) error {
		o.By, o.At = "U9", morning
		return s.Write(t.Context(), func(tx storage.Tx) error { return tx.Object(t.Context(), o) })
	}
	sees := func(what, want string) {
		t.Helper()
		wantEqual(t, what, seenOfPeople(t, s, wave, version, one.Group, two.Group), want)
	}
	before, err := s.PortfolioVersion(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sees("nobody objects", "3 3 3 0 2 true B A 1 false")
	if err := object(storage.Objection{Contact: anna, Stands: true}); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "Object once more", object(storage.Objection{Contact: anna, Stands: true}), analysis.Invalid)
	wantKind(t, "Object of nobody", object(storage.Objection{Contact: 1 << 40, Stands: true}), analysis.NotFound)
	sees("somebody of a firm objects", "2 2 2 0 2 true B A 0 false")
	if after, err := s.PortfolioVersion(t.Context()); err != nil || after == before {
		t.Errorf("PortfolioVersion stayed %q, %v", after, err)
	}
	if err := object(storage.Objection{Contact: piet, Stands: true}); err != nil {
		t.Fatal(err)
	}
	sees("a natural person objects", "0 0 0 1 1 false  A 0 true")
	of, err := s.ObjectionsOf(t.Context(), two.Group)
	if err != nil || len(of) != 1 || of[0] != (storage.Objection{Contact: piet, Version: 1, Stands: true, By: "U9", At: morning}) {
		t.Errorf("ObjectionsOf = %+v, %v", of, err)
	}
	for _, contact := range []analysis.ContactID{anna, piet} {
		if err := object(storage.Objection{Contact: contact, Version: 1}); err != nil {
			t.Fatal(err)
		}
	}
	sees("taken back", "3 3 3 0 2 true B A 1 false")
}

// seenOfPeople says what there is of the people at the groups firm and person: answers
// by name, and in wave words and who said them; who is not valued; items of the version,
// whether person has one; their segments; occasions at firm; whether person is spared.
func seenOfPeople(t *testing.T, s Store, wave analysis.WaveID, version analysis.VersionID, firm, person analysis.GroupID) string {
	t.Helper()
	named, err := s.NamedResponses(t.Context(), 0)
	words, whose := 0, 0
	for _, r := range responsesOf(t, s, wave) {
		words += len(r.Comments)
		if r.Client != 0 || r.Contact != 0 || r.Group != 0 || r.ContactWanted {
			whose++
		}
	}
	objects := 0
	for _, h := range historiesOf(t, s, 20500) {
		if h.Objects {
			objects++
		}
	}
	items, err2 := s.Items(t.Context(), version)
	_, none := s.Item(t.Context(), version, person)
	hers, err3 := s.AttentionGroup(t.Context(), version, 20500, firm)
	his, err4 := s.AttentionGroup(t.Context(), version, 20500, person)
	occasions := 0
	if hers.More != nil {
		occasions = len(hers.More.Occasions)
	}
	spared, err5 := s.Spared(t.Context(), person)
	if err := errors.Join(err, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d %d %d %d %d %v %s %s %d %v", len(named), words, whose, objects, len(items), none == nil, his.Segment, hers.Segment, occasions, spared)
}

// contactPerson is the first contact person of a client.
func contactPerson(t testing.TB, s Store, c analysis.Client) analysis.ContactID {
	t.Helper()
	all, err := s.Contacts(t.Context(), c.Group)
	if err != nil || len(all) == 0 {
		t.Fatalf("Contacts of %s = %v, %v", c.Number, all, err)
	}
	return all[0].ID
}
