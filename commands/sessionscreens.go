package commands

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// SessionScreens answers /sessie and everything that a session shows. What happens
// in a session goes the road of Sessions; what its channel reads is in the ledger.
type SessionScreens struct {
	Use     Sessions
	Clients Client // finds who is meant, and reads what a session is about
	Meant   func(ctx context.Context, req Request, typed string) (analysis.ManagerID, error)
	Places  Places  // nil: nowhere to hold one
	Letters Letters // what was said in channels
	Actions storage.Actions
	Grouper prompts.Grouper // proposes groups of cards
	// Sorts says whether that asks a language model; nil: there is none.
	Sorts   func(ctx context.Context) (bool, error)
	Shelves Portfolio  // whom a segment, a kind of client or a portfolio has
	Surveys Survey     // what they answered
	Known   Colleagues // nil: nobody is known in the workspace
	// Words are the other things that can be typed after /sessie, in lower case.
	Words map[string]UseCase
	// Begun adds what a new session begins with, once; nil: nothing.
	Begun func(ctx context.Context, req Request, s *session.State) error
	// Now is wall time: when the ledger may send.
	Now func() time.Time
}

// sessionSpot is what a button of a session carries: its id, the visit of the phase
// that the button was drawn in, and what the button is about. None of it is trusted.
type sessionSpot struct {
	id    session.ID
	visit int
	rest  string
}

func sessionSpotOf(value string) (sessionSpot, bool) {
	parts := strings.SplitN(value, "/", 3)
	id, err := strconv.ParseInt(parts[0], 10, 64)
	s := sessionSpot{id: session.ID(id)}
	if len(parts) > 1 {
		s.visit, _ = strconv.Atoi(parts[1])
	}
	if len(parts) > 2 {
		s.rest = parts[2]
	}
	return s, err == nil && id > 0
}

// spotted reads the value of a button, or the private part of a window.
func spotted(req Request) (sessionSpot, error) {
	value := req.Value
	if value == "" {
		value = req.Private
	}
	s, ok := sessionSpotOf(value)
	if !ok {
		return s, outdated()
	}
	return s, nil
}

// number is rest as a number; 0 where it is none.
func (s sessionSpot) number() int {
	n, err := strconv.Atoi(s.rest)
	if err != nil {
		return 0
	}
	return n
}

// read returns the session of a screen, where the asker may read along: who takes
// part, leads, began it, or an administrator.
func (c SessionScreens) read(ctx context.Context, req Request) (*session.State, sessionSpot, error) {
	at, err := spotted(req)
	if err != nil {
		return nil, at, err
	}
	s, err := c.Use.Read(ctx, at.id)
	if err != nil {
		return nil, at, err
	}
	if !readsAlong(req.Actor, s) {
		return nil, at, analysis.Fail(analysis.Forbidden, "session.not_taking_part", nil)
	}
	return s, at, nil
}

func readsAlong(actor analysis.Actor, s *session.State) bool {
	who := session.WhoIs(actor)
	return who.Administrator || who.User != "" && (s.TakesPart(who.User) || s.Facilitator == who.User || s.By == who.User)
}

// leads reports whether actor may move s.
func leads(actor analysis.Actor, s *session.State) bool {
	who := session.WhoIs(actor)
	return who.Administrator || who.User != "" && s.Facilitator == who.User
}

// press does deed to session id, with what its channel hears of it.
func (c SessionScreens) press(ctx context.Context, req Request, id session.ID, action string, deed Deed) (*session.State, error) {
	then, err := c.Told(ctx, id, req.At)
	if err != nil {
		return nil, err
	}
	s, _, err := c.Use.Press(ctx, id, PressOf(req, action), func(s *session.State) ([]session.Body, error) {
		if !readsAlong(req.Actor, s) { // also where there is nothing to do
			return nil, analysis.Fail(analysis.Forbidden, "session.not_taking_part", nil)
		}
		return deed(s)
	}, then)
	return s, err
}

// about names what s is about.
func (c SessionScreens) about(ctx context.Context, p *locale.Printer, of session.Subject) (string, error) {
	name := ""
	switch {
	case of.Group != 0:
		group, err := c.Clients.Cards.Clients.Group(ctx, of.Group)
		if err != nil && analysis.KindOf(err) != analysis.NotFound {
			return "", err
		}
		if name = group.Name; name == "" {
			name = p.T("session.about.gone", nil)
		}
	case of.Manager != 0:
		manager, err := c.Clients.Cards.person(ctx, of.Manager)
		if err != nil {
			return "", err
		}
		name = manager.Name
	}
	return view.SessionAbout(p, of, name), nil
}

// refusedOf returns what keeps somebody from doing something as a window shows it, or
// the error where it is none that a window can show.
func refusedOf(err error) (view.Outcome, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind == analysis.Internal {
		return view.Outcome{}, err
	}
	return view.Outcome{Refused: why}, nil
}

// sessionsShown is how many sessions stand on a page.
const sessionsShown = 6

// List answers the buttons under the list of sessions.
func (c SessionScreens) List(ctx context.Context, req Request) (Reply, error) {
	offset, err := strconv.Atoi(req.Value)
	if err != nil {
		offset = 0
	}
	return c.list(ctx, req, offset)
}

// list shows what is going on where it was asked, or with the asker.
func (c SessionScreens) list(ctx context.Context, req Request, offset int) (Reply, error) {
	filter := storage.SessionFilter{Going: true, User: req.Actor.User}
	if shareable(req.Channel) {
		filter = storage.SessionFilter{Going: true, Channel: req.Channel.ID}
	}
	heads, total, err := c.Use.Events.Sessions(ctx, filter, max(0, offset), sessionsShown)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "session.list"}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	shown := view.SessionList{Offset: max(0, offset), Size: sessionsShown, Total: total, MayBegin: analysis.Allow(req.Actor, analysis.HoldSession, analysis.Subject{})}
	for _, h := range heads {
		about, err := c.about(ctx, p, h.Subject)
		if err != nil {
			return Reply{}, err
		}
		line := view.SessionLine{ID: h.ID, Kind: h.Kind, About: about, Phase: h.Phase, Status: h.Status, Channel: h.Channel, Here: h.Channel == req.Channel.ID}
		line.Until = view.SessionUntil(p, &session.State{Deadline: h.Deadline, Last: h.Last, Phase: h.Phase})
		shown.Lines = append(shown.Lines, line)
	}
	return Say(view.SessionListMessage(p, shown)), nil
}

// Open answers *Bekijk*: the board, for the asker alone.
func (c SessionScreens) Open(ctx context.Context, req Request) (Reply, error) {
	s, _, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "session.open", Group: s.Subject.Group}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	b, err := c.board(ctx, p, s)
	if err != nil {
		return Reply{}, err
	}
	return Say(view.SessionMessage(p, b)), nil
}
