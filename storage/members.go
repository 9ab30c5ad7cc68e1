package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Member is a Slack user with roles that somebody gave by hand. Who is not here
// has what follows from their e-mail.
type Member struct {
	User  analysis.UserID
	Roles analysis.RoleSet
	SetBy analysis.UserID // empty: the operator
	SetAt time.Time
}

// Members keeps the roles that were given by hand.
type Members interface {
	// Member returns the member, or an analysis.NotFound error.
	Member(ctx context.Context, user analysis.UserID) (Member, error)
	// SetRoles gives user these roles, replacing the earlier ones.
	SetRoles(ctx context.Context, m Member) error
	// Appointed returns everybody who has roles by hand, by user.
	Appointed(ctx context.Context) ([]Member, error)
	// Administrators returns the users who are beheerder, whatever else they are.
	Administrators(ctx context.Context) ([]analysis.UserID, error)
}

// MemberTx changes them along with what says who did so.
type MemberTx interface {
	// Appoint is SetRoles; without roles it takes them back, so that what follows
	// from their e-mail counts. The last administrator stays one: analysis.Invalid.
	Appoint(ctx context.Context, m Member) error
}

// Office is the one office this database belongs to.
type Office interface {
	// BindTeam records the Slack workspace on first use and afterwards refuses
	// any other one, and none, with an analysis.Invalid error: two offices must
	// never share a database.
	BindTeam(ctx context.Context, team analysis.TeamID) error
}
