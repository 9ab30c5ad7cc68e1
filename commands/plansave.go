package commands

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Form answers *Wijzig* and *Toevoegen*: a form as things stand.
func (c AttentionPlan) Form(ctx context.Context, req Request) (Reply, error) {
	spot, now, err := c.at(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	p := locale.New(req.Lang, req.Zone)
	fields, err := filledPlan(p, spot, now.plan)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	return c.form(ctx, p, spot, now, fields, view.PlanForm{})
}

// at authorizes the actor and reads the spot and the plan. It is an error when
// somebody changed the plan since it was shown.
func (c AttentionPlan) at(ctx context.Context, req Request, named string) (planSpot, planned, error) {
	spot, wrong := planSpotOf(named)
	now, err := c.read(ctx, req)
	switch {
	case err != nil:
		return spot, now, err
	case wrong != nil:
		return spot, now, wrong
	case now.setting.Version != spot.version:
		return spot, now, now.stale()
	}
	return spot, now, nil
}

// stale says who changed the plan meanwhile.
func (n planned) stale() error {
	return chosen{present: map[string]storage.Setting{attention.PlanSetting: n.setting}}.stale(attention.PlanSetting)
}

// form shows the form at spot with fields filled in. f says what came of them.
func (c AttentionPlan) form(ctx context.Context, p *locale.Printer, spot planSpot, now planned, fields map[string]string, f view.PlanForm) (Reply, error) {
	f.Fields, f.Private, f.Tag, f.SettingRow, f.Plan = fields, spot.String(), spot.tag(), settingRow(now.setting), now.plan
	f.New = spot.item == ""
	if !f.New && (spot.form == formLine || spot.form == formBusy) {
		f.Remove = planSpot{form: doRemove + "." + spot.form, version: spot.version, item: spot.item}.String()
	}
	if spot.form == formPerson {
		id, _ := strconv.ParseInt(spot.item, 10, 64)
		m, err := c.Use.Managers.Manager(ctx, analysis.ManagerID(id))
		if err != nil {
			return Reply{}, err
		}
		f.Person = nameOf(m)
	}
	show := map[string]func(*locale.Printer, view.PlanForm) view.Modal{formLine: view.PlanLineForm, formBusy: view.PlanBusyForm,
		formRoom: view.PlanRoomForm, formShares: view.PlanSharesForm, formSwitches: view.PlanSwitchesForm, formPerson: view.PlanPersonForm}[spot.form]
	return Show(show(p, f)), nil
}

// tag tells the fields of this form from those of every other.
func (s planSpot) tag() string {
	s.seen = ""
	return digest([]byte(s.String()))
}

// atBlocks are the sentences of e by the blocks of the form.
func (e *planEditing) atBlocks() map[string]string {
	wrong := make(map[string]string, len(e.wrong))
	for field, said := range e.wrong {
		wrong[view.FieldBlock(field, e.tag())] = said
	}
	return wrong
}

// Validate checks a form, reading no more than the plan.
func (c AttentionPlan) Validate(ctx context.Context, req Request) (map[string]string, error) {
	spot, now, err := c.at(ctx, req, req.Private)
	if err != nil {
		return nil, nil // Save says so
	}
	e, err := editPlan(locale.New(req.Lang, req.Zone), spot, req.Fields, now.plan)
	if err != nil {
		return nil, nil
	}
	return e.atBlocks(), nil
}

// Save answers a form. The first time it shows what the edit would ask of
// everybody; sent once more as it was shown, it is saved.
func (c AttentionPlan) Save(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	spot, now, err := c.at(ctx, req, req.Private)
	if err != nil {
		return c.repeated(ctx, req, spot, now, err)
	}
	e, err := editPlan(p, spot, req.Fields, now.plan)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if len(e.wrong) > 0 {
		return Reply{Errors: e.atBlocks()}, nil
	}
	raw, err := storedPlan(e.plan)
	if err != nil {
		return Reply{}, err
	}
	if bytes.Equal(raw, now.setting.Value) {
		return c.form(ctx, p, spot, now, e.fields, view.PlanForm{Same: true})
	}
	if spot.seen == digest(raw) {
		return c.put(ctx, req, spot.version, "plan.save", raw)
	}
	effect, err := c.effect(ctx, req.today(), now.plan, e.plan)
	if err != nil {
		return Reply{}, err
	}
	spot.seen = digest(raw)
	return c.form(ctx, p, spot, now, e.fields, view.PlanForm{Effect: &effect})
}

// repeated answers a form of a plan that has another version by now. Where that
// is because this very form was saved before the program stopped, it says so.
func (c AttentionPlan) repeated(ctx context.Context, req Request, spot planSpot, now planned, err error) (Reply, error) {
	s := now.setting
	if spot.seen != "" && s.Version == spot.version+1 && s.By == req.Actor.User && spot.seen == digest(s.Value) {
		return c.saved(ctx, req, s.Version, "plan.save")
	}
	return c.instead(ctx, req, err)
}

// Confirm answers *Verwijder* and *Terug naar de standaard*: what that would do.
func (c AttentionPlan) Confirm(ctx context.Context, req Request) (Reply, error) {
	spot, now, err := c.at(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	after, err := confirmedPlan(spot, now.plan)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	effect, err := c.effect(ctx, req.today(), now.plan, after)
	if err != nil {
		return Reply{}, err
	}
	q := view.PlanQuestion{Effect: effect, Value: spot.String(), Reset: spot.form == doReset}
	if at := lineAt(now.plan, spot.item); spot.form == doRemove+"."+formLine && at >= 0 {
		q.Line = &now.plan.Lines[at]
	}
	if i, ok := busyAt(now.plan, spot.item); spot.form == doRemove+"."+formBusy && ok {
		q.Busy = now.plan.Busy[i].Name
	}
	return Show(view.AskPlan(locale.New(req.Lang, req.Zone), q)), nil
}

// confirmedPlan is the plan after what spot asks to confirm. The office's first
// day stays what it was.
func confirmedPlan(spot planSpot, plan attention.Plan) (attention.Plan, error) {
	after := plan.Clone()
	switch spot.form {
	case doReset:
		return attention.Default(plan.Start), nil
	case doRemove + "." + formLine:
		at := lineAt(after, spot.item)
		if at < 0 {
			return after, outdated()
		}
		after.Lines = slices.Delete(after.Lines, at, at+1)
		return after, nil
	case doRemove + "." + formBusy:
		i, ok := busyAt(after, spot.item)
		if !ok {
			return after, outdated()
		}
		after.Busy = slices.Delete(after.Busy, i, i+1)
		return after, nil
	}
	return after, outdated()
}

// Apply answers the confirmation. The button names the version that was looked
// at, so that what is done is what was shown.
func (c AttentionPlan) Apply(ctx context.Context, req Request) (Reply, error) {
	spot, now, err := c.at(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	after, err := confirmedPlan(spot, now.plan)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	raw, err := storedPlan(after)
	if err != nil {
		return Reply{}, err
	}
	action := "plan.remove"
	if spot.form == doReset {
		action = "plan.reset"
	}
	return c.put(ctx, req, spot.version, action, raw)
}

// Undo answers *Ongedaan maken*: the version before the one that the button
// names holds again, as a version of its own.
func (c AttentionPlan) Undo(ctx context.Context, req Request) (Reply, error) {
	spot, _, err := c.at(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, err)
	}
	if spot.version == 0 || spot.form != doUndo {
		return c.instead(ctx, req, outdated())
	}
	history, err := c.Use.Settings.SettingHistory(ctx, attention.PlanSetting)
	if err != nil {
		return Reply{}, fmt.Errorf("read the versions of the plan: %w", err)
	}
	var before []byte // nothing: the default held
	for _, s := range history {
		if s.Version == spot.version-1 {
			before = s.Value
		}
	}
	return c.put(ctx, req, spot.version, "plan.undo", before)
}

// put saves raw as the version after version.
func (c AttentionPlan) put(ctx context.Context, req Request, version int, action string, raw []byte) (Reply, error) {
	s := storage.Setting{Key: attention.PlanSetting, Version: version, Value: raw, By: req.Actor.User, At: req.At}
	err := writeSettings(ctx, c.Use.Store, req, action, []storage.Setting{s})
	if err != nil {
		if analysis.KindOf(err) != analysis.Invalid {
			return Reply{}, err
		}
		now, wrong := c.read(ctx, req)
		if wrong != nil {
			return Reply{}, wrong
		}
		return c.instead(ctx, req, now.stale()) // somebody was first
	}
	return c.saved(ctx, req, version+1, action)
}

// saved shows the plan again, with what was done and its undoing.
func (c AttentionPlan) saved(ctx context.Context, req Request, version int, action string) (Reply, error) {
	return c.overview(ctx, req, view.Outcome{Said: locale.New(req.Lang, req.Zone).T(action+".done", nil),
		Undo: planSpot{form: doUndo, version: version}.String()})
}
