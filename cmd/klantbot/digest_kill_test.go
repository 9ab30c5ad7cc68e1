package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage"
	"klantbot/storage/postgres/pgtest"
	"klantbot/storage/sqlstore"
)

// monday is the day of the digests, at noon: half past eight has passed. It is in
// the week in which C and D groups are asked for.
const monday = "2026-12-07"

// TestKilledWhileDigestsGoOut kills `klantbot serve`, of which two share one
// database, over and over while everybody's digest goes out, and while Slack
// drops answers after they took effect, asks to wait and fails. Everybody has
// exactly one digest in the end. Each process plans the week when it starts.
//
// KLANTBOT_KILLS and KLANTBOT_DIGESTS make it longer, and KLANTBOT_REPLICAS is of how
// many processes one is killed:
//
//	KLANTBOT_KILLS=25 KLANTBOT_DIGESTS=2000 go test ./cmd/klantbot -run KilledWhileDigestsGoOut -v -timeout 30m
func TestKilledWhileDigestsGoOut(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		killWhileDigestsGoOut(t, filepath.Join(t.TempDir(), "office.db"))
	})
	t.Run("postgres", func(t *testing.T) { t.Parallel(); killWhileDigestsGoOut(t, pgtest.DSN(t)) })
}

func killWhileDigestsGoOut(t *testing.T, dsn string) {
	kills, digests, processes := number(t, "KLANTBOT_KILLS", 5), number(t, "KLANTBOT_DIGESTS", 120), number(t, "KLANTBOT_REPLICAS", 2)
	peopled(t, dsn, digests)
	st := newStage(t, dsn, func(c *workspace.Config) {
		c.Now = time.Now                                        // what is reconciled is looked for by wall time
		c.AckTimeout, c.TriggerLife, c.NewestWins = 0, 0, false // as Slack is
		for n := range digests {
			c.Users = append(c.Users, workspace.User{ID: digestUser(n), RealName: fmt.Sprint("Manager ", n), Email: digestMail(n)})
		}
	})
	faults := workspace.Faults{DropAnswer: .1, ServerError: .03, RateLimited: .05, RetryAfter: 1}
	if err := st.slack.SetFaults(faults); err != nil {
		t.Fatal(err)
	}
	procs := newReplicas(t, st, processes, "--as-of="+monday)
	began := time.Now()
	pause := time.Duration(digests) * 100 * time.Millisecond / time.Duration(kills) // about as long as it takes
	dice := rand.New(rand.NewPCG(1, 2))
	for n := range kills {
		time.Sleep(pause/4 + time.Duration(dice.Int64N(int64(pause))))
		procs.kill(n % processes)
	}
	killed := time.Since(began)
	leftover := digests - count(t, dsn, `SELECT count(*) FROM ledger WHERE state = 'sent'`)
	left := ""
	for deadline := time.Now().Add(time.Minute + time.Duration(digests)*300*time.Millisecond); ; time.Sleep(200 * time.Millisecond) {
		n, sent := count(t, dsn, `SELECT count(*) FROM ledger`), count(t, dsn, `SELECT count(*) FROM ledger WHERE state = 'sent'`)
		if left = fmt.Sprintf("%d of %d sent, of %d people", sent, n, digests); sent == digests {
			break
		}
		if time.Now().After(deadline) {
			t.Errorf("not settled: %s\n%s", left, tail(procs.logs()))
			break
		}
	}
	lost, twice := 0, 0
	for n := range digests {
		dm, err := st.slack.DM(digestUser(n))
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, m := range st.slack.Messages(dm, digestUser(n)) {
			if strings.Contains(m.Text, "Uw week") {
				got++
			}
		}
		switch {
		case got == 0:
			lost++
		case got > 1:
			twice++
		}
	}
	attempts := count(t, dsn, `SELECT sum(attempts) FROM ledger`)
	t.Logf("%d kills in %s, when %d of %d digests were to go; all settled after %s and %d attempts; %d lost, %d twice",
		kills, killed.Round(time.Second/10), leftover, digests, time.Since(began).Round(time.Second/10), attempts, lost, twice)
	if lost+twice > 0 {
		t.Errorf("%d lost, %d twice", lost, twice)
	}
	if lines := count(t, dsn, `SELECT count(*) FROM audit WHERE action = 'digest.send'`); lines != digests {
		t.Errorf("%d audit lines of %d digests", lines, digests)
	}
}

// tail is the end of a long log.
func tail(log string) string { return log[max(0, len(log)-4000):] }

func digestUser(n int) string { return fmt.Sprintf("UD%04d", n) }

func digestMail(n int) string { return fmt.Sprintf("manager%d@voorbeeld.nl", n) }

// peopled makes an office in dsn in which n managers have one relatiegroep each
// that wants a call every month, and have had digests for a year.
func peopled(t *testing.T, dsn string, n int) {
	t.Helper()
	ctx := t.Context()
	db, err := openStore(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	at := time.Date(2026, 1, 5, 12, 0, 0, 0, time.UTC)
	load(t, db, analysis.ImportClients, at, func(s storage.Staging) error {
		clients := make([]analysis.StagedClient, n)
		for i := range clients {
			clients[i] = analysis.StagedClient{ManagerEmail: digestMail(i), ManagerName: fmt.Sprint("Manager ", i), Client: analysis.Client{
				Number: fmt.Sprintf("%05d", i), Name: fmt.Sprintf("Klant %c%d B.V.", 'A'+i%26, i), FTE: -1, Balance: -1, Elsewhere: -1,
				Since: analysis.NoDay, Until: analysis.NoDay, Status: analysis.Current}}
		}
		return s.AddClients(ctx, clients)
	})
	load(t, db, analysis.ImportRevenue, at, func(s storage.Staging) error {
		lines := make([]analysis.StagedLine, n)
		for i := range lines {
			lines[i] = analysis.StagedLine{Line: i + 1, Number: fmt.Sprintf("%05d", i), Day: analysis.Date(2025, 5, 1), Service: "Jaarrekening",
				ServiceYear: 2024, Amount: analysis.Cents(100000 + i)}
		}
		return s.AddLines(ctx, lines)
	})
	use := commands.Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	req := commands.Request{Key: "draft", Actor: partner, Lang: locale.Dutch, Zone: officeZone(), At: at}
	if _, err := use.Draft(ctx, req); err != nil {
		t.Fatal(err)
	}
	req.Key = "final"
	if _, err := use.Finalize(ctx, req); err != nil {
		t.Fatal(err)
	}
	monthly := []attention.Line{{Segment: analysis.SegmentA, Activity: "telefoongesprek", Kind: attention.Periodic, Touch: analysis.Call, Times: 12, Role: attention.ByManager, Minutes: 15}}
	var groups []analysis.GroupID
	for entry, err := range db.Names(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		groups = append(groups, entry.Group)
	}
	err = db.Write(ctx, func(tx storage.Tx) error {
		for i, group := range groups {
			if err := tx.SetOwnLines(ctx, storage.OwnLines{Group: group, Own: true, Lines: monthly, Reason: "proef", At: at}); err != nil {
				return err
			}
			// Called in October, missed in November, on a day of its own.
			called := analysis.Touch{Group: group, Kind: analysis.Call, Day: analysis.Date(2026, 10, 1+i%5), NextDay: analysis.NoDay, Source: "import", At: at}
			if _, _, err := tx.AddTouch(ctx, called); err != nil {
				return err
			}
		}
		for i := range n {
			c := storage.DefaultDigest(analysis.UserID(digestUser(i)))
			c.At = at
			if err := tx.ChooseDigest(ctx, c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// load runs one import of what fill stages.
func load(t *testing.T, db *sqlstore.DB, kind analysis.ImportKind, at time.Time, fill func(storage.Staging) error) {
	t.Helper()
	ctx := context.Background()
	s, err := db.Stage(ctx, storage.ImportOptions{Kind: kind, File: "test.csv", Source: "facturen", At: at})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := fill(s); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Apply(ctx); err != nil {
		t.Fatal(err)
	}
}
