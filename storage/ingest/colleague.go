package ingest

import "strings"

// colleague reads who of the office is meant: an e-mail address, a name, or
// both as in "Fleur de Vries <f.devries@kantoor.nl>". The address is what
// counts; a name beside it, or in a column of its own, is what they are called.
func (r *cellReader) colleague(c, named *column) (email, name string) {
	cell := r.text(c)
	email, name = splitAddress(cell)
	if email == "" && strings.Contains(cell, "@") {
		r.t.warn("import.email_ignored", r.row.line)
		name = ""
	}
	if other := r.text(named); name == "" && !strings.Contains(other, "@") {
		name = other
	}
	return email, name
}

// around is what may stand between a name and an address.
const around = " <>()[],;:|/-\"'\t"

// splitAddress cuts the first e-mail address out of s, in lower case, and
// returns it with the name that stands beside it. Without an address all of s
// is the name.
func splitAddress(s string) (email, name string) {
	at := strings.IndexByte(s, '@')
	if at < 0 {
		return "", s
	}
	const ends = " <>()[],;:|\"'\t"
	from := strings.LastIndexAny(s[:at], ends) + 1
	to := len(s)
	if i := strings.IndexAny(s[at:], ends); i >= 0 {
		to = at + i
	}
	email = strings.ToLower(s[from:to])
	if !isAddress(email) {
		return "", ""
	}
	if name = strings.Trim(strings.TrimSuffix(strings.Trim(s[:from], around), "mailto"), around); name == "" {
		name = strings.Trim(s[to:], around)
	}
	if strings.Contains(name, "@") {
		name = ""
	}
	return email, name
}
