package ingest

import (
	"strings"

	"klantbot/analysis"
)

// maskedVAT stands for the btw-id of a natural person.
const maskedVAT = "NL*********B**"

// ValidVAT reports whether s is a Dutch btw-id: NL, nine digits, B, two
// digits, where the digits pass the 11-test (numbers from before 2020, made of
// an RSIN or a citizen service number) or the whole, with letters as numbers
// (A = 10 ... Z = 35), is 1 modulo 97 (numbers since 2020). Points and spaces do
// not count. Source: Belastingdienst, "Nieuwe btw-id".
func ValidVAT(s string) bool {
	s = plainVAT(s)
	return isDutchVAT(s) && (passesEleven(s[2:11]) || passes97(s))
}

// separators are what people put between the parts of a number.
var separators = strings.NewReplacer(".", "", " ", "", "-", "", "\u00a0", "")

// plainVAT writes a btw-id without points, spaces and dashes, in capitals.
func plainVAT(s string) string {
	if isDutchVAT(s) {
		return s
	}
	return strings.ToUpper(separators.Replace(s))
}

func isDutchVAT(s string) bool {
	return len(s) == 14 && s[:2] == "NL" && s[11] == 'B' && plainDigits(s[2:11]) && plainDigits(s[12:])
}

// passesEleven is the 11-test: weights 9 down to 2 and -1 for the last digit.
func passesEleven(nine string) bool {
	sum := 0
	for i := 0; i < 8; i++ {
		sum += int(nine[i]-'0') * (9 - i)
	}
	sum -= int(nine[8] - '0')
	return sum%11 == 0 && nine != "000000000"
}

func passes97(s string) bool {
	rest := 0
	for _, c := range []byte(s) {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}

// natural is what a row says about whose number it is.
type natural struct{ kind, name string }

// person reports whether the number may be a natural person's.
func (n natural) person() bool { return analysis.NaturalPerson(n.name, n.kind) }

// checkVAT normalises a btw-id or a foreign VAT number and masks it when it is
// made of a citizen service number (BSN): a number from before 2020, which
// passes the 11-test, of a natural person. The numbers that persons got in 2020
// say nothing about them and stay. In doubt - no legal form - it is
// masked: a lost match costs a question, a leaked BSN can not be taken
// back. What is no VAT number is not kept, for it may be a BSN by itself; then
// ok is false.
func checkVAT(s string, n natural) (vat string, ok bool) {
	plain := plainVAT(s)
	if len(plain) == 12 && isDutchVAT("NL"+plain) {
		plain = "NL" + plain
	}
	switch {
	case plain == "":
		return "", true
	case isDutchVAT(plain):
		if !ValidVAT(plain) {
			return "", false
		}
		if passesEleven(plain[2:11]) && n.person() {
			return maskedVAT, true
		}
		return plain, true
	case strings.HasPrefix(plain, "NL"), len(plain) < 8, len(plain) > 16, plain[0] < 'A' || plain[0] > 'Z', plain[1] < 'A' || plain[1] > 'Z':
		return "", false
	}
	return plain, true
}

// vat reads a btw-id of a row.
func (t *table) vat(s string, line int, n natural) string {
	plain, ok := checkVAT(s, n)
	if !ok {
		t.warn("import.vat_invalid", line)
	}
	return plain
}

// kvk reads a chamber of commerce number: eight digits, of which a spreadsheet
// may have eaten a leading zero, and of which twelve are the number and its
// branch. Another number is left out with a warning.
func (t *table) kvk(s string, line int) string {
	number, ok := plainKVK(s)
	if !ok {
		t.warn("import.kvk_invalid", line)
	}
	return number
}

func plainKVK(s string) (string, bool) {
	plain := separators.Replace(s)
	switch {
	case plain == "" || strings.Trim(plain, "0") == "":
		return "", true
	case !plainDigits(plain):
		return "", false
	case len(plain) == 7:
		return "0" + plain, true
	case len(plain) == 8:
		return plain, true
	case len(plain) == 12:
		return plain[:8], true
	}
	return "", false
}
