package storetest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// testNames: every client once, with all it can be found by, more of them than
// any page holds, and as of one moment.
func testNames(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	const many = 9000
	rows := make([]analysis.StagedClient, 0, many)
	for i := range many {
		rows = append(rows, someone(numbered("N", i), numbered("Naam", i)))
	}
	full := inGroup("Familie Jansen", "0001", "Jansen B.V.")
	full.Debtor, full.KVK, full.Email, full.ContactName = "D1", "87654321", "info@jansen.example", "Smit"
	rows = append(rows, full)
	addClients(t, s, rows...)
	full.ContactName = "Bos"
	addClients(t, s, full)

	seen := map[analysis.ClientID]storage.NameEntry{}
	for entry, err := range s.Names(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if _, twice := seen[entry.Client]; twice {
			t.Fatalf("client %d twice", entry.Client)
		}
		if entry.Name == "" || entry.Group == 0 || len(entry.Codes) == 0 || entry.Among != many+1 {
			t.Fatalf("entry %+v is not whole", entry)
		}
		seen[entry.Client] = entry
	}
	wantEqual(t, "clients", len(seen), many+1)
	got := seen[idOf(t, s, "0001")]
	wantEqual(t, "name", got.Name, "Jansen B.V.")
	wantEqual(t, "group name", got.GroupName, "Familie Jansen")
	if !slices.Equal(got.Codes, []string{"0001", "D1", "87654321", "info@jansen.example"}) {
		t.Errorf("codes = %v", got.Codes)
	}
	if !slices.Equal(slices.Sorted(slices.Values(got.Contacts)), []string{"Bos", "Smit"}) {
		t.Errorf("contacts = %v, want both", got.Contacts)
	}
	if alone := seen[idOf(t, s, "N-0001")]; alone.GroupName != "" || len(alone.Contacts) != 0 {
		t.Errorf("entry %+v, want the client's own name only", alone)
	}
	t.Run("one moment", func(t *testing.T) { testNamesMoment(t, s, many+1) })
	t.Run("any character", func(t *testing.T) { testNamesOfAny(t, fresh) })
	t.Run("stopped", func(t *testing.T) {
		for range s.Names(t.Context()) {
			break
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var last error
		n := 0
		for _, err := range s.Names(ctx) {
			last = err
			n++
		}
		if !errors.Is(last, context.Canceled) || n != 1 {
			t.Errorf("after cancelling: %d entries, error %v; want the error alone", n, last)
		}
	})
}

// testNamesOfAny: a name is read as it is written, also with the characters that a
// database could take for its own, and with none at all beside it.
func testNamesOfAny(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	odd := []string{"Jansen\x1fen\x1fZoon", "\x1f", "Smit\x1e\x1f", `O'Neill, "De Boer"; \ %s ?1`, "Ünal\u00a0Ğ", "a\nb"}
	for i, name := range odd {
		c := inGroup("Groep "+name, numbered("N", i), name)
		c.ContactName, c.Email = "Bos "+name, "" // without an address: fields may be empty
		addClients(t, s, c)
	}
	addClients(t, s, someone("zonder", "Zonder"))
	found := map[string]storage.NameEntry{}
	for entry, err := range s.Names(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		found[entry.Name] = entry
	}
	wantEqual(t, "clients", len(found), len(odd)+1)
	for i, name := range odd {
		got := found[name]
		if got.GroupName != "Groep "+name || !slices.Equal(got.Contacts, []string{"Bos " + name}) || !slices.Equal(got.Codes, []string{numbered("N", i)}) {
			t.Errorf("%q is read as %+v", name, got)
		}
	}
}

// testNamesMoment: clients that are added while names are read are not among
// them, and adding them does not wait for the reader.
func testNamesMoment(t *testing.T, s Store, before int) {
	n := 0
	for _, err := range s.Names(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			addClients(t, s, someone("later", "Later"))
		}
		n++
	}
	wantEqual(t, "clients of the moment", n, before)
}

// testNamesVersion: it is raised by every change of names and by nothing else.
func testNamesVersion(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	version := func() int64 {
		t.Helper()
		v, err := other.NamesVersion(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	start := version()
	addClients(t, s, someone("1", "Een"))
	added := version()
	if added <= start {
		t.Errorf("version %d after the first import, want more than %d", added, start)
	}
	write(t, s, func(tx storage.Tx) error {
		return tx.Audit(t.Context(), storage.AuditLine{At: morning, Action: "client.show", Client: 1})
	})
	wantEqual(t, "version after an audit line", version(), added)
	addClients(t, s, someone("1", "Uno"))
	if version() <= added {
		t.Errorf("version %d after a new name, want more than %d", version(), added)
	}
}
