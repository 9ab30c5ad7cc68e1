package slackapi

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// Examined is what one question to Slack tells an operator.
type Examined struct {
	Identity
	// Scopes are those the bot's token has, sorted; nil where the server does not say.
	Scopes []string
	// Ahead is how far this machine's clock is ahead of Slack's, to about a second;
	// Dated is whether the server said what time it is.
	Ahead time.Duration
	Dated bool
}

// Examine proves the bot's token. Unlike Check it does not insist: what passes is
// an error as well.
func (c *Client) Examine(ctx context.Context) (Examined, error) {
	var who *slack.AuthTestResponse
	var asked, heard time.Time
	err := c.call(ctx, "auth.test", "", reads, func(ctx context.Context) (err error) {
		asked = time.Now()
		who, err = c.api.AuthTestContext(ctx)
		heard = time.Now()
		return err
	})
	if err != nil {
		return Examined{}, err
	}
	if who.BotID == "" {
		return Examined{}, &bot.Refusal{Method: "auth.test", Code: "not_allowed_token_type"}
	}
	c.botID.Store(who.BotID)
	x := Examined{Identity: Identity{Team: analysis.TeamID(who.TeamID), Name: who.Team, BotUser: analysis.UserID(who.UserID), BotID: who.BotID}}
	if said := who.Header.Get("X-OAuth-Scopes"); said != "" {
		for scope := range strings.SplitSeq(said, ",") {
			x.Scopes = append(x.Scopes, strings.TrimSpace(scope))
		}
		slices.Sort(x.Scopes)
	}
	if theirs, err := http.ParseTime(who.Header.Get("Date")); err == nil {
		ours := asked.Add(heard.Sub(asked) / 2)
		x.Ahead, x.Dated = ours.Sub(theirs.Add(time.Second/2)), true // it is cut to the second
	}
	return x, nil
}

// ExamineApp proves the app's token and that Socket Mode is on, once. It opens no
// connection: it only has Slack name an address for one.
func (c *Client) ExamineApp(ctx context.Context) error {
	return c.call(ctx, "apps.connections.open", "", reads, func(ctx context.Context) error {
		_, _, err := c.api.StartSocketModeContext(ctx)
		return err
	})
}

// Erase deletes a message of the bot's own. One that is gone already is no error.
func (c *Client) Erase(ctx context.Context, channel analysis.ChannelID, ts string) error {
	err := c.call(ctx, "chat.delete", "", reads, func(ctx context.Context) error {
		_, _, err := c.api.DeleteMessageContext(ctx, string(channel), ts)
		return err
	})
	if bot.Code(err) == "message_not_found" {
		return nil
	}
	return err
}
