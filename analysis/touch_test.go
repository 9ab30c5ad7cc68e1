package analysis

import "testing"

// TestFulfils: a heavier moment is as good as a lighter one, never the other way
// round; what people come to and what is written by hand stand by themselves. A
// yearly talk is more than a call and less than a visit.
func TestFulfils(t *testing.T) {
	ladder := []TouchKind{Visit, Yearly, Call, Mail}
	for i, had := range TouchKinds() {
		for j, wanted := range TouchKinds() {
			want := had == wanted || i < len(ladder) && j < len(ladder) && i < j
			if got := had.Fulfils(wanted); got != want {
				t.Errorf("%s fulfils %s: %v", had, wanted, got)
			}
		}
		if had.Place() != i {
			t.Errorf("%s stands at %d, not %d", had, had.Place(), i)
		}
	}
	if TouchKind("feest").Fulfils(Mail) || Visit.Fulfils("feest") {
		t.Error("what is no kind fulfils, or is fulfilled")
	}
}
