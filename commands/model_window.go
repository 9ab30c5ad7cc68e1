package commands

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// callsShown is how many of the newest calls the window lists.
const callsShown = 5

// Open answers `/klantbot taalmodel`: what is configured, whether it is on, and who
// asked it what last.
func (m Model) Open(ctx context.Context, req Request) (Reply, error) {
	return m.show(ctx, req, view.Outcome{}, true)
}

func (m Model) show(ctx context.Context, req Request, done view.Outcome, looked bool) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	choice, s, err := m.chosen(ctx)
	if err != nil {
		return Reply{}, err
	}
	screen := view.ModelWindow{Outcome: done, Host: m.Host, Name: m.Name, On: m.holds(choice), Moved: choice.On && !m.holds(choice),
		Daily: choice.Daily, Row: view.SettingRow{Value: strconv.Itoa(s.Version), Version: s.Version, Own: true, By: s.By, At: s.At}}
	if m.Kept != nil {
		calls, err := m.Kept.ModelCalls(ctx, callsShown)
		if err != nil {
			return Reply{}, fmt.Errorf("read who asked the model: %w", err)
		}
		for _, c := range calls {
			screen.Calls = append(screen.Calls, view.ModelCall{At: c.At, By: c.By, Model: c.Model, Tokens: c.Input + c.Output, Verdict: c.Verdict})
		}
	}
	if looked {
		if err := audit(ctx, m.Store, req, storage.AuditLine{Action: "model.open"}); err != nil {
			return Reply{}, err
		}
	}
	return Show(view.Model(locale.New(req.Lang, req.Zone), screen, req.At)), nil
}

// Ask answers *Zet aan*: what would leave the house, where to, and how much a day.
func (m Model) Ask(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	choice, s, err := m.chosen(ctx)
	if err != nil {
		return Reply{}, err
	}
	if m.Host == "" || strconv.Itoa(s.Version) != req.Value {
		return m.show(ctx, req, view.Outcome{Refused: changedMeanwhile()}, false)
	}
	form := view.ModelForm{Host: m.Host, Name: m.Name, Daily: usualDaily, Private: m.shown(s.Version)}
	if choice.Daily > 0 {
		form.Daily = choice.Daily
	}
	return Show(view.AskModel(locale.New(req.Lang, req.Zone), form)), nil
}

// shown names what a form says: the version of the setting, and the endpoint and
// model that are agreed to.
func (m Model) shown(version int) string {
	return strconv.Itoa(version) + "|" + digest([]byte(m.Host+"\n"+m.Name))
}

func changedMeanwhile() *analysis.Error {
	return &analysis.Error{Kind: analysis.Invalid, Key: "model.changed"}
}

// dailyOf reads the cap from a form.
func dailyOf(req Request) (int, error) {
	words := strings.NewReplacer(".", "", " ", "", "\u00a0", "", ",", "").Replace(req.Fields[view.FieldDaily])
	daily, err := strconv.Atoi(words)
	if err != nil || daily < leastDaily || daily > mostDaily {
		return 0, analysis.Fail(analysis.Invalid, "model.daily_wrong", analysis.Args{"least": leastDaily, "most": mostDaily})
	}
	return daily, nil
}

// Validate checks the form of Ask.
func (m Model) Validate(_ context.Context, req Request) (map[string]string, error) {
	if _, err := dailyOf(req); err != nil {
		var known *analysis.Error
		if errors.As(err, &known) {
			return map[string]string{view.FieldDaily: locale.New(req.Lang, req.Zone).Error(known)}, nil
		}
	}
	return nil, nil
}

// TurnOn answers the form of Ask: from now on the model that the form showed is
// asked. Where somebody was first, or another endpoint is configured by now, nothing
// changes.
func (m Model) TurnOn(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	daily, err := dailyOf(req)
	if err != nil {
		return Reply{}, err
	}
	version, err := strconv.Atoi(strings.SplitN(req.Private, "|", 2)[0])
	if err != nil || m.Host == "" || req.Private != m.shown(version) {
		return m.show(ctx, req, view.Outcome{Refused: changedMeanwhile()}, false)
	}
	return m.turn(ctx, req, version, modelChoice{On: true, Host: m.Host, Name: m.Name, Daily: daily, Cards: true, Questions: true}, "model.on")
}

// TurnOff answers *Zet uit*: at once, also where somebody changed the cap meanwhile.
func (m Model) TurnOff(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	choice, s, err := m.chosen(ctx)
	if err != nil {
		return Reply{}, err
	}
	if !choice.On {
		return m.show(ctx, req, view.Outcome{}, false)
	}
	choice.On = false
	return m.turn(ctx, req, s.Version, choice, "model.off")
}

// turn saves choice as the version after version.
func (m Model) turn(ctx context.Context, req Request, version int, choice modelChoice, action string) (Reply, error) {
	raw, err := json.Marshal(choice)
	if err != nil {
		return Reply{}, fmt.Errorf("write whether the model is on: %w", err)
	}
	err = writeSettings(ctx, m.Store, req, action, []storage.Setting{{Key: modelKey, Version: version, Value: raw, By: req.Actor.User, At: req.At}})
	if err != nil && analysis.KindOf(err) == analysis.Invalid {
		return m.show(ctx, req, view.Outcome{Refused: changedMeanwhile()}, false)
	}
	if err != nil {
		return Reply{}, err
	}
	return m.show(ctx, req, view.Outcome{Said: locale.New(req.Lang, req.Zone).T(action+".done", nil)}, false)
}

// modelEntries are the part of the table that the window of the model carries.
func modelEntries(m Model) []Entry {
	entry := func(on On, id string, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ManageOffice, Loading: true, Run: run}
	}
	on := entry(Submission, "model.on", m.TurnOn)
	on.Validate = m.Validate
	return []Entry{entry(Action, "model.open", m.Open), entry(Action, "model.ask", m.Ask), on, entry(Action, "model.off", m.TurnOff)}
}
