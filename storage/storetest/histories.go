package storetest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// historiesOf returns all of Histories, in its order.
func historiesOf(t testing.TB, s storage.Portfolio, asOf analysis.Day) []analysis.GroupHistory {
	t.Helper()
	var all []analysis.GroupHistory
	for h, err := range s.Histories(t.Context(), asOf) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, h)
	}
	return all
}

// testHistories: every group once, by id, with what the store says of it when
// asked one by one.
func testHistories(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	if all := historiesOf(t, s, 0); len(all) != 0 {
		t.Errorf("Histories of a new office = %v, want none", all)
	}
	p := family(t, s, "vandermeulen", "201", "202", "203")
	const groups = 2500 // more than a page
	dice := rand.New(rand.NewPCG(1, 2))
	clients, lines := historyOffice(dice, groups)
	addClients(t, s, clients...)
	addLines(t, s, "Exact", lines...)
	merge(t, s, p.ID)
	for _, asOf := range []analysis.Day{analysis.Date(2026, 11, 21), analysis.Date(2024, 2, 29), analysis.Date(1999, 1, 1)} {
		all := historiesOf(t, s, asOf)
		if len(all) != groups+1 {
			t.Fatalf("%d histories, want %d", len(all), groups+1)
		}
		for i, h := range all {
			if i > 0 && h.ID <= all[i-1].ID {
				t.Fatalf("group %d after %d", h.ID, all[i-1].ID)
			}
			if want := oneByOne(t, s, h.ID, asOf); i%7 == 0 && fmt.Sprint(h) != fmt.Sprint(want) {
				t.Fatalf("history as of %v =\n%+v, want\n%+v", asOf, h, want)
			}
		}
		wantInvoiced(t, s, asOf, all)
	}
	t.Run("referred", func(t *testing.T) { testReferred(t, fresh) })
}

// wantInvoiced fails unless Invoiced is what all say was invoiced.
func wantInvoiced(t *testing.T, s Store, asOf analysis.Day, all []analysis.GroupHistory) {
	t.Helper()
	type key struct {
		month   analysis.Day
		service analysis.ServiceID
	}
	added := func(months []analysis.MonthRevenue) map[key]analysis.Cents {
		sums := map[key]analysis.Cents{}
		for _, m := range months {
			sums[key{m.Month, m.Service}] += m.Amount
		}
		return sums
	}
	var ids []analysis.GroupID
	want := map[analysis.GroupID][]analysis.MonthRevenue{}
	for i, h := range all {
		if i%3 == 2 {
			continue
		}
		ids = append(ids, h.ID)
		if len(h.Months) > 0 {
			want[h.ID] = h.Months
		}
	}
	got, err := s.Invoiced(t.Context(), append(ids, 1<<40), asOf)
	if err != nil || len(got) != len(want) {
		t.Fatalf("Invoiced as of %v gives %d groups, %v; want %d", asOf, len(got), err, len(want))
	}
	for _, g := range got {
		if !maps.Equal(added(g.Months), added(want[g.Group])) || len(g.Months) == 0 {
			t.Fatalf("Invoiced as of %v gives group %d %+v; want %+v", asOf, g.Group, g.Months, want[g.Group])
		}
	}
	if got, err := s.Invoiced(t.Context(), nil, asOf); err != nil || len(got) != 0 {
		t.Errorf("Invoiced of nobody = %v, %v", got, err)
	}
}

// historyOffice makes groups of one to three clients of whom much is unknown,
// with lines of which many are alike.
func historyOffice(dice *rand.Rand, groups int) (clients []analysis.StagedClient, lines []analysis.StagedLine) {
	any := func(of ...string) string { return of[dice.IntN(len(of))] }
	for i := range groups {
		for j := range 1 + dice.IntN(3)*dice.IntN(2) {
			c := inGroup(numbered("G", i), fmt.Sprintf("H%05d", (i*7919+j*31)%99991), numbered("Naam", i))
			c.Kind, c.SBI, c.Stage = any("", "mkb", "zzp"), any("", "A", "69201"), any("", "groei")
			c.Status = analysis.ClientStatus(any("klant", "prospect", "oud-klant"))
			if dice.IntN(2) == 0 {
				c.FTE, c.Balance = float64(dice.IntN(20))/4, analysis.Cents(dice.Int64N(1_000_000_00))
			}
			if dice.IntN(2) == 0 {
				c.Since, c.Until = analysis.Day(9000+dice.IntN(9000)), analysis.Day(19000+dice.IntN(2000))
			}
			if dice.IntN(5) == 0 {
				c.Elsewhere, c.ContactName = analysis.Cents(dice.Int64N(100_000)), "Smit"
			}
			clients = append(clients, c)
			for range dice.IntN(4) * dice.IntN(4) {
				lines = append(lines, analysis.StagedLine{
					Number: c.Number, Day: analysis.Day(19500 + dice.IntN(300)*3), Invoice: any("F1", "F2"), Service: any("", "Lonen", "Advies"),
					ServiceYear: dice.IntN(2) * 2024, Amount: analysis.Cents(dice.IntN(500) - 100),
				})
			}
		}
	}
	return clients, lines
}

// oneByOne makes the history of a group from the contracts of a card.
func oneByOne(t *testing.T, s Store, id analysis.GroupID, asOf analysis.Day) analysis.GroupHistory {
	t.Helper()
	ctx := t.Context()
	g, err := s.Group(ctx, id)
	members, err2 := s.Members(ctx, id)
	people, err3 := s.Contacts(ctx, id)
	months, err4 := s.MonthRevenue(ctx, id)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	h := analysis.GroupHistory{Group: g, FTE: -1, Balance: -1, Elsewhere: -1, Status: analysis.Former,
		Since: analysis.NoDay, Until: analysis.NoDay, Members: len(members), Contacts: len(people)}
	left := 0
	for i := len(members) - 1; i >= 0; i-- {
		m := members[i]
		h.Kind, h.SBI, h.Stage = or(m.Kind, h.Kind), or(m.SBI, h.SBI), or(m.Stage, h.Stage)
		if m.FTE >= 0 {
			h.FTE = max(h.FTE, 0) + m.FTE
		}
		if m.Balance >= 0 {
			h.Balance = max(h.Balance, 0) + m.Balance
		}
		if m.Elsewhere >= 0 {
			h.Elsewhere = max(h.Elsewhere, 0) + m.Elsewhere
		}
		if m.Status == analysis.Current || m.Status == analysis.Prospect && h.Status == analysis.Former {
			h.Status = m.Status
		}
		if m.Since.Known() && (!h.Since.Known() || m.Since < h.Since) {
			h.Since = m.Since
		}
		if m.Until.Known() && m.Until <= asOf {
			h.Until = max(h.Until, m.Until)
			left++
		}
	}
	if left < len(members) {
		h.Until = analysis.NoDay
	}
	// A card has the whole history, by month: asOf must be the last of a month, or
	// later than every line.
	for _, m := range months {
		if m.Month <= asOf {
			h.Months = append(h.Months, m)
		}
	}
	return h
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// testReferred: who brought whom is told by number or name, and a group that
// brings its own members brings nobody.
func testReferred(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	var rows []analysis.StagedClient
	for _, c := range []struct{ number, group, name, referrer string }{
		{"1001", "G1", "Bakkerij Jansen", ""}, {"1002", "G1", "Jansen Beheer", "bakkerij  jansen"},
		{"1003", "G2", "Drie", "klant 1001"}, {"1004", "G3", "Vier", "Jansen BEHEER"}, {"1005", "G4", "Vijf", "notaris"},
		{"1006", "G5", "Zes", "1003"}, {"1007", "G5", "Zes", "1006"}, {"1008", "G6", "Acht", "100"},
	} {
		row := inGroup(c.group, c.number, c.name)
		row.Referrer = c.referrer
		rows = append(rows, row)
	}
	addClients(t, s, rows...)
	got := map[string]int{}
	for _, h := range historiesOf(t, s, 20000) {
		got[h.Name] = h.Referred
	}
	wantEqual(t, "referred", fmt.Sprint(got), "map[G1:2 G2:1 G3:0 G4:0 G5:0 G6:0]")
}

// testHistoriesMoment: what is committed while histories are read is not among
// them, does not wait for them, and who stops listening stops the reading.
func testHistoriesMoment(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	clients, _ := historyOffice(rand.New(rand.NewPCG(3, 4)), 2100)
	addClients(t, s, clients...)
	t.Run("hurried", func(t *testing.T) { momentOf(t, t.Context(), s, other, "later", clients[len(clients)-1].Number) })
	t.Run("unhurried", func(t *testing.T) {
		gave := 0
		momentOf(t, storage.Unhurried(t.Context(), func(context.Context) { gave++ }), s, other, "latest", clients[len(clients)-2].Number)
		if gave < 2 {
			t.Errorf("who does not hurry gave way %d times", gave)
		}
	})
}

// momentOf reads s with ctx; meanwhile it adds to other a client named name, and a line of number.
func momentOf(t *testing.T, ctx context.Context, s, other Store, name, number string) {
	t.Helper()
	groups, invoiced := 0, 0
	for _, h := range historiesOf(t, s, 20000) {
		groups, invoiced = groups+1, invoiced+len(h.Months)
	}
	for _, most := range []int{groups - 1, groups, groups + 1} {
		if n, err := s.CountGroups(ctx, most); err != nil || n != min(most, groups) {
			t.Errorf("%d of %d groups when at most %d are counted: %v", n, groups, most, err)
		}
	}
	n, months := 0, 0
	for h, err := range s.Histories(ctx, 20000) {
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			addClients(t, other, someone(name, name))
			addLines(t, other, "Exact", analysis.StagedLine{Number: number, Day: 19000, Amount: 4711})
		}
		n, months = n+1, months+len(h.Months)
	}
	wantEqual(t, "groups of the moment", n, groups)
	wantEqual(t, "months with revenue of the moment", months, invoiced)
	for range s.Histories(ctx, 20000) {
		break
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	n = 0
	for _, err := range s.Histories(ended, 20000) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("after cancelling: error %v", err)
		}
		n++
	}
	wantEqual(t, "what is yielded after cancelling", n, 1)
}
