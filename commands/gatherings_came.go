package commands

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// inviteLetter is the kind of ledger entry that sends an invitation list as a
// table. Its Subject is the event.
const inviteLetter = "gathering.list"

// camePage is how many groups stand on a page of who came: as many as Slack lets
// a list hold.
const camePage = 100

// Mark answers *Wie kwam er?* and its pages. The value is the event and where
// the page begins.
func (c Gatherings) Mark(ctx context.Context, req Request) (Reply, error) {
	named, from, _ := strings.Cut(req.Value, "/")
	g, err := c.eventOf(ctx, req, named)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	return c.mark(ctx, req, g, from, view.Outcome{})
}

func (c Gatherings) mark(ctx context.Context, req Request, g storage.Gathering, from string, done view.Outcome) (Reply, error) {
	if g.Day > req.today() {
		return c.show(ctx, req, g.ID, view.Outcome{Refused: invalid("gathering.not_yet")})
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	offset := offsetOf(from, len(rows))
	return Show(view.GatheringCame(locale.New(req.Lang, req.Zone), view.CameWindow{Gathering: event(g), Outcome: done, Total: len(rows), Offset: offset, Size: camePage,
		Rows: rows[offset:min(len(rows), offset+camePage)]})), nil
}

// offsetOf reads where a page of who came begins, within total.
func offsetOf(from string, total int) int {
	offset, err := strconv.Atoi(from)
	if err != nil || offset < 0 {
		return 0
	}
	return min(offset, max(0, total-1)) / camePage * camePage
}

// eventKey names the moment of an event, so that it is had once however often
// somebody marks it.
func eventKey(g storage.Gathering) string { return "bijeenkomst/" + strconv.FormatInt(g.ID, 10) }

// Came answers the page of who came: who is chosen came, and gets the moment;
// who was and is not any more did not.
func (c Gatherings) Came(ctx context.Context, req Request) (Reply, error) {
	named, from, _ := strings.Cut(req.Private, "/")
	g, err := c.eventOf(ctx, req, named)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if g.Day > req.today() {
		return c.show(ctx, req, g.ID, view.Outcome{Refused: invalid("gathering.not_yet")})
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	offset := offsetOf(from, len(rows))
	var chosen []string
	for block, typed := range req.Fields {
		if view.FieldOf(block) == view.FieldCame {
			chosen = strings.Split(typed, "\n")
		}
	}
	var changed []view.GatheringRow
	for _, r := range rows[offset:min(len(rows), offset+camePage)] {
		if came := slices.Contains(chosen, strconv.FormatInt(int64(r.Group), 10)); came != r.Came {
			changed = append(changed, r)
		}
	}
	at := req.At.Truncate(time.Millisecond)
	if err := c.turn(ctx, req, g, changed, at, "gathering.came"); err != nil {
		return c.instead(ctx, req, err)
	}
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).N("gathering.marked", len(changed), nil)}
	if len(changed) > 0 {
		done.Undo = fmt.Sprintf("%d/%d/%d", g.ID, at.UnixMilli(), offset)
	}
	if g, err = c.Events.Gathering(ctx, g.ID); err != nil {
		return c.instead(ctx, req, err)
	}
	return c.show(ctx, req, g.ID, done)
}

// turn makes of each row that came one that did not, and the other way round,
// with the moment that belongs to it.
func (c Gatherings) turn(ctx context.Context, req Request, g storage.Gathering, rows []view.GatheringRow, at time.Time, action string) error {
	var moments []analysis.Touch // those that are taken back
	for _, r := range rows {
		if !r.Came {
			continue
		}
		t, err := c.Week.Touches.Answered(ctx, r.Group, eventKey(g))
		if err != nil && analysis.KindOf(err) == analysis.NotFound {
			continue // somebody took it back already
		}
		if err != nil {
			return fmt.Errorf("read the moment of an event: %w", err)
		}
		t.Removed, t.Author, t.At = true, req.Actor.User, at
		moments = append(moments, t)
	}
	err := c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		for _, r := range rows {
			if err := c.turnOne(ctx, tx, req, g, r, at); err != nil {
				return err
			}
		}
		for _, t := range moments {
			if err := tx.ReviseTouch(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mark who came: %w", err)
	}
	return nil
}

func (c Gatherings) turnOne(ctx context.Context, tx storage.Tx, req Request, g storage.Gathering, r view.GatheringRow, at time.Time) error {
	state := storage.Attended
	if r.Came {
		state = storage.Invited
	}
	if err := tx.Invite(ctx, storage.Invitation{Gathering: g.ID, Group: r.Group, State: state, By: req.Actor.User, At: at}); err != nil {
		return err
	}
	if state != storage.Attended {
		return nil
	}
	_, _, err := tx.AddTouch(ctx, analysis.Touch{Group: r.Group, Kind: analysis.Gathering, Day: g.Day, NextDay: analysis.NoDay, By: req.Actor.User,
		Manager: req.Actor.Manager, Source: "bijeenkomst", Asked: eventKey(g), Author: req.Actor.User, At: at})
	return err
}

// Undo answers *Ongedaan maken* after a page of who came: what that changed is
// turned back. The value names the event and when it was done.
func (c Gatherings) Undo(ctx context.Context, req Request) (Reply, error) {
	parts := strings.Split(req.Value, "/")
	g, err := c.eventOf(ctx, req, parts[0])
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if len(parts) == 1 { // of a new event
		return c.Remove(ctx, req)
	}
	millis, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return c.instead(ctx, req, outdated())
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	rows = slices.DeleteFunc(rows, func(r view.GatheringRow) bool { return r.At.UnixMilli() != millis || g.At.UnixMilli() == millis })
	if len(rows) == 0 {
		return c.show(ctx, req, g.ID, view.Outcome{Refused: invalid("segment.gone")})
	}
	if err := c.turn(ctx, req, g, rows, req.At, "gathering.undo"); err != nil {
		return c.instead(ctx, req, err)
	}
	return c.show(ctx, req, g.ID, view.Outcome{Said: locale.New(req.Lang, req.Zone).N("gathering.undone", len(rows), nil)})
}

// Send answers *Stuur mij de lijst*: the invitation list as a file in a direct
// message.
func (c Gatherings) Send(ctx context.Context, req Request) (Reply, error) {
	g, err := c.eventOf(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	e := storage.LedgerEntry{Key: "gathering/" + req.Key, Kind: inviteLetter, User: req.Actor.User, Lang: string(req.Lang), Subject: strconv.FormatInt(g.ID, 10),
		Author: req.Actor.User, At: req.At, Due: c.Now()}
	err = c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "gathering.send", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the invitation list: %w", err)
	}
	return c.show(ctx, req, g.ID, view.Outcome{Said: locale.New(req.Lang, req.Zone).T("gathering.list_sent", nil)})
}

// Letter writes the invitation list when it is sent.
func (c Gatherings) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	id, err := strconv.ParseInt(e.Subject, 10, 64)
	if err != nil {
		return view.Message{}, outdated()
	}
	g, err := c.Events.Gathering(ctx, id)
	if err != nil {
		return view.Message{}, err
	}
	rows, err := c.rows(ctx, Request{At: e.At}.today(), g)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	var table bytes.Buffer
	if err := view.GatheringCSV(&table, p, event(g), rows); err != nil {
		return view.Message{}, err
	}
	m := view.Say(p.N("gathering.letter", len(rows), analysis.Args{"name": g.Name, "day": g.Day}))
	m.File = &view.File{Name: fmt.Sprintf("uitnodigingen-%s.csv", g.Day), Content: table.Bytes()}
	return m, nil
}
