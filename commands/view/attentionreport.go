package view

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// ReportFigures is what became of the attention plan.
type ReportFigures struct {
	attention.Sums
	AsOf  analysis.Day
	Start analysis.Day // from when the plan holds; what was before is not counted
	Final bool         // there is a segmentation; without one nothing was planned
	// PerPerson is whether the office wants to see People.
	PerPerson bool
	People    []ReportPerson
	Followed  *ReportFollowed // nil: there is no segmentation of a year ago
}

// ReportPerson are the sums of one manager's own groups.
type ReportPerson struct {
	Name string
	attention.Sums
}

// ReportFollowed is what became of groups until a day.
type ReportFollowed struct {
	attention.Followed
	Until analysis.Day
}

// What a button of the report sends, and the year of a report without buttons.
const (
	ReportPicture = "picture"
	ReportTable   = "table"
	ReportPlain   = "-"
)

// AttentionReport shows planned against done. year is what was asked for, for
// the buttons; ReportPlain leaves them out.
func AttentionReport(p *locale.Printer, f ReportFigures, year string) Message {
	title := p.T("report.title", nil)
	m := Message{Text: twin(title)}
	if !f.Final {
		m.Blocks = []slack.Block{header(title), section(p.T("plan.not_segmented", nil))}
		return m
	}
	m.Text = twin(title + ", " + stretchWords(p, f))
	top := []slack.Block{header(title), context(stretchWords(p, f)), section(strings.Join(ReportLines(p, f), "\n"))}
	var bottom []slack.Block
	if len(f.People) > 0 {
		bottom = append(bottom, section(strings.Join(append([]string{p.T("report.people", nil)}, personLines(p, f)...), "\n")))
	} else if !f.PerPerson {
		bottom = append(bottom, context(p.T("report.no_people", nil)))
	}
	if lines := followedLines(p, f); len(lines) > 0 {
		bottom = append(bottom, section(strings.Join(lines, "\n")))
	}
	if year != ReportPlain {
		bottom = append(bottom, slack.NewActionBlock("", button(p.T("pyramid.send", nil), "attention.send.v1#1", ReportPicture+"/"+year),
			button(p.T("report.send_table", nil), "attention.send.v1#2", ReportTable+"/"+year)))
	}
	if len(f.Cells) == 0 {
		m.Blocks = concat(top, bottom)
		return m
	}
	m.Blocks = concat(top, []slack.Block{quarterChart(p, f), quarterTable(p, f)}, bottom)
	m.Plain = concat(top, []slack.Block{section(strings.Join(quarterLines(p, f), "\n"))}, bottom)
	return m
}

// stretchWords says which time it is about.
func stretchWords(p *locale.Printer, f ReportFigures) string {
	words := p.T("report.stretch", analysis.Args{"from": f.From, "to": f.To})
	if f.Start > f.From {
		words += " " + p.T("report.start", analysis.Args{"day": f.Start})
	}
	return words
}

// ReportLines are what stands out, a sentence a line.
func ReportLines(p *locale.Printer, f ReportFigures) []string {
	planned, done, waived := sumCells(f.Sums)
	var lines []string
	switch {
	case planned == 0:
		lines = append(lines, p.T("report.nothing", nil))
	default:
		lines = append(lines, p.N("report.done", planned, analysis.Args{"done": done, "share": shareWords(p, done, planned)}))
	}
	if waived > 0 {
		lines = append(lines, p.N("report.waived", waived, nil))
	}
	lines = append(lines, p.N("report.covered", f.GroupsA, analysis.Args{"reached": f.ReachedA, "share": p.Percent(f.CoverageA())}),
		p.N("report.late", f.Open, analysis.Args{"late": f.Late, "share": p.Percent(f.ShareLate())}))
	return append(lines, p.N("report.moments", f.Moments, analysis.Args{"hours": hoursWords(p, f.DoneMinutes())}))
}

// sumCells adds all cells; what was not needed was not planned.
func sumCells(s attention.Sums) (planned, done, waived int) {
	for _, c := range s.Cells {
		planned, done, waived = planned+c.Planned-c.Waived, done+c.Done, waived+c.Waived
	}
	return planned, done, waived
}

func part(of, whole int) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(of) / float64(whole)
}

// shareWords is a share as people read it; of nothing there is none.
func shareWords(p *locale.Printer, of, whole int) string {
	if whole <= 0 {
		return "–"
	}
	return p.Percent(part(of, whole))
}

func hoursWords(p *locale.Printer, minutes int) string { return p.Points(float64(minutes) / 60) }

// quarterWords is a quarter as everybody writes it: 2026-Q3.
func quarterWords(year, quarter int) string { return fmt.Sprintf("%d-Q%d", year, quarter) }

// quarterChart lays planned beside done for each quarter.
func quarterChart(p *locale.Printer, f ReportFigures) slack.Block {
	type sum struct{ planned, done int }
	sums := map[string]*sum{}
	var labels []string
	for day := attention.PeriodOf(4, f.From).From; day <= f.To; day = day.AddMonths(3) {
		_, month, _ := day.Time().Date()
		label := quarterWords(day.Year(), (int(month)+2)/3)
		labels, sums[label] = append(labels, label), &sum{}
	}
	for _, c := range f.Cells {
		if s := sums[quarterWords(c.Year, c.Quarter)]; s != nil {
			s.planned, s.done = s.planned+c.Planned-c.Waived, s.done+c.Done
		}
	}
	for len(labels) > 1 && sums[labels[0]].planned == 0 { // before the plan began
		labels = labels[1:]
	}
	for len(labels) > 1 && sums[labels[len(labels)-1]].planned == 0 { // no period of it ended yet
		labels = labels[:len(labels)-1]
	}
	points := [2][]slack.DataVisualizationDataPoint{}
	for _, label := range labels {
		points[0] = append(points[0], slack.NewDataVisualizationDataPoint(label, float64(sums[label].planned)))
		points[1] = append(points[1], slack.NewDataVisualizationDataPoint(label, float64(sums[label].done)))
	}
	return slack.NewDataVisualizationBlock(cut(p.T("report.chart", nil), maxChartTitle),
		slack.NewDataVisualizationBarChart(slack.NewDataVisualizationAxisConfig(labels...),
			slack.NewDataVisualizationDataSeries(cut(p.T("report.planned", nil), maxChartLabel), points[0]...),
			slack.NewDataVisualizationDataSeries(cut(p.T("report.had", nil), maxChartLabel), points[1]...)))
}

// quarterTable is planned against done by segment and quarter.
func quarterTable(p *locale.Printer, f ReportFigures) slack.Block {
	table := figureTable(p, "report.chart", "report.segment", "report.quarter", "report.planned", "report.had", "report.share", "report.hours")
	for _, c := range f.Cells {
		planned := c.Planned - c.Waived
		table.AddRow(slack.NewDataTableRawTextCell(string(c.Segment)), slack.NewDataTableRawTextCell(quarterWords(c.Year, c.Quarter)),
			numberCell(float64(planned), p.Number(int64(planned))), numberCell(float64(c.Done), p.Number(int64(c.Done))),
			numberCell(part(c.Done, planned), shareWords(p, c.Done, planned)), numberCell(float64(c.DoneMinutes)/60, hoursWords(p, c.DoneMinutes)))
	}
	return table
}

// quarterLines is the table as text.
func quarterLines(p *locale.Printer, f ReportFigures) []string {
	var lines []string
	for _, c := range f.Cells {
		planned := c.Planned - c.Waived
		lines = append(lines, p.T("report.line", analysis.Args{"segment": string(c.Segment), "quarter": quarterWords(c.Year, c.Quarter), "planned": planned,
			"done": c.Done, "share": shareWords(p, c.Done, planned), "hours": hoursWords(p, c.DoneMinutes)}))
	}
	return lines
}

// peopleReported is how many colleagues a message names; the table has all.
const peopleReported = 15

func personLines(p *locale.Printer, f ReportFigures) []string {
	var lines []string
	for _, person := range f.People[:min(len(f.People), peopleReported)] {
		planned, done, _ := sumCells(person.Sums)
		lines = append(lines, "• "+p.T("report.person", analysis.Args{"name": brief(person.Name), "planned": planned, "done": done, "share": shareWords(p, done, planned),
			"reached": person.ReachedA, "groups": person.GroupsA, "late": person.Late, "hours": hoursWords(p, person.DoneMinutes())}))
	}
	if rest := len(f.People) - peopleReported; rest > 0 {
		lines = append(lines, p.N("report.more_people", rest, nil))
	}
	return lines
}

// followedLines say what became of who had the planned attention, with how many
// groups that is, as what was seen and no more.
func followedLines(p *locale.Printer, f ReportFigures) []string {
	if f.Followed == nil {
		return nil
	}
	lines := []string{p.T("report.followed", analysis.Args{"from": f.Followed.From, "to": f.Followed.To, "until": f.Followed.Until})}
	if !f.Followed.Enough() {
		return append(lines, p.T("report.followed_few", analysis.Args{"least": attention.LeastFollowed, "most": f.Followed.Most.Groups, "fewest": f.Followed.Fewest.Groups}))
	}
	for _, side := range []struct {
		key string
		attention.Outcome
	}{{"report.followed_most", f.Followed.Most}, {"report.followed_fewest", f.Followed.Fewest}} {
		lines = append(lines, "• "+p.N(side.key, side.Groups, analysis.Args{"kept": p.Percent(part(side.Kept, side.Groups))})+outcomeWords(p, side.Outcome))
	}
	return append(lines, p.T("report.followed_note", nil))
}

// outcomeWords adds segments and ratings where enough groups have them.
func outcomeWords(p *locale.Printer, o attention.Outcome) string {
	words := ""
	if o.Compared >= attention.LeastFollowed {
		words += "; " + p.N("report.followed_segment", o.Compared, analysis.Args{"up": p.Percent(part(o.Up, o.Compared)), "down": p.Percent(part(o.Down, o.Compared))})
	}
	if o.Rated >= attention.LeastFollowed {
		words += "; " + p.N("report.followed_rating", o.Rated, analysis.Args{"high": p.Percent(part(o.RateHigh, o.Rated))})
	}
	return words
}

// ReportText is the report for a terminal.
func ReportText(p *locale.Printer, f ReportFigures) string {
	var b strings.Builder
	fmt.Fprintln(&b, p.T("report.title", nil))
	if !f.Final {
		fmt.Fprintln(&b, p.T("plan.not_segmented", nil))
		return b.String()
	}
	fmt.Fprintln(&b, stretchWords(p, f))
	for _, lines := range [][]string{ReportLines(p, f), quarterLines(p, f), personLines(p, f), followedLines(p, f)} {
		for _, l := range lines {
			fmt.Fprintln(&b, "  "+terminal(l))
		}
	}
	return b.String()
}

// ReportCSV writes the report as a table that a spreadsheet in the reader's
// language opens as it is. What people typed never becomes a formula. Fails only
// when w does.
func ReportCSV(w io.Writer, p *locale.Printer, f ReportFigures) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if p.Lang() == locale.Dutch {
		out.Comma = ';'
	}
	var head []string
	for _, key := range []string{"report.person_column", "report.segment", "report.quarter", "report.planned", "report.waived_column", "report.had", "report.planned_hours", "report.hours"} {
		head = append(head, p.T(key, nil))
	}
	rows := [][]string{head}
	add := func(name string, s attention.Sums) {
		for _, c := range s.Cells {
			rows = append(rows, []string{inertCell(name), string(c.Segment), quarterWords(c.Year, c.Quarter), strconv.Itoa(c.Planned), strconv.Itoa(c.Waived),
				strconv.Itoa(c.Done), decimal(p, float64(c.PlannedMinutes)/60, 2), decimal(p, float64(c.DoneMinutes)/60, 2)})
		}
	}
	add(p.T("report.everybody", nil), f.Sums)
	for _, person := range f.People {
		add(person.Name, person.Sums)
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}
