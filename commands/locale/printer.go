package locale

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"klantbot/analysis"
)

// Printer words things for one reader. It is safe for concurrent use.
type Printer struct {
	lang Lang
	zone *time.Location
	num  *message.Printer
	hush bool // amounts are not said
}

// New returns the Printer for a reader of lang who lives in zone; nil is UTC.
func New(lang Lang, zone *time.Location) *Printer {
	if zone == nil {
		zone = time.UTC
	}
	tag, hush := language.Dutch, lang != lang.Plain()
	if lang = lang.Plain(); lang == English {
		tag = language.BritishEnglish
	}
	return &Printer{lang: lang, zone: zone, num: message.NewPrinter(tag), hush: hush}
}

// Lang is the reader's language.
func (p *Printer) Lang() Lang { return p.lang }

// Zone is where the reader lives.
func (p *Printer) Zone() *time.Location { return p.zone }

// T returns the sentence under key with its {placeholders} filled from args:
// Cents as money, Day as a date, whole numbers with separators, an *Error as its
// own sentence, anything else as it prints. A key that is not in the catalogue comes back as
// itself, so that a mistake is seen and not silent.
func (p *Printer) T(key string, args analysis.Args) string {
	s, ok := catalogue(p.lang)[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return s
	}
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			break
		}
		b.WriteString(s[:open])
		name := s[open+1 : open+end]
		if v, given := args[name]; given {
			b.WriteString(p.value(v))
		} else {
			b.WriteString(s[open : open+end+1])
		}
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return b.String()
}

// N is T for a counted thing: it takes key.one when n is 1 and key.other
// otherwise, with n as {n}. Dutch and English know no further plurals.
func (p *Printer) N(key string, n int, args analysis.Args) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	all := analysis.Args{"n": n}
	for k, v := range args {
		all[k] = v
	}
	return p.T(key+form, all)
}

// Error returns the sentence for e.
func (p *Printer) Error(e *analysis.Error) string { return p.T(e.Key, e.Args) }

func (p *Printer) value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case analysis.Cents:
		return p.Money(v)
	case analysis.Day:
		return p.Date(v)
	case int:
		return p.Number(int64(v))
	case int64:
		return p.Number(v)
	case *analysis.Error:
		return p.Error(v)
	case []string:
		return strings.Join(v, ", ")
	default:
		return fmt.Sprint(v)
	}
}

// Number writes a whole number with separators: 12.345 or 12,345.
func (p *Printer) Number(n int64) string { return p.num.Sprint(number.Decimal(n)) }

// Points writes a score or a mark with at most one decimal: 42,3 or 42.3.
func (p *Printer) Points(v float64) string {
	return p.num.Sprint(number.Decimal(v, number.MaxFractionDigits(1)))
}

// Score writes a mean with exactly one decimal, so that figures under each other
// align: 4,0 or 4.0. Below zero the sign is a minus.
func (p *Printer) Score(v float64) string {
	s := p.num.Sprint(number.Decimal(v, number.Scale(1)))
	if s = strings.Replace(s, "-", "\u2212", 1); strings.Trim(s, "\u22120,.") == "" {
		return strings.TrimPrefix(s, "\u2212")
	}
	return s
}

// Hushed reports whether amounts are not said: then what would draw or order them does
// not say them either.
func (p *Printer) Hushed() bool { return p.hush }

// Money writes an amount in whole euros, rounded half away from zero: € 12.345
// in Dutch, €12,345 in English. A card is read in five seconds; cents are in
// exports. Below zero it is −€ 12.345 and −€12,345.
func (p *Printer) Money(c analysis.Cents) string {
	euros := (abs(c) + 50) / 100
	return p.euro(c < 0 && euros != 0, p.Number(int64(euros)))
}

// euro puts the currency and the sign before amount. A minus that stands at the
// end of a line, or a line that begins with an amount whose minus stands on the
// one before, is read as something else: below zero nothing breaks, by a word
// joiner and a no-break space. The sign is a minus, which screen readers say.
func (p *Printer) euro(negative bool, amount string) string {
	const minus, joiner, space = "\u2212", "\u2060", "\u00a0"
	if p.hush {
		negative, amount = false, "•••"
	}
	switch {
	case negative && p.lang == English:
		return minus + joiner + "€" + amount
	case negative:
		return minus + joiner + "€" + space + amount
	case p.lang == English:
		return "€" + amount
	}
	return "€ " + amount
}

// MoneyExact is Money with cents: € 12.345,67.
func (p *Printer) MoneyExact(c analysis.Cents) string {
	whole, rest := abs(c)/100, abs(c)%100
	point := ","
	if p.lang == English {
		point = "."
	}
	return p.euro(c < 0, fmt.Sprintf("%s%s%02d", p.num.Sprint(number.Decimal(int64(whole))), point, rest))
}

func abs(c analysis.Cents) analysis.Cents {
	if c < 0 {
		return -c
	}
	return c
}

// Percent writes a fraction as a percentage with at most one decimal: 76,4%.
func (p *Printer) Percent(fraction float64) string {
	return tight(p.num.Sprint(number.Percent(fraction, number.MaxFractionDigits(1))))
}

// Part writes how much of an amount another one is, as Percent does, and like an amount
// where those are not said: with one amount known, parts give the others.
func (p *Printer) Part(fraction float64) string {
	if p.hush {
		return "•••%"
	}
	return p.Percent(fraction)
}

// tight takes out what x/text sets between a figure and its sign.
func tight(s string) string { return strings.NewReplacer("\u00a0", "", "−", "-", " ", "").Replace(s) }

// Change writes a fraction as a signed whole percentage: +12%, -3%, 0%.
func (p *Printer) Change(fraction float64) string {
	s := p.num.Sprint(number.Percent(fraction, number.MaxFractionDigits(0)))
	s = tight(s)
	if fraction > 0 && !strings.HasPrefix(s, "0") {
		return "+" + s
	}
	if s == "-0%" {
		return "0%"
	}
	return s
}
