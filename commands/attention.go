package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// Attention plans the week: who needs attention of whom, and why. The digest,
// /aandacht, Home and the command line all ask it, so that they say the same.
type Attention struct {
	Groups   storage.Attention
	Touches  storage.Touches
	Segments storage.Segments
	Settings storage.Settings
	Absences storage.Absences
	Managers storage.Managers
	Roster   storage.Roster
	Signals  *Signals // nil: only the plan asks
	Store    storage.Writer
}

// AttentionWeek is the week of everybody that was asked about.
type AttentionWeek struct {
	Week   attention.Week
	AsOf   analysis.Day
	Plan   attention.Plan
	Final  bool // there is a definitief segmentation; without one nothing is planned
	People []AttentionPerson
}

// AttentionPerson is the week of one person, by e-mail.
type AttentionPerson struct {
	attention.Personal
	Person  analysis.Manager
	Rows    []AttentionRow // Items with what they are about
	Overdue []AttentionRow // Personal.Overdue likewise
}

// AttentionRow is an item with its relatiegroep, and the people it names.
type AttentionRow struct {
	attention.Item
	Group    storage.Listed
	Holder   string // name of whose group it is, where somebody else does it
	HandedBy string // name of who handed it over
}

// AttentionAsk is what is asked for.
type AttentionAsk struct {
	Week    attention.Week     // zero: that of Day
	Day     analysis.Day       // today
	Manager analysis.ManagerID // 0: everybody
}

// Show is Plan for somebody who looks: it is authorized and written down.
func (c Attention) Show(ctx context.Context, req Request, ask AttentionAsk) (AttentionWeek, error) {
	if !analysis.Allow(req.Actor, analysis.ViewOffice, analysis.Subject{Manager: ask.Manager}) {
		return AttentionWeek{}, refuse()
	}
	week, err := c.Plan(ctx, ask)
	if err != nil {
		return week, err
	}
	return week, audit(ctx, c.Store, req, storage.AuditLine{Action: "attention.show"})
}

// Plan plans a week as of a day. Another week than the day's is planned as of
// its Monday with what is known today, and without what was already done in it.
// It authorizes nothing: its callers do.
func (c Attention) Plan(ctx context.Context, ask AttentionAsk) (AttentionWeek, error) {
	week := AttentionWeek{Week: ask.Week, AsOf: ask.Day}
	if week.Week == (attention.Week{}) {
		week.Week = attention.WeekOf(ask.Day)
	}
	people, err := c.plan(ctx, &week, ask)
	if err != nil {
		return week, err
	}
	week.People, err = c.named(ctx, people)
	return week, err
}

// plan is Plan without names; it fills in the rest of week.
func (c Attention) plan(ctx context.Context, week *AttentionWeek, ask AttentionAsk) ([]attention.Personal, error) {
	day := ask.Day
	if attention.WeekOf(day) != week.Week {
		day = week.Week.Monday()
	}
	version, err := c.chosen(ctx, week)
	if err != nil {
		return nil, err
	}
	request := attention.Request{Week: week.Week, Day: day, Only: ask.Manager}
	if request.Stand, err = c.standIns(ctx, day); err != nil {
		return nil, err
	}
	if day == ask.Day {
		if request.Had, err = c.had(ctx, week.Week.Monday(), day); err != nil {
			return nil, err
		}
	}
	groups := c.Signals.With(ctx, day, week.Plan, c.Groups.AttentionGroups(ctx, version, min(day, ask.Day)))
	people, err := week.Plan.PlanWeek(request, groups)
	if err != nil {
		return nil, fmt.Errorf("plan the week: %w", err)
	}
	return people, nil
}

// chosen reads the plan and the segmentation that counts.
func (c Attention) chosen(ctx context.Context, week *AttentionWeek) (analysis.VersionID, error) {
	versions, err := c.Segments.Versions(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the segmentations: %w", err)
	}
	var newest, oldest analysis.SegmentVersion
	for _, v := range versions { // newest first
		if v.State != analysis.Final {
			continue
		}
		if !week.Final {
			newest, week.Final = v, true
		}
		oldest = v
	}
	start, err := c.began(ctx, oldest, week.AsOf)
	if err != nil {
		return 0, err
	}
	week.Plan, _, err = ReadAttentionPlan(ctx, c.Settings, start)
	return newest.ID, err
}

// began is the day on which the office began to pay attention here: when it both
// had segments and wrote its first moment. Until then it is today: nobody is
// late by what nobody was asked.
func (c Attention) began(ctx context.Context, oldest analysis.SegmentVersion, today analysis.Day) (analysis.Day, error) {
	first, err := c.Touches.FirstTouch(ctx)
	if err != nil {
		return 0, fmt.Errorf("read when the office began: %w", err)
	}
	if first.IsZero() || oldest.FinalAt.IsZero() {
		return today, nil
	}
	return max(analysis.DayOf(first.In(officeZone)), analysis.DayOf(oldest.FinalAt.In(officeZone))), nil
}

// ReadAttentionPlan returns the office's plan and the version of its setting, 0
// where the office never chose: then it is the default, begun on start.
func ReadAttentionPlan(ctx context.Context, settings storage.Settings, start analysis.Day) (attention.Plan, int, error) {
	s, err := settings.Setting(ctx, attention.PlanSetting)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return attention.Default(start), 0, nil
	}
	if err != nil {
		return attention.Plan{}, 0, fmt.Errorf("read the attention plan: %w", err)
	}
	plan, err := planIn(s, start)
	if err != nil {
		return attention.Plan{}, 0, err
	}
	return plan, s.Version, nil
}

// planIn is the plan that s holds; start is when it begins where it does not say.
func planIn(s storage.Setting, start analysis.Day) (attention.Plan, error) {
	if len(s.Value) == 0 {
		return attention.Default(start), nil
	}
	var plan attention.Plan
	if err := json.Unmarshal(s.Value, &plan); err != nil {
		return attention.Plan{}, fmt.Errorf("read the attention plan: %w", err)
	}
	if !plan.Start.Known() {
		plan.Start = start // as the office's own past says
	}
	if err := plan.Check(); err != nil {
		return attention.Plan{}, fmt.Errorf("read the attention plan: %w", err)
	}
	return plan, nil
}

// standIns says who stands in for whom in a week that is planned as of day: who
// is away on that day. Of two absences the later written counts. Who stands
// in may be away as well; when all are, nothing is asked of anybody.
func (c Attention) standIns(ctx context.Context, day analysis.Day) (func(analysis.ManagerID) analysis.ManagerID, error) {
	absences, err := c.Absences.Absences(ctx, day, day)
	if err != nil {
		return nil, fmt.Errorf("read who is away: %w", err)
	}
	if len(absences) == 0 {
		return nil, nil
	}
	deputies := map[analysis.ManagerID]analysis.ManagerID{}
	for _, a := range absences {
		deputies[a.Manager] = a.Deputy
	}
	return func(m analysis.ManagerID) analysis.ManagerID {
		for range len(deputies) + 1 {
			deputy, away := deputies[m]
			if !away {
				return m
			}
			m = deputy
		}
		return 0 // they stand in for each other
	}, nil
}

// had are the groups that each person had a moment with since monday: they take
// places of the week.
func (c Attention) had(ctx context.Context, monday, until analysis.Day) (map[analysis.ManagerID][]analysis.GroupID, error) {
	had := map[analysis.ManagerID][]analysis.GroupID{}
	for l, err := range c.Touches.Moments(ctx, monday, until) {
		if err != nil {
			return nil, fmt.Errorf("read the moments of this week: %w", err)
		}
		if l.Manager == 0 || l.Kind == analysis.Gathering || slices.Contains(had[l.Manager], l.Group) {
			continue
		}
		had[l.Manager] = append(had[l.Manager], l.Group)
	}
	return had, nil
}

// Next returns what is asked next of one relatiegroep, whoever is asked, and
// when it last had any contact (NoDay: never). It reports false where the plan
// asks for nothing.
func (c Attention) Next(ctx context.Context, group analysis.GroupID, day analysis.Day) (due attention.Due, last analysis.Day, ok bool, err error) {
	week := AttentionWeek{AsOf: day}
	version, err := c.chosen(ctx, &week)
	if err != nil {
		return due, analysis.NoDay, false, err
	}
	g, err := c.Groups.AttentionGroup(ctx, version, day, group)
	if err != nil {
		return due, analysis.NoDay, false, err
	}
	due, ok = week.Plan.NextDue(g, day)
	return due, g.Last.Any(), ok, nil
}
