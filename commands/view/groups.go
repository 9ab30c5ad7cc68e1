package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// ProposalPage is a page of proposed relatiegroepen.
type ProposalPage struct {
	Rows                []ProposalRow
	Offset, Size, Total int
	Said                *Decided // what the press before did; nil: nothing
}

// ProposalRow is one proposal.
type ProposalRow struct {
	ID        int64
	Names     []string // with numbers
	Why       string
	Decidable bool // the viewer may decide
}

// Decided says what was done, with the proposal to undo (0: nothing to undo).
type Decided struct {
	Said string
	Undo int64
}

// shownNames bounds a proposal's line.
const shownNames = 8

// Proposals shows a page of proposed relatiegroepen with a decision each.
func Proposals(p *locale.Printer, page ProposalPage) Message {
	var blocks []slack.Block
	if page.Said != nil {
		blocks = append(blocks, decided(p, *page.Said))
	}
	title := p.N("group.title", page.Total, nil)
	if page.Total == 0 {
		title = p.T("group.none", nil)
	}
	blocks = append(blocks, section(title))
	for _, r := range page.Rows {
		names := r.Names
		if len(names) > shownNames {
			names = append(names[:shownNames:shownNames], strings.TrimPrefix(p.N("client.more", len(r.Names)-shownNames, nil), ", "))
		}
		blocks = append(blocks, section(strings.Join(names, "\n")), context(r.Why))
		if r.Decidable {
			value := strconv.FormatInt(r.ID, 10)
			blocks = append(blocks, slack.NewActionBlock("",
				primary(button(p.T("group.merge", nil), "group.merge.v1", value)),
				button(p.T("group.dismiss", nil), "group.dismiss.v1", value)))
		}
	}
	if pager := pager(p, page); pager != nil {
		blocks = append(blocks, pager)
	}
	return Message{Text: twin(title), Blocks: blocks}
}

func decided(p *locale.Printer, d Decided) slack.Block {
	if d.Undo == 0 {
		return section(d.Said)
	}
	return choice(d.Said, button(p.T("word.undo", nil), "group.undo.v1", strconv.FormatInt(d.Undo, 10)))
}

func pager(p *locale.Printer, page ProposalPage) slack.Block {
	var buttons []slack.BlockElement
	if page.Offset > 0 {
		buttons = append(buttons, button(p.T("word.previous", nil), "group.page.v1#1", strconv.Itoa(max(0, page.Offset-page.Size))))
	}
	if rest := page.Total - page.Offset - len(page.Rows); rest > 0 {
		buttons = append(buttons, button(p.T("word.next", analysis.Args{"n": rest}), "group.page.v1#2", strconv.Itoa(page.Offset+page.Size)))
	}
	if len(buttons) == 0 {
		return nil
	}
	return slack.NewActionBlock("", buttons...)
}
