package ask

import (
	"slices"
	"strings"
	"testing"
)

// noted are the concepts that no word of the lexicon means: slots and circumstances
// say them.
var noted = []concept{named, "seg", "seg2", "ctype", "theme", "days", "limit", "mgr", "anyone", "thisweek", "recently", "asks",
	"audience_medewerkers", "audience_prospects", "audience_oud-klanten", "layerword", "session"}

// TestRules: each rule asks for concepts that can be said, and each concept of the
// lexicon is asked for somewhere.
func TestRules(t *testing.T) {
	means := map[concept]bool{}
	for line := range strings.Lines(lexicon) {
		if name, _, ok := strings.Cut(line, ":"); ok {
			means[concept(name)] = true
		}
	}
	used := map[concept]bool{"one": true}
	for _, u := range grammar() {
		if !slices.Contains(intents, u.intent) {
			t.Errorf("no intent is called %q", u.intent)
		}
		for _, c := range slices.Concat(append(u.need, u.forbid, u.helps)...) {
			used[c] = true
			if !means[c] && !slices.Contains(noted, c) {
				t.Errorf("%s: nothing means %q", u.intent, c)
			}
		}
	}
	for c := range means {
		if !used[c] {
			t.Errorf("no rule asks for %q", c)
		}
	}
	for _, i := range intents {
		if i != Unknown && !slices.ContainsFunc(grammar(), func(u rule) bool { return u.intent == i }) {
			t.Errorf("no rule gives %s", i)
		}
	}
}
