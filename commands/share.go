package commands

import (
	"context"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// cardLetter is the kind of ledger entry that posts a card.
const cardLetter = "client.card"

// Share posts cards where colleagues read them.
type Share struct {
	Cards Cards
	Store storage.Writer
	// Now is wall time: when the ledger may send.
	Now func() time.Time
}

// Ask answers "Deel in kanaal": it names the channel and who will read it
// before anything is posted.
func (s Share) Ask(ctx context.Context, req Request) (Reply, error) {
	client, err := s.allowed(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	return Say(view.ShareQuestion(p, client.Name, req.Channel.Name, client.ID)), nil
}

// Post answers the confirmation: the card goes to the channel through the
// ledger, once, however often the button arrives.
func (s Share) Post(ctx context.Context, req Request) (Reply, error) {
	client, err := s.allowed(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	err = s.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "client.share", Request: req.Key,
			Client: client.ID, Group: client.Group, Channel: req.Channel.ID}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, storage.LedgerEntry{Key: "share/" + req.Key, Kind: cardLetter,
			Channel: req.Channel.ID, Lang: string(locale.Dutch), Client: client.ID, Group: client.Group,
			Author: req.Actor.User, At: req.At, Due: s.Now()})
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the shared card: %w", err)
	}
	p := locale.New(req.Lang, req.Zone)
	return Say(view.Shared(p, client.Name, req.Channel.Name, client.ID)), nil
}

// allowed returns the client to share after checking the place and the person.
func (s Share) allowed(ctx context.Context, req Request) (analysis.Client, error) {
	id, err := clientOf(req.Value)
	if err != nil {
		return analysis.Client{}, err
	}
	if !shareable(req.Channel) {
		return analysis.Client{}, analysis.Fail(analysis.Invalid, "client.share.nowhere", nil)
	}
	if req.Channel.Archived {
		return analysis.Client{}, analysis.Fail(analysis.Invalid, "client.share.archived", analysis.Args{"channel": req.Channel.Name})
	}
	if !req.Channel.Member {
		return analysis.Client{}, analysis.Fail(analysis.Invalid, "client.share.invite", analysis.Args{"channel": req.Channel.Name})
	}
	client, err := s.Cards.Clients.Client(ctx, id)
	if err != nil {
		return analysis.Client{}, err
	}
	group, err := s.Cards.Clients.Group(ctx, client.Group)
	if err != nil {
		return analysis.Client{}, fmt.Errorf("read group %d: %w", client.Group, err)
	}
	if !analysis.Allow(req.Actor, analysis.ShareClient, subject(group)) {
		return analysis.Client{}, refuse()
	}
	return client, nil
}

// Letter renders a shared card when it is sent.
func (s Share) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	card, err := s.Cards.Card(ctx, e.Client, Request{At: e.At}.today())
	if err != nil {
		return view.Message{}, err
	}
	return view.SharedCard(locale.New(locale.Lang(e.Lang), nil), card, e.Author), nil
}
