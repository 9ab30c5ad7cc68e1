package slackapi

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/commands/view"
)

// How often Slack is asked whether it has processed a picture, and how long.
const (
	processedEvery  = 250 * time.Millisecond
	processedWithin = 15 * time.Second
)

// Upload fulfils bot.Poster. A file that nobody was shown may be stored twice,
// so whatever is uncertain is done again from the start.
func (c *Client) Upload(ctx context.Context, p view.Picture, keep bot.Keep) (file string, err error) {
	for try := 1; ; try++ {
		file, err = c.store(ctx, p, keep)
		if !errors.Is(err, bot.ErrUncertain) || try == tries || sleep(ctx, firstPause<<(try-1)) != nil {
			return file, err
		}
	}
}

// store takes the three steps of Slack's file flow, without a channel, and
// waits for the mimetype, before which a message with the file is refused.
func (c *Client) store(ctx context.Context, p view.Picture, keep bot.Keep) (string, error) {
	file, err := c.put(ctx, slack.GetUploadURLExternalParameters{FileName: p.Name, FileSize: len(p.PNG), AltTxt: p.Alt}, p.PNG, "", keep)
	if err != nil {
		return "", err
	}
	return file, c.processed(ctx, file)
}

// Attach fulfils bot.Poster.
func (c *Client) Attach(ctx context.Context, channel analysis.ChannelID, f view.File, keep bot.Keep) error {
	_, err := c.put(ctx, slack.GetUploadURLExternalParameters{FileName: f.Name, FileSize: len(f.Content)}, f.Content, string(channel), keep)
	return err
}

// Remove fulfils bot.Poster.
func (c *Client) Remove(ctx context.Context, file string) error {
	err := c.call(ctx, "files.delete", "", reads, func(ctx context.Context) error { return c.api.DeleteFileContext(ctx, file) })
	if code := bot.Code(err); code == "file_not_found" || code == "file_deleted" {
		return nil
	}
	return err
}

// put takes the three steps of Slack's file flow and shares the file in channel,
// unless that is empty.
func (c *Client) put(ctx context.Context, as slack.GetUploadURLExternalParameters, content []byte, channel string, keep bot.Keep) (file string, err error) {
	var slot *slack.GetUploadURLExternalResponse
	err = c.call(ctx, "files.getUploadURLExternal", "", reads, func(ctx context.Context) (err error) {
		slot, err = c.api.GetUploadURLExternalContext(ctx, as)
		return err
	})
	if err != nil {
		return "", err
	}
	err = c.call(ctx, "upload", "", writes, func(ctx context.Context) error {
		return c.api.UploadToURL(ctx, slack.UploadToURLParameters{
			UploadURL: slot.UploadURL, Reader: bytes.NewReader(content), Filename: as.FileName})
	})
	if err != nil {
		return "", err
	}
	if err := keep(slot.FileID); err != nil {
		return "", err
	}
	err = c.call(ctx, "files.completeUploadExternal", "", writes, func(ctx context.Context) error {
		_, err := c.api.CompleteUploadExternalContext(ctx, slack.CompleteUploadExternalParameters{
			Files: []slack.FileSummary{{ID: slot.FileID, Title: as.FileName}}, Channel: channel})
		return err
	})
	if err != nil {
		return "", err
	}
	return slot.FileID, nil
}

// processed waits until Slack knows what kind of file it is.
func (c *Client) processed(ctx context.Context, file string) error {
	ctx, cancel := context.WithTimeout(ctx, processedWithin)
	defer cancel()
	for {
		var info *slack.File
		err := c.call(ctx, "files.info", "", reads, func(ctx context.Context) (err error) {
			info, _, _, err = c.api.GetFileInfoContext(ctx, file, 0, 0)
			return err
		})
		if err != nil {
			return err
		}
		if info.Mimetype != "" {
			return nil
		}
		if sleep(ctx, processedEvery) != nil {
			return fmt.Errorf("files.info: %w: not processed in time", bot.ErrUncertain)
		}
	}
}
