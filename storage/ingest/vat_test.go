package ingest

import "testing"

func TestValidVAT(t *testing.T) {
	for s, want := range map[string]bool{
		"NL004495445B01": true, "NL002455799B11": true, "NL123456789B90": false, // reference values of DOMAIN.md
		"nl 0044.95.445.b01": true, "NL000000000B01": false, "NL004495446B01": false, "004495445B01": false, "BE0123456789": false, "": false,
	} {
		if got := ValidVAT(s); got != want {
			t.Errorf("%s: %v", s, got)
		}
	}
}

// TestCheckVAT uses 111222333, which passes the 11-test of citizen service
// numbers and belongs to nobody.
func TestCheckVAT(t *testing.T) {
	tests := []struct {
		vat  string
		who  natural
		want string
		ok   bool
	}{
		{"NL111222333B01", natural{name: "A. Jansen"}, maskedVAT, true},
		{"111222333B01", natural{name: "A. Jansen"}, maskedVAT, true},
		{"NL111222333B01", natural{name: "Jansen B.V."}, "NL111222333B01", true},
		{"NL111222333B01", natural{name: "Stichting Zorg"}, "NL111222333B01", true},
		{"NL111222333B01", natural{name: "Jansen Bouw"}, maskedVAT, true},
		{"NL111222333B01", natural{name: "Jansen Bouw", kind: "ZZP"}, maskedVAT, true},
		{"NL111222333B01", natural{name: "Jansen Bouw", kind: "eenmanszaak"}, maskedVAT, true},
		{"NL002455799B11", natural{name: "A. Jansen"}, "NL002455799B11", true}, // of 2020: no BSN in it
		{"111222333", natural{name: "A. Jansen"}, "", false},
		{"NL123456789B90", natural{name: "Jansen B.V."}, "", false},
		{"BE0123456789", natural{}, "BE0123456789", true},
		{"10.20.30", natural{}, "", false},
		{"", natural{}, "", true},
	}
	for _, tt := range tests {
		if got, ok := checkVAT(tt.vat, tt.who); got != tt.want || ok != tt.ok {
			t.Errorf("%s of %+v: %q %v, want %q", tt.vat, tt.who, got, ok, tt.want)
		}
	}
}
