package commands

import (
	"context"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Note answers *Vul aan*: the form for what there is to say about a moment.
func (h Handling) Note(ctx context.Context, req Request) (Reply, error) {
	s, err := h.find(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	if !s.answered {
		return Reply{}, analysis.Fail(analysis.Invalid, "attention.not_done", nil)
	}
	return Show(view.NoteForm(locale.New(req.Lang, req.Zone), s.in.Name, req.Value, s.answer)), nil
}

// ValidateNote refuses a moment that is still to come, and a kind that is none.
func (h Handling) ValidateNote(_ context.Context, req Request) (map[string]string, error) {
	p, wrong := locale.New(req.Lang, req.Zone), map[string]string{}
	day, err := analysis.ParseDay(req.Fields[view.FieldDay])
	switch {
	case err != nil:
		wrong[view.FieldDay] = p.T("attention.note_day", nil)
	case day > req.today():
		wrong[view.FieldDay] = p.T("attention.note_future", nil)
	}
	if !slices.Contains(analysis.TouchKinds(), analysis.TouchKind(req.Fields[view.FieldKind])) {
		wrong[view.FieldKind] = p.T("attention.note_kind", nil)
	}
	return wrong, nil
}

// Noted answers that form: the moment gets a new version.
func (h Handling) Noted(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := h.ValidateNote(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	s, err := h.find(ctx, req, req.Private)
	if err != nil {
		return Reply{}, err
	}
	if !s.answered {
		return Reply{}, analysis.Fail(analysis.Invalid, "attention.not_done", nil)
	}
	t := s.answer
	if t.Day, err = analysis.ParseDay(req.Fields[view.FieldDay]); err != nil {
		return Reply{}, err
	}
	t.Kind, t.Note = analysis.TouchKind(req.Fields[view.FieldKind]), strings.TrimSpace(req.Fields[view.FieldNote])
	t.Author, t.At = req.Actor.User, req.At
	err = h.settle(ctx, req, s, "attention.note", func(tx storage.Tx) error { return tx.ReviseTouch(ctx, t) })
	if err != nil {
		return Reply{}, err
	}
	return h.again(ctx, req, s.place)
}
