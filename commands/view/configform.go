package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// Blocks of the forms by the field they fill in.
const (
	FieldName      = "name"
	FieldOneWeight = "weight"
	FieldSource    = "source"
	FieldHigh      = "high"
	FieldLeast     = "least"
)

// FieldWeight is the weight of the criterion at place i.
func FieldWeight(i int) string { return "weight." + strconv.Itoa(i) }

// FieldMeaning is what a mark means, 0..4.
func FieldMeaning(mark int) string { return "meaning." + strconv.Itoa(mark) }

// FieldSegmentRule is the quota or the border of segment i, counted from A.
func FieldSegmentRule(i int) string { return "rule." + strconv.Itoa(i) }

// FieldLine is line i of a strategy, in the order of value.Strategy.Lines.
func FieldLine(i int) string { return "line." + strconv.Itoa(i) }

// Typed is v as somebody would type it.
func Typed(p *locale.Printer, v float64) string {
	s := strconv.FormatFloat(v, 'f', -1, 64)
	if p.Lang() == locale.Dutch {
		s = strings.ReplaceAll(s, ".", ",")
	}
	return s
}

// SettingForm is a form of the settings: as it was opened, or with what the edit
// in it would do.
type SettingForm struct {
	SettingRow
	Fields  map[string]string // what stands in them
	Private string
	// Tag ends the block of every field, for Slack keeps what was typed in a block
	// of that name: a form about something else must not begin with it.
	Tag    string
	OfKind bool // it is about the criteria of a kind
	Effect *SettingEffect
	Same   bool // what was sent is what holds already
	// Values of the buttons; empty: there is none.
	Back, Undo, Reset, Remove string
}

// block is the block of field id.
func (f SettingForm) block(id string) string { return FieldBlock(id, f.Tag) }

// FieldBlock is the block of a field in the form that tag names.
func FieldBlock(id, tag string) string {
	if tag == "" {
		return id
	}
	return id + "@" + tag
}

// FieldOf is the field of a block.
func FieldOf(block string) string {
	id, _, _ := strings.Cut(block, "@")
	return id
}

// frame is a form around its inputs.
func frame(p *locale.Printer, f SettingForm, title, intro string, inputs ...slack.Block) Modal {
	m := Modal{Title: cut(title, maxTitle), Submit: p.T("setting.show_effect", nil), Close: p.T("word.close", nil),
		Callback: "setting.save.v1", Private: f.Private}
	switch {
	case f.Effect != nil:
		m.Submit = p.T("word.save", nil)
		m.Blocks = append(effectBlocks(p, *f.Effect), context(p.T("setting.again", nil)), slack.NewDividerBlock())
	case f.Same:
		m.Blocks = append(m.Blocks, section(p.T("setting.same", nil)))
	}
	m.Blocks = append(append(m.Blocks, section(intro)), changedBy(p, f.SettingRow)...)
	m.Blocks = append(m.Blocks, inputs...)
	var buttons []slack.BlockElement
	if f.Remove != "" {
		buttons = append(buttons, button(p.T("setting.remove", nil), "setting.confirm.v1#1", f.Remove))
	}
	if f.Reset != "" && f.Own {
		buttons = append(buttons, button(p.T("setting.reset", nil), "setting.confirm.v1#2", f.Reset))
	}
	if f.Undo != "" && f.Version > 0 {
		buttons = append(buttons, button(p.T("setting.previous", nil), "setting.undo.v1", f.Undo))
	}
	back := "setting.open.v1"
	if f.OfKind {
		back = "setting.criteria.v1"
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), back, f.Back))...))
	return m
}

// line is an input of one line with at most so many characters; 0: as many as
// Slack takes.
func (f SettingForm) line(id, label, hint string, most int, optional bool) *slack.InputBlock {
	input := slack.NewPlainTextInputBlockElement(nil, "typed")
	input.InitialValue = cut(f.Fields[id], maxSection)
	b := slack.NewInputBlock(f.block(id), plain(label, maxHeader), nil, input)
	if hint != "" {
		b.Hint = plain(hint, maxHeader)
	}
	if most > 0 {
		input.MaxLength = most
		input.InitialValue = cut(f.Fields[id], most)
	}
	return b.WithOptional(optional)
}

// WeightsForm asks for the weights of a set.
func WeightsForm(p *locale.Printer, f SettingForm, kind string, set []value.Criterion) Modal {
	f.OfKind = true
	inputs := make([]slack.Block, len(set))
	for i, c := range set {
		inputs[i] = f.line(FieldWeight(i), CriterionName(p, c), "", 0, false)
	}
	return frame(p, f, p.T("setting.weights", nil), p.T("setting.weights_intro", analysis.Args{"kind": kindTitle(p, kind)}), inputs...)
}

// SourceValue is how a form names where the values of c come from.
func SourceValue(c value.Criterion) string { return string(c.Source) + "/" + string(c.Scale) }

// sourceKey is the end of the catalogue key of a SourceValue.
func sourceKey(v string) string {
	from, scale, _ := strings.Cut(v, "/")
	if value.Source(from) == value.Imported {
		return from + "_" + scale
	}
	return from
}

// Sources are the sources that c may be given beside others. A new criterion may
// be one of the office's own figures that others are not. What those figures say
// may be judged or imported instead, by an office whose bookkeeping does not tell,
// and goes back to them.
func Sources(c value.Criterion, others []value.Criterion) []string {
	var all []string
	for _, d := range []value.Criterion{{Key: value.KeyRevenue, Source: value.FromRevenue, Scale: value.Ranked},
		{Key: value.KeyMargin, Source: value.FromMargin, Scale: value.Ranked}, {Key: value.KeyLoyalty, Source: value.FromLoyalty, Scale: value.Percent}} {
		taken := slices.ContainsFunc(others, func(o value.Criterion) bool { return o.Key == d.Key })
		if c.Key == d.Key || c.Key == "" && !taken {
			all = append(all, SourceValue(d))
		}
	}
	all = append(all, SourceValue(value.Criterion{Source: value.Judged, Scale: value.Marks}),
		SourceValue(value.Criterion{Source: value.Imported, Scale: value.Marks}))
	if own := SourceValue(c); c.Source != "" && !slices.Contains(all, own) {
		all = append(all, own)
	}
	return all
}

// CriterionForm asks what a criterion is: c, or a new one where that is nil.
func CriterionForm(p *locale.Printer, f SettingForm, kind string, c *value.Criterion, others []value.Criterion) Modal {
	f.OfKind = true
	title, intro := p.T("setting.criterion", nil), "setting.criterion_intro"
	if c == nil {
		title, c = p.T("setting.add", nil), &value.Criterion{}
	}
	sources := Sources(*c, others)
	marked := 0 // sources that give marks
	for _, v := range sources {
		if strings.HasSuffix(v, "/"+string(value.Marks)) {
			marked++
		}
	}
	if c.Source == value.FromRevenue || c.Source == value.FromMargin || c.Source == value.FromLoyalty {
		intro = "setting.derived_intro"
	}
	inputs := []slack.Block{f.line(FieldName, p.T("setting.field_name", nil), "", value.LongestName, marked < len(sources)),
		f.line(FieldOneWeight, p.T("setting.field_weight", nil), p.T("setting.field_weight_hint", nil), 0, false),
		slack.NewInputBlock(f.block(FieldSource), plain(p.T("setting.field_source", nil), maxHeader), nil, sourcePick(p, sources, f.Fields[FieldSource]))}
	for mark := range value.Levels {
		inputs = append(inputs, f.line(FieldMeaning(mark), p.T("setting.field_meaning", analysis.Args{"mark": mark}), "", value.LongestMeaning, marked < len(sources)))
	}
	return frame(p, f, title, p.T(intro, analysis.Args{"kind": kindTitle(p, kind)}), inputs...)
}

func sourcePick(p *locale.Printer, sources []string, chosen string) *slack.RadioButtonsBlockElement {
	pick := slack.NewRadioButtonsBlockElement("source")
	for _, v := range sources {
		o := slack.NewOptionBlockObject(v, plain(upperFirst(p.T("setting.source."+sourceKey(v), nil)), maxOption), nil)
		pick.Options = append(pick.Options, o)
		if v == chosen {
			pick.InitialOption = o
		}
	}
	return pick
}

// SegmentRulesForm asks for the quota of the segments, or for their borders.
func SegmentRulesForm(p *locale.Printer, f SettingForm, borders bool) Modal {
	title, intro, label, n := "setting.by_quota", "setting.quota_intro", "setting.field_quota", 4
	if borders {
		title, intro, label, n = "setting.by_score", "setting.borders_intro", "setting.field_border", 3
	}
	inputs := make([]slack.Block, n)
	for i, s := range analysis.Segments()[:n] {
		inputs[i] = f.line(FieldSegmentRule(i), p.T(label, analysis.Args{"segment": string(s)}), "", 0, false)
	}
	return frame(p, f, p.T(title, nil), p.T(intro, nil), inputs...)
}

// PotentialForm asks from which amount potential is high.
func PotentialForm(p *locale.Printer, f SettingForm) Modal {
	return frame(p, f, p.T("setting.potential", nil), p.T("setting.potential_intro", nil),
		f.line(FieldHigh, p.T("setting.field_high", nil), p.T("setting.field_high_hint", nil), 0, true))
}

// LoyaltyForm asks how many marks of loyalty must be known.
func LoyaltyForm(p *locale.Printer, f SettingForm) Modal {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "least")
	for n := 1; n <= value.LoyaltyMarks; n++ {
		o := slack.NewOptionBlockObject(strconv.Itoa(n), plain(p.N("setting.field_least_option", n, analysis.Args{"most": value.LoyaltyMarks}), maxOption), nil)
		pick.Options = append(pick.Options, o)
		if o.Value == f.Fields[FieldLeast] {
			pick.InitialOption = o
		}
	}
	lines := []string{p.T("setting.loyalty_intro", nil)}
	for _, mark := range (value.Loyalty{}).Marks() {
		lines = append(lines, "• "+p.T(mark.Key, nil))
	}
	return frame(p, f, p.T("setting.loyalty", nil), strings.Join(lines, "\n"),
		slack.NewInputBlock(f.block(FieldLeast), plain(p.T("setting.field_least", nil), maxHeader), nil, pick))
}

// StrategyForm asks for the row of a client type.
func StrategyForm(p *locale.Printer, f SettingForm, t analysis.ClientType) Modal {
	var inputs []slack.Block
	for i, l := range (value.Strategy{Type: t}).Lines() {
		b := f.line(FieldLine(i), p.T(l.Label, nil), "", value.LongestLine, true)
		b.Element.(*slack.PlainTextInputBlockElement).Multiline = true
		inputs = append(inputs, b)
	}
	return frame(p, f, upperFirst(p.T(value.TypeKey(t), nil)), p.T("setting.strategy_intro", nil), inputs...)
}
