package commands

import (
	"context"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// ThreadDigest is "Vat thread samen": what colleagues decided, promised and left open
// in a thread, for the asker alone.
type ThreadDigest struct {
	Reader prompts.ThreadReader
	Store  storage.Writer
}

// Show answers the menu of a message in a thread. Nothing of it is kept.
func (c ThreadDigest) Show(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	if req.Thread == nil {
		return Reply{}, analysis.Fail(analysis.Invalid, "bot.thread_gone", nil)
	}
	var texts []string
	for _, post := range req.Thread.Posts {
		texts = append(texts, post.Text)
	}
	var messages []prompts.ThreadMessage
	posts := map[prompts.ID]Post{}
	for i, a := range prompts.Number(texts) {
		post := req.Thread.Posts[i]
		posts[a.ID] = post
		messages = append(messages, prompts.ThreadMessage{ID: a.ID, Author: string(post.Author), Text: a.Text, At: post.At})
	}
	digest, err := c.Reader.ReadThread(ctx, messages)
	if err != nil {
		return Reply{}, fmt.Errorf("read a thread of %d messages: %w", len(messages), err)
	}
	if err := prompts.VerifyThread(messages, digest); err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "thread.digest"}); err != nil {
		return Reply{}, err
	}
	shown := view.ThreadDigest{Messages: len(messages), More: req.Thread.More, Offline: digest.Mode == prompts.Offline, AsOf: req.today()}
	for _, point := range digest.Points {
		shown.Points = append(shown.Points, threadPoint(p, posts[point.ID], point))
	}
	return Say(view.ThreadDigestMessage(p, shown)), nil
}

// threadPoint is a point as people read it.
func threadPoint(p *locale.Printer, post Post, point prompts.ThreadPoint) view.ThreadPoint {
	said := strings.TrimSpace(post.Text[point.Start:point.End])
	if point.Owner != "" { // they are named before it
		said = strings.TrimLeft(strings.TrimPrefix(said, "<@"+point.Owner+">"), " ,:")
	}
	kind := map[prompts.PointKind]view.ThreadPointKind{prompts.Decided: view.ThreadDecision, prompts.Task: view.ThreadAction, prompts.OpenQuestion: view.ThreadQuestion}[point.Kind]
	shown := view.ThreadPoint{Kind: kind, Text: readable(p, said), Link: post.Link, Day: analysis.DayOf(post.At.In(p.Zone()))}
	switch point.Kind {
	case prompts.Task:
		shown.Owner, shown.OwnerName = analysis.UserID(point.Owner), point.OwnerName
		if strings.HasPrefix(shown.Text, shown.OwnerName) {
			shown.OwnerName = "" // "Kees regelt ..." says so itself
		}
	case prompts.OpenQuestion:
		shown.Owner = post.Author
	}
	return shown
}
