package commands

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/view"
	"klantbot/prompts/offline"
	"klantbot/storage/sample"
	"klantbot/storage/sqlite"
)

// BenchmarkSessionFacts is *Feiten* in a session of twelve people with 108 cards, in a
// typical office of 1,850 relatiegroepen: of a segment, of one manager's portfolio and
// of one client. p99-ms is the 99th percentile; cpu-ms is what the processor did for one
// of them, which another's work on the machine does not change.
//
//	go test ./commands -run xxx -bench SessionFacts -benchtime 200x
func BenchmarkSessionFacts(b *testing.B) {
	c, sessions := factsOffice(b, 1850)
	for i, of := range []string{"segment", "portfolio", "client"} {
		b.Run(of, func(b *testing.B) { benchmarkFacts(b, c, sessions[i]) })
	}
}

func benchmarkFacts(b *testing.B, c SessionScreens, s *session.State) {
	var took []time.Duration
	began := processor(b)
	for b.Loop() {
		req := pressing("U1", fmt.Sprint("F", time.Now().UnixNano()), view.SessionValue(s), nil)
		req.Actor.Roles, req.At = analysis.RolesOf(analysis.PartnerRole), at
		began := time.Now()
		if _, err := c.Facts(b.Context(), req); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	b.ReportMetric(float64((processor(b)-began).Microseconds())/1000/float64(len(took)), "cpu-ms")
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
}

// processor is how long the processor worked for this process.
func processor(t testing.TB) time.Duration {
	t.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// factsOffice is the sample office with three such sessions.
func factsOffice(t testing.TB, groups int) (SessionScreens, []*session.State) {
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	size := sample.Default(analysis.DayOf(at))
	size.Groups = groups
	if err := sample.Load(ctx, db, size, at); err != nil {
		t.Fatal(err)
	}
	segments := Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	final := Request{Key: "draft", Actor: analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.PartnerRole)}, At: at}
	if _, err := segments.Draft(ctx, final); err != nil {
		t.Fatal(err)
	}
	final.Key = "final"
	if _, err := segments.Finalize(ctx, final); err != nil {
		t.Fatal(err)
	}
	dir, market := NewDirectory(db), NewMarket(db, db, db, time.Minute)
	if err := dir.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	if err := market.Refresh(ctx, analysis.DayOf(at)); err != nil {
		t.Fatal(err)
	}
	surveys := Survey{Surveys: db, Settings: db, Store: db, Roster: db, Summarizer: offline.Summarizer{}, Mask: func(context.Context) (func(string) string, error) {
		return func(s string) string { return s }, nil
	}}
	n := Needs{Clients: db, Revenue: db, Managers: db, Portfolio: db, Segments: db, Roster: db, Judgements: db, Settings: db, Futures: db, Lifetimes: db,
		Ratings: SurveyRatings{Surveys: db}, Attention: db, Touches: db, Absences: db, Digests: db, Gatherings: db, Writer: db, Directory: dir, Market: market,
		Surveys: surveys, Sessions: db, Letters: db, Now: func() time.Time { return at }}
	managers, err := db.AllManagers(ctx)
	if err != nil {
		t.Fatal(err)
	}
	client := Client{Directory: dir, Cards: cardsOf(n), Store: db}
	c := newSessions(n, client, nil)
	var people []analysis.UserID
	for i := range 12 {
		people = append(people, analysis.UserID(fmt.Sprint("U", i+1)))
	}
	var all []*session.State
	for i, of := range []session.Subject{{Segment: analysis.SegmentB}, {Manager: managers[0].ID}, {Group: 5}} {
		s, err := c.Use.Begin(ctx, pressed("U1", fmt.Sprint("begin", i)), session.Started{Kind: session.Now3Years, Mode: session.Async, Subject: of,
			Facilitator: "U1", Participants: people}, nil)
		if err != nil {
			t.Fatal(err)
		}
		full(t, c.Use, s.ID)
		s, err = c.Use.Read(ctx, s.ID)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	return c, all
}
