package sample

import (
	"fmt"
	"strings"

	"klantbot/analysis"
)

// family is what the clients of an ordinary group have in common.
type family struct {
	owner  person
	first  string // the name of the first client
	label  string // the relatiegroep in the file; empty where it says nothing
	domain string // of its mail
	home   string // the address of a household; empty: there is a business
}

// family makes up what the clients of p have in common.
func (o office) family(p place) family {
	m := o.member(p, 0)
	f := family{owner: o.owner(p.index)}
	f.first = m.dice.name(m.form, m.trade, f.owner, o.Groups)
	f.domain = fmt.Sprintf("%s-%d.example", slug(trimForm(f.first)), p.number) // two may share a name
	if m.form == private {
		f.home = fmt.Sprint(f.owner.mailbox(), p.number, "@voorbeeld.nl")
	}
	if p.count > 1 && !o.unmarked(p.index) {
		f.label = groupName(f.first, m.form)
		if o.Groups > 2_000 {
			// Names come twice in a large office, and equal names are one group.
			f.label += " (" + o.number(p.number) + ")"
		}
	}
	return f
}

// groupName names a relatiegroep after its first client.
func groupName(first string, f form) string {
	if f == private {
		return "Familie " + strings.TrimPrefix(first, "Fam. ")
	}
	return trimForm(first) + " Groep"
}

// castBrings is how many clients of the cast, the first ones, bring others.
const castBrings = 20

// ordinaryProfile makes up the rest of an ordinary client, the j-th of its group.
func (m *member) ordinaryProfile(o office, f family, j int, p *profile) {
	switch {
	case j == 0:
		p.Name = f.first
	case m.form == private && f.home != "":
		// The other half of a household carries both names.
		other := m.dice.person(o.Groups, surname{})
		both := surname{f.owner.surname.particle, f.owner.surname.name + "-" + other.surname.leading(), f.owner.surname.tradition}
		p.Name = m.dice.name(private, m.trade, m.dice.person(o.Groups, both), o.Groups)
	default:
		p.Name = m.dice.name(m.form, m.trade, f.owner, o.Groups)
	}
	switch {
	case f.home != "":
		p.Email = f.home
	case m.form == private:
		p.Email = f.owner.mailbox() + "@" + f.domain
	default:
		p.Email = "info@" + f.domain
		p.contacts = m.contacts(o, f.owner, f.domain)
	}
	if m.life.prospect {
		p.Market = markets[m.dice.below(aboutMarket, len(markets))]
	}
	if m.dice.chance(aboutReferred, 250) && m.life.since > o.first() {
		p.Referrer = referrers[m.dice.below(aboutReferrer, len(referrers))]
		if m.dice.chance(aboutBrought, 350) {
			p.Referrer = "klant " + o.number(castNumber+m.dice.below(aboutReferrer, castBrings))
		}
	}
	m.means(o, p)
}

// means fills in staff, balance total, stage and known spending elsewhere of a
// business.
func (m *member) means(o office, p *profile) {
	switch m.form {
	case private:
		return
	case freelance:
		p.FTE = 1
	default:
		p.FTE = float64(m.staff()) / 10
		if m.trade.balance > 0 && !m.life.prospect && !m.dice.chance(aboutAccounts, 60) {
			thousands := m.scale * int64(m.trade.balance) * int64(m.dice.between(aboutBalance, 45, 190)) / 100 >> 10
			p.Balance = analysis.Cents(thousands * 100_000)
		}
	}
	if m.form != foundation && m.form != holding {
		p.Stage = m.dice.stage(m.life, o.AsOf)
	}
	if m.form == company && m.scale > 2<<10 && m.dice.chance(aboutElsewhere, 90) {
		p.Elsewhere = analysis.Cents(m.dice.skewed(aboutSpending, 1_500, 26_000) / 500 * 50_000)
	}
}

// contacts are the people to talk to at a business: its owner or director, and
// at larger ones somebody who keeps the figures.
func (m *member) contacts(o office, owner person, domain string) []analysis.Contact {
	at := func(p person, role string) analysis.Contact {
		return analysis.Contact{Name: p.String(), Role: role, Email: p.mailbox() + "@" + domain}
	}
	other := m.dice.of(aboutSecondContact, 0).person(o.Groups, surname{})
	second := m.dice.chance(aboutSecondContact, 550)
	switch m.form {
	case freelance:
		return []analysis.Contact{at(owner, "eigenaar")}
	case holding:
		return []analysis.Contact{at(owner, "DGA")}
	case firm:
		all := []analysis.Contact{at(owner, "eigenaar")}
		if second {
			all = append(all, at(m.dice.person(o.Groups, owner.surname), "eigenaar"))
		}
		return all
	case foundation:
		all := []analysis.Contact{at(owner, "bestuurder")}
		if second {
			all = append(all, at(other, "penningmeester"))
		}
		return all
	}
	role := "DGA"
	if m.dice.chance(aboutDirector, 250) {
		role = "directeur"
	}
	all := []analysis.Contact{at(owner, role)}
	if second && m.staff() >= 100 {
		all = append(all, at(other, []string{"financieel manager", "controller"}[m.dice.below(aboutFigures, 2)]))
	}
	return all
}
