package main

import (
	"context"
	"errors"

	"klantbot/analysis"
	"klantbot/bot"
)

// staff lets use-cases ask who a Slack user is.
type staff struct {
	people bot.People
	team   analysis.TeamID
}

// Colleague fulfils commands.Workspace. Whom Slack does not know is none.
func (s staff) Colleague(ctx context.Context, user analysis.UserID) (string, bool, error) {
	person, err := s.people.Person(ctx, user)
	var unknown *bot.Refusal
	if errors.As(err, &unknown) {
		return "", false, nil
	}
	return person.Email, err == nil && person.Colleague(s.team), err
}
