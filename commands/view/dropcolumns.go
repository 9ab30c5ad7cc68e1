package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// DropField is what a field of a file is called.
func DropField(p *locale.Printer, kind analysis.ImportKind, field string) string {
	if kind == analysis.ImportSurvey && field == "contact" {
		field = "contact_wanted"
	}
	if kind == analysis.ImportTouches && field == "kind" {
		field = "touch_kind"
	}
	key := "drop.field." + strings.ReplaceAll(field, ":", "_")
	if !locale.Has(p.Lang(), key) {
		return brief(field) // a criterion of the office's own
	}
	return p.T(key, nil)
}

// dropColumns are the columns as they are read, those of a group in one row.
func dropColumns(p *locale.Printer, v DropPreview) []*slack.RichTextSection {
	rows := []*slack.RichTextSection{}
	groups := map[string][]string{}
	for _, c := range v.Columns {
		if c.Subject != "" || c.Field == "comment" {
			said := c.Subject
			if said == "" {
				said = "“" + brief(c.Header) + "”"
			}
			if !slices.Contains(groups[c.Field], said) {
				groups[c.Field] = append(groups[c.Field], said)
			}
			continue
		}
		said := "“" + brief(c.Header) + "”"
		switch {
		case c.Masked:
			said += "  " + p.T("drop.masked", nil)
		case c.Example != "":
			said += "  " + p.T("drop.example", analysis.Args{"example": brief(c.Example)})
		}
		rows = append(rows, row(DropField(p, v.Kind, c.Field), text(said)))
	}
	for _, group := range []string{"importance", "performance", "benefit", "sacrifice", "comment"} {
		if said := groups[group]; len(said) > 0 {
			rows = append(rows, row(p.T("drop.counted", analysis.Args{"field": DropField(p, v.Kind, group), "n": len(said)}),
				text(listed(p, said, map[bool]int{true: shownHeaders, false: shownSubjects}[group == "comment"]))))
		}
	}
	if len(v.Ignored) > 0 {
		rows = append(rows, row(p.T("drop.counted", analysis.Args{"field": p.T("drop.ignored", nil), "n": len(v.Ignored)}), text(listed(p, v.Ignored, shownHeaders))))
	}
	return rows
}

// listed joins at most most, and counts the rest.
func listed(p *locale.Printer, all []string, most int) string {
	said := make([]string, min(len(all), most))
	for i := range said {
		said[i] = brief(all[i])
	}
	s := strings.Join(said, ", ")
	if rest := len(all) - len(said); rest > 0 {
		s += p.N("client.more", rest, nil)
	}
	return s
}

// Fields of the form.
const (
	FieldDropWave       = "drop.wave"
	FieldDropAudience   = "drop.audience"
	FieldDropDisclosure = "drop.disclosure"
)

// FieldDropColumn is the block of the columns of a field.
func FieldDropColumn(field string) string { return "drop.column." + field }

// DropForm is which column of a file is what.
type DropForm struct {
	Kind       analysis.ImportKind
	File       string
	Value      string
	Header     []string
	Fields     []string         // that have one column each
	Groups     []string         // of questions, that may have many
	Chosen     map[string][]int // by field or group, places in Header
	Wave       string           // of a survey
	Audience   analysis.Audience
	Disclosure analysis.Disclosure
}

// mostColumns is how many columns a list can offer.
const mostColumns = 99

// DropColumns is the form in which a person says which column is what.
func DropColumns(p *locale.Printer, f DropForm) Modal {
	m := Modal{Title: cut(p.T("drop.columns", nil), maxTitle), Submit: p.T("drop.look", nil), Close: p.T("word.close", nil),
		Callback: "drop.save.v1", Private: f.Value}
	m.Blocks = append(m.Blocks, context(p.T("drop.form", analysis.Args{"file": brief(f.File)})))
	if f.Kind == analysis.ImportSurvey {
		m.Blocks = append(m.Blocks, dropWave(p, f)...)
	}
	options := dropOptions(f.Header)
	for _, field := range f.Fields {
		none := slack.NewOptionBlockObject("-", plain(p.T("drop.no_column", nil), maxOption), nil)
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "column", append([]*slack.OptionBlockObject{none}, options...)...)
		pick.InitialOption = none
		for _, n := range f.Chosen[field] {
			if n < len(options) {
				pick.InitialOption = options[n]
			}
		}
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldDropColumn(field), plain(DropField(p, f.Kind, field), maxHeader), nil, pick))
	}
	for _, group := range f.Groups {
		pick := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(p.T("drop.choose", nil), maxPlaceholder), "columns", options...)
		for _, n := range f.Chosen[group] {
			if n < len(options) {
				pick.InitialOptions = append(pick.InitialOptions, options[n])
			}
		}
		hint := plain(p.T("drop.hint."+group, nil), maxHeader)
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldDropColumn(group), plain(DropField(p, f.Kind, group), maxHeader), hint, pick).WithOptional(true))
	}
	return m
}

// dropWave asks whose answers they are and what they were told.
func dropWave(p *locale.Printer, f DropForm) []slack.Block {
	name := slack.NewPlainTextInputBlockElement(nil, "name")
	name.InitialValue = brief(f.Wave)
	audience := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "audience")
	for _, a := range analysis.Audiences() {
		o := slack.NewOptionBlockObject(string(a), plain(audienceWord(p, a), maxOption), nil)
		audience.Options = append(audience.Options, o)
		if a == f.Audience {
			audience.InitialOption = o
		}
	}
	told := slack.NewRadioButtonsBlockElement("disclosure")
	for _, d := range []analysis.Disclosure{analysis.Anonymous, analysis.ByName} {
		o := slack.NewOptionBlockObject(string(d), plain(disclosureWord(p, d), maxOption), nil)
		told.Options = append(told.Options, o)
		if d == f.Disclosure {
			told.InitialOption = o
		}
	}
	label := func(key string) *slack.TextBlockObject { return plain(p.T(key, nil), maxHeader) }
	return []slack.Block{
		slack.NewInputBlock(FieldDropWave, label("drop.fact.wave"), label("drop.hint.wave"), name),
		slack.NewInputBlock(FieldDropAudience, label("drop.audience"), label("drop.hint.audience"), audience),
		slack.NewInputBlock(FieldDropDisclosure, label("drop.disclosure"), label("drop.hint.disclosure"), told),
	}
}

// dropOptions are the columns of the file by their place.
func dropOptions(header []string) []*slack.OptionBlockObject {
	var options []*slack.OptionBlockObject
	for i, name := range header[:min(len(header), mostColumns)] {
		options = append(options, slack.NewOptionBlockObject(id(int64(i)), plain(id(int64(i+1))+". "+name, maxOption), nil))
	}
	return options
}
