package storetest

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// called is a call with group g on day, logged by U1.
func called(g analysis.GroupID, day analysis.Day) analysis.Touch {
	return analysis.Touch{Group: g, Kind: analysis.Call, Day: day, By: "U1", NextDay: analysis.NoDay, Source: "card",
		Author: "U1", At: morning}
}

// addTouch logs t and returns it as the store should.
func addTouch(t *testing.T, s Store, m analysis.Touch) analysis.Touch {
	t.Helper()
	write(t, s, func(tx storage.Tx) error {
		id, added, err := tx.AddTouch(t.Context(), m)
		if err == nil && !added {
			t.Errorf("AddTouch of %v added nothing", m.Kind)
		}
		m.ID, m.Version = id, 1
		return err
	})
	return m
}

func revise(t *testing.T, s Store, m analysis.Touch) error {
	t.Helper()
	return s.Write(t.Context(), func(tx storage.Tx) error { return tx.ReviseTouch(t.Context(), m) })
}

func wantTouches(t *testing.T, s Store, what string, g analysis.GroupID, want ...analysis.Touch) {
	t.Helper()
	got, n, err := s.Touches(t.Context(), g, 0, 100)
	if err != nil || n != len(want) || fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("Touches %s = %v (%d), %v; want %v", what, got, n, err, want)
	}
}

// testTouches: a moment is logged, corrected, taken back and put right again,
// each a version; of two corrections at once one is told.
func testTouches(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	one := someone("1", "Een")
	one.ContactName = "Mevrouw Smit"
	one.ManagerEmail, one.ManagerName = "anna@kantoor.example", "Anna"
	if at, err := s.FirstTouch(ctx); err != nil || !at.IsZero() {
		t.Errorf("FirstTouch of nothing = %v, %v", at, err)
	}
	addClients(t, s, one, someone("2", "Twee"))
	client := clientOf(t, s, "1")
	contacts, err := s.Contacts(ctx, client.Group)
	if err != nil || len(contacts) != 1 {
		t.Fatalf("Contacts = %v, %v", contacts, err)
	}
	day := analysis.Date(2026, 11, 2)
	full := called(client.Group, day)
	full.Client, full.Contact, full.Manager = client.ID, contacts[0].ID, client.Manager
	full.Note, full.Next, full.NextDay, full.Link = "wil ’t pensioen\nbespreken", "stukken opvragen", day+14, "https://x.example/p1"
	first := addTouch(t, s, full)
	visit := called(client.Group, day+3)
	visit.Kind = analysis.Visit
	second := addTouch(t, s, visit)
	other := addTouch(t, s, called(clientOf(t, s, "2").Group, day))
	wantTouches(t, s, "logged", client.Group, second, first)
	if page, n, err := s.Touches(ctx, client.Group, 1, 1); err != nil || n != 2 || len(page) != 1 || page[0] != first {
		t.Errorf("second page = %v (%d), %v", page, n, err)
	}

	fixed := first
	fixed.Kind, fixed.Note, fixed.Day, fixed.Author, fixed.At = analysis.Visit, "beter", day+9, "U2", morning.Add(time.Hour)
	if err := revise(t, s, fixed); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "two corrections of one version", revise(t, s, fixed), analysis.Invalid)
	fixed.Version = 2
	wantTouches(t, s, "corrected", client.Group, fixed, second)
	gone := fixed
	gone.Removed = true
	if err := revise(t, s, gone); err != nil {
		t.Fatal(err)
	}
	gone.Version = 3
	wantTouches(t, s, "taken back", client.Group, second)
	if got, err := s.Touch(ctx, first.ID); err != nil || got != gone {
		t.Errorf("Touch taken back = %v, %v; want %v", got, err, gone)
	}
	back := first
	back.Version = 3
	if err := revise(t, s, back); err != nil {
		t.Fatal(err)
	}
	back.Version = 4
	wantTouches(t, s, "put back", client.Group, second, back)
	if all, err := s.TouchHistory(ctx, first.ID); err != nil || fmt.Sprint(all) != fmt.Sprint([]analysis.Touch{back, gone, fixed, first}) {
		t.Errorf("TouchHistory = %v, %v", all, err)
	}
	testTouchesRefused(t, s, first)
	testMoments(t, s, day, []storage.TouchLine{
		{Touch: back, Number: "1", Name: "Een", ContactName: "Mevrouw Smit", ByEmail: "anna@kantoor.example", ByName: "Anna"},
		{Touch: other, Number: "2", Name: "Twee"},
	})
}

// testMoments: those of a day come as lines, and the first one written is known.
func testMoments(t *testing.T, s Store, day analysis.Day, want []storage.TouchLine) {
	t.Helper()
	ctx := t.Context()
	var lines []storage.TouchLine
	for l, err := range s.Moments(ctx, day, day) {
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("Moments = %v; want %v", lines, want)
	}
	if at, err := s.FirstTouch(ctx); err != nil || !at.Equal(morning) {
		t.Errorf("FirstTouch = %v, %v; want %v", at, err, morning)
	}
	for range s.Moments(ctx, 0, 1<<30) {
		break // who has enough may leave
	}
}

func testTouchesRefused(t *testing.T, s Store, good analysis.Touch) {
	t.Helper()
	ctx := t.Context()
	for name, c := range map[string]struct {
		change func(*analysis.Touch)
		kind   analysis.Kind
	}{
		"kind":              {func(m *analysis.Touch) { m.Kind = "fax" }, analysis.Invalid},
		"day":               {func(m *analysis.Touch) { m.Day = analysis.NoDay }, analysis.Invalid},
		"group":             {func(m *analysis.Touch) { m.Group = 4711 }, analysis.NotFound},
		"another's client":  {func(m *analysis.Touch) { m.Client = idOf(t, s, "2") }, analysis.NotFound},
		"another's contact": {func(m *analysis.Touch) { m.Contact += 100 }, analysis.NotFound},
	} {
		m := good
		c.change(&m)
		err := s.Write(ctx, func(tx storage.Tx) error {
			_, _, err := tx.AddTouch(ctx, m)
			return err
		})
		wantKind(t, "AddTouch: "+name, err, c.kind)
	}
	unknown := good
	unknown.ID += 1000
	wantKind(t, "ReviseTouch of nothing", revise(t, s, unknown), analysis.NotFound)
	_, err := s.Touch(ctx, unknown.ID)
	wantKind(t, "Touch of nothing", err, analysis.NotFound)
	_, err = s.TouchHistory(ctx, unknown.ID)
	wantKind(t, "TouchHistory of nothing", err, analysis.NotFound)
}

// testTouchesAsked: what was asked once is answered once, also by two people at
// once, and again after the answer was taken back.
func testTouchesAsked(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, beside := open(), open()
	addClients(t, s, someone("1", "Een"))
	g := clientOf(t, s, "1").Group
	m := called(g, 20000)
	m.Asked = "telefoongesprek/2026-10-01"
	const people = 8
	ids, added := make([]analysis.TouchID, people), make([]bool, people)
	err := atOnce(people, func(i int) error {
		store := []Store{s, beside}[i%2]
		return store.Write(t.Context(), func(tx storage.Tx) error {
			var err error
			ids[i], added[i], err = tx.AddTouch(t.Context(), m)
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range people {
		if added[i] {
			n++
		}
		wantEqual(t, "the one moment", ids[i], ids[0])
	}
	wantEqual(t, "moments added", n, 1)
	gone := m
	gone.ID, gone.Version = ids[0], 1
	if got, err := s.Answered(t.Context(), g, m.Asked); err != nil || got != gone {
		t.Errorf("Answered = %v, %v; want %v", got, err, gone)
	}
	gone.Removed = true
	if err := revise(t, s, gone); err != nil {
		t.Fatal(err)
	}
	for _, asked := range []string{m.Asked, "", "bezoek/2026-01-01"} {
		_, err := s.Answered(t.Context(), g, asked)
		wantKind(t, "Answered "+asked, err, analysis.NotFound)
	}
	again := addTouch(t, s, m)
	gone.Version, gone.Removed = 2, false
	wantKind(t, "an answer put back beside another", revise(t, s, gone), analysis.Invalid)
	wantTouches(t, s, "answered again", g, again)
}

// testTouchesMerged: moments go along with their group, and back.
func testTouchesMerged(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	ours, theirs := addTouch(t, s, called(a, 20000)), addTouch(t, s, called(b, 20001))
	merge(t, s, p.ID)
	moved := theirs
	moved.Group = a
	wantTouches(t, s, "of the whole", a, moved, ours)
	wantTouches(t, s, "by an old button", b, moved, ours)
	onto := called(b, 20002)
	onto.Group = b
	late := addTouch(t, s, onto)
	late.Group = a
	wantTouches(t, s, "logged by an old button", a, late, moved, ours)
	write(t, s, func(tx storage.Tx) error { return tx.Unmerge(t.Context(), p.ID, "U1", morning) })
	wantTouches(t, s, "of what left", b, theirs)
}
