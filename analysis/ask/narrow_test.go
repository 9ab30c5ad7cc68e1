package ask_test

import (
	"slices"
	"testing"

	"klantbot/analysis/ask"
)

// TestByTrade: of the questions of everybody's lists none is taken for one about a
// branch, but the two that are: farmers, and dentists.
func TestByTrade(t *testing.T) {
	those := []string{"hoeveel bakkers hebben we", "Welke klanten zitten in de horeca?", "omzet per branche", "how many bakers do we have",
		"wie van mijn boeren heb ik al 90 dagen niet gezien of gehoord", "met welke tandartsen hebben we 200 dgn of meer niet gebeld, gemaild of wat dan ook"}
	for _, text := range those {
		if !ask.ByTrade(text) {
			t.Errorf("%q is about a branch", text)
		}
	}
	for _, file := range others {
		list, _ := braced(t, "testdata/"+file+".tsv")
		for _, p := range list {
			if p.intent != ask.Unknown && ask.ByTrade(p.text) && !slices.Contains(those, p.text) {
				t.Errorf("%s: %q is %s", file, p.text, p.intent)
			}
		}
	}
}
