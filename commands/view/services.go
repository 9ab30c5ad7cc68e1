package view

import (
	"fmt"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// ServicesPage is a page of services with what independence rules say of each.
type ServicesPage struct {
	Rows                 []analysis.Service
	Offset, Size, Listed int
}

// Services shows which services are kept from clients that the office audits.
func Services(p *locale.Printer, page ServicesPage) Message {
	title := p.T("service.title", nil)
	m := Message{Text: twin(title), Blocks: []slack.Block{header(title), context(p.T("service.context", nil))}}
	if page.Listed == 0 {
		m.Blocks = append(m.Blocks, section(p.T("service.none", nil)))
	}
	for i, s := range page.Rows {
		state, label, to := "service.allowed", "service.forbid", 1
		if s.Forbidden {
			state, label, to = "service.forbidden", "service.allow", 0
		}
		line := cut(brief(s.Name), maxHeader) + "\n" + p.T(state, nil)
		m.Blocks = append(m.Blocks, choice(line, button(p.T(label, nil), fmt.Sprintf("service.forbid.v1#%d", i+1), fmt.Sprintf("%d/%d/%d", s.ID, to, page.Offset))))
	}
	var buttons []slack.BlockElement
	if page.Offset > 0 {
		buttons = append(buttons, button(p.T("word.previous", nil), "service.page.v1#1", id(int64(max(0, page.Offset-page.Size)))))
	}
	if rest := page.Listed - page.Offset - len(page.Rows); rest > 0 {
		buttons = append(buttons, button(p.T("word.next", analysis.Args{"n": rest}), "service.page.v1#2", id(int64(page.Offset+page.Size))))
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}
