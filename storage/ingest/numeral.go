package ingest

import (
	"strconv"
	"strings"
)

// numeral writes the number of a cell the one way that the rest can not
// misread. Programs write 1001 as 1001.0, 12345678 as 1.2345678E7 and 1.5 as
// 1.50; and 1.234 gets a fourth decimal, because in a text its point may
// separate thousands and in a number it never does.
func numeral(s string) string {
	if plainDigits(s) {
		return s
	}
	d, ok := parsePlain(trimSpace(s))
	if !ok {
		return s
	}
	for d.scale > 0 && d.coef%10 == 0 {
		d.coef /= 10
		d.scale--
	}
	digits, sign := strconv.FormatInt(d.coef, 10), ""
	if d.coef < 0 {
		digits, sign = digits[1:], "-"
	}
	if d.scale == 0 {
		return sign + digits
	}
	if missing := d.scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	whole, behind := digits[:len(digits)-d.scale], digits[len(digits)-d.scale:]
	if d.scale == 3 {
		behind += "0"
	}
	return sign + whole + "." + behind
}

// Bounds of the formats of a workbook.
const (
	maxStyles = 65_490 // as of Excel
	maxPad    = 20     // zeros in a format
)

// styles knows the formats of a workbook that put zeros before a number: client
// 1001 in the format 00000 is 01001 to everybody who sees it.
type styles struct {
	formats map[string]int // by id: digits to fill up to
	pads    []int          // by the style that cells name
	inside  bool           // of the styles that cells name
}

func (p *styles) element(t xmlToken) error {
	switch string(t.local) {
	case "numFmt":
		code := attribute(t, "formatCode")
		if n := len(code); n > 1 && n <= maxPad && strings.Trim(code, "0") == "" && len(p.formats) < maxStyles {
			if p.formats == nil {
				p.formats = map[string]int{}
			}
			p.formats[attribute(t, "numFmtId")] = n
		}
	case "cellStyleXfs", "cellXfs":
		p.inside = string(t.local) == "cellXfs"
	case "xf":
		if p.inside && len(p.formats) > 0 && len(p.pads) < maxStyles {
			p.pads = append(p.pads, p.formats[attribute(t, "numFmtId")])
		}
	}
	return nil
}

// shown is a whole number as a cell of the style shows it.
func (p *styles) shown(number, style string) string {
	if len(p.pads) == 0 || style == "" || !plainDigits(number) {
		return number
	}
	i, err := strconv.Atoi(style)
	if err != nil || i < 0 || i >= len(p.pads) || len(number) >= p.pads[i] {
		return number
	}
	return strings.Repeat("0", p.pads[i]-len(number)) + number
}
