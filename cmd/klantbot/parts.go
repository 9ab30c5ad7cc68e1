package main

import (
	"context"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/delivery"
	"klantbot/bot/slackapi"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// parts are what a service answers Slack with, wired with one another.
type parts struct {
	api        *slackapi.Client
	directory  *commands.Directory
	market     *commands.Market
	stands     commands.Needs
	summarizer *commands.Drafting
	grouper    *commands.Sorting
	registry   *commands.Registry
	post       *delivery.Courier
	dispatcher *bot.Dispatcher
	way        way
}

// build wires them for the workspace that the token is of; ran hears of every
// use-case.
func (s service) build(api *slackapi.Client, who slackapi.Identity, directory *commands.Directory, ran func(entry string, took time.Duration)) (p parts, err error) {
	p = parts{api: api, directory: directory, market: commands.NewMarket(s.db, s.db, s.db, s.tempo.firstCard)}
	if p.stands, p.summarizer, p.grouper, err = s.stands(office{api, who.Team}, directory, p.market); err != nil {
		return p, err
	}
	p.registry = commands.New(p.stands)
	if p.post, err = s.courier(p, who); err != nil {
		return p, err
	}
	if p.dispatcher, err = s.answerer(p, who, ran); err != nil {
		return p, err
	}
	p.way, err = s.in.build(api, p.dispatcher, s.log)
	return p, err
}

// stands are what the use-cases need, with the language model where there is one; what
// writes with it is run beside the rest.
func (s service) stands(o office, directory *commands.Directory, market *commands.Market) (commands.Needs, *commands.Drafting, *commands.Sorting, error) {
	n := needs(s.db, directory, market)
	n.Colleagues, n.Places = o, o
	n.Model = s.endpoint.modelOf(s.db, s.now)
	summarizer, grouper, err := s.endpoint.summarizer(s.db, n.Model)
	if err != nil {
		return n, nil, nil, err
	}
	n.Surveys.Summarizer, n.Grouper = summarizer, grouper
	n.Talker, err = s.endpoint.talker(s.db, n.Model)
	return n, summarizer, grouper, err
}

// courier returns what brings the ledger to Slack.
func (s service) courier(p parts, who slackapi.Identity) (*delivery.Courier, error) {
	return delivery.New(delivery.Config{Team: who.Team, Ledger: s.db, Files: s.db, Renderer: renderer{p.registry}, Poster: p.api, History: p.api,
		Channels: p.api, People: p.api, Log: s.log,
		Lease: s.tempo.letter, Settle: s.tempo.letter / 2, Poll: s.tempo.poll, Pace: s.tempo.pace})
}

// answerer returns what answers requests, after each of which the ledger is looked at.
func (s service) answerer(p parts, who slackapi.Identity, ran func(entry string, took time.Duration)) (*bot.Dispatcher, error) {
	return bot.New(bot.Config{Team: who.Team, Domain: who.Domain, Registry: p.registry, Inbox: s.db, Letters: s.db,
		Roles:  commands.Roles{Members: s.db, Managers: s.db, Settings: s.db},
		People: p.api, Channels: p.api, Responder: p.api, Whisperer: p.api, Views: p.api, Files: p.api, Threads: p.api, Poster: p.api, Agents: p.api,
		Log: s.log, Now: s.now, Away: s.db.Away,
		Ran:   func(entry string, took time.Duration) { ran(entry, took); p.post.Poke() },
		Lease: s.tempo.request, Poll: s.tempo.poll, Deadline: s.tempo.answer, Decide: s.tempo.decide, Trigger: s.tempo.trigger, Settle: s.tempo.settle})
}

// renderer lets delivery render what the Registry knows.
type renderer struct{ registry *commands.Registry }

// Render returns e as it is to be posted now.
func (r renderer) Render(ctx context.Context, e storage.LedgerEntry) (bot.Message, error) {
	if e.Stubbed {
		return view.Stub(locale.New(locale.Lang(e.Lang), nil), e.Kind), nil
	}
	letter, ok := r.registry.Letters[e.Kind]
	if !ok {
		return bot.Message{}, analysis.Fail(analysis.NotFound, "letter.unknown", nil)
	}
	// Who reads along in a channel sees what everybody may.
	return letter(storage.Seeing(ctx, e.User), e)
}
