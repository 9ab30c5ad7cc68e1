package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// HomeTab is what one person sees on the Home tab.
type HomeTab struct {
	AsOf analysis.Day
	Week *PersonalWeek // nil: they hold no relationships
	// Portfolio counts their groups by segment; empty: none.
	Portfolio []HomeSegment
	Since     analysis.Day // from when Reached counts
	Steps     []HomeStep   // next steps that are open, the most urgent first
	StepsAll  int
	Follows   []HomeFollow // what they took up of surveys, still open
	Actions   HomeActions  // what they agreed to in sessions, still open
	Digest    HomeDigest
	MayLog    bool
	Setup     []string // for administrators: what the bot still needs; empty: nothing
	Manages   bool     // the reader is an administrator
	Stranded  int      // for administrators: messages that did not arrive
}

// HomeSegment is a part of a portfolio.
type HomeSegment struct {
	Segment analysis.Segment // empty: none
	Groups  int
	Reached int // of them, with any contact since HomeTab.Since
}

// HomeStep is a next step that the reader promised.
type HomeStep struct {
	Name  string // of the group
	Next  string
	Day   analysis.Day
	Value string // of the button to the timeline
}

// HomeDigest is when the reader gets their weekly message.
type HomeDigest struct {
	Stopped bool
	Weekday int // 1 is Monday
	Minute  int // of the day
}

// HomeView is the Home tab.
func HomeView(p *locale.Printer, h HomeTab) Home {
	var tab Home
	var chart slack.Block
	add := func(b ...slack.Block) { tab.Blocks, tab.Plain = append(tab.Blocks, b...), append(tab.Plain, b...) }
	if h.Week != nil {
		add(header(WeekWords(p, h.Week.Week)))
		add(weekBlocks(p, *h.Week)...)
		if buttons := windowPager(p, "home.page.v1", h.Week.Value, h.Week.Offset, h.Week.Size, len(h.Week.Rows), h.Week.Total); len(buttons) > 0 {
			add(slack.NewActionBlock("", buttons...))
		}
	} else {
		add(header(p.T("home.welcome", nil)), section(p.T("home.no_portfolio", nil)))
	}
	add(slack.NewActionBlock("", homeShortcuts(p, h)...))
	if h.StepsAll > 0 {
		add(slack.NewDividerBlock(), header(p.T("home.steps", nil)))
		add(homeSteps(p, h)...)
	}
	add(homeActions(p, h.Actions, h.AsOf)...)
	add(homeFollows(p, h.Follows, h.AsOf)...)
	if len(h.Portfolio) > 0 {
		add(slack.NewDividerBlock(), header(p.T("home.portfolio", nil)))
		if chart = portfolioChart(p, h); chart != nil {
			tab.Blocks = append(tab.Blocks, chart)
		}
		add(section(portfolioInWords(p, h)))
	}
	add(slack.NewDividerBlock(), header(p.T("home.settings", nil)), choice(digestWords(p, h.Digest), button(p.T("digest.settings", nil), "digest.settings.v1", "h")))
	if h.Stranded > 0 {
		add(section(p.N("home.stranded", h.Stranded, nil)))
	}
	if h.Manages {
		add(homeSetup(p, h.Setup))
	}
	return tab
}

// homeShortcuts are what people come for.
func homeShortcuts(p *locale.Printer, h HomeTab) []slack.BlockElement {
	var buttons []slack.BlockElement
	if h.MayLog {
		buttons = append(buttons, button(p.T("touch.log", nil), "touch.open.v1", "s=home"))
	}
	buttons = append(buttons, button(p.T("home.find", nil), "home.find.v1", "h"))
	if h.Week != nil {
		buttons = append(buttons, button(p.T("home.team", nil), "home.team.v1", "h"))
	}
	return append(buttons, button(p.T("home.again", nil), "home.page.v1#3", "h/0"))
}

// homeSteps are the open next steps, each with the way to what was said.
func homeSteps(p *locale.Printer, h HomeTab) []slack.Block {
	var blocks []slack.Block
	for _, s := range h.Steps {
		line := brief(s.Name) + ": " + cut(strings.ReplaceAll(s.Next, "\n", " "), maxContext)
		switch {
		case s.Day.Known() && s.Day < h.AsOf:
			line = "⚠️ " + line + "\n" + p.T("home.step.late", analysis.Args{"day": p.Near(s.Day, h.AsOf)})
		case s.Day.Known():
			line += "\n" + p.T("touch.before", analysis.Args{"day": p.Near(s.Day, h.AsOf)})
		}
		blocks = append(blocks, choice(line, button(p.T("touch.list", nil), "touch.list.v1", s.Value)))
	}
	if rest := h.StepsAll - len(h.Steps); rest > 0 {
		blocks = append(blocks, context(p.N("home.steps.more", rest, nil)))
	}
	return blocks
}

// portfolioChart is the portfolio in one picture: how many groups a segment has,
// and with how many of them there was contact.
func portfolioChart(p *locale.Printer, h HomeTab) slack.Block {
	var labels []string
	var all, reached []slack.DataVisualizationDataPoint
	for _, s := range h.Portfolio {
		label := cut(segmentLabel(p, s.Segment), maxChartLabel)
		labels = append(labels, label)
		all = append(all, slack.NewDataVisualizationDataPoint(label, float64(s.Groups)))
		reached = append(reached, slack.NewDataVisualizationDataPoint(label, float64(s.Reached)))
	}
	if len(labels) < 2 {
		return nil // one bar says nothing
	}
	return slack.NewDataVisualizationBlock(cut(p.T("home.chart", nil), maxChartTitle), slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(labels...),
		slack.NewDataVisualizationDataSeries(cut(p.T("home.chart.groups", nil), maxChartLabel), all...),
		slack.NewDataVisualizationDataSeries(cut(p.T("home.chart.reached", nil), maxChartLabel), reached...)))
}

// portfolioInWords is the chart's twin.
func portfolioInWords(p *locale.Printer, h HomeTab) string {
	lines := []string{p.T("home.since", analysis.Args{"day": h.Since})}
	for _, s := range h.Portfolio {
		lines = append(lines, p.N("home.segment", s.Groups, analysis.Args{"segment": segmentLabel(p, s.Segment), "reached": s.Reached}))
	}
	return strings.Join(lines, "\n")
}

// digestWords says when the weekly message comes.
func digestWords(p *locale.Printer, d HomeDigest) string {
	if d.Stopped {
		return p.T("home.digest.stopped", nil)
	}
	return p.T("home.digest.on", analysis.Args{"weekday": p.T("digest.day."+strconv.Itoa(max(1, min(7, d.Weekday))), nil), "time": clockWords(d.Minute)})
}

// clockWords writes a minute of the day: 08:30.
func clockWords(minute int) string {
	digits := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return digits(minute/60%24) + ":" + digits(minute%60)
}

// homeSetup tells an administrator what the bot still needs.
func homeSetup(p *locale.Printer, missing []string) slack.Block {
	if len(missing) == 0 {
		return context(p.T("home.setup.done", nil))
	}
	lines := []string{p.T("home.setup", nil)}
	for _, key := range missing {
		lines = append(lines, "• "+p.T("home.setup."+key, nil))
	}
	return section(strings.Join(lines, "\n"))
}
