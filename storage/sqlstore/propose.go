package sqlstore

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// words are what a client's name says about whose it is: the name without legal
// form, without what a family of companies tells its members apart by, and
// without initials and particles. "Bakker Bouw Holding B.V." is bakker bouw.
type words struct {
	core   []string
	entity bool // the name has a legal form, or the like
}

// Words of a name that say what kind of entity it is, or which member of a
// family, but not which family.
var (
	legalForms = wordSet(`bv nv vof cv ua ba bvba gmbh ltd inc sa mts maatschap stichting st vereniging ver cooperatie
		coop eenmanszaak vennootschap firma fa`)
	familyMembers = wordSet(`holding holdings beheer beheermaatschappij management beleggingen belegging invest
		investments investment groep group participatie participaties pensioen deelnemingen exploitatie
		exploitatiemaatschappij vastgoed onroerend goed finance financial houdstermaatschappij werkmaatschappij
		personal stak administratiekantoor zn zoon zonen dochters gebr gebroeders nederland international i ii iii iv`)
	particles = wordSet(`van de der den ter ten te het t 's s v vd op in aan bij la le el al ul uit von und di da do dos
		en of the and`)
	salutations = wordSet(`dhr mw mevr mevrouw meneer heer hr familie fam erven erfgenamen drs ir ing mr dr prof`)
)

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// commonSurnames are the surnames that say least about family: each is borne by
// tens of thousands in the Netherlands.
var commonSurnames = wordSet(`jansen janssen jong vries berg dijk bakker visser smit meijer meyer boer mulder groot bos
	vos peters hendriks leeuwen dekker brouwer wit dijkstra smits graaf meer linden kok jacobs haan vermeulen heuvel
	veen broek schouten hoekstra dam willems bosch prins beek martens wal kramer koning peeters post jonge sanders
	evers gerritsen hermans schipper veenstra blom kuiper postma wolters kuipers timmermans vink koster vliet bruin
	huisman wijk ven hoek brink maas verhoeven driessen groen scholten veld bruijn janse pieters zwart molenaar
	nguyen verbeek ruiter gerrits hofman jonker kok laan horst wolf klein boon schut vriend jager roos berends
	yilmaz kaya singh ali ahmed mohamed`)

// fold writes s in small letters without diacritics.
func fold(s string) string {
	// A transformer has state, so each call makes its own.
	strip := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	if isASCII(s) {
		return strings.ToLower(s)
	}
	if t, _, err := transform.String(strip, s); err == nil {
		s = t
	}
	return strings.ToLower(s)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// wordsOf takes a client's name apart.
func wordsOf(name string) words {
	var w words
	for _, token := range tokens(name) {
		switch {
		case legalForms[token]:
			w.entity = true
		case familyMembers[token]:
			w.entity = w.entity || !particles[token]
		case particles[token], salutations[token], len(token) == 1:
		default:
			w.core = append(w.core, token)
		}
	}
	return w
}

// tokens splits a name into folded words. Dots join what they abbreviate: B.V.
// is bv, and P.J. is not a word that tells anybody apart.
func tokens(name string) []string {
	fields := strings.FieldsFunc(fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' && r != '\'' && r != '-'
	})
	var out []string
	for _, f := range fields {
		f = strings.Trim(f, ".'-")
		if strings.Contains(f, ".") {
			parts := strings.Split(f, ".")
			if joined := strings.Join(parts, ""); legalForms[joined] {
				out = append(out, joined)
				continue
			}
			f = "" // initials go, whole words stay
			for _, p := range parts {
				if len(p) > 1 {
					out = append(out, p)
				}
			}
		}
		if f != "" {
			out = append(out, strings.ReplaceAll(f, "'", ""))
		}
	}
	return joinSpaced(out)
}

// joinSpaced makes one word of a legal form written with spaces, "b v".
func joinSpaced(in []string) []string {
	out := in[:0]
	for i := 0; i < len(in); i++ {
		n := i
		for n < len(in) && len(in[n]) == 1 {
			n++
		}
		if joined := strings.Join(in[i:n], ""); n-i > 1 && legalForms[joined] {
			out = append(out, joined)
			i = n - 1
			continue
		}
		out = append(out, in[i])
	}
	return out
}

// key returns the core as one string whose words are in order.
func (w words) key() string { return strings.Join(w.core, " ") }

// has reports whether word is in the core.
func (w words) has(word string) bool { return slices.Contains(w.core, word) }

// personKey returns a contact person's folded name and their surname, the last
// word of it, or two empty strings when the name does not tell people apart: it
// needs a first name, or initials before a surname that is not common.
func personKey(name string) (key, surname string) {
	w := wordsOf(name)
	if len(w.core) == 0 || w.entity {
		return "", ""
	}
	surname = w.core[len(w.core)-1]
	if len(w.core) > 1 {
		return w.key(), surname
	}
	initials := initialsOf(name)
	if initials == "" || commonSurnames[surname] {
		return "", ""
	}
	return initials + " " + surname, surname
}

// initialsOf returns the letters of a name that stand alone or before a dot.
func initialsOf(name string) string {
	var b strings.Builder
	for _, f := range strings.Fields(fold(name)) {
		if parts := strings.Split(f, "."); len(parts) > 1 {
			for _, p := range parts {
				if len(p) == 1 {
					b.WriteString(p)
				}
			}
		} else if len(f) == 1 {
			b.WriteString(f)
		}
	}
	return b.String()
}
