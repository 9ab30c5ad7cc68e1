package view

import (
	"math"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// Standing is what a group is laid beside its peers by. What is not known is
// NaN.
type Standing struct {
	Yearly   float64 // cents
	Services float64
	Growth   float64 // fraction
	FTE      float64
}

// PeerComparison is a client beside similar ones, of whom none is named.
type PeerComparison struct {
	Client analysis.Client
	AsOf   analysis.Day // of the figures; NoDay: not worked out
	Level  value.Level  // LevelNone: too few to compare with
	Peers  int
	Own    Standing
	Median Standing
	Above  float64 // percentage of the peers that bring in less, 0..100
}

// CompareMessage is what *Vergelijk* shows in place of the card.
func CompareMessage(p *locale.Printer, c PeerComparison) Message {
	top := []slack.Block{header(p.T("client.compare.title", analysis.Args{"name": c.Client.Name}))}
	bottom := []slack.Block{slack.NewActionBlock("", button(p.T("word.back", nil), "client.open.v1", id(c.Client.ID)))}
	m := Message{Text: twin(p.T("client.compare.text", analysis.Args{"name": c.Client.Name}))}
	switch {
	case !c.AsOf.Known():
		m.Blocks = concat(top, []slack.Block{section(p.T("client.explain.not_yet", nil))}, bottom)
		return m
	case c.Level == value.LevelNone:
		m.Blocks = concat(top, []slack.Block{section(p.T("client.compare.none", nil))}, bottom)
		return m
	}
	top = append(top, context(p.T("client.explain.asof", analysis.Args{"day": c.AsOf})+" · "+
		p.N("client.compare.peers", c.Peers, analysis.Args{"level": p.T(c.Level.Key(), nil)})))
	said := aboveWords(p, c)
	if c.Level > value.LevelBranch {
		said += " " + p.T("client.explain.widened", nil)
	}
	top = append(top, section(said))
	m.Blocks = concat(top, []slack.Block{compareTable(p, c)}, bottom)
	m.Plain = concat(top, []slack.Block{section(strings.Join(compareLines(p, c), "\n"))}, bottom)
	return m
}

// aboveWords says where the client stands among its peers: nobody speaks of more
// than 100% of them.
func aboveWords(p *locale.Printer, c PeerComparison) string {
	switch {
	case c.Above >= 100:
		return p.N("client.compare.above_all", c.Peers, nil)
	case c.Above <= 0:
		return p.N("client.compare.above_none", c.Peers, nil)
	}
	return p.T("client.compare.above", analysis.Args{"percent": percent(p, c.Above)})
}

// beside is one measure in words.
type beside struct {
	what, own, median string
	ownRaw, medianRaw float64
}

func besideRows(p *locale.Printer, c PeerComparison) []beside {
	money := func(v float64) string { return p.Money(analysis.Cents(math.Round(v))) }
	rows := make([]beside, 0, 4)
	add := func(what string, own, median float64, words func(float64) string) {
		known := func(v float64) string {
			if math.IsNaN(v) {
				return p.T("word.unknown", nil)
			}
			return words(v)
		}
		rows = append(rows, beside{what, known(own), known(median), own, median})
	}
	add(p.T("client.compare.yearly", nil), c.Own.Yearly, c.Median.Yearly, money)
	add(p.T("client.compare.services", nil), c.Own.Services, c.Median.Services, p.Points)
	add(p.T("client.compare.growth", nil), c.Own.Growth, c.Median.Growth, p.Change)
	add(p.T("client.compare.fte", nil), c.Own.FTE, c.Median.FTE, p.Points)
	return rows
}

func compareTable(p *locale.Printer, c PeerComparison) slack.Block {
	words := func(key string) slack.DataTableCell { return slack.NewDataTableRawTextCell(p.T(key, nil)) }
	figure := func(v float64, shown string) slack.DataTableCell {
		if math.IsNaN(v) {
			return slack.NewDataTableRawTextCell(shown)
		}
		if p.Hushed() && shown == p.Money(0) {
			v = beneath // an amount that is not said does not sort either
		}
		return slack.NewDataTableRawNumberCell(v).WithText(shown)
	}
	table := slack.NewDataTableBlock(p.T("client.compare.caption", nil))
	table.AddRow(words("client.compare.what"), words("client.compare.own"), words("client.compare.median"))
	for _, r := range besideRows(p, c) {
		table.AddRow(slack.NewDataTableRawTextCell(r.what), figure(r.ownRaw, r.own), figure(r.medianRaw, r.median))
	}
	return table
}

// compareLines is the table as text.
func compareLines(p *locale.Printer, c PeerComparison) []string {
	var lines []string
	for _, r := range besideRows(p, c) {
		lines = append(lines, p.T("client.compare.line", analysis.Args{"what": r.what, "own": r.own, "median": r.median}))
	}
	return lines
}
