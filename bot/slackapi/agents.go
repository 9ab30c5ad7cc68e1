package slackapi

import (
	"context"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/commands/view"
)

var _ bot.Agents = (*Client)(nil)

// Status fulfils bot.Agents.
func (c *Client) Status(ctx context.Context, channel analysis.ChannelID, thread, text string) error {
	return c.call(ctx, "assistant.threads.setStatus", "", reads, func(ctx context.Context) error {
		return c.api.SetAssistantThreadsStatusContext(ctx, slack.AssistantThreadsSetStatusParameters{ChannelID: string(channel), ThreadTS: thread, Status: text})
	})
}

// Title fulfils bot.Agents.
func (c *Client) Title(ctx context.Context, channel analysis.ChannelID, thread, title string) error {
	return c.call(ctx, "assistant.threads.setTitle", "", reads, func(ctx context.Context) error {
		return c.api.SetAssistantThreadsTitleContext(ctx, slack.AssistantThreadsSetTitleParameters{ChannelID: string(channel), ThreadTS: thread, Title: title})
	})
}

// Prompts fulfils bot.Agents.
func (c *Client) Prompts(ctx context.Context, channel analysis.ChannelID, thread, title string, prompts []view.Prompt) error {
	p := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: string(channel), ThreadTS: thread, Title: title}
	for _, one := range prompts[:min(len(prompts), 4)] {
		p.AddPrompt(one.Title, one.Message)
	}
	return c.call(ctx, "assistant.threads.setSuggestedPrompts", "", reads, func(ctx context.Context) error {
		return c.api.SetAssistantThreadsSuggestedPromptsContext(ctx, p)
	})
}
