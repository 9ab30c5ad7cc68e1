package slackapi

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/bot"
)

// filed answers files.info with a file of size bytes at address, whose bytes come
// from give.
func filed(address *string, size int, give http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/api/") {
			give(w, r)
			return
		}
		switch strings.TrimPrefix(r.URL.Path, "/api/") {
		case "files.info":
			says(fmt.Sprintf(`{"ok":true,"file":{"id":"F1","name":"a.csv","size":%d,"user":"U1","ims":["D1"],"url_private_download":%q}}`, size, *address))(w, r)
		case "conversations.open":
			says(`{"ok":true,"channel":{"id":"D1"}}`)(w, r)
		}
	}
}

// left are the temporary files that are still there.
func left(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestFetch: a file is read whole, with the token, and nothing is left of it.
func TestFetch(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	var address string
	var failing atomic.Int64
	failing.Store(2)
	s, api := newServer(t, filed(&address, 4, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer xoxb-1" {
			t.Errorf("asked as %q", r.Header.Get("Authorization"))
		}
		switch failing.Add(-1) {
		case 1:
			w.WriteHeader(502)
		case 0:
			w.Header().Set("Content-Length", "4")
			fmt.Fprint(w, "a;")
			panic(http.ErrAbortHandler) // cut off halfway
		default:
			fmt.Fprint(w, "a;b\n")
		}
	}))
	address = s.URL + "/files-pri/T1-F1/a.csv"
	f, err := api.Fetch(t.Context(), "U1", "F1", 4)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(io.NewSectionReader(f.Content, 0, f.Size))
	if err != nil || string(got) != "a;b\n" || f.Name != "a.csv" {
		t.Errorf("%q is %q, %v", f.Name, got, err)
	}
	if err := f.Content.Close(); err != nil {
		t.Error(err)
	}
	if names := left(t, dir); len(names) > 0 {
		t.Errorf("left behind: %v", names)
	}
}

// TestFetchRefused: what Slack, or somebody in its place, may say instead.
func TestFetchRefused(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	var elsewhere atomic.Int64
	foreign := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	t.Cleanup(foreign.Close)
	page := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, "<!DOCTYPE html><title>Sign in</title>")
	}
	for _, c := range []struct {
		name, address string // empty: the server's own
		user          string
		size          int
		give          http.HandlerFunc
		code          string
		passing       error
	}{
		{name: "sign-in page", give: page, code: bot.FileWithheld},
		{name: "redirect", give: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, foreign.URL, http.StatusFound) }, code: bot.FileWithheld},
		{name: "forbidden", give: status(403), code: bot.FileWithheld},
		{name: "gone", give: status(404), code: "file_not_found"},
		{name: "too large", size: 33, give: says("x"), code: bot.FileTooLarge},
		{name: "larger than it says", give: says("a;b;c"), passing: bot.ErrUncertain},
		{name: "5xx", give: status(503), passing: bot.ErrUncertain},
		{name: "slow", give: hang, passing: bot.ErrUncertain},
		{name: "elsewhere", address: foreign.URL + "/a.csv", give: says("x"), code: bot.FileForeign},
		{name: "own network", address: "http://10.0.0.1/a.csv", give: says("x"), code: bot.FileForeign},
		{name: "Slack's name within another", address: "https://files.slack.com.evil.example/a.csv", give: says("x"), code: bot.FileForeign},
		{name: "Slack without encryption", address: "http://files.slack.com/a.csv", give: says("x"), code: bot.FileForeign},
		{name: "a password in it", address: "https://a:b@files.slack.com/a.csv", give: says("x"), code: bot.FileForeign},
		{name: "no address", address: "%", give: says("x"), code: bot.FileForeign},
	} {
		t.Run(c.name, func(t *testing.T) {
			address, size := c.address, max(c.size, 4)
			s, api := newServer(t, filed(&address, size, c.give))
			api.timeout = 100 * time.Millisecond
			if address == "" {
				address = s.URL + "/files-pri/T1-F1/a.csv"
			}
			f, err := api.Fetch(t.Context(), "U1", "F1", 32)
			if f != nil || bot.Code(err) != c.code || c.passing != nil && !errors.Is(err, c.passing) {
				t.Errorf("%v, want %q %v", err, c.code, c.passing)
			}
		})
	}
	if elsewhere.Load() > 0 {
		t.Error("somebody else was asked for the file")
	}
	if names := left(t, dir); len(names) > 0 {
		t.Errorf("left behind: %v", names)
	}
}

// TestFetchOfOthers: an id alone opens nothing; a file in the DM is theirs.
func TestFetchOfOthers(t *testing.T) {
	var address string
	dm := "D1"
	s, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "conversations.open") {
			says(fmt.Sprintf(`{"ok":true,"channel":{"id":%q}}`, dm))(w, r)
			return
		}
		filed(&address, 1, says("x"))(w, r)
	})
	address = s.URL + "/files-pri/T1-F1/a.csv"
	f, err := api.Fetch(t.Context(), "U2", "F1", 32)
	if err != nil {
		t.Fatalf("in their DM: %v", err)
	}
	if err := f.Content.Close(); err != nil {
		t.Error(err)
	}
	dm = "D2"
	if _, err := api.Fetch(t.Context(), "U3", "F1", 32); bot.Code(err) != bot.FileNotTheir {
		t.Errorf("somebody else's: %v", err)
	}
}

// TestOutside: Slack's names do not lead into the office's own network.
func TestOutside(t *testing.T) {
	for _, address := range []string{"127.0.0.1:443", "10.1.2.3:443", "192.168.0.1:443", "169.254.169.254:80", "[::1]:443", "[fe80::1]:443", "[fd00::1]:443", "0.0.0.0:443"} {
		if outside("tcp", address, nil) == nil {
			t.Errorf("%s is dialled", address)
		}
	}
	if err := outside("tcp", "3.4.5.6:443", nil); err != nil {
		t.Error(err)
	}
}

// TestScratch: also where a name stays, nothing is left.
func TestScratch(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	f, err := newScratch()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(f.Name()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the name is still there: %v", err)
	}
	if err := os.WriteFile(f.Name(), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(f.Name()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("closed, and still there: %v", err)
	}
}
