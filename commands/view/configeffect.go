package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// SettingEffect is what a change of the settings would do to the office of one
// day.
type SettingEffect struct {
	AsOf      analysis.Day
	Segmented bool // there is a segmentation that stays as it is
	// Uncounted: whom it moves takes too long to count while somebody waits.
	Uncounted bool
	// Scored: scores and segments were counted, since the change may move them.
	Scored   bool
	Groups   int // that have a score
	Rescored int // that get another one
	// Provisional is how many scores become "voorlopig": under half of their weight
	// is known then, and was not before.
	Provisional int
	Flows       []value.Flow[analysis.Segment]
	Moved       []Moved // the most revenue first
	Total       int     // groups that get another segment
	// High is how many groups count as having high potential; nil: that does not
	// change, or is not known.
	High  *HighCount
	Types []value.Flow[analysis.ClientType]
	// Worded are the client types of which the strategy reads differently.
	Worded []TypeCount
}

// HighCount is how many groups count as having high potential.
type HighCount struct{ Before, After int }

// TypeCount is how many groups are of a client type; negative: not known.
type TypeCount struct {
	Type   analysis.ClientType
	Groups int
}

// EffectLines say what e is, a sentence a line.
func EffectLines(p *locale.Printer, e SettingEffect) []string {
	var lines []string
	switch {
	case e.Uncounted:
		lines = append(lines, p.T("setting.effect_uncounted", nil))
	case e.Scored:
		lines = scoreLines(p, e)
	}
	if e.Provisional > 0 {
		lines = append(lines, p.N("setting.effect_provisional", e.Provisional, nil))
	}
	if e.High != nil {
		lines = append(lines, p.T("setting.effect_high", analysis.Args{"before": e.High.Before, "after": e.High.After}))
		for _, f := range e.Types {
			lines = append(lines, p.N("setting.flow", f.Groups, analysis.Args{"from": p.T(value.TypeKey(f.From), nil), "to": p.T(value.TypeKey(f.To), nil)}))
		}
	}
	for _, w := range e.Worded {
		args := analysis.Args{"type": p.T(value.TypeKey(w.Type), nil)}
		if w.Groups < 0 {
			lines = append(lines, p.T("setting.effect_words", args))
			continue
		}
		lines = append(lines, p.N("setting.effect_cards", w.Groups, args))
	}
	if len(lines) == 0 {
		lines = append(lines, p.T("setting.effect_none", nil))
	}
	return lines
}

func scoreLines(p *locale.Printer, e SettingEffect) []string {
	var lines []string
	for _, f := range e.Flows {
		lines = append(lines, p.N("setting.flow", f.Groups, analysis.Args{"from": segmentOr(p, f.From), "to": segmentOr(p, f.To)}))
	}
	switch {
	case len(e.Flows) > 0 && e.Rescored == 0:
		return lines
	case len(e.Flows) > 0:
		return append(lines, p.N("setting.effect_scores", e.Rescored, analysis.Args{"all": e.Groups}))
	case e.Rescored > 0:
		return []string{p.N("setting.effect_scores", e.Rescored, analysis.Args{"all": e.Groups}), p.T("setting.effect_nobody", nil)}
	}
	return []string{p.T("setting.effect_same", nil)}
}

// effectBlocks show e above a form or a question.
func effectBlocks(p *locale.Printer, e SettingEffect) []slack.Block {
	lines := []string{p.T("setting.effect", analysis.Args{"day": e.AsOf})}
	for _, l := range EffectLines(p, e) {
		lines = append(lines, "• "+l)
	}
	blocks := []slack.Block{section(strings.Join(lines, "\n"))}
	if len(e.Moved) > 0 {
		blocks = append(blocks, section(strings.Join(movedLines(p, e), "\n")))
	}
	note := p.T("setting.not_saved", nil)
	if e.Segmented && e.Scored && len(e.Flows) > 0 {
		note += " " + p.T("setting.final_stays", nil)
	}
	return append(blocks, context(note))
}

func movedLines(p *locale.Printer, e SettingEffect) []string {
	lines := []string{p.T("setting.effect_who", nil)}
	for _, g := range e.Moved {
		lines = append(lines, "• "+called(p, g.Name, g.Number)+": "+segmentOr(p, g.From)+" → "+segmentOr(p, g.To))
	}
	if rest := e.Total - len(e.Moved); rest > 0 {
		lines = append(lines, strings.TrimPrefix(p.N("client.more", rest, nil), ", "))
	}
	return lines
}

// EffectText is e for a terminal.
func EffectText(p *locale.Printer, e SettingEffect) string {
	lines := []string{p.T("setting.effect", analysis.Args{"day": e.AsOf})}
	for _, l := range EffectLines(p, e) {
		lines = append(lines, "  "+terminal(l))
	}
	return strings.Join(lines, "\n") + "\n"
}

// PlanText is what taking over a file of settings does, for a terminal: the
// settings that change by their key, of which back go to the default, the kinds
// of client that nobody is of, and the effect.
func PlanText(p *locale.Printer, changes []string, back map[string]bool, unused []string, e SettingEffect) string {
	lines := []string{p.N("setting.import_changes", len(changes), nil)}
	for _, key := range changes {
		if back[key] {
			key = p.T("setting.import_default", analysis.Args{"key": key})
		}
		lines = append(lines, "  "+terminal(key))
	}
	for _, kind := range unused {
		lines = append(lines, terminal(p.T("setting.import_unused", analysis.Args{"kind": kind})))
	}
	return strings.Join(lines, "\n") + "\n" + EffectText(p, e)
}
