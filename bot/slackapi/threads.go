package slackapi

import (
	"context"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// Thread fulfils bot.Threads: a page of 200 at a time, with at most most messages in
// all. Who joined or left, and what apps said, has no user.
func (c *Client) Thread(ctx context.Context, channel analysis.ChannelID, root string, most int) (said []bot.Posted, more bool, err error) {
	params := slack.GetConversationRepliesParameters{ChannelID: string(channel), Timestamp: root, Limit: min(pageSize, most)}
	for {
		var page []slack.Message
		err := c.call(ctx, "conversations.replies", "", reads, func(ctx context.Context) (err error) {
			page, more, params.Cursor, err = c.api.GetConversationRepliesContext(ctx, &params)
			return err
		})
		if err != nil {
			return nil, false, err
		}
		for _, m := range page {
			p := bot.Posted{User: analysis.UserID(m.User), Text: m.Text, TS: m.Timestamp}
			if m.BotID != "" || m.SubType != "" && m.SubType != "thread_broadcast" && m.SubType != "file_share" && m.SubType != "me_message" {
				p.User = ""
			}
			if said = append(said, p); len(said) == most {
				return said, more || params.Cursor != "", nil
			}
		}
		if params.Cursor == "" {
			return said, false, nil
		}
	}
}
