package view

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// SettingRow is what is known of a setting beside what it says.
type SettingRow struct {
	Value   string // of its button; empty: it has none
	Version int    // 0: nobody ever changed it
	Own     bool   // else the default holds
	By      analysis.UserID
	At      time.Time
}

// SettingsWindow is what an office chose about value.
type SettingsWindow struct {
	Outcome    Outcome
	Office     value.Settings
	Segments   SettingRow // its button leads to the quota
	Borders    string     // value of the button to the borders
	Potential  SettingRow
	Loyalty    SettingRow
	Strategies map[analysis.ClientType]SettingRow
}

// Settings is the window from which an office chooses what value is.
func Settings(p *locale.Printer, w SettingsWindow) Modal {
	m := Modal{Title: cut(p.T("setting.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "setting.undo.v1")...)
	m.Blocks = append(m.Blocks, context(p.T("setting.intro", nil)),
		settingBlock("setting.criteria", criteriaNow(p, w.Office), p, button(p.T("setting.look", nil), "setting.kinds.v1", "0")),
		sheet(row(p.T("setting.segments", nil), text("\n"+rulesNow(p, w.Office.Rules)+lastChange(p, w.Segments)))),
		slack.NewActionBlock("", button(p.T("setting.by_quota", nil), "setting.form.v1#1", w.Segments.Value),
			button(p.T("setting.by_score", nil), "setting.form.v1#2", w.Borders)),
		settingBlock("setting.potential", potentialNow(p, w.Office.Potential)+lastChange(p, w.Potential), p, editButton(p, w.Potential.Value)),
		settingBlock("setting.loyalty", p.N("setting.loyalty_now", w.Office.Loyalty.Least, analysis.Args{"most": value.LoyaltyMarks})+lastChange(p, w.Loyalty), p, editButton(p, w.Loyalty.Value)),
		settingBlock("plan.setting", p.T("plan.setting_now", nil), p, button(p.T("setting.look", nil), "plan.open.v1", "0")),
		slack.NewDividerBlock(), section(p.T("setting.strategies", nil)))
	var buttons []slack.BlockElement
	for i, t := range analysis.ClientTypes() {
		name := upperFirst(p.T(value.TypeKey(t), nil))
		m.Blocks = append(m.Blocks, sheet(row(name, text("\n"+StrategyGoal(p, w.Office.Strategy(t))+lastChange(p, w.Strategies[t])))))
		buttons = append(buttons, button(name, "setting.form.v1#"+strconv.Itoa(i+1), w.Strategies[t].Value))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	return m
}

// settingBlock is one setting with a button behind it. Both lines are ours.
func settingBlock(key, now string, p *locale.Printer, b *slack.ButtonBlockElement) slack.Block {
	return slack.NewSectionBlock(mark("*"+p.T(key, nil)+"*\n"+now), nil, slack.NewAccessory(b))
}

func editButton(p *locale.Printer, value string) *slack.ButtonBlockElement {
	return button(p.T("setting.edit", nil), "setting.form.v1", value)
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// lastChange says when a setting was changed last, as a line of its own.
func lastChange(p *locale.Printer, r SettingRow) string {
	if r.Version == 0 {
		return ""
	}
	return "\n" + changeWords(p, r)
}

func changeWords(p *locale.Printer, r SettingRow) string {
	key := "setting.changed"
	if !r.Own {
		key = "setting.changed_back"
	}
	return p.T(key, analysis.Args{"day": analysis.DayOf(r.At.In(p.Zone()))})
}

// changedBy says who changed a setting last, and when.
func changedBy(p *locale.Printer, r SettingRow) []slack.Block {
	if r.Version == 0 {
		return nil
	}
	by := p.T("setting.by_operator", nil)
	if r.By != "" {
		by = p.T("setting.by_user", analysis.Args{"by": "<@" + string(r.By) + ">"})
	}
	return []slack.Block{slack.NewContextBlock("", mark(changeWords(p, r)+" "+by))}
}

func criteriaNow(p *locale.Printer, s value.Settings) string {
	if len(s.Criteria) == 0 {
		return p.T("setting.criteria_default", nil)
	}
	return p.N("setting.criteria_own", len(s.Criteria), nil)
}

func rulesNow(p *locale.Printer, r value.Rules) string {
	if r.ByScore {
		return p.T("setting.borders_now", analysis.Args{"a": p.Points(r.Borders[0]), "b": p.Points(r.Borders[1]), "c": p.Points(r.Borders[2])})
	}
	return p.T("setting.quota_now", analysis.Args{"a": percent(p, r.Quota[0]), "b": percent(p, r.Quota[1]), "c": percent(p, r.Quota[2]), "d": percent(p, r.Quota[3])})
}

func potentialNow(p *locale.Printer, r value.PotentialRule) string {
	if r.High == 0 {
		return p.T("setting.potential_median", nil)
	}
	return p.T("setting.potential_amount", analysis.Args{"amount": r.High})
}

// KindsWindow is a page of kinds of client.
type KindsWindow struct {
	Rows                []KindRow
	Offset, Size, Total int
}

// KindRow is a kind of client with what it is scored by.
type KindRow struct {
	SettingRow
	Kind     string
	Groups   int
	Criteria []value.Criterion
}

// SettingKinds lists the kinds of client.
func SettingKinds(p *locale.Printer, w KindsWindow) Modal {
	m := Modal{Title: cut(p.T("setting.criteria", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, section(p.T("setting.kinds_intro", nil)),
		context(upperFirst(p.T("setting.standard", nil))+": "+weightsInWords(p, value.DefaultCriteria())))
	if w.Total == 0 {
		m.Blocks = append(m.Blocks, section(p.T("setting.kinds_none", nil)))
	}
	for _, r := range w.Rows {
		which := "setting.standard"
		if r.Own {
			which = "setting.own"
		}
		line := kindTitle(p, r.Kind) + "\n" + p.N("setting.kind", r.Groups, nil) + " · " + p.T(which, nil)
		if r.Own {
			line += "\n" + weightsInWords(p, r.Criteria)
		}
		if r.Value == "" {
			m.Blocks = append(m.Blocks, section(line))
			continue
		}
		m.Blocks = append(m.Blocks, choice(line, button(p.T("setting.edit", nil), "setting.criteria.v1", r.Value)))
	}
	buttons := windowPager(p, "setting.kinds.v1", strconv.Itoa, w.Offset, w.Size, len(w.Rows), w.Total)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "setting.open.v1", "0"))...))
	return m
}

func kindTitle(p *locale.Printer, kind string) string {
	if strings.TrimSpace(kind) == "" {
		return p.T("setting.no_kind", nil)
	}
	return cut(kind, maxName)
}

// weightsInWords is a set in a line: Omzet 30, Marge 20.
func weightsInWords(p *locale.Printer, set []value.Criterion) string {
	words := make([]string, len(set))
	for i, c := range set {
		words[i] = CriterionName(p, c) + " " + p.Points(c.Weight)
	}
	return strings.Join(words, ", ")
}

// CriterionName is what people call c.
func CriterionName(p *locale.Printer, c value.Criterion) string { return criterionName(p, c) }

// CriteriaWindow is the set of a kind of client.
type CriteriaWindow struct {
	SettingRow
	Outcome                   Outcome
	Kind                      string
	Criteria                  []value.Criterion
	Weights, Add, Reset, Undo string // values of the buttons
	Edit                      func(criterion string) string
	Most                      bool // no more criteria fit
}

// SettingCriteria shows what a kind of client is scored by.
func SettingCriteria(p *locale.Printer, w CriteriaWindow) Modal {
	m := Modal{Title: cut(p.T("setting.criteria", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "setting.undo.v1")...)
	m.Blocks = append(m.Blocks, header(p.T("setting.criteria_of", analysis.Args{"kind": kindTitle(p, w.Kind)})),
		context(p.T("setting.criteria_intro", nil)))
	m.Blocks = append(m.Blocks, changedBy(p, w.SettingRow)...)
	shares := value.Share(w.Criteria)
	for i, c := range w.Criteria {
		line := CriterionName(p, c) + "\n" + p.T("setting.weighs", analysis.Args{"weight": p.Points(c.Weight), "share": p.Percent(shares[i]),
			"source": p.T("setting.source."+sourceKey(SourceValue(c)), nil)})
		m.Blocks = append(m.Blocks, choice(line, button(p.T("setting.edit", nil), "setting.form.v1#"+string(rune('a'+i)), w.Edit(c.Key))))
	}
	buttons := []slack.BlockElement{primary(button(p.T("setting.weights", nil), "setting.form.v1#1", w.Weights))}
	if !w.Most {
		buttons = append(buttons, button(p.T("setting.add", nil), "setting.form.v1#2", w.Add))
	}
	if w.Own {
		buttons = append(buttons, button(p.T("setting.reset", nil), "setting.confirm.v1", w.Reset))
	}
	if w.Version > 0 && w.Outcome.Undo == "" {
		buttons = append(buttons, button(p.T("setting.previous", nil), "setting.undo.v1", w.Undo))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "setting.kinds.v1", "0"))...))
	return m
}

// SettingQuestion is what is asked before a criterion goes, or the default or the
// version before comes back.
type SettingQuestion struct {
	Effect      SettingEffect
	Remove      bool // the criterion; else back to the default
	Undo        bool // back to the version before
	OfKind      bool // it is about the criteria of Kind
	Kind        string
	Criterion   value.Criterion // that goes
	Value, Back string
}

// AskSetting asks whether that may be done, with what it would do.
func AskSetting(p *locale.Printer, q SettingQuestion) Modal {
	title, ask, yes, back := "setting.reset", p.T("setting.ask_reset", nil), "setting.yes_reset", "setting.open.v1"
	if q.OfKind {
		ask, back = p.T("setting.ask_reset_kind", analysis.Args{"kind": kindTitle(p, q.Kind)}), "setting.criteria.v1"
	}
	switch {
	case q.Undo:
		title, ask, yes = "setting.previous", p.T("setting.ask_undo", nil), "setting.yes_undo"
	case q.Remove:
		title, yes = "setting.remove", "setting.yes_remove"
		ask = p.T("setting.ask_remove", analysis.Args{"criterion": CriterionName(p, q.Criterion), "kind": kindTitle(p, q.Kind)})
	}
	m := Modal{Title: cut(p.T(title, nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{header(ask)}}
	m.Blocks = append(m.Blocks, effectBlocks(p, q.Effect)...)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", primary(button(p.T(yes, nil), "setting.apply.v1", q.Value)), button(p.T("word.back", nil), back, q.Back)))
	return m
}
