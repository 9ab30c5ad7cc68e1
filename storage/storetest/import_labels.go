package storetest

import (
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// wantGroup checks the number, name and clients of the group that number is in.
func wantGroup(t *testing.T, s Store, number, groupNumber, name, members string) {
	t.Helper()
	g, err := s.Group(t.Context(), clientOf(t, s, number).Group)
	if err != nil {
		t.Fatal(err)
	}
	if got := memberNumbers(t, s, g.ID); g.Number != groupNumber || g.Name != name || got != members {
		t.Errorf("client %s is in %s %q with %s, want %s %q with %s", number, g.Number, g.Name, got, groupNumber, name, members)
	}
}

func testLabels(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	first := clientList(inGroup("bakker groep", "30", "Bakker Holding"), inGroup("Bakker groep", "12", "Bakker Bouw"),
		someone("10", "Los"), someone("20", "Hoofd"), inGroup("20", "21", "Dochter"))
	wantCounts(t, first.into(t, s, raw), 5, 0, 0, 0, 0)
	wantGroup(t, s, "30", "12", "Bakker groep", "[12 30]")
	wantGroup(t, s, "10", "10", "Los", "[10]")
	wantGroup(t, s, "21", "20", "Hoofd", "[20 21]")
	wantCounts(t, first.into(t, s, raw), 0, 0, 5, 0, 0)
	labelled := dump(t, raw)

	without := clientList(someone("30", ""), someone("12", ""), someone("21", ""))
	wantCounts(t, without.into(t, s, raw), 0, 0, 3, 0, 0)

	out := clientList(inGroup("Bakker groep", "10", "Los"), inGroup("BAKKER GROEP", "5", "Bakker Beheer")).into(t, s, raw)
	wantCounts(t, out, 1, 1, 0, 0, 0)
	wantGroup(t, s, "10", "12", "Bakker groep", "[10 12 30 5]")
	g, err := s.Group(t.Context(), 3) // whichever: a group that ended is still found
	if err != nil || g.Number == "" {
		t.Errorf("Group(3) = %+v, %v", g, err)
	}
	undo(t, s, out.ID)
	wantSame(t, "after undo", dump(t, raw), labelled)

	split := clientList(inGroup("Bakker groep", "30", ""), inGroup("Nieuwe groep", "12", ""))
	wantCounts(t, split.into(t, s, raw), 0, 1, 1, 0, 0)
	wantGroup(t, s, "12", "12/2", "Nieuwe groep", "[12]")
	wantCounts(t, split.into(t, s, raw), 0, 0, 2, 0, 0)
}

// testLabelsOfRefusedRows: a row that is refused has no say in which groups the
// others mean, so that the same file again changes nothing.
func testLabelsOfRefusedRows(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	clientList(inGroup("familie", "1", "De Vries")).into(t, s, raw)
	again := clientList(inGroup("4", "1", "De Vries"), inGroup("4", "3", "Technotron"), inGroup("Familie", "1", "De Vries"),
		inGroup("4", "2", ""))
	wantCounts(t, again.into(t, s, raw), 1, 0, 1, 0, 2)
	wantGroup(t, s, "3", "1", "familie", "[1 3]")
	after := dump(t, raw)
	wantCounts(t, again.into(t, s, raw), 0, 0, 2, 0, 2)
	wantSame(t, "the same file again", dump(t, raw), after)

	// Number 5 gets no client, so the group is number 6's.
	wantCounts(t, clientList(inGroup("Nieuw", "5", ""), inGroup("Nieuw", "6", "Zes")).into(t, s, raw), 1, 0, 0, 0, 1)
	wantGroup(t, s, "6", "6", "Nieuw", "[6]")
}

func testLabelsAndMerges(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	p := family(t, s, "vriesland", "1", "2", "3")
	merge(t, s, p.ID)
	members := "[1 2 3]"
	wantEqual(t, "members", memberNumbers(t, s, clientOf(t, s, "3").Group), members)
	labels := clientList(inGroup("A", "1", ""), inGroup("B", "2", ""), inGroup("B", "9", "Nieuw bij B"))
	labels.into(t, s, raw)
	wantGroup(t, s, "9", "1", "A", "[1 2 3 9]")
	out := labels.into(t, s, raw)
	wantCounts(t, out, 0, 0, 3, 0, 0)
	write(t, s, func(tx storage.Tx) error { return tx.Unmerge(t.Context(), p.ID, "U1", morning) })
	wantEqual(t, "members after all", memberNumbers(t, s, clientOf(t, s, "2").Group), "[2]")
}

func testProposed(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	mail := func(number, name, email string) analysis.StagedClient {
		c := someone(number, name)
		c.Email = email
		return c
	}
	out := clientList(
		mail("1", "De Vries Beheer B.V.", "info@devriesbouw.example"),
		mail("2", "P. de Vries", "p@devriesbouw.example"),
		mail("3", "J. de Vries", "j.devries@gmail.com"),
		mail("4", "Jansen Holding B.V.", "x@gmail.com"),
		mail("5", "Jansen Vastgoed B.V.", "y@gmail.com"),
		someone("6", "Technotron Holding B.V."),
		someone("7", "Technotron B.V."),
		someone("8", "Zonneveld Tuinen v.o.f."),
		someone("9", "Zonneveld Tuinen Beheer"),
		someone("13", "Softwarebureau Ten Brink B.V."),
		someone("14", "Softwarebureau Van den Brink B.V."),
		someone("15", "Ter Steeghe Holding"),
		someone("16", "Steeghe Beheer"),
		someone("10", "Stichting Speeltuin"),
		someone("11", "Speeltuin Oost B.V."),
	).into(t, s, raw)
	open1, total, err := s.Proposals(t.Context(), 0, 10)
	if err != nil || total != 3 || out.Proposals != 3 {
		t.Fatalf("Proposals = %+v (%d of %d, %v), want three", open1, out.Proposals, total, err)
	}
	wantEqual(t, "why", proposalOf(t, s, "1", "2").Why, "email")
	wantEqual(t, "why", proposalOf(t, s, "6", "7").Why, "name")
	wantEqual(t, "why", proposalOf(t, s, "8", "9").Why, "name")
	write(t, s, func(tx storage.Tx) error {
		return tx.Dismiss(t.Context(), proposalOf(t, s, "6", "7").ID, "U1", morning)
	})
	out = clientList(someone("12", "Iemand anders")).into(t, s, raw)
	wantEqual(t, "proposals again", out.Proposals, 0)
}
