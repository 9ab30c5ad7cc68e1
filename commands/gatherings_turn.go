package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// guestChange is a guest and the state they get.
type guestChange struct {
	row view.GatheringRow
	to  attention.InvitationState
}

// turn gives guests their states, once for each request, with the moment that
// belongs to who came: had by who comes to it, taken back of who leaves it. Who
// declined, or said they would come, had no moment.
func (c Gatherings) turn(ctx context.Context, req Request, g storage.Gathering, changes []guestChange, at time.Time, action string) error {
	var back []analysis.Touch // the moments that are taken back
	for _, change := range changes {
		if !change.row.Came {
			continue
		}
		t, err := c.Week.Touches.Answered(ctx, change.row.Group, eventKey(g))
		if err != nil && analysis.KindOf(err) == analysis.NotFound {
			continue // somebody took it back already
		}
		if err != nil {
			return fmt.Errorf("read the moment of an event: %w", err)
		}
		t.Removed, t.Author, t.At = true, req.Actor.User, at
		back = append(back, t)
	}
	err := c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		for _, change := range changes {
			if err := turnOne(ctx, tx, req, g, change, at); err != nil {
				return err
			}
		}
		for _, t := range back {
			if err := tx.ReviseTouch(ctx, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mark guests: %w", err)
	}
	return nil
}

func turnOne(ctx context.Context, tx storage.Tx, req Request, g storage.Gathering, change guestChange, at time.Time) error {
	group := change.row.Group
	if err := tx.Invite(ctx, storage.Invitation{Gathering: g.ID, Group: group, State: change.to, By: req.Actor.User, At: at}); err != nil {
		return err
	}
	if change.to != attention.Attended {
		return nil
	}
	_, _, err := tx.AddTouch(ctx, analysis.Touch{Group: group, Kind: analysis.Gathering, Day: g.Day, NextDay: analysis.NoDay, By: req.Actor.User,
		Manager: req.Actor.Manager, Source: "bijeenkomst", Asked: eventKey(g), Author: req.Actor.User, At: at})
	return err
}

// stateLetters are how the value of *Ongedaan maken* writes what guests were.
const stateLetters = "ukag" // in the order of attention.InvitationStates

// backOf is the value of the button that undoes changes, made at at in the list
// that s names; empty where nothing changed. A page of a hundred guests is some
// 800 of the 2,000 characters that a value may have.
func backOf(g storage.Gathering, at time.Time, s guestSpot, changes []guestChange) string {
	if len(changes) == 0 {
		return ""
	}
	was := make([]string, len(changes))
	for i, change := range changes {
		letter := slices.Index(attention.InvitationStates(), change.row.State)
		was[i] = string(stateLetters[letter]) + strconv.FormatInt(int64(change.row.Group), 10)
	}
	return fmt.Sprintf("%d/%d/%s/%d/%s", g.ID, at.UnixMilli(), strings.Join(was, ","), s.offset, s.state)
}

// Undo answers *Ongedaan maken* after guests were marked: they are what they were
// before. Who was changed by somebody since stays as that.
func (c Gatherings) Undo(ctx context.Context, req Request) (Reply, error) {
	parts := strings.SplitN(req.Value, "/", 4)
	g, err := c.eventOf(ctx, req, parts[0])
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if len(parts) == 1 { // of a new event
		return c.Remove(ctx, req)
	}
	millis, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || len(parts) < 4 {
		return c.instead(ctx, req, outdated())
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	was := map[string]attention.InvitationState{}
	for _, one := range strings.Split(parts[2], ",") {
		if one == "" {
			continue
		}
		if at := strings.IndexByte(stateLetters, one[0]); at >= 0 {
			was[one[1:]] = attention.InvitationStates()[at]
		}
	}
	var changes []guestChange
	for _, r := range rows {
		to, ok := was[strconv.FormatInt(int64(r.Group), 10)]
		if ok && to != r.State && r.At.UnixMilli() == millis && (to != attention.Attended || g.Day <= req.today()) {
			changes = append(changes, guestChange{r, to})
		}
	}
	spot := guestSpotOf(parts[0] + "/" + parts[3])
	done := view.Outcome{Refused: invalid("segment.gone")}
	if len(changes) > 0 {
		if err := c.turn(ctx, req, g, changes, req.At.Truncate(time.Millisecond), "gathering.undo"); err != nil {
			return c.instead(ctx, req, err)
		}
		done = view.Outcome{Said: locale.New(req.Lang, req.Zone).N("gathering.undone", len(changes), nil)}
	}
	if strings.HasSuffix(req.Value, "/"+guestsEverybody) || spot.state != "" {
		return c.guests(ctx, req, spot, done)
	}
	return c.show(ctx, req, g.ID, done)
}
