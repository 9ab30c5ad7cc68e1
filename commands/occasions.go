package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Occasions are the reasons for event lines that people note about a
// relatiegroep: a move, a takeover, a succession. How long it has been a client
// is counted without them.
type Occasions struct {
	Week    Attention
	Clients storage.Clients
}

// An occasion is asked about from a week before to four weeks after: what is
// older would never be asked, and nobody knows what is further off than a year.
const (
	oldestOccasion   = 28
	farthestOccasion = 366
)

// occasionsShown is how many noted occasions the window lists, the newest.
const occasionsShown = 8

// celebrated is a group with its noted occasions and who gets what they ask.
type celebrated struct {
	group    analysis.Group
	segment  analysis.Segment
	asks     []attention.Line // event lines that count for it
	noted    []storage.NotedOccasion
	mayClear bool // also what others noted
}

// of reads the group that a button names, for somebody who may log contact.
func (c Occasions) of(ctx context.Context, req Request, named string) (celebrated, error) {
	var o celebrated
	id, err := strconv.ParseInt(named, 10, 64)
	if err != nil {
		return o, analysis.Fail(analysis.NotFound, "client.gone", nil)
	}
	if o.group, err = c.Clients.Group(ctx, analysis.GroupID(id)); err != nil {
		return o, err
	}
	if !analysis.Allow(req.Actor, analysis.LogTouches, subject(o.group)) {
		return o, refuse()
	}
	o.mayClear = analysis.Allow(req.Actor, analysis.ReviseTouches, subject(o.group))
	week := AttentionWeek{AsOf: req.today()}
	version, err := c.Week.chosen(ctx, &week)
	if err != nil {
		return o, err
	}
	g, err := c.Week.Groups.AttentionGroup(ctx, version, req.today(), o.group.ID)
	if err != nil {
		return o, fmt.Errorf("read what group %d gets: %w", o.group.ID, err)
	}
	o.segment = g.Segment
	lines := week.Plan.Of(g.Segment)
	if g.More != nil && g.More.HasOwn {
		lines = g.More.Own
	}
	for _, l := range lines {
		if l.Kind == attention.Event {
			o.asks = append(o.asks, l)
		}
	}
	if o.noted, err = c.Week.Groups.Occasions(ctx, o.group.ID); err != nil {
		return o, fmt.Errorf("read the occasions of group %d: %w", o.group.ID, err)
	}
	return o, nil
}

// Open answers *Gelegenheden* beside the contacts of a group.
func (c Occasions) Open(ctx context.Context, req Request) (Reply, error) {
	o, err := c.of(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.window(ctx, req, o, view.Outcome{})
}

func (c Occasions) window(ctx context.Context, req Request, o celebrated, done view.Outcome) (Reply, error) {
	line := storage.AuditLine{Action: "occasion.open", Group: o.group.ID}
	if err := audit(ctx, c.Week.Store, req, line); err != nil {
		return Reply{}, err
	}
	w := view.OccasionWindow{Outcome: done, Group: o.group, Segment: o.segment, Lines: o.asks, AsOf: req.today(),
		Back: touchSpot{group: o.group.ID}.String(), More: max(0, len(o.noted)-occasionsShown)}
	for _, n := range o.noted[:min(len(o.noted), occasionsShown)] {
		w.Rows = append(w.Rows, view.OccasionRow{Occasion: n.Occasion, By: n.By, Value: occasionSpot(o.group.ID, n.ID),
			Change: o.mayClear || n.By == req.Actor.User && n.By != ""})
	}
	return Show(view.OccasionModal(locale.New(req.Lang, req.Zone), w)), nil
}

func occasionSpot(group analysis.GroupID, id int64) string { return fmt.Sprintf("%d/%d", group, id) }

// occasionIn reads the form; where fields are wrong they say so.
func occasionIn(req Request) (attention.Occasion, map[string]string) {
	p, wrong := locale.New(req.Lang, req.Zone), map[string]string{}
	o := attention.Occasion{Kind: attention.OccasionKind(req.Fields[view.FieldOccasion])}
	if !slices.Contains(attention.OccasionKinds(), o.Kind) {
		wrong[view.FieldOccasion] = p.T("occasion.kind_missing", nil)
	}
	var err error
	if o.Day, err = analysis.ParseDay(req.Fields[view.FieldOn]); err != nil || o.Day < req.today()-oldestOccasion || o.Day > req.today()+farthestOccasion {
		wrong[view.FieldOn] = p.T("occasion.day", nil)
	}
	return o, wrong
}

// Validate checks the form without reading anything.
func (c Occasions) Validate(_ context.Context, req Request) (map[string]string, error) {
	_, wrong := occasionIn(req)
	return wrong, nil
}

// Note answers the form. What stands there already is not noted twice.
func (c Occasions) Note(ctx context.Context, req Request) (Reply, error) {
	what, wrong := occasionIn(req)
	if len(wrong) > 0 {
		return Reply{Errors: wrong}, nil
	}
	o, err := c.of(ctx, req, req.Private)
	if err != nil {
		return Reply{}, err
	}
	return c.add(ctx, req, o, what)
}

// add notes what of a group, and shows what stands there then.
func (c Occasions) add(ctx context.Context, req Request, o celebrated, what attention.Occasion) (Reply, error) {
	if slices.ContainsFunc(o.noted, func(n storage.NotedOccasion) bool { return n.Kind == what.Kind && n.Day == what.Day }) {
		return c.window(ctx, req, o, view.Outcome{Refused: analysis.Fail(analysis.Invalid, "occasion.twice", nil)})
	}
	var id int64
	err := c.write(ctx, req, o, "occasion.note", func(tx storage.Tx) (err error) {
		id, err = tx.AddOccasion(ctx, storage.NotedOccasion{Group: o.group.ID, Occasion: what, By: req.Actor.User, At: req.At})
		return err
	})
	if err != nil {
		return c.instead(ctx, req, o, err)
	}
	done := view.Outcome{Said: occasionSaid(req, "occasion.noted", what)}
	if id != 0 {
		done.Undo = occasionSpot(o.group.ID, id)
	}
	return c.after(ctx, req, o, done)
}

// Remove answers *Haal weg*.
func (c Occasions) Remove(ctx context.Context, req Request) (Reply, error) {
	named, which, _ := strings.Cut(req.Value, "/")
	o, err := c.of(ctx, req, named)
	if err != nil {
		return Reply{}, err
	}
	at := slices.IndexFunc(o.noted, func(n storage.NotedOccasion) bool { return strconv.FormatInt(n.ID, 10) == which })
	if at < 0 {
		return c.window(ctx, req, o, view.Outcome{Refused: analysis.Fail(analysis.NotFound, "storage.occasion.not_found", nil)})
	}
	n := o.noted[at]
	if !o.mayClear && (n.By != req.Actor.User || n.By == "") {
		return Reply{}, refuse()
	}
	err = c.write(ctx, req, o, "occasion.remove", func(tx storage.Tx) error { return tx.RemoveOccasion(ctx, n.ID) })
	if err != nil {
		return c.instead(ctx, req, o, err)
	}
	return c.after(ctx, req, o, view.Outcome{Said: occasionSaid(req, "occasion.removed", n.Occasion), Undo: fmt.Sprintf("%d/%s/%s", o.group.ID, n.Kind, n.Day)})
}

// occasionSaid is the sentence key about what.
func occasionSaid(req Request, key string, what attention.Occasion) string {
	p := locale.New(req.Lang, req.Zone)
	return p.T(key, analysis.Args{"kind": view.OccasionWords(p, what.Kind), "day": p.Near(what.Day, req.today())})
}

// Undo answers *Ongedaan maken*: what was noted goes, what was taken away is
// noted again.
func (c Occasions) Undo(ctx context.Context, req Request) (Reply, error) {
	parts := strings.Split(req.Value, "/")
	if len(parts) != 3 {
		return c.Remove(ctx, req)
	}
	o, err := c.of(ctx, req, parts[0])
	if err != nil {
		return Reply{}, err
	}
	what := attention.Occasion{Kind: attention.OccasionKind(parts[1])}
	if what.Day, err = analysis.ParseDay(parts[2]); err != nil {
		return c.after(ctx, req, o, view.Outcome{Refused: invalid("segment.gone")})
	}
	return c.add(ctx, req, o, what)
}

// write changes something about the occasions of a group, once for each request.
func (c Occasions) write(ctx context.Context, req Request, o celebrated, action string, change func(storage.Tx) error) error {
	err := c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Group: o.group.ID, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return change(tx)
	})
	if err != nil {
		return fmt.Errorf("change the occasions of group %d: %w", o.group.ID, err)
	}
	return nil
}

// after shows what stands there now.
func (c Occasions) after(ctx context.Context, req Request, o celebrated, done view.Outcome) (Reply, error) {
	now, err := c.of(ctx, req, strconv.FormatInt(int64(o.group.ID), 10))
	if err != nil {
		return Reply{}, err
	}
	return c.window(ctx, req, now, done)
}

// instead shows the window with the reason why what was asked was not done.
func (c Occasions) instead(ctx context.Context, req Request, o celebrated, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid && why.Kind != analysis.NotFound {
		return Reply{}, err
	}
	return c.after(ctx, req, o, view.Outcome{Refused: why})
}

// occasionEntries are the part of the table about occasions.
func occasionEntries(c Occasions) []Entry {
	entry := func(on On, id string, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.LogTouches, Loading: true, Run: run}
	}
	note := entry(Submission, "occasion.note", c.Note)
	note.Validate = c.Validate
	return []Entry{entry(Action, "occasion.open", c.Open), note, entry(Action, "occasion.remove", c.Remove), entry(Action, "occasion.undo", c.Undo)}
}
