package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands"
	"klantbot/commands/view"
	"klantbot/storage/sqlstore"
)

type configCmds struct {
	Export *configExportCmd `arg:"subcommand" help:"Write the settings of value and the attention plan as YAML."`
	Import *configImportCmd `arg:"subcommand" help:"Take over settings of value and the attention plan from YAML, after showing what they would do."`
}

// settings opens the store and wires the use-case.
func (s *session) settings() (commands.Config, *sqlstore.DB, error) {
	db, err := s.open(true)
	if err != nil {
		return commands.Config{}, nil, err
	}
	use := commands.Segmentation{Portfolio: db, Judgements: db, Segments: db, Settings: db, Store: db}
	return commands.Config{Use: use, Market: commands.NewMarket(db, db, db, time.Minute)}, db, nil
}

type configExportCmd struct {
	File string `arg:"positional" help:"Where to write it; on the terminal when not given."`
}

// Run writes what the office chose, with every word people read.
func (c *configExportCmd) Run(s *session) error {
	use, db, err := s.settings()
	if err != nil {
		return err
	}
	defer db.Close()
	whole, err := use.Whole(s.ctx, s.asOperator())
	if err != nil {
		return err
	}
	file := toConfigFile(s.printer(), whole.Office, whole.Kinds)
	plan, people, err := (commands.AttentionPlan{Use: attentionOf(db)}).Present(s.ctx, s.asOperator())
	if err != nil {
		return err
	}
	file.Attention = toPlanFile(plan, people)
	if c.File == "" {
		if s.json {
			return printJSON(s.out, file)
		}
		return file.write(s.out, s.printer())
	}
	var text strings.Builder
	if err := file.write(&text, s.printer()); err != nil {
		return err
	}
	if err := os.WriteFile(c.File, []byte(text.String()), 0o644); err != nil {
		return analysis.Fail(analysis.Invalid, "setting.file_unwritable", analysis.Args{"path": c.File})
	}
	if s.json {
		return printJSON(s.out, map[string]any{"file": c.File, "kinds": len(whole.Kinds)})
	}
	_, err = fmt.Fprintln(s.out, s.printer().N("setting.exported", len(whole.Kinds), analysis.Args{"path": c.File}))
	return err
}

type configImportCmd struct {
	File   string `arg:"positional,required" help:"The YAML file, as export writes it."`
	DryRun bool   `arg:"--dry-run" help:"Show what it would do and save nothing."`
}

// largestConfig bounds a file of settings, in bytes: far beyond what a person
// writes.
const largestConfig = 1 << 20

// Run reads the file, says what it would do and saves it.
func (c *configImportCmd) Run(s *session) error {
	text, err := readConfig(c.File)
	if err != nil {
		return err
	}
	use, db, err := s.settings()
	if err != nil {
		return err
	}
	defer db.Close()
	whole, err := use.Whole(s.ctx, s.asOperator())
	if err != nil {
		return err
	}
	wanted, err := parseConfig(text, whole.Office)
	if err != nil {
		return err
	}
	plan, err := use.Plan(s.ctx, s.asOperator(), whole, wanted)
	if err != nil {
		return err
	}
	asked, found, err := c.attention(s, db, text, &plan)
	if err != nil {
		return err
	}
	if !c.DryRun {
		if err := use.Adopt(s.ctx, s.asOperator(), plan); err != nil {
			return err
		}
	}
	if s.json {
		return printJSON(s.out, toPlanJSON(plan, c.DryRun))
	}
	if found {
		if _, err := fmt.Fprint(s.out, view.PlanEffectText(s.printer(), asked)); err != nil {
			return err
		}
	}
	return c.print(s, plan)
}

// attention adds the attention plan of the file to what is taken over; true
// where it changes something.
func (c *configImportCmd) attention(s *session, db *sqlstore.DB, text []byte, plan *commands.Plan) (view.PlanEffect, bool, error) {
	wanted, people, found, err := parsePlan(text)
	if err != nil || !found {
		return view.PlanEffect{}, false, err
	}
	change, effect, err := (commands.AttentionPlan{Use: attentionOf(db)}).Take(s.ctx, s.asOperator(), wanted, people)
	if err != nil || change == nil {
		return effect, false, err
	}
	plan.Changes = append(plan.Changes, *change)
	return effect, true, nil
}

func readConfig(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, analysis.Fail(analysis.NotFound, "setting.file_absent", analysis.Args{"path": path})
	case err == nil && (info.IsDir() || info.Size() > largestConfig):
		return nil, analysis.Fail(analysis.Invalid, "setting.file_large", analysis.Args{"path": path})
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, analysis.Fail(analysis.Invalid, "setting.file_unreadable", analysis.Args{"path": path})
	}
	return text, nil
}

// print says what the file does.
func (c *configImportCmd) print(s *session, plan commands.Plan) error {
	p := s.printer()
	if len(plan.Changes) == 0 {
		_, err := fmt.Fprintln(s.out, p.T("setting.import_same", nil))
		return err
	}
	var keys []string
	back := map[string]bool{}
	for _, change := range plan.Changes {
		keys, back[change.Key] = append(keys, change.Key), change.Default
	}
	last := "setting.imported"
	if c.DryRun {
		last = "setting.import_dry"
	}
	_, err := fmt.Fprint(s.out, view.PlanText(p, keys, back, plan.Unused, plan.Effect), p.T(last, nil), "\n")
	return err
}

// The types below are what config import prints with --json.
type (
	settingChangeJSON struct {
		Key     string `json:"key"`
		Version int    `json:"version"`
		Default bool   `json:"default"`
	}
	segmentFlowJSON struct {
		From   *analysis.Segment `json:"from"`
		To     *analysis.Segment `json:"to"`
		Groups int               `json:"groups"`
	}
	typeFlowJSON struct {
		From   *analysis.ClientType `json:"from"`
		To     *analysis.ClientType `json:"to"`
		Groups int                  `json:"groups"`
	}
	highJSON struct {
		Before int `json:"before"`
		After  int `json:"after"`
	}
	effectJSON struct {
		AsOf     analysis.Day      `json:"as_of"`
		Groups   *int              `json:"groups"` // with a score; null: scores were not counted
		Rescored *int              `json:"rescored"`
		Flows    []segmentFlowJSON `json:"flows"`
		High     *highJSON         `json:"high_potential"` // null: not counted
		Types    []typeFlowJSON    `json:"types"`
	}
	planJSON struct {
		DryRun  bool                `json:"dry_run"`
		Changes []settingChangeJSON `json:"changes"`
		Unused  []string            `json:"unused_kinds"` // with criteria, without clients
		Effect  effectJSON          `json:"effect"`
	}
)

func toPlanJSON(plan commands.Plan, dry bool) planJSON {
	e := plan.Effect
	j := planJSON{DryRun: dry, Unused: append([]string{}, plan.Unused...), Changes: []settingChangeJSON{}, Effect: effectJSON{AsOf: e.AsOf, Flows: []segmentFlowJSON{}, Types: []typeFlowJSON{}}}
	for _, change := range plan.Changes {
		j.Changes = append(j.Changes, settingChangeJSON{change.Key, change.Version, change.Default})
	}
	if e.High != nil {
		j.Effect.High = &highJSON{e.High.Before, e.High.After}
	}
	if e.Scored {
		j.Effect.Groups, j.Effect.Rescored = &e.Groups, &e.Rescored
	}
	for _, f := range e.Flows {
		j.Effect.Flows = append(j.Effect.Flows, segmentFlowJSON{orNull(f.From), orNull(f.To), f.Groups})
	}
	for _, f := range e.Types {
		j.Effect.Types = append(j.Effect.Types, typeFlowJSON{orNull(f.From), orNull(f.To), f.Groups})
	}
	return j
}

// orNull is v, and nil for none.
func orNull[T ~string](v T) *T {
	if v == "" {
		return nil
	}
	return &v
}

// typesOf are the client types that a file names.
func typesOf() []string {
	var all []string
	for _, row := range value.DefaultStrategies() {
		all = append(all, string(row.Type))
	}
	return all
}
