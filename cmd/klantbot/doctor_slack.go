package main

import (
	"context"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/slackapi"
	"klantbot/commands"
)

// askingSlack bounds everything that is asked of Slack.
const askingSlack = time.Minute

// slack proves the tokens, and what follows from the answers.
func (x *examination) slack(post string) {
	ctx, cancel := context.WithTimeout(x.ctx, askingSlack)
	defer cancel()
	token, from, err := x.botToken(ctx)
	var api *slackapi.Client
	if err == nil {
		api, err = x.client(token)
	}
	if err != nil {
		x.broken("bot_token", err, "doctor.todo_environment")
		x.unasked("app_token", "scopes", "clock", "metadata")
		return
	}
	defer api.Close()
	who, known := slackapi.Examined{}, false
	if x.given("bot_token", "SLACK_BOT_TOKEN", token) {
		who, err = api.Examine(ctx)
		known = x.answered("bot_token", "SLACK_BOT_TOKEN", from, err, analysis.Args{"team": who.Team})
	}
	if x.overHTTP() {
		x.say("app_token", "doctor.over_http", nil)
	} else if app, _ := secret("SLACK_APP_TOKEN"); x.given("app_token", "SLACK_APP_TOKEN", app) {
		x.answered("app_token", "SLACK_APP_TOKEN", "doctor.app_token", api.ExamineApp(ctx), nil)
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

// botToken is the bot's token, from the environment or as it was sealed when the app
// was installed in a browser, with the key of the sentence that praises it. Empty:
// there is none.
func (x *examination) botToken(ctx context.Context) (token, from string, err error) {
	token, err = secret("SLACK_BOT_TOKEN")
	if err != nil || token != "" || x.db == nil {
		return token, "doctor.bot_token", err
	}
	_, err = x.db.Setting(ctx, secretSetting(keptToken))
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return "", "doctor.bot_token", nil
	}
	if err != nil {
		return "", "", err
	}
	with, err := newSealer()
	if err != nil {
		return "", "", err
	}
	token, err = with.open(ctx, x.db, keptToken)
	return token, "doctor.bot_token_sealed", err
}

// client is a client with botToken and the app's token, where there is one.
func (x *examination) client(botToken string) (*slackapi.Client, error) {
	appToken, err := secret("SLACK_APP_TOKEN")
	if err != nil {
		return nil, err
	}
	return slackapi.New(slackapi.Config{BotToken: botToken, AppToken: appToken, APIURL: os.Getenv("SLACK_API_URL"), Timeout: 5 * time.Second})
}

// given reports whether there is a value of the variable token.
func (x *examination) given(name, token, value string) bool {
	if value != "" {
		return true
	}
	x.warn(name, "doctor.no_token", "doctor.todo_token", false, analysis.Args{"token": token})
	return false
}

// answered says what came of a question to Slack, with the key well where it was
// answered, and reports whether it was.
func (x *examination) answered(name, token, well string, err error, args analysis.Args) bool {
	var limited *bot.RateLimited
	switch fatal := bot.Fatal(token, err); {
	case err == nil:
		x.say(name, well, args)
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

// overHTTP reports whether Slack posts to us, for which there is no app token.
func (x *examination) overHTTP() bool {
	app, err := secret("SLACK_APP_TOKEN")
	signing, more := secret("SLACK_SIGNING_SECRET")
	return err == nil && more == nil && app == "" && signing != "" && os.Getenv("KLANTBOT_LISTEN") != ""
}
