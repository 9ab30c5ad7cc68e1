package main

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands"
	"klantbot/commands/view"
)

type attentionReportCmd struct {
	Year string `arg:"positional" help:"A year; the last four quarters when not given."`
}

// Run prints what became of the attention plan.
func (c *attentionReportCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	use := commands.AttentionReport{Week: attentionOf(db), Portfolio: db, Ratings: commands.SurveyRatings{Surveys: db}}
	f, err := use.Figures(s.ctx, s.asOperator().Actor, analysis.DayOf(s.at.In(officeZone())), c.Year)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, toReportJSON(f))
	}
	_, err = fmt.Fprint(s.out, view.ReportText(s.printer(), f))
	return err
}

// The types below are what attention report prints with --json.
type (
	reportCellJSON struct {
		Segment analysis.Segment `json:"segment"`
		Quarter string           `json:"quarter"`
		Planned int              `json:"planned"`
		Waived  int              `json:"waived"` // of planned: somebody decided it was not needed
		Done    int              `json:"done"`
		Minutes int              `json:"minutes"`
	}
	reportSumsJSON struct {
		Cells    []reportCellJSON `json:"cells"`
		GroupsA  int              `json:"groups_a"`
		ReachedA int              `json:"reached_a"`
		Open     int              `json:"open"`
		Late     int              `json:"late"`
		Moments  int              `json:"moments"`
		Minutes  int              `json:"minutes"`
	}
	reportPersonJSON struct {
		Name string `json:"name"`
		reportSumsJSON
	}
	outcomeJSON struct {
		Groups   int `json:"groups"`
		Kept     int `json:"kept"`
		Compared int `json:"compared"`
		Up       int `json:"up"`
		Down     int `json:"down"`
		Rated    int `json:"rated"`
		RateHigh int `json:"rate_high"`
	}
	followedJSON struct {
		From   analysis.Day `json:"from"`
		To     analysis.Day `json:"to"`
		Until  analysis.Day `json:"until"`
		Most   outcomeJSON  `json:"had_most"`   // at least half of what was planned
		Fewest outcomeJSON  `json:"had_fewest"` // less
	}
	reportJSON struct {
		From  analysis.Day `json:"from"`
		To    analysis.Day `json:"to"`
		Final bool         `json:"segmented"`
		reportSumsJSON
		People   []reportPersonJSON `json:"people"`   // null: the office does not want it
		Followed *followedJSON      `json:"followed"` // null: nothing may be said, or too few groups
	}
)

func toReportJSON(f view.ReportFigures) reportJSON {
	j := reportJSON{From: f.From, To: f.To, Final: f.Final, reportSumsJSON: toSumsJSON(f.Sums)}
	if !f.Final {
		j.From, j.To = f.AsOf, f.AsOf
	}
	if f.PerPerson {
		j.People = []reportPersonJSON{}
		for _, p := range f.People {
			j.People = append(j.People, reportPersonJSON{p.Name, toSumsJSON(p.Sums)})
		}
	}
	if f.Followed != nil && f.Followed.Enough() {
		j.Followed = &followedJSON{f.Followed.From, f.Followed.To, f.Followed.Until, outcomeJSON(f.Followed.Most), outcomeJSON(f.Followed.Fewest)}
	}
	return j
}

func toSumsJSON(s attention.Sums) reportSumsJSON {
	j := reportSumsJSON{Cells: []reportCellJSON{}, GroupsA: s.GroupsA, ReachedA: s.ReachedA, Open: s.Open, Late: s.Late, Moments: s.Moments, Minutes: s.DoneMinutes()}
	for _, c := range s.Cells {
		j.Cells = append(j.Cells, reportCellJSON{c.Segment, fmt.Sprintf("%d-Q%d", c.Year, c.Quarter), c.Planned, c.Waived, c.Done, c.DoneMinutes})
	}
	return j
}
