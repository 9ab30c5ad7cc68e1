package workspace

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// webhooks is the transport of an app whose manifest has request URLs instead of
// Socket Mode: a signed POST for every envelope, and the answer is its
// acknowledgement.
type webhooks struct {
	s      *Server
	client *http.Client
}

// maxWebhookAnswer bounds what is read of an answer, in bytes.
const maxWebhookAnswer = 1 << 20

func newWebhooks(s *Server) *webhooks {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.Proxy, transport.MaxIdleConnsPerHost = nil, 16
	return &webhooks{s: s, client: &http.Client{Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// known reports whether the manifest says where envelopes go.
func (w *webhooks) known() bool {
	return w.s.app.Settings.Events.URL != "" || w.s.app.Settings.Interactivity.URL != ""
}

// ready is true: whether anybody listens is only found out by sending.
func (w *webhooks) ready() bool { return true }

// send posts e beside the caller, twice where the faults say so: of the second
// nobody reads the answer.
func (w *webhooks) send(e *envelope) bool {
	to := w.address(e)
	if to == "" {
		return false
	}
	kind, body := "application/json", []byte(e.payload)
	if !e.isEvent() {
		kind, body = "application/x-www-form-urlencoded", []byte(formOf(e).Encode())
	}
	header := http.Header{"Content-Type": {kind}}
	if e.retry > 0 {
		header.Set("X-Slack-Retry-Num", strconv.Itoa(e.retry))
		header.Set("X-Slack-Retry-Reason", strings.Replace(e.reason, "timeout", "http_timeout", 1))
	}
	id, again := e.id, w.s.roll(w.s.faults.Duplicate)
	w.s.running.Go(func() {
		e.left()
		answer, err := w.post(w.s.stop, to, header, body)
		w.settle(id, answer, err)
	})
	if again {
		w.s.running.Go(func() { _, _ = w.post(w.s.stop, to, header, body) })
	}
	return true
}

// address is the URL that the manifest names for e.
func (w *webhooks) address(e *envelope) string {
	app := &w.s.app
	switch {
	case e.isEvent():
		return app.Settings.Events.URL
	case e.inner == "block_suggestion" && app.Settings.Interactivity.Options != "":
		return app.Settings.Interactivity.Options
	case e.kind == "interactive":
		return app.Settings.Interactivity.URL
	}
	named := formOf(e).Get("command")
	for _, c := range app.Features.Commands {
		if c.Command == named {
			return c.URL
		}
	}
	return ""
}

// formOf is a command's fields, or an interaction's payload in one.
func formOf(e *envelope) url.Values {
	if e.kind == "interactive" {
		return url.Values{"payload": {string(e.payload)}}
	}
	var fields map[string]string
	_ = json.Unmarshal(e.payload, &fields) // made here, of texts alone
	form := url.Values{}
	for name, value := range fields {
		form.Set(name, value)
	}
	return form
}

// answered is what an app answered to a request.
type answered struct {
	status  int
	never   bool // it wants no more of this event
	payload json.RawMessage
}

// post signs body and sends it. The answer's text counts as JSON where the app
// says that it is, and else as words.
func (w *webhooks) post(ctx context.Context, to string, header http.Header, body []byte) (answered, error) {
	ctx, cancel := context.WithTimeout(ctx, w.s.cfg.AckTimeout+time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		return answered{}, err
	}
	req.Header = header.Clone()
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	w.sign(req.Header, body, time.Now())
	resp, err := w.client.Do(req)
	if err != nil {
		return answered{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxWebhookAnswer))
	if err != nil {
		return answered{}, err
	}
	a := answered{status: resp.StatusCode, never: resp.Header.Get("X-Slack-No-Retry") == "1", payload: raw}
	if kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); kind != "application/json" && len(raw) > 0 {
		a.payload = encode(string(raw))
	}
	return a, nil
}

// sign puts Slack's signature of body in header: by wall time, whatever the
// workspace's clock says.
func (w *webhooks) sign(header http.Header, body []byte, at time.Time) {
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(w.s.cfg.SigningSecret))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	header.Set("X-Slack-Request-Timestamp", stamp)
	header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}

// settle ends the envelope id with what came of its request.
func (w *webhooks) settle(id string, a answered, err error) {
	switch {
	case errors.Is(err, context.DeadlineExceeded): // expire said so already
	case err != nil:
		w.s.unacknowledged(id, "connection_failed", "dispatch_failed", false)
	case a.status != http.StatusOK:
		w.s.unacknowledged(id, "http_error", "dispatch_failed", a.never)
	default:
		w.s.acknowledge(id, a.payload, time.Now())
	}
}

// Verify asks the app for its challenge at the manifest's events URL, as Slack does
// when that address is saved, and returns an error unless it comes back.
func (s *Server) Verify(ctx context.Context) error {
	challenge := randomHex(24)
	body := encode(object{"token": "verification", "challenge": challenge, "type": "url_verification"})
	a, err := s.web.post(ctx, s.app.Settings.Events.URL, http.Header{"Content-Type": {"application/json"}}, body)
	if err != nil {
		return fmt.Errorf("verify the events URL: %w", err)
	}
	var said string
	var object struct {
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(a.payload, &said) != nil {
		_ = json.Unmarshal(a.payload, &object)
		said = object.Challenge
	}
	if a.status != http.StatusOK || strings.TrimSpace(said) != challenge {
		return fmt.Errorf("verify the events URL: the answer has status %d and not the challenge", a.status)
	}
	return nil
}
