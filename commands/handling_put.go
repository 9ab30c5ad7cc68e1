package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// farthestSnooze is how long something can be put off, in days.
const farthestSnooze = 366

// Later answers the list *Later*: n weeks from now, or the form that asks for a
// day.
func (h Handling) Later(ctx context.Context, req Request) (Reply, error) {
	chosen, value, _ := strings.Cut(req.Value, ";")
	weeks, err := strconv.Atoi(chosen)
	if err != nil || weeks != 0 && !slices.Contains(view.SnoozeWeeks, weeks) {
		return Reply{}, analysis.Fail(analysis.NotFound, "attention.gone", nil)
	}
	s, err := h.find(ctx, req, value)
	if err != nil {
		return Reply{}, err
	}
	if err := h.answerable(ctx, req, s); err != nil {
		return Reply{}, err
	}
	if weeks == 0 {
		return Show(view.SnoozeForm(locale.New(req.Lang, req.Zone), s.in.Name, value, req.today()+7)), nil
	}
	return h.mark(ctx, req, s, "attention.later", storage.AttentionMark{Mark: attention.Mark{State: attention.Snoozed,
		Until: attention.WeekOf(req.today()).Monday() + analysis.Day(7*weeks)}})
}

// ValidateSnooze checks the day of that form without reading anything.
func (h Handling) ValidateSnooze(_ context.Context, req Request) (map[string]string, error) {
	day, err := analysis.ParseDay(req.Fields[view.FieldDay])
	if err == nil && day > req.today() && day <= req.today()+farthestSnooze {
		return nil, nil
	}
	said := locale.New(req.Lang, req.Zone).T("attention.snooze_day", nil)
	return map[string]string{view.FieldDay: said}, nil
}

// Snooze answers that form.
func (h Handling) Snooze(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := h.ValidateSnooze(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	s, err := h.find(ctx, req, req.Private)
	if err != nil {
		return Reply{}, err
	}
	if err := h.answerable(ctx, req, s); err != nil {
		return Reply{}, err
	}
	day, err := analysis.ParseDay(req.Fields[view.FieldDay])
	if err != nil {
		return Reply{}, err
	}
	return h.mark(ctx, req, s, "attention.later", storage.AttentionMark{Mark: attention.Mark{State: attention.Snoozed, Until: day}})
}

// Skip answers *Niet nodig*: the form that asks why.
func (h Handling) Skip(ctx context.Context, req Request) (Reply, error) {
	s, err := h.find(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	if err := h.answerable(ctx, req, s); err != nil {
		return Reply{}, err
	}
	return Show(view.SkipForm(locale.New(req.Lang, req.Zone), s.in.Name, req.Value)), nil
}

// ValidateSkip wants a reason, in words where none of the list is chosen.
func (h Handling) ValidateSkip(_ context.Context, req Request) (map[string]string, error) {
	why, words := req.Fields[view.FieldWhy], strings.TrimSpace(req.Fields[view.FieldReason])
	p := locale.New(req.Lang, req.Zone)
	switch {
	case !slices.Contains(view.SkipReasons, why):
		return map[string]string{view.FieldWhy: p.T("attention.why_missing", nil)}, nil
	case why == view.SkipOther && words == "":
		return map[string]string{view.FieldReason: p.T("attention.why_words", nil)}, nil
	}
	return nil, nil
}

// NotNeeded answers that form.
func (h Handling) NotNeeded(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := h.ValidateSkip(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	s, err := h.find(ctx, req, req.Private)
	if err != nil {
		return Reply{}, err
	}
	if err := h.answerable(ctx, req, s); err != nil {
		return Reply{}, err
	}
	reason := strings.TrimSpace(req.Fields[view.FieldReason])
	if reason == "" {
		reason = locale.New(locale.Dutch, nil).T("attention.why."+req.Fields[view.FieldWhy], nil) // the office's own language
	}
	return h.mark(ctx, req, s, "attention.not_needed", storage.AttentionMark{Mark: attention.Mark{State: attention.NotNeeded, Until: analysis.NoDay}, Reason: reason})
}

// mark records a decision about s as the one after the present.
func (h Handling) mark(ctx context.Context, req Request, s stateOf, action string, m storage.AttentionMark, also ...func(storage.Tx) error) (Reply, error) {
	m.Group, m.Version, m.User, m.At = s.group, s.mark.Version, req.Actor.User, req.At
	m.Activity, m.Period, m.By = s.activity, s.from, req.Actor.Manager
	told, err := h.told(ctx, req, s, m)
	if err != nil {
		return Reply{}, err
	}
	err = h.settle(ctx, req, s, action, func(tx storage.Tx) error {
		for _, mark := range append([]storage.AttentionMark{m}, told...) {
			if err := tx.Mark(ctx, mark); err != nil {
				return err
			}
		}
		for _, do := range also {
			if err := do(tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Reply{}, err
	}
	return h.again(ctx, req, s.place)
}
