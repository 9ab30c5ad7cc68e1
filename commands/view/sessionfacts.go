package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// SessionFacts is the feitenkaart: what the office knows of whom a session is about,
// as far as its reader may see it.
type SessionFacts struct {
	SessionBoard
	Card   *Card // of one client; else nil
	Groups int   // of a segment, a kind of client or a portfolio
	// Revenue of those groups a year, and of the office.
	Revenue, Office analysis.Cents
	Rows            []PortfolioRow // those that were chosen, else the first
	MayChoose       bool           // the reader may choose clients of the portfolio
	Survey          SurveyReport   // without audiences: nobody answered, or NoSurvey
	NoSurvey        bool           // the reader may not see what clients answered
	Everybody       bool           // the survey is of all clients: of these nobody answered
}

// How much a feitenkaart shows.
const (
	factThemes = 6
	factQuotes = 3
)

// SessionFactsWindow shows value and rating side by side, what is not used yet, the
// themes with how many scored them, and three quotes.
func SessionFactsWindow(p *locale.Printer, f SessionFacts) Modal {
	m := Modal{Title: cut(p.T("session.facts", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{header(capital(f.About))}}
	if c := f.Card; c != nil {
		m.Blocks = append(m.Blocks, context(identity(p, *c)), slack.NewSectionBlock(nil, figures(p, *c), nil))
		var rows []*slack.RichTextSection
		if c.Client.Stage != "" {
			rows = append(rows, row(p.T("session.facts.stage", nil), text(c.Client.Stage)))
		}
		if words := sharpestWords(p, *c); words != "" {
			rows = append(rows, row(p.T("client.sharpest", nil), text(words)))
		}
		if rows = append(rows, approach(p, *c)...); len(rows) > 0 {
			m.Blocks = append(m.Blocks, sheet(rows...))
		}
	} else {
		m.Blocks = append(m.Blocks, factsOfMany(p, f)...)
	}
	m.Blocks = append(m.Blocks, factsSaid(p, f)...)
	m.Blocks = append(m.Blocks, context(p.T("session.facts.note", nil)))
	return m
}

// factsOfMany are the groups of a segment, a kind of client or a portfolio.
func factsOfMany(p *locale.Printer, f SessionFacts) []slack.Block {
	words := p.N("session.facts.groups", f.Groups, analysis.Args{"revenue": f.Revenue})
	if f.Office > 0 {
		words += " " + p.T("session.facts.share", analysis.Args{"percent": part100(p, 100*f.Revenue.Euros()/f.Office.Euros())})
	}
	blocks := []slack.Block{section(words)}
	if f.Groups > len(f.Rows) && len(f.Rows) > 0 {
		blocks = append(blocks, slack.NewSectionBlock(mark("*"+escape(p.T("session.facts.first", analysis.Args{"n": len(f.Rows)}))+"*"), nil, nil))
	}
	var fields []*slack.TextBlockObject
	for _, r := range f.Rows {
		fields = append(fields, plain(brief(r.Name), maxName), plain(factsOfOne(p, f, r), maxName))
	}
	if len(fields) > 0 {
		blocks = append(blocks, slack.NewSectionBlock(nil, fields, nil))
	}
	if f.MayChoose {
		blocks = append(blocks, slack.NewActionBlock("", primary(button(p.T("session.clients", nil), "session.clients.v1", SessionValue(f.State)))))
	}
	return blocks
}

// factsOfOne is what stands beside the name of a group: nothing that holds for all.
func factsOfOne(p *locale.Printer, f SessionFacts, r PortfolioRow) string {
	var facts []string
	if r.Segment != "" && f.State.Subject.Segment == "" {
		facts = append(facts, p.T("portfolio.segment", analysis.Args{"segment": string(r.Segment)}))
	}
	if r.Yearly.Known {
		facts = append(facts, p.T("portfolio.yearly", analysis.Args{"amount": r.Yearly.Amount}))
	}
	rates := map[value.Truth]string{value.Yes: "session.facts.rates_high", value.No: "session.facts.rates_low", value.NotKnown: "session.facts.rates_unknown"}
	return strings.Join(facts, " · ") + "\n" + p.T(rates[r.Rating], nil)
}

// factsSaid is what clients answered: the themes, the most important first, and
// three of their own words.
func factsSaid(p *locale.Printer, f SessionFacts) []slack.Block {
	blocks := []slack.Block{slack.NewDividerBlock()}
	if f.NoSurvey {
		return append(blocks, section(p.T("session.facts.no_survey", nil)))
	}
	if len(f.Survey.Audiences) == 0 {
		return append(blocks, section(p.T("session.facts.not_asked", nil)))
	}
	lead := f.Survey.Leading()
	of := "session.facts.said"
	if f.Everybody {
		of = "session.facts.said_everybody"
	}
	said := []*slack.RichTextSection{row(p.T(of, analysis.Args{"survey": f.Survey.Name}))}
	for i, t := range shownThemes(SurveyScreen{SurveyReport: f.Survey}) {
		if i == factThemes {
			break
		}
		said = append(said, slack.NewRichTextSection(text("• "+factTheme(p, t))))
	}
	if len(said) == 1 {
		said = append(said, slack.NewRichTextSection(text(p.T("session.facts.too_few", nil))))
	}
	blocks = append(blocks, sheet(said...))
	var quotes []*slack.RichTextSection
	for _, q := range lead.Summary.Quotes[:min(len(lead.Summary.Quotes), factQuotes)] {
		quotes = append(quotes, quoteWords(q))
	}
	if len(quotes) > 0 {
		blocks = append(blocks, sheet(quotes...))
	}
	return blocks
}

// factTheme is a theme with what it counts, how the office does, and how many said so.
func factTheme(p *locale.Printer, t survey.ThemeFigures) string {
	words := p.T("session.facts.theme", analysis.Args{"theme": brief(ThemeWords(p, t.Name)), "importance": meanWord(p, t.Importance), "performance": meanWord(p, t.Performance), "n": t.N()})
	if t.Quadrant != "" {
		words += " · " + quadrantWord(p, t.Quadrant)
	}
	return words
}

// SessionClientsForm asks for the clients of a portfolio to talk about.
func SessionClientsForm(p *locale.Printer, s *session.State, rows []PortfolioRow, ids []analysis.GroupID, chosen map[analysis.GroupID]bool) Modal {
	pick := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(p.T("session.clients.choose", nil), maxPlaceholder), "clients")
	most := session.MostChosen
	pick.MaxSelectedItems = &most
	var groups optionGroups
	for i, r := range rows {
		o := slack.NewOptionBlockObject(strconv.FormatInt(int64(ids[i]), 10), plain(r.Name, maxOption), nil)
		under := p.T("session.clients.unplaced", nil)
		switch {
		case chosen[ids[i]]:
			under = p.T("session.clients.chosen", nil)
		case r.Segment != "":
			under = p.T("portfolio.segment", analysis.Args{"segment": string(r.Segment)})
		}
		groups.add(under, o)
		if chosen[ids[i]] {
			pick.InitialOptions = append(pick.InitialOptions, o)
		}
	}
	pick.OptionGroups = groups
	return groupForm(p, "session.clients", "session.chose.v1", SessionValue(s),
		slack.NewInputBlock(FieldTarget, plain(p.T("session.clients", nil), maxHeader), plain(p.T("session.clients.hint", analysis.Args{"most": session.MostChosen}), maxHeader), pick))
}
