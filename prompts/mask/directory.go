package mask

import (
	"strings"
	"unicode/utf8"

	"klantbot/prompts"
)

// Directory is names in memory; it fulfils prompts.Names. Fill it, then use it:
// once filled it may be read by several goroutines. A name takes some 200 bytes,
// those that may be mistyped some ten times that.
type Directory struct {
	subjects []prompts.Subject
	exact    map[string]entry
	near     map[string][]near // by the name with one letter left out
}

type entry struct {
	subject  int32
	ordinary bool
}

type near struct {
	name    string
	subject int32
}

// NewDirectory returns an empty directory.
func NewDirectory() *Directory {
	return &Directory{exact: map[string]entry{}, near: map[string][]near{}}
}

// Add adds a client by name, which may be a company or a person: a legal form or
// the word of a trade makes it a company, and so does a name that has neither
// title, initial, first name nor comma.
func (d *Directory) Add(key, name string) {
	words := nameWords(name)
	person := strings.Contains(name, ",")
	for i, w := range words {
		if legalForms()[w] && i > 0 || tradeWords()[w] {
			d.AddOrganisation(key, name)
			return
		}
		person = person || titles()[w] || firstNames()[w] || utf8.RuneCountInString(w) == 1
	}
	if !person {
		d.AddOrganisation(key, name)
		return
	}
	if last, first, comma := strings.Cut(name, ","); comma { // "Berg, A. van den"
		name = first + " " + last
	}
	d.AddPerson(key, name)
}

// AddPerson adds a person by name, with or without title, initials and first
// names: "mevrouw A. van den Berg" is also found as "Van den Berg" and "Berg, van
// den".
func (d *Directory) AddPerson(key, name string) {
	words := nameWords(name)
	for len(words) > 0 && titles()[words[0]] {
		words = words[1:]
	}
	if len(words) == 0 {
		return
	}
	s := d.subject(prompts.Subject{Key: key})
	d.add(words, s)
	surname := surnameOf(words)
	d.add(surname, s)
	last := surname[particlesAt(surname):]
	if len(last) < len(surname) {
		d.add(append(append([]string{}, last...), surname[:len(surname)-len(last)]...), s)
		d.add(last, s)
	}
	if first := words[0]; len(words) > len(surname) && utf8.RuneCountInString(first) > 2 {
		d.add(append([]string{first}, surname...), s)
		if firstNames()[first] {
			return // "Jan" alone is too many people
		}
		d.add([]string{first}, s)
	}
}

// AddOrganisation adds a company by name: "Jansen Bouw B.V." is also found as
// "Jansen Bouw", and as "Jansen" where that is the only word that is its own.
func (d *Directory) AddOrganisation(key, name string) {
	words := nameWords(name)
	if len(words) == 0 {
		return
	}
	s := d.subject(prompts.Subject{Key: key, Organisation: true})
	d.add(words, s)
	if parts := strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(";(/|", r) }); len(parts) > 1 {
		words = nameWords(parts[0]) // what comes after says more of it
		d.add(words, s)
	}
	for len(words) > 1 && legalForms()[words[len(words)-1]] {
		words = words[:len(words)-1]
		d.add(words, s)
	}
	var own []string
	for _, w := range words {
		if !tradeWords()[w] && !legalForms()[w] && !firstNames()[w] && utf8.RuneCountInString(w) > 1 {
			own = append(own, w)
		}
	}
	at := particlesAt(own)
	if len(own) == 0 || len(own)-at > 1 || len(own) == len(words) && at == 0 && len(own) > 1 {
		return
	}
	d.add(own, s)
	d.add(own[at:], s)
}

func (d *Directory) subject(s prompts.Subject) int32 {
	d.subjects = append(d.subjects, s)
	return int32(len(d.subjects) - 1)
}

// add keeps words as a name of s. Who came first keeps a name that several have.
func (d *Directory) add(words []string, s int32) {
	own := 0
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 && !particles()[w] {
			own++
		}
	}
	if own == 0 {
		return
	}
	name := strings.Join(words, " ")
	if _, there := d.exact[name]; there {
		return
	}
	ordinary := true
	for _, w := range words {
		ordinary = ordinary && (particles()[w] || ordinaryWords()[w] || starters()[w] || notNames()[w] || tradeWords()[w] || firstNames()[w] || utf8.RuneCountInString(w) < 3)
	}
	d.exact[name] = entry{s, ordinary}
	if ordinary || utf8.RuneCountInString(name) < shortestFuzzy {
		return
	}
	for _, less := range deletions(name) {
		d.near[less] = append(d.near[less], near{name, s})
	}
	d.near[name] = append(d.near[name], near{name, s})
}

// Exact fulfils prompts.Names.
func (d *Directory) Exact(words string) (prompts.Subject, bool, bool) {
	e, ok := d.exact[strings.Join(nameWords(words), " ")]
	if !ok {
		return prompts.Subject{}, false, false
	}
	return d.subjects[e.subject], e.ordinary, true
}

// shortestFuzzy is how many letters a name has at least for a typing error in it
// to be recognised; shorter ones are too near to each other.
const shortestFuzzy = 5

// Fuzzy fulfils prompts.Names: one letter more, less, other, or two exchanged.
func (d *Directory) Fuzzy(words string) (prompts.Subject, bool) {
	name := strings.Join(nameWords(words), " ")
	if utf8.RuneCountInString(name) < shortestFuzzy {
		return prompts.Subject{}, false
	}
	for _, less := range append(deletions(name), name) {
		for _, n := range d.near[less] {
			if oneApart(name, n.name) {
				return d.subjects[n.subject], true
			}
		}
	}
	return prompts.Subject{}, false
}

// deletions returns name with each of its letters left out.
func deletions(name string) []string {
	var all []string
	for at, r := range name {
		all = append(all, name[:at]+name[at+utf8.RuneLen(r):])
	}
	return all
}

// oneApart says whether a and b are the same but for one letter or two exchanged
// ones.
func oneApart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return len(x) <= 1 && len(y) <= 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

// nameWords cuts a name into folded words.
func nameWords(name string) []string {
	return strings.FieldsFunc(strings.ReplaceAll(fold(name), "v.d", "vd"), func(r rune) bool {
		return strings.ContainsRune(" ,-&/()\u00a0\t\"", r)
	})
}

// surnameOf returns the particles and what follows them; without particles the
// last word.
func surnameOf(words []string) []string {
	for i, w := range words {
		if particles()[w] && i+1 < len(words) {
			return words[i:]
		}
	}
	return words[len(words)-1:]
}

// particlesAt returns how many particles words begin with.
func particlesAt(words []string) int {
	n := 0
	for n < len(words)-1 && particles()[words[n]] {
		n++
	}
	return n
}
