package ingest

import "strings"

// notation is how a column writes the fraction of a number.
type notation byte

const (
	undecided    notation = iota
	decimalComma          // 1.234,56
	decimalPoint          // 1,234.56
)

// amountProof is what a column's cells say about its notation.
type amountProof struct {
	comma, point int  // cells that can only be read the one way
	unclear      bool // a cell such as 1.234 that can be read both ways
}

func (p *amountProof) observe(cell string) {
	_, body, ok := stripAmount(cell)
	if !ok {
		return
	}
	switch n, unclear := proves(body); {
	case unclear:
		p.unclear = true
	case n == decimalComma:
		p.comma++
	case n == decimalPoint:
		p.point++
	}
}

// decided returns the notation most cells prove, or undecided.
func (p *amountProof) decided() notation {
	switch {
	case p.comma > p.point:
		return decimalComma
	case p.point > 0:
		return decimalPoint
	}
	return undecided
}

// proves returns the only notation body can have been written in, undecided
// when it has no separator, and unclear when both readings are possible:
// 1.234 is twelve hundred or one and a bit.
func proves(body string) (n notation, unclear bool) {
	point, comma := strings.LastIndexByte(body, '.'), strings.LastIndexByte(body, ',')
	switch {
	case point < 0 && comma < 0:
		return undecided, false
	case point >= 0 && comma > point:
		return decimalComma, false
	case comma >= 0 && point > comma:
		return decimalPoint, false
	}
	if strings.ContainsAny(body, "eE") {
		return decimalPoint, false
	}
	last, separator, written := comma, byte(','), decimalComma
	if point >= 0 {
		last, separator, written = point, '.', decimalPoint
	}
	if strings.IndexByte(body, separator) != last { // 1.234.567: it separates thousands
		if written == decimalComma {
			return decimalPoint, false
		}
		return decimalComma, false
	}
	if len(body)-last-1 == 3 && last >= 1 && last <= 3 && body[0] != '0' {
		return undecided, true
	}
	return written, false
}

// parseAmount reads an amount as offices write it: with a currency sign, a
// minus before or behind or brackets, and thousands separated by points,
// commas, spaces or apostrophes. Which separator stands for the fraction is the
// column's notation n; undecided takes a lone separator with three digits
// behind it for thousands.
func parseAmount(cell string, n notation) (decimal, bool) {
	negative, body, ok := stripAmount(cell)
	if !ok {
		return decimal{}, false
	}
	if n == undecided {
		proven, unclear := proves(body)
		n = proven
		if unclear && strings.IndexByte(body, '.') >= 0 {
			n = decimalComma
		} else if unclear {
			n = decimalPoint
		}
	}
	fraction, thousands := byte('.'), byte(',')
	if n == decimalComma {
		fraction, thousands = ',', '.'
	}
	plain, ok := ungroup(body, fraction, thousands)
	if !ok {
		return decimal{}, false
	}
	d, ok := parsePlain(plain)
	if negative {
		d.coef = -d.coef
	}
	return d, ok
}

// ungroup removes thousands separators, which must stand before groups of
// three digits, and writes the fraction with a point.
func ungroup(body string, fraction, thousands byte) (string, bool) {
	whole, behind := body, ""
	if i := strings.IndexByte(body, fraction); i >= 0 {
		whole, behind = body[:i], body[i+1:]
		if strings.IndexByte(behind, thousands) >= 0 || strings.IndexByte(behind, fraction) >= 0 {
			return "", false
		}
	}
	if strings.IndexByte(whole, thousands) >= 0 {
		groups := strings.Split(whole, string(thousands))
		for i, g := range groups {
			if i == 0 && (len(g) == 0 || len(g) > 3) || i > 0 && len(g) != 3 {
				return "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	switch {
	case behind != "":
		if fraction == '.' && len(whole)+1+len(behind) == len(body) {
			return body, true
		}
		return whole + "." + behind, true
	default:
		return whole, whole != ""
	}
}

// currencies that may stand before or behind an amount.
var currencies = []string{"€", "EUR", "eur", "Eur", "euro", "$", "£"}

// stripAmount takes sign, brackets, currency and spaces off. It reports false
// when what is left is not made of digits and separators.
func stripAmount(cell string) (negative bool, body string, ok bool) {
	if plainNumber(cell) {
		return false, cell, true
	}
	s := trimSpace(cell)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative, s = true, trimSpace(s[1:len(s)-1])
	}
	signs := 0
	for again := true; again; {
		again = false
		for _, c := range currencies {
			if t, found := strings.CutPrefix(s, c); found {
				s, again = trimSpace(t), true
			} else if t, found := strings.CutSuffix(s, c); found {
				s, again = trimSpace(t), true
			}
		}
		if t, minus, found := cutSign(s); found {
			s, again, signs = trimSpace(t), true, signs+1
			negative = negative || minus
		}
	}
	s = dropGroupSpaces(strings.TrimSuffix(s, ",-")) // 1.250,-
	if signs > 1 || s == "" {
		return false, "", false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' || c == '.' || c == ',' {
			continue
		}
		if (c == 'e' || c == 'E' || c == '+' || c == '-') && i > 0 {
			if _, isNumber := parsePlain(s); isNumber {
				break
			}
		}
		return false, "", false
	}
	return negative, s, s[0] != ',' || len(s) > 1
}

// plainNumber is the fast path of most cells.
func plainNumber(s string) bool {
	if s == "" || s[0] < '0' || s[0] > '9' {
		return false
	}
	for i := 1; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && c != ',' {
			return false
		}
	}
	return true
}

// cutSign takes one sign off: -12, 12-, +12, and the typographic minus.
func cutSign(s string) (rest string, minus, found bool) {
	for _, m := range []string{"-", "−", "–"} {
		if t, ok := strings.CutPrefix(s, m); ok {
			return t, true, true
		}
		if t, ok := strings.CutSuffix(s, m); ok && !strings.HasSuffix(t, ",") {
			return t, true, true
		}
	}
	t, ok := strings.CutPrefix(s, "+")
	return t, false, ok
}

// dropGroupSpaces removes spaces (also no-break and thin ones) and apostrophes
// that separate groups of three digits.
func dropGroupSpaces(s string) string {
	if strings.IndexFunc(s, isGroupSpace) < 0 {
		return s
	}
	parts := strings.FieldsFunc(s, isGroupSpace)
	for i, p := range parts {
		whole := len(p)
		if j := strings.IndexAny(p, ".,"); i == len(parts)-1 && j >= 0 {
			whole = j
		}
		if i == 0 && whole > 3 || i > 0 && whole != 3 {
			return s
		}
	}
	return strings.Join(parts, "")
}

func isGroupSpace(r rune) bool {
	return r == ' ' || r == '\'' || r == '’' || r == '\u00a0' || r == '\u202f' || r == '\u2009'
}

// trimSpace removes white space, also the no-break spaces that spreadsheets
// put beside amounts, and a byte-order mark in the middle of a file.
func trimSpace(s string) string {
	if s == "" || s[0] > ' ' && s[0] < 0x80 && s[len(s)-1] > ' ' && s[len(s)-1] < 0x80 {
		return s
	}
	return strings.TrimFunc(s, func(r rune) bool {
		return r <= ' ' || r == '\u00a0' || r == '\u202f' || r == '\u2009' || r == '\ufeff'
	})
}
