package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	discussion "klantbot/analysis/session"
	"klantbot/bot/schedule"
	"klantbot/commands"
	"klantbot/storage"
)

type retentionCmd struct {
	Keep   []string `arg:"--keep,separate" placeholder:"KIND=MONTHS" help:"Keep this kind so many months; 0: as long as the client. Kinds: notities, antwoorden, uitspraken, opmerkingen, gesprekken."`
	DryRun bool     `arg:"--dry-run" help:"Say what would go tonight, and save nothing."`
}

// fixedRetention is what is kept for a time that nobody chooses, in days.
func fixedRetention() map[string]int {
	days := func(d time.Duration) int { return int(d / (24 * time.Hour)) }
	return map[string]int{"berichten": days(schedule.Kept), "reflecties": discussion.KeptDays, "modelantwoorden": days(commands.ModelAnswersKept)}
}

// Run shows how long things are kept and what goes tonight, and saves what --keep
// says.
func (c *retentionCmd) Run(s *session) error {
	change, err := c.change()
	if err != nil {
		return err
	}
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	use := commands.Retention{Kept: db, Settings: db, Store: db}
	kept, err := use.Show(s.ctx, s.asOperator(), change)
	if err != nil {
		return err
	}
	if len(change) > 0 && !c.DryRun {
		if err := use.Choose(s.ctx, s.asOperator(), change); err != nil {
			return err
		}
	}
	if s.json {
		kinds := []map[string]any{}
		for _, k := range kept {
			one := map[string]any{"kind": k.Kind, "months": k.Months, "before": nil, "older": k.Older}
			if k.Before.Known() {
				one["before"] = k.Before
			}
			kinds = append(kinds, one)
		}
		return printJSON(s.out, map[string]any{"dry_run": c.DryRun, "kinds": kinds, "fixed_days": fixedRetention()})
	}
	p := s.printer()
	for _, k := range kept {
		key := "retention.line"
		if k.Months == 0 {
			key = "retention.line_kept"
		}
		fmt.Fprintln(s.out, p.T(key, analysis.Args{"kind": p.T("retention.kind_"+string(k.Kind), nil), "months": k.Months, "day": k.Before, "n": k.Older}))
	}
	fixed := fixedRetention()
	for _, kind := range slices.Sorted(maps.Keys(fixed)) {
		fmt.Fprintln(s.out, p.T("retention.line_fixed", analysis.Args{"kind": p.T("retention.kind_"+kind, nil), "days": fixed[kind]}))
	}
	return nil
}

func (c *retentionCmd) change() (map[storage.Retained]int, error) {
	change := map[storage.Retained]int{}
	for _, one := range c.Keep {
		kind, number, _ := strings.Cut(one, "=")
		months, err := strconv.Atoi(number)
		if err != nil || !slices.Contains(storage.RetainedKinds(), storage.Retained(kind)) {
			return nil, analysis.Fail(analysis.Invalid, "retention.kind", analysis.Args{"kind": one})
		}
		change[storage.Retained(kind)] = months
	}
	return change, nil
}
