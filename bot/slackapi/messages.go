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

// marking marks a message as ledger entry id.
func marking(id int64) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: ledgerEvent, EventPayload: map[string]any{"id": id}})
}

// Post posts a ledger message and returns its timestamp.
func (c *Client) Post(ctx context.Context, channel analysis.ChannelID, thread string, id int64, m bot.Message) (ts string, err error) {
	send := append(options(m), marking(id))
	if thread != "" {
		send = append(send, slack.MsgOptionTS(thread))
	}
	err = c.call(ctx, "chat.postMessage", string(channel), writes, func(ctx context.Context) (err error) {
		_, ts, err = c.api.PostMessageContext(ctx, string(channel), send...)
		return err
	})
	return ts, err
}

// Amend changes a ledger message in place. An update without blocks would leave
// the old ones, and one without the mark would take it away.
func (c *Client) Amend(ctx context.Context, channel analysis.ChannelID, ts string, id int64, m bot.Message) error {
	send := append(options(m), marking(id))
	if len(m.Blocks) == 0 {
		send = append(send, slack.MsgOptionBlocks([]slack.Block{}...))
	}
	return c.call(ctx, "chat.update", "", reads, func(ctx context.Context) error {
		_, _, _, err := c.api.UpdateMessageContext(ctx, string(channel), ts, send...)
		return err
	})
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
// Only the bot's own messages count: any app can write the same metadata. What
// stands in a thread is not in the channel's history.
func (c *Client) FindPost(ctx context.Context, channel analysis.ChannelID, thread string, id int64, oldest time.Time) (string, error) {
	if thread != "" {
		return c.findReply(ctx, channel, thread, id, oldest)
	}
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

func (c *Client) findReply(ctx context.Context, channel analysis.ChannelID, thread string, id int64, oldest time.Time) (string, error) {
	params := slack.GetConversationRepliesParameters{ChannelID: string(channel), Timestamp: thread, Limit: pageSize,
		Oldest: slackTime(oldest), Inclusive: true, IncludeAllMetadata: true}
	for range mostPages {
		var page []slack.Message
		err := c.call(ctx, "conversations.replies", "", reads, func(ctx context.Context) (err error) {
			page, _, params.Cursor, err = c.api.GetConversationRepliesContext(ctx, &params)
			return err
		})
		if err != nil {
			return "", err
		}
		for _, m := range page {
			if c.marked(m, id) {
				return m.Timestamp, nil
			}
		}
		if params.Cursor == "" {
			return "", nil
		}
	}
	return "", fmt.Errorf("more than %d answers since the attempt: %w", pageSize*mostPages, bot.ErrUncertain)
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
