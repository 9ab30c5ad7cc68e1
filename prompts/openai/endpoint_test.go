package openai

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"klantbot/prompts"
	"klantbot/prompts/openai/openaitest"
)

func TestCheckEndpoint(t *testing.T) {
	for address, want := range map[string]error{
		"https://api.openai.com/v1":             nil,
		"https://kantoor.openai.azure.com/v1":   nil,
		"http://127.0.0.1:11434/v1":             nil,
		"http://[::1]:8000/v1":                  nil,
		"http://localhost:11434/v1":             nil,
		"http://169.254.169.254/latest":         ErrPlainHTTP,
		"http://10.0.0.3:8000/v1":               ErrPlainHTTP,
		"http://localhost.evil.example/v1":      ErrPlainHTTP,
		"http://0.0.0.0:8000/v1":                ErrPlainHTTP,
		"http://127.0.0.1@evil.example/v1":      ErrCredentials,
		"https://user:secret@api.openai.com/v1": ErrCredentials,
		"https://api.openai.com/v1?key=1":       ErrCredentials,
		"https://api.openai.com/v1#key":         ErrCredentials,
		"file:///etc/passwd":                    ErrNoAddress,
		"gopher://127.0.0.1/":                   ErrNoAddress,
		"api.openai.com/v1":                     ErrNoAddress,
		"https:///v1":                           ErrNoAddress,
		"http://127.0.0.1:port/v1":              ErrNoAddress,
		"":                                      ErrNoAddress,
	} {
		host, err := CheckEndpoint(address)
		if !errors.Is(err, want) || want == nil && host == "" {
			t.Errorf("%s: %q, %v", address, host, err)
		}
	}
	if _, err := New(Config{BaseURL: "http://10.0.0.3/v1"}, Ports{}); !errors.Is(err, ErrPlainHTTP) {
		t.Errorf("a summarizer for plain http elsewhere: %v", err)
	}
}

// A redirect goes nowhere, and carries nothing.
func TestRedirectsAreRefused(t *testing.T) {
	reached := false
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer elsewhere.Close()
	for _, status := range []int{301, 302, 307, 308} {
		there := httptest.NewServer(http.RedirectHandler(elsewhere.URL, status))
		e := &openaitest.Endpoint{URL: there.URL}
		if got := survive(t, start(t, e, newMemory(), nil), time.Second); !strings.HasPrefix(got.Fallback, "http 3") {
			t.Errorf("%d: %q", status, got.Fallback)
		}
		there.Close()
	}
	if reached {
		t.Error("a redirect was followed")
	}
}

// A name that resolves elsewhere does not get plain http.
func TestPlainHTTPIsDialledHereOnly(t *testing.T) {
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://192.0.2.1/v1", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := transport("http://localhost/v1").RoundTrip(r); !errors.Is(err, ErrPlainHTTP) {
		t.Errorf("dialled: %v", err)
	}
}

// Without the office's names nothing is sent; what was refused is not kept.
func TestNothingLeavesWithoutNames(t *testing.T) {
	e, m := openaitest.New(t, nil, 4), newMemory()
	s := start(t, e, m, func(_ *Config, p *Ports) {
		p.Names = func(context.Context) (prompts.Names, error) { return nil, errors.New("gone") }
	})
	if got := survive(t, s, time.Second); got.Fallback != "names" {
		t.Errorf("fallback %q", got.Fallback)
	}
	if calls, _, _ := e.Seen(""); calls != 0 {
		t.Errorf("%d calls", calls)
	}
	liar := openaitest.New(t, map[string]float64{"obeyed injection": 1}, 4)
	if got := survive(t, start(t, liar, m, nil), 2*time.Second); got.Fallback != "gate" || len(m.kept) != 0 {
		t.Errorf("%q, %d kept", got.Fallback, len(m.kept))
	}
}

func TestLanguageOfAnswers(t *testing.T) {
	for text, want := range map[string]string{"": "nl", "Goed": "nl", "De factuur was niet duidelijk": "nl", "They are quick, but the invoice was not clear": "en"} {
		if got := languageOf(prompts.Number([]string{text})); got != want {
			t.Errorf("%q is %s", text, got)
		}
	}
}
