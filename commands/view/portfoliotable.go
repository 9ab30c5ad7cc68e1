package view

import (
	"math"
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// shownName keeps the columns that matter within a message's width; the card and
// the list below have the whole name.
const shownName = 27

// portfolioTable is a page of relatiegroepen, which a reader may sort by any
// column. What is asked first stands first: a narrow screen shows the left.
func portfolioTable(p *locale.Printer, page PortfolioPage) slack.Block {
	columns := []string{"portfolio.column.name", "portfolio.column.card", "portfolio.column.segment", "client.explain.value", "pyramid.revenue",
		"portfolio.column.type", "client.potential", "portfolio.column.rating", "client.last_contact"}
	if page.Scope == "" {
		columns = append(columns, "portfolio.column.manager")
	}
	table := figureTable(p, "portfolio.caption", columns...)
	cell := func(s string) slack.DataTableCell {
		if s == "" {
			s = "–"
		}
		return slack.NewDataTableRawTextCell(cut(s, maxButton))
	}
	for i, r := range page.Rows {
		open := cell(r.Number)
		if r.Client != 0 {
			open = slack.NewDataTableActionCell(button(p.T("client.open", nil), "client.open.v1#"+strconv.Itoa(i+1), id(r.Client))).
				WithFallback(open)
		}
		cells := []slack.DataTableCell{cell(cut(r.Name, shownName)), open, cell(string(r.Segment)), scoreCell(p, r.Score), yearlyCell(p, r.Yearly),
			cell(p.T("portfolio.kind."+string(r.Type), nil)), potentialCell(p, r.Potential), cell(ratingWord(p, r.Rating)), dayCell(p, r.Last)}
		if page.Scope == "" {
			cells = append(cells, cell(r.Manager))
		}
		table.AddRow(cells...)
	}
	return table
}

// What is not known sorts last: below anything that is.
const beneath = -1

func scoreCell(p *locale.Printer, score float64) slack.DataTableCell {
	if score < 0 {
		return numberCell(beneath, "–")
	}
	return numberCell(score, p.Points(math.Round(score)))
}

func potentialCell(p *locale.Printer, v value.Potential) slack.DataTableCell {
	switch {
	case v.Known():
		return moneyCell(p, v.Amount)
	case v.Basis == value.BasisJudged:
		return numberCell(beneath, p.T("portfolio.potential."+string(v.Judged), nil))
	}
	return numberCell(beneath, p.T("type.unknown", nil))
}

func dayCell(p *locale.Printer, d analysis.Day) slack.DataTableCell {
	if !d.Known() {
		return numberCell(beneath, "–")
	}
	return numberCell(float64(d), p.Date(d))
}

func yearlyCell(p *locale.Printer, y value.Yearly) slack.DataTableCell {
	if !y.Known {
		return numberCell(beneath, "–")
	}
	return moneyCell(p, y.Amount)
}

// ratingWord is whether a group rates the office high; empty: not measured.
func ratingWord(p *locale.Printer, rating value.Truth) string {
	switch rating {
	case value.Yes:
		return p.T("portfolio.rating.high", nil)
	case value.No:
		return p.T("portfolio.rating.low", nil)
	}
	return ""
}

// choices are the lists to filter by type and potential and to sort by.
func choices(p *locale.Printer, page PortfolioPage) []slack.BlockElement {
	list := func(n, what string, values []string, chosen string, value func(string) string) slack.BlockElement {
		var options []*slack.OptionBlockObject
		var initial *slack.OptionBlockObject
		for _, v := range values {
			key := "portfolio." + what + "." + v
			if v == "" {
				key = "portfolio." + what + ".all"
			}
			o := slack.NewOptionBlockObject(value(v), plain(p.T(key, nil), maxOption), nil)
			options = append(options, o)
			if v == chosen {
				initial = o
			}
		}
		s := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(p.T("portfolio."+what+".all", nil), maxPlaceholder), "portfolio.page.v1#"+n, options...)
		s.InitialOption = initial
		return s
	}
	kinds := []string{""}
	for _, t := range analysis.ClientTypes() {
		kinds = append(kinds, string(t))
	}
	return []slack.BlockElement{
		list("type", "type", append(kinds, "unknown"), page.Type, page.OfType),
		list("potential", "filter", []string{"", "high", "low", "unknown"}, page.Potential, page.OfPotential),
		list("order", "order", []string{"", "revenue", "value", "potential", "name"}, page.Order, page.InOrder),
	}
}

// noneHere says that nothing is listed, and of what.
func noneHere(p *locale.Printer, page PortfolioPage) string {
	if page.Type == "" && page.Potential == "" {
		return p.T("portfolio.none_here", analysis.Args{"segment": string(page.Segment)})
	}
	return p.T("portfolio.none_so", nil)
}
