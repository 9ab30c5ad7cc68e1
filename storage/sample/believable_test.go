package sample

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage/ingest"
)

// groupOf returns the true relatiegroep of every client, by number.
func groupOf(t *testing.T, s Size) map[string]int {
	t.Helper()
	o, err := newOffice(s)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]int{}
	for p := range o.places {
		for j := range p.count {
			all[o.number(p.number+j)] = p.number
		}
	}
	return all
}

// The best fifth of the groups brings in about three quarters.
func TestRevenueIsLongTailed(t *testing.T) {
	for _, seed := range []uint64{Default(asOf).Seed, 1, 2, 3, 4} {
		s := Default(asOf)
		s.Seed = seed
		groups, revenue, total := groupOf(t, s), map[int]int64{}, int64(0)
		for _, i := range invoices(t, s) {
			if i.day > asOf.AddMonths(-24) {
				revenue[groups[i.client]] += i.cents
				total += i.cents
			}
		}
		var amounts []int64
		for _, a := range revenue {
			amounts = append(amounts, a)
		}
		slices.Sort(amounts)
		best := int64(0)
		for _, a := range amounts[len(amounts)-len(amounts)/5:] {
			best += a
		}
		share, largest := best*100/total, amounts[len(amounts)-1]*100/total
		if share < 67 || share > 82 || largest > 9 {
			t.Errorf("seed %d: the best fifth brings in %d%%, the largest group %d%%", seed, share, largest)
		}
		if seed == Default(asOf).Seed && (share < 72 || share > 78) {
			t.Errorf("default: the best fifth brings in %d%%", share)
		}
	}
}

func TestServicesHaveTheirSeasons(t *testing.T) {
	months := map[string]*[13]int64{}
	totals := map[string]int64{}
	for _, i := range invoices(t, Default(asOf)) {
		if months[i.service] == nil {
			months[i.service] = new([13]int64)
		}
		_, m, _ := i.day.Time().Date()
		if i.cents > 0 && i.day.Year() < 2026 {
			months[i.service][m] += i.cents
			totals[i.service] += i.cents
		}
	}
	if len(months) != int(serviceCount) {
		t.Fatalf("%d services", len(months))
	}
	within := func(s service, first, last time.Month) int64 {
		sum := int64(0)
		for m := first; m <= last; m++ {
			sum += months[serviceNames[s]][m]
		}
		return sum * 100 / totals[serviceNames[s]]
	}
	for _, c := range []struct {
		service     service
		first, last time.Month
		least       int64
	}{
		{incomeTax, time.March, time.May, 95},
		{accounts, time.March, time.July, 85},
		{corporateTax, time.August, time.November, 98},
	} {
		if got := within(c.service, c.first, c.last); got < c.least {
			t.Errorf("%s: %d%% from %s to %s", serviceNames[c.service], got, c.first, c.last)
		}
	}
	for m := time.January; m <= time.December; m++ {
		for _, s := range []service{payroll, bookkeeping, taxAdvice} {
			if within(s, m, m) < 2 {
				t.Errorf("%s: nothing to speak of in %s", serviceNames[s], m)
			}
		}
	}
}

func TestInvoicesAreInOrder(t *testing.T) {
	all := invoices(t, Default(asOf))
	if n := len(all); n < 12_000 || n > 20_000 {
		t.Errorf("%d lines", n)
	}
	credits, equal := 0, 0
	for i, line := range all {
		dated := line.service == serviceNames[accounts] || line.service == serviceNames[corporateTax] ||
			line.service == serviceNames[incomeTax] || line.service == serviceNames[audit]
		if dated != (line.year != "") {
			t.Fatalf("line %d: %s for year %q", i, line.service, line.year)
		}
		if line.cents < 0 {
			credits++
		}
		if i == 0 {
			continue
		}
		before := all[i-1]
		if line.day < before.day || line.day.Year() == before.day.Year() && line.invoice < before.invoice {
			t.Fatalf("line %d: %v after %v", i, line.day, before.day)
		}
		if line.invoice == before.invoice && (line.client != before.client || line.day != before.day) {
			t.Fatalf("invoice %s is of two clients", line.invoice)
		}
		if line == before {
			equal++
		}
	}
	first, last := all[0].day, all[len(all)-1].day
	if first.Year() != 2021 || last > asOf || last < asOf-7 || credits < 10 || equal < 20 {
		t.Errorf("from %v to %v, %d credit notes, %d equal lines", first, last, credits, equal)
	}
}

// What the list says of a client agrees with what it was invoiced.
func TestClientsLiveAsTheListSays(t *testing.T) {
	list, lines := clientList(t, Default(asOf)), map[string]int{}
	for _, i := range invoices(t, Default(asOf)) {
		c := list[i.client]
		lines[i.client]++
		for column, wrong := range map[string]func(int32) bool{
			"Klant sinds": func(d int32) bool { return int32(i.day) < d },
			"Klant tot":   func(d int32) bool { return int32(i.day) > d },
		} {
			if at, err := time.Parse("02-01-2006", c[column]); err == nil && wrong(int32(at.Unix()/86400)) {
				t.Errorf("client %s invoiced on %v, %s %s", i.client, i.day, column, c[column])
			}
		}
	}
	kinds, statuses, silent := map[string]int{}, map[string]int{}, 0
	for n, c := range list {
		kinds[c["Soort klant"]]++
		statuses[c["Status"]]++
		if (c["Status"] == "oud-klant") != (c["Klant tot"] != "") || (c["Status"] == "prospect") != (c["Focusmarkt"] != "") {
			t.Errorf("client %s: status %s, until %q, market %q", n, c["Status"], c["Klant tot"], c["Focusmarkt"])
		}
		if c["Status"] == "prospect" && lines[n] > 0 {
			t.Errorf("prospect %s has invoices", n)
		}
		if c["Status"] == "klant" && lines[n] == 0 {
			silent++
		}
	}
	for _, kind := range []string{"mkb", "zzp", "particulier", "vereniging/stichting"} {
		if kinds[kind] < 25 {
			t.Errorf("kinds: %v", kinds)
		}
	}
	if statuses["prospect"] < 8 || statuses["oud-klant"] < 30 || statuses["klant"] < 500 || silent < 1 || silent > 25 {
		t.Errorf("statuses: %v, %d clients without an invoice", statuses, silent)
	}
}

// Whatever day it is, the office has its years, its known client and no history
// that ends before it begins.
func TestOfficeOnAnyDay(t *testing.T) {
	for _, day := range []string{"2024-02-29", "2026-01-01", "2027-01-08", "2027-12-31", "2031-07-15"} {
		for _, years := range []int{1, 6, 20} {
			s := Default(asOf)
			s.AsOf, _ = analysis.ParseDay(day)
			s.Years, s.Groups = years, 100
			o, err := newOffice(s)
			if err != nil {
				t.Fatal(err)
			}
			for p := range o.places {
				for _, c := range o.profiles(p) {
					if c.Until.Known() && c.Until <= c.Since || c.Until > s.AsOf || c.Since > s.AsOf {
						t.Errorf("%s, %d years: client %s from %v to %v", day, years, c.Number, c.Since, c.Until)
					}
				}
			}
			for _, i := range invoices(t, s) {
				if i.day > s.AsOf || i.day.Year() <= s.AsOf.Year()-years || i.cents == 0 {
					t.Fatalf("%s, %d years: invoice %+v", day, years, i)
				}
			}
		}
	}
}

// Nobody real can be meant.
func TestNobodyIsReal(t *testing.T) {
	address := regexp.MustCompile(`^[a-z0-9.-]+@([a-z0-9-]+\.example|voorbeeld\.nl)$`)
	names, chamber, btw := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for n, c := range clientList(t, Default(asOf)) {
		natural := c["Soort klant"] == "particulier" || c["Soort klant"] == "zzp"
		switch k, v := c["KvK-nummer"], c["Btw-id"]; {
		case natural && k+v != "":
			t.Errorf("client %s is a person with a number", n)
		case !natural && (len(k) != 8 || k[:2] != "00" || chamber[k]):
			t.Errorf("client %s: KvK %q", n, k)
		case !natural && (!ingest.ValidVAT(v) || !strings.HasSuffix(v, "B00") || btw[v]):
			t.Errorf("client %s: btw-id %q", n, v)
		default:
			chamber[k], btw[v] = true, true
		}
		if !natural && names[c["Naam"]] {
			t.Errorf("two businesses are called %s", c["Naam"])
		}
		names[c["Naam"]] = true
		for _, column := range []string{"E-mail", "E-mail contactpersoon", "Relatiemanager", "Vennoot"} {
			if a := c[column]; a != "" && !address.MatchString(a) {
				t.Errorf("client %s: %s %q", n, column, a)
			}
		}
	}
}

// Marked groups are told apart by their names, and clients of different groups
// share no address that would make an import take them for one.
func TestGroupsAreTellable(t *testing.T) {
	groups := groupOf(t, Default(asOf))
	byName, byMail := map[string]int{}, map[string]int{}
	for n, c := range clientList(t, Default(asOf)) {
		for _, seen := range []struct {
			of  map[string]int
			key string
		}{{byName, c["Relatiegroep"]}, {byMail, c["E-mail"]}, {byMail, c["E-mail contactpersoon"]}} {
			if g, known := seen.of[seen.key]; known && seen.key != "" && g != groups[n] {
				t.Errorf("groups %d and %d share %q", g, groups[n], seen.key)
			}
			seen.of[seen.key] = groups[n]
		}
	}
}
