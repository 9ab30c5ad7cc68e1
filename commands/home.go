package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Home is the Home tab: my week, what I promised, my portfolio in one picture,
// and the ways to everything else.
type Home struct {
	Weekly  Weekly
	Digest  Digest
	Touches storage.Touches
	Roster  storage.Roster
	Setup   Setup
	Store   storage.Writer
	// Stranded is told to administrators.
	Stranded Stranded
	// Follows is what somebody took up of surveys; nil: nothing is said of it.
	Follows func(ctx context.Context, req Request) ([]view.HomeFollow, error)
	// Actions is what they agreed to in sessions; nil: nothing is said of it.
	Actions func(ctx context.Context, req Request) (view.HomeActions, error)
}

// stepsShown is how many open next steps stand on the tab.
const stepsShown = 5

// Open answers somebody who looks at the Home tab.
func (c Home) Open(ctx context.Context, req Request) (Reply, error) { return c.draw(ctx, req, 0) }

// Page answers the buttons to another page of the week, and *Ververs*.
func (c Home) Page(ctx context.Context, req Request) (Reply, error) {
	return c.Redrawn(ctx, req, req.Value)
}

// Redrawn draws the tab anew after a press on it; place is h/0, where 0 is the
// page of the week.
func (c Home) Redrawn(ctx context.Context, req Request, place string) (Reply, error) {
	offset, err := strconv.Atoi(strings.TrimPrefix(place, "h/"))
	if err != nil || offset < 0 {
		offset = 0
	}
	return c.draw(ctx, req, offset)
}

// Drawn is the tab as it is now, for what was done elsewhere.
func (c Home) Drawn(ctx context.Context, req Request) (*view.Home, error) {
	reply, err := c.draw(ctx, req, 0)
	return reply.Home, err
}

func (c Home) draw(ctx context.Context, req Request, offset int) (Reply, error) {
	tab := view.HomeTab{AsOf: req.today(), MayLog: analysis.Allow(req.Actor, analysis.LogTouches, analysis.Subject{}),
		Manages: analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{})}
	if req.Actor.Manager != 0 {
		m, err := c.Weekly.Week.Managers.Manager(ctx, req.Actor.Manager)
		if err != nil {
			return Reply{}, fmt.Errorf("read the manager: %w", err)
		}
		week, groups, err := c.Weekly.personal(ctx, req, m, offset, func(offset int) string { return "h/" + strconv.Itoa(offset) })
		if err != nil {
			return Reply{}, err
		}
		tab.Week, tab.Since = &week, attention.PeriodOf(4, tab.AsOf).From
		tab.Portfolio = portfolioOf(groups, m.ID, tab.Since)
	}
	if err := c.promised(ctx, req, &tab); err != nil {
		return Reply{}, err
	}
	if c.Follows != nil && analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		var err error
		if tab.Follows, err = c.Follows(ctx, req); err != nil {
			return Reply{}, err
		}
	}
	if c.Actions != nil && analysis.Allow(req.Actor, analysis.JoinSession, analysis.Subject{}) {
		var err error
		if tab.Actions, err = c.Actions(ctx, req); err != nil {
			return Reply{}, err
		}
	}
	choice, err := c.Digest.choice(ctx, req.Actor.User)
	if err != nil {
		return Reply{}, err
	}
	tab.Digest = view.HomeDigest{Stopped: choice.Stopped, Weekday: choice.Weekday, Minute: choice.Minute}
	if tab.Manages {
		if tab.Setup, err = c.Setup.Missing(ctx); err != nil {
			return Reply{}, err
		}
		if tab.Stranded, err = c.Stranded.count(ctx, req); err != nil {
			return Reply{}, err
		}
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "home.open"}); err != nil {
		return Reply{}, err
	}
	home := view.HomeView(locale.New(req.Lang, req.Zone), tab)
	return Reply{Home: &home}, nil
}

// portfolioOf counts the groups that manager holds, by segment.
func portfolioOf(groups []attention.Group, manager analysis.ManagerID, since analysis.Day) []view.HomeSegment {
	count := map[analysis.Segment]*view.HomeSegment{}
	for _, g := range groups {
		if g.Manager != manager {
			continue
		}
		if count[g.Segment] == nil {
			count[g.Segment] = &view.HomeSegment{Segment: g.Segment}
		}
		count[g.Segment].Groups++
		if last := g.Last.Any(); last.Known() && last >= since {
			count[g.Segment].Reached++
		}
	}
	var parts []view.HomeSegment
	for _, segment := range append(analysis.Segments(), "") {
		if part := count[segment]; part != nil {
			parts = append(parts, *part)
		}
	}
	return parts
}

// promised adds the next steps of the asker that are open.
func (c Home) promised(ctx context.Context, req Request, tab *view.HomeTab) error {
	steps, all, err := c.Touches.NextSteps(ctx, req.Actor.User, req.Actor.Manager, stepsShown)
	if err != nil {
		return err
	}
	tab.StepsAll = all
	ids := make([]analysis.GroupID, len(steps))
	for i, s := range steps {
		ids[i] = s.Group
	}
	listed, err := c.Roster.GroupsOf(ctx, ids)
	if err != nil {
		return fmt.Errorf("read the groups of next steps: %w", err)
	}
	names := make(map[analysis.GroupID]string, len(listed))
	for _, g := range listed {
		names[g.ID] = g.Name
	}
	for _, s := range steps {
		tab.Steps = append(tab.Steps, view.HomeStep{Name: names[s.Group], Next: s.Next, Day: s.NextDay,
			Value: touchSpot{group: s.Group, source: fromHome}.String()})
	}
	return nil
}

// Setup says what an office still has to do before the bot is of full use.
type Setup struct {
	Clients  func(context.Context) int // how many clients there are; nil: not known
	Segments storage.Segments
	Touches  storage.Touches
	Managers storage.Managers
}

// Missing names what is still to be done, in the order of doing it: clients,
// managers, segments, touches.
func (s Setup) Missing(ctx context.Context) ([]string, error) {
	var missing []string
	if s.Clients != nil && s.Clients(ctx) == 0 {
		missing = append(missing, "clients")
	}
	managers, err := s.Managers.AllManagers(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the managers: %w", err)
	}
	if len(managers) == 0 {
		missing = append(missing, "managers")
	}
	versions, err := s.Segments.Versions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the segmentations: %w", err)
	}
	final := false
	for _, v := range versions {
		final = final || v.State == analysis.Final
	}
	if !final {
		missing = append(missing, "segments")
	}
	first, err := s.Touches.FirstTouch(ctx)
	if err != nil {
		return nil, err
	}
	if first.IsZero() {
		missing = append(missing, "touches")
	}
	return missing, nil
}
