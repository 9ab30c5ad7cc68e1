package commands

import (
	"context"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage/sample"
	"klantbot/storage/sqlite"
)

// BenchmarkKlant measures the use-case /klant on real SQLite, with everything on
// the card, in an office of about 5,000 clients with a final segmentation:
// clients are asked for by number, in no order, and each answer writes its audit
// line. survey_ms is one look at the whole office.
//
//	go test ./commands -run xxx -bench 'Klant$' -benchtime 3000x
func BenchmarkKlant(b *testing.B) {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "office.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	asOf := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	size := sample.Default(analysis.DayOf(asOf))
	size.Groups = 4350
	if err := sample.Load(ctx, db, size, asOf); err != nil {
		b.Fatal(err)
	}
	dir, market := NewDirectory(db), NewMarket(db, db, db, time.Minute)
	if err := dir.Refresh(ctx); err != nil {
		b.Fatal(err)
	}
	partner := Request{Key: "final", Actor: analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.PartnerRole)}, At: asOf}
	segments := Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	if _, err := segments.Draft(ctx, partner); err != nil {
		b.Fatal(err)
	}
	partner.Key = "made final"
	if _, err := segments.Finalize(ctx, partner); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	if err := market.Refresh(ctx, analysis.DayOf(asOf)); err != nil {
		b.Fatal(err)
	}
	survey := time.Since(began)
	o := &office{TB: b, db: db, dir: dir, registry: New(Needs{Clients: db, Revenue: db, Managers: db, Portfolio: db, Segments: db, Roster: db,
		Judgements: db, Settings: db, Futures: db, Lifetimes: db, Ratings: SurveyRatings{Surveys: db}, Attention: db, Touches: db, Absences: db,
		Digests: db, Gatherings: db, Signals: &Signals{Portfolio: db, Revenue: db, Invoiced: db}, Writer: db, Directory: dir, Market: market})}
	clients := dir.current.Load().clients
	dice := rand.New(rand.NewPCG(1, 1))
	var took []time.Duration
	b.ResetTimer()
	for range b.N {
		client, err := db.Client(ctx, clients[dice.IntN(len(clients))])
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		reply, err := o.ask("client", Slash, func(r *Request) { r.Text = client.Number })
		took = append(took, time.Since(began))
		if err != nil || reply.Now == nil {
			b.Fatal(err)
		}
		if !strings.Contains(shown(b, reply), "Aanpak") {
			b.Fatal("the card does not say what to do")
		}
	}
	slices.Sort(took)
	quantile := func(q float64) float64 {
		return float64(took[min(len(took)-1, int(q*float64(len(took))))]) / float64(time.Millisecond)
	}
	b.ReportMetric(float64(len(clients)), "clients")
	b.ReportMetric(quantile(.5), "p50_ms")
	b.ReportMetric(quantile(.99), "p99_ms")
	b.ReportMetric(float64(survey)/float64(time.Millisecond), "survey_ms")
}
