package slackapi

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// ledgerEvent marks a ledger message. Every app in the workspace can read the
// mark, so it holds the row's id and nothing else.
const ledgerEvent = "klantbot_ledger"

// options are what every message of ours has: its text, its blocks, and no
// previews of links.
func options(m bot.Message) []slack.MsgOption {
	o := []slack.MsgOption{slack.MsgOptionText(m.Text, false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	if len(m.Blocks) > 0 {
		o = append(o, slack.MsgOptionBlocks(m.Blocks...))
	}
	return o
}

// Post posts a ledger message and returns its timestamp.
func (c *Client) Post(ctx context.Context, channel analysis.ChannelID, id int64, m bot.Message) (ts string, err error) {
	mark := slack.MsgOptionMetadata(slack.SlackMetadata{EventType: ledgerEvent, EventPayload: map[string]any{"id": id}})
	err = c.call(ctx, "chat.postMessage", string(channel), writes, func(ctx context.Context) (err error) {
		_, ts, err = c.api.PostMessageContext(ctx, string(channel), append(options(m), mark)...)
		return err
	})
	return ts, err
}

// Whisper shows m to user alone, in channel or in their DM with the bot.
func (c *Client) Whisper(ctx context.Context, channel analysis.ChannelID, thread string, user analysis.UserID, m bot.Message) error {
	if channel == "" {
		dm, err := c.OpenDM(ctx, user)
		if err != nil {
			return err
		}
		channel = dm
	}
	send := options(m)
	if thread != "" {
		send = append(send, slack.MsgOptionTS(thread))
	}
	return c.call(ctx, "chat.postEphemeral", "", writes, func(ctx context.Context) error {
		_, err := c.api.PostEphemeralContext(ctx, string(channel), string(user), send...)
		return err
	})
}

const (
	pageSize  = 200
	mostPages = 50
)

// FindPost looks for the message of ledger entry id in channel after oldest.
// Only the bot's own messages count: any app can write the same metadata.
func (c *Client) FindPost(ctx context.Context, channel analysis.ChannelID, id int64, oldest time.Time) (string, error) {
	params := slack.GetConversationHistoryParameters{ChannelID: string(channel), Limit: pageSize,
		Oldest: slackTime(oldest), Inclusive: true, IncludeAllMetadata: true}
	for range mostPages {
		var page *slack.GetConversationHistoryResponse
		err := c.call(ctx, "conversations.history", "", reads, func(ctx context.Context) (err error) {
			page, err = c.api.GetConversationHistoryContext(ctx, &params)
			return err
		})
		if err != nil {
			return "", err
		}
		for _, m := range page.Messages {
			if c.marked(m, id) {
				return m.Timestamp, nil
			}
		}
		if params.Cursor = page.ResponseMetaData.NextCursor; params.Cursor == "" {
			return "", nil
		}
	}
	return "", fmt.Errorf("more than %d messages since the attempt: %w", pageSize*mostPages, bot.ErrUncertain)
}

func (c *Client) marked(m slack.Message, id int64) bool {
	if m.Metadata.EventType != ledgerEvent {
		return false
	}
	if own := c.botID.Load().(string); own != "" && m.BotID != own {
		return false
	}
	n, ok := m.Metadata.EventPayload["id"].(float64) // exact up to 2^53
	return ok && int64(n) == id
}

// slackTime writes t as Slack's timestamps: seconds with six decimals.
func slackTime(t time.Time) string {
	return strconv.FormatInt(t.Unix(), 10) + fmt.Sprintf(".%06d", t.Nanosecond()/1000)
}
