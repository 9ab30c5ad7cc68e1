package main

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/storage/sqlstore"
)

// slackUser matches an id of Slack for a person.
var slackUser = regexp.MustCompile(`^[UW][A-Z0-9]+$`)

// colleague is the Slack user that somebody names: a manager by e-mail, or anybody by
// Slack's own id, which stands in their profile.
func colleague(ctx context.Context, db *sqlstore.DB, named string) (analysis.UserID, error) {
	if slackUser.MatchString(named) {
		return analysis.UserID(named), nil
	}
	managers, err := db.AllManagers(ctx)
	if err != nil {
		return "", fmt.Errorf("read managers: %w", err)
	}
	for _, m := range managers {
		if m.User != "" && strings.EqualFold(m.Email, strings.TrimSpace(named)) {
			return m.User, nil
		}
	}
	return "", analysis.Fail(analysis.NotFound, "forget.no_colleague", analysis.Args{"typed": named})
}

// runColleague forgets what a colleague contributed. On a terminal it first says what
// that does and asks for the name once more.
func (c *forgetCmd) runColleague(s *session, db *sqlstore.DB) error {
	user, err := colleague(s.ctx, db, c.User)
	if err != nil {
		return err
	}
	use := dossierOf(db)
	if c.DryRun || c.asks(s) {
		removed, err := use.ForgetColleague(s.ctx, s.asOperator(), user, true)
		if err != nil {
			return err
		}
		if err := c.reportColleague(s, removed, true); err != nil || c.DryRun {
			return err
		}
		if err := c.confirmed(s, c.User); err != nil {
			return err
		}
	}
	removed, err := use.ForgetColleague(s.ctx, s.asOperator(), user, false)
	if err != nil {
		return err
	}
	if _, _, err := db.SealAudit(s.ctx, s.at, 1); err != nil {
		return err
	}
	return c.reportColleague(s, removed, false)
}

func (c *forgetCmd) reportColleague(s *session, removed map[string]int, dry bool) error {
	p := s.printer()
	var kept []keptItem
	for _, what := range []string{"records", "trail", "list"} {
		kept = append(kept, keptItem{p.T("forget.user_"+what, nil), p.T("forget.user_"+what+"_why", nil), p.T("forget.until_database", nil)})
	}
	if s.json {
		return printJSON(s.out, map[string]any{"user": c.User, "dry_run": dry, "removed": removed, "kept": kept})
	}
	heading := "forget.user_heading"
	if dry {
		heading = "forget.user_heading_dry"
	}
	fmt.Fprintln(s.out, p.T(heading, analysis.Args{"user": c.User})+"\n\n"+p.T("forget.goes", nil))
	for _, table := range slices.Sorted(maps.Keys(removed)) {
		fmt.Fprintln(s.out, "  "+p.T("forget.line", analysis.Args{"n": removed[table], "what": p.T("forget.user_"+table, nil)}))
	}
	fmt.Fprintln(s.out, "\n"+p.T("forget.stays", nil))
	for _, k := range kept {
		fmt.Fprintln(s.out, "  "+p.T("forget.kept_line", analysis.Args{"what": k.What, "why": k.Why, "until": k.Until}))
	}
	return nil
}
