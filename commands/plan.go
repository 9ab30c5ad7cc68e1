package commands

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// AttentionPlan is how an office chooses its aandachtsplan: who gets what and how
// often, what people can do, which weeks are busy. Whoever changes it reads first
// what it asks of everybody in a working week, and whose plan no longer fits.
type AttentionPlan struct {
	Use Attention
}

// planSpot is what a button or a form of the plan is about. It is not trusted.
type planSpot struct {
	form    string // which form, or what is to be confirmed
	version int    // of the plan, as it was looked at
	seen    string // digest of the edit whose effect was shown; empty: none was
	item    string // a line (segment/activity), a busy period or a manager; empty: a new one
}

func (s planSpot) String() string {
	return strings.Join([]string{s.form, strconv.Itoa(s.version), s.seen, url.QueryEscape(s.item)}, "|")
}

// planSpotOf reads a button's value, or a form's.
func planSpotOf(written string) (planSpot, error) {
	parts := strings.Split(written, "|")
	if len(parts) != 4 {
		return planSpot{}, outdated()
	}
	version, err := strconv.Atoi(parts[1])
	item, wrong := url.QueryUnescape(parts[3])
	if err != nil || wrong != nil || version < 0 {
		return planSpot{}, outdated()
	}
	return planSpot{form: parts[0], version: version, seen: parts[2], item: item}, nil
}

// planned is the plan with the version of its setting.
type planned struct {
	plan    attention.Plan // Start is NoDay where the office's own past says it
	setting storage.Setting
}

// read authorizes the actor and reads the plan.
func (c AttentionPlan) read(ctx context.Context, req Request) (planned, error) {
	if !analysis.Allow(req.Actor, analysis.ChoosePlan, analysis.Subject{}) {
		return planned{}, refuse()
	}
	return readPlan(ctx, c.Use.Settings)
}

func readPlan(ctx context.Context, settings storage.Settings) (planned, error) {
	plan, version, err := ReadAttentionPlan(ctx, settings, analysis.NoDay)
	if err != nil {
		return planned{}, err
	}
	now := planned{plan: plan}
	if version > 0 {
		if now.setting, err = settings.Setting(ctx, attention.PlanSetting); err != nil {
			return now, fmt.Errorf("read the attention plan: %w", err)
		}
	}
	return now, nil
}

// storedPlan is how p is kept: nothing where it is the default. What says the
// same is written the same.
func storedPlan(p attention.Plan) ([]byte, error) {
	p = p.Clone()
	maps.DeleteFunc(p.Shares, func(_ analysis.Segment, share float64) bool { return share == 0 })
	p.Lines, p.Busy = append([]attention.Line{}, p.Lines...), append([]attention.Busy{}, p.Busy...)
	raw, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("write the attention plan: %w", err)
	}
	standard, err := json.Marshal(attention.Default(analysis.NoDay))
	if err != nil {
		return nil, fmt.Errorf("write the default plan: %w", err)
	}
	if bytes.Equal(raw, standard) {
		return nil, nil
	}
	return raw, nil
}

// Open answers `/klantbot plan` and every way back to it.
func (c AttentionPlan) Open(ctx context.Context, req Request) (Reply, error) {
	return c.overview(ctx, req, view.Outcome{})
}

// overview shows the plan that holds now.
func (c AttentionPlan) overview(ctx context.Context, req Request, done view.Outcome) (Reply, error) {
	now, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	at := func(form, item string) string {
		return planSpot{form: form, version: now.setting.Version, item: item}.String()
	}
	screen := view.PlanWindow{Outcome: done, Plan: now.plan, SettingRow: settingRow(now.setting),
		Line: func(l attention.Line) string { return at(formLine, lineItem(l)) },
		Busy: func(i int) string { return at(formBusy, strconv.Itoa(i)) }, AddLine: at(formLine, ""), AddBusy: at(formBusy, ""),
		Room: at(formRoom, ""), Shares: at(formShares, ""), Switches: at(formSwitches, ""), Undo: at(doUndo, ""), Reset: at(doReset, "")}
	loads, final, err := c.loads(ctx, req.today(), now.plan)
	if err != nil {
		return Reply{}, err
	}
	screen.Final = final
	for _, l := range loads {
		screen.People++
		if !l.Fits {
			screen.Unfit++
		}
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "plan.open"}); err != nil {
		return Reply{}, err
	}
	return Show(view.AttentionPlan(locale.New(req.Lang, req.Zone), screen)), nil
}

func settingRow(s storage.Setting) view.SettingRow {
	return view.SettingRow{Version: s.Version, By: s.By, At: s.At, Own: len(s.Value) > 0}
}

// lineItem names a line of the plan.
func lineItem(l attention.Line) string { return string(l.Segment) + "/" + l.Activity }

// lineAt is where the line named item stands; -1: nowhere.
func lineAt(p attention.Plan, item string) int {
	return slices.IndexFunc(p.Lines, func(l attention.Line) bool { return lineItem(l) == item })
}

// peopleShown is how many managers stand on a page.
const peopleShown = 8

// People answers *Per persoon* and its pages: what the plan asks of everybody in
// a working week, who has least room first. The value is where the page begins.
func (c AttentionPlan) People(ctx context.Context, req Request) (Reply, error) {
	now, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	loads, final, err := c.loads(ctx, req.today(), now.plan)
	if err != nil {
		return Reply{}, err
	}
	analysis.Sort(loads, func(a, b attention.Load) int {
		return cmp.Compare(a.Possible-a.Needed, b.Possible-b.Needed)
	})
	offset, err := strconv.Atoi(req.Value)
	if err != nil || offset < 0 {
		offset = 0
	}
	offset = min(offset, max(0, len(loads)-1)/peopleShown*peopleShown)
	names, err := c.names(ctx, loads)
	if err != nil {
		return Reply{}, err
	}
	screen := view.PlanPeople{Final: final, Offset: offset, Size: peopleShown, Total: len(loads), Names: names}
	for _, l := range loads[offset:min(len(loads), offset+peopleShown)] {
		_, own := now.plan.Capacities[l.Manager]
		screen.Rows = append(screen.Rows, view.PlanPerson{Load: l, Capacity: now.plan.CapacityOf(l.Manager), Own: own,
			Value: planSpot{form: formPerson, version: now.setting.Version, item: strconv.FormatInt(int64(l.Manager), 10)}.String()})
	}
	return Show(view.PlanPeopleModal(locale.New(req.Lang, req.Zone), screen)), nil
}

// loads says what plan asks of everybody; false where nothing is segmented yet.
func (c AttentionPlan) loads(ctx context.Context, asOf analysis.Day, plan attention.Plan) ([]attention.Load, bool, error) {
	week := AttentionWeek{AsOf: asOf}
	version, err := c.Use.chosen(ctx, &week)
	if err != nil || !week.Final {
		return nil, false, err
	}
	loads, err := plan.Loads(c.Use.Groups.AttentionGroups(ctx, version, asOf))
	if err != nil {
		return nil, true, fmt.Errorf("count what the plan asks: %w", err)
	}
	return loads, true, nil
}

// names are what people call everybody in loads, and whom proposals name.
func (c AttentionPlan) names(ctx context.Context, loads []attention.Load) (map[analysis.ManagerID]string, error) {
	people, names := colleagues{managers: c.Use.Managers, known: map[analysis.ManagerID]analysis.Manager{}}, map[analysis.ManagerID]string{}
	for _, l := range loads {
		ids := []analysis.ManagerID{l.Manager}
		for _, way := range l.Proposals {
			ids = append(ids, way.Manager)
		}
		for _, id := range ids {
			m, err := people.of(ctx, id)
			if err != nil {
				return nil, err
			}
			names[id] = nameOf(m)
		}
	}
	return names, nil
}

// instead shows the plan with the reason why what was asked was not done:
// somebody else was first, or the button is old. Other errors stay errors.
func (c AttentionPlan) instead(ctx context.Context, req Request, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid {
		return Reply{}, err
	}
	return c.overview(ctx, req, view.Outcome{Refused: why})
}
