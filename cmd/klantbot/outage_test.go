package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/storage/postgres/pgtest"
)

// TestServerRestarts has somebody look clients up while their PostgreSQL server is
// killed and started again: the same bot goes on, every command that it took is
// answered with the card, and stands in the audit once. After that it still hears of
// names that another process brings, which it does not ask for here.
func TestServerRestarts(t *testing.T) {
	t.Parallel()
	server := pgtest.NewServer(t, nil)
	server.Run("postgres", `CREATE DATABASE office`)
	dsn := server.URL("postgres", "office")
	if err := furnishSample(dsn); err != nil {
		t.Fatal(err)
	}
	st := newStage(t, dsn, manyChannels)
	st.tempo.refresh = time.Hour
	st.start()
	taken, typed := map[string]bool{}, 0
	for i, number := range clientNumbers(t, dsn, 18) {
		switch i {
		case 6, 12:
			server.Kill()
		case 7, 13:
			server.Start() // one was typed while it was away, and is refused
		}
		typed++
		if err := st.slack.Command("U01", channelOf(0), "/klant", number); err == nil {
			taken[number] = true
		}
	}
	if len(taken) == 0 {
		t.Fatalf("nothing was taken\n%s", tail(st.log.String()))
	}
	st.await(fmt.Sprintf("%d cards", len(taken)), func() bool {
		answered := map[string]bool{}
		for _, m := range st.slack.Messages(channelOf(0), "U01") {
			if _, rest, ok := strings.Cut(readable(m), "nr. "); ok {
				answered[strings.Fields(rest)[0]] = true
			}
		}
		for number := range taken {
			if !answered[number] {
				return false
			}
		}
		return true
	})
	if left := settled(t, dsn); left != "" {
		t.Errorf("not settled: %s\n%s", left, tail(st.log.String()))
	}
	checkAudit(t, dsn, len(taken), typed)
	verb(t, "import", write(t, "clients.csv", "Klantnummer;Naam\r\n9901;Nieuwkomer Zonder Weerga B.V.\r\n"), "--db", dsn)
	for deadline := time.Now().Add(patience); ; time.Sleep(200 * time.Millisecond) {
		_ = st.slack.Command("U02", channelOf(1), "/klant", "9901") // who is not answered types it again
		if all := st.slack.Messages(channelOf(1), "U02"); strings.Contains(fmt.Sprint(all), "Nieuwkomer Zonder Weerga") {
			break
		} else if time.Now().After(deadline) {
			t.Fatalf("the name that another process brought is not found; it sees\n%s\n%s", tail(fmt.Sprint(all)), tail(st.log.String()))
		}
	}
}
