package slackhttp

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	signatureHeader = "X-Slack-Signature"
	stampHeader     = "X-Slack-Request-Timestamp"

	formType = "application/x-www-form-urlencoded"
	jsonType = "application/json"

	// oldest is how far a signature's time may be from ours, either way. Source:
	// Slack's "Verifying requests from Slack".
	oldest = 5 * time.Minute
)

// admit reads the body of a request of Slack's. status is 0, or what to answer to a
// request that is not; done gives back the room that the body took.
func (w *Wire) admit(ctx context.Context, rw http.ResponseWriter, r *http.Request, contentType string) (body []byte, done func(), status int) {
	if status := w.plausible(r, contentType); status != 0 {
		if status == http.StatusMethodNotAllowed {
			rw.Header().Set("Allow", http.MethodPost)
		}
		return nil, nil, status
	}
	body, done, status = w.read(ctx, r)
	if status != 0 {
		return nil, nil, status
	}
	if !w.signed(r.Header, body) {
		w.cfg.Log.Warn("a request without Slack's signature was refused", "path", r.URL.Path)
		done()
		return nil, nil, http.StatusUnauthorized
	}
	return body, done, 0
}

// read reads the whole body, and takes room for it only as it comes in: who sends
// slowly holds up nobody.
func (w *Wire) read(ctx context.Context, r *http.Request) (body []byte, done func(), status int) {
	held := int64(0)
	done = func() { w.bodies.Release(held) }
	for at := 0; at < int(r.ContentLength); at = len(body) {
		part := min(largestPart, int(r.ContentLength)-at)
		if w.bodies.Acquire(ctx, int64(part)) != nil {
			done()
			return nil, nil, http.StatusServiceUnavailable
		}
		held += int64(part)
		body = append(body, make([]byte, part)...)
		if _, err := io.ReadFull(r.Body, body[at:]); err != nil {
			done()
			return nil, nil, http.StatusBadRequest
		}
	}
	return body, done, 0
}

// plausible reports, without reading the body, with which status r is refused; 0
// where it may be Slack's.
func (w *Wire) plausible(r *http.Request, contentType string) int {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed
	case err != nil || kind != contentType || r.Header.Get("Content-Encoding") != "":
		return http.StatusUnsupportedMediaType
	case r.ContentLength < 0:
		return http.StatusLengthRequired
	case r.ContentLength == 0:
		return http.StatusBadRequest
	case r.ContentLength > largestBody:
		return http.StatusRequestEntityTooLarge
	case !w.recent(r.Header) || !wellFormed(r.Header):
		return http.StatusUnauthorized
	}
	return 0
}

// one returns the value of a header that stands there exactly once, or "".
func one(h http.Header, name string) string {
	if values := h.Values(name); len(values) == 1 {
		return values[0]
	}
	return ""
}

// recent reports whether the request says that it was signed just now.
func (w *Wire) recent(h http.Header) bool {
	stamp := one(h, stampHeader)
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil || stamp != strconv.FormatInt(seconds, 10) {
		return false
	}
	// Compared in seconds: a duration of a far stamp would overflow.
	apart := w.cfg.Now().Unix() - seconds
	return apart <= int64(oldest/time.Second) && apart >= -int64(oldest/time.Second)
}

// wellFormed reports whether there is a signature of the only version there is, in
// the only spelling, so that the same one is always seen as the same.
func wellFormed(h http.Header) bool {
	proof, ok := strings.CutPrefix(one(h, signatureHeader), "v0=")
	return ok && len(proof) == 2*sha256.Size && strings.Trim(proof, "0123456789abcdef") == ""
}

// signed reports whether body was signed with the secret, in constant time.
func (w *Wire) signed(h http.Header, body []byte) bool {
	given, err := hex.DecodeString(strings.TrimPrefix(one(h, signatureHeader), "v0="))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, []byte(w.cfg.Secret))
	mac.Write([]byte("v0:" + one(h, stampHeader) + ":"))
	mac.Write(body)
	return hmac.Equal(given, mac.Sum(nil))
}
