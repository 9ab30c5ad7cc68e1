package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"klantbot/commands/locale"
)

// importedLines is what an office of 5,000 clients has in five years. Under the
// race detector everything takes some eight times as long, so there it is less.
func importedLines() int {
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return 20_000
	}
	return 100_000
}

// promptly is how long an answer may take beside an import, this machine's other
// work included: what Slack allows until the acknowledgement.
const promptly = 3 * time.Second

// TestKlantWhileImporting types /klant over and over, from before another
// process begins to import 100,000 lines into the same database until after it
// is done: each is acknowledged, answered promptly with what is known at that
// moment, and stands in the audit. On SQLite the import holds the only writer
// while it is applied, and the audit line waits for it.
func TestKlantWhileImporting(t *testing.T) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); typeWhileImporting(t, sampleDB(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); typeWhileImporting(t, samplePostgres(t)) })
}

func typeWhileImporting(t *testing.T, dsn string) {
	file := invoices(t, dsn)
	st := newStage(t, dsn)
	st.serving(t)
	st.await("the bot to connect", func() bool { return st.slack.Connections() > 0 })
	channel := st.channel("U01", "#kantoor")
	typed, longest := 0, time.Duration(0)
	ask := func() {
		t.Helper()
		before := len(st.slack.Messages(channel, "U01"))
		began := time.Now()
		if err := st.slack.Command("U01", channel, "/klant", "1001"); err != nil {
			t.Fatalf("command %d was not acknowledged after %s: %v", typed, time.Since(began), err)
		}
		st.await("the card", func() bool { return len(st.slack.Messages(channel, "U01")) > before })
		if typed++; !strings.Contains(readable(st.newest("U01", channel, 1)), "nr. 1001") {
			t.Fatalf("not the card:\n%s", readable(st.newest("U01", channel, 1)))
		}
		longest = max(longest, time.Since(began))
	}
	ask()
	longest = 0 // the first one reads what later ones know

	importing := program(t, nil, "import", "--db="+dsn, "--source=proef", file)
	var out bytes.Buffer
	importing.Stdout, importing.Stderr = &out, &out
	if err := importing.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- importing.Wait() }()
	began, meanwhile := time.Now(), 0
	for running := true; running; meanwhile++ {
		ask()
		select {
		case err := <-ended:
			if err != nil {
				t.Fatalf("the import failed: %v\n%s", err, &out)
			}
			running = false
		default:
		}
	}
	t.Logf("%d commands within the %s of the import; the longest wait for a card %s", meanwhile, time.Since(began).Round(time.Millisecond), longest.Round(time.Millisecond))
	if meanwhile < 2 {
		t.Errorf("only %d commands ran beside the import", meanwhile)
	}
	if longest > max(promptly, time.Since(began)/2) { // on a busy machine both take longer
		t.Errorf("a card came after %s", longest)
	}
	if !strings.Contains(out.String(), locale.New(locale.Dutch, nil).Number(int64(importedLines()))+" toegevoegd") {
		t.Errorf("the import said\n%s", &out)
	}
	if n := count(t, dsn, `SELECT count(*) FROM audit WHERE action = 'client.show'`); n != typed {
		t.Errorf("%d audit lines of %d cards", n, typed)
	}
}

// invoices writes lines for the clients of dsn.
func invoices(t *testing.T, dsn string) string {
	t.Helper()
	numbers := clientNumbers(t, dsn, 500)
	path := filepath.Join(t.TempDir(), "facturen.csv")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "Klantnummer;Datum;Factuur;Dienst;Bedrag")
	for i := range importedLines() {
		fmt.Fprintf(w, "%s;%02d-%02d-%d;F%d;Proefdienst;%d,%02d\n", numbers[i%len(numbers)], 1+i%28, 1+i/28%12, 2021+i%5, i, 100+i%900, i%100)
	}
	if err := firstError(w.Flush(), f.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}
