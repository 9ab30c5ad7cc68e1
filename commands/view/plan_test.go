package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

func planEffect() PlanEffect {
	overloaded := attention.Load{Manager: 1, Groups: 154, Needed: 9.1, Possible: 7.6, Hours: 4.25, Proposals: []attention.Proposal{
		{Kind: attention.RaiseCapacity, From: 8, To: 10}, {Kind: attention.FewerMoments, Segment: "C", Activity: "telefoongesprek", From: 1, To: 0, Needed: 7.2},
		{Kind: attention.HandOver, Segment: "C", To: 12, Manager: 2, Needed: 7.5}}}
	return PlanEffect{AsOf: analysis.Date(2026, 11, 21), Final: true, Before: PlanSum{41.2, 18.3}, After: PlanSum{44, 20.1}, Unfit: 1,
		Names:  map[analysis.ManagerID]string{1: hostile, 2: "Fleur de Vries"},
		People: []PlanShift{{attention.Load{Needed: 7.1, Hours: 3.5, Fits: true}, overloaded}, {attention.Load{Needed: 3, Fits: true}, attention.Load{Manager: 2, Needed: 3.5, Possible: 7.6, Fits: true}}}}
}

func planModals(p *locale.Printer) map[string]Modal {
	changed := SettingRow{Version: 3, Own: true, By: "U2", At: time.Date(2026, 11, 4, 10, 0, 0, 0, time.UTC)}
	plan := attention.Default(analysis.NoDay)
	plan.Lines = append(plan.Lines, attention.Line{Segment: "D", Activity: hostile, Kind: attention.Periodic, Touch: analysis.Mail, Times: 1, Role: attention.ByPartner, Minutes: 5})
	plan.Busy = append(plan.Busy, attention.Busy{Name: hostile, From: 29, To: 31})
	plan.Capacities, plan.PerPerson = map[analysis.ManagerID]int{1: 4}, true
	window := PlanWindow{SettingRow: changed, Outcome: Outcome{Said: "Opgeslagen.", Undo: "u"}, Plan: plan, Final: true, People: 12, Unfit: 2,
		Line: func(l attention.Line) string { return "line|3||" + string(l.Segment) }, Busy: func(int) string { return "busy" },
		AddLine: "a", AddBusy: "b", Room: "r", Shares: "s", Switches: "w", Undo: "u", Reset: "x"}
	first := window
	first.SettingRow, first.Outcome, first.Plan, first.Final = SettingRow{}, Outcome{}, attention.Default(analysis.NoDay), false
	effect := planEffect()
	form := PlanForm{Private: "x", Tag: "t", Plan: plan, Effect: &effect, Remove: "v", Person: hostile, Fields: map[string]string{
		FieldName: hostile, FieldSegment: "A", FieldKind: "periodiek", FieldTouch: "bezoek", FieldRole: "vennoot", FieldTimes: "4", FieldMinutes: "15",
		FieldCapacity: "8", FieldWeeks: "44", FieldShown: "5", FieldSegmentRule(0): "50", FieldSwitches: SwitchPartner}}
	fresh := PlanForm{Private: "x", Tag: "t", Plan: plan, New: true, Same: true}
	return map[string]Modal{
		"plan_first": AttentionPlan(p, first), "plan_own": AttentionPlan(p, window),
		"plan_people": PlanPeopleModal(p, PlanPeople{Final: true, Offset: 8, Size: 8, Total: 20, Names: effect.Names,
			Rows: []PlanPerson{{Load: effect.People[0].After, Capacity: 8, Value: "v"}, {Load: effect.People[1].After, Capacity: 4, Own: true, Value: "w"}}}),
		"plan_people_none": PlanPeopleModal(p, PlanPeople{Size: 8}),
		"plan_line":        PlanLineForm(p, form), "plan_line_new": PlanLineForm(p, fresh), "plan_busy": PlanBusyForm(p, form), "plan_room": PlanRoomForm(p, form),
		"plan_person": PlanPersonForm(p, form), "plan_shares": PlanSharesForm(p, form), "plan_switches": PlanSwitchesForm(p, form),
		"plan_ask_line": AskPlan(p, PlanQuestion{Effect: PlanEffect{AsOf: effect.AsOf, Final: true}, Line: &plan.Lines[0], Value: "v"}),
		"plan_ask_busy": AskPlan(p, PlanQuestion{Effect: PlanEffect{AsOf: effect.AsOf}, Busy: hostile, Value: "v"}),
		"plan_reset":    AskPlan(p, PlanQuestion{Effect: effect, Reset: true, Value: "v"}),
	}
}

func TestGoldenPlan(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range planModals(p) {
			golden(t, name+"."+string(lang)+".json", m)
			holdsModal(t, name, m)
		}
		goldenText(t, "plan_effect."+string(lang)+".txt", PlanEffectText(p, planEffect()))
	}
}

// holdsModal checks what Slack takes of a window, that nothing typed is markup,
// and that no key is shown.
func holdsModal(t *testing.T, name string, m Modal) {
	t.Helper()
	if len([]rune(m.Title)) > maxTitle || len([]rune(m.Submit)) > maxTitle || len(m.Blocks) > 100 {
		t.Errorf("%s: title %q, button %q, %d blocks", name, m.Title, m.Submit, len(m.Blocks))
	}
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	for _, mrkdwn := range markups(t, raw) {
		if strings.Contains(mrkdwn, "Kroeg") {
			t.Errorf("%s: what was typed stands in mrkdwn: %s", name, mrkdwn)
		}
	}
	for _, room := range []string{"plan.", "gathering.", "exception.", "report."} {
		if strings.Contains(string(raw), `"text":"`+room) {
			t.Errorf("%s shows a key: %s", name, raw)
		}
	}
}
