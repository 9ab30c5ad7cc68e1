package commands

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// tidy is what somebody wrote as it is kept: one line without what can not be
// seen.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	return strings.Join(strings.Fields(s), " ")
}

// own is text, or nothing where it says what the catalogue says in any language:
// then it follows the reader's.
func own(text, key string) string {
	text = tidy(text)
	for _, lang := range locale.Langs() {
		if locale.Has(lang, key) && text == locale.New(lang, nil).T(key, nil) {
			return ""
		}
	}
	return text
}

// ownSettings is s with the catalogue's words left out and every text tidied.
func ownSettings(s value.Settings) value.Settings {
	s = s.Clone()
	for _, set := range s.Criteria {
		for i := range set {
			ownWords(&set[i])
		}
	}
	for t, row := range s.Strategies {
		s.Strategies[t] = ownStrategy(row)
	}
	return s
}

func ownWords(c *value.Criterion) {
	c.Key, c.Name = tidy(c.Key), own(c.Name, c.NameKey())
	ours := true
	for i, m := range c.Meanings {
		c.Meanings[i] = tidy(m)
		ours = ours && own(m, c.MeaningKey(i)) == ""
	}
	if len(c.Meanings) == 0 || ours && (len(c.Meanings) == value.Levels || c.Scale != value.Marks) {
		c.Meanings = nil
	}
}

func ownStrategy(row value.Strategy) value.Strategy {
	lines := row.Lines()
	for i, text := range []*string{&row.Goal, &row.Approach, &row.Who, &row.Concept, &row.Avoid} {
		*text = own(*text, lines[i].Key)
	}
	return row
}

// Worded is set with the words that a reader of p sees.
func Worded(p *locale.Printer, set []value.Criterion) []value.Criterion {
	set = value.CloneSet(set)
	for i, c := range set {
		if c.Name == "" {
			set[i].Name = p.T(c.NameKey(), nil)
		}
		if c.Scale == value.Marks && len(c.Meanings) == 0 && locale.Has(p.Lang(), c.MeaningKey(0)) {
			for mark := range value.Levels {
				set[i].Meanings = append(set[i].Meanings, p.T(c.MeaningKey(mark), nil))
			}
		}
	}
	return set
}

// WordedStrategy is the row of a client type with the words that a reader of p
// sees.
func WordedStrategy(p *locale.Printer, row value.Strategy) value.Strategy {
	lines := row.Lines()
	for i, text := range []*string{&row.Goal, &row.Approach, &row.Who, &row.Concept, &row.Avoid} {
		if *text == "" {
			*text = p.T(lines[i].Key, nil)
		}
	}
	return row
}

// newKey makes a key of a name that no criterion of set has: it is what
// judgements are kept under, so it never changes.
func newKey(name string, set []value.Criterion) string {
	letters := strings.Map(func(r rune) rune {
		switch r = unicode.ToLower(r); {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == ' ' || r == '-' || r == '_' || r == '/':
			return '-'
		}
		return -1
	}, name)
	base := strings.Trim(letters, "-")
	if base == "" {
		base = "criterium"
	}
	base = base[:min(len(base), value.LongestKey-4)]
	key := base
	for n := 2; value.Reserved(key) || isDefaultKey(key) || slices.ContainsFunc(set, func(c value.Criterion) bool { return c.Key == key }); n++ {
		key = base + "-" + strconv.Itoa(n)
	}
	return key
}

// isDefaultKey reports whether the office begins with a criterion of that key,
// whose judgements may still be there.
func isDefaultKey(key string) bool {
	return slices.ContainsFunc(value.DefaultCriteria(), func(c value.Criterion) bool { return c.Key == key })
}
