package ingest

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
)

func small(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("testdata/small_4.0.xaf")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// told writes staged lines as "customer service cents".
func told(lines []analysis.StagedLine) (out []string) {
	for _, l := range lines {
		out = append(out, fmt.Sprintf("%s %s %s %s %d", l.Number, l.Day, l.Invoice, l.Service, l.Amount))
	}
	return out
}

// TestAuditRules goes through the rules of DOMAIN.md section 4 by a file of
// version 4.0 written for it.
func TestAuditRules(t *testing.T) {
	s, got, d, err := take(t, "small.xaf", []byte(small(t)), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"1001 2026-01-15 F1 Jaarrekening 20000", "1001 2026-01-15 F1 Advies 5000", // its one customer
		"1001 2026-02-15 D2 Jaarrekening 3334", "1002 2026-02-15 D2 Jaarrekening 3333", "1003 2026-02-15 D2 Jaarrekening 3333", // pro rata, cents add up
		"1001 2026-02-15 D2 Advies 6666", "1002 2026-02-15 D2 Advies 6667", "1003 2026-02-15 D2 Advies 6667", // and 100.00 each over both
		"1003 2026-03-15 D3  20000",        // no revenue line: debtor less VAT
		" 2026-04-15 D4 Jaarrekening 1000", // no customer
	}
	if lines := told(got.lines); !slices.Equal(lines, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
	a := s.AuditFile
	if d.Version != "4.0" || a.SalesJournals != 1 || a.Revenue != 76000 || a.Attributed != 75000 || a.Unattributed != 1000 || a.Lines != 20 || a.Debit != 149400 {
		t.Errorf("%+v", a)
	}
	if first := got.lines[0]; first.Name != "Bakkerij De Korst B.V." || first.KVK != "87654321" || first.VAT != "NL004495445B01" || first.Email != "info@korst.example" {
		t.Errorf("%+v", first)
	}
	if natural := got.lines[3]; natural.VAT != maskedVAT {
		t.Errorf("a natural person's number left: %q", natural.VAT)
	}
	if w := warnedKeys(t, s); len(w) != 1 || !w["import.xaf_unattributed"] {
		t.Errorf("warned %v", w)
	}
	for _, l := range got.lines {
		if line := strings.Split(small(t), "\n")[l.Line-1]; !strings.Contains(line, "<x:transaction>") {
			t.Errorf("line %d is %q", l.Line, line)
		}
	}
}

func TestRevenueAccounts(t *testing.T) {
	for accounts, want := range map[string]analysis.Cents{
		"8100":            25000 + 7500,
		"8000-8999":       20000 + 5000 + 30000 + 1000 + 7500, // the memo counts, period 0 and the opening balance do not
		"08000,8100":      63500,
		"WOmz*":           63500,
		"WOmzNoh":         63500,
		"4000-4999, 8100": 25000 + 7500,
	} {
		s, _, _, err := take(t, "small.xaf", []byte(small(t)), Options{RevenueAccounts: accounts})
		if err != nil || s.AuditFile.Revenue != want {
			t.Errorf("%s: %+v %v, want %d", accounts, s.AuditFile, err, want)
		}
	}
	if _, _, _, err := take(t, "small.xaf", []byte(small(t)), Options{RevenueAccounts: "9000"}); key(err) != "import.xaf_accounts_none" {
		t.Errorf("no such account: %v", err)
	}
}

// TestAuditBreaches proves that what real files get wrong is a warning, not a
// refusal, and changes no answer.
func TestAuditBreaches(t *testing.T) {
	swap := func(old, new string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, new, 1) }
	}
	tests := []struct {
		name    string
		edit    func(string) string
		warning string
	}{
		{"wrong linesCount", swap("<x:linesCount>20<", "<x:linesCount>21<"), "import.xaf_lines_count"},
		{"several linesCount", swap("<x:totalDebit>", "<x:linesCount>7</x:linesCount><x:totalDebit>"), "import.xaf_counts_twice"},
		{"wrong total", swap("<x:totalDebit>1494.00", "<x:totalDebit>1494.01"), "import.xaf_totals"},
		{"missing custSupTp", swap("<x:custSupTp>C</x:custSupTp>", ""), "import.xaf_type_missing"},
		{"quantity -1", swap("<x:amntTp>C</x:amntTp></x:trLine>", "<x:amntTp>C</x:amntTp><x:qntity>-1</x:qntity></x:trLine>"), "import.xaf_quantity"},
		{"another currency", swap(">EUR<", ">USD<"), "import.xaf_currency"},
		{"no version", swap("XmlauditfileXAF_4.0", "Xmlauditfile"), "import.xaf_version_other"},
		{"bytes of Windows-1252", swap("Smit &amp; Zn.", "Smit \xe9 Zn."), "import.mixed_encoding"},
		{"relations behind the transactions", func(s string) string {
			from, to := strings.Index(s, "    <x:customersSuppliers>"), strings.Index(s, "    <x:vatCodes>")
			masters := s[from:to]
			return strings.Replace(s[:from]+s[to:], "  </x:company>", masters+"  </x:company>", 1)
		}, ""},
		{"history", swap("</x:customerSupplier>", "<x:customerSupplierHistory><x:customerSupplier><x:custSupID>999</x:custSupID></x:customerSupplier></x:customerSupplierHistory></x:customerSupplier>"), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := tt.edit(small(t))
			if text == small(t) {
				t.Fatal("the edit changes nothing")
			}
			s, _, _, err := take(t, "small.xaf", []byte(text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if a := s.AuditFile; a.Revenue != 76000 || a.Attributed != 75000 || a.Relations != 3 || a.Accounts != 6 {
				t.Errorf("%+v", a)
			}
			w := warnedKeys(t, s)
			if tt.warning != "" && !w[tt.warning] || tt.warning == "" && len(w) != 1 {
				t.Errorf("warned %v", w)
			}
		})
	}
}

func TestAuditFileOfISO88591(t *testing.T) {
	text := strings.Replace(small(t), `encoding="UTF-8"`, `encoding="ISO-8859-1"`, 1)
	text = strings.Replace(text, "Bakkerij De Korst B.V.", "Caf\xe9 De Korst B.V.", 1)
	s, got, d, err := take(t, "small.xaf", []byte(text), Options{})
	if err != nil || got.lines[0].Name != "Café De Korst B.V." || d.Encoding != encodingWestern || s.AuditFile.Revenue != 76000 {
		t.Errorf("%+v %+v %v", d, s.AuditFile, err)
	}
}

func TestAuditRefusals(t *testing.T) {
	text := strings.Replace(small(t), "<x:amnt>302.50<", "<x:amnt>veel<", 1)
	text = strings.Replace(text, "<x:trDt>2026-03-15<", "<x:trDt>31-02-2026<", 1)
	s, got, _, err := take(t, "small.xaf", []byte(text), Options{})
	if err != nil || s.RefusedCount != 2 || s.Refused[0].Reason.Key != "import.xaf_amount" || s.Refused[1].Reason.Key != "import.xaf_date" || len(got.lines) != 7 {
		t.Errorf("%+v %+v %v", s.Refused, told(got.lines), err)
	}
	for _, r := range s.Refused {
		worded(t, r.Reason)
	}
}

// TestProportion proves that parts add up, are within a cent of their exact
// share, and that dividing account by account ends at the same sums.
func TestProportion(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5000 {
		debts := make([]debt, 2+rng.IntN(6))
		var whole analysis.Cents
		for i := range debts {
			debts[i] = debt{&relation{}, analysis.Cents(rng.IntN(1_000_000) + 1)}
			whole += debts[i].weight
		}
		var revenue []sum
		var total analysis.Cents
		for range 1 + rng.IntN(6) {
			amount := analysis.Cents(rng.IntN(2_000_000) - 500_000)
			total += amount
			revenue = append(revenue, sum{sumKey{account: &account{}}, -amount})
		}
		perCustomer, perAccount := map[*relation]analysis.Cents{}, map[*account]analysis.Cents{}
		for _, s := range divide(revenue, debts) {
			perCustomer[s.customer] += s.amount
			perAccount[s.account] += s.amount
		}
		for _, r := range revenue {
			if perAccount[r.account] != -r.debit {
				t.Fatalf("account: %d of %d", perAccount[r.account], -r.debit)
			}
		}
		parts := proportion(total, debts)
		for i, d := range debts {
			exact := float64(total) * float64(d.weight) / float64(whole)
			if perCustomer[d.customer] != parts[i] || float64(parts[i]) > exact+1 || float64(parts[i]) < exact-1 {
				t.Fatalf("customer: %d at once, %d by account, exactly %.3f", parts[i], perCustomer[d.customer], exact)
			}
		}
	}
}

func TestParseCents(t *testing.T) {
	for s, want := range map[string]analysis.Cents{
		"0": 0, "12": 1200, "12.3": 1230, "12.34": 1234, "-12.34": -1234, "12.345": 1235, "12.": 1200, ".5": 50, "12,34": 1234, "1234567.8": 123456780, "+5": 500,
	} {
		if got, ok := parseCents([]byte(s)); !ok || got != want {
			t.Errorf("%s = %d %v", s, got, ok)
		}
	}
	for _, s := range []string{"", ".", "-", "1.2.3", "12a", "99999999999999", "123456789012345678901234"} {
		if got, ok := parseCents([]byte(s)); ok {
			t.Errorf("%q = %d", s, got)
		}
	}
}

// FuzzXAF proves that no audit file crashes the reader, and that what it takes
// over adds up.
func FuzzXAF(f *testing.F) {
	f.Add(small(f))
	f.Add(`<auditfile><company><transactions><journal><jrnTp>S</jrnTp><transaction><trDt>2026-01-01</trDt><trLine><accID>1</accID><amnt>1</amnt><amntTp>D</amntTp><custSupID>1</custSupID></trLine></transaction></journal></transactions></company></auditfile>`)
	f.Add(`<?xml version="1.0" encoding="ISO-8859-1"?><auditfile/>`)
	f.Fuzz(func(t *testing.T, text string) {
		s, got, _, err := take(t, "fuzz.xaf", []byte(text), Options{})
		if err != nil {
			if key(err) == "" {
				t.Fatalf("not a sentence: %v", err)
			}
			return
		}
		if s.AuditFile == nil {
			return // another kind of file
		}
		var sum analysis.Cents
		for _, l := range got.lines {
			sum += l.Amount
		}
		if sum != s.AuditFile.Revenue || sum != s.AuditFile.Attributed+s.AuditFile.Unattributed {
			t.Fatalf("handed over %d, says %d", sum, s.AuditFile.Revenue)
		}
	})
}
