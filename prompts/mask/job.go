package mask

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/prompts"
)

// Kind says what was masked.
type Kind string

// The kinds, as `klantbot mask --json` prints them.
const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
	BSN          Kind = "bsn"
	VAT          Kind = "vat"
	IBAN         Kind = "iban"
	KvK          Kind = "kvk"
	Phone        Kind = "phone"
	Email        Kind = "email"
	Address      Kind = "address" // a postcode, with the number and street where they stand beside it
	Literal      Kind = "literal" // looked like a placeholder already
	Name         Kind = "name"    // of a thing, given by Hide
	Words        Kind = "words"   // what somebody wrote, given by Hide
)

// printed is how each kind reads in a placeholder.
var printed = map[Kind]string{Person: "PERSOON", Organisation: "BEDRIJF", BSN: "BSN", VAT: "BTW", IBAN: "IBAN", KvK: "KVK",
	Phone: "TELEFOON", Email: "EMAIL", Address: "ADRES", Literal: "TEKST", Name: "NAAM", Words: "CITAAT"}

// Found is one thing that was masked: bytes Start up to End of the text given.
type Found struct {
	Kind        Kind
	Start, End  int
	Placeholder string
	key         string // what makes two of a kind the same
}

// Masked is a text with placeholders.
type Masked struct {
	Text  string
	Found []Found // in the order of the text, without overlap
	given string
}

// Original returns the text as it was given, byte for byte, from the masked one.
func (m Masked) Original() string {
	var b strings.Builder
	rest := m.Text
	for _, f := range m.Found {
		before, after, _ := strings.Cut(rest, f.Placeholder)
		b.WriteString(before + m.given[f.Start:f.End])
		rest = after
	}
	return b.String() + rest
}

// Job masks the texts of one job with one set of placeholders. It is not safe for
// concurrent use.
type Job struct {
	names   prompts.Names
	nonce   string
	numbers map[Kind]int
	given   map[string]string // placeholder by kind and key
	put     map[string]string // placeholder -> what it stands for, as first said, the longest
	people  map[string]string // a word of somebody's name -> key
}

// New starts a job. names may be nil: then only patterns and capitals are looked
// at. nonce is letters and digits that nobody can guess, or empty for what people
// read.
func New(names prompts.Names, nonce string) *Job {
	return &Job{names: names, nonce: nonce, numbers: map[Kind]int{}, given: map[string]string{}, put: map[string]string{}, people: map[string]string{}}
}

// literal matches what looks like a placeholder, whole or damaged.
var literal = lazily(`\[(?:PERSOON|BEDRIJF|BSN|BTW|IBAN|KVK|TELEFOON|EMAIL|ADRES|TEKST|NAAM|CITAAT)_[0-9]+(?:_[0-9A-Za-z]+)?\]`)

// Mask returns text with placeholders.
func (j *Job) Mask(text string) Masked {
	var found []Found
	for _, at := range literal().FindAllStringIndex(text, -1) {
		found = append(found, Found{Kind: Literal, Start: at[0], End: at[1], key: text[at[0]:at[1]]})
	}
	found = add(found, patterns(text))
	ts := tokens(text)
	found = add(found, j.known(text, ts, found))
	found = add(found, j.capitals(text, ts, found))
	return j.masked(text, found)
}

// masked puts placeholders where something was found.
func (j *Job) masked(text string, found []Found) Masked {
	m := Masked{given: text}
	var b strings.Builder
	last := 0
	for i := range found {
		f := &found[i]
		f.Placeholder = j.placeholder(f.Kind, f.key, text[f.Start:f.End])
		b.WriteString(text[last:f.Start] + f.Placeholder)
		last = f.End
	}
	m.Text, m.Found = b.String()+text[last:], found
	return m
}

// add joins what was found, keeping only what does not overlap what was found
// before, in the order of the text.
func add(found, more []Found) []Found {
	for _, f := range more {
		if !overlaps(found, f.Start, f.End) {
			at, _ := slices.BinarySearchFunc(found, f, func(a, b Found) int { return cmp.Compare(a.Start, b.Start) })
			found = slices.Insert(found, at, f)
		}
	}
	return found
}

// overlaps says whether something in found, which is in order, has bytes between
// start and end.
func overlaps(found []Found, start, end int) bool {
	at, _ := slices.BinarySearchFunc(found, start, func(f Found, start int) int { return cmp.Compare(f.End, start+1) })
	return at < len(found) && found[at].Start < end
}

func (j *Job) placeholder(kind Kind, key, surface string) string {
	id := string(kind) + "\x00" + key
	p, ok := j.given[id]
	if !ok {
		j.numbers[kind]++
		p = "[" + printed[kind] + "_" + strconv.Itoa(j.numbers[kind])
		if j.nonce != "" {
			p += "_" + j.nonce
		}
		p += "]"
		j.given[id] = p
	}
	if len(surface) > len(j.put[p]) {
		j.put[p] = surface
	}
	return p
}

// ErrPlaceholder is returned where a text holds a placeholder that this job never
// gave, or a piece of one: whoever wrote the text changed it.
var ErrPlaceholder = errors.New("mask: a placeholder was changed or is foreign")

// damaged matches what is left of a placeholder that was tampered with: its word
// and number without brackets, in another case, or cut off.
var damaged = lazily(`(?i)\[?\b(?:PERSOON|BEDRIJF|BSN|BTW|IBAN|KVK|TELEFOON|EMAIL|ADRES|TEKST|NAAM|CITAAT)[ _-]+[0-9]+(?:_[0-9A-Za-z]*)?\]?`)

// PutBack returns text with what the placeholders stand for: for somebody who was
// named in several ways, the longest. It returns ErrPlaceholder and nothing else
// when one placeholder in it is not ours.
func (j *Job) PutBack(text string) (string, error) {
	foreign := false
	back := damaged().ReplaceAllStringFunc(text, func(p string) string {
		stands, ok := j.put[p]
		foreign = foreign || !ok
		return stands
	})
	if foreign {
		return "", ErrPlaceholder
	}
	return back, nil
}

// Lost returns an error when a placeholder of this job that is in from is not in
// to: something that must be copied unchanged was not.
func (j *Job) Lost(from, to string) error {
	for _, p := range literal().FindAllString(from, -1) {
		if _, ours := j.put[p]; ours && !strings.Contains(to, p) {
			return fmt.Errorf("%s is lost: %w", p, ErrPlaceholder)
		}
	}
	return nil
}
