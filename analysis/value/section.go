package value

import (
	"strings"
	"unicode"
)

// Section is a section of the Standaard Bedrijfsindeling, A..U: the branche of
// a client. Empty is unknown.
type Section string

// sections are the first divisions of the sections of SBI 2008, which are those
// of NACE Rev. 2. A section ends where the next begins; the divisions that no
// section has are listed under "". Source: CBS, Standaard Bedrijfsindeling 2008.
var sections = []struct {
	from    int
	section Section
}{
	{1, "A"}, {4, ""}, {5, "B"}, {10, "C"}, {34, ""}, {35, "D"}, {36, "E"}, {40, ""}, {41, "F"}, {44, ""}, {45, "G"}, {48, ""},
	{49, "H"}, {54, ""}, {55, "I"}, {57, ""}, {58, "J"}, {64, "K"}, {67, ""}, {68, "L"}, {69, "M"}, {76, ""}, {77, "N"}, {83, ""},
	{84, "O"}, {85, "P"}, {86, "Q"}, {89, ""}, {90, "R"}, {94, "S"}, {97, "T"}, {99, "U"},
}

// SectionOf returns the section of an SBI code as offices write it: "43221",
// "43.22.1", "01", "1" for a division whose zero was lost, or the letter itself.
// A code of three or five digits whose leading zero was lost can not be told
// from another and is read as it stands. What is no code gives "".
func SectionOf(code string) Section {
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) == 1 && code[0] >= 'A' && code[0] <= 'U' {
		return Section(code)
	}
	// "F 43221" and "F43.22" name the section before the digits; the digits say
	// it more exactly.
	digits := strings.TrimLeftFunc(code, func(r rune) bool { return !unicode.IsDigit(r) })
	if len(code)-len(digits) > 2 {
		return ""
	}
	division, n := 0, 0
	for n < len(digits) && n < 2 && digits[n] >= '0' && digits[n] <= '9' {
		division = division*10 + int(digits[n]-'0')
		n++
	}
	section := Section("")
	for _, s := range sections {
		if s.from <= division {
			section = s.section
		}
	}
	return section
}
