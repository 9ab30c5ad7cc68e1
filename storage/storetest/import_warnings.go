package storetest

import (
	"fmt"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// wantWarnings checks the keys of an outcome's warnings.
func wantWarnings(t *testing.T, out storage.ImportOutcome, keys ...string) {
	t.Helper()
	var got []string
	for _, w := range out.Warnings {
		got = append(got, w.Key)
	}
	wantEqual(t, "warnings", fmt.Sprint(got), fmt.Sprint(keys))
}

// testColleaguesByName: an e-mail address always wins, a name finds who is
// called so, and nobody is made of a name alone.
func testColleaguesByName(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	row := func(number, email, name string) analysis.StagedClient {
		c := someone(number, "Klant "+number)
		c.ManagerEmail, c.ManagerName = email, name
		return c
	}
	manager := func(number string) string {
		return rowsOf(t, raw, `SELECT m.email, m.name FROM client c JOIN manager m ON m.id = c.manager_id WHERE c.number = '`+number+`'`)
	}
	// The name stands before its address in the order of the numbers.
	out := clientList(row("1", "", "fleur  DE Vries"), row("2", "f@k.example", "Fleur de Vries"), row("3", "", "Jan Smit"),
		row("4", "", "jan smit"), row("5", "j1@k.example", "Jansen"), row("6", "j2@k.example", "Jansen"), row("7", "", "Jansen"),
		row("8", "ander@k.example", "Fleur de Boer")).into(t, s, raw)
	wantWarnings(t, out, "import.people_without_email")
	if len(out.Warnings) == 1 {
		wantEqual(t, "who is not known", fmt.Sprint(out.Warnings[0].Args["names"]), "Jan Smit, Jansen")
	}
	wantEqual(t, "manager by name", manager("1"), "f@k.example Fleur de Vries\n")
	wantEqual(t, "manager of a name that nobody has", manager("3"), "")
	wantEqual(t, "manager of a name that two have", manager("7"), "")
	wantEqual(t, "managers", rowsOf(t, raw, `SELECT COUNT(*) FROM manager`), "4\n")

	out = clientList(row("3", "", "FLEUR de vries"), row("1", "", "Wie Dan")).into(t, s, raw)
	wantCounts(t, out, 0, 1, 1, 0, 0)
	wantEqual(t, "manager the store knows by name", manager("3"), "f@k.example Fleur de Vries\n")
	wantEqual(t, "manager that stays where a name says nothing", manager("1"), "f@k.example Fleur de Vries\n")
	wantWarnings(t, out, "import.people_without_email")
}

// testOverlap: the same revenue from two sources can not be told apart from
// twice as much, so it is said.
func testOverlap(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	list := revenueOf("facturen", invoiced("1", 5, "a", "", 10), invoiced("1", 20, "b", "", 10))
	wantWarnings(t, list.into(t, s, raw))
	wantWarnings(t, list.into(t, s, raw))
	wantWarnings(t, revenueOf("auditfile", invoiced("1", 21, "b", "", 10)).into(t, s, raw))

	out := revenueOf("auditfile", invoiced("1", 6, "c", "", 10), invoiced("1", 30, "d", "", 10)).into(t, s, raw)
	wantWarnings(t, out, "import.overlap")
	wantEqual(t, "overlap", fmt.Sprint(out.Warnings[0].Args), fmt.Sprint(analysis.Args{
		"sources": "facturen", "source": "auditfile", "from": analysis.Date(2026, 1, 20), "to": analysis.Date(2026, 1, 20)}))
	wantWarnings(t, revenueOf("derde", invoiced("", 21, "e", "", 10)).into(t, s, raw), "import.overlap")
	out = revenueOf("auditfile", invoiced("1", 1, "f", "", 10), invoiced("2", 29, "f", "", 10)).into(t, s, raw)
	wantWarnings(t, out, "import.overlap")
	wantEqual(t, "sources", fmt.Sprint(out.Warnings[0].Args["sources"]), "derde, facturen")
}

// testZerosInFront: a spreadsheet that ate zeros does not make a stranger of a
// client, but a number that fits exactly goes first, and two are a question.
func testZerosInFront(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	debtor := someone("900", "Met debiteurnummer")
	debtor.Debtor = "41"
	clientList(someone("0012", "Twaalf"), someone("7", "Zeven"), someone("007", "Nulnulzeven"), someone("0041", "Eenenveertig"),
		someone("K05", "Letter"), debtor).into(t, s, raw)
	out := revenueOf("boek", invoiced("12", 1, "a", "", 1), invoiced("00012", 1, "b", "", 2), invoiced("7", 1, "c", "", 4),
		invoiced("007", 1, "d", "", 8), invoiced("07", 1, "e", "", 16), invoiced("41", 1, "f", "", 32),
		invoiced("K5", 1, "g", "", 64), invoiced("0", 1, "h", "", 128)).into(t, s, raw)
	wantCounts(t, out, 5, 0, 0, 0, 3)
	wantEqual(t, "revenue by client", rowsOf(t, raw, `SELECT c.number, SUM(l.cents) FROM invoice_line l JOIN client c ON c.id = l.client_id GROUP BY c.number`),
		"0012 300\n007 800\n7 400\n900 3200\n")
	for i, want := range []string{"6 import.ambiguous_client", "8 import.unknown_client", "9 import.unknown_client"} {
		wantEqual(t, "refusal", fmt.Sprint(out.Refused[i].Line, " ", out.Refused[i].Reason.Key), want)
	}
}

// testLowestNumber: people count, so 999 is lower than 1000.
func testLowestNumber(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	row := func(number, email string) analysis.StagedClient {
		c := inGroup("77", number, "Klant "+number)
		c.ManagerEmail = email
		return c
	}
	clientList(row("1000", "duizend@k.example"), row("10000", "veel@k.example"), row("999", "minder@k.example")).into(t, s, raw)
	wantGroup(t, s, "1000", "999", "Klant 999", "[1000 10000 999]")
	g, err := s.Group(t.Context(), clientOf(t, s, "1000").Group)
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.ManagerByEmail(t.Context(), "minder@k.example")
	if err != nil || g.Manager != m.ID {
		t.Errorf("manager of the group = %d, want %d (%v)", g.Manager, m.ID, err)
	}
	p := family(t, s, "vriesland", "300", "2000")
	wantEqual(t, "group that a merge keeps", p.Groups[0].Number, "300")
}
