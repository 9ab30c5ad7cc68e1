package storetest

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

func testAbsences(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	one := someone("1", "Een")
	one.ManagerEmail, one.PartnerEmail = "anna@kantoor.example", "ben@kantoor.example"
	addClients(t, s, one)
	c := clientOf(t, s, "1")
	add := func(a storage.Absence) (storage.Absence, error) {
		a.By, a.At = "U1", morning
		err := s.Write(ctx, func(tx storage.Tx) error {
			var err error
			a.ID, err = tx.AddAbsence(ctx, a)
			return err
		})
		return a, err
	}
	first, err := add(storage.Absence{Manager: c.Manager, From: 20454, To: 20460, Deputy: c.Partner})
	if err != nil {
		t.Fatal(err)
	}
	second, err := add(storage.Absence{Manager: c.Manager, From: 20460, To: 20460})
	if err != nil {
		t.Fatal(err)
	}
	want := func(from, to analysis.Day, want ...storage.Absence) {
		t.Helper()
		got, err := s.Absences(ctx, from, to)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("Absences(%d, %d) = %v, %v; want %v", from, to, got, err, want)
		}
	}
	want(20460, 20470, first, second)
	want(20400, 20454, first)
	want(20461, 20470)
	for what, bad := range map[string]storage.Absence{
		"days": {Manager: c.Manager, From: 5, To: 4},
		"self": {Manager: c.Manager, From: 5, To: 5, Deputy: c.Manager},
	} {
		_, err := add(bad)
		wantKind(t, what, err, analysis.Invalid)
	}
	_, err = add(storage.Absence{Manager: c.Manager, From: 5, To: 5, Deputy: 4711})
	wantKind(t, "unknown deputy", err, analysis.NotFound)
	remove := func() error {
		return s.Write(ctx, func(tx storage.Tx) error { return tx.RemoveAbsence(ctx, first.ID) })
	}
	if err := remove(); err != nil {
		t.Fatal(err)
	}
	wantKind(t, "RemoveAbsence twice", remove(), analysis.NotFound)
	want(20400, 20470, second)
}

func testDigests(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	choose := func(c storage.DigestChoice) error {
		return s.Write(ctx, func(tx storage.Tx) error { return tx.ChooseDigest(ctx, c) })
	}
	_, err := s.Digest(ctx, "U1")
	wantKind(t, "Digest nobody chose", err, analysis.NotFound)
	c := storage.DefaultDigest("U1")
	wantEqual(t, "default", fmt.Sprint(c.Weekday, c.Minute, c.Stopped), "1 510 false")
	c.At = morning
	other := c
	other.User = "U0"
	for _, c := range []storage.DigestChoice{c, other} {
		if err := choose(c); err != nil {
			t.Fatal(err)
		}
	}
	wantKind(t, "two changes at once", choose(c), analysis.Invalid)
	c.Version, c.Weekday, c.Minute, c.Stopped, c.Shown, c.At = 1, 7, 1439, true, 3, morning.Add(time.Hour)
	if err := choose(c); err != nil {
		t.Fatal(err)
	}
	c.Version, other.Version = 2, 1
	if got, err := s.Digest(ctx, "U1"); err != nil || got != c {
		t.Errorf("Digest = %+v, %v; want %+v", got, err, c)
	}
	if all, err := s.Digests(ctx); err != nil || fmt.Sprint(all) != fmt.Sprint([]storage.DigestChoice{other, c}) {
		t.Errorf("Digests = %+v, %v", all, err)
	}
	for _, bad := range []storage.DigestChoice{{User: "U2"}, {User: "U2", Weekday: 8}, {User: "U2", Weekday: 1, Minute: 1440},
		{User: "U2", Weekday: 1, Minute: -1}, {Weekday: 1}} {
		wantKind(t, fmt.Sprint(bad), choose(bad), analysis.Invalid)
	}
}

// testGatherings: who is invited to an event and what came of it is listed and counted;
// groups that became one were invited once.
func testGatherings(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	g := storage.Gathering{Name: "Ontbijt over opvolging", Activity: "ontbijtsessie", Day: 20454, By: "U1", At: morning}
	write(t, s, func(tx storage.Tx) error {
		var err error
		g.ID, err = tx.AddGathering(ctx, g)
		return err
	})
	for _, i := range []storage.Invitation{{Gathering: g.ID, Group: a, State: attention.Invited}, {Gathering: g.ID, Group: b, State: attention.Invited},
		{Gathering: g.ID, Group: b, State: attention.Attended}} {
		if err := invite(t, s, i); err != nil {
			t.Fatal(err)
		}
	}
	list := func() string {
		t.Helper()
		all, err := s.Invitations(ctx, g.ID)
		if err != nil {
			t.Fatal(err)
		}
		said := ""
		for _, i := range all {
			said += fmt.Sprint(i.Group, i.State, i.By, " ")
		}
		return said
	}
	wantEqual(t, "list", list(), fmt.Sprint(a, attention.Invited, "U1 ", b, attention.Attended, "U1 "))
	for _, c := range []struct { // what a says; b came
		state                  attention.InvitationState
		coming, declined, came int
	}{{attention.Coming, 1, 0, 1}, {attention.Declined, 0, 1, 1}, {attention.Invited, 0, 0, 1}} {
		if err := invite(t, s, storage.Invitation{Gathering: g.ID, Group: a, State: c.state}); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Gathering(ctx, g.ID); err != nil || got.Invited != 2 || got.Coming != c.coming || got.Declined != c.declined || got.Came != c.came {
			t.Errorf("%s: %+v, %v", c.state, got, err)
		}
	}
	g.Invited, g.Came = 2, 1
	if got, err := s.Gathering(ctx, g.ID); err != nil || got != g {
		t.Errorf("Gathering = %+v, %v; want %+v", got, err, g)
	}
	merge(t, s, p.ID)
	wantEqual(t, "list of the whole", list(), fmt.Sprint(a, attention.Attended, "U1 "))
	testGatheringsRefused(t, s, g.ID, a)
}

// invite writes down what came of inviting somebody.
func invite(t *testing.T, s Store, i storage.Invitation) error {
	i.By, i.At = "U1", morning
	return s.Write(t.Context(), func(tx storage.Tx) error { return tx.Invite(t.Context(), i) })
}

// testGatheringsRefused: what can not be is refused, and the event id, to which group is
// invited, can be called off.
func testGatheringsRefused(t *testing.T, s Store, id int64, group analysis.GroupID) {
	ctx := t.Context()
	wantKind(t, "unknown state", invite(t, s, storage.Invitation{Gathering: id, Group: group, State: "misschien"}), analysis.Invalid)
	wantKind(t, "unknown event", invite(t, s, storage.Invitation{Gathering: 99, Group: group, State: attention.Invited}), analysis.NotFound)
	wantKind(t, "nobody", invite(t, s, storage.Invitation{Gathering: id, Group: 4711, State: attention.Invited}), analysis.NotFound)
	write(t, s, func(tx storage.Tx) error { return tx.RemoveGathering(ctx, id) })
	_, err := s.Gathering(ctx, id)
	wantKind(t, "what is off", err, analysis.NotFound)
	if all, err := s.Gatherings(ctx, 10); err != nil || len(all) != 0 {
		t.Errorf("Gatherings = %v, %v; want none", all, err)
	}
	err = s.Write(ctx, func(tx storage.Tx) error {
		_, err := tx.AddGathering(ctx, storage.Gathering{Activity: "x", Day: 1})
		return err
	})
	wantKind(t, "no name", err, analysis.Invalid)
}
