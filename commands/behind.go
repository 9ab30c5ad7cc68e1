package commands

import (
	"context"
	"strings"

	"klantbot/commands/view"
)

// Behind draws the message anew from which a window was opened, after something
// in the window changed what it says. pressed is the value of the button that
// opened it; nil means that the message is none of ours.
type Behind func(ctx context.Context, pressed string) (*view.Message, error)

// Behind returns how to draw the page of the portfolio anew that stands behind a
// window of req. Its buttons say after a semicolon which page that is.
func (c Portfolio) Behind(req Request) Behind {
	return func(ctx context.Context, pressed string) (*view.Message, error) {
		_, page, ok := strings.Cut(pressed, ";")
		if !ok {
			return nil, nil
		}
		req.Value, req.InModal = page, false
		reply, err := c.Page(ctx, req)
		return reply.Now, err
	}
}
