package view

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

func settingEffect() SettingEffect {
	return SettingEffect{AsOf: analysis.Date(2026, 11, 21), Segmented: true, Scored: true, Groups: 237, Rescored: 41, Provisional: 2, Total: 15,
		Flows: []value.Flow[analysis.Segment]{{From: "A", To: "B", Groups: 3}, {From: "B", To: "A", Groups: 12}},
		Moved: []Moved{{Name: hostile, Number: "9", From: "B", To: "A"}}}
}

func ownSet() []value.Criterion {
	return append(value.DefaultCriteria()[:3], value.Criterion{Key: "sfeer", Name: hostile, Weight: 12.5, Source: value.Judged, Scale: value.Marks,
		Meanings: []string{"slecht", "matig", "gewoon", "goed", hostile}}, value.Criterion{Key: "x", Name: "Ingelezen", Weight: 1, Source: value.Imported, Scale: value.Percent})
}

func settingModals(p *locale.Printer) map[string]Modal {
	changed := SettingRow{Value: "quota|3|||segments", Version: 3, Own: true, By: "U2", At: time.Date(2026, 11, 4, 10, 0, 0, 0, time.UTC)}
	office := value.DefaultSettings()
	own := office.Clone()
	own.Rules.ByScore, own.Potential.High, own.Loyalty.Least = true, 250000, 1
	own.Criteria["mkb"] = ownSet()
	own.Strategies[analysis.Large] = value.Strategy{Goal: hostile}
	effect, same := settingEffect(), SettingEffect{AsOf: analysis.Date(2026, 11, 21), Scored: true, Groups: 237}
	high := SettingEffect{AsOf: analysis.Date(2026, 11, 21), High: &HighCount{118, 40}, Types: []value.Flow[analysis.ClientType]{{From: analysis.Strategic, To: analysis.Large, Groups: 1}}}
	cards := SettingEffect{AsOf: analysis.Date(2026, 11, 21), Worded: []TypeCount{{analysis.Large, 38}, {analysis.Strategic, -1}}}
	back := SettingForm{SettingRow: changed, Private: "x", Tag: "t", Back: "b", Undo: "u", Reset: "r"}
	with := func(e *SettingEffect, fields map[string]string) SettingForm {
		f := back
		f.Effect, f.Fields = e, fields
		return f
	}
	refused := analysis.Fail(analysis.Invalid, "setting.stale", analysis.Args{"by": analysis.UserID("U2"), "day": analysis.Date(2026, 11, 4)})
	edit := func(c string) string { return "criterion|3||" + c + "|criteria/mkb" }
	removing := back
	removing.Remove, removing.Undo, removing.Reset = "w", "", ""
	removing.Fields = map[string]string{FieldName: hostile, FieldOneWeight: "12,5", FieldSource: "judged/marks", FieldMeaning(0): hostile}
	return map[string]Modal{
		"setting_first": Settings(p, SettingsWindow{Office: office, Segments: SettingRow{Value: "s"}, Borders: "b", Potential: SettingRow{Value: "p"}, Loyalty: SettingRow{Value: "l"}}),
		"setting_own": Settings(p, SettingsWindow{Outcome: Outcome{Said: "Opgeslagen.", Undo: "undo|4|||segments"}, Office: own, Segments: changed, Borders: "b", Potential: changed,
			Loyalty: changed, Strategies: map[analysis.ClientType]SettingRow{analysis.Large: changed, analysis.Strategic: {Value: "x", Version: 2, At: changed.At}}}),
		"setting_stale": Settings(p, SettingsWindow{Outcome: Outcome{Refused: refused}, Office: office, Borders: "b"}),
		"setting_kinds": SettingKinds(p, KindsWindow{Offset: 10, Size: 10, Total: 24, Rows: []KindRow{{SettingRow: changed, Kind: hostile, Groups: 237, Criteria: ownSet()},
			{SettingRow: SettingRow{Value: "v"}, Groups: 1, Criteria: value.DefaultCriteria()}, {Kind: strings.Repeat("lang", 300), Criteria: value.DefaultCriteria()}}}),
		"setting_kinds_none":     SettingKinds(p, KindsWindow{Size: 10}),
		"setting_criteria":       SettingCriteria(p, CriteriaWindow{SettingRow: changed, Kind: "mkb", Criteria: ownSet(), Weights: "w", Add: "a", Reset: "r", Undo: "u", Edit: edit}),
		"setting_criteria_first": SettingCriteria(p, CriteriaWindow{Outcome: Outcome{Said: "Opgeslagen.", Undo: "u"}, Kind: hostile, Criteria: value.DefaultCriteria(), Weights: "w", Most: true, Edit: edit}),
		"setting_weights":        WeightsForm(p, with(&effect, map[string]string{FieldWeight(0): "40"}), "mkb", ownSet()),
		"setting_weights_same":   WeightsForm(p, SettingForm{Same: true, Back: "b"}, "mkb", value.DefaultCriteria()),
		"setting_criterion":      CriterionForm(p, removing, "mkb", &ownSet()[3], ownSet()[:3]),
		"setting_add":            CriterionForm(p, with(&same, map[string]string{FieldOneWeight: "10"}), "mkb", nil, ownSet()[:1]),
		"setting_quota":          SegmentRulesForm(p, with(&effect, map[string]string{FieldSegmentRule(0): "5"}), false),
		"setting_borders":        SegmentRulesForm(p, with(nil, map[string]string{FieldSegmentRule(0): "80"}), true),
		"setting_potential":      PotentialForm(p, with(&high, map[string]string{FieldHigh: "2500"})),
		"setting_loyalty":        LoyaltyForm(p, with(&same, map[string]string{FieldLeast: "3"})),
		"setting_strategy":       StrategyForm(p, with(&cards, map[string]string{FieldLine(0): hostile}), analysis.Large),
		"setting_ask_remove":     AskSetting(p, SettingQuestion{Effect: effect, Remove: true, OfKind: true, Kind: "mkb", Criterion: ownSet()[3], Value: "v", Back: "b"}),
		"setting_ask_reset":      AskSetting(p, SettingQuestion{Effect: high, Value: "v", Back: "b"}),
	}
}

func TestGoldenSettings(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range settingModals(p) {
			golden(t, name+"."+string(lang)+".json", m)
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
			if strings.Contains(string(raw), "setting.") && strings.Contains(string(raw), `"text":"setting.`) {
				t.Errorf("%s shows a key: %s", name, raw)
			}
		}
		goldenText(t, "setting_effect."+string(lang)+".txt", PlanText(p, []string{"segments", "criteria/m\x1bkb"}, map[string]bool{"criteria/m\x1bkb": true}, []string{hostile}, settingEffect()))
	}
}
