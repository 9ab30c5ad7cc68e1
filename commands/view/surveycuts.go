package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// mostMarkets is how many focus markets are offered.
const mostMarkets = 10

// surveyCuts offers of whom the report may be: a segment, a portfolio, a focus
// market, one client. Of a wave in which nobody may be recognised only markets can
// be told apart.
func surveyCuts(p *locale.Printer, s SurveyScreen) []slack.Block {
	var blocks []slack.Block
	to := func(cut SurveyCut) string {
		spot := s.Spot.To(SurveyHead, "")
		spot.Cut = cut
		return spot.String()
	}
	if s.Leading().Wave.Guarded() {
		blocks = append(blocks, section(p.T("survey.cuts.guarded", nil)))
	} else {
		var buttons []slack.BlockElement
		if s.All {
			for i, segment := range analysis.Segments() {
				buttons = append(buttons, button(capital(p.T("survey.cut.segment", analysis.Args{"segment": string(segment)})), "survey.open.v1#"+id(int64(40+i)), to(SurveyCut{Segment: segment})))
			}
		}
		if s.Own != 0 {
			buttons = append(buttons, button(p.T("survey.cut.mine", nil), "survey.open.v1#45", to(SurveyCut{Manager: s.Own})))
		}
		if len(buttons) > 0 {
			blocks = append(blocks, sheet(row(p.T("survey.cuts.segment", nil))), slack.NewActionBlock("", buttons...))
		}
		if len(s.Holders) > 0 {
			blocks = append(blocks, sheet(row(p.T("survey.cuts.portfolio", nil))), slack.NewActionBlock("", holderSelects(p, s, to)...))
		}
		blocks = append(blocks, sheet(row(p.T("survey.cuts.client", nil))), slack.NewActionBlock("", clientSelect(p, "survey.client.v1")))
	}
	var markets []slack.BlockElement
	for i, m := range s.Leading().AllMarkets {
		if i == mostMarkets {
			break
		}
		markets = append(markets, button(brief(m.Market), "survey.open.v1#"+id(int64(50+i)), to(SurveyCut{Market: SurveyMark(m.Market)})))
	}
	if len(markets) > 0 {
		blocks = append(blocks, sheet(row(p.T("survey.cuts.market", nil))), slack.NewActionBlock("", markets...))
	}
	return blocks
}

// Slack takes so many options in a list, and a row so many lists.
const (
	mostOptions = 100
	mostLists   = 5
)

// holderSelects are the people of the office whose clients a report may be about,
// a hundred in a list.
func holderSelects(p *locale.Printer, s SurveyScreen, to func(SurveyCut) string) []slack.BlockElement {
	var lists []slack.BlockElement
	for from := 0; from < len(s.Holders) && len(lists) < mostLists; from += mostOptions {
		part := s.Holders[from:min(len(s.Holders), from+mostOptions)]
		label := p.T("survey.cuts.choose", nil)
		if len(s.Holders) > mostOptions {
			label = p.T("survey.cuts.choose_from", analysis.Args{"first": brief(part[0].Name), "last": brief(part[len(part)-1].Name)})
		}
		pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plain(label, maxPlaceholder), "survey.open.v1#"+id(int64(60+len(lists))))
		for _, h := range part {
			pick.Options = append(pick.Options, slack.NewOptionBlockObject(to(SurveyCut{Manager: h.ID}), plain(h.Name, maxOption), nil))
		}
		lists = append(lists, pick)
	}
	return lists
}
