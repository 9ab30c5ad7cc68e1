package sample

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// jansenish is what a search for Jansen should find clearly.
var jansenish = regexp.MustCompile(`(?i)\bjans(s|z)?ens?\b`)

func TestCastClientsOfDocuments(t *testing.T) {
	for _, groups := range []int{40, 560, 4_000} {
		s := Default(asOf)
		s.Groups = groups
		list := clientList(t, s)
		o, _ := newOffice(s)
		known := list[o.number(1001)]
		if known["Naam"] != "Jansen Installatietechniek B.V." || known["Contactpersoon"] != "Pieter Jansen" || known["Relatiegroep"] != "Jansen Installatiegroep" {
			t.Errorf("%d groups: client 1001 is %v", groups, known)
		}
		hits, smit := 0, 0
		for _, r := range rows(t, written(t, WriteClients, s)) {
			if strings.Contains(r["Contactpersoon"], "Smit") {
				smit++
				if strings.Contains(r["Naam"], "Smit") {
					t.Errorf("mevrouw Smit is at %s", r["Naam"])
				}
			}
		}
		for _, r := range list {
			if jansenish.MatchString(r["Naam"] + " " + r["Contactpersoon"]) {
				hits++
			}
			if strings.Contains(r["Naam"], "Smit") {
				t.Errorf("%s confuses a search for Smit", r["Naam"])
			}
		}
		if hits != 7 || smit != 1 {
			t.Errorf("%d groups: %d clients for Jansen, %d contacts called Smit", groups, hits, smit)
		}
	}
}

func TestCastShowsEveryName(t *testing.T) {
	var names []string
	for _, r := range clientList(t, Default(asOf)) {
		names = append(names, r["Naam"])
	}
	all := strings.Join(names, "\n")
	for _, want := range []string{
		"Jansen Beheer B.V.", "Bakkerij Jansen", "Janssen & Zn. VOF", "P.J. Jansen", "Janszen", "Jansens",
		"Van den Berg", "Berg, C.H. van den", "v.d. Berg", "Van der Meer", "De Wit", "'t Hart", "Ter Horst", "In 't Veld",
		"Ümit Yılmaz", "José", "Café 't Centrum", "Bäckerei", "Wijers", "Dijkstra", "Dykstra",
		`Café "De <b>Kroeg</b>" & Zn. *VOF*`,
	} {
		if !strings.Contains(all, want) {
			t.Errorf("nobody is called %s", want)
		}
	}
}

// castInvoices returns the invoices of the client called name.
func castInvoices(t *testing.T, name string) []invoice {
	t.Helper()
	number := ""
	for n, r := range clientList(t, Default(asOf)) {
		if r["Naam"] == name {
			number = n
		}
	}
	return slices.DeleteFunc(invoices(t, Default(asOf)), func(i invoice) bool { return i.client != number })
}

// The client of DOMAIN.md: invoiced in May of one year and July of the next,
// once with the year the work is for and once without.
func TestCastDriftsFromMayToJuly(t *testing.T) {
	for name, dated := range map[string]bool{"Aannemersbedrijf Van der Meer B.V.": true, "Rederij Dijkstra B.V.": false} {
		var months []int
		for _, i := range castInvoices(t, name) {
			if i.cents < 500_000 {
				continue // advice in between
			}
			_, month, _ := i.day.Time().Date()
			months = append(months, int(month))
			if (i.year != "") != dated {
				t.Errorf("%s: service year %q", name, i.year)
			}
		}
		if !slices.Equal(months, []int{7, 5, 7, 5, 7, 5}) {
			t.Errorf("%s: invoiced in months %v", name, months)
		}
	}
}

func TestCastHasEqualLinesAndNone(t *testing.T) {
	count := map[invoice]int{}
	for _, i := range castInvoices(t, "Slagerij Van den Berg B.V.") {
		count[i]++
	}
	twice := 0
	for _, n := range count {
		if n == 2 {
			twice++
		}
	}
	if twice < 20 {
		t.Errorf("%d pairs of equal lines, want one a quarter", twice)
	}
	if n := len(castInvoices(t, "Stichting Buurttuin Oostpolder")); n != 0 {
		t.Errorf("%d invoices to the client that has none", n)
	}
}

func TestCastGrowsAndLeaves(t *testing.T) {
	year := map[int]int64{}
	for _, i := range castInvoices(t, "Jansen Installatietechniek B.V.") {
		if i.service == serviceNames[accounts] {
			year[i.day.Year()] += i.cents
		}
	}
	if year[2026]*10 < year[2022]*15 {
		t.Errorf("client 1001 should grow strongly: %v", year)
	}
	left := castInvoices(t, "Restaurant De Brasem B.V.")
	if len(left) == 0 || left[len(left)-1].day > asOf.AddMonths(-9) {
		t.Errorf("a client that left nine months ago is still invoiced")
	}
}
