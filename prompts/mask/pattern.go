package mask

import (
	"regexp"
	"strings"
	"sync"
)

// lazily compiles an expression when it is first asked for: together they take
// half a megabyte, which a server that has nothing to mask does without.
func lazily(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

var (
	emails = lazily(`(?i)[\p{L}0-9._%+'-]*[\p{L}0-9_%+-](?:@|\s?[\[(](?:at|apenstaartje)[\])]\s?)(?:[\p{L}0-9-]+\.)+\p{L}{2,}`)
	// Two letters and two digits; what follows is counted and summed by hand.
	ibans = lazily(`(?i)\b[a-z]{2} ?[0-9]{2}(?:[ .-]?[a-z0-9]){11,30}\b`)
	vats  = lazily(`(?i)\b(?:NL)? ?[0-9]{4}\.?[0-9]{2}\.?[0-9]{3}[ .]?B[ .]?[0-9]{2}\b`)
	// A Dutch number, or any with a country code.
	phones = lazily(`(?:\(?(?:\+|\b00)[0-9]{1,3}\)?|\(?\b0[0-9]{1,3}\)?)(?:[ ./-]{0,3}\(?[0-9]+\)?){1,7}`)
	digits = lazily(`\b[0-9](?:[ .-]?[0-9]){7,8}\b`)
	// With its number, in any case; without one only as it is written officially.
	postcodes = lazily(`\b[1-9][0-9]{3} ?[A-Z]{2}\b(?:[ ,]{0,2}(?:(?:nr|no|nummer|huisnummer)\.? ?)?[0-9]{1,5}(?:-?[a-zA-Z]{1,2}\b|-[0-9]{1,3}\b)?)?` +
		`|(?i:\b[1-9][0-9]{3} ?[a-z]{2},? (?:(?:nr|no|nummer|huisnummer)\.? ?)?[0-9]{1,5}(?:-?[a-z]{1,2})?\b)` +
		`|\b[1-9][0-9]{3}[a-zA-Z]{2}\b`)
	// A street before or without its postcode.
	streets = lazily(`\b(?:[A-Z][\p{L}.'-]* ){0,3}[A-Z][\p{L}'-]*(?:straat|laan|weg|plein|gracht|kade|dijk|singel|dreef|steeg|hof|plantsoen|pad)` +
		` [0-9]{1,5}(?:-?[a-zA-Z]{1,2}\b)?(?:, ?[1-9][0-9]{3} ?[A-Z]{2}\b)?`)
	kvkBefore = lazily(`(?i)(?:kvk|k\.v\.k\.|kamer van koophandel|handelsregister|inschrijfnummer)[^0-9\n]{0,25}$`)
	euros     = lazy(`(?i)^ ?(?:euro|eur\b|€)`)
	bsnBefore = lazily(`(?i)(?:bsn|burgerservicenummer|sofi)[^0-9\n]{0,25}$`)
)

// lazy compiles an expression when it is first asked for; see lazySet.
func lazy(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// patterns finds what checksums and form give away, the surest first.
func patterns(text string) (found []Found) {
	take := func(kind Kind, start, end int) {
		if !overlaps(found, start, end) {
			found = add(found, []Found{{Kind: kind, Start: start, End: end, key: compact(text[start:end])}})
		}
	}
	for _, at := range emails().FindAllStringIndex(text, -1) {
		take(Email, at[0], at[1])
	}
	for _, at := range ibans().FindAllStringIndex(text, -1) {
		if n := ibanLength(text[at[0]:at[1]]); n > 0 {
			take(IBAN, at[0], at[0]+n)
		}
	}
	for _, at := range vats().FindAllStringIndex(text, -1) {
		start := at[1] - len(strings.TrimLeft(text[at[0]:at[1]], " "))
		take(VAT, start, at[1])
	}
	numbers(text, take)
	for _, re := range []*regexp.Regexp{streets(), postcodes()} {
		for _, at := range re.FindAllStringIndex(text, -1) {
			if re == streets() || isPostcode(text[at[0]:at[1]]) {
				end := at[0] + len(strings.TrimRight(text[at[0]:at[1]], " ,"))
				take(Address, at[0], end)
			}
		}
	}
	return found
}

// numbers finds BSN, KvK and telephone numbers, which can look alike: what is said
// before them decides, then the checksum, then the form.
func numbers(text string, take func(Kind, int, int)) {
	for _, at := range digits().FindAllStringIndex(text, -1) {
		plain, before := compact(text[at[0]:at[1]]), text[max(0, at[0]-48):at[0]]
		if at[0] > 0 && strings.ContainsRune("+0123456789,", rune(text[at[0]-1])) || followed(text, at[1]) {
			continue
		}
		switch {
		case kvkBefore().MatchString(before) && len(plain) == 8:
			take(KvK, at[0], at[1])
		case ValidBSN(plain) && (len(plain) == 9 || bsnBefore().MatchString(before)):
			take(BSN, at[0], at[1])
		}
	}
	for _, at := range phones().FindAllStringIndex(text, -1) {
		start, end := at[0], at[0]+len(strings.TrimRight(text[at[0]:at[1]], " ./-("))
		if isPhone(text[start:end]) && !followed(text, end) && (start == 0 || !strings.ContainsRune("0123456789,.", rune(text[start-1]))) {
			take(Phone, start, end)
		}
	}
	for _, at := range digits().FindAllStringIndex(text, -1) {
		plain := compact(text[at[0]:at[1]])
		if len(plain) == 8 && len(plain) == at[1]-at[0] && !isDate(plain) && !followed(text, at[1]) && !euros().MatchString(text[at[1]:]) &&
			(at[0] == 0 || !strings.ContainsRune("+,.-/€0123456789", rune(text[at[0]-1]))) {
			take(KvK, at[0], at[1])
		}
	}
}

// followed says whether a number goes on after end: ",50" or "0".
func followed(text string, end int) bool {
	rest := text[end:]
	return len(rest) > 0 && rest[0] >= '0' && rest[0] <= '9' ||
		len(rest) > 1 && (rest[0] == ',' || rest[0] == '.') && rest[1] >= '0' && rest[1] <= '9'
}

// compact returns the letters and digits of s in upper case.
func compact(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-/()", r) {
			return -1
		}
		return r
	}, strings.ToUpper(s))
}

// ValidBSN reports whether s, eight or nine digits, passes the 11-test of a
// burgerservicenummer: 9·d1 + 8·d2 + ... + 2·d8 − d9 is a multiple of eleven and
// not zero. Eight digits lack their leading zero.
func ValidBSN(s string) bool {
	if len(s) == 8 {
		s = "0" + s
	}
	if len(s) != 9 || s == "000000000" {
		return false
	}
	sum := 0
	for i, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
		weight := 9 - i
		if i == 8 {
			weight = -1
		}
		sum += weight * int(c-'0')
	}
	return sum%11 == 0
}

// ValidIBAN reports whether s, letters and digits only, is an international bank
// account number: rearranged and read as a number it is 1 modulo 97 (ISO 7064).
func ValidIBAN(s string) bool {
	s = strings.ToUpper(s)
	if len(s) < 15 || len(s) > 34 || ibanLengths[s[:2]] != 0 && ibanLengths[s[:2]] != len(s) {
		return false
	}
	rest := 0
	for _, c := range []byte(s[4:] + s[:4]) {
		switch {
		case c >= '0' && c <= '9':
			rest = (rest*10 + int(c-'0')) % 97
		case c >= 'A' && c <= 'Z':
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return false
		}
	}
	return rest == 1
}

// ibanLengths are those of the countries Dutch offices meet.
var ibanLengths = map[string]int{"NL": 18, "BE": 16, "DE": 22, "FR": 27, "LU": 20, "GB": 22, "ES": 24, "IT": 27, "AT": 20,
	"CH": 21, "PL": 28, "PT": 25, "IE": 22, "DK": 18, "SE": 24, "NO": 15, "TR": 26}

// ibanLength returns how many bytes of s, from its start, are an IBAN; zero when
// none are. The pattern may have run on into the next words.
func ibanLength(s string) int {
	for end := len(s); end >= 15; end-- {
		if (end == len(s) || !isAlnum(s[end])) && isAlnum(s[end-1]) && ValidIBAN(compact(s[:end])) {
			return end
		}
	}
	return 0
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// isPhone counts the digits of what looks like a telephone number: ten from a
// zero, up to fifteen from a country code (E.164), or an 0800 and 0900 number.
func isPhone(s string) bool {
	plain := compact(s)
	n := strings.Count(plain, "") - 1
	switch {
	case strings.HasPrefix(plain, "+31"), strings.HasPrefix(plain, "0031"):
		national := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(plain, "+31"), "0031"), "0")
		return len(national) == 9
	case strings.HasPrefix(plain, "+"):
		return n >= 9 && n <= 16
	case strings.HasPrefix(plain, "00"):
		return n >= 11 && n <= 17
	case strings.HasPrefix(plain, "0800"), strings.HasPrefix(plain, "0900"):
		return n == 8 || n == 11
	}
	return n == 10
}

// isDate says whether eight digits are a day: 20261121 or 21112026.
func isDate(s string) bool {
	day := func(y, m, d string) bool {
		return (y[:2] == "19" || y[:2] == "20") && m >= "01" && m <= "12" && d >= "01" && d <= "31"
	}
	return day(s[:4], s[4:6], s[6:]) || day(s[4:], s[2:4], s[:2])
}

// isPostcode refuses the letters that are never given out and years followed by a
// short word.
func isPostcode(s string) bool {
	letters := strings.ToUpper(strings.TrimSpace(s[4:]))
	switch letters[:2] {
	case "SA", "SD", "SS":
		return false
	}
	// "2026 is 12 keer": a year or amount, and a word in lower case.
	two := strings.TrimSpace(s[4:])[:2]
	if two == strings.ToLower(two) && s[4] == ' ' {
		return !shortWords[two]
	}
	return true
}

var shortWords = set("is en of in op te de ik je we ze er om al zo nu na ja uw us to at by on it be we he me my or an as so no do go if")
