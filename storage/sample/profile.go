package sample

import (
	"fmt"
	"strings"

	"klantbot/analysis"
)

// profile is what the client list says of one client.
type profile struct {
	analysis.Client
	group    string
	contacts []analysis.Contact
}

// profiles returns the clients of p as the office's list has them.
func (o office) profiles(p place) []profile {
	all := make([]profile, p.count)
	owner := o.dice(p.index).person(o.Groups, surname{})
	group := ""
	for j := range all {
		m := o.member(p, j)
		all[j] = m.profile(o, p.number+j)
		if m.part != nil {
			m.castProfile(&all[j])
			continue
		}
		m.ordinaryProfile(o, p, j, owner, &all[j])
		if j == 0 {
			group = groupName(all[0].Name, m.form, o.Groups, all[0].Number)
		}
	}
	switch {
	case p.cast != nil:
		group = p.cast.name
	case p.count == 1 || o.unmarked(p.index):
		group = ""
	}
	for j := range all {
		all[j].group = group
	}
	return all
}

// groupName names a relatiegroep after its first client. Names come twice in a
// large office, and equal names are one group, so the number is added there.
func groupName(first string, f form, groups int, number string) string {
	name := trimForm(first) + " Groep"
	if f == private {
		name = "Familie " + strings.TrimPrefix(first, "Fam. ")
	}
	if groups > 2_000 {
		name += " (" + number + ")"
	}
	return name
}

// profile fills in what is the same for ordinary clients and the cast.
func (m *member) profile(o office, n int) profile {
	c := analysis.Client{
		Number: o.number(n), Debtor: "13" + o.number(n), Kind: m.form.kind(), SBI: m.trade.sbi, Status: m.life.status(),
		Since: m.life.since, Until: m.life.until, FTE: -1, Balance: -1, Elsewhere: -1,
	}
	if !m.form.natural() {
		c.KVK, c.VAT = kvk(n), vat(n)
	}
	return profile{Client: c}
}

// castProfile fills in what was written by hand.
func (m *member) castProfile(p *profile) {
	part := m.part
	p.Name, p.Stage, p.Market, p.Referrer = part.name, part.stage, part.market, part.referrer
	if part.fte >= 0 {
		p.FTE = float64(part.fte) / 10
	}
	if part.balance >= 0 {
		p.Balance = analysis.Cents(part.balance * 100_000)
	}
	if part.elsewhere > 0 {
		p.Elsewhere = analysis.Cents(part.elsewhere * 100)
	}
	domain := slug(trimForm(part.name)) + ".example"
	p.Email = part.email
	if p.Email == "" {
		p.Email = "info@" + domain
		if m.form == private {
			p.Email = strings.ReplaceAll(slug(part.name), "-", ".") + "@voorbeeld.nl"
		}
	}
	if _, after, found := strings.Cut(part.email, "@"); found {
		domain = after
	}
	for _, c := range part.contacts {
		p.contacts = append(p.contacts, analysis.Contact{Name: c.name, Role: c.role, Email: strings.ReplaceAll(slug(c.name), "-", ".") + "@" + domain})
	}
}

// ordinaryProfile makes up the rest of an ordinary client, the j-th of its group.
func (m *member) ordinaryProfile(o office, g place, j int, owner person, p *profile) {
	if j > 0 && m.form == private && o.shape(g.index)[0] == private {
		// The other half of a household carries both names.
		other := m.dice.person(o.Groups, surname{})
		owner = m.dice.person(o.Groups, surname{owner.surname.particle, owner.surname.name + "-" + other.surname.leading()})
	}
	p.Name = m.dice.name(m.form, m.trade, owner, o.Groups)
	domain := o.domain(g, owner)
	if m.form == private {
		p.Email = fmt.Sprint(owner.mailbox(), g.number, "@voorbeeld.nl")
		if g.count > 1 {
			p.Email = fmt.Sprint("fam.", slug(o.dice(g.index).person(o.Groups, surname{}).surname.name), g.number, "@voorbeeld.nl")
		}
	} else {
		p.Email = "info@" + domain
		p.contacts = m.contacts(o, owner, domain)
	}
	if m.life.prospect {
		p.Market = markets[m.dice.below(aboutMarket, len(markets))]
	}
	if m.dice.chance(aboutReferred, 250) && m.life.since > o.first() {
		p.Referrer = referrers[m.dice.below(aboutReferrer, len(referrers))]
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

// domain is the mail domain of a group's businesses: the owner's name and the
// number of its first client, since two owners may share a name.
func (o office) domain(g place, owner person) string {
	m := o.member(g, 0)
	words := owner.surname.inside()
	if m.trade.after != "" {
		words += " " + m.trade.after
	}
	return fmt.Sprintf("%s-%d.example", slug(words), g.number)
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
