package commands

import (
	"context"
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

// Weekly answers /aandacht: the week of one manager, with the buttons of the
// digest, or that of the team.
type Weekly struct {
	Handling
	Staff Staff
}

// How much stands on a page.
const (
	weekShown = 8
	teamShown = 10
)

// mentioned is a colleague as Slack writes them in a command.
var mentioned = lazily(`^<@([A-Z0-9]+)(?:\|[^>]*)?>$`)

// Show answers /aandacht [mij|team|@colleague|name or e-mail].
func (c Weekly) Show(ctx context.Context, req Request) (Reply, error) {
	p, typed := locale.New(req.Lang, req.Zone), clean(req.Text)
	switch strings.ToLower(typed) {
	case "help":
		return Say(view.Say(p.T("attention.help", nil))), nil
	case "", "mij", "ik", "me", "mine":
		if req.Actor.Manager == 0 {
			return c.team(ctx, req, 0)
		}
		return c.week(ctx, req, req.Actor.Manager, 0)
	case "team", "kantoor", "office", "iedereen", "everybody":
		return c.team(ctx, req, 0)
	}
	manager, err := c.meant(ctx, req, typed)
	if err != nil {
		return Reply{}, err
	}
	return c.week(ctx, req, manager, 0)
}

// meant is the manager that somebody names: by mention, e-mail or name.
func (c Weekly) meant(ctx context.Context, req Request, typed string) (analysis.ManagerID, error) {
	if found := mentioned().FindStringSubmatch(typed); found != nil {
		manager, _, err := c.Staff.Of(ctx, req.Actor, analysis.UserID(found[1]))
		if err == nil && manager == 0 {
			err = analysis.Fail(analysis.NotFound, "attention.holds_none", nil)
		}
		return manager, err
	}
	all, err := c.Week.Managers.AllManagers(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the managers: %w", err)
	}
	words := strings.ToLower(strings.TrimPrefix(typed, "@"))
	var like []analysis.Manager
	for _, m := range all {
		switch {
		case strings.EqualFold(m.Email, words), strings.EqualFold(m.Name, words):
			return m.ID, nil
		case strings.Contains(strings.ToLower(m.Name), words):
			like = append(like, m)
		}
	}
	switch len(like) {
	case 1:
		return like[0].ID, nil
	case 0:
		return 0, analysis.Fail(analysis.NotFound, "attention.unknown", analysis.Args{"query": typed})
	}
	names := make([]string, 0, len(like))
	for _, m := range like[:min(len(like), 5)] {
		names = append(names, m.Name)
	}
	return 0, analysis.Fail(analysis.Invalid, "attention.several", analysis.Args{"names": strings.Join(names, ", ")})
}

// Page answers the buttons to a manager's week: "manager/offset", or a place
// a/manager/offset.
func (c Weekly) Page(ctx context.Context, req Request) (Reply, error) {
	manager, offset, err := weekPlace(req.Value)
	if err != nil {
		return Reply{}, err
	}
	return c.week(ctx, req, manager, offset)
}

// Team answers the button to the team and its pages.
func (c Weekly) Team(ctx context.Context, req Request) (Reply, error) {
	offset, err := strconv.Atoi(req.Value)
	if err != nil || offset < 0 {
		offset = 0
	}
	return c.team(ctx, req, offset)
}

// weekPlace reads where a row stands: a/12/0.
func weekPlace(place string) (manager analysis.ManagerID, offset int, err error) {
	n, err := numbers(strings.TrimPrefix(place, "a/"), 2)
	if err != nil {
		return 0, 0, analysis.Fail(analysis.NotFound, "attention.gone", nil)
	}
	return analysis.ManagerID(n[0]), int(min(n[1], 1<<20)), nil
}

// Redrawn draws a week anew after a press in it. A form that closed over it
// leaves no window to draw in: then it is the message behind it.
func (c Weekly) Redrawn(ctx context.Context, req Request, place string) (Reply, error) {
	if req.Private == "" {
		req.Value = place
		return c.Page(ctx, req)
	}
	return Reply{Behind: func(ctx context.Context, pressed string) (*view.Message, error) {
		if !strings.Contains(pressed, "a/") {
			return nil, nil
		}
		req.Value, req.InModal, req.Private = place, false, ""
		req.Channel.ID = "-" // a message, wherever it stands
		reply, err := c.Page(ctx, req)
		return reply.Now, err
	}}, nil
}

// presented shows m where it was asked: in its window, or as a message.
func presented(p *locale.Printer, req Request, m view.Message) Reply {
	if req.InModal || req.Channel.ID == "" {
		return Show(view.Windowed(p, m))
	}
	return Say(m)
}

// week shows the week of one manager.
func (c Weekly) week(ctx context.Context, req Request, manager analysis.ManagerID, offset int) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ViewOffice, analysis.Subject{Manager: manager}) {
		return Reply{}, refuse()
	}
	m, err := c.Week.Managers.Manager(ctx, manager)
	if err != nil {
		return Reply{}, err
	}
	w, _, err := c.personal(ctx, req, m, offset, func(offset int) string { return fmt.Sprintf("a/%d/%d", manager, offset) })
	if err != nil {
		return Reply{}, err
	}
	w.Back = "0"
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "attention.show"}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	return presented(p, req, view.WeekMessage(p, w)), nil
}

// personal is a page of the week of m, with the rows as the asker may press
// them; place says where they stand. The groups are those of m.
func (c Weekly) personal(ctx context.Context, req Request, m analysis.Manager, offset int, place func(int) string) (view.PersonalWeek, []attention.Group, error) {
	week, groups, err := c.Week.Mine(ctx, req.today(), m.ID)
	if err != nil {
		return view.PersonalWeek{}, nil, err
	}
	w := view.PersonalWeek{Week: week.Week, AsOf: week.AsOf, Final: week.Final, Size: weekShown, Value: place}
	if m.ID != req.Actor.Manager {
		w.Name = nameOf(m)
	}
	if w.Settled, err = c.settled(ctx, req, m, groups, place(0)); err != nil {
		return w, groups, err
	}
	i := slices.IndexFunc(week.People, func(p AttentionPerson) bool { return p.Manager == m.ID })
	if i < 0 {
		return w, groups, nil
	}
	person := week.People[i]
	w.Personal, w.Total = person.Personal, len(person.Rows)
	w.Offset = min(offset, max(0, w.Total-1)/weekShown*weekShown)
	w.Unfit = view.UnfitWords(locale.New(req.Lang, req.Zone), person.Load, func(analysis.ManagerID) string { return "" })
	for _, row := range person.Rows[w.Offset:min(w.Total, w.Offset+weekShown)] {
		item, err := c.Row(ctx, m.ID, row, week.AsOf, place(w.Offset))
		if err != nil {
			return w, groups, err
		}
		w.Rows = append(w.Rows, item)
	}
	for _, row := range person.Overdue {
		w.Overdue = append(w.Overdue, view.AttentionItem{Item: row.Item, Name: row.Group.Name, Holder: row.Holder})
	}
	return w, groups, nil
}

// team shows the week of all managers, a line each.
func (c Weekly) team(ctx context.Context, req Request, offset int) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ViewOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	t, err := c.everybody(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	t.Size, t.Value = teamShown, strconv.Itoa
	t.Offset = min(offset, max(0, t.Total-1)/teamShown*teamShown)
	t.Rows = t.Rows[t.Offset:min(t.Total, t.Offset+teamShown)]
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "attention.team"}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	return presented(p, req, view.TeamMessage(p, t)), nil
}

// everybody is the week of all managers who are asked anything or hold groups,
// by name; A coverage is of the last year.
func (c Weekly) everybody(ctx context.Context, req Request) (view.TeamWeek, error) {
	day := req.today()
	t := view.TeamWeek{Week: attention.WeekOf(day), Since: day.AddMonths(-12)}
	met, groups := map[analysis.ManagerID]int{}, map[analysis.ManagerID]int{}
	week := c.Week
	week.Groups = noting{week.Groups, func(g attention.Group) {
		if g.Segment != analysis.SegmentA || g.Manager == 0 {
			return
		}
		groups[g.Manager]++
		if last := g.Last.Any(); last.Known() && last > t.Since {
			met[g.Manager]++
		}
	}}
	planned, err := week.Plan(ctx, AttentionAsk{Day: day})
	if err != nil {
		return t, err
	}
	t.Final = planned.Final
	for _, person := range planned.People {
		row := view.TeamRow{Name: nameOf(person.Person), Value: fmt.Sprintf("a/%d/0", person.Manager), Personal: person.Personal, GroupsA: groups[person.Manager]}
		if row.GroupsA > 0 {
			row.Coverage = float64(met[person.Manager]) / float64(row.GroupsA)
		}
		for _, i := range person.Items {
			if i.DaysLate > 0 {
				row.Late++
			}
		}
		t.Rows = append(t.Rows, row)
	}
	analysis.Sort(t.Rows, func(a, b view.TeamRow) int { return strings.Compare(a.Name, b.Name) })
	t.Total = len(t.Rows)
	return t, nil
}
