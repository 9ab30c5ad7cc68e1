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
	Settings storage.Settings // nil: everybody sees what their role may
}

// Actor returns who user is. By their e-mail they are partner or relatiemanager
// where the office's files say so, else medewerker. Beheerder, which somebody
// gives by hand, comes on top of that; other roles given by hand take its place.
// bot has already established that they are a full member.
func (r Roles) Actor(ctx context.Context, user analysis.UserID, email string) (analysis.Actor, error) {
	actor := analysis.Actor{User: user, Roles: analysis.RolesOf(analysis.Employee)}
	var err error
	if actor.Sees, _, err = visibility(ctx, r.Settings); err != nil {
		return analysis.Actor{}, err
	}
	manager, err := r.managerOf(ctx, email)
	if err != nil {
		return analysis.Actor{}, err
	}
	if manager != 0 {
		actor.Manager, actor.Roles = manager, analysis.RolesOf(analysis.ManagerRole)
		answers, err := r.Managers.AnswersForClients(ctx, manager)
		if err != nil {
			return analysis.Actor{}, fmt.Errorf("ask what manager %d answers for: %w", manager, err)
		}
		if answers {
			actor.Roles = analysis.RolesOf(analysis.PartnerRole)
		}
	}
	member, err := r.Members.Member(ctx, user)
	switch {
	case err == nil:
		if member.Roles.Without(analysis.Administrator) != 0 {
			actor.Roles = member.Roles
		} else {
			actor.Roles |= member.Roles
		}
	case analysis.KindOf(err) != analysis.NotFound:
		return analysis.Actor{}, fmt.Errorf("read the roles of %s: %w", user, err)
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
