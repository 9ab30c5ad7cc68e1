package slackapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/bot"
)

// Respond answers through a response_url, which must be Slack's own or of the
// server in SLACK_API_URL.
func (c *Client) Respond(ctx context.Context, address string, m bot.Message, replace bool) error {
	if err := c.mayAnswer(address); err != nil {
		return err
	}
	body, err := json.Marshal(struct {
		Type    string        `json:"response_type"`
		Replace bool          `json:"replace_original"`
		Text    string        `json:"text"`
		Blocks  []slack.Block `json:"blocks,omitempty"`
		Links   bool          `json:"unfurl_links"`
		Media   bool          `json:"unfurl_media"`
	}{"ephemeral", replace, m.Text, m.Blocks, false, false})
	if err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	// In place of the original it may be sent twice; beside it, it may not.
	e := writes
	if replace {
		e = reads
	}
	const method = "response_url"
	return c.call(ctx, method, "", e, func(ctx context.Context) error { return c.postAnswer(ctx, address, body) })
}

// postAnswer returns slack-go's kinds of error, so that call classifies them
// like any other.
func (c *Client) postAnswer(ctx context.Context, address string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, 64<<10))
	switch {
	case resp.StatusCode == http.StatusTooManyRequests:
		seconds, _ := strconv.Atoi(resp.Header.Get("Retry-After"))
		return &slack.RateLimitedError{RetryAfter: time.Duration(max(seconds, 1)) * time.Second}
	case err != nil && resp.StatusCode == http.StatusOK:
		return nil // it was taken; the rest of the "ok" does not matter
	}
	return verdict(resp.StatusCode, said)
}

// verdict reads an answer: "ok", {"ok":true}, {"ok":false,"error":...} or, in
// plain text, the error alone.
func verdict(status int, said []byte) error {
	var told slack.SlackResponse
	if json.Unmarshal(said, &told) != nil {
		told = slack.SlackResponse{Ok: status == http.StatusOK, Error: strings.TrimSpace(string(said))}
		if !isCode(told.Error) {
			told.Error = ""
		}
	}
	switch {
	case told.Ok && status == http.StatusOK:
		return nil
	case told.Error == "expired_url", told.Error == "used_url":
		return bot.ErrExpired
	case told.Error != "":
		return told.Err()
	case status == http.StatusNotFound || status == http.StatusGone:
		return bot.ErrExpired
	}
	return slack.StatusCodeError{Code: status, Status: http.StatusText(status)}
}

// isCode reports whether s looks like one of Slack's error codes, so that no
// other text gets into a log.
func isCode(s string) bool {
	return s != "" && len(s) <= 64 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}
