package main

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/bot/slackapi"
	"klantbot/commands/view"
	"klantbot/storage"
)

// How far back, and for how many messages, the mark of what was sent is looked for.
const (
	recentPost = 30 * 24 * time.Hour
	mostPosts  = 3
)

// metadata proves that Slack gives back the mark that messages carry, by which
// delivery finds out whether a message arrived. It reads what was sent before;
// only where the operator names somebody does it post, and takes that away.
func (x *examination) metadata(ctx context.Context, api *slackapi.Client, post string) {
	const name = "metadata"
	if post != "" {
		found, err := x.roundTrip(ctx, api, post)
		x.marked(name, found, 1, err)
		return
	}
	var sent []storage.LedgerEntry
	if x.db != nil {
		var err error
		if sent, err = x.db.Delivered(ctx, mostPosts); err != nil {
			x.broken(name, err, "doctor.todo_database")
			return
		}
	}
	sent = slices.DeleteFunc(sent, func(e storage.LedgerEntry) bool { return wallTime().Sub(e.Attempt) > recentPost })
	if len(sent) == 0 {
		x.warn(name, "doctor.metadata_nothing", "doctor.todo_post", false, nil)
		return
	}
	found, failed := 0, error(nil)
	for _, e := range sent {
		ok, err := has(ctx, api, e)
		if ok {
			found++
		}
		failed = errors.Join(failed, err)
	}
	x.marked(name, found, len(sent), failed)
}

// marked says how many of the messages that were looked for were found.
func (x *examination) marked(name string, found, of int, err error) {
	args := analysis.Args{"found": found, "of": of}
	switch {
	case found > 0:
		x.say(name, "doctor.metadata", args)
	case err != nil:
		x.broken(name, err, "doctor.todo_metadata")
	default:
		x.fail(name, "doctor.metadata_lost", "doctor.todo_metadata", args)
	}
}

// has reports whether Slack still shows message e with its mark.
func has(ctx context.Context, api *slackapi.Client, e storage.LedgerEntry) (bool, error) {
	channel := e.Channel
	if channel == "" {
		var err error
		if channel, err = api.OpenDM(ctx, e.User); err != nil {
			return false, err
		}
	}
	ts, err := api.FindPost(ctx, channel, "", e.ID, justBefore(e.TS))
	return ts != "", err
}

// justBefore is a second before the moment that one of Slack's timestamps names.
func justBefore(ts string) time.Time {
	seconds, _, _ := strings.Cut(ts, ".")
	n, _ := strconv.ParseInt(seconds, 10, 64) // 0: from the beginning on
	return time.Unix(max(0, n-1), 0)
}

// roundTrip posts a marked message to user, looks for it, and takes it away.
func (x *examination) roundTrip(ctx context.Context, api *slackapi.Client, user string) (found int, err error) {
	if strings.Contains(user, "@") {
		person, err := api.Slack().GetUserByEmailContext(ctx, user)
		if err != nil {
			return 0, analysis.Fail(analysis.Invalid, "serve.admin", analysis.Args{"admin": user})
		}
		user = person.ID
	}
	channel, err := api.OpenDM(ctx, analysis.UserID(user))
	if err != nil {
		return 0, err
	}
	mark := -wallTime().UnixMilli() // no ledger row has a number below zero
	ts, err := api.Post(ctx, channel, "", mark, view.Say(x.p.T("doctor.probe", nil)))
	if err != nil {
		return 0, err
	}
	at, err := api.FindPost(ctx, channel, "", mark, justBefore(ts))
	if err == nil && at == ts {
		found = 1
	}
	return found, errors.Join(err, api.Erase(ctx, channel, ts))
}
