package commands

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Form answers *Wijzig*, *Gewichten* and *Criterium toevoegen*: a form as things
// stand.
func (c Config) Form(ctx context.Context, req Request) (Reply, error) {
	at, now, err := c.at(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, at, err)
	}
	p := locale.New(req.Lang, req.Zone)
	fields, err := filled(p, at, now.office)
	if err != nil {
		return c.instead(ctx, req, at, err)
	}
	return Show(c.form(p, at, now, fields, view.SettingForm{})), nil
}

// at authorizes the actor and reads the place and what holds there now. It is
// an error when somebody changed that since it was shown.
func (c Config) at(ctx context.Context, req Request, named string) (place, chosen, error) {
	at, wrong := placeOf(named)
	now, err := c.read(ctx, req)
	switch {
	case err != nil:
		return at, now, err
	case wrong != nil:
		return at, now, wrong
	case now.version(at.key) != at.version:
		return at, now, now.stale(at.key)
	}
	return at, now, nil
}

// stale says who changed the setting key meanwhile.
func (c chosen) stale(key string) error {
	s := c.present[key]
	if s.By == "" {
		return analysis.Fail(analysis.Invalid, "setting.stale_operator", analysis.Args{"day": analysis.DayOf(s.At.In(officeZone))})
	}
	return analysis.Fail(analysis.Invalid, "setting.stale", analysis.Args{"by": s.By, "day": analysis.DayOf(s.At.In(officeZone))})
}

// form shows the form at with fields filled in. f says what came of them.
func (c Config) form(p *locale.Printer, at place, now chosen, fields map[string]string, f view.SettingForm) view.Modal {
	f.Fields, f.Private, f.Tag, f.SettingRow = fields, at.String(), at.tag(), now.changed(at.key)
	f.Back = place{form: at.form, key: at.key}.String()
	kind, ofKind := at.kind()
	if !ofKind {
		f.Undo, f.Reset = place{form: doUndo, version: at.version, key: at.key}.String(), place{form: doReset, version: at.version, key: at.key}.String()
	}
	switch at.form {
	case formWeights:
		return view.WeightsForm(p, f, kind, now.office.Set(kind))
	case formCriterion, formAdd:
		set := now.office.Set(kind)
		i := slices.IndexFunc(set, func(c value.Criterion) bool { return c.Key == at.item })
		if i < 0 {
			return view.CriterionForm(p, f, kind, nil, set)
		}
		f.Remove = place{form: doRemove, version: at.version, item: at.item, key: at.key}.String()
		return view.CriterionForm(p, f, kind, &set[i], slices.Delete(slices.Clone(set), i, i+1))
	case formQuota, formBorders:
		return view.SegmentRulesForm(p, f, at.form == formBorders)
	case formPotential:
		return view.PotentialForm(p, f)
	case formLoyalty:
		return view.LoyaltyForm(p, f)
	}
	return view.StrategyForm(p, f, analysis.ClientType(at.key[len(strategyPrefix):]))
}

// Validate checks a form, reading no more than the settings.
func (c Config) Validate(ctx context.Context, req Request) (map[string]string, error) {
	at, now, err := c.at(ctx, req, req.Private)
	if err != nil {
		return nil, nil // Save says so
	}
	e, err := edit(locale.New(req.Lang, req.Zone), at, req.Fields, now.office)
	if err != nil {
		return nil, nil
	}
	return e.atBlocks(), nil
}

// Save answers a form. The first time it shows what the edit would do to the
// office of today; sent once more as it was shown, it is saved.
func (c Config) Save(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	at, now, err := c.at(ctx, req, req.Private)
	if err != nil {
		return c.repeated(ctx, req, at, now, err)
	}
	e, err := edit(p, at, req.Fields, now.office)
	if err != nil {
		return c.instead(ctx, req, at, err)
	}
	if len(e.wrong) > 0 {
		return Reply{Errors: e.atBlocks()}, nil
	}
	raw, err := stored(e.office, at.key)
	if err != nil {
		return Reply{}, err
	}
	if bytes.Equal(raw, now.present[at.key].Value) {
		return Show(c.form(p, at, now, e.fields, view.SettingForm{Same: true})), nil
	}
	if at.seen == digest(raw) {
		return c.put(ctx, req, at, "setting.save", raw)
	}
	effect, err := c.effect(ctx, req.today(), now.office, e.office)
	if err != nil {
		return Reply{}, err
	}
	at.seen = digest(raw)
	return Show(c.form(p, at, now, e.fields, view.SettingForm{Effect: &effect})), nil
}

// repeated answers a form whose setting has another version by now. Where that
// is because this very form was saved before the program stopped, it says so.
func (c Config) repeated(ctx context.Context, req Request, at place, now chosen, err error) (Reply, error) {
	s := now.present[at.key]
	if at.seen != "" && s.Version == at.version+1 && s.By == req.Actor.User && at.seen == digest(s.Value) {
		return c.saved(ctx, req, at, "setting.save")
	}
	return c.instead(ctx, req, at, err)
}

// digest names an edit, so that what is saved is what was looked at.
func digest(raw []byte) string {
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:8])
}

// Confirm answers *Verwijder*, *Terug naar de standaard*, *Zet vorige versie
// terug* and *Ongedaan maken*: what that would do.
func (c Config) Confirm(ctx context.Context, req Request) (Reply, error) {
	at, now, err := c.at(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, at, err)
	}
	after, err := c.confirmed(ctx, at, now.office)
	if err != nil {
		return c.instead(ctx, req, at, err)
	}
	effect, err := c.effect(ctx, req.today(), now.office, after)
	if err != nil {
		return Reply{}, err
	}
	kind, ofKind := at.kind()
	q := view.SettingQuestion{Effect: effect, Value: at.String(), Back: place{form: at.form, key: at.key}.String(), Kind: kind, Remove: at.form == doRemove, Undo: at.form == doUndo, OfKind: ofKind}
	for _, criterion := range now.office.Set(kind) {
		if criterion.Key == at.item {
			q.Criterion = criterion
		}
	}
	return Show(view.AskSetting(locale.New(req.Lang, req.Zone), q)), nil
}

// confirmed is the office after what at asks to confirm.
func (c Config) confirmed(ctx context.Context, at place, office value.Settings) (value.Settings, error) {
	after := office.Clone()
	kind, ofKind := at.kind()
	switch {
	case at.form == doReset:
		return after, apply(&after, at.key, nil)
	case at.form == doUndo && at.version > 0:
		before, err := c.before(ctx, at)
		if err != nil {
			return after, err
		}
		return after, apply(&after, at.key, before)
	case at.form == doRemove && ofKind:
		set := after.Set(kind)
		set = slices.DeleteFunc(set, func(c value.Criterion) bool { return c.Key == at.item })
		if err := value.CheckEdited(set); err != nil {
			return after, err
		}
		after.Criteria[kind] = set
		return after, nil
	}
	return after, outdated()
}

// Apply answers the confirmation. The button names the version that was looked
// at, so that what is done is what was shown.
func (c Config) Apply(ctx context.Context, req Request) (Reply, error) {
	at, now, err := c.at(ctx, req, req.Value)
	if err != nil {
		return c.instead(ctx, req, at, err)
	}
	if at.form == doUndo {
		return c.undo(ctx, req, at)
	}
	after, err := c.confirmed(ctx, at, now.office)
	if err != nil {
		return c.instead(ctx, req, at, err)
	}
	raw, err := stored(after, at.key)
	if err != nil {
		return Reply{}, err
	}
	return c.put(ctx, req, at, "setting."+at.form, raw)
}

// undo makes the version before the one that at names hold again, as a version of
// its own.
func (c Config) undo(ctx context.Context, req Request, at place) (Reply, error) {
	if at.version == 0 {
		return c.instead(ctx, req, at, outdated())
	}
	before, err := c.before(ctx, at)
	if err != nil {
		return Reply{}, err
	}
	return c.put(ctx, req, at, "setting.undo", before)
}

// before is the setting of at as it was one version ago; nothing where the default
// held.
func (c Config) before(ctx context.Context, at place) ([]byte, error) {
	history, err := c.Use.Settings.SettingHistory(ctx, at.key)
	if err != nil {
		return nil, fmt.Errorf("read the versions of %s: %w", at.key, err)
	}
	for _, s := range history {
		if s.Version == at.version-1 {
			return s.Value, nil
		}
	}
	return nil, nil
}

// put saves raw as the version after the one that at names.
func (c Config) put(ctx context.Context, req Request, at place, action string, raw []byte) (Reply, error) {
	err := writeSettings(ctx, c.Use.Store, req, action, []storage.Setting{{Key: at.key, Version: at.version, Value: raw, By: req.Actor.User, At: req.At}})
	if err != nil {
		if analysis.KindOf(err) != analysis.Invalid {
			return Reply{}, err
		}
		now, wrong := c.read(ctx, req)
		if wrong != nil {
			return Reply{}, wrong
		}
		return c.instead(ctx, req, at, now.stale(at.key)) // somebody was first
	}
	return c.saved(ctx, req, at, action)
}

// writeSettings saves all settings or none, once for each request, with their audit
// line.
func writeSettings(ctx context.Context, store storage.Writer, req Request, action string, settings []storage.Setting) error {
	err := store.Write(ctx, func(tx storage.Tx) error {
		if first, err := tx.Once(ctx, req.Key, req.At); err != nil || !first {
			return err
		}
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: action, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		for _, s := range settings {
			if err := tx.Set(ctx, s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("save the settings: %w", err)
	}
	return nil
}

// refreshWithin is how long an answer waits for cards to say what was just
// saved; whoever polls the Market makes them do so otherwise.
const refreshWithin = 2 * time.Second

// saved shows the window again, with what was done and its undoing.
func (c Config) saved(ctx context.Context, req Request, at place, action string) (Reply, error) {
	if c.Market != nil {
		soon, cancel := context.WithTimeout(ctx, refreshWithin)
		defer cancel()
		// That it fails is no reason to say that nothing was saved.
		_ = c.Market.Refresh(soon, req.today())
	}
	done := view.Outcome{Said: locale.New(req.Lang, req.Zone).T(action+".done", nil),
		Undo: place{form: doUndo, version: at.version + 1, key: at.key}.String()}
	return c.back(ctx, req, at, done)
}
