package ingest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
)

// TestOfficeInvoiceFiles reads invoice lists in the shapes that Dutch
// bookkeeping programs write.
func TestOfficeInvoiceFiles(t *testing.T) {
	tests := []struct {
		name, text    string
		want          []string // line number day cents
		total         analysis.Cents
		refused, warn []string
	}{
		{name: "debtor in English", text: "Debtor;Debtor name;Invoice number;Invoice date;Year/period;Amount\n001001;Jansen;F1;2025-03-01;2025/03;1250.00\n1002;Smit;F2;2025-03-02;2025/03;-100.50\n",
			want: []string{"2 001001 2025-03-01 125000", "3 1002 2025-03-02 -10050"}, total: 114950, warn: []string{"import.columns_ignored"}},
		{name: "debit and credit of an account", text: "Factuurdatum;Factuurnummer;Relatiecode;Relatie;Omschrijving;Debet;Credit\n2025-01-05;1;00012;Jansen & Zn.;Omzet;;1.000,00\n2025-01-06;2;00012;Jansen & Zn.;Creditnota;250,00;\n2025-01-07;3;00014;Ziekenhuis;Omzet;0,25;500,5\n2025-01-08;4;00014;Ziekenhuis;Leeg;;\n",
			want: []string{"2 00012 2025-01-05 100000", "3 00012 2025-01-06 -25000", "4 00014 2025-01-07 50025"}, total: 125025,
			refused: []string{"5 import.amount_missing"}, warn: []string{"import.credit_is_revenue"}},
		{name: "a side beside the amount", text: "Klantnummer;Datum;Factuurnummer;Bedrag;D/C\n1;01-01-2025;1;100,00;C\n1;02-01-2025;2;40,00;D\n1;03-01-2025;3;5,00;\n1;04-01-2025;4;5,00;X\n",
			want: []string{"2 1 2025-01-01 10000", "3 1 2025-01-02 -4000", "4 1 2025-01-03 500"}, total: 6500,
			refused: []string{"5 import.side_unknown"}, warn: []string{"import.credit_is_revenue"}},
		{name: "an amount goes before debit and credit", text: "Klantnr;Datum;Bedrag;Debet;Credit\n1;01-01-2025;7,00;;9,00\n",
			want: []string{"2 1 2025-01-01 700"}, total: 700, warn: []string{"import.columns_ignored"}},
		{name: "subtotals between the lines", text: "Omzet per klant 2025\nKlantnummer;Klantnaam;Factuurdatum;Factuurnummer;Omzet excl. btw\n1;A;01-01-2025;1;100,00\n1;A;01-01-2025;2;50,00\nSubtotaal A;;;;150,00\n2;Totaal Bouw;01-01-2025;3;25,00\n3;Totaal Bouw;;4;25,00\nTotaal: 3;;;;175,00\n;;;;175,00\n",
			want: []string{"3 1 2025-01-01 10000", "4 1 2025-01-01 5000", "6 2 2025-01-01 2500"}, total: 17500, refused: []string{"7 import.date_missing"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, got, d, err := take(t, "facturen.csv", []byte(tt.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var lines, refused, warn []string
			for _, l := range got.lines {
				lines = append(lines, fmt.Sprintf("%d %s %s %d", l.Line, l.Number, l.Day, l.Amount))
			}
			for _, r := range s.Refused {
				worded(t, r.Reason)
				refused = append(refused, fmt.Sprintf("%d %s", r.Line, r.Reason.Key))
			}
			for _, w := range s.Warnings {
				worded(t, w)
				warn = append(warn, w.Key)
			}
			if d.Kind != analysis.ImportRevenue || !slices.Equal(lines, tt.want) || s.Total != tt.total {
				t.Errorf("%s %q, total %d; want %q, %d", d.Kind, lines, s.Total, tt.want, tt.total)
			}
			if !slices.Equal(refused, tt.refused) || !slices.Equal(warn, tt.warn) {
				t.Errorf("refused %q, warnings %q; want %q, %q", refused, warn, tt.refused, tt.warn)
			}
		})
	}
}

// TestSidesCanBeMapped proves that a debtors account can be read the other way
// round, without the warning then.
func TestSidesCanBeMapped(t *testing.T) {
	text := "Klantnr;Datum;Debet;Credit\n1;01-01-2025;121,00;\n1;02-01-2025;;21,00\n"
	s, _, _, err := take(t, "d.csv", []byte(text), Options{Map: map[string]string{"credit": "Debet", "debit": "Credit"}})
	if err != nil || s.Total != 10000 || len(s.Warnings) != 0 {
		t.Errorf("total %d, warnings %v, error %v; want 100.00 and none", s.Total, s.Warnings, err)
	}
}

// TestGrossAmountsOnly proves that VAT is not counted as revenue because no
// better column is there.
func TestGrossAmountsOnly(t *testing.T) {
	_, _, _, err := take(t, "f.csv", []byte("Klantnummer;Factuurdatum;Factuurnummer;Bedrag incl. btw\n1;01-01-2025;1;121,00\n"), Options{})
	if e, ok := err.(*analysis.Error); !ok || e.Key != "import.amount_gross" || e.Args["column"] != "Bedrag incl. btw" {
		t.Fatalf("error %v, want import.amount_gross", err)
	}
	s, _, _, err := take(t, "f.csv", []byte("Klantnummer;Factuurdatum;Bedrag incl. btw;Bedrag excl. btw\n1;01-01-2025;121,00;100,00\n"), Options{})
	if err != nil || s.Total != 10000 {
		t.Errorf("total %d, error %v; want the net amount", s.Total, err)
	}
}

// TestOfficeClientFiles reads client lists in the shapes that Dutch programs
// write, and who of the office they name.
func TestOfficeClientFiles(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string // line number name | manager e-mail, name | partner e-mail, name
		refused    []string
	}{
		{"titles, numbers first, a count below", "Debiteurenoverzicht\nDatum: 21-11-2026\n\nNummer debiteur;Naam debiteur;Relatiemanager;Vennoot\n10001;De Boer;p.bakker@x.nl;V. Noot\n;Totaal: 2;;\n",
			[]string{"5 10001 De Boer | p.bakker@x.nl,  | , V. Noot"}, nil},
		{"name and address in one cell", "Code;Naam;Accountmanager;Vennoot\n1;A;Fleur de Vries <F.deVries@x.nl>;\"Noot, V. (v.noot@x.nl)\"\n2;B;f.devries@x.nl - Fleur;mailto:v.noot@x.nl\n3;C;geen@adres;\n",
			[]string{"2 1 A | f.devries@x.nl, Fleur de Vries | v.noot@x.nl, Noot, V.", "3 2 B | f.devries@x.nl, Fleur | v.noot@x.nl, ", "4 3 C | ,  | , "}, nil},
		{"name and address in two columns", "Klantnummer;Klantnaam;Relatiebeheerder;E-mail relatiebeheerder;Vennoot;E-mail vennoot\n1;A;Fleur;f@x.nl;;v@x.nl\n2;B;Fleur;;Vera;\n",
			[]string{"2 1 A | f@x.nl, Fleur | v@x.nl, ", "3 2 B | , Fleur | , Vera"}, nil},
		{"second header of column names", "Klantnummer;Naam;Relatiemanager\n;;e-mail\n1;Jan;a@x.nl\n2;\"Piet\nKlaas\";b@x.nl\n3;;c@x.nl\n;Totaal Bouw;\n",
			[]string{"3 1 Jan | a@x.nl,  | , ", "4 2 Piet Klaas | b@x.nl,  | , "}, []string{"6 import.name_missing", "7 import.number_missing"}},
		{"a column without a name stays out of it", "Klantnummer;;Naam;Relatiebeheerder e-mail\n1;x;A;f@x.nl\n", []string{"2 1 A | f@x.nl,  | , "}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, got, d, err := take(t, "klanten.csv", []byte(tt.text), Options{})
			if err != nil {
				t.Fatal(err)
			}
			var rows, refused []string
			for _, c := range got.clients {
				rows = append(rows, fmt.Sprintf("%d %s %s | %s, %s | %s, %s", c.Line, c.Number, c.Name, c.ManagerEmail, c.ManagerName, c.PartnerEmail, c.PartnerName))
			}
			for _, r := range s.Refused {
				refused = append(refused, fmt.Sprintf("%d %s", r.Line, r.Reason.Key))
			}
			if d.Kind != analysis.ImportClients || !slices.Equal(rows, tt.want) || !slices.Equal(refused, tt.refused) {
				t.Errorf("%s\n%s\nrefused %q; want\n%s\nrefused %q", d.Kind, strings.Join(rows, "\n"), refused, strings.Join(tt.want, "\n"), tt.refused)
			}
		})
	}
}
