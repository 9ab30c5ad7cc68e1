package main

import (
	"fmt"
	"math"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage/sqlstore"
)

type attentionCmds struct {
	Week   *attentionCmd       `arg:"subcommand" help:"Who needs attention of whom this week (the default)."`
	Report *attentionReportCmd `arg:"subcommand" help:"Planned against done, by segment and quarter."`
}

type attentionCmd struct {
	Manager string `arg:"--manager" placeholder:"EMAIL" help:"Only this person's week."`
	Week    string `arg:"--week" placeholder:"2026-W48" help:"Which week; the present one when not given."`
}

// attentionOf wires the use-case.
func attentionOf(db *sqlstore.DB) commands.Attention {
	return commands.Attention{Groups: db, Touches: db, Segments: db, Settings: db, Absences: db, Managers: db, Roster: db,
		Signals: &commands.Signals{Portfolio: db, Revenue: db, Invoiced: db, Rated: commands.SurveyRatings{Surveys: db}}, Store: db}
}

// Run prints who needs attention of whom this week.
func (c *attentionCmd) Run(s *session) error {
	ask := commands.AttentionAsk{Day: analysis.DayOf(s.at.In(officeZone()))}
	if c.Week != "" {
		var err error
		if ask.Week, err = attention.ParseWeek(c.Week); err != nil {
			return err
		}
	}
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.Manager != "" {
		m, err := db.ManagerByEmail(s.ctx, c.Manager)
		if err != nil && analysis.KindOf(err) == analysis.NotFound {
			return analysis.Fail(analysis.NotFound, "attention.manager.unknown", analysis.Args{"email": c.Manager})
		}
		if err != nil {
			return fmt.Errorf("read the manager: %w", err)
		}
		ask.Manager = m.ID
	}
	week, err := attentionOf(db).Show(s.ctx, s.asOperator(), ask)
	if err != nil {
		return err
	}
	name := func(id analysis.ManagerID) string {
		m, err := db.Manager(s.ctx, id)
		if err != nil {
			return "?"
		}
		return nameOrEmail(m)
	}
	if s.json {
		return printJSON(s.out, toWeekJSON(s.printer(), week, name))
	}
	_, err = fmt.Fprint(s.out, view.AttentionText(s.printer(), week.Week, attentionParts(week), name))
	return err
}

func nameOrEmail(m analysis.Manager) string {
	if m.Name == "" {
		return m.Email
	}
	return m.Name
}

func attentionParts(week commands.AttentionWeek) []view.AttentionPart {
	var parts []view.AttentionPart
	for _, person := range week.People {
		part := view.AttentionPart{Name: nameOrEmail(person.Person), Week: person.Personal}
		for _, r := range person.Rows {
			part.Lines = append(part.Lines, view.AttentionLine{Item: r.Item, Number: r.Group.Number, Name: r.Group.Name, Holder: r.Holder})
		}
		parts = append(parts, part)
	}
	return parts
}

// The types below are CLI.md's promise for attention.
type (
	itemJSON struct {
		Number   string           `json:"number"`
		Name     string           `json:"name"`
		Segment  analysis.Segment `json:"segment"`
		Activity string           `json:"activity"`
		Period   string           `json:"period"`
		Lateness float64          `json:"lateness"`
		DaysLate int              `json:"days_late"`
		Silence  *int             `json:"silence_days"` // null: no contact was ever logged
		Minutes  int              `json:"minutes"`
		Reason   string           `json:"reason"`
		Question string           `json:"question"`
		Role     attention.Role   `json:"role"`
		Signals  []string         `json:"signals"`
		Settles  []string         `json:"settles"`
		Batch    bool             `json:"batch"`
		For      string           `json:"for,omitempty"` // whose group it is, where somebody else does it
	}
	weekPersonJSON struct {
		Email     string     `json:"email"`
		Name      string     `json:"name"`
		Capacity  int        `json:"capacity"`
		Needed    float64    `json:"needed_per_week"`
		Possible  float64    `json:"possible_per_week"`
		Hours     float64    `json:"hours_per_week"`
		Fits      bool       `json:"fits"`
		Proposals []string   `json:"proposals"`
		Items     []itemJSON `json:"items"`
		Waiting   int        `json:"waiting"`
		Overdue   []itemJSON `json:"overdue"` // A groups of others that are long overdue, for their partner
	}
	weekJSON struct {
		Week     attention.Week   `json:"week"`
		Final    bool             `json:"segmented"`
		Managers []weekPersonJSON `json:"managers"`
	}
)

func toWeekJSON(p *locale.Printer, week commands.AttentionWeek, name func(analysis.ManagerID) string) weekJSON {
	j := weekJSON{Week: week.Week, Final: week.Final, Managers: []weekPersonJSON{}}
	for _, person := range week.People {
		one := weekPersonJSON{Email: person.Person.Email, Name: person.Person.Name, Capacity: person.Capacity, Needed: thousandths(person.Needed),
			Possible: thousandths(person.Possible), Hours: thousandths(person.Hours), Fits: person.Fits, Proposals: []string{},
			Items: toItemsJSON(p, person.Rows), Waiting: person.Waiting, Overdue: toItemsJSON(p, person.Overdue)}
		if ways := view.UnfitWords(p, person.Load, name); len(ways) > 1 {
			one.Proposals = ways[1:]
		}
		j.Managers = append(j.Managers, one)
	}
	return j
}

func toItemsJSON(p *locale.Printer, rows []commands.AttentionRow) []itemJSON {
	items := []itemJSON{}
	for _, r := range rows {
		i := itemJSON{Number: r.Group.Number, Name: r.Group.Name, Segment: r.Segment, Activity: r.Activity, Period: view.PeriodWords(r.Period),
			Lateness: thousandths(r.Lateness), DaysLate: r.DaysLate, Minutes: r.Minutes, Reason: view.ReasonWords(p, r.Item),
			Question: view.QuestionWords(p, r.Item), Role: r.Role, Signals: []string{}, Settles: []string{}, Batch: r.Batch, For: r.Holder}
		if len(r.Signals) > 0 && r.Activity == r.Signals[0].Activity() {
			i.Activity = string(r.Touch) // no line of the plan: a call
		}
		if r.Silence >= 0 {
			i.Silence = &r.Silence
		}
		for _, signal := range r.Signals {
			i.Signals = append(i.Signals, string(signal.Kind))
		}
		i.Settles = append(i.Settles, r.Settles...)
		items = append(items, i)
	}
	return items
}

// thousandths rounds what nobody reads further.
func thousandths(v float64) float64 { return math.Round(v*1000) / 1000 }
