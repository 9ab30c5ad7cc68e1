package commands

import (
	"context"
	"fmt"
	"regexp"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// usualDays is by when something is to be done where nobody said so.
const usualDays = 7

// acts proposes the action that was asked for; nothing is kept of it before a press.
// What is to be done stands in the proposal alone, so that is for the asker alone also
// in a DM: no message of the ledger has words of anybody.
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
	if _, err := c.keep(ctx, req, kept, nil); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	return Say(view.ProposeAction(p, proposal)), audit(ctx, c.Client.Store, req, storage.AuditLine{Action: "ask.action", Client: client.ID, Group: client.Group})
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
	} else if speaksOf.MatchString(what) {
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
var speaksOf = regexp.MustCompile(`(?i)\b(?:hem|haar|hen|die klant|deze klant|him|her|them|that client|this client)\b`)

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

// ActionMaking makes actions outside discussions, from what somebody filled in.
type ActionMaking struct {
	Sessions Sessions
	Clients  storage.Clients
}

// Form answers the button of a proposal without words, as a model makes them: a window.
func (c ActionMaking) Form(ctx context.Context, req Request) (Reply, error) {
	client, err := c.about(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.ActionMakeForm(locale.New(req.Lang, req.Zone), view.ActionProposal{For: client.Name, Value: req.Value, Due: req.today() + usualDays, AsOf: req.today()})), nil
}

// about is the client that a button names; zero: none in particular.
func (c ActionMaking) about(ctx context.Context, req Request, value string) (analysis.Client, error) {
	if value == "" || value == view.NoClient {
		return analysis.Client{}, nil
	}
	id, err := clientOf(value)
	if err != nil {
		return analysis.Client{}, err
	}
	client, err := c.Clients.Client(ctx, id)
	if err != nil {
		return client, err
	}
	group, err := c.Clients.Group(ctx, client.Group)
	if err == nil && !analysis.Allow(req.Actor, analysis.ViewClient, subject(group)) {
		err = refuse()
	}
	return client, err
}

// Validate checks the window.
func (c ActionMaking) Validate(_ context.Context, req Request) (map[string]string, error) {
	wrong, p := map[string]string{}, locale.New(req.Lang, req.Zone)
	if _, err := session.Clean(req.Fields[view.FieldThen], session.LongestText); err != nil {
		wrong[view.FieldThen] = p.T("action.make.what", nil)
	}
	if day := dayIn(req.Fields[view.FieldDay]); !day.Known() || day < req.today() {
		wrong[view.FieldDay] = p.T("session.action.due", nil)
	}
	return wrong, nil
}

// Press answers the button of a proposal: with what stands in it now it is an action.
func (c ActionMaking) Press(ctx context.Context, req Request) (Reply, error) {
	return c.make(ctx, req, req.Value)
}

// Save answers the window.
func (c ActionMaking) Save(ctx context.Context, req Request) (Reply, error) {
	return c.make(ctx, req, req.Private)
}

func (c ActionMaking) make(ctx context.Context, req Request, value string) (Reply, error) {
	client, err := c.about(ctx, req, value)
	if err != nil {
		return Reply{}, err
	}
	then, due := tidy(req.Fields[view.FieldThen]), dayIn(req.Fields[view.FieldDay])
	if then == "" {
		return Reply{}, analysis.Fail(analysis.Invalid, "action.make.what", nil)
	}
	if !due.Known() || due < req.today() {
		return Reply{}, analysis.Fail(analysis.Invalid, "session.action.due", nil)
	}
	stream, err := c.Sessions.Training(ctx, req.At)
	if err != nil {
		return Reply{}, fmt.Errorf("read the actions outside discussions: %w", err)
	}
	made := session.Agreed{Owner: req.Actor.User, Due: due, Then: then, Group: client.Group}
	after, _, err := c.Sessions.Press(ctx, stream.ID, PressOf(req, "action.make"), Do(made), nil)
	if err != nil {
		return Reply{}, err
	}
	var spot actionSpot
	for _, a := range after.Actions {
		if a.By == req.Actor.User && a.Then == then && a.Due == due { // the last of them
			spot = actionSpot{scope: view.ActionsMine, session: stream.ID, action: a.ID, base: len(a.History)}
		}
	}
	p := locale.New(req.Lang, req.Zone)
	return Say(view.ActionMade(p, view.ActionProposal{Then: then, Due: due, For: client.Name, Value: spot.String(), AsOf: req.today()})), nil
}

// Unmake answers *Ongedaan maken* under what was made: it lapses.
func (c ActionMaking) Unmake(ctx context.Context, req Request) (Reply, error) {
	s, p := actionSpotOf(req.Value), locale.New(req.Lang, req.Zone)
	_, _, err := c.Sessions.Press(ctx, s.session, PressOf(req, "action.unmake"), func(state *session.State) ([]session.Body, error) {
		a := state.Action(s.action)
		if a == nil || state.Kind != session.Training {
			return nil, analysis.Fail(analysis.NotFound, "session.action.gone", nil)
		}
		return []session.Body{session.Handled{Action: s.action, Base: s.base, State: session.Dropped, Due: analysis.NoDay, Reason: p.T("action.undo.why", nil)}}, nil
	}, nil)
	if err != nil {
		return Reply{}, err
	}
	return Say(view.Say(p.T("action.unmade", nil))), nil
}

// makeEntries are the part of the table that proposed actions carry.
func makeEntries(c ActionMaking) []Entry {
	return []Entry{
		{ID: "action.form", On: Action, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: c.Form},
		{ID: "action.make", On: Action, Version: 1, Permission: analysis.JoinSession, Run: c.Press},
		{ID: "action.make", On: Submission, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: c.Save, Validate: c.Validate},
		{ID: "action.unmake", On: Action, Version: 1, Permission: analysis.JoinSession, Run: c.Unmake},
	}
}
