package commands

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Config is how an office chooses what value is: the criteria of each kind of
// client, the rules of segments, what counts as high potential, how much loyalty
// must be known, and the strategy of each client type. Whoever changes something
// reads first what it would do to the office of today.
type Config struct {
	Use    Segmentation
	Market *Market // nil: no client types are counted
	// Patience is how long an effect may be counted before the answer says that
	// it was not; 0: as long as it takes.
	Patience time.Duration
}

// countWithin is the Patience in Slack: half of what a request may take.
const countWithin = 15 * time.Second

// place is what a button or a form of the settings is about. It is not trusted.
type place struct {
	form    string // which form, or what is to be confirmed
	version int    // of the setting, as it was looked at
	seen    string // digest of the edit whose effect was shown; empty: none was
	item    string // key of a criterion
	key     string // of the setting
}

func (p place) String() string {
	return strings.Join([]string{p.form, strconv.Itoa(p.version), p.seen, url.QueryEscape(p.item), p.key}, "|")
}

// placeOf reads a button's value, or a form's.
func placeOf(s string) (place, error) {
	parts := strings.SplitN(s, "|", 5)
	if len(parts) < 5 {
		return place{}, outdated()
	}
	version, err := strconv.Atoi(parts[1])
	item, wrong := url.QueryUnescape(parts[3])
	p := place{form: parts[0], version: version, seen: parts[2], item: item, key: parts[4]}
	if err != nil || wrong != nil || version < 0 || !ofValue(p.key) {
		return place{}, outdated()
	}
	return p, nil
}

func outdated() error { return analysis.Fail(analysis.Invalid, "segment.gone", nil) }

// kind is the kind of client whose criteria p is about; false where it is about
// something else.
func (p place) kind() (string, bool) { return strings.CutPrefix(p.key, criteriaPrefix) }

// Open answers `/klantbot instellingen` and every way back to it.
func (c Config) Open(ctx context.Context, req Request) (Reply, error) {
	return c.overview(ctx, req, view.Outcome{})
}

// overview shows what holds now.
func (c Config) overview(ctx context.Context, req Request, done view.Outcome) (Reply, error) {
	now, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	screen := view.SettingsWindow{Outcome: done, Office: now.office, Segments: now.changed(rulesKey),
		Potential: now.changed(potentialKey), Loyalty: now.changed(loyaltyKey), Strategies: map[analysis.ClientType]view.SettingRow{}}
	screen.Segments.Value = place{form: formQuota, version: now.version(rulesKey), key: rulesKey}.String()
	screen.Borders = place{form: formBorders, version: now.version(rulesKey), key: rulesKey}.String()
	screen.Potential.Value = place{form: formPotential, version: now.version(potentialKey), key: potentialKey}.String()
	screen.Loyalty.Value = place{form: formLoyalty, version: now.version(loyaltyKey), key: loyaltyKey}.String()
	for _, t := range analysis.ClientTypes() {
		key := strategyPrefix + string(t)
		row := now.changed(key)
		row.Value = place{form: formStrategy, version: now.version(key), key: key}.String()
		screen.Strategies[t] = row
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: "setting.open"}); err != nil {
		return Reply{}, err
	}
	return Show(view.Settings(locale.New(req.Lang, req.Zone), screen)), nil
}

// read authorizes the actor and reads what the office chose.
func (c Config) read(ctx context.Context, req Request) (chosen, error) {
	if !analysis.Allow(req.Actor, analysis.ChooseValue, analysis.Subject{}) {
		return chosen{}, refuse()
	}
	return readChosen(ctx, c.Use.Settings)
}

// changed says who chose the setting key last, and when.
func (c chosen) changed(key string) view.SettingRow {
	s := c.present[key]
	return view.SettingRow{Version: s.Version, By: s.By, At: s.At, Own: len(s.Value) > 0}
}

// kindsShown is how many kinds of client stand on a page.
const kindsShown = 10

// longestKind bounds the kinds that a button can name, in bytes.
const longestKind = 1000

// Kinds answers *Bekijk* at the criteria, and its pages: the kinds of client
// with what each is scored by. The value is where the page begins.
func (c Config) Kinds(ctx context.Context, req Request) (Reply, error) {
	now, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	kinds, err := c.kinds(ctx, req.today(), now.office)
	if err != nil {
		return Reply{}, err
	}
	offset, err := strconv.Atoi(req.Value)
	if err != nil || offset < 0 {
		offset = 0
	}
	offset = min(offset, max(0, len(kinds)-1)/kindsShown*kindsShown)
	screen := view.KindsWindow{Offset: offset, Size: kindsShown, Total: len(kinds)}
	for _, k := range kinds[offset:min(len(kinds), offset+kindsShown)] {
		row := view.KindRow{Kind: k.name, Groups: k.groups, Criteria: now.office.Set(k.name), SettingRow: now.changed(criteriaPrefix + k.name)}
		if len(k.name) <= longestKind {
			row.Value = place{form: formWeights, key: criteriaPrefix + k.name}.String()
		}
		screen.Rows = append(screen.Rows, row)
	}
	return Show(view.SettingKinds(locale.New(req.Lang, req.Zone), screen)), nil
}

// Criteria answers *Wijzig* at a kind of client.
func (c Config) Criteria(ctx context.Context, req Request) (Reply, error) {
	p, err := placeOf(req.Value)
	if err != nil {
		return c.instead(ctx, req, p, err)
	}
	return c.criteria(ctx, req, p.key, view.Outcome{})
}

// criteria shows the set of the kind that key names.
func (c Config) criteria(ctx context.Context, req Request, key string, done view.Outcome) (Reply, error) {
	now, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	kind, ok := place{key: key}.kind()
	if !ok {
		return c.overview(ctx, req, done)
	}
	at := func(form, item string) string {
		return place{form: form, version: now.version(key), item: item, key: key}.String()
	}
	screen := view.CriteriaWindow{Outcome: done, Kind: kind, Criteria: now.office.Set(kind), SettingRow: now.changed(key),
		Weights: at(formWeights, ""), Add: at(formAdd, ""), Reset: at(doReset, ""), Undo: at(doUndo, "")}
	screen.Most = len(screen.Criteria) >= value.MostCriteria
	screen.Edit = func(item string) string { return at(formCriterion, item) }
	return Show(view.SettingCriteria(locale.New(req.Lang, req.Zone), screen)), nil
}

// kindOfClient is a kind with how many groups are of it.
type kindOfClient struct {
	name   string
	groups int
}

// kinds lists the kinds of client that the office has, the most groups first,
// and after them those that only the settings know.
func (c Config) kinds(ctx context.Context, asOf analysis.Day, office value.Settings) ([]kindOfClient, error) {
	groups := map[string]int{}
	for kind := range office.Criteria {
		groups[kind] = 0
	}
	for h, err := range c.Use.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read the portfolio: %w", err)
		}
		groups[h.Kind]++
	}
	return ordered(groups), nil
}

// instead shows where things stand with the reason why what was asked was not
// done: somebody else was first, or the button is old. Other errors stay errors.
func (c Config) instead(ctx context.Context, req Request, p place, err error) (Reply, error) {
	var why *analysis.Error
	if !errors.As(err, &why) || why.Kind != analysis.Invalid {
		return Reply{}, err
	}
	return c.back(ctx, req, p, view.Outcome{Refused: why})
}

// back shows the window that p was reached from.
func (c Config) back(ctx context.Context, req Request, p place, done view.Outcome) (Reply, error) {
	if _, ok := p.kind(); ok {
		return c.criteria(ctx, req, p.key, done)
	}
	return c.overview(ctx, req, done)
}
