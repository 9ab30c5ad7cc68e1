package commands

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Exception is what one relatiegroep gets instead of the plan of its segment:
// twice a call instead of four times, no visits, until some day or for good.
type Exception struct {
	Week    Attention
	Clients storage.Clients
}

// excepted is a group with its plan and the exception to it.
type excepted struct {
	group   analysis.Group
	segment analysis.Segment
	lines   []attention.Line // of the segment
	now     storage.OwnLines // Version 0: there never was one
}

// of authorizes the actor and reads the group that a button names.
func (c Exception) of(ctx context.Context, req Request, named string) (excepted, error) {
	var e excepted
	id, err := strconv.ParseInt(named, 10, 64)
	if err != nil {
		return e, analysis.Fail(analysis.NotFound, "client.gone", nil)
	}
	if e.group, err = c.Clients.Group(ctx, analysis.GroupID(id)); err != nil {
		return e, err
	}
	if !analysis.Allow(req.Actor, analysis.ExceptPlan, subject(e.group)) {
		return e, refuse()
	}
	week := AttentionWeek{AsOf: req.today()}
	version, err := c.Week.chosen(ctx, &week)
	if err != nil {
		return e, err
	}
	g, err := c.Week.Groups.AttentionGroup(ctx, version, req.today(), e.group.ID)
	if err != nil {
		return e, err
	}
	e.segment, e.lines = g.Segment, week.Plan.Of(g.Segment)
	history, err := c.Week.Groups.OwnHistory(ctx, e.group.ID)
	if err != nil {
		return e, fmt.Errorf("read the exception: %w", err)
	}
	e.now.Until = analysis.NoDay
	if len(history) > 0 {
		e.now = history[0]
	}
	return e, nil
}

// choices are the lines that the form asks about, with how often they are asked
// now: those of the segment, and what only the exception has.
func (e excepted) choices(today analysis.Day) []attention.Line {
	if !e.now.Holds(today) {
		return countable(e.lines)
	}
	all := countable(e.lines)
	for i, l := range all {
		own := slices.IndexFunc(e.now.Lines, func(o attention.Line) bool { return o.Activity == l.Activity })
		if all[i].Times = 0; own >= 0 {
			all[i].Times = e.now.Lines[own].Times
		}
	}
	for _, o := range countable(e.now.Lines) {
		if !slices.ContainsFunc(all, func(l attention.Line) bool { return l.Activity == o.Activity }) {
			all = append(all, o)
		}
	}
	return all
}

// countable leaves out what is asked on occasions.
func countable(lines []attention.Line) []attention.Line {
	return slices.DeleteFunc(slices.Clone(lines), func(l attention.Line) bool { return l.Kind == attention.Event })
}

// Open answers *Aandacht aanpassen* on a card.
func (c Exception) Open(ctx context.Context, req Request) (Reply, error) {
	e, err := c.of(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.form(req, e, view.Outcome{}), nil
}

func (c Exception) form(req Request, e excepted, done view.Outcome) Reply {
	f := view.ExceptionForm{Outcome: done, Group: e.group, Segment: e.segment, Lines: e.choices(req.today()), Plan: countable(e.lines),
		Holds: e.now.Holds(req.today()), Until: e.now.Until, Reason: e.now.Reason, By: e.now.By, At: e.now.At,
		Value: exceptionSpot(e.group.ID, e.now.Version)}
	if !f.Holds {
		f.Reason, f.Until = "", analysis.NoDay
	}
	return Show(view.ExceptionModal(locale.New(req.Lang, req.Zone), f))
}

// exceptionSpot names a version of the exception of a group.
func exceptionSpot(group analysis.GroupID, version int) string {
	return fmt.Sprintf("%d/%d", group, version)
}

// spot reads the group and version that a form or button names.
func (c Exception) spot(ctx context.Context, req Request, named string) (excepted, error) {
	group, version, _ := strings.Cut(named, "/")
	e, err := c.of(ctx, req, group)
	if err == nil && version != strconv.Itoa(e.now.Version) {
		err = analysis.Fail(analysis.Invalid, "exception.changed", nil)
	}
	return e, err
}

// instead shows the form as things stand, with why what was asked was not done.
func (c Exception) instead(req Request, e excepted, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid || e.group.ID == 0 {
		return Reply{}, err
	}
	return c.form(req, e, view.Outcome{Refused: why}), nil
}

// read reads the form; where fields are wrong they say so.
func (e excepted) read(req Request) (storage.OwnLines, map[string]string) {
	p := locale.New(req.Lang, req.Zone)
	o := storage.OwnLines{Group: e.group.ID, Version: e.now.Version, Own: true, Until: analysis.NoDay, By: req.Actor.User, At: req.At}
	fields, wrong := map[string]string{}, map[string]string{}
	block := map[string]string{}
	for b, typed := range req.Fields {
		fields[view.FieldOf(b)], block[view.FieldOf(b)] = typed, b
	}
	for _, l := range e.lines {
		if l.Kind == attention.Event {
			o.Lines = append(o.Lines, l) // a card at a jubilee stays
		}
	}
	for i, l := range e.choices(req.today()) {
		field := view.FieldLineTimes(i)
		v, ok := typedNumber(fields[field])
		if !ok || v != math.Trunc(v) || v < 0 || v > attention.MostTimes {
			wrong[block[field]] = p.T("exception.times", analysis.Args{"most": attention.MostTimes})
			continue
		}
		if l.Times = int(v); l.Times > 0 {
			o.Lines = append(o.Lines, l)
		}
	}
	if typed := fields[view.FieldEnd]; typed != "" {
		day, err := analysis.ParseDay(typed)
		if err != nil || day <= req.today() {
			wrong[block[view.FieldEnd]] = p.T("exception.until", nil)
		}
		o.Until = day
	}
	o.Reason = tidy(fields[view.FieldReason])
	if o.Reason == "" {
		wrong[block[view.FieldReason]] = p.T("exception.reason", nil)
	}
	delete(wrong, "")
	return o, wrong
}

// Validate checks the form, reading no more than the group.
func (c Exception) Validate(ctx context.Context, req Request) (map[string]string, error) {
	e, err := c.spot(ctx, req, req.Private)
	if err != nil {
		return nil, nil // Save says so
	}
	_, wrong := e.read(req)
	return wrong, nil
}

// Save answers the form.
func (c Exception) Save(ctx context.Context, req Request) (Reply, error) {
	e, err := c.spot(ctx, req, req.Private)
	if err != nil {
		return c.instead(req, e, err)
	}
	o, wrong := e.read(req)
	if len(wrong) > 0 {
		return Reply{Errors: wrong}, nil
	}
	return c.put(ctx, req, e, o, "exception.save")
}

// Clear answers *Terug naar het segment*.
func (c Exception) Clear(ctx context.Context, req Request) (Reply, error) {
	e, err := c.spot(ctx, req, req.Value)
	if err != nil {
		return c.instead(req, e, err)
	}
	o := storage.OwnLines{Group: e.group.ID, Version: e.now.Version, By: req.Actor.User, At: req.At, Until: analysis.NoDay}
	return c.put(ctx, req, e, o, "exception.clear")
}

// Undo answers *Ongedaan maken*: what was before the version that the button
// names holds again.
func (c Exception) Undo(ctx context.Context, req Request) (Reply, error) {
	e, err := c.spot(ctx, req, req.Value)
	if err != nil {
		return c.instead(req, e, err)
	}
	history, err := c.Week.Groups.OwnHistory(ctx, e.group.ID)
	if err != nil {
		return Reply{}, fmt.Errorf("read the versions of the exception: %w", err)
	}
	before := storage.OwnLines{Group: e.group.ID, Until: analysis.NoDay}
	if len(history) > 1 {
		before = history[1]
	}
	before.Version, before.By, before.At = e.now.Version, req.Actor.User, req.At
	return c.put(ctx, req, e, before, "exception.undo")
}

// put records o, once for each request, and shows the form with what was done.
func (c Exception) put(ctx context.Context, req Request, e excepted, o storage.OwnLines, action string) (Reply, error) {
	err := c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Group: e.group.ID, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.SetOwnLines(ctx, o)
	})
	if err != nil {
		return c.instead(req, e, err)
	}
	after, err := c.of(ctx, req, strconv.FormatInt(int64(e.group.ID), 10))
	if err != nil {
		return Reply{}, err
	}
	return c.form(req, after, view.Outcome{Said: locale.New(req.Lang, req.Zone).T(action+".done", nil), Undo: exceptionSpot(e.group.ID, after.now.Version)}), nil
}

// exception returns what group has instead of the plan of its segment on asOf;
// nil: nothing, or c is nil.
func (c *Attention) exception(ctx context.Context, group analysis.GroupID, asOf analysis.Day) (*view.CardException, error) {
	if c == nil {
		return nil, nil
	}
	o, err := c.Groups.OwnLines(ctx, group)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the exception of group %d: %w", group, err)
	}
	if !o.Holds(asOf) {
		return nil, nil
	}
	return &view.CardException{Lines: countable(o.Lines), Until: o.Until, Reason: o.Reason}, nil
}

// exceptionEntries are the part of the table about exceptions. Whose group it is
// is asked of each.
func exceptionEntries(c Exception) []Entry {
	entry := func(on On, id string, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ViewOffice, Loading: true, Run: run}
	}
	save := entry(Submission, "exception.save", c.Save)
	save.Validate = c.Validate
	return []Entry{entry(Action, "exception.open", c.Open), save, entry(Action, "exception.clear", c.Clear), entry(Action, "exception.undo", c.Undo)}
}
