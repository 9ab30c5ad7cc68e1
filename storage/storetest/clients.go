package storetest

import (
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
)

// testClients: what was imported is what is read, unknown stays unknown, and
// everything is in order of bytes.
func testClients(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	full := everyField()
	other := inGroup("Jansen", "9", "Jansen Holding")
	other.ContactName = "Adriaan Bos"
	addClients(t, s, full, other, inGroup("Jansen", "10", "Jansen Vastgoed"), inGroup("Jansen", "b", "b"),
		inGroup("Jansen", "B", "B"), someone("77", "Alleen"))

	t.Run("every field", func(t *testing.T) {
		got := clientOf(t, s, "0010")
		want := full.Client
		want.ID, want.Group, want.Manager, want.Partner = got.ID, got.Group, got.Manager, got.Partner
		wantEqual(t, "client", got, want)
		if got.ID == 0 || got.Group == 0 || got.Manager == 0 || got.Partner == 0 {
			t.Errorf("an id is missing: %+v", got)
		}
		if m, err := s.Manager(t.Context(), got.Manager); err != nil || m.Email != "anna@kantoor.example" {
			t.Errorf("manager = %+v, %v", m, err)
		}
	})
	t.Run("unknown", func(t *testing.T) {
		got := clientOf(t, s, "77")
		want := someone("77", "Alleen").Client
		want.ID, want.Group = got.ID, got.Group
		wantEqual(t, "client", got, want)
	})
	t.Run("members", func(t *testing.T) {
		members, err := s.Members(t.Context(), clientOf(t, s, "9").Group)
		var numbers []string
		for _, m := range members {
			numbers = append(numbers, m.Number)
		}
		if want := []string{"0010", "10", "9", "B", "b"}; err != nil || !slices.Equal(numbers, want) {
			t.Errorf("Members = %v, %v; want %v: by the bytes of the number", numbers, err, want)
		}
	})
	t.Run("contacts", func(t *testing.T) {
		people, err := s.Contacts(t.Context(), clientOf(t, s, "9").Group)
		if err != nil || len(people) != 2 {
			t.Fatalf("Contacts = %v, %v; want two", people, err)
		}
		wantEqual(t, "first by name", people[0].Name, "Adriaan Bos")
		want := analysis.Contact{ID: people[1].ID, Client: idOf(t, s, "0010"), Name: "Zoë Smit", Role: "directeur",
			Email: "zoe@jansen.example", Phone: "06-12345678"}
		wantEqual(t, "contact", people[1], want)
	})
	t.Run("group", func(t *testing.T) {
		g, err := s.Group(t.Context(), clientOf(t, s, "9").Group)
		if err != nil || g.Name != "Jansen" || g.Manager == 0 || g.Partner == 0 {
			t.Errorf("Group = %+v, %v; want Jansen with manager and partner", g, err)
		}
	})
	t.Run("not there", func(t *testing.T) {
		_, err := s.Client(t.Context(), 4711)
		wantKind(t, "Client", err, analysis.NotFound)
		_, err = s.Group(t.Context(), 4711)
		wantKind(t, "Group", err, analysis.NotFound)
		if members, err := s.Members(t.Context(), 4711); err != nil || len(members) != 0 {
			t.Errorf("Members = %v, %v; want none", members, err)
		}
	})
	t.Run("listed", func(t *testing.T) { testClientsOf(t, s, idOf(t, s, "9"), idOf(t, s, "77")) })
	t.Run("roster", func(t *testing.T) { testGroupsOf(t, s, clientOf(t, s, "9").Group, clientOf(t, s, "77").Group) })
}

// everyField is a client of whom everything is known.
func everyField() analysis.StagedClient {
	full := someone("0010", "Bakkerij Jansen B.V.")
	full.Debtor, full.KVK, full.VAT, full.Email = "D77", "01234567", "NL004495445B01", "info@jansen.example"
	full.Kind, full.SBI, full.Stage, full.Status, full.Market = "mkb", "10.71", "groei", analysis.Prospect, "horeca"
	full.FTE, full.Balance, full.Elsewhere, full.Referrer = 12.5, 1_234_567_89, 0, "De Wit"
	full.Since, full.Until = analysis.Date(1969, 12, 31), analysis.Date(2026, 2, 28)
	full.GroupName, full.ManagerEmail, full.ManagerName = "Jansen", "anna@kantoor.example", "Anna"
	full.PartnerEmail, full.PartnerName = "piet@kantoor.example", "Piet"
	full.ContactName, full.ContactRole = "Zoë Smit", "directeur"
	full.ContactEmail, full.ContactPhone = "zoe@jansen.example", "06-12345678"
	return full
}

// testClientsOf: clients come in the order in which they are asked for; who is not there
// is left out.
func testClientsOf(t *testing.T, s Store, a, b analysis.ClientID) {
	got, err := s.ClientsOf(t.Context(), []analysis.ClientID{b, 4711, a, -1})
	if err != nil || len(got) != 2 || got[0].ID != b || got[1].ID != a {
		t.Errorf("ClientsOf = %v, %v; want %d and %d", got, err, b, a)
	}
	if got, err := s.ClientsOf(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("ClientsOf(nil) = %v, %v; want none", got, err)
	}
	many := slices.Repeat([]analysis.ClientID{4711}, 5000)
	if got, err := s.ClientsOf(t.Context(), append(many, a)); err != nil || len(got) != 1 {
		t.Errorf("ClientsOf(5001 ids) = %d clients, %v; want 1", len(got), err)
	}
}

// testGroupsOf: the same of groups, each as it is read alone, with its first client.
func testGroupsOf(t *testing.T, s Store, a, b analysis.GroupID) {
	got, err := s.GroupsOf(t.Context(), []analysis.GroupID{b, 4711, a, -1})
	if err != nil || len(got) != 2 || got[0].ID != b || got[1].ID != a {
		t.Fatalf("GroupsOf = %+v, %v; want %d and %d", got, err, b, a)
	}
	for _, g := range got {
		members, err := s.Members(t.Context(), g.ID)
		if err != nil || g.First != members[0].ID {
			t.Errorf("the first of group %d = %d, %v; want %d", g.ID, g.First, err, members[0].ID)
		}
		group, err := s.Group(t.Context(), g.ID)
		if err != nil || g.Group != group || (g.ManagerName == "") != (group.Manager == 0) {
			t.Errorf("listed %+v, read alone %+v, %v", g, group, err)
		}
	}
	if got, err := s.GroupsOf(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("GroupsOf(nil) = %v, %v; want none", got, err)
	}
}

// testText: hostile and foreign text comes back as it went in, but for what
// PostgreSQL can not keep, which is gone on every engine.
func testText(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	texts := map[string]string{
		`'); DROP TABLE client; --`: "", `"quoted" \ back`: "", "<!channel> <@U1> &amp;": "", "?1 $1 %s {{.}}": "",
		"Łódź 北京 عربي 👩‍👧 e\u0301": "", strings.Repeat("ij", 1500): "", " spaces ": "", "line\r\nbreak\ttab": "",
		"zero\x00byte": "zerobyte", "bad\xffbyte": "bad\uFFFDbyte",
	}
	var rows []analysis.StagedClient
	number := map[string]string{}
	for in := range texts {
		number[in] = numbered("T", len(rows))
		row := someone(number[in], in)
		row.Referrer = in
		rows = append(rows, row)
	}
	addClients(t, s, rows...)
	for in, want := range texts {
		if want == "" {
			want = in
		}
		got := clientOf(t, s, number[in])
		if got.Name != want || got.Referrer != want {
			t.Errorf("name %q and referrer %q, want %q", got.Name, got.Referrer, want)
		}
	}
	// What is searched for is made fit in the same way as what is stored.
	_, err := s.ManagerByEmail(t.Context(), "a\x00\xff' OR 1=1 --")
	wantKind(t, "ManagerByEmail", err, analysis.NotFound)
}
