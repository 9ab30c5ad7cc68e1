package sample

import (
	"time"

	"klantbot/analysis"
)

// castGroup is a relatiegroep written by hand, so that documents and tests can
// rely on it. It is the same in every office that is large enough, but for its
// place in time: years count back from the office's last day.
type castGroup struct {
	name     string // as the file names it; empty: one client, or left for the import to find
	manager  int    // the index of who holds it
	years    int    // since when it is a client
	left     int    // months ago; 0: still a client
	trend    trend
	prospect bool
	marks    string // judged 0 to 4, in the order of judgedColumns; ? is unknown; empty: not judged
	effort   int    // what its work costs, in percent of what is invoiced; 0: as with others
	members  []castClient
}

// castClient is a client of the cast.
type castClient struct {
	name      string
	form      form
	sbi       string
	fte       int   // tenths; negative: unknown
	balance   int64 // thousands of euros; negative: unknown
	stage     string
	email     string // empty: made from the name
	market    string
	referrer  string
	elsewhere int64 // euros a year at other offices; 0: unknown
	contacts  []castContact
	work      []engagement // none: nothing was ever invoiced
}

// castContact is a contact person of the cast.
type castContact struct{ name, role string }

// life is the history of g in an office up to asOf.
func (g *castGroup) life(asOf analysis.Day) life {
	if g.prospect {
		return life{since: analysis.NoDay, until: analysis.NoDay, prospect: true}
	}
	l := life{since: analysis.Date(asOf.Year()-g.years, time.March, 1), until: analysis.NoDay, trend: g.trend}
	if g.years == 0 {
		l.since = asOf.AddMonths(-1)
	}
	if g.left > 0 {
		l.until = asOf.AddMonths(-g.left)
	}
	return l
}

// cast are the clients written by hand. The first group is client 1001, which
// every office has. New ones go to the end: numbers stay what they are.
var cast = append(jansens, others...)

// jansens are everybody a search for Jansen may mean: seven clients.
var jansens = []castGroup{
	{name: "Jansen Installatiegroep", manager: 0, years: 14, trend: rising, marks: "4334", members: []castClient{
		{name: "Jansen Installatietechniek B.V.", form: company, sbi: "43221", fte: 245, balance: 2_150, stage: "groei",
			contacts: []castContact{{"Pieter Jansen", "DGA"}, {"Marloes Vermeer", "controller"}},
			work: []engagement{
				yearly(accounts, time.May, 685_000), yearly(corporateTax, time.October, 142_500),
				monthly(payroll, 41_250), quarterly(bookkeeping, 60_000),
			}},
		{name: "Jansen Beheer B.V.", form: holding, sbi: "6420", fte: 0, balance: 1_480, stage: "groei",
			contacts: []castContact{{"Pieter Jansen", "DGA"}},
			work:     []engagement{yearly(accounts, time.June, 125_000), yearly(corporateTax, time.October, 62_500)}},
		{name: "P.J. Jansen", form: private, fte: -1, balance: -1,
			work: []engagement{yearly(incomeTax, time.April, 72_500)}},
	}},
	{manager: 4, years: 21, marks: "23?3", members: []castClient{
		{name: "Bakkerij Jansen", form: firm, sbi: "1071", fte: 92, balance: 310, stage: "opvolging",
			contacts: []castContact{{"Toon Jansen", "eigenaar"}, {"Gerda Jansen", "eigenaar"}},
			work: []engagement{
				yearly(accounts, time.April, 235_000), yearly(incomeTax, time.May, 110_000), monthly(payroll, 17_500)}},
	}},
	{manager: 5, years: 9, members: []castClient{
		{name: "Janssen & Zn. VOF", form: firm, sbi: "4120", fte: 61, balance: 260, stage: "volwassen",
			contacts: []castContact{{"Bert Janssen", "eigenaar"}},
			work: []engagement{
				yearly(accounts, time.June, 210_000), yearly(incomeTax, time.April, 105_000), quarterly(payroll, 31_500)}},
	}},
	{manager: 6, years: 4, members: []castClient{
		{name: "Tandartspraktijk Janszen", form: freelance, sbi: "8623", fte: 30, balance: -1, stage: "start",
			contacts: []castContact{{"Mirjam Janszen", "eigenaar"}},
			work:     []engagement{yearly(incomeTax, time.April, 135_000), quarterly(bookkeeping, 52_500)}},
	}},
	{manager: 7, years: 16, trend: falling, marks: "111?", members: []castClient{
		{name: "Autobedrijf Jansens B.V.", form: company, sbi: "4520", fte: 74, balance: 690, stage: "afbouw",
			contacts: []castContact{{"Frans Jansens", "DGA"}},
			work: []engagement{
				yearly(accounts, time.May, 260_000), yearly(corporateTax, time.September, 70_000), quarterly(payroll, 34_000)}},
	}},
}
