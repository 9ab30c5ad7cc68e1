package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// Workspace knows the people of the Slack workspace.
type Workspace interface {
	// Colleague returns the e-mail of user, which may be empty, and false for
	// whoever is no full member: guests, people from outside, bots, who left. An
	// error means that it is not known.
	Colleague(ctx context.Context, user analysis.UserID) (email string, ok bool, err error)
}

// Staff says which manager a Slack user is.
type Staff struct {
	Workspace Workspace // nil: nobody is known but the asker
	Managers  storage.Managers
}

// Of returns the manager that user is, 0 where they hold no relationships. It
// reports false for who is no colleague (any more).
func (s Staff) Of(ctx context.Context, actor analysis.Actor, user analysis.UserID) (analysis.ManagerID, bool, error) {
	if user == actor.User {
		return actor.Manager, true, nil
	}
	if s.Workspace == nil {
		return 0, false, nil
	}
	email, ok, err := s.Workspace.Colleague(ctx, user)
	if err != nil || !ok {
		return 0, false, err
	}
	manager, err := Roles{Managers: s.Managers}.managerOf(ctx, email)
	if err != nil {
		return 0, false, fmt.Errorf("find who %s is: %w", user, err)
	}
	return manager, true, nil
}
