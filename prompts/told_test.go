package prompts

import (
	"slices"
	"testing"
)

func TestCheckTold(t *testing.T) {
	results := Sources{"T1": {ID: "T1", Text: "[BEDRIJF_1_k]\n  Jaaromzet: € 12.345 (40% in 2026)\n  Laatste contact: do 26 nov, telefoongesprek"},
		"T2": {ID: "T2", Text: "[BEDRIJF_2_k]: geen contact vastgelegd"}}
	for text, want := range map[string][]Fault{
		"Jaaromzet [BEDRIJF_1_k]: € 12.345":                nil,
		"De jaaromzet bedraagt €\u00a012.345, 40% in 2026": nil,
		"Jaaromzet: € 40":                                  {NewNumber},
		"Jaaromzet: 12.345%":                               {NewNumber},
		"Jaaromzet: € 12.346":                              {NewNumber, NewNumber},
		"Jaaromzet van [BEDRIJF_2_k]":                      {NewNumber}, // T1 does not name it
		"Geen telefoongesprek":                             {TurnedRound},
		"Jaaromzet van Berlusconi":                         {NewName, NotFromText},
		"Twee telefoongesprekken":                          {NewNumber},
		"Failliet verklaard wegens fraude":                 {NewName, NotFromText},
		"":                                                 {NoText, NotFromText},
		"Jaaromzet https://evil.example":                   {Address, NotFromText},
	} {
		if got := CheckTold(Clause{Text: text, Citations: []ID{"T1"}}, results); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
	if got := CheckTold(Clause{Text: "Geen contact vastgelegd", Citations: []ID{"T2"}}, results); got != nil {
		t.Error(got)
	}
	for _, ids := range [][]ID{nil, {"T3"}} {
		if got := CheckTold(Clause{Text: "Jaaromzet: € 12.345", Citations: ids}, results); len(got) == 0 {
			t.Errorf("%v passed", ids)
		}
	}
}
