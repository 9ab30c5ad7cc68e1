package commands

import (
	"cmp"
	"context"
	"errors"
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

// Gatherings are events of collective lines (bijeenkomsten): made on a date for
// some segments, with the list of whom to invite, and afterwards who came.
type Gatherings struct {
	Week   Attention
	Events storage.Gatherings
	Now    func() time.Time // wall time: when the ledger may send
}

// gatheringsShown is how many events a window lists.
const gatheringsShown = 20

// Open answers `/aandacht bijeenkomst` and every way back to it.
func (c Gatherings) Open(ctx context.Context, req Request) (Reply, error) {
	return c.list(ctx, req, view.Outcome{})
}

func (c Gatherings) list(ctx context.Context, req Request, done view.Outcome) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.HoldGathering, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	events, err := c.Events.Gatherings(ctx, gatheringsShown)
	if err != nil {
		return Reply{}, fmt.Errorf("read the events: %w", err)
	}
	shown := make([]view.Gathering, len(events))
	for i, g := range events {
		shown[i] = event(g)
	}
	return Show(view.GatheringList(locale.New(req.Lang, req.Zone), shown, done)), nil
}

// event is g as it is shown.
func event(g storage.Gathering) view.Gathering {
	return view.Gathering{ID: g.ID, Name: g.Name, Activity: g.Activity, Day: g.Day, Invited: g.Invited, Coming: g.Coming, Declined: g.Declined, Came: g.Came}
}

// Form answers *Nieuwe bijeenkomst*.
func (c Gatherings) Form(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.HoldGathering, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	activities, err := c.activities(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(activities) == 0 {
		return c.list(ctx, req, view.Outcome{Refused: invalid("gathering.no_lines")})
	}
	return Show(view.GatheringForm(locale.New(req.Lang, req.Zone), activities, req.today())), nil
}

func invalid(key string) *analysis.Error { return &analysis.Error{Kind: analysis.Invalid, Key: key} }

// activities are those of the plan's collective lines.
func (c Gatherings) activities(ctx context.Context) ([]string, error) {
	now, err := readPlan(ctx, c.Week.Settings)
	if err != nil {
		return nil, err
	}
	var all []string
	for _, l := range now.plan.Lines {
		if l.Kind == attention.Collective && !slices.Contains(all, l.Activity) {
			all = append(all, l.Activity)
		}
	}
	return all, nil
}

// Bounds of an event.
const (
	longestGathering = 80 // letters of a name
	farthest         = 2 * 366
)

// gathering reads the form; where fields are wrong they say so.
func (c Gatherings) gathering(req Request) (storage.Gathering, []analysis.Segment, map[string]string) {
	p := locale.New(req.Lang, req.Zone)
	g := storage.Gathering{Name: tidy(req.Fields[view.FieldName]), Activity: req.Fields[view.FieldActivity], By: req.Actor.User, At: req.At}
	wrong := map[string]string{}
	if g.Name == "" || len([]rune(g.Name)) > longestGathering {
		wrong[view.FieldName] = p.T("gathering.name", analysis.Args{"most": longestGathering})
	}
	var err error
	if g.Day, err = analysis.ParseDay(req.Fields[view.FieldOn]); err != nil || g.Day < req.today()-366 || g.Day > req.today()+farthest {
		wrong[view.FieldOn] = p.T("gathering.day", nil)
	}
	var segments []analysis.Segment
	for _, s := range strings.Split(req.Fields[view.FieldSegments], "\n") {
		if slices.Contains(analysis.Segments(), analysis.Segment(s)) {
			segments = append(segments, analysis.Segment(s))
		}
	}
	if len(segments) == 0 {
		wrong[view.FieldSegments] = p.T("gathering.segments", nil)
	}
	return g, segments, wrong
}

// Validate checks the form of an event without reading anything.
func (c Gatherings) Validate(_ context.Context, req Request) (map[string]string, error) {
	_, _, wrong := c.gathering(req)
	return wrong, nil
}

// Add answers the form: the event with everybody on its list whose line it is.
func (c Gatherings) Add(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.HoldGathering, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	g, segments, wrong := c.gathering(req)
	if len(wrong) > 0 {
		return Reply{Errors: wrong}, nil
	}
	invitees, err := c.invitees(ctx, req.today(), g, segments)
	if err != nil {
		return Reply{}, err
	}
	if len(invitees) == 0 {
		return c.list(ctx, req, view.Outcome{Refused: invalid("gathering.nobody")})
	}
	first := false
	err = c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err = tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "gathering.add", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		if g.ID, err = tx.AddGathering(ctx, g); err != nil {
			return err
		}
		for _, i := range invitees {
			if err := tx.Invite(ctx, storage.Invitation{Gathering: g.ID, Group: i.Group, State: attention.Invited, By: g.By, At: g.At}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Reply{}, fmt.Errorf("make an event: %w", err)
	}
	if !first { // this form came before
		return c.list(ctx, req, view.Outcome{})
	}
	return c.show(ctx, req, g.ID, view.Outcome{Said: locale.New(req.Lang, req.Zone).N("gathering.added", len(invitees), nil),
		Undo: strconv.FormatInt(g.ID, 10)})
}

// invitees are the groups of segments whose lines have the event's activity.
func (c Gatherings) invitees(ctx context.Context, today analysis.Day, g storage.Gathering, segments []analysis.Segment) ([]attention.Invitee, error) {
	week := AttentionWeek{AsOf: today}
	version, err := c.Week.chosen(ctx, &week)
	if err != nil || !week.Final {
		return nil, err
	}
	all, err := week.Plan.Invitees(g.Activity, g.Day, c.Week.Groups.AttentionGroups(ctx, version, today))
	if err != nil {
		return nil, fmt.Errorf("list whom to invite: %w", err)
	}
	return slices.DeleteFunc(all, func(i attention.Invitee) bool { return !slices.Contains(segments, i.Segment) }), nil
}

// eventOf reads which event a button names.
func (c Gatherings) eventOf(ctx context.Context, req Request, named string) (storage.Gathering, error) {
	if !analysis.Allow(req.Actor, analysis.HoldGathering, analysis.Subject{}) {
		return storage.Gathering{}, refuse()
	}
	id, err := strconv.ParseInt(named, 10, 64)
	if err != nil {
		return storage.Gathering{}, outdated()
	}
	return c.Events.Gathering(ctx, id)
}

// instead shows the list with the reason why what was asked was not done.
func (c Gatherings) instead(ctx context.Context, req Request, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind == analysis.Forbidden || why.Kind == analysis.Internal {
		return Reply{}, err
	}
	return c.list(ctx, req, view.Outcome{Refused: why})
}

// Show answers *Bekijk* at an event.
func (c Gatherings) Show(ctx context.Context, req Request) (Reply, error) {
	g, err := c.eventOf(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	return c.show(ctx, req, g.ID, view.Outcome{})
}

func (c Gatherings) show(ctx context.Context, req Request, id int64, done view.Outcome) (Reply, error) {
	g, err := c.Events.Gathering(ctx, id)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	rows, err := c.rows(ctx, req.today(), g)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Week.Store, req, storage.AuditLine{Action: "gathering.show"}); err != nil {
		return Reply{}, err
	}
	return Show(view.GatheringModal(locale.New(req.Lang, req.Zone), view.GatheringWindow{Gathering: event(g), Rows: rows, Outcome: done, Past: g.Day <= req.today()})), nil
}

// rows are the groups on the list of g, by segment and name.
func (c Gatherings) rows(ctx context.Context, today analysis.Day, g storage.Gathering) ([]view.GatheringRow, error) {
	list, err := c.Events.Invitations(ctx, g.ID)
	if err != nil {
		return nil, fmt.Errorf("read the invitation list: %w", err)
	}
	ids := make([]analysis.GroupID, len(list))
	for i, one := range list {
		ids[i] = one.Group
	}
	listed, err := c.Week.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the groups on the list: %w", err)
	}
	groups := map[analysis.GroupID]storage.Listed{}
	for _, l := range listed {
		groups[l.ID] = l
	}
	segments, err := c.segments(ctx, today)
	if err != nil {
		return nil, err
	}
	var rows []view.GatheringRow
	for _, one := range list {
		if l, ok := groups[one.Group]; ok {
			rows = append(rows, view.GatheringRow{Group: l.ID, Number: l.Number, Name: l.Name, Manager: l.ManagerName, Segment: segments[l.ID], State: one.State,
				Came: one.State == attention.Attended, At: one.At})
		}
	}
	analysis.Sort(rows, func(a, b view.GatheringRow) int {
		return cmp.Or(cmp.Compare(orLast(a.Segment), orLast(b.Segment)), strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), cmp.Compare(a.Group, b.Group))
	})
	return rows, nil
}

// orLast puts groups without a segment behind the others.
func orLast(s analysis.Segment) string {
	if s == "" {
		return "Z"
	}
	return string(s)
}

// segments are those that count today.
func (c Gatherings) segments(ctx context.Context, today analysis.Day) (map[analysis.GroupID]analysis.Segment, error) {
	week := AttentionWeek{AsOf: today}
	version, err := c.Week.chosen(ctx, &week)
	if err != nil {
		return nil, err
	}
	segments := map[analysis.GroupID]analysis.Segment{}
	for g, err := range c.Week.Groups.AttentionGroups(ctx, version, today) {
		if err != nil {
			return nil, fmt.Errorf("read the segments: %w", err)
		}
		segments[g.ID] = g.Segment
	}
	return segments, nil
}

// Remove answers *Afzeggen* and the undoing of a new event: it is called off.
// Where people came already, that stays.
func (c Gatherings) Remove(ctx context.Context, req Request) (Reply, error) {
	g, err := c.eventOf(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if g.Came > 0 {
		return c.show(ctx, req, g.ID, view.Outcome{Refused: invalid("gathering.held")})
	}
	err = c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "gathering.remove", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.RemoveGathering(ctx, g.ID)
	})
	if err != nil {
		return c.instead(ctx, req, err)
	}
	return c.list(ctx, req, view.Outcome{Said: locale.New(req.Lang, req.Zone).T("gathering.removed", analysis.Args{"name": g.Name})})
}
