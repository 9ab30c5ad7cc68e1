package commands

import (
	"context"
	"encoding/json"
	"fmt"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// visibilityKey is the setting that says whose amounts and notes colleagues see.
const visibilityKey = "access/visibility"

// visibility reads the office's choice, and the setting it is kept in; Version 0 is an
// office that never chose. What this program does not know is the most closed.
func visibility(ctx context.Context, settings storage.Settings) (analysis.Visibility, storage.Setting, error) {
	none := storage.Setting{Key: visibilityKey}
	if settings == nil {
		return analysis.SeesAll, none, nil
	}
	s, err := settings.Setting(ctx, visibilityKey)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return analysis.SeesAll, none, nil
	}
	if err != nil {
		return analysis.SeesSegments, s, fmt.Errorf("read who sees amounts: %w", err)
	}
	if len(s.Value) == 0 {
		return analysis.SeesAll, s, nil
	}
	var chosen analysis.Visibility
	if err := json.Unmarshal(s.Value, &chosen); err != nil {
		return analysis.SeesSegments, s, fmt.Errorf("read who sees amounts: %w", err)
	}
	for _, known := range analysis.Visibilities() {
		if chosen == known {
			return chosen, s, nil
		}
	}
	return analysis.SeesSegments, s, nil
}

// about is req as its asker may read of group: with amounts only where they may see
// those.
func (r Request) about(group analysis.Group) Request {
	return r.asMay(subject(group))
}

func (r Request) asMay(of analysis.Subject) Request {
	if r.Lang = r.Lang.Plain(); !analysis.Allow(r.Actor, analysis.ViewAmounts, of) {
		r.Lang = r.Lang.Discreet()
	}
	return r
}

// discreetly is letter as the office's choice has it read: in a channel, and in what
// the bot sends of its own accord, without the amounts that not everybody who gets it
// may see.
func discreetly(letter Letter, settings storage.Settings) Letter {
	return func(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
		sees, _, err := visibility(ctx, settings)
		if err != nil {
			return view.Message{}, err
		}
		if e.User == "" && sees != analysis.SeesAll || e.Author == "" && sees == analysis.SeesSegments {
			e.Lang = string(locale.Lang(e.Lang).Discreet())
		}
		return letter(ctx, e)
	}
}
