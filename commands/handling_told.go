package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/storage"
)

// handedSignals is how many days the signals of what was handed over are left to
// who got it, before the holder is asked about them.
const handedSignals = 28

// told are the marks on the signals that stood in the row s, which go with m: who
// puts a yearly talk off is not asked next week to call for the same reason. A
// partner's own row has no signals: those are for who holds the group.
func (h Handling) told(ctx context.Context, req Request, s stateOf, m storage.AttentionMark) ([]storage.AttentionMark, error) {
	if s.partners || isSignal(s.activity) {
		return nil, nil
	}
	signals, err := h.Week.Signals.Of(ctx, req.today(), s.group)
	if err != nil || len(signals[s.group]) == 0 {
		return nil, err
	}
	marks, err := h.Week.Groups.Marks(ctx, s.group)
	if err != nil {
		return nil, fmt.Errorf("read what was decided of group %d: %w", s.group, err)
	}
	var all []storage.AttentionMark
	for _, signal := range signals[s.group] {
		too := m
		too.Activity, too.Period, too.Version, too.Reason = signal.Activity(), signal.Day, 0, ""
		if m.State == attention.HandedOver {
			too.State, too.To, too.Until = attention.Snoozed, 0, req.today()+handedSignals
		}
		for _, before := range marks {
			if before.Activity == too.Activity && before.Period == too.Period {
				too.Version = max(too.Version, before.Version)
			}
		}
		if !slices.ContainsFunc(all, func(a storage.AttentionMark) bool { return a.Activity == too.Activity && a.Period == too.Period }) {
			all = append(all, too)
		}
	}
	return all, nil
}

// untold takes the marks back that told made with the present decision of s.
func (h Handling) untold(ctx context.Context, req Request, s stateOf) ([]storage.AttentionMark, error) {
	marks, err := h.Week.Groups.Marks(ctx, s.group)
	if err != nil {
		return nil, fmt.Errorf("read what was decided of group %d: %w", s.group, err)
	}
	var all []storage.AttentionMark
	for _, m := range marks {
		newest := !slices.ContainsFunc(marks, func(other storage.AttentionMark) bool {
			return other.Activity == m.Activity && other.Period == m.Period && other.Version > m.Version
		})
		if newest && m.State != "" && isSignal(m.Activity) && !isSignal(s.activity) && m.At.Equal(s.mark.At) && m.User == s.mark.User {
			all = append(all, storage.AttentionMark{Group: s.group, Version: m.Version, User: req.Actor.User, At: req.At,
				Mark: attention.Mark{Activity: m.Activity, Period: m.Period, Until: analysis.NoDay, By: req.Actor.Manager}})
		}
	}
	return all, nil
}

// isSignal reports whether activity is that of a signal alone.
func isSignal(activity string) bool {
	return strings.HasPrefix(activity, attention.Signal{}.Activity())
}
