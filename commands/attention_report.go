package commands

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/chart"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// The kinds of ledger entry that send the report on attention, as a picture and
// as a table. Their Subject is the year that was asked for; empty: the last year.
const (
	reportLetter      = "attention.report"
	reportTableLetter = "attention.table"
)

// AttentionReport says partners what became of the attention plan: planned
// against done, by segment and quarter. What each person did is said only where
// the office turned that on.
type AttentionReport struct {
	Week      Attention
	Portfolio storage.Portfolio
	Ratings   Rated            // nil: nobody was asked yet
	Now       func() time.Time // wall time: when the ledger may send
}

// Show answers /aandacht rapport [year].
func (c AttentionReport) Show(ctx context.Context, req Request) (Reply, error) {
	word, year, _ := strings.Cut(clean(req.Text), " ")
	if word != "" && !strings.EqualFold(word, "rapport") && !strings.EqualFold(word, "report") {
		year = word
	}
	f, err := c.Figures(ctx, req.Actor, req.today(), year)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Week.Store, req, storage.AuditLine{Action: "attention.report"}); err != nil {
		return Reply{}, err
	}
	return Say(view.AttentionReport(locale.New(req.Lang, req.Zone), f, strings.TrimSpace(year))), nil
}

// earliestYear is the first that a report can be asked for.
const earliestYear = 2000

// stretch is what a report is about: a year, or the last four quarters and
// what there is of this one.
func stretch(year string, today analysis.Day) (from, to analysis.Day, err error) {
	if year = strings.TrimSpace(year); year == "" {
		quarter := attention.PeriodOf(4, today).From
		return quarter.AddMonths(-12), today, nil
	}
	n, wrong := strconv.Atoi(year)
	if wrong != nil || n < earliestYear || n > today.Year() {
		return 0, 0, analysis.Fail(analysis.Invalid, "report.year", analysis.Args{"typed": year, "first": strconv.Itoa(earliestYear), "last": strconv.Itoa(today.Year())})
	}
	return analysis.Date(n, 1, 1), min(today, analysis.Date(n, 12, 31)), nil
}

// Figures counts the report as of asOf. Figures of all colleagues together are
// for who answers for the office.
func (c AttentionReport) Figures(ctx context.Context, actor analysis.Actor, asOf analysis.Day, year string) (view.ReportFigures, error) {
	if !analysis.Allow(actor, analysis.ReportOffice, analysis.Subject{}) {
		return view.ReportFigures{}, refuse()
	}
	from, to, err := stretch(year, asOf)
	if err != nil {
		return view.ReportFigures{}, err
	}
	return c.count(ctx, asOf, reportCut{from: from, to: to})
}

// reportCut is what a report is about; without a manager or segment everybody.
type reportCut struct {
	from, to analysis.Day
	manager  analysis.ManagerID
	segment  analysis.Segment
}

func (t reportCut) whole() bool { return t.manager == 0 && t.segment == "" }

func (t reportCut) holds(g attention.Group) bool {
	return (t.manager == 0 || holding(g) == t.manager) && (t.segment == "" || g.Segment == t.segment)
}

// About counts what a question names: a time, a segment, somebody's own groups. Of
// who asks themselves always; of others where the office turned that on. Said is
// false where it did not.
func (c AttentionReport) About(ctx context.Context, actor analysis.Actor, asOf analysis.Day, cut reportCut) (f view.ReportFigures, said bool, err error) {
	own := cut.manager != 0 && cut.manager == actor.Manager
	if !own && !analysis.Allow(actor, analysis.ReportOffice, analysis.Subject{}) {
		return f, false, refuse()
	}
	f, err = c.count(ctx, asOf, cut)
	return f, cut.manager == 0 || own || f.PerPerson, err
}

// count counts what cut is about; who did what and what became of it only of
// everybody together.
func (c AttentionReport) count(ctx context.Context, asOf analysis.Day, cut reportCut) (view.ReportFigures, error) {
	var f view.ReportFigures
	week := AttentionWeek{AsOf: asOf}
	if _, err := c.Week.chosen(ctx, &week); err != nil {
		return f, err
	}
	f.AsOf, f.Final, f.PerPerson, f.Start = asOf, week.Final, week.Plan.PerPerson, week.Plan.Start
	if !week.Final {
		return f, nil
	}
	r, err := c.report(ctx, cut.from, cut.to, week.Plan.Start)
	if err != nil {
		return f, err
	}
	if f.Sums = r.of(cut.holds); !cut.whole() {
		return f, nil
	}
	if f.PerPerson {
		if f.People, err = c.people(ctx, r); err != nil {
			return f, err
		}
	}
	f.Followed, err = c.followed(ctx, week.Plan.Start, asOf)
	return f, err
}

// histories reads every group with its moments of the years that [from, to]
// touches: a period that ends in it may have begun on the first of January.
func (c AttentionReport) histories(ctx context.Context, version analysis.VersionID, from, to analysis.Day) ([]attention.History, error) {
	var all []attention.History
	at := map[analysis.GroupID]int{}
	for g, err := range c.Week.Groups.AttentionGroups(ctx, version, to) {
		if err != nil {
			return nil, fmt.Errorf("read the groups of the report: %w", err)
		}
		at[g.ID] = len(all)
		all = append(all, attention.History{Group: g})
	}
	for t, err := range c.Week.Touches.Moments(ctx, analysis.Date(from.Year(), 1, 1), to) {
		if err != nil {
			return nil, fmt.Errorf("read the moments of the report: %w", err)
		}
		if i, ok := at[t.Group]; ok {
			all[i].Moments = append(all[i].Moments, attention.Moment{Kind: t.Kind, Day: t.Day})
		}
	}
	return all, nil
}

// people are the sums of each manager's own groups, by name.
func (c AttentionReport) people(ctx context.Context, r reported) ([]view.ReportPerson, error) {
	names := colleagues{managers: c.Week.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	seen := map[analysis.ManagerID]bool{0: true}
	var people []view.ReportPerson
	for _, g := range slices.Concat(r.groups...) {
		id := holding(g.Group)
		if seen[id] {
			continue
		}
		seen[id] = true
		m, err := names.of(ctx, id)
		if err != nil {
			return nil, err
		}
		people = append(people, view.ReportPerson{Name: nameOf(m), Sums: r.of(func(g attention.Group) bool { return holding(g) == id })})
	}
	analysis.Sort(people, func(a, b view.ReportPerson) int { return strings.Compare(a.Name, b.Name) })
	return people, nil
}

// half is how long the attention is looked at, and how long what became of it,
// at least.
const half = 182

// followed lays who had the planned attention since the last final segmentation
// of at least a year ago, until half a year ago, beside what became of them
// since. It is nil where there is no such segmentation.
func (c AttentionReport) followed(ctx context.Context, start, asOf analysis.Day) (*view.ReportFollowed, error) {
	versions, err := c.Week.Segments.Versions(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the segmentations: %w", err)
	}
	finals := slices.DeleteFunc(slices.Clone(versions), func(v analysis.SegmentVersion) bool { return v.State != analysis.Final })
	before := slices.IndexFunc(finals, func(v analysis.SegmentVersion) bool { return v.AsOf <= asOf-2*half })
	if before < 0 {
		return nil, nil
	}
	from, to := finals[before].AsOf, asOf-half
	groups, err := c.becoming(ctx, finals[before].ID, from, to, asOf)
	if err != nil {
		return nil, err
	}
	if before > 0 {
		if err := c.later(ctx, finals[0].ID, groups); err != nil {
			return nil, err
		}
	}
	held, err := c.Week.eras(ctx, to, to, start)
	if err != nil {
		return nil, err
	}
	return &view.ReportFollowed{Followed: held[0].plan.Follow(from, to, groups), Until: asOf}, nil
}

// becoming reads the groups that were clients on to, with what became of them.
func (c AttentionReport) becoming(ctx context.Context, version analysis.VersionID, from, to, asOf analysis.Day) ([]attention.Becoming, error) {
	histories, err := c.histories(ctx, version, from, to)
	if err != nil {
		return nil, err
	}
	until := map[analysis.GroupID]analysis.Day{}
	for h, err := range c.Portfolio.Histories(ctx, asOf) {
		if err != nil {
			return nil, fmt.Errorf("read who left: %w", err)
		}
		if h.Until.Known() {
			until[h.ID] = h.Until
		}
	}
	rated := map[analysis.GroupID]survey.Rating{}
	if c.Ratings != nil {
		if rated, err = c.Ratings.Ratings(ctx, asOf); err != nil {
			return nil, fmt.Errorf("read the ratings: %w", err)
		}
	}
	var groups []attention.Becoming
	for _, h := range histories {
		left, gone := until[h.ID]
		if gone && left <= to {
			continue
		}
		rating, measured := rated[h.ID]
		measured = measured && rating.Day > to // what was said before came of other attention
		groups = append(groups, attention.Becoming{History: h, Left: gone && left <= asOf, Rated: measured, RateHigh: rating.High})
	}
	return groups, nil
}

// later adds the segments of a later segmentation.
func (c AttentionReport) later(ctx context.Context, version analysis.VersionID, groups []attention.Becoming) error {
	items, err := c.Week.Segments.Items(ctx, version)
	if err != nil {
		return fmt.Errorf("read segmentation %d: %w", version, err)
	}
	overrides, err := c.Week.Segments.Overrides(ctx, version)
	if err != nil {
		return fmt.Errorf("read the overrides of segmentation %d: %w", version, err)
	}
	standing := value.Standing(items, overrides)
	for i := range groups {
		groups[i].After = standing[groups[i].ID]
	}
	return nil
}

// Send answers *Stuur mij het plaatje* and *Stuur mij de tabel*. The value is
// what to send and the year.
func (c AttentionReport) Send(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ReportOffice, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	what, year, _ := strings.Cut(req.Value, "/")
	if _, _, err := stretch(year, req.today()); err != nil {
		return Reply{}, err
	}
	e := storage.LedgerEntry{Key: "report/" + req.Key, Kind: reportLetter, User: req.Actor.User, Lang: string(req.Lang), Subject: year,
		Author: req.Actor.User, At: req.At, Due: c.Now()}
	said := "report.picture_sent"
	if what == view.ReportTable {
		e.Kind, said = reportTableLetter, "report.table_sent"
	}
	err := c.Week.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "attention.send", Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the report: %w", err)
	}
	m := view.Say(locale.New(req.Lang, req.Zone).T(said, nil))
	return Reply{Now: &m, Beside: true}, nil
}

// Letter draws the report when it is sent.
func (c AttentionReport) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	f, err := c.Figures(ctx, operatorOf(e), Request{At: e.At}.today(), e.Subject)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	m := view.AttentionReport(p, f, view.ReportPlain)
	if !f.Final {
		return m, nil
	}
	drawn, options := drawnReport(f), chart.Options{AsOf: f.AsOf}
	var png bytes.Buffer
	if err := chart.Attention(&png, p, drawn, options); err != nil {
		return view.Message{}, fmt.Errorf("draw the report: %w", err)
	}
	m.Picture = &view.Picture{Name: fmt.Sprintf("aandacht-%s.png", f.AsOf), Alt: chart.AttentionText(p, drawn, options), PNG: png.Bytes()}
	return m, nil
}

// TableLetter writes the report as a table when it is sent.
func (c AttentionReport) TableLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	f, err := c.Figures(ctx, operatorOf(e), Request{At: e.At}.today(), e.Subject)
	if err != nil {
		return view.Message{}, err
	}
	p := locale.New(locale.Lang(e.Lang), nil)
	var table bytes.Buffer
	if err := view.ReportCSV(&table, p, f); err != nil {
		return view.Message{}, err
	}
	m := view.Say(p.T("report.letter", analysis.Args{"from": f.From, "to": f.To}))
	m.File = &view.File{Name: fmt.Sprintf("aandacht-%s.csv", f.AsOf), Content: table.Bytes()}
	return m, nil
}

// drawnReport is what the picture is made of.
func drawnReport(f view.ReportFigures) chart.Attended {
	d := chart.Attended{Reached: f.ReachedA, GroupsA: f.GroupsA}
	for _, c := range f.Cells {
		d.Quarters = append(d.Quarters, chart.AttendedQuarter{Segment: c.Segment, Year: c.Year, Quarter: c.Quarter, Planned: c.Planned - c.Waived, Done: c.Done})
	}
	return d
}
