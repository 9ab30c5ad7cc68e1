package slackapi

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/commands/view"
)

const (
	mostTitle = 24
	mostLabel = 24
)

// request is m in Slack's shape. name, when given, is its external_id.
func request(m view.Modal, name string) slack.ModalViewRequest {
	r := slack.ModalViewRequest{
		Type: slack.VTModal, Title: label(m.Title, mostTitle), Blocks: slack.Blocks{BlockSet: m.Blocks},
		PrivateMetadata: m.Private, CallbackID: m.Callback, ExternalID: name,
	}
	if m.Submit != "" {
		r.Submit = label(m.Submit, mostLabel)
	}
	if m.Close != "" {
		r.Close = label(m.Close, mostLabel)
	}
	return r
}

// label is plain text of at most n characters.
func label(s string, n int) *slack.TextBlockObject {
	if r := []rune(s); len(r) > n {
		s = string(r[:n-1]) + "…"
	}
	return &slack.TextBlockObject{Type: slack.PlainTextType, Text: s}
}

// Open opens m by trigger.
func (c *Client) Open(ctx context.Context, trigger, name string, m view.Modal) error {
	return c.call(ctx, "views.open", "", writes, func(ctx context.Context) error {
		_, err := c.api.OpenViewContext(ctx, trigger, request(m, name))
		return err
	})
}

// Update replaces the modal that ref names. It may be repeated: the second
// time changes nothing.
func (c *Client) Update(ctx context.Context, ref bot.ViewRef, m view.Modal) error {
	return c.call(ctx, "views.update", "", reads, func(ctx context.Context) error {
		external := ref.Name
		if ref.ID != "" {
			external = ""
		}
		// A view that is updated without its name loses it.
		_, err := c.api.UpdateViewContext(ctx, request(m, external), external, "", ref.ID)
		return err
	})
}

// Publish shows h as user's Home tab.
func (c *Client) Publish(ctx context.Context, user analysis.UserID, h view.Home) error {
	return c.call(ctx, "views.publish", "", reads, func(ctx context.Context) error {
		_, err := c.api.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: string(user),
			View: slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: h.Blocks}}})
		return err
	})
}

// EncodeModal returns the JSON of m.
func (c *Client) EncodeModal(m view.Modal) (json.RawMessage, error) {
	r := request(m, "")
	raw, err := json.Marshal(&r)
	if err != nil {
		return nil, fmt.Errorf("encode modal: %w", err)
	}
	return raw, nil
}
