package sample

import (
	"fmt"

	"klantbot/analysis"
)

// form is the legal form of a client, which decides what it is invoiced for.
type form uint8

const (
	private    form = iota // a private person
	freelance              // works for themselves: eenmanszaak, zzp
	firm                   // vof or maatschap
	company                // besloten vennootschap that does business
	holding                // besloten vennootschap that holds shares
	foundation             // stichting or vereniging
)

// kind is the soort klant of the form, as the office's list has it.
func (f form) kind() string {
	switch f {
	case private:
		return "particulier"
	case freelance:
		return "zzp"
	case foundation:
		return "vereniging/stichting"
	default:
		return "mkb"
	}
}

// natural reports whether the client is one human being, who has no chamber of
// commerce number here and never a btw-id: the old ones held a BSN.
func (f form) natural() bool { return f == private || f == freelance }

// business picks the branch of a client of form f.
func (d dice) business(f form) trade {
	switch f {
	case freelance:
		return ownTrades[d.below(aboutTrade, len(ownTrades))]
	case foundation:
		return societies[d.below(aboutTrade, len(societies))]
	case holding:
		return trade{sbi: "6420", balance: 400}
	case private:
		return trade{}
	}
	return trades[d.below(aboutTrade, len(trades))]
}

// name makes the client's name from its owner and its trade.
func (d dice) name(f form, t trade, owner person, groups int) string {
	style := d.below(aboutStyle, 100)
	fancy := fancies[d.below(aboutFantasy, len(fancies))]
	switch f {
	case private:
		return privateName(style, owner)
	case freelance:
		switch {
		case style < 30:
			return owner.String()
		case style < 65:
			return owner.surname.leading() + " " + t.after
		}
		return owner.String() + " " + t.after
	case holding:
		return owner.surname.leading() + []string{" Beheer B.V.", " Holding B.V.", " Beheer BV"}[style%3]
	case foundation:
		return t.before + " " + fancy
	case firm:
		switch {
		case style < 30:
			return t.before + " Gebr. " + owner.surname.leading() + " VOF"
		case style < 55:
			return owner.surname.leading() + " & Zn. VOF"
		case style < 75:
			return "VOF " + t.before + " " + fancy
		}
		return "Maatschap " + owner.surname.leading() + " en " + d.of(aboutPartnerName, 0).person(groups, surname{}).surname.leading()
	}
	switch {
	case style < 35:
		return owner.surname.leading() + " " + t.after + " B.V."
	case style < 60:
		return t.before + " " + owner.surname.leading() + " B.V."
	case style < 72:
		return t.before + " " + fancy + " B.V."
	case style < 84:
		return fancy + " " + t.after + " B.V."
	}
	return t.before + " " + owner.surname.leading() + " BV"
}

// privateName writes a person as lists of clients do, which do not agree.
func privateName(style int, owner person) string {
	switch {
	case style < 15 && owner.surname.particle != "":
		return owner.sorted()
	case style < 20:
		return "Fam. " + owner.surname.inside()
	case style < 45:
		return owner.String()
	}
	return owner.initials()
}

// kvk writes the made-up chamber of commerce number of the n-th client: eight
// digits from 00, which no chamber ever had.
func kvk(n int) string {
	if n >= MaxGroups {
		return ""
	}
	return fmt.Sprintf("%08d", n*786_433%MaxGroups) // 786433 is prime: no two are equal
}

// vat makes up the btw-id of the n-th client. It passes mod-97, so that an
// import takes it over, but ends in B00, which is never given out, and fails the
// 11-test, so that no citizen service number can be in it.
func vat(n int) string {
	digits := 100_000_000 + n*786_433%1_300_000*640 // apart from every other client's
	for !passesNinetySeven(digits) || passesEleven(digits) {
		digits++
	}
	return fmt.Sprintf("NL%09dB00", digits)
}

// passesEleven is the old check of a btw-id: the digits weighed 9 to 2, modulo
// 11, are the last digit.
func passesEleven(n int) bool {
	sum, rest := 0, n/10
	for weight := 2; weight <= 9; weight++ {
		sum += rest % 10 * weight
		rest /= 10
	}
	return sum%11 == n%10
}

// passesNinetySeven is the check of btw-ids since 2020: with N=23, L=21 and
// B=11 the whole, here ending in B00, is 1 modulo 97.
func passesNinetySeven(n int) bool {
	return ((2321*1_000_000_000+n)%97*10_000+1100)%97 == 1
}

// stage is the levensfase of a business that came at since and grows by trend.
func (d dice) stage(l life, asOf analysis.Day) string {
	age := int(asOf-l.since) / 365
	roll := d.below(aboutStage, 100)
	switch {
	case !l.since.Known():
		return ""
	case age < 3:
		return "start"
	case l.trend == rising:
		return "groei"
	case l.trend == falling && roll < 50:
		return "afbouw"
	case age > 12 && roll < 35:
		return "opvolging"
	case roll < 30:
		return "groei"
	}
	return "volwassen"
}
