package slackapi

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// Identity is who the tokens say we are.
type Identity struct {
	Team    analysis.TeamID
	Name    string // of the workspace
	Domain  string // of the workspace: voorbeeld of https://voorbeeld.slack.com/; empty where it has another address
	BotUser analysis.UserID
	BotID   string
}

// slowest bounds how long Check waits between attempts.
const slowest = 30 * time.Second

// Check proves the tokens there are (an app over HTTP has none of its own) before anything else is done. What only a person can
// mend is an *analysis.Error with a slack.* key; for everything else Slack is
// asked again, until ctx ends.
func (c *Client) Check(ctx context.Context) (Identity, error) {
	var who *slack.AuthTestResponse
	err := c.insist(ctx, "SLACK_BOT_TOKEN", "auth.test", func(ctx context.Context) (err error) {
		who, err = c.api.AuthTestContext(ctx)
		return err
	})
	if err != nil {
		return Identity{}, err
	}
	if who.BotID == "" {
		// A user's token answers as well; the bot would act in that person's name.
		return Identity{}, bot.Fatal("SLACK_BOT_TOKEN", &bot.Refusal{Method: "auth.test", Code: "not_allowed_token_type"})
	}
	if c.app {
		err = c.insist(ctx, "SLACK_APP_TOKEN", "apps.connections.open", func(ctx context.Context) error {
			_, _, err := c.api.StartSocketModeContext(ctx)
			return err
		})
	}
	if err != nil {
		return Identity{}, err
	}
	c.botID.Store(who.BotID)
	return Identity{Team: analysis.TeamID(who.TeamID), Name: who.Team, Domain: domainOf(who.URL),
		BotUser: analysis.UserID(who.UserID), BotID: who.BotID}, nil
}

// domainOf is the workspace's part of its address.
func domainOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	domain, ok := strings.CutSuffix(u.Hostname(), ".slack.com")
	if !ok || strings.Contains(domain, ".") {
		return ""
	}
	return domain
}

// insist calls until it works or a person must mend it.
func (c *Client) insist(ctx context.Context, token, method string, do func(context.Context) error) error {
	for pause := time.Second; ; pause = min(2*pause, slowest) {
		err := c.call(ctx, method, "", reads, do)
		if err == nil {
			return nil
		}
		if fatal := bot.Fatal(token, err); fatal != nil {
			return fatal
		}
		if ctx.Err() != nil {
			return fmt.Errorf("ask slack who we are: %w", ctx.Err())
		}
		c.log.Warn("slack can not be reached; trying again", "method", method, "pause", pause, "error", err)
		if sleep(ctx, pause) != nil {
			return fmt.Errorf("ask slack who we are: %w", ctx.Err())
		}
	}
}
