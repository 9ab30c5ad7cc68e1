package storage

import (
	"context"
	"sync"
	"time"

	"klantbot/analysis"
)

// Restriction says that only named people may see a relatiegroep: for everybody
// else it is not there.
type Restriction struct {
	Group   analysis.GroupID
	Number  string // of the group
	Version int    // 1 for the first; raised by every change
	People  []analysis.UserID
	By      analysis.UserID
	At      time.Time
}

// Restrictions reads them, whoever asks.
type Restrictions interface {
	// Restrictions returns those that stand, by number of the group.
	Restrictions(ctx context.Context) ([]Restriction, error)
	// Restriction returns the newest of a group, with Version 0 where it never had
	// one, and no People where it was lifted. A group that is not there is
	// analysis.NotFound.
	Restriction(ctx context.Context, group analysis.GroupID) (Restriction, error)
}

// RestrictionTx changes them.
type RestrictionTx interface {
	// Restrict records r as the version after r.Version; without People it lifts the
	// restriction. Where the present version is another one, somebody else decided
	// meanwhile: analysis.Invalid.
	Restrict(ctx context.Context, r Restriction) error
}

// sight is whose eyes a context reads with.
type sight struct {
	user analysis.UserID

	mu     sync.Mutex
	known  bool
	hidden map[analysis.GroupID]bool
}

type sightKey struct{}

// Seeing returns ctx for what user is shown: with it the store leaves out, as if
// they were not there, the relatiegroepen that only others may see. Nobody, "", sees
// what everybody may: that is what a channel is told.
func Seeing(ctx context.Context, user analysis.UserID) context.Context {
	if s, ok := ctx.Value(sightKey{}).(*sight); ok && s != nil && s.user == user {
		return ctx
	}
	return context.WithValue(ctx, sightKey{}, &sight{user: user})
}

// Everything returns ctx for the program's own work and the operator's: what is
// worked out of the whole office, and shown to nobody as it is.
func Everything(ctx context.Context) context.Context {
	return context.WithValue(ctx, sightKey{}, (*sight)(nil))
}

// Hidden returns the relatiegroepen that ctx does not show; none where it shows
// everything. read finds them once for a context; it gets whose eyes they are.
func Hidden(ctx context.Context, read func(user analysis.UserID) (map[analysis.GroupID]bool, error)) (map[analysis.GroupID]bool, error) {
	s, _ := ctx.Value(sightKey{}).(*sight)
	if s == nil {
		return nil, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known {
		hidden, err := read(s.user)
		if err != nil {
			return nil, err
		}
		s.hidden, s.known = hidden, true
	}
	return s.hidden, nil
}
