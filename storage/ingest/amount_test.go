package ingest

import "testing"

func TestParseAmount(t *testing.T) {
	tests := []struct {
		cell string
		n    notation
		want string // plain, or "" for refused
	}{
		{"1.234,56", decimalComma, "1234.56"},
		{"-1.234,56", decimalComma, "-1234.56"},
		{"1.234,56-", decimalComma, "-1234.56"},
		{"€ 1.234,56", decimalComma, "1234.56"},
		{"€ -1.234,56", decimalComma, "-1234.56"},
		{"-€ 1.234,56", decimalComma, "-1234.56"},
		{"€\u00a01.234,56", decimalComma, "1234.56"},
		{"1.234,56 EUR", decimalComma, "1234.56"},
		{"(1.234,56)", decimalComma, "-1234.56"},
		{"(€ 1.234,56)", decimalComma, "-1234.56"},
		{"1 234,56", decimalComma, "1234.56"},
		{"1.234.567", decimalComma, "1234567"},
		{"1.234", decimalComma, "1234"},
		{"0,5", decimalComma, "0.5"},
		{",5", decimalComma, "0.5"},
		{"250,-", decimalComma, "250"},
		{"−12,00", decimalComma, "-12.00"},
		{"+12", decimalComma, "12"},
		{"1234.56", decimalPoint, "1234.56"},
		{"1,234.56", decimalPoint, "1234.56"},
		{"$1,234.56", decimalPoint, "1234.56"},
		{"1'234.50", decimalPoint, "1234.50"},
		{"1.234", decimalPoint, "1.234"},
		{"1,234", decimalPoint, "1234"},
		{"1.2E3", decimalPoint, "1200"},
		{"1.234", undecided, "1234"},
		{"1,234", undecided, "1234"},
		{"12.5", undecided, "12.5"},

		{"12.50", decimalComma, ""}, // not a group of three
		{"12,50", decimalPoint, ""},
		{"1.23.456", decimalComma, ""},
		{"1,2,3", decimalPoint, ""},
		{"12 34", decimalComma, ""},
		{"--12", decimalComma, ""},
		{"-12-", decimalComma, ""},
		{"n.v.t.", decimalComma, ""},
		{"12a", decimalComma, ""},
		{"€", decimalComma, ""},
		{".", decimalComma, ""},
		{",", decimalComma, ""},
		{"", decimalComma, ""},
		{"1e999", decimalPoint, ""},
		{"1234567890123456789012", decimalPoint, ""},
		{"=1+1", decimalPoint, ""},
	}
	for _, tt := range tests {
		got, ok := parseAmount(tt.cell, tt.n)
		if tt.want == "" {
			if ok {
				t.Errorf("%q was read as %+v", tt.cell, got)
			}
			continue
		}
		want, _ := parsePlain(tt.want)
		if !ok || got != want {
			t.Errorf("%q = %+v %v, want %+v", tt.cell, got, ok, want)
		}
	}
}

func TestAmountProof(t *testing.T) {
	tests := []struct {
		cells []string
		want  notation
		open  bool
	}{
		{[]string{"1.234", "12,50"}, decimalComma, true},
		{[]string{"1,234", "12.50"}, decimalPoint, true},
		{[]string{"1.234", "5.678"}, undecided, true},
		{[]string{"1.234.567"}, decimalComma, false},
		{[]string{"0.125"}, decimalPoint, false},
		{[]string{"1234,567"}, decimalComma, false},
		{[]string{"12", "5"}, undecided, false},
		{[]string{"12.50", "12,50", "13,75"}, decimalComma, false},
		{[]string{"abc", ""}, undecided, false},
	}
	for _, tt := range tests {
		var p amountProof
		for _, c := range tt.cells {
			p.observe(c)
		}
		if p.decided() != tt.want || p.unclear != tt.open {
			t.Errorf("%q: notation %d unclear %v, want %d %v", tt.cells, p.decided(), p.unclear, tt.want, tt.open)
		}
	}
}
