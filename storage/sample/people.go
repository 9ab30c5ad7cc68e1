package sample

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// surname is a Dutch family name; the particle ("van der") does not count when
// names are sorted.
type surname struct {
	particle, name string
	tradition      int // the first names that go with it
}

// person is a human being of the office or at a client.
type person struct {
	first   string
	letters string // initials: "P.J."
	surname surname
}

// String writes the name as it is spoken: "Pieter van der Meer".
func (p person) String() string { return p.first + " " + p.surname.inside() }

// initials writes "P.J. van der Meer".
func (p person) initials() string { return p.letters + " " + p.surname.inside() }

// sorted writes the name as card indexes do: "Meer, P.J. van der".
func (p person) sorted() string {
	return strings.TrimRight(p.surname.name+", "+p.letters+" "+p.surname.particle, " ")
}

// mailbox is the part of the address before the @: "p.vandermeer".
func (p person) mailbox() string {
	return slug(p.letters[:1]) + "." + strings.ReplaceAll(slug(p.surname.particle+p.surname.name), "-", "")
}

// inside writes the surname after a first name: "van der Meer".
func (s surname) inside() string {
	if s.particle == "" {
		return s.name
	}
	return s.particle + " " + s.name
}

// leading writes the surname at the start of a name: "Van der Meer". An
// apostrophe stays as it is: "'t Hart".
func (s surname) leading() string {
	all := s.inside()
	r, n := utf8.DecodeRuneInString(all)
	return string(unicode.ToUpper(r)) + all[n:]
}

// person returns a human being of a family; a zero family asks for any.
func (d dice) person(groups int, family surname) person {
	if family.name == "" && d.composes(groups) {
		family = d.composed()
	}
	p := deal(d.below(aboutSurname, deckSize))
	if family.name != "" {
		names := traditions[family.tradition].first
		p = person{first: names[d.below(aboutFirstName, len(names))], surname: family}
	}
	return d.initialled(p)
}

// owner returns who owns the i-th ordinary group of an office. Owners are dealt
// from a shuffled deck of all full names, so that in an office that is not too
// large no two are namesakes: an import would take them for one person.
func (o office) owner(i int) person {
	d := o.dice(i)
	if d.composes(o.Groups) {
		return d.person(o.Groups, surname{})
	}
	const stride = 10_007 // a prime that does not divide the deck
	top := int(o.Seed%uint64(deckSize)) * 31
	return d.initialled(deal((top + i*stride) % deckSize))
}

// initialled gives p initials that fit the first name.
func (d dice) initialled(p person) person {
	r, _ := utf8.DecodeRuneInString(p.first)
	p.letters = string(unfold(r)) + "."
	if more := d.below(aboutInitials, 3*len(middleInitials)); more < len(middleInitials)*2 {
		p.letters += string(middleInitials[more%len(middleInitials)]) + "."
	}
	return p
}

const middleInitials = "ABCDEFGHJKLMPRTW"

// unfold drops the accent of an initial, as registers do.
func unfold(r rune) rune {
	if plain, ok := accents[unicode.ToLower(r)]; ok {
		return unicode.ToUpper(rune(plain[0]))
	}
	return r
}

// composes reports whether somebody's surname is put together from syllables:
// the larger the office, the more are, since no list is long enough for a
// million.
func (d dice) composes(groups int) bool { return d.chance(aboutComposed, min(900, 150+groups/200)) }

// composed puts a surname together.
func (d dice) composed() surname {
	return surname{
		particle: particles[d.below(aboutParticle, len(particles))],
		name:     syllablesBefore[d.below(aboutBefore, len(syllablesBefore))] + syllablesAfter[d.below(aboutAfter, len(syllablesAfter))],
	}
}

// deckSize counts the full names of all traditions.
var deckSize = func() (n int) {
	for _, t := range traditions {
		n += len(t.first) * len(t.surnames)
	}
	return n
}()

// deal returns the k-th full name of the deck, k below deckSize.
func deal(k int) person {
	for i, t := range traditions {
		if n := len(t.first) * len(t.surnames); k >= n {
			k -= n
			continue
		}
		family := t.surnames[k/len(t.first)]
		return person{first: t.first[k%len(t.first)], surname: surname{family[0], family[1], i}}
	}
	panic("sample: no such card")
}

var accents = map[rune]string{
	'á': "a", 'à': "a", 'ä': "a", 'â': "a", 'ç': "c", 'é': "e", 'è': "e", 'ë': "e", 'ê': "e",
	'ń': "n", 'í': "i", 'ï': "i", 'ı': "i", 'ğ': "g", 'ñ': "n", 'ó': "o", 'ö': "o", 'ô': "o", 'ş': "s",
	'ú': "u", 'ü': "u", 'ø': "o",
}

// slug writes words so that they can stand in a mail address: lower case
// letters, digits and single hyphens.
func slug(words string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(words) {
		plain, accented := accents[r]
		if !accented && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') {
			plain = string(r)
		}
		if plain == "" {
			// An apostrophe or a full stop is dropped, anything else parts words.
			gap = gap || (r != '\'' && r != '.' && r != '\u0307' && b.Len() > 0)
			continue
		}
		if gap {
			b.WriteByte('-')
		}
		gap = false
		b.WriteString(plain)
	}
	return b.String()
}
