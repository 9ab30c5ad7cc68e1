package slackapi

import (
	"context"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/commands/view"
)

var _ bot.Agents = (*Client)(nil)

// longestTitle is how many characters the name of a talk may have.
const longestTitle = 200

// Status fulfils bot.Agents.
func (c *Client) Status(ctx context.Context, at bot.Talk, status bot.TalkStatus) error {
	return c.call(ctx, "agents.sessions.setStatus", "", reads, func(ctx context.Context) error {
		_, err := c.api.SetAgentSessionStatusContext(ctx, slack.AgentSessionSetStatusParameters{Status: string(status),
			ChannelID: string(at.Channel), ThreadTS: at.Thread, InitiatorUserID: string(at.User)})
		return err
	})
}

// Title fulfils bot.Agents.
func (c *Client) Title(ctx context.Context, at bot.Talk, title string) error {
	if all := []rune(title); len(all) > longestTitle {
		title = string(all[:longestTitle-1]) + "…"
	}
	return c.call(ctx, "agents.sessions.rename", "", reads, func(ctx context.Context) error {
		_, err := c.api.RenameAgentSessionContext(ctx, slack.AgentSessionRenameParameters{Title: title, ChannelID: string(at.Channel), ThreadTS: at.Thread})
		return err
	})
}

// Prompts fulfils bot.Agents. They belong to the DM and to no thread: where Slack is
// given one it says yes and shows nothing.
func (c *Client) Prompts(ctx context.Context, channel analysis.ChannelID, user analysis.UserID, title string, prompts []view.Prompt) error {
	if channel == "" {
		var err error
		if channel, err = c.OpenDM(ctx, user); err != nil {
			return err
		}
	}
	p := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: string(channel), Title: title}
	for _, one := range prompts[:min(len(prompts), 4)] {
		p.AddPrompt(one.Title, one.Message)
	}
	return c.call(ctx, "assistant.threads.setSuggestedPrompts", "", reads, func(ctx context.Context) error {
		return c.api.SetAssistantThreadsSuggestedPromptsContext(ctx, p)
	})
}
