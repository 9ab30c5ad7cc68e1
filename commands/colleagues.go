package commands

import (
	"context"
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Colleague is what the workspace knows of somebody.
type Colleague struct {
	User  analysis.UserID
	Email string
	Lang  locale.Lang
	Zone  *time.Location // never nil
	// Full: a member of the office's own workspace, no guest, not deactivated.
	Full bool
}

// Colleagues knows the people of the workspace. What it says may be an hour old.
type Colleagues interface {
	// Colleagues returns everybody, also guests and who left. The caller must not
	// change it.
	Colleagues(ctx context.Context) ([]Colleague, error)
	// Colleague returns one of them. Any error means that it is not known who they
	// are.
	Colleague(ctx context.Context, user analysis.UserID) (Colleague, error)
}

// Accounts are the accounts of full members by e-mail, in lower case; none where
// all is nil.
func Accounts(ctx context.Context, all Colleagues) (map[string]Colleague, error) {
	if all == nil {
		return nil, nil
	}
	people, err := all.Colleagues(ctx)
	if err != nil {
		return nil, fmt.Errorf("list the colleagues: %w", err)
	}
	found := make(map[string]Colleague, len(people))
	for _, p := range people {
		if p.Full && p.Email != "" {
			found[strings.ToLower(p.Email)] = p
		}
	}
	return found, nil
}
