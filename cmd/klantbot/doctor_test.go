package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/bot/workspace"
	"klantbot/storage"
)

// diagnosis is what doctor said, by the name of the check.
type diagnosis map[string]check

// ill lists the checks that failed, and unlooked those that were not made.
func (s diagnosis) ill() (ill, unlooked string) {
	for _, name := range []string{"database", "schema", "trail", "messages", "names", "disk", "backups", "zone", "bot_token", "app_token", "scopes", "clock", "metadata", "model"} {
		switch c, there := s[name]; {
		case !there:
			ill += name + " is absent "
		case !c.OK:
			ill += name + " "
		case !c.Checked:
			unlooked += name + " "
		}
	}
	return strings.TrimSpace(ill), strings.TrimSpace(unlooked)
}

// doctor runs the verb as a program of its own, so that it has its own environment,
// and holds of every answer what must always be.
func doctor(t *testing.T, env []string, args ...string) diagnosis {
	t.Helper()
	cmd := program(t, append([]string{"SLACK_BOT_TOKEN=", "SLACK_APP_TOKEN=", "OPENAI_MODEL="}, env...), append([]string{"doctor", "--json", "--lang=en"}, args...)...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	_ = cmd.Run() // its status is looked at
	var answer struct {
		OK     bool
		Checks []check
		Error  *struct{ Kind, Message string }
	}
	d := json.NewDecoder(bytes.NewReader(out.Bytes()))
	if err := d.Decode(&answer); err != nil || d.More() {
		t.Fatalf("it printed no single object: %v\n%s%s", err, &out, &errs)
	}
	status := cmd.ProcessState.ExitCode()
	if answer.OK != (status == done) || answer.OK != (answer.Error == nil) || answer.OK != (errs.Len() == 0) || strings.Count(errs.String(), "\n") > 1 {
		t.Errorf("ok %v, status %d, error %v, said %q", answer.OK, status, answer.Error, &errs)
	}
	all, well := diagnosis{}, true
	for _, c := range answer.Checks {
		if _, twice := all[c.Name]; twice {
			t.Errorf("%s is there twice", c.Name)
		}
		all[c.Name], well = c, well && c.OK
		if c.Message == "" || strings.HasPrefix(c.Message, "doctor.") || strings.Contains(c.Message, "{") || (!c.OK || !c.Checked) && (c.Todo == "" || strings.HasPrefix(c.Todo, "doctor.")) {
			t.Errorf("%s does not say what is the matter and what to do: %+v", c.Name, c)
		}
	}
	if well != answer.OK {
		t.Errorf("ok %v with %+v", answer.OK, answer.Checks)
	}
	for _, line := range env {
		name, value, _ := strings.Cut(line, "=")
		if secret := strings.HasSuffix(name, "_TOKEN") || strings.HasSuffix(name, "_KEY"); secret && value != "" && strings.Contains(out.String()+errs.String(), value) {
			t.Errorf("%s stands in what it said", name)
		}
	}
	return all
}

func wantIll(t *testing.T, what string, got diagnosis, ill, unlooked string) {
	t.Helper()
	if a, b := got.ill(); a != ill || b != unlooked {
		t.Errorf("%s: ill %q, want %q; not looked at %q, want %q", what, a, ill, b, unlooked)
		for _, c := range got {
			if !c.OK {
				t.Logf("%s: %s", c.Name, c.Message)
			}
		}
	}
}

func wantSays(t *testing.T, c check, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(c.Message, w) {
			t.Errorf("%s says %q, without %q", c.Name, c.Message, w)
		}
	}
}

// tokens is the environment that leads to the stage's workspace.
func (st *stage) tokens() []string {
	return []string{"SLACK_BOT_TOKEN=" + st.slack.BotToken(), "SLACK_APP_TOKEN=" + st.slack.AppToken(), "SLACK_API_URL=" + st.server.URL + "/api/"}
}

// backedUp is a folder with a backup of the database at path.
func backedUp(t *testing.T, path string) string {
	t.Helper()
	dir := t.TempDir()
	if _, status := verb(t, "backup", filepath.Join(dir, "office.db"), "--db="+path); status != done {
		t.Fatal("no backup")
	}
	return dir
}

// An office that is well, with everything there is to look at.
func TestDoctorWell(t *testing.T) {
	t.Parallel()
	st := newStage(t, sampleDB(t))
	st.start()
	channel := st.channel("U01", "#kantoor")
	enqueueIn(t, st.dsn, storage.LedgerEntry{Key: "share/doctor", Kind: "client.card", Channel: analysis.ChannelID(channel), Lang: "nl", Client: 1, Author: "U01", At: asOf, Due: asOf})
	st.await("the card", func() bool { return st.newest("U01", channel, 1).TS != "" })
	st.stop()
	backups := "--backups=" + backedUp(t, st.dsn)
	before := st.newest("U01", channel, 1)
	got := doctor(t, st.tokens(), "--db="+st.dsn, backups)
	wantIll(t, "a whole office", got, "", "")
	wantSays(t, got["metadata"], "1 of 1")
	if after := st.newest("U01", channel, 1); after.TS != before.TS {
		t.Error("it posted something without being asked")
	}
	got = doctor(t, st.tokens(), "--db="+st.dsn, backups, "--post="+partnerMail(t, st))
	wantIll(t, "with a message", got, "", "")
	if m := st.newest("U01", st.channel("U01", "dm"), 1); m.TS != "" {
		t.Errorf("its message was left behind:\n%s", readable(m))
	}
}

// Without tokens it says what it could not look at, which is no failure.
func TestDoctorWithoutTokens(t *testing.T) {
	t.Parallel()
	got := doctor(t, nil, "--db="+sampleDB(t))
	wantIll(t, "no tokens", got, "", "backups bot_token app_token scopes clock metadata")
	out, _, status := printed(t, "doctor", "--db="+sampleDB(t), "--lang=en")
	if status != done || !strings.Contains(out, "✓ database") || !strings.Contains(out, "– scopes") {
		t.Errorf("status %d\n%s", status, out)
	}
}

// What can be the matter with Slack.
func TestDoctorOfSlack(t *testing.T) {
	t.Parallel()
	db := sampleDB(t)
	play := func(name string, ill, unlooked string, prepare func(*stage) []string, change ...func(*workspace.Config)) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			st := newStage(t, db, change...)
			wantIll(t, name, doctor(t, prepare(st), "--db="+db), ill, unlooked)
		})
	}
	faults := func(f workspace.Faults) func(*stage) []string {
		return func(st *stage) []string {
			if err := st.slack.SetFaults(f); err != nil {
				st.t.Fatal(err)
			}
			return st.tokens()
		}
	}
	const none = "scopes clock metadata"
	play("nothing sent yet", "", "backups metadata", (*stage).tokens)
	play("wrong bot token", "bot_token", "backups "+none, func(st *stage) []string { return append(st.tokens(), "SLACK_BOT_TOKEN=xoxb-wrong") })
	play("wrong app token", "app_token", "backups metadata", func(st *stage) []string { return append(st.tokens(), "SLACK_APP_TOKEN=xapp-wrong") })
	play("the tokens mixed up", "bot_token app_token", "backups "+none, func(st *stage) []string {
		return append(st.tokens(), "SLACK_BOT_TOKEN="+st.slack.AppToken(), "SLACK_APP_TOKEN="+st.slack.BotToken())
	})
	play("no app token", "", "backups app_token metadata", func(st *stage) []string { return append(st.tokens(), "SLACK_APP_TOKEN=") })
	play("an address that is none", "bot_token", "backups app_token "+none, func(st *stage) []string { return append(st.tokens(), "SLACK_API_URL=slack") })
	play("offline", "bot_token app_token", "backups "+none, func(st *stage) []string { return append(st.tokens(), "SLACK_API_URL=http://127.0.0.1:1/api/") })
	play("failing", "bot_token app_token", "backups "+none, faults(workspace.Faults{ServerError: 1}))
	play("no answers", "bot_token app_token", "backups "+none, faults(workspace.Faults{DropAnswer: 1}))
	play("too many", "", "backups bot_token app_token "+none, faults(workspace.Faults{RateLimited: 1, RetryAfter: 60}))
	play("a scope less", "scopes", "backups metadata", (*stage).tokens, withScopes(func(all []string) []string { return all[1:] }))
	play("a scope more", "", "backups metadata", (*stage).tokens, withScopes(func(all []string) []string { return append(all, "channels:manage") }))
	for name, ahead := range map[string]time.Duration{"the clock behind": 5 * time.Minute, "the clock ahead": -5 * time.Minute} {
		play(name, "clock", "backups metadata", func(st *stage) []string { return append(st.tokens(), "SLACK_API_URL="+dated(st, ahead)+"/api/") })
	}
	t.Run("a message to nobody", func(t *testing.T) {
		t.Parallel()
		st := newStage(t, db)
		for _, user := range []string{"nobody@nowhere.example", "U0NIEMAND"} {
			wantIll(t, user, doctor(t, st.tokens(), "--db="+db, "--post="+user), "metadata", "backups")
		}
	})
}

// withScopes changes the scopes that the token has.
func withScopes(change func([]string) []string) func(*workspace.Config) {
	return func(c *workspace.Config) {
		var m map[string]any
		if err := json.Unmarshal(c.Manifest, &m); err != nil {
			panic(err) // it is our own
		}
		bot := m["oauth_config"].(map[string]any)["scopes"].(map[string]any)
		var all []string
		for _, s := range bot["bot"].([]any) {
			all = append(all, s.(string))
		}
		bot["bot"] = change(all)
		c.Manifest, _ = json.Marshal(m)
	}
}

// dated is the workspace with a clock that differs from ours.
func dated(st *stage, by time.Duration) string {
	to, err := url.Parse(st.server.URL)
	if err != nil {
		st.t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(r *http.Response) error {
		r.Header.Set("Date", time.Now().Add(by).UTC().Format(http.TimeFormat))
		return nil
	}
	server := httptest.NewServer(proxy)
	st.t.Cleanup(server.Close)
	return server.URL
}

func partnerMail(t *testing.T, st *stage) string {
	t.Helper()
	for _, u := range cast(theSize()) {
		if u.ID == "U01" && u.Email != "" {
			return u.Email
		}
	}
	t.Fatal("U01 has no e-mail address")
	return ""
}

func enqueueIn(t *testing.T, dsn string, entries ...storage.LedgerEntry) {
	t.Helper()
	db, err := openStore(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Write(t.Context(), func(tx storage.Tx) error {
		for _, e := range entries {
			if _, err := tx.Enqueue(t.Context(), e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Messages that did not arrive are counted by kind and reason, without names; what
// ended long ago is told and is no failure.
func TestDoctorOfMessages(t *testing.T) {
	t.Parallel()
	for name, dsn := range map[string]func(testing.TB) string{"sqlite": sampleDB, "postgres": samplePostgres} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dsn := dsn(t)
			now := time.Now()
			e := func(key string, due time.Time) storage.LedgerEntry {
				return storage.LedgerEntry{Key: key, Kind: "client.card", Channel: "C1", Lang: "nl", Client: 1, At: due, Due: due}
			}
			unlooked := "backups bot_token app_token scopes clock metadata"
			if isPostgres(dsn) {
				unlooked = strings.Replace(unlooked, "backups", "disk backups", 1)
			}
			enqueueIn(t, dsn, e("soon", now.Add(time.Hour)))
			got := doctor(t, nil, "--db="+dsn)
			wantIll(t, "in time", got, "", unlooked)
			wantSays(t, got["erased"], "still being removed")
			if err := statement(t, dsn, `INSERT INTO ledger_file (file, ledger_id, refused) VALUES ('F0ABC', 4711, 'cant_delete_file')`); err != nil {
				t.Fatal(err)
			}
			got = doctor(t, nil, "--db="+dsn)
			wantIll(t, "kept by Slack", got, "", unlooked)
			wantSays(t, got["erased"], "Slack keeps what had to go (retention or forgotten), 1 in all: F0ABC (cant_delete_file)")
			enqueueIn(t, dsn, e("old/1", now.Add(-240*time.Hour)), e("old/2", now.Add(-240*time.Hour)))
			got = doctor(t, nil, "--db="+dsn)
			wantIll(t, "late", got, "messages", unlooked)
			wantSays(t, got["messages"], "2 × client.card wait too long")
			endAll(t, dsn, now.Add(-200*time.Hour))
			got = doctor(t, nil, "--db="+dsn)
			wantIll(t, "ended long ago", got, "", unlooked)
			wantSays(t, got["messages"], "2 × client.card refused by Slack (channel_not_found)")
			enqueueIn(t, dsn, e("new", now.Add(-time.Minute)))
			endAll(t, dsn, now)
			got = doctor(t, nil, "--db="+dsn)
			wantIll(t, "ended now", got, "messages", unlooked)
			wantSays(t, got["messages"], "3 × client.card")
		})
	}
}

// endAll has Slack refuse every message that is due at now.
func endAll(t *testing.T, dsn string, now time.Time) {
	t.Helper()
	db, err := openStore(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	due, err := db.Claim(t.Context(), "t", now, now.Add(time.Minute), 10)
	if err != nil || len(due) == 0 {
		t.Fatalf("nothing to end: %v", err)
	}
	for _, e := range due {
		if err := db.Park(t.Context(), e.ID, storage.Failed, "channel_not_found"); err != nil {
			t.Fatal(err)
		}
	}
}

// What can be the matter with the database and its backups.
func TestDoctorOfDatabase(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	const rest = "backups bot_token app_token scopes clock metadata"
	wantIll(t, "no database", doctor(t, nil, "--db="+filepath.Join(dir, "none.db")), "database", "schema trail messages names "+rest)
	if _, err := os.Stat(filepath.Join(dir, "none.db")); err == nil {
		t.Error("it made a database")
	}
	wantIll(t, "a text", doctor(t, nil, "--db="+write(t, "text.db", "nummer;naam\n")), "database", "schema trail messages names "+rest)
	old := landed(t, "schema_0002.sql")
	before, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	wantIll(t, "an older schema", doctor(t, nil, "--db="+old), "schema", "database trail messages names "+rest)
	if after, err := os.ReadFile(old); err != nil || !bytes.Equal(before, after) {
		t.Errorf("it changed the database: %v", err)
	}
	office := sampleDB(t)
	damaged := filepath.Join(dir, "damaged.db")
	raw, err := os.ReadFile(office)
	if err != nil {
		t.Fatal(err)
	}
	for i := len(raw) / 2 &^ 4095; i < len(raw)/2+40960; i++ {
		raw[i] = 0x5a
	}
	if err := os.WriteFile(damaged, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	if got := doctor(t, nil, "--db="+damaged); got["database"].OK {
		t.Errorf("a damaged database is called sound: %+v", got["database"])
	}
	const slackless = "bot_token app_token scopes clock metadata"
	wantIll(t, "no folder of backups", doctor(t, nil, "--db="+office, "--backups="+filepath.Join(dir, "no")), "backups", slackless)
	wantIll(t, "no backup", doctor(t, nil, "--db="+office, "--backups="+t.TempDir()), "backups", slackless)
	backups := backedUp(t, office)
	wantIll(t, "a backup", doctor(t, nil, "--db="+office, "--backups="+backups), "", slackless)
	twoDays := time.Now().Add(-48 * time.Hour)
	if err := os.Chtimes(filepath.Join(backups, "office.db"), twoDays, twoDays); err != nil {
		t.Fatal(err)
	}
	got := doctor(t, nil, "--db="+office, "--backups="+backups)
	wantIll(t, "an old backup", got, "backups", slackless)
	wantSays(t, got["backups"], "48 hours")
	if err := os.WriteFile(filepath.Join(backups, "half.db"), raw, 0o600); err != nil {
		t.Fatal(err)
	}
	wantIll(t, "a damaged backup", doctor(t, nil, "--db="+office, "--backups="+backups), "backups", slackless)
}

// TestDoctorOfTrail: who changed a line of the trail beside the program, guard and
// all, is found out, and in which batch.
func TestDoctorOfTrail(t *testing.T) {
	t.Parallel()
	office := sampleDB(t)
	db, err := openStore(t.Context(), office)
	if err != nil {
		t.Fatal(err)
	}
	for _, user := range []analysis.UserID{"U1", "U2"} {
		line := storage.AuditLine{At: asOf, User: user, Action: "client.show", Group: 1, Request: string(user)}
		if err := db.Write(t.Context(), func(tx storage.Tx) error { return tx.Audit(t.Context(), line) }); err != nil {
			t.Fatal(err)
		}
		if _, made, err := db.SealAudit(t.Context(), asOf, 1); err != nil || !made {
			t.Fatalf("nothing was sealed: %v", err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if got := doctor(t, nil, "--db="+office)["trail"]; !got.OK {
		t.Errorf("a trail that is whole: %+v", got)
	}
	if _, err := connection(t, office).ExecContext(t.Context(), `DROP TRIGGER audit_changed; UPDATE audit SET user_id = 'U1' WHERE user_id = 'U2'`); err != nil {
		t.Fatal(err)
	}
	got := doctor(t, nil, "--db="+office)["trail"]
	if got.OK {
		t.Errorf("a trail that was changed: %+v", got)
	}
	wantSays(t, got, "from batch 2 on")
}

// landed is a database of an older program.
func landed(t *testing.T, dump string) string {
	t.Helper()
	statements, err := os.ReadFile(filepath.Join(repository(t), "storage", "sqlite", "testdata", dump))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "landed.db")
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(context.Background(), string(statements)+"; PRAGMA journal_mode=WAL"); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDoctorOfSealedToken: a token that was sealed when the app was installed is
// opened with the key at hand, or the sentence says which key is wrong.
func TestDoctorOfSealedToken(t *testing.T) {
	st := newStage(t, sampleDB(t))
	key, other := strings.Repeat("0f", 32), strings.Repeat("ab", 32)
	t.Setenv("KLANTBOT_KEY", key)
	with, err := newSealer()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), st.dsn)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(with.keep(t.Context(), db, keptToken, st.slack.BotToken(), asOf), db.Close()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ key, ill, unlooked, says string }{
		{key, "", "backups metadata", "opens with KLANTBOT_KEY"},
		{other, "bot_token", "backups app_token scopes clock metadata", "another KLANTBOT_KEY"},
		{"short", "bot_token", "backups app_token scopes clock metadata", "openssl rand"},
		{"", "bot_token", "backups app_token scopes clock metadata", "KLANTBOT_KEY is not set"},
	} {
		got := doctor(t, append(st.tokens(), "SLACK_BOT_TOKEN=", "KLANTBOT_KEY="+c.key), "--db="+st.dsn)
		wantIll(t, "key "+c.key, got, c.ill, c.unlooked)
		wantSays(t, got["bot_token"], c.says)
	}
}

// The model endpoint is asked only whether it is there.
func TestDoctorOfModel(t *testing.T) {
	t.Parallel()
	db := sampleDB(t)
	const slackless = "backups bot_token app_token scopes clock metadata"
	for status, ill := range map[int]string{200: "", 404: "", 401: "model", 302: "model", 429: "model", 503: "model"} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method != http.MethodGet || r.URL.Path != "/v1/models" || r.ContentLength > 0 || r.Header.Get("Authorization") != "Bearer sk-geheim" {
				t.Errorf("it asked %s %s", r.Method, r.URL)
			}
			w.Header().Set("Location", "/elsewhere")
			w.WriteHeader(status)
		}))
		got := doctor(t, []string{"OPENAI_MODEL=m", "OPENAI_API_KEY=sk-geheim", "OPENAI_BASE_URL=" + server.URL + "/v1"}, "--db="+db)
		wantIll(t, http.StatusText(status), got, ill, slackless)
		server.Close()
	}
	wantIll(t, "away", doctor(t, []string{"OPENAI_MODEL=m", "OPENAI_BASE_URL=http://127.0.0.1:1/v1"}, "--db="+db), "model", slackless)
	wantIll(t, "by http", doctor(t, []string{"OPENAI_MODEL=m", "OPENAI_BASE_URL=http://192.0.2.1/v1"}, "--db="+db), "model", slackless)
}
