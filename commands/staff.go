package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// Staff says which manager a Slack user is.
type Staff struct {
	Colleagues Colleagues // nil: nobody is known but the asker
	Managers   storage.Managers
}

// Of returns the manager that user is, 0 where they hold no relationships. It
// reports false for who is no colleague (any more).
func (s Staff) Of(ctx context.Context, actor analysis.Actor, user analysis.UserID) (analysis.ManagerID, bool, error) {
	if user == actor.User {
		return actor.Manager, true, nil
	}
	if s.Colleagues == nil || user == "" {
		return 0, false, nil
	}
	who, err := s.Colleagues.Colleague(ctx, user)
	if err != nil || !who.Full {
		return 0, false, err
	}
	manager, err := Roles{Managers: s.Managers}.managerOf(ctx, who.Email)
	if err != nil {
		return 0, false, fmt.Errorf("find who %s is: %w", user, err)
	}
	return manager, true, nil
}
