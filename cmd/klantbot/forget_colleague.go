package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
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

// runColleague forgets what a colleague contributed.
func (c *forgetCmd) runColleague(s *session, db *sqlstore.DB) error {
	user, err := colleague(s.ctx, db, c.User)
	if err != nil {
		return err
	}
	use := dossierOf(db)
	return c.carry(s, c.User, func(dry bool) (forgot, error) {
		removed, err := use.ForgetColleague(s.ctx, s.asOperator(), user, dry)
		return c.colleague(s.printer(), removed), err
	}, func() error {
		_, _, err := db.SealAudit(s.ctx, s.at, 1)
		return err
	})
}

// colleague is what forgetting a colleague did.
func (c *forgetCmd) colleague(p *locale.Printer, removed map[string]int) forgot {
	f := forgot{whom: map[string]any{"user": c.User}, heading: "forget.user_heading", args: analysis.Args{"user": c.User}, removed: removed,
		table: func(name string) string { return "forget.user_" + name }}
	for _, what := range []string{"records", "trail", "list"} {
		f.kept = append(f.kept, keptItem{p.T("forget.user_"+what, nil), p.T("forget.user_"+what+"_why", nil), p.T("forget.until_database", nil)})
	}
	return f
}
