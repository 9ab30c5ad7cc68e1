package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
)

// mostPosts is how many messages of a thread are read: five pages of Slack's.
const mostPosts = 1000

// errNoThreads is a Registry with entries that read threads and a Config without
// Threads.
var errNoThreads = errors.New("bot: nothing reads threads")

// readThread puts the thread of the message into the request. What Slack gives only
// to members of a channel is not asked for by who is none.
func (a *answering) readThread(ctx context.Context, req *commands.Request) error {
	in := a.j.in
	switch {
	case a.d.cfg.Threads == nil:
		return errNoThreads
	case in.channel == "" || in.root == "":
		return &Refusal{Method: "conversations.replies", Code: "thread_not_found"}
	case !req.Channel.Direct && !req.Channel.Member:
		return &Refusal{Method: "conversations.replies", Code: "not_in_channel"}
	}
	posted, more, err := a.d.cfg.Threads.Thread(ctx, in.channel, in.root, mostPosts)
	if err != nil {
		return err
	}
	req.Thread = &commands.Thread{More: more}
	for _, m := range posted {
		if m.User != "" {
			req.Thread.Posts = append(req.Thread.Posts, commands.Post{Author: m.User, Text: m.Text, At: postedAt(m.TS), Link: in.linkTo(cmp.Or(in.domain, a.d.cfg.Domain), m.TS)})
		}
	}
	return nil
}

// linkTo is the address of a message in the thread, as Slack makes them; empty where
// the domain of the workspace is not known.
func (in interaction) linkTo(domain, ts string) string {
	if domain == "" {
		return ""
	}
	link := fmt.Sprintf("https://%s.slack.com/archives/%s/p%s", domain, in.channel, strings.ReplaceAll(ts, ".", ""))
	if ts != in.root {
		link += fmt.Sprintf("?thread_ts=%s&cid=%s", in.root, in.channel)
	}
	return link
}

// postedAt is the moment in a timestamp of Slack's: seconds and what makes it unique.
func postedAt(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, err := strconv.ParseInt(seconds, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.Unix(n, 0)
}

// unread words why a thread can not be read.
func unread(err error) error {
	key := ""
	switch code := Code(err); {
	case passing(err):
		key = "bot.thread_later"
	case code == "not_in_channel" || code == "channel_not_found":
		key = "bot.thread_invite"
	case code == "missing_scope":
		key = "bot.thread_scope"
	case code == "thread_not_found":
		key = "bot.thread_gone"
	default:
		return err
	}
	return &analysis.Error{Kind: analysis.Invalid, Key: key, Cause: err}
}
