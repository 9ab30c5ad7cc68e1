package mask

import (
	"strings"
)

// longestName is the most words of a name that is looked for.
const longestName = 6

// known finds the names the office knows: first as they are, then with one typing
// error in what has a capital.
func (j *Job) known(text string, ts []token, taken []Found) (found []Found) {
	if j.names == nil {
		return nil
	}
	for i := 0; i < len(ts); i++ {
		f, n := j.exactAt(text, ts, i, taken)
		if n == 0 {
			f, n = j.fuzzyAt(text, ts, i, taken)
		}
		if n > 0 {
			found = append(found, f)
			i += n - 1
		}
	}
	return found
}

// window returns the words from ts[i] on, n of them, and false where something
// other than a space, comma, hyphen or ampersand stands between two of them, or
// where they were masked already.
func window(text string, ts []token, i, n int, taken []Found) (string, bool) {
	if i+n > len(ts) {
		return "", false
	}
	for k := i + 1; k < i+n; k++ {
		gap := text[ts[k-1].end:ts[k].start]
		if len(gap) > 3 || strings.Trim(gap, " ,-&\u00a0") != "" {
			return "", false
		}
	}
	if overlaps(taken, ts[i].start, ts[i+n-1].end) {
		return "", false
	}
	return text[ts[i].start:ts[i+n-1].end], true
}

func (j *Job) exactAt(text string, ts []token, i int, taken []Found) (Found, int) {
	for n := longestName; n > 0; n-- {
		words, ok := window(text, ts, i, n, taken)
		if !ok {
			continue
		}
		s, ordinary, ok := j.names.Exact(words)
		if !ok || ordinary && !namely(ts, i, n) {
			continue
		}
		kind := Person
		if s.Organisation {
			kind = Organisation
		}
		return Found{Kind: kind, Start: ts[i].start, End: ts[i+n-1].end, key: s.Key}, n
	}
	return Found{}, 0
}

// namely says whether words that also mean something by themselves are a name
// here: a capital on one that is not a particle, or "mevrouw" before them. Where a
// sentence begins with what may as well be "Kort samengevat", its capital says
// nothing, and what follows decides: "Kort belt nooit terug".
func namely(ts []token, i, n int) bool {
	if n == 1 && ts[i].first && (qualities()[ts[i].folded] || starters()[ts[i].folded]) && (i == 0 || !titles()[ts[i-1].folded]) {
		return acts(ts, i+1)
	}
	for _, t := range ts[i : i+n] {
		if t.capital && !particles()[t.folded] {
			return true
		}
	}
	return i > 0 && titles()[ts[i-1].folded]
}

// acts says whether from ts[i] on it is told what somebody does, or who is with them.
func acts(ts []token, i int) bool {
	if i >= len(ts) || ts[i].first {
		return false
	}
	if ts[i].folded == "en" && i+1 < len(ts) {
		return ts[i+1].capital || company()[ts[i+1].folded]
	}
	return deeds()[ts[i].folded]
}

func (j *Job) fuzzyAt(text string, ts []token, i int, taken []Found) (Found, int) {
	if !ts[i].capital || plain(ts[i]) {
		return Found{}, 0
	}
	for n := 3; n > 0; n-- {
		words, ok := window(text, ts, i, n, taken)
		if !ok || !ts[i+n-1].capital {
			continue
		}
		if s, ok := j.names.Fuzzy(words); ok {
			kind := Person
			if s.Organisation {
				kind = Organisation
			}
			return Found{Kind: kind, Start: ts[i].start, End: ts[i+n-1].end, key: s.Key}, n
		}
	}
	return Found{}, 0
}

// plain says whether a word with a capital is an ordinary word or no name of a
// person.
func plain(t token) bool {
	if t.acronym || starters()[t.folded] || notNames()[t.folded] || titles()[t.folded] {
		return true
	}
	head, rest, compound := strings.Cut(t.folded, "-")
	return compound && !particles()[rest] && (notNames()[head] || starters()[head] || starters()[rest]) // Excel-bestand
}
