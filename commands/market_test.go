package commands

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// bakers adds n clients of one kind, branche and size to o. All buy annual
// accounts for EUR 2,000 a year, all but the first payroll for EUR 1,000 to
// 1,000 + n. Their numbers are 9000 and on.
func (o *office) bakers(n int) {
	o.Helper()
	ctx := context.Background()
	var clients []analysis.StagedClient
	var lines []analysis.StagedLine
	for i := range n {
		c := row(strconv.Itoa(9000+i), "Bakkerij nummer "+strconv.Itoa(i), "")
		c.Kind, c.SBI, c.FTE = "mkb", "1071", 5
		clients = append(clients, c)
		for year := 2022; year <= 2026; year++ {
			lines = append(lines, analysis.StagedLine{Line: len(lines) + 1, Number: c.Number, Day: analysis.Date(year, 3, 1), Service: "Jaarrekening", Amount: 200000})
			if i > 0 {
				lines = append(lines, analysis.StagedLine{Line: len(lines) + 1, Number: c.Number, Day: analysis.Date(year, 4, 1), Service: "Salaris", Amount: analysis.Cents(100000 + 100*i)})
			}
		}
	}
	stage(o, o.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, clients) })
	stage(o, o.db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, lines) })
	if err := o.dir.Refresh(ctx); err != nil {
		o.Fatal(err)
	}
}

// shown is what people read of a reply, in its blocks.
func shown(t testing.TB, r Reply) string {
	t.Helper()
	var parts any
	switch {
	case r.Now != nil:
		parts = r.Now.Blocks
	case r.Modal != nil:
		parts = r.Modal.Blocks
	}
	raw, err := json.Marshal(parts)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func (o *office) press(id string, client analysis.ClientID, change func(*Request)) (Reply, error) {
	o.Helper()
	return o.ask(id, Action, func(r *Request) {
		r.Value = strconv.FormatInt(int64(client), 10)
		if change != nil {
			change(r)
		}
	})
}

func (o *office) number(number string) analysis.ClientID {
	o.Helper()
	found, _ := o.dir.Find(o.Context(), number, 1)
	if len(found) == 0 {
		o.Fatalf("nobody has number %s", number)
	}
	return found[0].Client
}

func TestCardSaysWhatToDo(t *testing.T) {
	o := newOffice(t)
	o.bakers(10)
	first := o.number("9000")
	reply, err := o.press("client.open", first, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"€ 1.005 per jaar erbij", "nog te bepalen: nog geen segment", "Salaris (€ 1.005)", "Leg een contactpersoon vast", "Bespreek Salaris"} {
		if got := shown(t, reply); !strings.Contains(got, want) {
			t.Errorf("the card does not say %q: %s", want, got)
		}
	}
	reply, err = o.press("client.open", o.number("0103"), nil)
	if err != nil {
		t.Fatal(err)
	}
	// Nobody is like them: that is unknown, and not nothing.
	if got := shown(t, reply); !strings.Contains(got, `*Potentieel*\nnog te bepalen`) || strings.Contains(got, "€ 0: neemt al af wat anderen afnemen") {
		t.Errorf("a client without peers: %s", got)
	}
}

func TestExplainAndCompare(t *testing.T) {
	o := newOffice(t)
	o.bakers(10)
	first := o.number("9000")
	other, err := o.db.Client(context.Background(), o.number("9001"))
	if err != nil {
		t.Fatal(err)
	}
	err = o.db.Write(context.Background(), func(tx storage.Tx) error {
		return tx.Judge(context.Background(), analysis.Judgement{Group: other.Group, Criterion: "strategic", Value: 3, At: at})
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][]string{
		"client.explain": {"tegenover 10 relatiegroepen van de soort mkb", "Gelijksoortig zijn 9 klanten: zelfde soort, branche en grootte",
			"Salaris: 9 van 9 nemen het af", "onbekend, telt als 3 van 4", "nog te weinig bekend", `"client.open.v1"`, "€ 2.000"},
		"client.compare": {"9 gelijksoortige klanten: zelfde soort, branche en grootte", "Geen van de 9 gelijksoortige", "€ 2.000", "€ 3.005", `"client.open.v1"`},
	} {
		reply, err := o.press(id, first, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := shown(t, reply)
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s does not say %q: %s", id, w, got)
			}
		}
		if strings.Contains(got, "nummer 1") {
			t.Errorf("%s names a peer: %s", id, got)
		}
		window, err := o.press(id, first, func(r *Request) { r.InModal = true })
		if err != nil || window.Modal == nil || window.Now != nil {
			t.Errorf("%s in a window: %+v, %v", id, window, err)
		}
		if _, err := o.press(id, first, func(r *Request) { r.Actor = analysis.Actor{User: "U9"} }); analysis.KindOf(err) != analysis.Forbidden {
			t.Errorf("%s by somebody without a role: %v", id, err)
		}
		if _, err := o.press(id, 99999, nil); analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("%s of nobody: %v", id, err)
		}
		client, err := o.db.Client(context.Background(), first)
		if err != nil {
			t.Fatal(err)
		}
		trail, err := o.db.AuditOf(context.Background(), client.Group, 50)
		if err != nil || !slices.ContainsFunc(trail, func(l storage.AuditLine) bool { return l.Action == id && l.Client == first }) {
			t.Errorf("%s left no line: %v, %v", id, trail, err)
		}
	}
	reply, err := o.press("client.compare", o.number("0103"), nil)
	if got := shown(t, reply); err != nil || !strings.Contains(got, "geen acht gelijksoortige klanten") {
		// 60 clients without revenue are no peers: there is nothing to lay beside.
		t.Errorf("compared with nobody: %s, %v", got, err)
	}
}

// TestMarketFollowsTheStore: revenue, an undo, a judgement and another day each
// make it look again, and nothing else does.
func TestMarketFollowsTheStore(t *testing.T) {
	o := newOffice(t)
	o.bakers(9)
	ctx, today := context.Background(), analysis.DayOf(at)
	m := NewMarket(o.db, o.db, o.db, time.Minute)
	group := func() analysis.GroupID {
		client, err := o.db.Client(ctx, o.number("9000"))
		if err != nil {
			t.Fatal(err)
		}
		return client.Group
	}()
	look := func(day analysis.Day) *surveyed {
		t.Helper()
		if err := m.Refresh(ctx, day); err != nil {
			t.Fatal(err)
		}
		return m.current.Load()
	}
	first := look(today)
	if p := first.market.Potential(group); p.Amount != 100450 || p.Peers != 8 {
		t.Fatalf("potential %+v", p)
	}
	if again := look(today); again != first {
		t.Error("it was made anew though nothing changed")
	}
	line := analysis.StagedLine{Line: 1, Number: "9000", Day: analysis.Date(2026, 5, 1), Service: "Salaris", Amount: 5000}
	stage(t, o.db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, []analysis.StagedLine{line}) })
	bought := look(today)
	if p := bought.market.Potential(group); p.Amount != 0 || !p.Known() {
		t.Errorf("potential after buying: %+v", p)
	}
	imports, err := o.db.ListImports(ctx, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.db.UndoImport(ctx, imports[0].ID, "", at); err != nil {
		t.Fatal(err)
	}
	undone := look(today)
	if p := undone.market.Potential(group); p.Amount != 100450 {
		t.Errorf("potential after the undo: %+v", p)
	}
	if next := look(today + 1); next == undone || next.asOf != today+1 {
		t.Errorf("another day is as of %d", next.asOf)
	}
}

// TestBoughtIsNotUnused: a service of a service year that is not over is bought,
// and one that was stopped is asked about, not offered.
func TestBoughtIsNotUnused(t *testing.T) {
	o := newOffice(t)
	o.bakers(10)
	ctx := context.Background()
	var lines []analysis.StagedLine
	for i, year := range []int{2023, 2024} { // 9000 had payroll until two years ago: long enough to be missed
		lines = append(lines, analysis.StagedLine{Line: i + 1, Number: "9000", Day: analysis.Date(year, 10, 1), Service: "Salaris", Amount: 90000})
	}
	stage(t, o.db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, lines) })
	reply, err := o.press("client.open", o.number("9000"), nil)
	if got := shown(t, reply); err != nil || !strings.Contains(got, "Vraag waarom Salaris is gestopt") || strings.Contains(got, "Bespreek Salaris") {
		t.Errorf("a stopped service: %s, %v", got, err)
	}

	o = newOffice(t)
	o.bakers(10)
	begun := analysis.StagedLine{Line: 1, Number: "9000", Day: analysis.Date(2026, 9, 1), Service: "Salaris", ServiceYear: 2026, Amount: 7000}
	stage(t, o.db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, []analysis.StagedLine{begun}) })
	reply, err = o.press("client.open", o.number("9000"), nil)
	if got := shown(t, reply); err != nil || strings.Contains(got, "Onbenutte diensten") || !strings.Contains(got, "€ 0: neemt al af wat anderen afnemen") {
		t.Errorf("a service begun this year: %s, %v", got, err)
	}
}

// TestMarketOfALargeOffice: it is not held, and says that nothing is known.
func TestMarketOfALargeOffice(t *testing.T) {
	o := newOffice(t)
	o.bakers(10)
	m := NewMarket(o.db, o.db, o.db, time.Minute)
	m.most = 5
	card, err := Cards{Clients: o.db, Revenue: o.db, Managers: o.db, Segments: o.db, Market: m}.Card(context.Background(), o.number("9000"), analysis.DayOf(at))
	if err != nil || card.Approach == nil || card.Approach.Potential.Known() || card.Approach.Type != "" {
		t.Errorf("%+v, %v", card.Approach, err)
	}
	if e := m.current.Load().explain(card); e.AsOf.Known() || e.Scored {
		t.Errorf("it explains %+v", e)
	}
}

// TestMarketAtOnce: many first questions and refreshes at once look once, and
// who has no patience gets a card without.
func TestMarketAtOnce(t *testing.T) {
	o := newOffice(t)
	o.bakers(10)
	counted := &countedPortfolio{DB: o.db}
	m := NewMarket(counted, o.db, o.db, time.Minute)
	today := analysis.DayOf(at)
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if s, err := m.now(context.Background(), today); err != nil || s == nil {
				t.Errorf("%v, %v", s, err)
			}
			if err := m.Refresh(context.Background(), today); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if counted.reads != 1 {
		t.Errorf("the office was read %d times", counted.reads)
	}
	hasty := NewMarket(o.db, o.db, o.db, time.Nanosecond)
	if s, err := hasty.now(context.Background(), today); s != nil || err != nil {
		t.Errorf("without patience: %v, %v", s, err)
	}
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := NewMarket(o.db, o.db, o.db, time.Minute).now(gone, today); err == nil {
		t.Error("a request that ended gets an answer")
	}
}

// countedPortfolio counts how often the whole office is read.
type countedPortfolio struct {
	*sqlstore.DB
	reads int
}

func (c *countedPortfolio) Histories(ctx context.Context, asOf analysis.Day) iter.Seq2[analysis.GroupHistory, error] {
	c.reads++
	return c.DB.Histories(ctx, asOf)
}
