package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// usualDays is by when something is to be done where nobody said so.
const usualDays = 7

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
