package commands

import (
	"context"
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

// guestsShown is how many guests stand on a page, each with its buttons.
const guestsShown = 10

// guestsEverybody names the list of all guests in the value of *Ongedaan maken*,
// whatever their state.
const guestsEverybody = "allen"

// Guests answers *Gasten*: a page of the invitation list, of everybody or of one
// state, with what each can become in one press.
func (c Gatherings) Guests(ctx context.Context, req Request) (Reply, error) {
	return c.guests(ctx, req, guestSpotOf(req.Value), view.Outcome{})
}

func (c Gatherings) guests(ctx context.Context, req Request, s guestSpot, done view.Outcome) (Reply, error) {
	g, err := c.eventOf(ctx, req, s.event)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	w := view.GuestWindow{Gathering: event(g), State: s.state, Size: guestsShown, Past: g.Day <= req.today(), Outcome: done, AsOf: req.today(),
		Counts: map[attention.InvitationState]int{"": len(rows)}}
	for _, r := range rows {
		w.Counts[r.State]++
	}
	if s.state != "" {
		rows = slices.DeleteFunc(rows, func(r view.GatheringRow) bool { return r.State != s.state })
	}
	w.Total, w.Offset = len(rows), pageWithin(s.offset, len(rows), guestsShown)
	w.Rows = rows[w.Offset:min(len(rows), w.Offset+guestsShown)]
	if err := audit(ctx, c.Week.Store, req, storage.AuditLine{Action: "gathering.guests"}); err != nil {
		return Reply{}, err
	}
	return Show(view.GatheringGuests(locale.New(req.Lang, req.Zone), w)), nil
}

// Turn answers *Komt*, *Zegt af*, *Was er* and *Weet nog niet* at a guest. The
// value is the list it stands in, the group and what it becomes.
func (c Gatherings) Turn(ctx context.Context, req Request) (Reply, error) {
	list, rest, _ := strings.Cut(req.Value, ";")
	named, to, _ := strings.Cut(rest, ";")
	s := guestSpotOf(list)
	g, err := c.eventOf(ctx, req, s.event)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	state := attention.InvitationState(to)
	if !slices.Contains(attention.InvitationStates(), state) {
		return c.instead(ctx, req, outdated())
	}
	if state == attention.Attended && g.Day > req.today() {
		return c.guests(ctx, req, s, view.Outcome{Refused: invalid("gathering.not_yet")})
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	at := slices.IndexFunc(rows, func(r view.GatheringRow) bool { return strconv.FormatInt(int64(r.Group), 10) == named })
	if at < 0 {
		return c.guests(ctx, req, s, view.Outcome{Refused: invalid("gathering.not_invited")})
	}
	row := rows[at]
	said := view.Outcome{Said: locale.New(req.Lang, req.Zone).T("gathering.turned."+to, analysis.Args{"name": row.Name})}
	if row.State != state {
		when := req.At.Truncate(time.Millisecond)
		change := []guestChange{{row, state}}
		if err := c.turn(ctx, req, g, change, when, "gathering.turn"); err != nil {
			return c.instead(ctx, req, err)
		}
		if said.Undo = backOf(g, when, s, change); s.state == "" {
			said.Undo += guestsEverybody
		}
	}
	return c.guests(ctx, req, s, said)
}
