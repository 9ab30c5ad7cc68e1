package slackapi

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// Person returns what Slack knows of user, at most an hour old.
func (c *Client) Person(ctx context.Context, user analysis.UserID) (bot.Person, error) {
	if user == "" {
		return bot.Person{}, &bot.Refusal{Method: "users.info", Code: "user_not_found"}
	}
	return c.people.get(ctx, user)
}

// ForgetPerson drops user from the cache.
func (c *Client) ForgetPerson(user analysis.UserID) {
	c.people.forget(user)
	c.roster.note(user)
}

func (c *Client) loadPerson(ctx context.Context, who standing, user analysis.UserID) (bot.Person, error) {
	var u *slack.User
	err := c.callAs(ctx, who, "users.info", "", reads, func(ctx context.Context) (err error) {
		u, err = c.api.GetUserInfoContext(ctx, string(user))
		return err
	})
	if err != nil {
		return bot.Person{}, err
	}
	return personOf(u), nil
}

func personOf(u *slack.User) bot.Person {
	return bot.Person{
		User: analysis.UserID(u.ID), Team: analysis.TeamID(u.TeamID), Email: u.Profile.Email,
		Locale: u.Locale, Zone: zone(u.TZ, u.TZOffset), Guest: u.IsRestricted || u.IsUltraRestricted,
		Stranger: u.IsStranger, Deleted: u.Deleted,
		Bot: u.IsBot || u.IsWorkflowBot || u.IsConnectorBot || u.ID == "USLACKBOT",
	}
}

// zone finds an IANA zone, or makes one from the offset in seconds east of UTC
// where this machine does not know the name.
func zone(name string, offset int) *time.Location {
	if name != "" && name != "Local" {
		if loc, err := time.LoadLocation(name); err == nil {
			return loc
		}
	}
	if offset == 0 {
		return time.UTC
	}
	return time.FixedZone("", offset)
}

// OpenDM returns the DM between the bot and user.
func (c *Client) OpenDM(ctx context.Context, user analysis.UserID) (analysis.ChannelID, error) {
	return c.direct.get(ctx, user)
}

// loadDirect is a read for our purposes: opening twice gives the same DM.
func (c *Client) loadDirect(ctx context.Context, who standing, user analysis.UserID) (analysis.ChannelID, error) {
	var dm *slack.Channel
	err := c.callAs(ctx, who, "conversations.open", "", reads, func(ctx context.Context) (err error) {
		dm, _, _, err = c.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{
			Users: []string{string(user)}, ReturnIM: true})
		return err
	})
	if err != nil {
		return "", err
	}
	return analysis.ChannelID(dm.ID), nil
}
