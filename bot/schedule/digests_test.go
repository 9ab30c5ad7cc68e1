package schedule

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// people is a workspace of whom the test says.
type people []commands.Colleague

func (p people) Colleagues(context.Context) ([]commands.Colleague, error) { return p, nil }

func (p people) Colleague(_ context.Context, user analysis.UserID) (commands.Colleague, error) {
	for _, who := range p {
		if who.User == user {
			return who, nil
		}
	}
	return commands.Colleague{}, errors.New("not there")
}

// bureau is an office with two managers on real SQLite, whose digests are
// written without asking what is due: that is commands' business.
type bureau struct {
	*testing.T
	db   *sqlstore.DB
	who  people
	sent []commands.Receiver // in order, each key once
}

func newBureau(t *testing.T) *bureau {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "office.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s, err := db.Stage(t.Context(), storage.ImportOptions{Kind: analysis.ImportClients, File: "k.csv", At: in(t, "UTC", "2026-11-01 09:00")})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var clients []analysis.StagedClient
	for _, name := range []string{"anna", "piet"} {
		clients = append(clients, analysis.StagedClient{ManagerEmail: name + "@kantoor.example", Client: analysis.Client{Number: name, Name: name,
			FTE: -1, Balance: -1, Elsewhere: -1, Since: analysis.NoDay, Until: analysis.NoDay, Status: analysis.Current}})
	}
	if err := s.AddClients(t.Context(), clients); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(t.Context()); err != nil {
		t.Fatal(err)
	}
	b := &bureau{T: t, db: db}
	for i, name := range []string{"anna", "piet"} {
		b.who = append(b.who, commands.Colleague{User: analysis.UserID([]string{"UA", "UP"}[i]), Email: name + "@Kantoor.example",
			Lang: locale.Dutch, Zone: in(t, "Europe/Amsterdam", "2026-11-01 09:00").Location(), Full: true})
	}
	return b
}

// process is one of the processes that look at the clock.
func (b *bureau) process() *Digests {
	return &Digests{Managers: b.db, Choices: b.db, Colleagues: b.who, Store: b.db, Looked: b.db, Queue: func(ctx context.Context, at time.Time, to []commands.Receiver) (int, error) {
		n := 0
		err := b.db.Write(ctx, func(tx storage.Tx) error {
			for _, r := range to {
				added, err := tx.Enqueue(ctx, storage.LedgerEntry{Key: "digest/" + string(r.User) + "/" + r.Week.String(), Kind: "digest", User: r.User, At: at, Due: at})
				if err != nil {
					return err
				}
				if added {
					b.sent, n = append(b.sent, r), n+1
				}
			}
			return nil
		})
		return n, err
	}}
}

// look lets p look at the clock and expects the digests of weeks for UA.
func (b *bureau) look(p *Digests, at time.Time, weeks ...string) {
	b.Helper()
	b.sent = nil
	if err := p.Run(b.Context(), at); err != nil {
		b.Fatal(err)
	}
	var got []string
	for _, r := range b.sent {
		if r.User == "UA" {
			got = append(got, r.Week.String())
		}
	}
	if len(got) != len(weeks) || len(got) > 0 && got[0] != weeks[0] {
		b.Errorf("%s: digests of %v, want %v", at.Format("2006-01-02 15:04"), got, weeks)
	}
}

// TestNothingDue: who had nothing due is not planned for again in the same week,
// also by a program that starts later, and next week as always. A week of which it
// is not known that it was looked at is.
func TestNothingDue(t *testing.T) {
	b := newBureau(t)
	b.look(b.process(), b.amsterdam("2026-11-17 10:00"))
	planned, fails := 0, true
	idle := func() *Digests {
		p := b.process()
		p.Queue = func(context.Context, time.Time, []commands.Receiver) (int, error) {
			planned++
			if fails {
				return 0, errors.New("no room on the disk")
			}
			return 0, nil
		}
		return p
	}
	p := idle()
	if err := p.Run(t.Context(), b.amsterdam("2026-11-23 08:30")); err == nil || planned != 1 {
		t.Fatalf("planned %d times, %v", planned, err)
	}
	fails = false
	for _, step := range []struct {
		p    *Digests
		at   string
		want int
	}{{p, "2026-11-23 08:31", 2}, {p, "2026-11-23 08:32", 2}, {idle(), "2026-11-25 14:00", 2}, {idle(), "2026-11-29 23:59", 2}, {idle(), "2026-11-30 08:30", 3}} {
		if _, err := b.db.Prune(t.Context(), b.amsterdam(step.at).Add(-25*time.Hour)); err != nil {
			t.Fatal(err)
		}
		if err := step.p.Run(t.Context(), b.amsterdam(step.at)); err != nil || planned != step.want {
			t.Errorf("%s: planned %d times, want %d, %v", step.at, planned, step.want, err)
		}
	}
	// Nothing went out that should not: what is due now is for next Monday.
	b.look(b.process(), b.amsterdam("2026-12-02 09:00"))
	b.look(b.process(), b.amsterdam("2026-12-07 08:30"), "2026-W50")
}

func (b *bureau) amsterdam(at string) time.Time { return in(b.T, "Europe/Amsterdam", at) }

// TestDigests is a year in the life of Anna's digest.
func TestDigests(t *testing.T) {
	b := newBureau(t)
	p := b.process()
	// A first start sends nothing, also when it is on Tuesday.
	b.look(p, b.amsterdam("2026-11-17 10:00"))
	b.look(p, b.amsterdam("2026-11-17 10:01"))
	b.look(p, b.amsterdam("2026-11-23 08:29"))
	b.look(p, b.amsterdam("2026-11-23 08:30"), "2026-W48")
	// Again, in another process, after a restart, and after the clock was put back.
	b.look(p, b.amsterdam("2026-11-23 08:31"))
	b.look(b.process(), b.amsterdam("2026-11-23 08:31"))
	b.look(p, b.amsterdam("2026-11-23 08:00"))
	b.look(p, b.amsterdam("2026-11-23 08:30"))
	// Three weeks of downtime are caught up by one digest.
	b.look(b.process(), b.amsterdam("2026-12-16 15:00"), "2026-W51")
	// Who moves west after it has no second one, who moves east has theirs sooner.
	b.who[0].Zone = in(t, "America/New_York", "2026-11-01 09:00").Location()
	b.look(b.process(), b.amsterdam("2026-12-21 14:29"))
	b.look(b.process(), b.amsterdam("2026-12-21 14:30"), "2026-W52")
	b.who[0].Zone = in(t, "Asia/Tokyo", "2026-11-01 09:00").Location()
	b.look(b.process(), b.amsterdam("2026-12-21 15:00"))
	b.look(b.process(), b.amsterdam("2026-12-28 00:30"), "2026-W53")
	b.who[0].Zone = b.amsterdam("2026-11-01 09:00").Location()
	b.look(b.process(), b.amsterdam("2026-12-28 08:30"))
	// Another day counts from when it was chosen.
	b.choose("UA", b.amsterdam("2027-01-06 10:00"), func(c *storage.DigestChoice) { c.Weekday = 3 })
	b.look(b.process(), b.amsterdam("2027-01-06 10:01"))
	b.look(b.process(), b.amsterdam("2027-01-13 08:30"), "2027-W02")
	b.choose("UA", b.amsterdam("2027-01-14 10:00"), func(c *storage.DigestChoice) { c.Stopped = true })
	b.look(b.process(), b.amsterdam("2027-01-27 09:00"))
	// Who left, and who was made a guest, gets none.
	b.choose("UA", b.amsterdam("2027-01-28 10:00"), func(c *storage.DigestChoice) { c.Stopped = false })
	b.who[0].Full = false
	b.look(b.process(), b.amsterdam("2027-02-03 09:00"))
	b.who[0].Full = true
	b.look(b.process(), b.amsterdam("2027-02-03 09:01"), "2027-W05")
}

func (b *bureau) choose(user analysis.UserID, at time.Time, change func(*storage.DigestChoice)) {
	b.Helper()
	c, err := b.db.Digest(b.Context(), user)
	if err != nil {
		b.Fatal(err)
	}
	change(&c)
	c.At = at
	if err := b.db.Write(b.Context(), func(tx storage.Tx) error { return tx.ChooseDigest(b.Context(), c) }); err != nil {
		b.Fatal(err)
	}
}

// TestDigestsAtOnce: of eight processes that look at the same moment, each
// digest is written by one.
func TestDigestsAtOnce(t *testing.T) {
	b := newBureau(t)
	b.look(b.process(), b.amsterdam("2026-11-17 10:00"))
	var all sync.WaitGroup
	for range 8 {
		p := b.process()
		all.Go(func() {
			if err := p.Run(t.Context(), b.amsterdam("2026-11-23 09:00")); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if len(b.sent) != 2 {
		t.Errorf("%d digests for two people", len(b.sent))
	}
}

// TestRetention: what is older than eight weeks becomes a stub in the night, a
// few a minute, and at a start in daytime.
func TestRetention(t *testing.T) {
	b := newBureau(t)
	old := b.amsterdam("2026-09-01 08:30")
	err := b.db.Write(t.Context(), func(tx storage.Tx) error {
		for i := range stubsEach + 5 {
			if _, err := tx.Enqueue(t.Context(), storage.LedgerEntry{Key: string(rune('a' + i)), Kind: "digest", User: "UA", At: old, Due: old}); err != nil {
				return err
			}
		}
		for _, day := range []string{"2026-08-20 12:00", "2026-08-25 12:00"} {
			if _, err := tx.AddReflection(t.Context(), session.Reflection{User: "UA", At: b.amsterdam(day)}); err != nil {
				return err
			}
		}
		for _, day := range []string{"2026-09-20 12:00", "2026-10-20 12:00"} {
			if _, err := tx.AddQuestion(t.Context(), storage.Question{Request: day, Channel: "C1", Thread: "1", User: "UA", Intent: "help", At: b.amsterdam(day)}); err != nil {
				return err
			}
		}
		_, err := tx.Enqueue(t.Context(), storage.LedgerEntry{Key: "new", Kind: "digest", User: "UA", At: b.amsterdam("2026-11-16 08:30"), Due: old})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := b.db.Claim(t.Context(), "test", old.Add(time.Hour), old.Add(2*time.Hour), 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := b.db.MarkSent(t.Context(), e.ID, "1.1"); err != nil {
			t.Fatal(err)
		}
	}
	marked := 0
	r := &Retention{Kinds: []string{"digest"}, Store: b.db, Zone: old.Location(), Stubbed: func() { marked++ }}
	stubbed := func() (n int) {
		for _, e := range entries {
			if now, err := b.db.Entry(t.Context(), e.Key); err == nil && now.Stubbed {
				n++
			}
		}
		return n
	}
	for _, step := range []struct {
		at          string
		want        int
		reflections int
		questions   int
	}{{"2026-11-20 01:59", 0, 2, 2}, {"2026-11-20 02:00", stubsEach, 1, 1}, {"2026-11-20 02:01", stubsEach + 5, 1, 1}, {"2026-11-20 12:00", stubsEach + 5, 1, 1}, {"2027-02-01 15:00", stubsEach + 6, 0, 0}} {
		if err := r.Run(t.Context(), b.amsterdam(step.at)); err != nil {
			t.Fatal(err)
		}
		if got := stubbed(); got != step.want {
			t.Errorf("%s: %d stubs, want %d", step.at, got, step.want)
		}
		if left, err := b.db.OwnReflections(t.Context(), "UA"); err != nil || len(left) != step.reflections {
			t.Errorf("%s: %d reflections, %v; want %d", step.at, len(left), err, step.reflections)
		}
		if left, err := b.db.AskedIn(t.Context(), "C1", "1", time.Time{}); err != nil || left != step.questions {
			t.Errorf("%s: %d questions, %v; want %d", step.at, left, err, step.questions)
		}
	}
	if marked != 3 {
		t.Errorf("told %d times", marked)
	}
}

// TestClock: a task runs once a minute of business time, also when it jumps in
// either direction, and one that panics or fails does not stop the others.
func TestClock(t *testing.T) {
	var mu sync.Mutex
	now := time.Date(2026, 11, 21, 9, 0, 30, 0, time.UTC)
	set := func(at time.Time) { mu.Lock(); now = at; mu.Unlock() }
	ran := make(chan time.Time, 10)
	c := Clock{Every: time.Millisecond, Log: slog.New(slog.DiscardHandler), Now: func() time.Time { mu.Lock(); defer mu.Unlock(); return now },
		Tasks: []Task{{"panics", func(context.Context, time.Time) error { panic("x") }}, {"fails", func(context.Context, time.Time) error { return errors.New("x") }},
			{"runs", func(_ context.Context, at time.Time) error { ran <- at; return nil }}}}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); c.Run(ctx) }()
	for _, at := range []time.Time{now, now.Add(time.Minute), now.Add(21 * 24 * time.Hour), now.Add(-time.Hour)} {
		set(at)
		if got := <-ran; !got.Equal(at) {
			t.Errorf("ran at %s, want %s", got, at)
		}
	}
	set(now.Add(time.Second)) // the same minute
	time.Sleep(20 * time.Millisecond)
	cancel()
	<-done
	if len(ran) > 0 {
		t.Errorf("ran again at %s", <-ran)
	}
}
