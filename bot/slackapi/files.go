package slackapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// download is what fetching the bytes of a file is called where calls are paced
// and logged.
const download = "files.download"

// slowFiles is how much longer a file may take than another call.
const slowFiles = 2

// Fetch fulfils bot.Files: the file is looked up, and read into a temporary file
// whose name is gone before the first byte is in it, so that nothing is left
// whatever happens.
func (c *Client) Fetch(ctx context.Context, user analysis.UserID, file string, most int64) (*bot.Fetched, error) {
	var info *slack.File
	err := c.call(ctx, "files.info", "", reads, func(ctx context.Context) (err error) {
		info, _, _, err = c.api.GetFileInfoContext(ctx, file, 0, 0)
		return err
	})
	if err != nil {
		return nil, err
	}
	address := info.URLPrivateDownload
	if address == "" {
		address = info.URLPrivate
	}
	switch {
	case !c.theirs(ctx, user, info):
		return nil, &bot.Refusal{Method: download, Code: bot.FileNotTheir}
	case int64(info.Size) > most:
		return nil, &bot.Refusal{Method: download, Code: bot.FileTooLarge}
	case !c.mayFetch(address):
		return nil, &bot.Refusal{Method: download, Code: bot.FileForeign}
	}
	held, err := newScratch()
	if err != nil {
		return nil, fmt.Errorf("hold a file: %w", err)
	}
	err = c.call(ctx, download, "", reads, func(ctx context.Context) error { return c.copyTo(ctx, held, address, int64(info.Size)) })
	if err != nil {
		return nil, errors.Join(err, held.Close())
	}
	return &bot.Fetched{Name: info.Name, Size: int64(info.Size), Content: held}, nil
}

// theirs reports whether the file is user's own, or stands in their DM with the
// bot: an id in a button says neither.
func (c *Client) theirs(ctx context.Context, user analysis.UserID, info *slack.File) bool {
	if info.User == string(user) {
		return true
	}
	direct, err := c.OpenDM(ctx, user)
	return err == nil && slices.Contains(info.IMs, string(direct))
}

// mayFetch reports whether an address lies with Slack, or with the server in
// SLACK_API_URL: the bot's token goes nowhere else, and neither does the request.
func (c *Client) mayFetch(raw string) bool {
	u, err := url.Parse(raw)
	if err != nil || u.User != nil {
		return false
	}
	if c.own != "" && u.Scheme+"://"+u.Host == c.own {
		return true
	}
	return u.Scheme == "https" && slacks(u.Host)
}

// slacks reports whether host is one of Slack's own, at its usual port.
func slacks(host string) bool { return strings.HasSuffix(host, ".slack.com") }

// fileClient fetches files. It follows nobody elsewhere, and what calls itself
// Slack's must not lie on this machine or in the office's own network.
func fileClient(like *http.Transport, within time.Duration) *http.Client {
	transport := like.Clone()
	plain := &net.Dialer{Timeout: 10 * time.Second}
	guarded := &net.Dialer{Timeout: plain.Timeout, Control: outside}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if host, _, err := net.SplitHostPort(address); err == nil && slacks(host) {
			return guarded.DialContext(ctx, network, address)
		}
		return plain.DialContext(ctx, network, address) // the server in SLACK_API_URL, or the operator's proxy
	}
	return &http.Client{Transport: transport, Timeout: within, CheckRedirect: noRedirect}
}

// errInside is an address that a public host does not have.
var errInside = errors.New("the address lies within a private network")

// outside refuses to dial what is no public address.
func outside(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip := net.ParseIP(host)
	if ip == nil || ip.IsPrivate() || !ip.IsGlobalUnicast() {
		return errInside
	}
	return nil
}

// copyTo reads the file at address into held, from its start. It returns
// slack-go's kinds of error, so that call classifies them like any other.
func (c *Client) copyTo(ctx context.Context, held *scratch, address string, size int64) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.token)
	resp, err := c.files.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return &slack.RateLimitedError{RetryAfter: time.Duration(max(seconds, 1)) * time.Second}
	case resp.StatusCode >= 300 && resp.StatusCode < 400, resp.StatusCode == http.StatusUnauthorized, resp.StatusCode == http.StatusForbidden:
		return slack.SlackErrorResponse{Err: bot.FileWithheld}
	case resp.StatusCode == http.StatusNotFound || resp.StatusCode == http.StatusGone:
		return slack.SlackErrorResponse{Err: "file_not_found"}
	case resp.StatusCode != http.StatusOK:
		return slack.StatusCodeError{Code: resp.StatusCode, Status: resp.Status}
	}
	n, err := held.fill(io.LimitReader(resp.Body, size+1))
	switch {
	case err != nil:
		return err
	case n != size && strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html"):
		// Slack shows its sign-in page, with status 200, to who may not have it.
		return slack.SlackErrorResponse{Err: bot.FileWithheld}
	case n != size:
		return fmt.Errorf("%d bytes of %d", n, size)
	}
	return nil
}

// scratch is a temporary file that is deleted when it is closed, and, where the
// system lets an open file go without its name, already when it is made.
type scratch struct{ *os.File }

func newScratch() (*scratch, error) {
	f, err := os.CreateTemp("", "klantbot-file-*")
	if err != nil {
		return nil, err
	}
	_ = os.Remove(f.Name()) // where this fails, Close deletes it
	return &scratch{f}, nil
}

// fill makes the file hold what r gives.
func (s *scratch) fill(r io.Reader) (int64, error) {
	if err := s.Truncate(0); err != nil {
		return 0, err
	}
	if _, err := s.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	return io.Copy(s.File, r)
}

// Close deletes the file.
func (s *scratch) Close() error {
	err := s.File.Close()
	if gone := os.Remove(s.Name()); gone != nil && !errors.Is(gone, os.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
