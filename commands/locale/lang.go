// Package locale is how the bot speaks: Dutch first, English complete. It
// words catalogue keys, money, numbers and dates.
package locale

import "strings"

// Lang is a language the bot speaks.
type Lang string

// The languages. Dutch is the default.
const (
	Dutch   Lang = "nl"
	English Lang = "en"
)

// hushed is behind a language in which amounts of money are not said.
const hushed = "-discreet"

// Discreet is l without amounts: a Printer of it writes dots in their place. It goes
// along wherever a language goes, so that what is sent later says no more.
func (l Lang) Discreet() Lang { return l.Plain() + hushed }

// Plain is l with amounts.
func (l Lang) Plain() Lang { return Lang(strings.TrimSuffix(string(l), hushed)) }

// Langs lists them, the default first.
func Langs() []Lang { return []Lang{Dutch, English} }

// Of returns the language for a locale as Slack writes it (nl-NL, en-GB): Dutch
// for Dutch and for a locale that is not known, English for any other.
func Of(locale string) Lang {
	tag, _, _ := strings.Cut(strings.ToLower(locale), "-")
	if tag == "" || tag == "nl" {
		return Dutch
	}
	return English
}
