package main

import (
	"path/filepath"
	"testing"
)

// TestImportValue: hours and judgements go in when they are asked for and come
// out again by undo.
func TestImportValue(t *testing.T) {
	t.Parallel()
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	verb(t, "import", write(t, "clients.csv", clientsCSV), db)
	hours := write(t, "uren.csv", "Klantnummer;Datum;Uren;Kosten\n0101;05-05-2026;1,5;100,50\n0102;05-05-2026;0:45;80\n9999;05-05-2026;1;1\n")
	got, _ := verb(t, "import", hours, "--kind", "hours", db)
	holds(t, got, `{"kind":"hours","read":3,"added":2,"refused_count":1,"clients_created":0,"import_id":2}`)
	if _, there := got["total_cents"]; there {
		t.Error("what work cost is told as revenue")
	}
	got, _ = verb(t, "import", hours, "--kind", "hours", db)
	holds(t, got, `{"added":0,"unchanged":2}`)

	marks := write(t, "oordelen.csv", "Klantnummer;Strategische waarde;Sfeer\n0101;4;3\n0103;onbekend;0\n0102;5;1\n")
	got, _ = verb(t, "import", marks, "--kind", "judgements", "--map", "judgement:sfeer=Sfeer", db)
	holds(t, got, `{"kind":"judgements","read":3,"added":3,"refused_count":1,"columns":{"number":"Klantnummer","judgement:strategic":"Strategische waarde","judgement:sfeer":"Sfeer"}}`)
	got, _ = verb(t, "import", "undo", "4", db)
	holds(t, got, `{"restored":3}`)
	if _, status := verb(t, "import", marks, db); status == done {
		t.Error("judgements were read without being asked for")
	}
}
