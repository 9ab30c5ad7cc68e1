package commands

import (
	"context"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// fileLetter is the file of a session as it is now, for one person.
const fileLetter = "session.file"

// File answers *Verslag van nu*: what stands beside an outcome is of the day it was
// reached, and actions go on. Who takes part gets it in a direct message.
func (c Journeys) File(ctx context.Context, req Request) (Reply, error) {
	s, _, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	e := storage.LedgerEntry{Key: fmt.Sprintf("session/%d/file/%s", s.ID, req.Key), Kind: fileLetter, User: req.Actor.User, Lang: string(req.Lang), Group: s.Subject.Group,
		Subject: journeySubject(s.ID, ""), Author: req.Actor.User, At: req.At, Due: c.Now()}
	err = c.Use.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "session.file", Group: s.Subject.Group, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the file of session %d: %w", s.ID, err)
	}
	return Reply{Now: ptr(view.Say(locale.New(req.Lang, req.Zone).T("session.file.coming", nil))), Beside: true}, nil
}

// FileLetter writes the file when it is sent.
func (c Journeys) FileLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	s, err := c.lettered(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), officeZone)
	about, err := c.about(ctx, p, s.Subject)
	if err != nil {
		return view.Message{}, err
	}
	m := view.SessionFileMessage(p, s.Kind, about, e.At)
	m.File, err = c.fileOf(ctx, p, s, e.At)
	return m, err
}

// fileOf is the file of a session of either kind.
func (c Journeys) fileOf(ctx context.Context, p *locale.Printer, s *session.State, at time.Time) (*view.File, error) {
	if s.Kind == session.Journey {
		j, err := c.journey(ctx, p, s, analysis.DayOf(at.In(officeZone)))
		if err != nil {
			return nil, err
		}
		return c.report(ctx, p, j, at), nil
	}
	o, err := c.outcomeOf(ctx, p, s, at)
	if err != nil {
		return nil, err
	}
	return view.SessionFile(p, o), nil
}
