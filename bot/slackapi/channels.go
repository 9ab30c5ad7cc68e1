package slackapi

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// Channel returns what Slack knows of channel, at most ten minutes old.
func (c *Client) Channel(ctx context.Context, channel analysis.ChannelID) (bot.Conversation, error) {
	return c.places.get(ctx, channel)
}

// Recheck returns what Slack knows of channel, at most within old. It asks
// behind whoever calls Channel.
func (c *Client) Recheck(ctx context.Context, channel analysis.ChannelID, within time.Duration) (bot.Conversation, error) {
	return c.places.getWithin(ctx, channel, within)
}

// ForgetChannel drops channel from the cache.
func (c *Client) ForgetChannel(channel analysis.ChannelID) { c.places.forget(channel) }

// loadPlace: externality is is_ext_shared; is_shared also holds for channels
// of one organisation.
func (c *Client) loadPlace(ctx context.Context, who standing, channel analysis.ChannelID) (bot.Conversation, error) {
	var ch *slack.Channel
	err := c.callAs(ctx, who, "conversations.info", "", reads, func(ctx context.Context) (err error) {
		ch, err = c.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: string(channel)})
		return err
	})
	if err != nil {
		return bot.Conversation{}, err
	}
	found := bot.Conversation{
		ID: analysis.ChannelID(ch.ID), Name: ch.Name, Direct: ch.IsIM, Member: ch.IsMember || ch.IsIM,
		Outside: ch.IsExtShared, Archived: ch.IsArchived,
	}
	if ch.IsIM {
		found.Name = ""
	}
	return found, nil
}
