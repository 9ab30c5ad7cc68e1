package sqlstore

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for _, c := range []struct {
		name, core string
		entity     bool
	}{
		{"Bakker Bouw Holding B.V.", "bakker bouw", true},
		{"BAKKER BOUW BV", "bakker bouw", true},
		{"De Vries Beheer B.V.", "vries", true},
		{"P. de Vries", "vries", false},
		{"dhr. P.J. van den Berg", "berg", false},
		{"Gebr. Smit & Zn.", "smit", true},
		{"Zonneveld Tuinen v.o.f.", "zonneveld tuinen", true},
		{"Smit Beheer b v", "smit", true},
		{"Stichting Vrienden van 't Hôtel", "vrienden hotel", true},
		{"Jan.Jansen", "jan jansen", false},
		{"L'Étoile", "letoile", false},
		{"B.V.", "", true},
		{" - . ' ", "", false},
		{"Ærø Ænder-Žižek", "ærø ænder-zizek", false},
	} {
		w := wordsOf(c.name)
		if got := strings.Join(w.core, " "); got != c.core || w.entity != c.entity {
			t.Errorf("words of %q are %q, %t, want %q, %t", c.name, got, w.entity, c.core, c.entity)
		}
	}
}

func TestPersonKey(t *testing.T) {
	for _, c := range []struct{ name, key, surname string }{
		{"Piet de Vries", "piet vries", "vries"},
		{"mevrouw Wilhelmina van Dijk", "wilhelmina dijk", "dijk"},
		{"P. de Vries", "", ""},
		{"P.J. Zonneveld", "pj zonneveld", "zonneveld"},
		{"P J Zonneveld", "pj zonneveld", "zonneveld"},
		{"Zonneveld", "", ""},
		{"Zonneveld Beheer B.V.", "", ""},
		{"", "", ""},
	} {
		if key, surname := personKey(c.name); key != c.key || surname != c.surname {
			t.Errorf("personKey(%q) = %q, %q, want %q, %q", c.name, key, surname, c.key, c.surname)
		}
	}
}

func TestAddress(t *testing.T) {
	for _, c := range []struct{ email, whole, domain string }{
		{" Info@Smit.Example ", "info@smit.example", "smit.example"},
		{"geen adres", "", ""},
		{"@smit.example", "", ""},
		{"a@b@c.example", "", ""},
		{"a@c.example; b@c.example", "", ""},
		{"a@localhost", "", ""},
	} {
		if whole, domain := address(c.email); whole != c.whole || domain != c.domain {
			t.Errorf("address(%q) = %q, %q, want %q, %q", c.email, whole, domain, c.whole, c.domain)
		}
	}
}
