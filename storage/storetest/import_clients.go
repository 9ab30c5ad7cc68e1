package storetest

import (
	"testing"

	"klantbot/analysis"
)

func testClientList(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	full := someone("0042", "Bakkerij Smit B.V.")
	full.KVK, full.VAT, full.Debtor, full.Email = "01234567", "NL004495445B01", "D7", "info@smit.example"
	full.Kind, full.SBI, full.Stage, full.Market, full.Referrer = "mkb", "1071", "groei", "food", "een klant"
	full.FTE, full.Balance, full.Elsewhere, full.Since = 7.5, 125_000_00, 0, analysis.Date(2011, 3, 1)
	empty := someone("43", "Ander")
	empty.Status = ""
	file := clientList(full, empty)

	wantCounts(t, file.into(t, s, raw), 2, 0, 0, 0, 0)
	got := clientOf(t, s, "0042")
	want := full.Client
	want.ID, want.Group = got.ID, got.Group
	if got != want {
		t.Errorf("stored\n%+v\nwant\n%+v", got, want)
	}
	wantEqual(t, "status where the list has none", clientOf(t, s, "43").Status, analysis.Current)
	g, err := s.Group(t.Context(), got.Group)
	if err != nil || g.Number != "0042" || g.Name != full.Name {
		t.Errorf("own group = %+v (%v), want number and name of the client", g, err)
	}
	version, _ := s.NamesVersion(t.Context())
	wantCounts(t, file.into(t, s, raw), 0, 0, 2, 0, 0)
	if again, _ := s.NamesVersion(t.Context()); again != version {
		t.Errorf("names version is raised by an import that changed nothing")
	}

	less := someone("0042", "")
	less.Status, less.Kind = "", "zzp"
	wantCounts(t, clientList(less).into(t, s, raw), 0, 1, 0, 0, 0)
	want.Kind = "zzp"
	wantEqual(t, "client after a list with empty cells", clientOf(t, s, "0042"), want)
}

func testDuplicateNumbers(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	out := clientList(someone("1", "Een"), someone("2", "Twee"), someone("1", "Een"), someone("1", "Uno")).into(t, s, raw)
	wantCounts(t, out, 2, 0, 1, 0, 1)
	wantRefused(t, out, 5, "import.duplicate_number")
	if len(out.Refused) == 1 && (out.Refused[0].Reason.Args["first"] != 2 || out.Refused[0].Reason.Args["number"] != "1") {
		t.Errorf("refusal says %v, want number 1 and first line 2", out.Refused[0].Reason.Args)
	}
	wantEqual(t, "name", clientOf(t, s, "1").Name, "Een")
	wantRefused(t, clientList(someone("3", "")).into(t, s, raw), 2, "import.name_missing")
	wantRefused(t, clientList(someone("", "Niemand")).into(t, s, raw), 2, "import.number_missing")
}

// contactOf is someone with a contact person.
func contactOf(number, name, contact, email string) analysis.StagedClient {
	c := someone(number, name)
	c.ContactName, c.ContactEmail = contact, email
	return c
}

func testContactPersons(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	contacts := func() (names string) {
		t.Helper()
		all, err := s.Contacts(t.Context(), clientOf(t, s, "1").Group)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			names += p.Name + " <" + p.Email + "> " + p.Role + "; "
		}
		return names
	}
	list := clientList(contactOf("1", "Een", "Piet Puk", "info@een.example"), contactOf("1", "", "Jan Jut", "info@een.example"),
		contactOf("1", "Een", "", ""))
	wantCounts(t, list.into(t, s, raw), 1, 1, 1, 0, 0)
	wantEqual(t, "contact persons", contacts(), "Jan Jut <info@een.example> ; Piet Puk <info@een.example> ; ")
	wantCounts(t, list.into(t, s, raw), 0, 0, 3, 0, 0)

	more := contactOf("1", "", "piet puk", "piet@een.example")
	more.ContactRole = "directeur"
	wantCounts(t, clientList(more).into(t, s, raw), 0, 1, 0, 0, 0)
	wantCounts(t, clientList(contactOf("1", "", "Johanna Jut", "INFO@een.example")).into(t, s, raw), 0, 1, 0, 0, 0)
	wantEqual(t, "contact persons", contacts(), "Johanna Jut <INFO@een.example> ; piet puk <piet@een.example> directeur; ")
	wantCounts(t, clientList(contactOf("1", "", "", "wie@een.example")).into(t, s, raw), 0, 1, 0, 0, 0)
	wantCounts(t, clientList(contactOf("1", "", "Wie Dan", "wie@een.example")).into(t, s, raw), 0, 1, 0, 0, 0)
	wantEqual(t, "contact persons", contacts(),
		"Johanna Jut <INFO@een.example> ; Wie Dan <wie@een.example> ; piet puk <piet@een.example> directeur; ")
}

func testPeople(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	row := func(number, manager, partner, name string) analysis.StagedClient {
		c := inGroup("Familie", number, "Klant "+number)
		c.ManagerEmail, c.PartnerEmail, c.ManagerName = manager, partner, name
		return c
	}
	clientList(row("3", "c@k.example", "v@k.example", ""), row("2", "b@k.example", "", "Bea"), row("1", "", "", "")).into(t, s, raw)
	g, err := s.Group(t.Context(), clientOf(t, s, "1").Group)
	if err != nil {
		t.Fatal(err)
	}
	manager, err := s.ManagerByEmail(t.Context(), "b@k.example")
	if err != nil || manager.Name != "Bea" || g.Manager != manager.ID {
		t.Errorf("manager of the group = %d, want %+v (%v)", g.Manager, manager, err)
	}
	partner, err := s.ManagerByEmail(t.Context(), "v@k.example")
	if err != nil || g.Partner != partner.ID {
		t.Errorf("partner of the group = %d, want %+v (%v)", g.Partner, partner, err)
	}
	before := dump(t, raw)
	out := clientList(row("1", "c@k.example", "", "Cor")).into(t, s, raw)
	wantCounts(t, out, 0, 1, 0, 0, 0)
	lowest, _ := s.ManagerByEmail(t.Context(), "c@k.example")
	wantEqual(t, "name that was not known", lowest.Name, "Cor")
	g, _ = s.Group(t.Context(), g.ID)
	wantEqual(t, "manager of the group", g.Manager, lowest.ID)
	undo(t, s, out.ID)
	wantSame(t, "after undo", dump(t, raw), before)
}
