package sample

import (
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
	if p.cast != nil {
		for j := range all {
			m := o.member(p, j)
			all[j] = m.profile(o, p.number+j)
			m.castProfile(&all[j])
			all[j].group = p.cast.name
		}
		return all
	}
	f := o.family(p)
	for j := range all {
		m := o.member(p, j)
		all[j] = m.profile(o, p.number+j)
		m.ordinaryProfile(o, f, j, &all[j])
		all[j].group = f.label
	}
	return all
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
	if m.form == company || m.form == foundation {
		c.Audit = analysis.NotAudited
		if m.audited() {
			c.Audit = analysis.Audited
		}
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
