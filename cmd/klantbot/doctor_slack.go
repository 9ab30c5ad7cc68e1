package main

import (
	"context"
	"errors"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/slackapi"
	"klantbot/commands"
	"klantbot/commands/view"
	"klantbot/storage"
)

// askingSlack bounds everything that is asked of Slack.
const askingSlack = time.Minute

// slack proves the tokens, and what follows from the answers.
func (x *examination) slack(post string) {
	ctx, cancel := context.WithTimeout(x.ctx, askingSlack)
	defer cancel()
	api, err := x.client()
	if err != nil {
		x.broken("bot_token", err, "doctor.todo_environment")
		x.unasked("app_token", "scopes", "clock", "metadata")
		return
	}
	defer api.Close()
	who, known := slackapi.Examined{}, false
	if x.given("bot_token", "SLACK_BOT_TOKEN") {
		who, err = api.Examine(ctx)
		known = x.answered("bot_token", "SLACK_BOT_TOKEN", err, analysis.Args{"team": who.Team})
	}
	if x.given("app_token", "SLACK_APP_TOKEN") {
		x.answered("app_token", "SLACK_APP_TOKEN", api.ExamineApp(ctx), nil)
	}
	if !known {
		x.unasked("scopes", "clock", "metadata")
		return
	}
	x.scopes(who.Scopes)
	x.clock(who)
	x.metadata(ctx, api, post)
}

// unasked says of the checks names that Slack could not be asked.
func (x *examination) unasked(names ...string) {
	for _, name := range names {
		x.warn(name, "doctor.no_slack", "doctor.todo_token_first", false, nil)
	}
}

// client is a client with the tokens that are there.
func (x *examination) client() (*slackapi.Client, error) {
	botToken, err := secret("SLACK_BOT_TOKEN")
	appToken, more := secret("SLACK_APP_TOKEN")
	if err = errors.Join(err, more); err != nil {
		return nil, err
	}
	return slackapi.New(slackapi.Config{BotToken: botToken, AppToken: appToken, APIURL: os.Getenv("SLACK_API_URL"), Timeout: 5 * time.Second})
}

// given reports whether the token in the variable token is there.
func (x *examination) given(name, token string) bool {
	if value, err := secret(token); err == nil && value != "" {
		return true
	}
	x.warn(name, "doctor.no_token", "doctor.todo_token", false, analysis.Args{"token": token})
	return false
}

// answered says what came of a question to Slack and reports whether it was
// answered.
func (x *examination) answered(name, token string, err error, args analysis.Args) bool {
	var limited *bot.RateLimited
	switch fatal := bot.Fatal(token, err); {
	case err == nil && name == "app_token":
		x.say(name, "doctor.app_token", args)
	case err == nil:
		x.say(name, "doctor.bot_token", args)
	case fatal != nil:
		x.broken(name, fatal, "doctor.todo_tokens")
	case errors.As(err, &limited):
		x.warn(name, "doctor.limited", "doctor.todo_wait", false, analysis.Args{"seconds": int(math.Ceil(limited.After.Seconds()))})
	default:
		x.fail(name, "doctor.slack_away", "doctor.todo_network", nil)
	}
	return err == nil
}

// scopes holds the token's scopes against those of the manifest.
func (x *examination) scopes(has []string) {
	const name = "scopes"
	if has == nil {
		x.warn(name, "doctor.scopes_unknown", "doctor.todo_scopes", false, nil)
		return
	}
	wanted := commands.New(commands.Needs{}).Manifest(x.lang).OAuth.Scopes.Bot
	missing := slices.DeleteFunc(slices.Clone(wanted), func(s string) bool { return slices.Contains(has, s) })
	more := slices.DeleteFunc(slices.Clone(has), func(s string) bool { return slices.Contains(wanted, s) })
	args := analysis.Args{"count": len(wanted), "missing": strings.Join(missing, ", "), "more": strings.Join(more, ", ")}
	switch {
	case len(missing) > 0:
		x.fail(name, "doctor.scopes_missing", "doctor.todo_scopes", args)
	case len(more) > 0:
		x.warn(name, "doctor.scopes_more", "doctor.todo_scopes_more", true, args)
	default:
		x.say(name, "doctor.scopes", args)
	}
}

// clocksApart is how far this clock and Slack's may be apart: delivery looks for a
// message that it is not certain of from a minute before it was sent.
const clocksApart = time.Minute

func (x *examination) clock(who slackapi.Examined) {
	const name = "clock"
	seconds := int(math.Round(math.Abs(who.Ahead.Seconds())))
	args := analysis.Args{"seconds": seconds}
	switch {
	case !who.Dated:
		x.warn(name, "doctor.clock_unknown", "doctor.todo_clock", false, nil)
	case who.Ahead.Abs() <= clocksApart:
		x.say(name, "doctor.clock", args)
	case who.Ahead > 0:
		x.fail(name, "doctor.clock_ahead", "doctor.todo_clock", args)
	default:
		x.fail(name, "doctor.clock_behind", "doctor.todo_clock", args)
	}
}

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
