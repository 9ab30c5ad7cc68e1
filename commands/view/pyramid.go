package view

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// PyramidFigures is what /piramide shows.
type PyramidFigures struct {
	value.Pyramid
	Scope string // empty: the office
	AsOf  analysis.Day
	// Migration is who moved since the final segmentation Since; nil where there
	// is none to compare with.
	Migration *value.Migration
	Since     analysis.SegmentVersion
	Amounts   map[analysis.GroupID]analysis.Cents // yearly revenue now, or then; with Migration
}

// PyramidActions are the buttons under it.
type PyramidActions struct {
	Picture bool   // "send me the picture"
	What    string // of which: office, matrix or types
	Others  bool   // to the matrix and the client types
	Moved   bool   // who moved
	Share   string // "share it", in the channel of this name; empty: not offered
}

// PyramidMessage shows the layers as a table, with what stands out above it.
func PyramidMessage(p *locale.Printer, f PyramidFigures, actions PyramidActions) Message {
	title := p.T("pyramid.title", analysis.Args{"scope": orOffice(p, f.Scope)})
	top := []slack.Block{header(title), context(p.T("pyramid.asof", analysis.Args{"day": f.AsOf}))}
	m := Message{Text: twin(title)}
	if f.Groups == 0 {
		m.Blocks = append(top, section(p.T("pyramid.empty", nil)))
		return m
	}
	headline := section(p.N("pyramid.headline", f.Groups, analysis.Args{"share": part100(p, f.Pareto), "revenue": f.Revenue}))
	var bottom []slack.Block
	if f.Migration != nil {
		bottom = append(bottom, context(migration(p, f)))
	}
	if buttons := pyramidButtons(p, actions); len(buttons) > 0 {
		bottom = append(bottom, slack.NewActionBlock("", buttons...))
	}
	m.Blocks = concat(top, []slack.Block{headline, layerTable(p, f)}, bottom)
	m.Plain = concat(top, []slack.Block{headline, section(strings.Join(layerLines(p, f), "\n"))}, bottom)
	return m
}

func concat(parts ...[]slack.Block) []slack.Block {
	var all []slack.Block
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

func orOffice(p *locale.Printer, scope string) string {
	if scope == "" {
		return p.T("pyramid.office", nil)
	}
	return scope
}

// percent writes a percentage of 0..100 with at most one decimal.
func percent(p *locale.Printer, share float64) string {
	return p.Percent(share / 100)
}

// shown reports whether a layer has anything to say.
func shown(l value.LayerShare) bool { return l.Groups > 0 || l.Nominal > 0 }

func layerTable(p *locale.Printer, f PyramidFigures) slack.Block {
	words := func(key string) slack.DataTableCell { return slack.NewDataTableRawTextCell(p.T(key, nil)) }
	number := func(v float64, shown string) slack.DataTableCell {
		return slack.NewDataTableRawNumberCell(v).WithText(shown)
	}
	table := slack.NewDataTableBlock(p.T("pyramid.caption", nil)).WithPageSize(10) // all seven layers at once
	table.AddRow(words("pyramid.layer"), words("pyramid.groups"), words("pyramid.share"), words("pyramid.nominal"),
		words("pyramid.revenue"), words("pyramid.part"))
	for _, l := range f.Layers {
		if !shown(l) {
			continue
		}
		table.AddRow(words("layer."+string(l.Layer)), number(float64(l.Groups), p.Number(int64(l.Groups))),
			number(l.ShareGroups, dashed(p, l, l.ShareGroups)), number(l.Nominal, dashed(p, l, l.Nominal)),
			moneyCell(p, l.Revenue), earned(p, l))
	}
	return table
}

// part100 is percent of what part of an amount another one is.
func part100(p *locale.Printer, share float64) string { return p.Part(share / 100) }

// partCell is such a part, which sorts as nothing where it is not said.
func partCell(p *locale.Printer, share float64) slack.DataTableCell {
	if p.Hushed() {
		return numberCell(beneath, part100(p, share))
	}
	return numberCell(share, part100(p, share))
}

// earned is the part that a layer brings in, and a dash where it has none.
func earned(p *locale.Printer, l value.LayerShare) slack.DataTableCell {
	if !l.Layer.Earns() {
		return numberCell(l.ShareRevenue, dashed(p, l, 0))
	}
	return partCell(p, l.ShareRevenue)
}

// dashed is a share, and a dash where a layer has no part in it.
func dashed(p *locale.Printer, l value.LayerShare, share float64) string {
	if !l.Layer.Earns() {
		return "–"
	}
	return percent(p, share)
}

// layerLines is the table as text: for Slack's older places and the terminal.
func layerLines(p *locale.Printer, f PyramidFigures) []string {
	var lines []string
	for _, l := range f.Layers {
		if !shown(l) {
			continue
		}
		args := analysis.Args{"layer": p.T("layer."+string(l.Layer), nil), "share": percent(p, l.ShareGroups),
			"nominal": percent(p, l.Nominal), "revenue": l.Revenue, "part": part100(p, l.ShareRevenue)}
		key := "pyramid.line"
		if !l.Layer.Earns() {
			key = "pyramid.line_base"
		}
		lines = append(lines, p.N(key, l.Groups, args))
	}
	return lines
}

func migration(p *locale.Printer, f PyramidFigures) string {
	count := f.Migration.Count
	return p.T("pyramid.migration", analysis.Args{"version": int64(f.Since.ID), "day": f.Since.AsOf,
		"up": count[value.Up], "down": count[value.Down], "won": count[value.Won], "lost": count[value.Lost]})
}

func pyramidButtons(p *locale.Printer, a PyramidActions) []slack.BlockElement {
	var buttons []slack.BlockElement
	if a.Moved {
		buttons = append(buttons, button(p.T("moved.button", nil), "pyramid.moved.v1", "0"))
	}
	if a.Others {
		buttons = append(buttons, button(p.T("matrix.button", nil), "pyramid.open.v1#1", "matrix"),
			button(p.T("types.button", nil), "pyramid.open.v1#2", "types"))
	} else if a.What == "matrix" || a.What == "types" {
		buttons = append(buttons, button(p.T("moved.back", nil), "pyramid.open.v1", "office"))
	}
	if a.Picture {
		buttons = append(buttons, button(p.T("pyramid.send", nil), "pyramid.send.v1", a.What))
	}
	if a.Share != "" {
		b := button(p.T("client.share.button", nil), "pyramid.share.v1", a.What)
		b.Confirm = slack.NewConfirmationBlockObject(plain(p.T("client.share.button", nil), 100), plain(p.T("pyramid.share.ask", analysis.Args{"channel": a.Share}), 300),
			plain(p.T("client.share.button", nil), 30), plain(p.T("word.back", nil), 30))
		buttons = append(buttons, b)
	}
	return buttons
}

// PyramidText is the pyramid for a terminal.
func PyramidText(p *locale.Printer, f PyramidFigures) string {
	var b strings.Builder
	fmt.Fprintln(&b, p.T("pyramid.title", analysis.Args{"scope": orOffice(p, f.Scope)})+", "+p.Date(f.AsOf))
	if f.Groups == 0 {
		fmt.Fprintln(&b, p.T("pyramid.empty", nil))
		return b.String()
	}
	fmt.Fprintln(&b, p.N("pyramid.headline", f.Groups, analysis.Args{"share": part100(p, f.Pareto), "revenue": f.Revenue}))
	for _, line := range layerLines(p, f) {
		fmt.Fprintln(&b, "  "+line)
	}
	if f.Migration != nil {
		fmt.Fprintln(&b, migration(p, f))
	}
	return b.String()
}
