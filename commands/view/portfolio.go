package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// PortfolioPage is a page of relatiegroepen with what they are together.
type PortfolioPage struct {
	Scope   string           // empty: the office
	Segment analysis.Segment // listed; empty: all
	// Type, Potential and Order are what is listed and how, in the words of the
	// use-case; empty: all, by segment.
	Type, Potential, Order string
	Version                *analysis.SegmentVersion // whose segments these are; nil: none yet
	AsOf                   analysis.Day
	Shares                 []PortfolioShare // by segment, those without one last
	Groups                 int
	Revenue                analysis.Cents // a year, of the scope
	Office                 analysis.Cents // a year, of the whole office
	// OfficeGroups is how many relatiegroepen the whole office has.
	OfficeGroups int

	Rows                 []PortfolioRow
	Offset, Size, Listed int
	// Value is the value of a button to the page at offset; the others of one to
	// the first page of a segment, a type, a potential, or in another order.
	Value                        func(offset int) string
	Filter                       func(analysis.Segment) string
	OfType, OfPotential, InOrder func(string) string
	Segmentation                 bool // the viewer has business with the segmentation
	Judge                        int  // groups listed here that the viewer is asked to judge
	JudgeValue                   string
}

// PortfolioShare is one segment of a portfolio.
type PortfolioShare struct {
	Segment analysis.Segment
	Groups  int
	Revenue analysis.Cents // a year
	// The same of the whole office.
	OfficeGroups  int
	OfficeRevenue analysis.Cents
}

// PortfolioRow is one relatiegroep.
type PortfolioRow struct {
	Client                analysis.ClientID // whose card it opens
	Name, Number, Manager string
	Segment               analysis.Segment
	Score                 float64             // of the segmentation, 0..100; negative: none
	Type                  analysis.ClientType // empty: not known yet
	Potential             value.Potential
	Rating                value.Truth // whether the group rates the office high
	Yearly                value.Yearly
	Last                  analysis.Day // of contact; NoDay: none was recorded
}

// Portfolio shows a page of relatiegroepen.
func Portfolio(p *locale.Printer, page PortfolioPage) Message {
	title := p.T("portfolio.title", analysis.Args{"scope": orOffice(p, page.Scope)})
	said := p.N("portfolio.text", page.Groups, analysis.Args{"scope": orOffice(p, page.Scope)})
	blocks := []slack.Block{header(title), context(basis(p, page))}
	if page.Groups == 0 {
		blocks = append(blocks, section(p.T("portfolio.empty", nil)))
	} else {
		blocks = append(blocks, section(strings.Join(shares(p, page), "\n")))
		if page.Version != nil {
			blocks = append(blocks, slack.NewActionBlock("", filters(p, page)...), slack.NewActionBlock("", choices(p, page)...))
		}
		blocks = append(blocks, slack.NewDividerBlock())
	}
	if page.Groups > 0 && page.Listed == 0 {
		blocks = append(blocks, section(noneHere(p, page)))
	}
	var table, plain, bottom []slack.Block
	if len(page.Rows) > 0 {
		table = []slack.Block{portfolioTable(p, page)}
	}
	for _, r := range page.Rows {
		plain = append(plain, portfolioRow(p, r))
	}
	if last := portfolioButtons(p, page); len(last) > 0 {
		bottom = []slack.Block{slack.NewActionBlock("", last...)}
	}
	return Message{Text: twin(said), Blocks: concat(blocks, table, bottom), Plain: concat(blocks, plain, bottom)}
}

// basis says whose segments these are and as of when the figures.
func basis(p *locale.Printer, page PortfolioPage) string {
	if page.Version == nil {
		return p.T("portfolio.basis.none", analysis.Args{"day": page.AsOf})
	}
	return p.T("portfolio.basis."+string(page.Version.State), analysis.Args{"day": page.AsOf,
		"version": int64(page.Version.ID), "since": page.Version.AsOf})
}

// shares says what the portfolio is together and by segment, a line each.
func shares(p *locale.Printer, page PortfolioPage) []string {
	args := analysis.Args{"revenue": page.Revenue}
	key := "portfolio.total"
	if page.Scope != "" && page.Office > 0 {
		key, args["share"] = "portfolio.total_of", part100(p, 100*float64(page.Revenue)/float64(page.Office))
	}
	lines := []string{p.N(key, page.Groups, args)}
	if page.Version == nil {
		return lines
	}
	for _, s := range page.Shares {
		if s.Segment == "" && s.Groups == 0 {
			continue
		}
		key := "portfolio.share"
		args := analysis.Args{"segment": segmentLabel(p, s.Segment), "revenue": s.Revenue}
		switch {
		case s.Segment == "" && s.Revenue == 0:
			key = "portfolio.share_none"
		case page.Scope != "" && page.Revenue > 0 && page.Office > 0: // beside the office's
			key = "portfolio.share_of"
			args["part"], args["office"] = part100(p, shareOf(s.Revenue, page.Revenue)), part100(p, shareOf(s.OfficeRevenue, page.Office))
			args["groups"], args["all"] = percent(p, 100*float64(s.Groups)/float64(page.Groups)), percent(p, 100*float64(s.OfficeGroups)/float64(page.OfficeGroups))
		case page.Revenue > 0:
			key, args["part"] = "portfolio.share_part", part100(p, shareOf(s.Revenue, page.Revenue))
		}
		lines = append(lines, p.N(key, s.Groups, args))
	}
	return lines
}

// segmentLabel is a segment at the head of a line.
func segmentLabel(p *locale.Printer, s analysis.Segment) string {
	if s == "" {
		return p.T("portfolio.no_segment", nil)
	}
	return string(s)
}

func filters(p *locale.Printer, page PortfolioPage) []slack.BlockElement {
	var buttons []slack.BlockElement
	add := func(label, n string, segment analysis.Segment) {
		b := button(label, "portfolio.page.v1#"+n, page.Filter(segment))
		if page.Segment == segment {
			b = primary(b)
		}
		buttons = append(buttons, b)
	}
	add(p.T("portfolio.all", nil), "all", "")
	for _, s := range analysis.Segments() {
		add(string(s), string(s), s)
	}
	return buttons
}

func portfolioRow(p *locale.Printer, r PortfolioRow) slack.Block {
	facts := []string{p.T("client.number", analysis.Args{"number": r.Number})}
	if r.Segment != "" {
		facts = append(facts, p.T("portfolio.segment", analysis.Args{"segment": string(r.Segment)}))
	}
	if r.Type != "" {
		facts = append(facts, p.T(value.TypeKey(r.Type), nil))
	}
	if r.Yearly.Known {
		facts = append(facts, p.T("portfolio.yearly", analysis.Args{"amount": r.Yearly.Amount}))
	} else {
		facts = append(facts, p.T("portfolio.no_revenue", nil))
	}
	if r.Manager != "" {
		facts = append(facts, p.T("client.rm", analysis.Args{"name": r.Manager}))
	}
	line := cut(r.Name, maxHeader) + "\n" + strings.Join(facts, " · ")
	if r.Client == 0 {
		return section(line)
	}
	return choice(line, button(p.T("client.open", nil), "client.open.v1", id(r.Client)))
}

func portfolioButtons(p *locale.Printer, page PortfolioPage) []slack.BlockElement {
	var buttons []slack.BlockElement
	behind := ";" + page.Value(page.Offset) // the page that a window then stands over
	if page.Offset > 0 {
		buttons = append(buttons, button(p.T("word.previous", nil), "portfolio.page.v1#1", page.Value(max(0, page.Offset-page.Size))))
	}
	if rest := page.Listed - page.Offset - len(page.Rows); rest > 0 {
		buttons = append(buttons, button(p.T("word.next", analysis.Args{"n": rest}), "portfolio.page.v1#2", page.Value(page.Offset+page.Size)))
	}
	if page.Judge > 0 {
		buttons = append(buttons, button(p.T("judge.button", analysis.Args{"n": page.Judge}), "judge.open.v1", page.JudgeValue+behind))
	}
	if page.Segmentation {
		buttons = append(buttons, button(p.T("segment.button", nil), "segment.open.v1", "0/0/0"+behind))
	}
	return buttons
}
