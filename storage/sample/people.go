package sample

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// surname is a Dutch family name; the particle ("van der") does not count when
// names are sorted.
type surname struct{ particle, name string }

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

// person returns a human being; a zero family asks for one of their own.
func (d dice) person(scale int, family surname) person {
	p := person{surname: family}
	if family.name == "" {
		p.surname = d.surname(scale)
	}
	p.first = firstNames[d.below(aboutFirstName, len(firstNames))]
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

// surname returns a family name. The larger the office, the more of them are
// put together from syllables, since no list is long enough for a million.
func (d dice) surname(groups int) surname {
	composed := min(900, 150+groups/200)
	roll := d.bits(aboutSurname)
	if int(roll%1000) >= composed {
		return surnames[int(roll>>16)%len(surnames)]
	}
	name := syllablesBefore[int(roll>>12&0xffff)%len(syllablesBefore)] +
		syllablesAfter[int(roll>>40&0xffff)%len(syllablesAfter)]
	return surname{particles[int(roll>>56)%len(particles)], name}
}

var accents = map[rune]string{
	'á': "a", 'à': "a", 'ä': "a", 'â': "a", 'ç': "c", 'é': "e", 'è': "e", 'ë': "e", 'ê': "e",
	'í': "i", 'ï': "i", 'ı': "i", 'ğ': "g", 'ñ': "n", 'ó': "o", 'ö': "o", 'ô': "o", 'ş': "s",
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
