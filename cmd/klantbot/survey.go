package main

import (
	"context"
	"fmt"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands"
	"klantbot/prompts/mask"
	"klantbot/prompts/offline"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

type surveyCmds struct {
	List     *surveyListCmd     `arg:"subcommand" help:"List the surveys and their waves, oldest first."`
	Report   *surveyReportCmd   `arg:"subcommand" help:"What a survey says: figures, and answers in their own words."`
	Template *surveyTemplateCmd `arg:"subcommand" help:"A questionnaire to paste into Microsoft Forms or Google Forms."`
}

// surveyOf wires the use-case, without a language model.
func surveyOf(db *sqlstore.DB) commands.Survey {
	return commands.Survey{Surveys: db, Settings: db, Store: db, Roster: db, Summarizer: offline.Summarizer{},
		Mask: func(ctx context.Context) (func(string) string, error) {
			names, err := namesIn(ctx, db)
			if err != nil {
				return nil, err
			}
			job := mask.New(names, "")
			return func(text string) string { return job.Mask(text).Text }, nil
		}}
}

// patientSurveyOf is surveyOf with the language model where it is on: a terminal
// waits for it.
func (s *session) patientSurveyOf(db *sqlstore.DB) (commands.Survey, error) {
	use := surveyOf(db)
	configured, err := configuredEndpoint()
	if err != nil {
		return use, err
	}
	use.Patient = true
	use.Summarizer, _, err = configured.summarizer(db, configured.modelOf(db, func() time.Time { return s.at }))
	return use, err
}

// segmentName is what --segment takes.
type segmentName analysis.Segment

// UnmarshalText takes A to D.
func (n *segmentName) UnmarshalText(given []byte) error { return choose(n, given, "A", "B", "C", "D") }

type surveyListCmd struct{}

// Run lists the waves.
func (c *surveyListCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	waves, err := surveyOf(db).List(s.ctx, operator)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, map[string]any{"surveys": wavesJSON(waves)})
	}
	p := s.printer()
	if len(waves) == 0 {
		_, err = fmt.Fprintln(s.out, p.T("survey.list.none", nil))
		return err
	}
	for _, w := range waves {
		line := p.N("survey.text.responses", w.Responses, analysis.Args{"audience": w.Audience, "disclosure": w.Disclosure})
		if _, err := fmt.Fprintf(s.out, "%-30s %s  %s\n", w.Name, w.Day, line); err != nil {
			return err
		}
	}
	return nil
}

type waveJSON struct {
	Name       string              `json:"name"`
	Audience   analysis.Audience   `json:"audience"`
	Disclosure analysis.Disclosure `json:"disclosure"`
	Scale      *int                `json:"scale"` // null: no scores
	Day        analysis.Day        `json:"day"`
	Responses  int                 `json:"responses"`
}

func wavesJSON(waves []survey.Wave) []waveJSON {
	out := []waveJSON{}
	for _, w := range waves {
		j := waveJSON{Name: w.Name, Audience: w.Audience, Disclosure: w.Disclosure, Day: w.Day, Responses: w.Responses}
		if w.Scale != 0 {
			j.Scale = &w.Scale
		}
		out = append(out, j)
	}
	return out
}

type surveyReportCmd struct {
	Name     string   `arg:"positional,required" help:"The survey, as survey list names it."`
	Audience audience `arg:"--audience" placeholder:"klanten|prospects|oud-klanten|medewerkers" help:"Whose answers the report is about; clients where they were asked."`
}

// Run prints what a survey says. It writes too: what was shown of anonymous
// answers counts for what later reports may show.
func (c *surveyReportCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	use, err := s.patientSurveyOf(db)
	if err != nil {
		return err
	}
	report, err := use.Report(s.ctx, s.asOperator(), c.Name, analysis.Audience(c.Audience))
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, toSurveyJSON(report))
	}
	_, err = fmt.Fprint(s.out, surveyText(s.printer(), report))
	return err
}

type surveyTemplateCmd struct {
	Audience audience    `arg:"--audience" default:"klanten" placeholder:"klanten|prospects|oud-klanten|medewerkers" help:"Who is asked."`
	Segment  segmentName `arg:"--segment" placeholder:"A|B|C|D" help:"A is a guide for an interview, B and C the full form, D a short one."`
	ByName   bool        `arg:"--by-name" help:"Respondents are told that their names are seen; otherwise the survey is anonymous."`
	Name     string      `arg:"--name" help:"Fix the survey of this name in the database: how answers come in later follows what respondents are told now."`
}

// Run prints a questionnaire, and with a name fixes what respondents are told.
func (c *surveyTemplateCmd) Run(s *session) error {
	disclosure := analysis.Anonymous
	if c.ByName {
		disclosure = analysis.ByName
	}
	choices := survey.Defaults()
	if c.Name != "" || s.db != "" {
		db, err := s.open(true)
		if err != nil {
			return err
		}
		defer db.Close()
		if choices, err = commands.SurveyChoices(s.ctx, db); err != nil {
			return err
		}
		if c.Name != "" {
			w := survey.Wave{Name: c.Name, Audience: analysis.Audience(c.Audience), Disclosure: disclosure, Day: analysis.DayOf(s.at.In(officeZone()))}
			err := db.Write(s.ctx, func(tx storage.Tx) error { return tx.FixWave(s.ctx, w, "", s.at) })
			if err != nil {
				return err
			}
		}
	}
	t, err := commands.NewSurveyTemplate(s.printer(), choices, analysis.Audience(c.Audience),
		commands.ApproachOf(analysis.Segment(c.Segment)), disclosure)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, t)
	}
	_, err = fmt.Fprint(s.out, t.Text(s.printer()))
	return err
}
