package view

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// The kinds of quotes of a report.
const (
	QuotesValued  = "valued"  // what they appreciate
	QuotesMissed  = "missed"  // what they miss
	QuotesWhy     = "why"     // "waarom wij?"
	QuotesDissent = "dissent" // what the smaller side says
)

var quoteKinds = []string{QuotesValued, QuotesMissed, QuotesWhy, QuotesDissent}

// quoteShown is how much of an answer stands in a list, in characters; all of it
// is one press away.
const quoteShown = 220

// quotesOfKind are the quotes of one kind: of the theme that most people speak of
// first, one of each theme before the next; those whose own score says the opposite
// of their words come last.
func quotesOfKind(sum SurveySummary, kind string) []SurveyQuote {
	if kind == QuotesWhy {
		return sum.Why
	}
	var found []ranked
	for _, f := range bySize(sum.Themes) {
		round := 0
		for _, q := range sum.Quotes {
			if q.Theme == f.Theme && q.of(kind, f.Dissent) {
				found = append(found, ranked{q, round, q.Scored != analysis.NotSaid})
				round++
			}
		}
	}
	analysis.Sort(found, func(a, b ranked) int {
		if a.contradicts != b.contradicts {
			if a.contradicts {
				return 1
			}
			return -1
		}
		return a.round - b.round
	})
	quotes := make([]SurveyQuote, len(found))
	for i, r := range found {
		quotes[i] = r.SurveyQuote
	}
	return quotes
}

// ranked is a quote with its place among those of its theme.
type ranked struct {
	SurveyQuote
	round       int
	contradicts bool
}

// of reports whether q is of a kind, where dissent is the smaller side of its
// theme.
func (q SurveyQuote) of(kind, dissent string) bool {
	switch kind {
	case QuotesValued:
		return q.Polarity == "positive" && !q.Why
	case QuotesMissed:
		return q.Polarity == "negative" && !q.Why
	}
	return dissent != "" && q.Polarity == dissent && q.Theme != SurveyOther && !q.Why
}

// bySize are the themes that most people speak of first, what belongs to none last.
func bySize(themes []SurveyFinding) []SurveyFinding {
	all := slices.Clone(themes)
	analysis.Sort(all, func(a, b SurveyFinding) int {
		if other := a.Theme == SurveyOther; other != (b.Theme == SurveyOther) {
			if other {
				return 1
			}
			return -1
		}
		return b.n() - a.n()
	})
	return all
}

// quotesFirst is how many quotes of each kind stand on the first screen of what
// they say.
const quotesFirst = 2

// surveySaid is what people say, some of each kind, and what it is about.
func surveySaid(p *locale.Printer, s SurveyScreen) []slack.Block {
	sum := s.Leading().Summary
	blocks := modeBlocks(p, sum)
	if len(sum.Quotes)+len(sum.Clauses)+len(sum.Why) == 0 {
		return append(blocks, section(p.T("survey.said.none", nil)))
	}
	if about := aboutWords(p, sum); about != "" {
		blocks = append(blocks, sheet(row(p.T("survey.said.about", nil), text(about))))
	}
	if sum.Mode == SurveyByModel { // without a model they are the quotes themselves
		for _, c := range sum.Clauses[:min(len(sum.Clauses), mostClauses)] {
			blocks = append(blocks, clauseBlock(p, s, c, len(blocks)))
		}
	}
	var more []slack.BlockElement
	shown := map[string]bool{}
	for i, kind := range quoteKinds {
		quotes := quotesOfKind(sum, kind)
		fresh := slices.DeleteFunc(slices.Clone(quotes), func(q SurveyQuote) bool { return shown[q.Text] })
		if len(fresh) == 0 {
			continue
		}
		blocks = append(blocks, sheet(row(kindWord(p, s, kind))))
		for _, q := range fresh[:min(len(fresh), quotesFirst)] {
			shown[q.Text] = true
			blocks = append(blocks, quoteBlock(p, s, q, false, len(blocks)))
		}
		if len(quotes) > quotesFirst {
			label := p.T("survey.said.more", analysis.Args{"kind": kindWord(p, s, kind), "n": len(quotes)})
			more = append(more, button(label, "survey.open.v1#"+id(int64(20+i)), s.Spot.To(SurveyQuotes, kind).String()))
		}
	}
	if len(more) > 0 {
		blocks = append(blocks, slack.NewActionBlock("", more...))
	}
	return blocks
}

// mostClauses is how many sentences of a model stand on the screen.
const mostClauses = 6

// kindWord names a kind of quotes; why people left is another question than why
// they came.
func kindWord(p *locale.Printer, s SurveyScreen, kind string) string {
	if kind == QuotesWhy {
		return p.T("survey.said.why."+AudienceKey(s.Leading().Wave.Audience), nil)
	}
	return p.T("survey.said."+kind, nil)
}

// aboutWords are the three themes that most people speak about.
func aboutWords(p *locale.Printer, sum SurveySummary) string {
	themes := slices.DeleteFunc(bySize(sum.Themes), func(f SurveyFinding) bool { return f.Theme == SurveyOther })
	var words []string
	for _, f := range themes[:min(len(themes), 3)] {
		words = append(words, p.T("survey.said.theme", analysis.Args{"theme": ThemeWords(p, f.Theme), "n": f.n(), "positive": f.Positive, "negative": f.Negative}))
	}
	return strings.Join(words, " · ")
}

// modeBlocks say whether a model had a part in it, and how many answers there are.
func modeBlocks(p *locale.Printer, sum SurveySummary) []slack.Block {
	return []slack.Block{context(SummaryMade(p, sum)), context(answersWords(p, sum))}
}

// answersWords count the answers, and those that are not shown.
func answersWords(p *locale.Printer, sum SurveySummary) string {
	words := p.N("survey.mode.answers", sum.Answers, nil)
	kept, notYours := 0, 0
	for _, l := range sum.LeftOut {
		switch l.Reason {
		case LeftOutAnonymity:
			kept++
		case LeftOutNotToldYou:
			notYours++
		}
	}
	if kept > 0 {
		words += " " + p.N("survey.mode.anonymity", kept, nil)
	}
	if notYours > 0 {
		words += " " + p.N("survey.mode.not_told", notYours, nil)
	}
	if n := len(sum.Flagged); n > 0 {
		words += " " + p.N("survey.mode.flagged", n, nil)
	}
	return words
}

// quoteBlock is somebody's words with a button to all of them. i tells it from
// the other buttons of the message.
func quoteBlock(p *locale.Printer, s SurveyScreen, q SurveyQuote, dissent bool, i int) slack.Block {
	line := "“" + cut(strings.Join(strings.Fields(q.Text), " "), quoteShown) + "”"
	var under []string
	if dissent {
		under = append(under, p.T("survey.said.dissent_one", nil))
	}
	if q.Theme != "" && q.Theme != SurveyOther && s.Spot.Part != SurveyTheme {
		under = append(under, ThemeWords(p, q.Theme))
	}
	if q.Scored != analysis.NotSaid {
		under = append(under, p.T("survey.said.scored", analysis.Args{"score": q.Scored}))
	}
	if q.Who != "" {
		under = append(under, brief(q.Who))
	}
	if len(under) > 0 {
		line += "\n" + strings.Join(under, " · ")
	}
	value := SurveySource{Spot: s.Spot, Answers: []SurveyAnswerRef{{q.Response, q.Place}}}.String()
	return choice(line, button(p.T("survey.source", nil), fmt.Sprintf("survey.source.v1#%d", i), value))
}

// clauseBlock is a sentence of a model with a button to the answers it rests on.
func clauseBlock(p *locale.Printer, s SurveyScreen, c SurveyClause, i int) slack.Block {
	sum := s.Leading().Summary
	source := SurveySource{Spot: s.Spot}
	for _, cited := range c.Citations {
		source.Answers = append(source.Answers, SurveyAnswerRef{sum.Sources[cited], sum.Places[cited]})
	}
	return choice(strings.Join(strings.Fields(c.Text), " "), button(p.N("survey.sources", len(c.Citations), nil), fmt.Sprintf("survey.source.v1#%d", i), source.String()))
}

// quotesShown is how many quotes stand on a page.
const quotesShown = 6

// surveyQuotes is a page of the quotes of one kind.
func surveyQuotes(p *locale.Printer, s SurveyScreen) []slack.Block {
	sum := s.Leading().Summary
	if !slices.Contains(quoteKinds, s.Spot.About) {
		s.Spot.About = QuotesValued
	}
	quotes := quotesOfKind(sum, s.Spot.About)
	offset := min(s.Spot.Offset, max(0, len(quotes)-1)/quotesShown*quotesShown)
	page := quotes[offset:min(len(quotes), offset+quotesShown)]
	blocks := append(modeBlocks(p, sum), sheet(row(kindWord(p, s, s.Spot.About), text(p.T("survey.said.page", analysis.Args{"from": offset + 1, "to": offset + len(page), "n": len(quotes)})))))
	if len(page) == 0 {
		blocks = append(modeBlocks(p, sum), section(p.T("survey.said.none", nil)))
	}
	for _, q := range page {
		blocks = append(blocks, quoteBlock(p, s, q, false, len(blocks)))
	}
	var buttons []slack.BlockElement
	if offset > 0 {
		buttons = append(buttons, button(p.T("word.previous", nil), "survey.open.v1#31", s.Spot.At(offset-quotesShown).String()))
	}
	if rest := len(quotes) - offset - len(page); rest > 0 {
		buttons = append(buttons, button(p.T("word.next", analysis.Args{"n": rest}), "survey.open.v1#32", s.Spot.At(offset+quotesShown).String()))
	}
	if len(buttons) > 0 {
		blocks = append(blocks, slack.NewActionBlock("", buttons...))
	}
	return blocks
}
