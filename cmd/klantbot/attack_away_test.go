package main

import (
	"bytes"
	"context"
	"database/sql"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// fileAttacks: the files of hostile, which are no lists however they are called.
func fileAttacks(t *testing.T) (all []attack) {
	dsn := smallDB(t)
	before := dump(t, dsn)
	for _, h := range hostile {
		all = append(all, attack{h.name, func(t *testing.T) { refuseFile(t, dsn, h) }})
	}
	return append(all, attack{"and nothing of them is left", func(t *testing.T) {
		if after := dump(t, dsn); after != before {
			t.Errorf("the database changed: %s", firstDifference(before, after))
		}
	}}, attack{"a file named as a path", droppedAsPath})
}

// droppedAsPath sends the bot a file whose name leads elsewhere.
func droppedAsPath(t *testing.T) {
	a := newAssault(t)
	user := "U0BEHEER"
	dm, err := a.slack.DM(user)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "evil.csv")
	for _, name := range []string{elsewhere, "../../../../../.." + elsewhere, "..\\..\\evil.csv", "evil\x00.csv", "<!channel>.csv", "=1+1.csv"} {
		file, err := a.slack.Upload(user, dm, name, []byte("Klantnummer;Naam\n9;Nieuw\n"))
		if err != nil {
			t.Fatal(err)
		}
		version, times := a.version(), a.times()
		out := a.press(deed{on: "file", file: file}.by(user, dm))
		a.at(t, out)
		if a.changed(version, times) {
			t.Errorf("%q was taken over unasked", name)
		}
	}
	if _, err := os.Stat(elsewhere); err == nil {
		t.Error("it was written where its name says")
	}
}

// databaseAttacks: databases that are not this office's, or not this program's.
func databaseAttacks(t *testing.T) []attack {
	refused := func(name string, make func(t *testing.T, path string)) attack {
		return attack{name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "office.db")
			make(t, path)
			before, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{{"client", "Jansen"}, {"export", "touches"}, {"import", write(t, "k.csv", "Klantnummer;Naam\n9;Nieuw\n")}} {
				var out, errs bytes.Buffer
				status := run(context.Background(), append(args, "--db="+path), &out, &errs)
				if status != failed || strings.Count(errs.String(), "\n") != 1 {
					t.Errorf("%v: status %d, %q %q", args, status, &out, &errs)
				}
			}
			// How SQLite writes ahead stands in the first hundred bytes.
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before[100:], after[min(len(after), 100):]) {
				t.Errorf("it was changed: %v", err)
			}
		}}
	}
	ran := func(t *testing.T, path string, statements ...string) {
		db, err := sql.Open("sqlite3", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, s := range statements {
			if _, err := db.Exec(s); err != nil {
				t.Fatal(err)
			}
		}
	}
	return []attack{
		refused("a database of a later program", func(t *testing.T, path string) {
			raw, err := os.ReadFile(smallDB(t))
			if err := firstError(err, os.WriteFile(path, raw, 0o600)); err != nil {
				t.Fatal(err)
			}
			ran(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`, `PRAGMA wal_checkpoint(TRUNCATE)`)
		}),
		refused("a database of another program", func(t *testing.T, path string) {
			ran(t, path, `CREATE TABLE client (id INTEGER, name TEXT)`, `INSERT INTO client VALUES (1, 'Jansen')`)
		}),
		refused("a file that is no database", func(t *testing.T, path string) {
			if err := os.WriteFile(path, bytes.Repeat([]byte("SQLite format 3\x00"), 4096), 0o600); err != nil {
				t.Fatal(err)
			}
		}),
		refused("a database cut in half", func(t *testing.T, path string) {
			raw, err := os.ReadFile(smallDB(t))
			if err := firstError(err, os.WriteFile(path, raw[:len(raw)/2], 0o600)); err != nil {
				t.Fatal(err)
			}
		}),
		{"a backup that is none put in the place of the office", func(t *testing.T) {
			office := smallDB(t)
			before := dump(t, office)
			for _, content := range []string{"", "geen database", "age-encryption.org/v1\n-> X25519 x\n"} {
				var out, errs bytes.Buffer
				if status := run(context.Background(), []string{"restore", write(t, "b.db", content), "--replace", "--db=" + office}, &out, &errs); status != failed {
					t.Errorf("%q: status %d: %s", content, status, &out)
				}
			}
			if after := dump(t, office); after != before {
				t.Errorf("the office changed: %s", firstDifference(before, after))
			}
		}},
	}
}

// addressAttacks: a language model at an address that is none, or leads inside.
func addressAttacks(t *testing.T) (all []attack) {
	st := newStage(t, filepath.Join(t.TempDir(), "office.db"))
	for _, address := range []string{"http://169.254.169.254/latest", "http://[::ffff:169.254.169.254]/", "http://10.0.0.1/v1", "http://192.168.1.1/v1", "http://2130706433/v1",
		"http://0x7f.0.0.1/v1", "http://localhost.evil.example/v1", "http://127.0.0.1@evil.example/v1", "https://jan:geheim@model.example/v1", "https://model.example/v1?key=geheim",
		"file:///etc/passwd", "gopher://model.example/", "//model.example/v1", "https://"} {
		all = append(all, attack{"a model at " + strings.NewReplacer("/", "∕", "geheim", "…").Replace(address), func(t *testing.T) {
			cmd := program(t, []string{"SLACK_BOT_TOKEN=" + st.slack.BotToken(), "SLACK_APP_TOKEN=" + st.slack.AppToken(), "SLACK_API_URL=" + st.server.URL + "/api/",
				"KLANTBOT_DB=" + filepath.Join(t.TempDir(), "office.db"), "OPENAI_MODEL=klein", "OPENAI_API_KEY=geheim-sleutel", "OPENAI_BASE_URL=" + address}, "serve")
			said, err := cmd.CombinedOutput()
			if err == nil || cmd.ProcessState.ExitCode() != failed || strings.Contains(string(said), "geheim") {
				t.Errorf("status %d: %s", cmd.ProcessState.ExitCode(), said)
			}
		}})
	}
	return append(all, attack{"a model that sends us on", func(t *testing.T) {
		var hits atomic.Int64
		trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) }))
		defer trap.Close()
		sends := httptest.NewServer(http.RedirectHandler(trap.URL, http.StatusTemporaryRedirect))
		defer sends.Close()
		cmd := program(t, []string{"OPENAI_MODEL=klein", "OPENAI_API_KEY=geheim-sleutel", "OPENAI_BASE_URL=" + sends.URL}, "doctor", "--db="+smallDB(t))
		said, _ := cmd.CombinedOutput()
		if hits.Load() > 0 || strings.Contains(string(said), "geheim") {
			t.Errorf("it went there %d times: %s", hits.Load(), said)
		}
	}})
}

// pageAttacks: another site has the browser of who tries the program call it.
func pageAttacks(t *testing.T) (all []attack) {
	st := newStage(t, filepath.Join(t.TempDir(), "office.db"))
	for name, c := range map[string]struct {
		method, path, host, origin string
		status                     int
	}{
		"a name that was bound anew":          {http.MethodGet, "/", "evil.example", "", 403},
		"a socket from another site":          {http.MethodGet, "/page/socket?user=U01", "", "https://evil.example", 403},
		"a socket from a site called nothing": {http.MethodGet, "/page/socket?user=U01", "", "null", 403},
		"a file from another site":            {http.MethodPost, "/page/upload?user=U01&channel=C01KANTOOR", "", "https://evil.example", 403},
		"a page outside the pages":            {http.MethodGet, "/%2e%2e/%2e%2e/go.mod", "", "", 404},
		"the socket of the bot, no ticket":    {http.MethodGet, "/socket?ticket=x", "", "", 401},
	} {
		all = append(all, attack{name, func(t *testing.T) {
			r, err := http.NewRequest(c.method, st.server.URL+c.path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if c.host != "" {
				r.Host = c.host
			}
			if c.origin != "" {
				r.Header.Set("Origin", c.origin)
			}
			resp, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != c.status {
				t.Errorf("status %d, want %d", resp.StatusCode, c.status)
			}
		}})
	}
	return all
}
