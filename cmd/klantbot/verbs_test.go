package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// verb runs one command line within the test and reads the object it printed.
func verb(t *testing.T, args ...string) (answer map[string]any, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	status = run(context.Background(), append(args, "--json", "--as-of=2026-11-21"), &out, &errs)
	d := json.NewDecoder(&out)
	if err := d.Decode(&answer); err != nil {
		t.Fatalf("%v printed no object: %v\n%s%s", args, err, &out, &errs)
	}
	if d.More() {
		t.Errorf("%v printed more than one object", args)
	}
	if (status != done) != (answer["error"] != nil) {
		t.Errorf("%v: status %d with %v", args, status, answer)
	}
	return answer, status
}

// holds compares the fields that a test names; numbers as JSON has them.
func holds(t *testing.T, got map[string]any, want string) {
	t.Helper()
	var fields map[string]any
	if err := json.Unmarshal([]byte(want), &fields); err != nil {
		t.Fatal(err)
	}
	for name, value := range fields {
		a, _ := json.Marshal(got[name])
		b, _ := json.Marshal(value)
		if !bytes.Equal(a, b) {
			t.Errorf("%s is %s, want %s", name, a, b)
		}
	}
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const clientsCSV = "Klantnummer;Naam;Relatiegroep;Relatiemanager;KvK-nummer;Contactpersoon;E-mail\r\n" +
	"0101;Jansen Beheer B.V.;Jansen;rm@voorbeeld.nl;01234567;P. Jansen;info@jansen.example\r\n" +
	"0102;Jansen Bouw B.V.;Jansen;rm@voorbeeld.nl;;;\r\n" +
	"0103;\"Café \"\"'t Hoekje\"\"; eten & drinken\";;;;mevrouw Smit;\r\n"

const invoicesCSV = "Klantnummer;Factuurdatum;Bedrag excl.;Dienst;Factuurnummer\r\n" +
	"0101;05-05-2026;1.234,56;Jaarrekening;F1\r\n" +
	"0101;05-05-2026;1.234,56;Jaarrekening;F1\r\n" +
	"0103;06-05-2026;-100,00;Advies;F2\r\n" +
	"9999;06-05-2026;50,00;Advies;F3\r\n"

func TestImportRoad(t *testing.T) {
	t.Parallel()
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	clients, invoices := write(t, "clients.csv", clientsCSV), write(t, "invoices.csv", invoicesCSV)

	got, _ := verb(t, "import", clients, "--dry-run", db)
	holds(t, got, `{"kind":"clients","delimiter":";","read":3,"added":3,"changed":0,"unchanged":0,"refused":[],"import_id":null,"dry_run":true}`)
	got, _ = verb(t, "import", clients, db)
	holds(t, got, `{"read":3,"added":3,"import_id":1,"dry_run":false}`)
	got, _ = verb(t, "import", clients, db)
	holds(t, got, `{"read":3,"added":0,"changed":0,"unchanged":3}`)

	got, _ = verb(t, "import", invoices, db)
	holds(t, got, `{"kind":"revenue","read":4,"added":3,"total_cents":236912,"import_id":3}`)
	refused := got["refused"].([]any)
	if len(refused) != 1 || refused[0].(map[string]any)["line"] != 5.0 || !strings.Contains(refused[0].(map[string]any)["reason"].(string), "9999") {
		t.Errorf("refused %v", refused)
	}
	got, _ = verb(t, "import", invoices, db)
	holds(t, got, `{"added":0,"unchanged":3}`)

	got, _ = verb(t, "client", "jansen beheer", db)
	card := got["card"].(map[string]any)
	holds(t, card, `{"number":"0101","name":"Jansen Beheer B.V.","group":"Jansen","ttm_cents":246912,"services":["Jaarrekening"],
		"manager":{"name":"","email":"rm@voorbeeld.nl"},"partner":null,"segment":null,"rating":null,"last_touch":null,"value":null,
		"members":[{"number":"0101","name":"Jansen Beheer B.V."},{"number":"0102","name":"Jansen Bouw B.V."}]}`)
	got, _ = verb(t, "client", "Jansen", db)
	if m := got["matches"].([]any); len(m) != 2 || got["card"] != nil {
		t.Errorf("matches %v", m)
	}
	got, _ = verb(t, "client", "smit", db)
	holds(t, got["card"].(map[string]any), `{"number":"0103","ttm_cents":-10000}`)
	got, _ = verb(t, "client", "xyzzy plugh", db)
	holds(t, got, `{"matches":[]}`)

	got, _ = verb(t, "import", "undo", "3", db)
	if got["import_id"] != 3.0 || got["restored"].(float64) < 3 { // lines, and the services only they named
		t.Errorf("undo %v", got)
	}
	if _, status := verb(t, "import", "undo", "3", db); status != failed {
		t.Error("an import was undone twice")
	}
	got, _ = verb(t, "client", "0101", db)
	holds(t, got["card"].(map[string]any), `{"yearly_cents":null,"ttm_cents":null,"revenue_by_year":[]}`)
}

// Without a client list, revenue makes clients; what has no client is kept as
// office revenue.
func TestRevenueAloneMakesClients(t *testing.T) {
	t.Parallel()
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	file := write(t, "lines.csv", "id,when,qty,unit\n7,2026-01-02,3,0.335\n7,2026-01-02,3,0.335\n,2026-01-03,1,10.00\n")
	got, _ := verb(t, "import", file, db, "--map", "number=id,date=when", "--map", "quantity=qty", "--map", "price=unit")
	holds(t, got, `{"read":3,"added":3,"total_cents":1202,"total_exact":"12.01","attributed_cents":202,"unattributed_cents":1000,"clients_created":1}`)
	got, _ = verb(t, "client", "7", db)
	card := got["card"].(map[string]any)
	holds(t, card, `{"number":"7","name":"7","members":[{"number":"7","name":"7"}],"contacts":[],"manager":null,"partner":null,"ttm_cents":202,
		"segment":null,"value":null,"coverage":null,"rating":null,"matrix":null,"client_type":null,"potential_cents":null,"whitespace":null,
		"lifetime":null,"last_touch":null,"next_due":null,"strategy":null}`)
	// CLI.md's fields are there, whatever is known.
	for _, field := range []string{"group", "yearly_cents", "previous_ttm_cents", "revenue_by_year", "services"} {
		if _, there := card[field]; !there {
			t.Errorf("the card has no %q", field)
		}
	}
}

// A file that can not be used is one sentence, status 1, and changes nothing.
func TestBadFilesChangeNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	db := "--db=" + filepath.Join(dir, "office.db")
	if _, status := verb(t, "import", write(t, "clients.csv", clientsCSV), db); status != done {
		t.Fatal("the good file is refused")
	}
	for name, content := range map[string]string{
		"empty.csv":    "",
		"header.csv":   "Klantnummer;Naam\r\n",
		"columns.csv":  "a;b;c\r\n1;2;3\r\n",
		"pdf.csv":      "%PDF-1.7\nwhatever\n",
		"zip.xlsx":     "PK\x03\x04 not really",
		"nul.csv":      "Klantnummer;Naam\r\n1;Jan\x00sen\r\n",
		"laughs.xaf":   `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><auditfile>&b;</auditfile>`,
		"short.xaf":    `<?xml version="1.0"?><auditfile><header><fiscalYear>2025</fiscalYear>`,
		"xml.xaf":      `<?xml version="1.0"?><html></html>`,
		"notgz.csv.gz": "Klantnummer;Naam\r\n1;Jansen\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			got, status := verb(t, "import", write(t, name, content), db)
			if name == "notgz.csv.gz" {
				// It is read as what it contains, which is a fine list.
				holds(t, got, `{"read":1,"changed":0}`)
				return
			}
			if status != failed {
				t.Fatalf("status %d: %v", status, got)
			}
			if e, ok := got["error"].(map[string]any); ok {
				if message := e["message"].(string); e["kind"] != "invalid" || message == "" || strings.Contains(message, "import.") || strings.Contains(message, "goroutine") {
					t.Errorf("it says %v", e)
				}
			}
		})
	}
	if _, status := verb(t, "import", filepath.Join(dir, "nowhere.csv"), db); status != failed {
		t.Error("a file that is not there is no failure")
	}
	got, _ := verb(t, "import", "list", db)
	for _, i := range got["imports"].([]any) {
		if kind := i.(map[string]any)["kind"]; kind == "xaf" {
			t.Errorf("something was imported: %v", i)
		}
	}
}

// The audit files that bookkeeping packages made give the known answers.
func TestSampleAuditFiles(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(repository(t), "..", "shared", "data", "xaf")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("shared/data/xaf is not here")
	}
	for file, want := range map[string]string{
		"ExactOnline_3.2.xaf":  `{"kind":"xaf","version":"3.2","accounts":97,"relations":29,"transactions":57,"lines":167,"debit_cents":99995406,"credit_cents":99995406,"revenue_cents":9110678,"attributed_cents":9110678,"unattributed_cents":0}`,
		"Twinfield_3.1.xaf":    `{"kind":"xaf","version":"3.1","accounts":177,"relations":71,"transactions":43,"lines":181,"debit_cents":225579942,"credit_cents":225579942,"revenue_cents":1761200}`,
		"osFinancials_3.1.xaf": `{"kind":"xaf","version":"3.1","accounts":176,"relations":2,"transactions":3,"lines":10,"debit_cents":363000,"credit_cents":363000,"revenue_cents":0,"by_client":[]}`,
	} {
		db := "--db=" + filepath.Join(t.TempDir(), "office.db")
		got, _ := verb(t, "import", filepath.Join(dir, file), db)
		holds(t, got, want)
		if file == "ExactOnline_3.2.xaf" {
			first := got["by_client"].([]any)[0].(map[string]any)
			if first["revenue_cents"] != 5406125.0 || !strings.HasPrefix(first["name"].(string), "Fittsport") {
				t.Errorf("by_client begins with %v", first)
			}
			card, _ := verb(t, "client", "fitsport", db)
			if m := card["matches"].([]any); len(m) == 0 {
				t.Error("Fittsport is not found by a near name")
			}
		}
		again, _ := verb(t, "import", filepath.Join(dir, file), db)
		holds(t, again, `{"added":0,"changed":0}`)
	}
}

// The invoices of a wholesaler: half a million lines, prices below a cent,
// thousands of equal lines, a quarter without a client.
func TestOnlineRetail(t *testing.T) {
	if testing.Short() {
		t.Skip("short: half a million lines")
	}
	t.Parallel()
	file := filepath.Join(repository(t), "..", "shared", "data", "uci-retail", "online_retail.csv.gz")
	if _, err := os.Stat(file); err != nil {
		t.Skip("shared/data/uci-retail is not here")
	}
	db := "--db=" + filepath.Join(t.TempDir(), "office.db")
	args := []string{"import", file, db, "--map", "number=CustomerID,date=InvoiceDate,quantity=Quantity,price=UnitPrice,invoice=InvoiceNo,service=Description"}
	got, _ := verb(t, args...)
	holds(t, got, `{"kind":"revenue","read":541909,"added":541909,"refused":[],"total_cents":974774793,"total_exact":"9747747.934",
		"attributed_cents":830006581,"unattributed_cents":144768212,"clients_created":4372}`)
	got, _ = verb(t, args...)
	holds(t, got, `{"added":0,"changed":0,"unchanged":541909}`)
}

func TestSampleAndManifestVerbs(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sample.db")
	got, _ := verb(t, "sample", path, "--groups", "40")
	if got["clients"].(float64) < 40 || got["lines"].(float64) < 100 {
		t.Errorf("sample %v", got)
	}
	if _, status := verb(t, "sample", path); status != failed {
		t.Error("a database with clients was filled again")
	}
	got, _ = verb(t, "manifest")
	if got["display_information"].(map[string]any)["name"] != "Klantbot" {
		t.Errorf("manifest %v", got)
	}
	got, _ = verb(t, "migrate", "--db="+path)
	if got["schema"].(float64) < 1 {
		t.Errorf("migrate %v", got)
	}
}

// From concept to definitief on the command line, and what follows from it.
func TestSegmentRoad(t *testing.T) {
	t.Parallel()
	db := "--db=" + sampleDB(t)
	if _, status := verb(t, "segment", "show", "9", db); status != failed {
		t.Error("a segmentation that is not there was shown")
	}
	if _, status := verb(t, "segment", "finalize", db); status != failed {
		t.Error("no draft was made final")
	}
	past, _ := verb(t, "segment", "diff", db)
	holds(t, past, `{"version":2,"before":1}`)
	if len(past["flows"].([]any)) < 5 {
		t.Errorf("nothing moved in the sample office's past: %v", past["flows"])
	}
	got, _ := verb(t, "segment", "draft", db)
	holds(t, got, `{"version":3,"state":"concept","as_of":"2026-11-21"}`)
	counts, total := got["counts"].(map[string]any), 0.
	for _, n := range counts {
		total += n.(float64)
	}
	pyramid, _ := verb(t, "pyramid", db)
	if total != pyramid["groups"].(float64) || counts["A"].(float64) > .1*total {
		t.Errorf("segments %v of %v groups", counts, pyramid["groups"])
	}
	if len(got["attention"].([]any)) == 0 {
		t.Error("nobody to look at first")
	}
	shares := 0.
	for _, l := range pyramid["layers"].([]any) {
		shares += l.(map[string]any)["share_revenue"].(float64)
	}
	if shares < 99.999 || shares > 100.001 || pyramid["pareto_share"].(float64) < 50 {
		t.Errorf("shares add up to %v, Pareto %v", shares, pyramid["pareto_share"])
	}
	again, _ := verb(t, "segment", "draft", db)
	holds(t, again, `{"version":3,"state":"concept"}`)
	final, _ := verb(t, "segment", "finalize", db)
	holds(t, final, `{"version":3,"state":"definitief"}`)
	if _, status := verb(t, "segment", "finalize", db); status != failed {
		t.Error("a final segmentation was made final again")
	}
	card, _ := verb(t, "client", "1001", db)
	if c := card["card"].(map[string]any); c["segment"] == nil || c["value"] == nil || c["coverage"] == nil {
		t.Errorf("the card does not say its segment: %v", c)
	}
	next, _ := verb(t, "segment", "draft", db)
	holds(t, next, `{"version":4,"state":"concept"}`)
	diff, _ := verb(t, "segment", "diff", db)
	holds(t, diff, `{"version":4,"before":3,"items":[],"flows":[]}`)
	pyramid, _ = verb(t, "pyramid", db)
	if len(pyramid["migration"].([]any)) == 0 {
		t.Error("nothing is compared with the final segmentation")
	}
}
