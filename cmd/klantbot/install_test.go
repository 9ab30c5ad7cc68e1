package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"os"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/bot/slackhttp"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// TestInstalledOverTheWeb: an office without a token installs the app in a browser,
// the token is sealed in the database, and the bot answers with it at once.
func TestInstalledOverTheWeb(t *testing.T) {
	path := sampleDB(t)
	st := newWebStage(t, path)
	for name, value := range map[string]string{"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": st.slack.SigningSecret(),
		"SLACK_CLIENT_ID": st.slack.ClientID(), "SLACK_CLIENT_SECRET": st.slack.ClientSecret(), "SLACK_API_URL": st.server.URL + "/api/",
		"KLANTBOT_TEAM": "T0KANTOOR", "KLANTBOT_URL": st.front.URL, "KLANTBOT_LISTEN": "127.0.0.1:0",
		"KLANTBOT_KEY": base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))} {
		t.Setenv(name, value)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	db, err := openStore(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	verb := &serveCmd{}
	in, err := verb.road()
	if err != nil {
		t.Fatal(err)
	}
	if in.install, err = configuredInstallation(db, in); err != nil {
		t.Fatal(err)
	}
	s := &session{ctx: ctx, out: io.Discard, errs: st.log, lang: "nl", at: asOf}
	ended := make(chan error, 1)
	begin := func(ready func()) {
		in.listener = st.road().listener // the front knows where
		sv := service{db: db, in: in, apiURL: st.server.URL + "/api/", admin: string(administrator), now: st.slack.Now, ready: ready,
			log: slog.New(slog.NewTextHandler(st.log, nil))}
		go func() { ended <- verb.once(s, sv) }()
	}
	begin(nil)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Client{Jar: jar, Timeout: patience}).Get(st.front.URL + slackhttp.Install)
	if err != nil {
		t.Fatal(err)
	}
	said, _ := io.ReadAll(resp.Body)
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK || !strings.Contains(string(said), "Klantbot is geïnstalleerd") || !strings.Contains(string(said), "Klantbot is installed") {
		t.Fatalf("%d %s\n%s", resp.StatusCode, said, st.log)
	}
	if err := <-ended; !errors.Is(err, errInstalled) {
		t.Fatalf("it ended with %v", err)
	}
	for _, file := range []string{path, path + "-wal"} {
		if raw, _ := os.ReadFile(file); bytes.Contains(raw, []byte(st.slack.BotToken())) {
			t.Errorf("%s holds the token as it is", file)
		}
	}

	ready := make(chan struct{})
	begin(func() { close(ready) })
	select {
	case <-ready:
	case err := <-ended:
		t.Fatalf("it ended with %v\n%s", err, st.log)
	case <-time.After(patience):
		t.Fatalf("it never served\n%s", st.log)
	}
	if err := st.slack.Verify(ctx); err != nil {
		t.Fatal(err)
	}
	if err := st.line("U01 #kantoor> /klant Jansen"); err != nil {
		t.Fatal(err)
	}
	neverLogged(t, st)
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}

	t.Setenv("KLANTBOT_KEY", strings.Repeat("ab", 32))
	other, err := newSealer()
	if err != nil {
		t.Fatal(err)
	}
	var known *analysis.Error
	if token, err := other.open(t.Context(), db, keptToken); token != "" || !errors.As(err, &known) || known.Key != "config.other_key" {
		t.Errorf("with another key: %v", err)
	}
}

// TestSealed: a sealed secret stands only under its own name, and only a whole key is
// a key.
func TestSealed(t *testing.T) {
	t.Setenv("KLANTBOT_KEY", strings.Repeat("0f", 32))
	s, err := newSealer()
	if err != nil {
		t.Fatal(err)
	}
	db, err := openStore(t.Context(), t.TempDir()+"/office.db")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := errors.Join(s.keep(t.Context(), db, "a", "xoxb-1", asOf), s.keep(t.Context(), db, "a", "xoxb-2", asOf), s.keep(t.Context(), db, "b", "xoxb-3", asOf)); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a": "xoxb-2", "b": "xoxb-3", "c": ""} {
		if got, err := s.open(t.Context(), db, name); got != want || err != nil {
			t.Errorf("%s is %q (%v)", name, got, err)
		}
	}
	kept, err := db.Setting(t.Context(), secretSetting("b"))
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(kept.Value, []byte("xoxb")) {
		t.Error("it is not sealed")
	}
	swap(t, db, secretSetting("a"), kept.Value)
	if got, err := s.open(t.Context(), db, "a"); got != "" || err == nil {
		t.Errorf("another's secret was taken: %v", err)
	}
	for _, wrong := range []string{"short", strings.Repeat("ab", 31), strings.Repeat("!", 43), base64.StdEncoding.EncodeToString(make([]byte, 33))} {
		t.Setenv("KLANTBOT_KEY", wrong)
		if _, err := newSealer(); err == nil || strings.Contains(err.Error(), wrong) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
}

// TestRoads: which settings lead where, and the sentence that names what is missing.
func TestRoads(t *testing.T) {
	for _, c := range []struct {
		app, secret, listen string
		http                bool
		over                string // or the setting that is missing
	}{
		{"xapp", "", "", false, "socket"},
		{"xapp", "s", "127.0.0.1:1", false, "socket"},
		{"xapp", "s", "127.0.0.1:1", true, "http"},
		{"", "s", "127.0.0.1:1", false, "http"},
		{"", "", "", false, "SLACK_APP_TOKEN"},
		{"", "", "127.0.0.1:1", true, "SLACK_SIGNING_SECRET"},
		{"", "s", "", false, "KLANTBOT_LISTEN"},
		{"xapp", "s", "", true, "KLANTBOT_LISTEN"},
	} {
		t.Setenv("SLACK_APP_TOKEN", c.app)
		t.Setenv("SLACK_SIGNING_SECRET", c.secret)
		t.Setenv("KLANTBOT_LISTEN", c.listen)
		in, err := (&serveCmd{HTTP: c.http}).road()
		got := map[bool]string{true: "http", false: "socket"}[in.secret != ""]
		var missing *analysis.Error
		if errors.As(err, &missing) {
			got, _ = missing.Args["name"].(string)
		} else if (in.appToken == "") != (got == "http") {
			t.Errorf("%+v has both or neither", c)
		}
		if got != c.over {
			t.Errorf("%+v leads over %s", c, got)
		}
	}
}

// swap puts value in the place of a setting.
func swap(t *testing.T, db *sqlstore.DB, key string, value []byte) {
	t.Helper()
	before, err := db.Setting(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Write(t.Context(), func(tx storage.Tx) error {
		return tx.Set(t.Context(), storage.Setting{Key: key, Version: before.Version, Value: value, At: asOf})
	})
	if err != nil {
		t.Fatal(err)
	}
}
