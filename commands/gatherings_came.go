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
	"klantbot/analysis/attention"
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

// guestSpot is what a button or window about the guests of an event is about:
// ids and a state, none of it trusted.
type guestSpot struct {
	event  string
	offset int
	// state is whom a list shows (empty: everybody), or what a form asks.
	state attention.InvitationState
}

func (s guestSpot) String() string { return fmt.Sprintf("%s/%d/%s", s.event, s.offset, s.state) }

// guestSpotOf reads a button's value; what is not possible is left out.
func guestSpotOf(value string) guestSpot {
	parts := append(strings.Split(value, "/"), "", "")
	s := guestSpot{event: parts[0]}
	if n, err := strconv.Atoi(parts[1]); err == nil && n > 0 {
		s.offset = n
	}
	if state := attention.InvitationState(parts[2]); slices.Contains(attention.InvitationStates(), state) {
		s.state = state
	}
	return s
}

// Mark answers *Wie kwam er?* and the other forms that ask a state of many
// guests at once, and their pages.
func (c Gatherings) Mark(ctx context.Context, req Request) (Reply, error) {
	s := guestSpotOf(req.Value)
	g, err := c.eventOf(ctx, req, s.event)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if s.state == "" || s.state == attention.Invited {
		s.state = attention.Attended
	}
	if s.state == attention.Attended && g.Day > req.today() {
		return c.show(ctx, req, g.ID, view.Outcome{Refused: invalid("gathering.not_yet")})
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	offset := pageWithin(s.offset, len(rows), camePage)
	return Show(view.GatheringCame(locale.New(req.Lang, req.Zone), view.CameWindow{Gathering: event(g), State: s.state, Total: len(rows), Offset: offset, Size: camePage,
		Rows: rows[offset:min(len(rows), offset+camePage)]})), nil
}

// pageWithin is where the page begins that holds offset, within total.
func pageWithin(offset, total, size int) int {
	return min(offset, max(0, total-1)) / size * size
}

// eventKey names the moment of an event, so that it is had once however often
// somebody marks it.
func eventKey(g storage.Gathering) string { return "bijeenkomst/" + strconv.FormatInt(g.ID, 10) }

// Came answers the page of who came, or said so: who is chosen gets that state;
// who had it and is not chosen any more is only invited.
func (c Gatherings) Came(ctx context.Context, req Request) (Reply, error) {
	s := guestSpotOf(req.Private)
	if s.state == "" {
		s.state = attention.Attended
	}
	g, err := c.eventOf(ctx, req, s.event)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if s.state == attention.Attended && g.Day > req.today() {
		return c.show(ctx, req, g.ID, view.Outcome{Refused: invalid("gathering.not_yet")})
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	var chosen []string
	for block, typed := range req.Fields {
		if view.FieldOf(block) == view.FieldCame {
			chosen = strings.Split(typed, "\n")
		}
	}
	offset := pageWithin(s.offset, len(rows), camePage)
	var changes []guestChange
	for _, r := range rows[offset:min(len(rows), offset+camePage)] {
		picked := slices.Contains(chosen, strconv.FormatInt(int64(r.Group), 10))
		switch {
		case picked && r.State != s.state:
			changes = append(changes, guestChange{r, s.state})
		case !picked && r.State == s.state:
			changes = append(changes, guestChange{r, attention.Invited})
		}
	}
	at := req.At.Truncate(time.Millisecond)
	if err := c.turn(ctx, req, g, changes, at, "gathering.came"); err != nil {
		return c.instead(ctx, req, err)
	}
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).N("gathering.marked", len(changes), nil), Undo: backOf(g, at, guestSpot{}, changes)}
	return c.show(ctx, req, g.ID, done)
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
