package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// MovedPage is a page of who changed layer since a final segmentation.
type MovedPage struct {
	Since  analysis.SegmentVersion
	Rows   []MovedRow
	Hidden int // groups the asker may not see

	Offset, Size, Listed int
}

// MovedRow is one relatiegroep that moved.
type MovedRow struct {
	Client   analysis.ClientID // whose card it opens; 0: nobody's
	Group    analysis.Group
	Manager  string
	From, To analysis.Layer
	Movement value.Movement
	Amount   analysis.Cents // yearly revenue: now, or for who was lost before
}

// Movers shows a page of who moved.
func Movers(p *locale.Printer, page MovedPage) Message {
	title := p.T("moved.title", nil)
	m := Message{Text: twin(p.N("moved.text", page.Listed, nil))}
	m.Blocks = []slack.Block{header(title), context(p.T("moved.since", analysis.Args{"version": int64(page.Since.ID), "day": page.Since.AsOf}))}
	if page.Listed == 0 {
		m.Blocks = append(m.Blocks, section(p.T("moved.nobody", nil)))
	}
	for _, r := range page.Rows {
		m.Blocks = append(m.Blocks, movedRow(p, r))
	}
	if page.Hidden > 0 {
		m.Blocks = append(m.Blocks, context(p.N("moved.hidden", page.Hidden, nil)))
	}
	var buttons []slack.BlockElement
	if page.Offset > 0 {
		buttons = append(buttons, button(p.T("word.previous", nil), "pyramid.moved.v1#1", id(int64(max(0, page.Offset-page.Size)))))
	}
	if rest := page.Listed - page.Offset - len(page.Rows); rest > 0 {
		buttons = append(buttons, button(p.T("word.next", analysis.Args{"n": rest}), "pyramid.moved.v1#2", id(int64(page.Offset+page.Size))))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("moved.back", nil), "pyramid.open.v1", "office"))...))
	return m
}

func movedRow(p *locale.Printer, r MovedRow) slack.Block {
	facts := []string{p.T("client.number", analysis.Args{"number": r.Group.Number}), p.T("moved.step", analysis.Args{
		"movement": p.T("moved."+movementKey(r.Movement), nil), "from": p.T("layer."+string(r.From), nil), "to": p.T("layer."+string(r.To), nil)})}
	if r.Amount > 0 {
		facts = append(facts, p.T("portfolio.yearly", analysis.Args{"amount": r.Amount}))
	}
	if r.Manager != "" {
		facts = append(facts, p.T("client.rm", analysis.Args{"name": r.Manager}))
	}
	line := cut(r.Group.Name, maxHeader) + "\n" + strings.Join(facts, " · ")
	if r.Client == 0 {
		return section(line)
	}
	return choice(line, button(p.T("client.open", nil), "client.open.v1", id(r.Client)))
}

func movementKey(m value.Movement) string {
	switch m {
	case value.Up:
		return "up"
	case value.Down:
		return "down"
	case value.Won:
		return "won"
	}
	return "lost"
}
