package commands

import (
	"context"
	"fmt"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// acts proposes the action that was asked for; nothing is kept of it before a press.
// What is to be done stands in the proposal alone: no row of the ledger has words of
// anybody.
func (c Conversation) acts(ctx context.Context, req Request, what string, due analysis.Day) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.JoinSession, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	proposal := view.ActionProposal{Then: cutRunes(what, session.LongestText), Due: due, AsOf: req.today()}
	if !due.Known() {
		proposal.Due = req.today() + usualDays
	}
	client, err := c.actionFor(ctx, req, what)
	if err != nil {
		return Reply{}, err
	}
	kept := storage.Question{Intent: actionAsked}
	if client.ID != 0 {
		kept.Client, proposal.For, proposal.Value = client.ID, client.Name, strconv.FormatInt(int64(client.ID), 10)
	}
	return c.once(ctx, req, kept, func(ctx context.Context) (Reply, error) {
		p := locale.New(req.Lang, req.Zone)
		return Say(view.ProposeAction(p, proposal)), audit(ctx, c.Client.Store, req, storage.AuditLine{Action: "ask.action", Client: client.ID, Group: client.Group})
	})
}

// actionAsked is what a question is kept as that asks for an action.
const actionAsked = "action.make"

// actionFor is the client that an action names, or that was spoken of before; zero:
// none, or not clear which.
func (c Conversation) actionFor(ctx context.Context, req Request, what string) (analysis.Client, error) {
	var id analysis.ClientID
	if named := c.Team.named(ctx, what); len(named) > 0 {
		id = named[0]
	} else if q, err := c.Ask.read(ctx, withText(req, what)); err != nil {
		return analysis.Client{}, err
	} else if found, clear := c.Client.Directory.Find(ctx, q.Slots.Client, 2); q.Slots.Client != "" && clear {
		id = found[0].Client
	} else if spoken, err := c.before(ctx, req); err != nil {
		return analysis.Client{}, err
	} else if speaksOf().MatchString(what) {
		id = spoken.client
	}
	if id == 0 {
		return analysis.Client{}, nil
	}
	client, group, err := c.clientFor(ctx, id)
	if err != nil || !analysis.Allow(req.Actor, analysis.ViewClient, subject(group)) {
		return analysis.Client{}, err
	}
	return client, nil
}

// speaksOf is who says whom they mean by a word for who was spoken of.
var speaksOf = lazily(`(?i)\b(?:hem|haar|hen|die klant|deze klant|him|her|them|that client|this client)\b`)

func withText(req Request, text string) Request {
	req.Text = text
	return req
}

// clientFor reads a client with its relatiegroep; a client that is gone is nobody.
func (c Conversation) clientFor(ctx context.Context, id analysis.ClientID) (analysis.Client, analysis.Group, error) {
	client, err := c.Client.Cards.Clients.Client(ctx, id)
	if err != nil {
		if analysis.KindOf(err) == analysis.NotFound {
			return analysis.Client{}, analysis.Group{}, nil
		}
		return client, analysis.Group{}, fmt.Errorf("read client %d: %w", id, err)
	}
	group, err := c.Client.Cards.Clients.Group(ctx, client.Group)
	if err != nil {
		return client, group, fmt.Errorf("read group %d: %w", client.Group, err)
	}
	return client, group, nil
}
