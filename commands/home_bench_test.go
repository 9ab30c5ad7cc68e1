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

// BenchmarkHome measures drawing the Home tab on real SQLite, in an office of
// about 5,000 clients with a final segmentation and two years of moments: each
// time for another manager, every tenth time after somebody pressed *Gedaan* on
// it, with the audit lines.
//
//	go test ./commands -run xxx -bench 'Home$' -benchtime 2000x
func BenchmarkHome(b *testing.B) {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(b.TempDir(), "office.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	size := sample.Default(analysis.DayOf(at))
	size.Groups = 4350
	if err := sample.Load(ctx, db, size, at); err != nil {
		b.Fatal(err)
	}
	final := Request{Key: "final", Actor: analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.PartnerRole)}, At: at}
	segments := Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	if _, err := segments.Draft(ctx, final); err != nil {
		b.Fatal(err)
	}
	final.Key = "final for good"
	if _, err := segments.Finalize(ctx, final); err != nil {
		b.Fatal(err)
	}
	dir := NewDirectory(db)
	if err := dir.Refresh(ctx); err != nil {
		b.Fatal(err)
	}
	signals := &Signals{Portfolio: db, Revenue: db, Invoiced: db}
	o := &office{TB: b, db: db, dir: dir, registry: New(Needs{Clients: db, Revenue: db, Managers: db, Segments: db, Settings: db, Portfolio: db, Roster: db,
		Writer: db, Directory: dir, Attention: db, Touches: db, Absences: db, Digests: db, Letters: db, Signals: signals, Now: func() time.Time { return at }})}
	managers, err := db.AllManagers(ctx)
	if err != nil || len(managers) == 0 {
		b.Fatal(managers, err)
	}
	dice := rand.New(rand.NewPCG(1, 1))
	var took, pressed []time.Duration
	b.ResetTimer()
	for n := range b.N {
		m := managers[dice.IntN(len(managers))]
		actor := func(r *Request) {
			r.Actor = analysis.Actor{User: analysis.UserID("U" + m.Name), Roles: analysis.RolesOf(analysis.ManagerRole), Manager: m.ID}
			r.Channel = Channel{}
		}
		began := time.Now()
		reply, err := o.ask("home", HomeOpened, actor)
		took = append(took, time.Since(began))
		if err != nil || reply.Home == nil {
			b.Fatal(err)
		}
		value := doneButton(b, reply)
		if n%10 != 0 || value == "" {
			continue
		}
		began = time.Now()
		reply, err = o.ask("attention.done", Action, func(r *Request) { actor(r); r.Value = value })
		pressed = append(pressed, time.Since(began))
		if err != nil || reply.Home == nil {
			b.Fatalf("pressing: %v", err)
		}
	}
	quantile := func(took []time.Duration, q float64) float64 {
		if slices.Sort(took); len(took) == 0 {
			return 0
		}
		return float64(took[min(len(took)-1, int(q*float64(len(took))))]) / float64(time.Millisecond)
	}
	b.ReportMetric(float64(dir.Size(b.Context())), "clients")
	b.ReportMetric(quantile(took, .5), "p50_ms")
	b.ReportMetric(quantile(took, .99), "p99_ms")
	b.ReportMetric(quantile(pressed, .99), "pressed_p99_ms")
}

// doneButton is the value of the first *Gedaan* of a Home tab; "" for none.
func doneButton(t testing.TB, reply Reply) string {
	t.Helper()
	shown := jsonOf(t, reply.Home.Blocks)
	_, after, ok := strings.Cut(shown, `"attention.done.v1"`)
	if !ok {
		return ""
	}
	_, after, _ = strings.Cut(after, `"value":"`)
	value, _, _ := strings.Cut(after, `"`)
	return strings.ReplaceAll(value, `\u0026`, "&")
}
