package sqlstore

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// words are what a client's name says about whose it is: the name without legal
// form, without what a family of companies tells its members apart by, and
// without initials and particles. "Bakker Bouw Holding B.V." is bakker bouw.
type words struct {
	core   []string
	full   []string // the core with its particles: Ten Brink is not Van den Brink
	entity bool     // the name has a legal form, or the like
}

// role is what a word of a name says.
type role byte

// The roles. Neither a legal form nor the place within a family of companies
// says which family it is; nor do salutations. Particles do so only together
// with what they belong to.
const (
	telling role = iota // anything else
	legalForm
	familyMember
	particle
	salutation
)

var roles = map[string]role{}

func init() {
	for r, list := range map[role]string{
		legalForm: `bv nv vof cv ua ba bvba gmbh ltd inc sa mts maatschap stichting st vereniging ver cooperatie
			coop eenmanszaak vennootschap firma fa`,
		familyMember: `holding holdings beheer beheermaatschappij management beleggingen belegging invest
			investments investment groep group participatie participaties pensioen deelnemingen exploitatie
			exploitatiemaatschappij vastgoed onroerend goed finance financial houdstermaatschappij
			werkmaatschappij personal stak administratiekantoor zn zoon zonen dochters gebr gebroeders nederland
			international i ii iii iv`,
		particle: `van de der den ter ten te het t s v vd op in aan bij la le el al ul uit von und di da do dos en of the
			and`,
		salutation: `dhr mw mevr mevrouw meneer heer hr familie fam erven erfgenamen drs ir ing mr dr prof`,
	} {
		for word := range wordSet(list) {
			roles[word] = r
			if len(word) < 5 { // also as an abbreviation: b.v, v.o.f
				roles[strings.Join(strings.Split(word, ""), ".")] = r
			}
		}
	}
}

func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
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
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return foldAny(s)
		}
	}
	return strings.ToLower(s)
}

func foldAny(s string) string {
	// A transformer has state, so each call makes its own.
	strip := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	if t, _, err := transform.String(strip, s); err == nil {
		s = t
	}
	return strings.ToLower(s)
}

// wordsOf takes a client's name apart.
func wordsOf(name string) words { return words{}.of(name) }

// of takes a client's name apart, in the memory of w.
func (w words) of(name string) words {
	w = words{core: w.core[:0], full: w.full[:0]}
	letters := "" // so far, of a legal form written with spaces: b v
	for token := range tokens(fold(name)) {
		if len(token) == 1 {
			letters += token
			w.entity = w.entity || roles[letters] == legalForm
			continue
		}
		letters = ""
		switch roles[token] {
		case legalForm, familyMember:
			w.entity = true
		case salutation:
		case particle:
			w.full = append(w.full, token)
		default:
			w.add(token)
		}
	}
	return w
}

// add adds a word that tells. Dots join initials, which tell nobody apart, but
// also words that somebody forgot a space between.
func (w *words) add(token string) {
	if strings.IndexByte(token, '\'') >= 0 {
		token = strings.ReplaceAll(token, "'", "")
	}
	for part := range strings.SplitSeq(token, ".") {
		if utf8.RuneCountInString(part) > 1 {
			w.core, w.full = append(w.core, part), append(w.full, part)
		}
	}
}

// tokens yields the words of a folded name, with the dots, hyphens and
// apostrophes within them.
func tokens(name string) iter.Seq[string] {
	const joins = ".'-"
	return func(yield func(string) bool) {
		start := -1
		for i, r := range name {
			inside := unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(joins, r)
			if inside && start < 0 {
				start = i
			}
			if !inside && start >= 0 {
				if t := strings.Trim(name[start:i], joins); t != "" && !yield(t) {
					return
				}
				start = -1
			}
		}
		if start >= 0 {
			if t := strings.Trim(name[start:], joins); t != "" {
				yield(t)
			}
		}
	}
}

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
		return strings.Join(w.core, " "), surname
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
