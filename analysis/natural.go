package analysis

import (
	"strings"
	"unicode"
)

// naturalKinds are kinds of client that are human beings, also when they have a
// trade and a KvK number.
var naturalKinds = map[string]bool{
	"particulier": true, "natuurlijkpersoon": true, "persoon": true, "zzp": true, "zzper": true, "eenmanszaak": true,
	"eenmanszaken": true, "freelancer": true, "dga": true, "private": true, "individual": true, "soletrader": true, "selfemployed": true,
}

// legalForms are words that only a legal entity has in its name or kind.
var legalForms = map[string]bool{
	"bv": true, "nv": true, "stichting": true, "vereniging": true, "cooperatie": true, "holding": true, "beheer": true, "ua": true,
	"gemeente": true, "foundation": true, "ltd": true, "gmbh": true, "sa": true, "inc": true, "vve": true, "onderlinge": true,
}

// NaturalPerson reports whether a client may be a human being: the kind says so, or
// there is no word for a legal entity in the name or the kind. A KvK number says
// nothing: sole traders have one. In doubt it is one, since who is taken for a firm by
// mistake loses what the law gives people.
func NaturalPerson(name, kind string) bool {
	if naturalKinds[lettersOf(kind)] {
		return true
	}
	for w := range strings.FieldsSeq(strings.ReplaceAll(name+" "+kind, "-", " ")) {
		if legalForms[lettersOf(w)] {
			return false
		}
	}
	return true
}

// unaccented writes the letters that Dutch has with a trema or an accent without it.
var unaccented = strings.NewReplacer("ä", "a", "ë", "e", "ï", "i", "ö", "o", "ü", "u", "á", "a", "é", "e", "è", "e", "í", "i", "ó", "o", "ú", "u",
	"\u0308", "", "\u0301", "", "\u0300", "")

// lettersOf is s in lower case without anything that is no letter.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return r
	}, unaccented.Replace(strings.ToLower(s)))
}
