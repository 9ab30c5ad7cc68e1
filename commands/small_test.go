package commands

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/sample"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// bareOffice is an office with what fill puts in it and nothing else.
func bareOffice(t testing.TB, fill func(*sqlstore.DB)) *segmentOffice {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	fill(db)
	dir := NewDirectory(db)
	if err := dir.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	n := Needs{Market: NewMarket(db, db, db, time.Minute), Clients: db, Revenue: db, Managers: db, Proposals: db, Portfolio: db, Segments: db,
		Roster: db, Judgements: db, Settings: db, Futures: db, Lifetimes: db, Writer: db, Directory: dir, Now: func() time.Time { return at }}
	return &segmentOffice{office: &office{TB: t, db: db, registry: New(n), dir: dir}}
}

// clientsOf stages n clients, numbered from 9000, that each bring in amount(i) a
// year.
func clientsOf(t testing.TB, n int, amount func(i int) int64) func(*sqlstore.DB) {
	return func(db *sqlstore.DB) {
		ctx := context.Background()
		var clients []analysis.StagedClient
		var lines []analysis.StagedLine
		for i := range n {
			c := row(fmt.Sprint(9000+i), fmt.Sprintf("Klant %d B.V.", i), "")
			c.Kind = "mkb"
			clients = append(clients, c)
			for year := 2023; year <= 2026 && amount(i) != 0; year++ {
				lines = append(lines, analysis.StagedLine{Line: len(lines) + 1, Number: c.Number, Day: analysis.Date(year, 3, 1),
					Service: "Jaarrekening", ServiceYear: year - 1, Amount: analysis.Cents(amount(i))})
			}
		}
		if n > 0 {
			stage(t, db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, clients) })
		}
		if len(lines) > 0 {
			stage(t, db, analysis.ImportRevenue, func(s storage.Staging) error { return s.AddLines(ctx, lines) })
		}
	}
}

// The smallest and the most uniform offices go from concept to definitief and
// read their cards, and nothing on the way is NaN, infinite or unworded.
func TestSmallAndUniformOffices(t *testing.T) {
	for name, fill := range map[string]func(*sqlstore.DB){
		"nobody":               clientsOf(t, 0, nil),
		"a single client":      clientsOf(t, 1, func(int) int64 { return 250_000 }),
		"one without revenue":  clientsOf(t, 1, func(int) int64 { return 0 }),
		"all revenue equal":    clientsOf(t, 25, func(int) int64 { return 250_000 }),
		"nobody has revenue":   clientsOf(t, 25, func(int) int64 { return 0 }),
		"all revenue negative": clientsOf(t, 25, func(i int) int64 { return -100_000 - int64(i) }),
	} {
		t.Run(name, func(t *testing.T) { bareOffice(t, fill).walk("9000") })
	}
}

// walk goes through everything about client value as a partner does and returns
// all that was shown.
func (o *segmentOffice) walk(number string) string {
	o.Helper()
	var all strings.Builder
	keep := func(what, seen string) {
		o.Helper()
		for _, bad := range []string{"NaN", "Inf", "%!", "null,null"} {
			if strings.Contains(seen, bad) {
				o.Errorf("%s shows %s: %.500s", what, bad, seen)
			}
		}
		all.WriteString(seen + "\n")
	}
	for _, id := range []string{"segment.draft", "segment.open", "judge.open"} {
		value := "0/0/0"
		if id == "judge.open" {
			value += "/0"
		}
		keep(id, o.press(id, partner, value))
	}
	asked := o.press("segment.ask", partner, "1/0/0")
	keep("segment.ask", asked)
	i := strings.Index(asked, `"value":"1/0/`) + len(`"value":"`)
	keep("segment.finalize", o.press("segment.finalize", partner, asked[i:i+strings.IndexByte(asked[i:], '"')]))
	keep("segment.low", o.press("segment.low", partner, "0/0/0"))
	for _, c := range []struct{ id, text string }{{"portfolio", "kantoor"}, {"pyramid", ""}, {"client", number}} {
		reply, err := o.ask(c.id, Slash, func(r *Request) { r.Actor, r.Text = partner, c.text })
		if err != nil {
			o.Fatalf("%s: %v", c.id, err)
		}
		keep(c.id, everything(o, reply)+reply.Now.Text)
	}
	if found, _ := o.dir.Find(o.Context(), number, 1); len(found) > 0 {
		for _, id := range []string{"client.explain", "client.compare"} {
			reply, err := o.office.press(id, found[0].Client, func(r *Request) { r.Actor = partner })
			if err != nil {
				o.Fatalf("%s: %v", id, err)
			}
			keep(id, everything(o, reply))
		}
	}
	return all.String()
}

// An office of 40 says that similar clients had to be sought more widely, or that
// there are too few, and expects nothing of one client apart.
func TestOfficeOfForty(t *testing.T) {
	asOf := analysis.DayOf(at)
	o := bareOffice(t, func(db *sqlstore.DB) {
		s := sample.Default(asOf)
		s.Groups = 40
		if err := sample.Load(context.Background(), db, s, at); err != nil {
			t.Fatal(err)
		}
	})
	shown := o.walk("1001")
	if !strings.Contains(shown, "Jansen Installatietechniek") || strings.Contains(shown, "Verwacht uit") {
		t.Error("the card is not there, or expects something of one client")
	}
	if !strings.Contains(shown, "dus is ruimer gezocht") {
		t.Error("nothing says that similar clients were sought more widely")
	}
}
