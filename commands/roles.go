package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/storage"
)

// Roles says what a member of the workspace is in the office.
type Roles struct {
	Members  storage.Members
	Managers storage.Managers
}

// Actor returns who user is: the role somebody gave them by hand, else partner
// or relatiemanager where their e-mail is that of one, else medewerker. bot has
// already established that they are a full member.
func (r Roles) Actor(ctx context.Context, user analysis.UserID, email string) (analysis.Actor, error) {
	actor := analysis.Actor{User: user, Role: analysis.Employee}
	manager, err := r.managerOf(ctx, email)
	if err != nil {
		return analysis.Actor{}, err
	}
	if manager != 0 {
		actor.Manager, actor.Role = manager, analysis.ManagerRole
		answers, err := r.Managers.AnswersForClients(ctx, manager)
		if err != nil {
			return analysis.Actor{}, fmt.Errorf("ask what manager %d answers for: %w", manager, err)
		}
		if answers {
			actor.Role = analysis.PartnerRole
		}
	}
	member, err := r.Members.Member(ctx, user)
	switch {
	case err == nil:
		actor.Role = member.Role
	case analysis.KindOf(err) != analysis.NotFound:
		return analysis.Actor{}, fmt.Errorf("read the role of %s: %w", user, err)
	}
	return actor, nil
}

func (r Roles) managerOf(ctx context.Context, email string) (analysis.ManagerID, error) {
	if email == "" {
		return 0, nil
	}
	m, err := r.Managers.ManagerByEmail(ctx, email)
	if analysis.KindOf(err) == analysis.NotFound && err != nil {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("find the manager by e-mail: %w", err)
	}
	return m.ID, nil
}
