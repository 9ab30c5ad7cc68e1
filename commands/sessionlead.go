package commands

import (
	"context"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Lead answers *Begeleiden*: what moves the session, for who leads it; for others who
// leads, whether they can take over, and a way out.
func (c SessionScreens) Lead(ctx context.Context, req Request) (Reply, error) {
	s, _, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "session.lead", Group: s.Subject.Group}); err != nil {
		return Reply{}, err
	}
	return c.lead(ctx, req, s, view.Outcome{})
}

func (c SessionScreens) lead(ctx context.Context, req Request, s *session.State, done view.Outcome) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	b, err := c.board(ctx, p, s)
	if err != nil {
		return Reply{}, err
	}
	shown := view.SessionLead{SessionBoard: b, Leads: leads(req.Actor, s), Member: s.TakesPart(req.Actor.User), Outcome: done}
	shown.Takes = !shown.Leads && shown.Member && s.CanTakeOver(req.At)
	return Show(view.SessionLeadWindow(p, shown)), nil
}

// moved answers a press that moves a session: in the window it came from, or beside
// the board for who pressed alone, with the way back.
func (c SessionScreens) moved(ctx context.Context, req Request, action, key string, deed Deed) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	s, err := c.press(ctx, req, at.id, action, deed)
	if err == nil {
		s, err = c.Prepared(ctx, s, req.At)
	}
	p := locale.New(req.Lang, req.Zone)
	done, err := c.outcome(s, p, key, err)
	if err != nil {
		return Reply{}, err
	}
	if req.InModal && s != nil && readsAlong(req.Actor, s) {
		return c.lead(ctx, req, s, done)
	}
	if done.Refused != nil {
		return Reply{}, done.Refused
	}
	return Reply{Now: ptr(view.SessionMoved(p, done)), Beside: true}, nil
}

// outcome words what a press did, with the way back of a step that has one.
func (c SessionScreens) outcome(s *session.State, p *locale.Printer, key string, err error) (view.Outcome, error) {
	if err != nil {
		return refusedOf(err)
	}
	done := view.Outcome{Said: p.T(key, analysis.Args{"phase": view.SessionPhaseWord(p, s.Phase), "where": view.SessionWhere(p, s), "until": view.SessionUntil(p, s)})}
	if step, ok := s.LastStep(true); ok && slices.Contains([]string{"session.moved", "session.extended", "session.switched", "session.stopped"}, key) {
		done.Undo = view.SessionStep(s, step)
	}
	return done, nil
}

func ptr[T any](v T) *T { return &v }

// visited refuses a button that was drawn in another visit of a phase.
func visited(at sessionSpot, s *session.State) error {
	if at.visit != s.Visit {
		return analysis.Fail(analysis.Invalid, "session.moved_already", nil)
	}
	return nil
}

// Forward answers *Volgende fase*. Of two who press at once one goes on, and the
// other reads that somebody was first.
func (c SessionScreens) Forward(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	return c.moved(ctx, req, "session.forward", "session.moved", func(s *session.State) ([]session.Body, error) {
		m := s.Forward(moment(req))
		m.Visit = at.visit
		return []session.Body{m}, nil
	})
}

// Reopen answers the choice of a phase that was passed.
func (c SessionScreens) Reopen(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	return c.moved(ctx, req, "session.reopen", "session.moved", func(s *session.State) ([]session.Body, error) {
		m := s.To(session.Phase(at.rest), moment(req))
		m.Visit = at.visit
		return []session.Body{m}, nil
	})
}

// Extend answers the buttons that give a phase more time.
func (c SessionScreens) Extend(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	return c.moved(ctx, req, "session.extend", "session.extended", func(s *session.State) ([]session.Body, error) {
		if !slices.Contains(view.SessionTerms(s.Mode.In(s.Phase)), at.number()) {
			return nil, outdated()
		}
		return []session.Body{s.Extend(at.number(), moment(req))}, visited(at, s)
	})
}

// Switch answers *Begin het gesprek* and *Verder in eigen tijd*: the rest is done
// together with a timer, or by everybody when it suits them.
func (c SessionScreens) Switch(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	return c.moved(ctx, req, "session.switch", "session.switched", func(s *session.State) ([]session.Body, error) {
		return []session.Body{s.Switch(session.Mode(at.rest), moment(req))}, visited(at, s)
	})
}

// Step answers *Ongedaan maken* and *Toch wel*: the step that the button names is
// undone, or done again.
func (c SessionScreens) Step(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	return c.moved(ctx, req, "session.step", "session.undone", Do(session.Undone{Seq: at.number()}))
}

// Pause, Resume and End answer the buttons of that name.
func (c SessionScreens) Pause(ctx context.Context, req Request) (Reply, error) {
	return c.moved(ctx, req, "session.pause", "session.rests", Do(session.Paused{}))
}

// Resume goes on after a pause, where the channel is the office's own.
func (c SessionScreens) Resume(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	s, err := c.Use.Read(ctx, at.id)
	if err != nil {
		return Reply{}, err
	}
	if _, err := c.place(ctx, s.Channel); err != nil {
		return Reply{}, err
	}
	return c.moved(ctx, req, "session.resume", "session.resumed", Do(session.Resumed{}))
}

// End stops a session before its outcome.
func (c SessionScreens) End(ctx context.Context, req Request) (Reply, error) {
	return c.moved(ctx, req, "session.end", "session.stopped", Do(session.Ended{}))
}

// Take answers *Neem over*.
func (c SessionScreens) Take(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	return c.moved(ctx, req, "session.take", "session.taken", Do(session.TookOver{From: analysis.UserID(at.rest), User: req.Actor.User}))
}

// Leave answers *Ik doe niet meer mee*.
func (c SessionScreens) Leave(ctx context.Context, req Request) (Reply, error) {
	return c.moved(ctx, req, "session.leave", "session.left", Do(session.Removed{User: req.Actor.User}))
}

// Ready answers *Klaar*: who is done says so, once or more often.
func (c SessionScreens) Ready(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	s, err := c.press(ctx, req, at.id, "session.ready", func(s *session.State) ([]session.Body, error) {
		return []session.Body{session.Readied{Phase: s.Phase}}, visited(at, s)
	})
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	return Reply{Now: ptr(view.Say(p.T("session.readied", analysis.Args{"done": s.Progress().Done, "of": s.Progress().Of}))), Beside: true}, nil
}

// People answers the form of who takes part and who leads.
func (c SessionScreens) People(ctx context.Context, req Request) (Reply, error) {
	want, leader := peopleAsked(req)
	if err := c.colleagues(ctx, append(want, leader)); err != nil {
		return c.refusedIn(ctx, req, err)
	}
	return c.moved(ctx, req, "session.people", "session.people_kept", func(s *session.State) ([]session.Body, error) {
		return peopleChanges(s, want, leader)
	})
}

// refusedIn shows in the window *Begeleiden* why something was not done.
func (c SessionScreens) refusedIn(ctx context.Context, req Request, err error) (Reply, error) {
	done, err := refusedOf(err)
	if err != nil {
		return Reply{}, err
	}
	s, _, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	return c.lead(ctx, req, s, done)
}

// peopleAsked reads that form.
func peopleAsked(req Request) (people []analysis.UserID, leader analysis.UserID) {
	for block, typed := range req.Fields {
		switch view.FieldOf(block) {
		case view.FieldLeader:
			leader = analysis.UserID(typed)
		case view.FieldPeople:
			for u := range strings.SplitSeq(typed, "\n") {
				if u != "" {
					people = append(people, analysis.UserID(u))
				}
			}
		}
	}
	return people, leader
}

// peopleChanges are the events that make want take part in s, led by leader. Who led
// it goes last: until then they may do this.
func peopleChanges(s *session.State, want []analysis.UserID, leader analysis.UserID) ([]session.Body, error) {
	if n := len(want); n < session.FewestParticipants || n > session.MostParticipants {
		return nil, analysis.Fail(analysis.Invalid, "session.participants", analysis.Args{"n": n, "fewest": session.FewestParticipants, "most": session.MostParticipants})
	}
	out := func(u analysis.UserID) bool { return !slices.Contains(want, u) }
	if leader == s.Facilitator && s.TakesPart(leader) && out(leader) {
		return nil, analysis.Fail(analysis.Invalid, "session.people_leader", nil)
	}
	var bodies []session.Body
	for _, u := range s.Active() {
		if out(u) && u != s.Facilitator {
			bodies = append(bodies, session.Removed{User: u})
		}
	}
	for _, u := range want {
		if !s.TakesPart(u) {
			bodies = append(bodies, session.Joined{User: u})
		}
	}
	if leader != "" && leader != s.Facilitator {
		bodies = append(bodies, session.TookOver{From: s.Facilitator, User: leader})
		if s.TakesPart(s.Facilitator) && out(s.Facilitator) {
			bodies = append(bodies, session.Removed{User: s.Facilitator})
		}
	}
	if len(bodies) == 0 {
		return nil, analysis.Fail(analysis.Invalid, "session.people_same", nil)
	}
	return bodies, nil
}
