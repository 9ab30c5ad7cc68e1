package view

import (
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// Card is what is known of one client and its relatiegroep.
type Card struct {
	AsOf     analysis.Day
	Client   analysis.Client
	Group    analysis.Group
	Members  []analysis.Client // of the group, this client included, by number
	Contacts []analysis.Contact
	Manager  analysis.Manager // zero: nobody
	Partner  analysis.Manager
	Since    analysis.Day // of the group: the earliest known; NoDay: unknown
	Yearly   value.Yearly
	TTM      analysis.Cents
	Previous analysis.Cents // the twelve months before TTM
	Growth   float64
	Grew     bool // Growth says something
	Years    []value.YearRevenue
	Services []analysis.Service // bought in the last 24 months, most first
	Segment  *CardSegment       // nil: the office has no final segmentation yet, or the group stands outside it
	Approach *CardApproach      // nil: what the office says about the group is not worked out yet
	Lifetime *CardLifetime      // nil: not asked for, or nothing was fitted yet
	MayJudge bool               // whoever reads it may judge the group
	// Objecting are the contact persons who object to profiling. Spared says that the
	// group is therefore not valued: they are who it is.
	Objecting []Objecting
	Spared    bool
	Rating    *survey.Rating // what its people rate the office by name; nil: not measured
	// Sharpest is where the office does least of what matters to them, for who may
	// read answers by name; zero: nothing stands out.
	Sharpest survey.Shortfall
	// Feedback is what its clients said outside surveys, the newest first, for the same
	// readers.
	Feedback []FeedbackRow
	Last     *CardTouch // the newest moment with the group; nil: none was logged
	Next     *CardNext  // nil: the attention plan asks for nothing
	// Exception is what the group gets instead of the plan of its segment; nil: nothing.
	Exception *CardException
	MayExcept bool // whoever reads it may change that
	// Actions are what sessions agreed on for the group; nil: nothing is open.
	Actions *CardActions
	// Contact is the value of the buttons about moments; empty: without them.
	Contact string
}

// CardSegment is where the newest final segmentation put the group.
type CardSegment struct {
	Version  analysis.SegmentVersion
	Segment  analysis.Segment // what counts: the override's where there is one
	Item     analysis.SegmentItem
	Override *analysis.Override // nil: the score decided
}

// shownYears bounds the chart: a relationship of thirty years is read by its
// last ones.
const shownYears = 8

// CardMessage is the card as its asker sees it. shareable adds the button that
// posts it in the conversation where it was asked.
func CardMessage(p *locale.Printer, c Card, shareable bool) Message {
	actions := cardActions(p, c)
	if shareable {
		actions = append(actions, button(p.T("client.share.button", nil), "client.share.v1", id(c.Client.ID)))
	}
	return cardMessage(p, c, nil, actions)
}

// SharedCard is the card as colleagues see it in a channel, with who shared it.
// What people scored by name is left out: they were told who reads it.
func SharedCard(p *locale.Printer, c Card, by analysis.UserID) Message {
	c.Sharpest, c.Feedback, c.Actions = survey.Shortfall{}, nil, nil
	note := slack.NewRichTextBlock("", slack.NewRichTextSection(
		slack.NewRichTextSectionTextElement(p.T("client.shared.by", nil)+" ", nil),
		slack.NewRichTextSectionUserElement(string(by), nil)))
	return cardMessage(p, c, note, nil)
}

// CardModal is the card in a window.
func CardModal(p *locale.Printer, c Card) Modal {
	m := cardMessage(p, c, nil, cardActions(p, c))
	return Modal{Title: p.T("client.modal.title", nil), Close: p.T("word.close", nil), Blocks: m.Blocks, Plain: m.Plain}
}

// cardActions say more about the client, in place.
func cardActions(p *locale.Printer, c Card) []slack.BlockElement {
	var actions []slack.BlockElement
	if !c.Spared {
		actions = append(actions, button(p.T("client.explain.button", nil), "client.explain.v1", id(c.Client.ID)),
			button(p.T("client.compare.button", nil), "client.compare.v1", id(c.Client.ID)))
	}
	if c.Contact != "" {
		actions = append(actions, button(p.T("touch.log", nil), "touch.open.v1", c.Contact),
			button(p.T("touch.list", nil), "touch.list.v1", c.Contact))
	}
	if c.Actions != nil {
		actions = append(actions, button(p.T("action.card", nil), "action.open.v1", c.Actions.Value))
	}
	if c.MayJudge && !c.Spared {
		actions = append(actions, button(p.T("judge.one", nil), "judge.open.v1", "0/"+id(c.Group.ID)+"/1/0"))
	}
	if c.MayExcept {
		actions = append(actions, button(p.T("exception.button", nil), "exception.open.v1", id(c.Group.ID)))
	}
	return actions
}

func cardMessage(p *locale.Printer, c Card, note slack.Block, actions []slack.BlockElement) Message {
	top := []slack.Block{
		header(c.Client.Name),
		context(identity(p, c)),
		slack.NewSectionBlock(nil, figures(p, c), nil),
	}
	if words := sharpestWords(p, c); words != "" {
		top = append(top, sheet(row(p.T("client.sharpest", nil), text(words))))
	}
	if rows := approach(p, c); len(rows) > 0 {
		top = append(top, sheet(rows...))
	}
	top = append(top, sheet(facts(p, c)...))
	var bottom []slack.Block
	if len(c.Years) > 0 {
		bottom = append(bottom, context(yearsInWords(p, c)))
	}
	if note != nil {
		bottom = append(bottom, note)
	}
	if len(actions) > 0 {
		bottom = append(bottom, slack.NewActionBlock("", actions...))
	}
	m := Message{Text: twin(cardSentence(p, c)), Plain: append(append([]slack.Block{}, top...), bottom...)}
	m.Blocks = m.Plain
	if chart := yearChart(p, c); chart != nil {
		m.Blocks = append(append(append([]slack.Block{}, top...), chart), bottom...)
	}
	return m
}

// identity is the line under the name: number, kind, where it stands.
func identity(p *locale.Printer, c Card) string {
	parts := []string{p.T("client.number", analysis.Args{"number": c.Client.Number})}
	for _, s := range []string{c.Client.Kind, c.Client.Stage} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if c.Client.Status != "" && c.Client.Status != analysis.Current {
		parts = append(parts, p.T("client.status."+string(c.Client.Status), nil))
	}
	if c.Since.Known() {
		parts = append(parts, p.T("client.since", analysis.Args{"month": p.Month(c.Since)}))
	}
	if c.Client.Until.Known() && c.Client.Until <= c.AsOf {
		parts = append(parts, p.T("client.until", analysis.Args{"month": p.Month(c.Client.Until)}))
	}
	return strings.Join(parts, " · ")
}

func figures(p *locale.Printer, c Card) []*slack.TextBlockObject {
	yearly, trailing := amounts(p, c)
	fields := []*slack.TextBlockObject{
		mark("*" + p.T("client.revenue.yearly", nil) + "*\n" + escape(yearly)),
		mark("*" + p.T("client.revenue.ttm", nil) + "*\n" + escape(trailing)),
	}
	if c.Segment != nil {
		fields = append(fields, mark("*"+p.T("client.segment", nil)+"*\n"+escape(segmentWords(p, *c.Segment))))
	}
	if words := ratingField(p, c); words != "" {
		fields = append(fields, mark("*"+p.T("client.rating", nil)+"*\n"+escape(words)))
	}
	if c.Approach != nil {
		fields = append(fields, mark("*"+p.T("client.potential", nil)+"*\n"+escape(potentialWords(p, *c.Approach))))
	}
	return fields
}

// segmentWords says the segment, and what the score is worth.
func segmentWords(p *locale.Printer, s CardSegment) string {
	words := []string{segmentOr(p, s.Segment)}
	if s.Override != nil {
		words[0] += " (" + p.T("client.segment.override", nil) + ")"
	}
	if s.Item.Segment != "" {
		words = append(words, p.T("client.segment.value", analysis.Args{"value": int(math.Round(s.Item.Score))}))
		if value.Provisional(s.Item.Coverage) {
			words = append(words, p.T("client.segment.provisional", nil))
		}
	}
	return strings.Join(words, " · ")
}

// amounts words the yearly revenue and what was invoiced in twelve months.
func amounts(p *locale.Printer, c Card) (yearly, trailing string) {
	if !c.Yearly.Known {
		return p.T("client.revenue.none", nil), "–"
	}
	yearly = p.Money(c.Yearly.Amount)
	switch {
	case c.Yearly.New:
		yearly += " · " + p.T("client.revenue.new", nil)
	case c.Grew:
		yearly += " (" + p.Change(c.Growth) + ")"
	}
	return yearly, p.Money(c.TTM) + " · " + p.T("client.revenue.before", analysis.Args{"amount": c.Previous})
}

// shownMembers and shownContacts keep a card readable; the rest is counted.
const (
	shownMembers  = 5
	shownContacts = 3
)

func facts(p *locale.Printer, c Card) []*slack.RichTextSection {
	rows := []*slack.RichTextSection{
		row(p.T("word.manager", nil), person(p, c.Manager)),
		row(p.T("word.partner", nil), person(p, c.Partner)),
		row(p.T("word.contact", nil), contacts(p, c.Contacts)...),
	}
	if len(c.Objecting) > 0 {
		rows = append(rows, row(p.T("client.objection", nil), text(objectingWords(p, c))))
	}
	if len(c.Members) > 1 {
		rows = append(rows, row(p.T("word.group", nil), text(members(p, c))))
	}
	return append(append(rows, row(p.T("word.services", nil), text(services(p, c)))), contactRows(p, c)...)
}

func services(p *locale.Printer, c Card) string {
	if len(c.Services) == 0 {
		return p.T("client.services.none", nil)
	}
	names := make([]string, len(c.Services))
	for i, s := range c.Services {
		names[i] = s.Name
	}
	return strings.Join(names, ", ")
}

func person(p *locale.Printer, m analysis.Manager) slack.RichTextSectionElement {
	switch {
	case m.User != "":
		return slack.NewRichTextSectionUserElement(string(m.User), nil)
	case m.Name != "":
		return text(brief(m.Name))
	case m.Email != "":
		return text(m.Email)
	}
	return text(p.T("word.nobody", nil))
}

func contacts(p *locale.Printer, all []analysis.Contact) []slack.RichTextSectionElement {
	if len(all) == 0 {
		return []slack.RichTextSectionElement{text(p.T("word.nobody", nil))}
	}
	var parts []slack.RichTextSectionElement
	for i, c := range all {
		if i == shownContacts {
			parts = append(parts, text(p.N("client.more", len(all)-i, nil)))
			break
		}
		if i > 0 {
			parts = append(parts, text("; "))
		}
		name := c.Name
		if c.Role != "" {
			name += ", " + c.Role
		}
		parts = append(parts, text(brief(name)))
		if c.Email != "" {
			parts = append(parts, text(" "), slack.NewRichTextSectionLinkElement("mailto:"+url.PathEscape(c.Email), c.Email, nil))
		}
	}
	return parts
}

func members(p *locale.Printer, c Card) string {
	var names []string
	for i, m := range c.Members {
		if i == shownMembers {
			names = append(names, strings.TrimPrefix(p.N("client.more", len(c.Members)-i, nil), ", "))
			break
		}
		names = append(names, fmt.Sprintf("%s (%s)", brief(m.Name), m.Number))
	}
	return brief(c.Group.Name) + ": " + strings.Join(names, ", ")
}

// yearsInWords is the chart's twin: the same figures as text.
func yearsInWords(p *locale.Printer, c Card) string {
	var parts []string
	for _, y := range recent(c.Years) {
		parts = append(parts, fmt.Sprintf("%s %s", yearLabel(p, y.Year, c.AsOf), p.Money(y.Amount)))
	}
	return p.T("client.years", nil) + " " + strings.Join(parts, " · ")
}

func recent(years []value.YearRevenue) []value.YearRevenue {
	return years[max(0, len(years)-shownYears):]
}

// yearLabel marks the running year, which is not to be compared with whole ones.
func yearLabel(p *locale.Printer, year int, asOf analysis.Day) string {
	label := strconv.Itoa(year)
	if year == asOf.Year() {
		label += " " + p.T("client.years.sofar", nil)
	}
	return cut(label, maxChartLabel)
}

func yearChart(p *locale.Printer, c Card) slack.Block {
	years := recent(c.Years)
	if len(years) < 2 || p.Hushed() {
		return nil // one bar says nothing, and bars say what amounts are
	}
	labels := make([]string, len(years))
	points := make([]slack.DataVisualizationDataPoint, len(years))
	for i, y := range years {
		labels[i] = yearLabel(p, y.Year, c.AsOf)
		points[i] = slack.NewDataVisualizationDataPoint(labels[i], math.Round(y.Amount.Euros()))
	}
	series := slack.NewDataVisualizationDataSeries(cut(p.T("client.chart.series", nil), maxChartLabel), points...)
	axis := slack.NewDataVisualizationAxisConfig(labels...)
	return slack.NewDataVisualizationBlock(cut(p.T("client.chart.title", nil), maxChartTitle),
		slack.NewDataVisualizationBarChart(axis, series))
}

// cardSentence is what a screen reader or a lock screen reads: who it is and
// who looks after them, without amounts.
func cardSentence(p *locale.Printer, c Card) string {
	args := analysis.Args{"name": brief(c.Client.Name), "number": c.Client.Number,
		"manager": nameOr(p, c.Manager.Name), "contact": p.T("word.nobody", nil)}
	if len(c.Contacts) > 0 {
		args["contact"] = brief(c.Contacts[0].Name)
	}
	return p.T("client.sentence", args)
}

func nameOr(p *locale.Printer, name string) string {
	if name == "" {
		return p.T("word.nobody", nil)
	}
	return name
}

func id[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
