package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// ForgetColleague fulfils storage.Dossiers: like Forget it tries by doing.
func (db *DB) ForgetColleague(ctx context.Context, user analysis.UserID, line storage.AuditLine, dry bool) (map[string]int, error) {
	if user == "" {
		return nil, analysis.Fail(analysis.Invalid, "forget.nobody", nil)
	}
	var removed map[string]int
	err := db.erase(ctx, dry, func(e executor) (err error) {
		removed, err = e.forgetColleague(ctx, user, line)
		return err
	})
	return removed, doing("forget a colleague", err)
}

func (e executor) forgetColleague(ctx context.Context, user analysis.UserID, line storage.AuditLine) (map[string]int, error) {
	if err := (tx{e}).Audit(ctx, line); err != nil {
		return nil, err
	}
	removed := map[string]int{}
	for table, statement := range map[string]string{
		"reflection":    `DELETE FROM reflection WHERE user_id = ?1`,
		"question":      `DELETE FROM question WHERE user_id = ?1`,
		"digest_choice": `DELETE FROM digest_choice WHERE user_id = ?1`,
	} {
		n, err := e.exec(ctx, statement, user)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", table, err)
		}
		if n > 0 {
			removed[table] = int(n)
		}
	}
	_, n, err := (tx{e}).eraseSessions(ctx, session.Erasure{User: user})
	if n > 0 {
		removed["session_event"] = n
	}
	return removed, err
}
