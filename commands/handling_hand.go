package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// handedLetter is the kind of ledger entry that tells somebody what was handed
// over to them.
const handedLetter = "attention.handed"

// handedKey is the ledger key of that letter: version is the decision's.
func handedKey(a askedFor, version int) string {
	return fmt.Sprintf("handover/%d/%s/%d", a.group, a.key(), version)
}

// Hand answers *Overdragen*: the form that asks to whom.
func (h Handling) Hand(ctx context.Context, req Request) (Reply, error) {
	s, err := h.find(ctx, req, req.Value)
	if err != nil {
		return Reply{}, err
	}
	if err := h.answerable(ctx, req, s); err != nil {
		return Reply{}, err
	}
	return Show(view.HandForm(locale.New(req.Lang, req.Zone), s.in.Name, req.Value)), nil
}

// ValidateHand checks whom the form names.
func (h Handling) ValidateHand(ctx context.Context, req Request) (map[string]string, error) {
	_, _, err := h.heir(ctx, req)
	if analysis.KindOf(err) != analysis.Invalid || err == nil {
		return nil, err
	}
	return map[string]string{view.FieldColleague: sentence(locale.New(req.Lang, req.Zone), err)}, nil
}

// HandOver answers that form: the colleague gets it, and is told by the ledger.
func (h Handling) HandOver(ctx context.Context, req Request) (Reply, error) {
	who, heir, err := h.heir(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	s, err := h.find(ctx, req, req.Private)
	if err != nil {
		return Reply{}, err
	}
	if err := h.answerable(ctx, req, s); err != nil {
		return Reply{}, err
	}
	letter := storage.LedgerEntry{Key: handedKey(s.askedFor, s.mark.Version+1), Kind: handedLetter, User: who.User, Lang: string(who.Lang),
		Group: s.group, Subject: strconv.FormatInt(int64(heir.ID), 10) + ";" + s.key(), Author: req.Actor.User, At: req.At, Due: h.Now()}
	m := storage.AttentionMark{Mark: attention.Mark{State: attention.HandedOver, Until: analysis.NoDay, To: heir.ID}}
	return h.mark(ctx, req, s, "attention.hand", m, func(tx storage.Tx) error {
		_, err := tx.Enqueue(ctx, letter)
		return err
	})
}

// heir is whom the form names, or why they can not get it.
func (h Handling) heir(ctx context.Context, req Request) (Colleague, analysis.Manager, error) {
	user := analysis.UserID(req.Fields[view.FieldColleague])
	refused := func(key string) (Colleague, analysis.Manager, error) {
		return Colleague{}, analysis.Manager{}, analysis.Fail(analysis.Invalid, key, nil)
	}
	switch {
	case user == "" || h.Colleagues == nil:
		return refused("attention.hand_nobody")
	case user == req.Actor.User:
		return refused("attention.hand_self")
	}
	who, err := h.Colleagues.Colleague(ctx, user)
	if err != nil || !who.Full {
		return refused("attention.hand_outside")
	}
	m, err := h.Week.Managers.ManagerByEmail(ctx, who.Email)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return refused("attention.hand_no_manager")
	}
	if err != nil {
		return who, m, fmt.Errorf("find the colleague's portfolio: %w", err)
	}
	stand, err := h.Week.standIns(ctx, req.today())
	if err != nil {
		return who, m, err
	}
	if stand != nil && stand(m.ID) != m.ID {
		return refused("attention.hand_away")
	}
	return who, m, nil
}

// sentence words an error that a person reads.
func sentence(p *locale.Printer, err error) string {
	if known, ok := err.(*analysis.Error); ok {
		return p.Error(known)
	}
	return ""
}

// Handed renders the letter to who got it.
func (h Handling) Handed(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	number, key, _ := strings.Cut(e.Subject, ";")
	id, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		return view.Message{}, analysis.Fail(analysis.NotFound, "attention.gone", nil)
	}
	a, err := readAsked(fmt.Sprintf("t/;%d;%s", e.Group, key))
	if err != nil {
		return view.Message{}, err
	}
	reader, day := analysis.ManagerID(id), Request{At: e.At}.today()
	row, err := h.alone(ctx, reader, a, day)
	if err != nil {
		return view.Message{}, err
	}
	shown, err := h.Row(ctx, reader, row, day, a.place)
	if err != nil {
		return view.Message{}, err
	}
	s := stateOf{askedFor: a}
	if err := h.decided(ctx, &s); err != nil {
		return view.Message{}, err
	}
	if shown.State == view.AttentionOpen && (s.mark.State != attention.HandedOver || s.mark.To != reader) {
		shown.State = view.AttentionGone // it was taken back
	}
	return view.Handed(locale.New(locale.Lang(e.Lang), nil), shown, e.Author), nil
}

// alone is one thing that is asked, with its group, as of day. What is answered
// or decided comes without its reasons.
func (h Handling) alone(ctx context.Context, reader analysis.ManagerID, a askedFor, day analysis.Day) (AttentionRow, error) {
	row := AttentionRow{Item: attention.Item{Group: a.group, Activity: a.activity, Period: attention.Period{From: a.from, To: a.from}, Silence: -1}}
	listed, err := h.Week.Roster.GroupsOf(ctx, []analysis.GroupID{a.group})
	if err != nil {
		return row, fmt.Errorf("read group %d: %w", a.group, err)
	}
	if len(listed) == 0 {
		return row, analysis.Fail(analysis.NotFound, "attention.gone", nil)
	}
	row.Group = listed[0]
	week := AttentionWeek{AsOf: day}
	version, err := h.Week.chosen(ctx, &week)
	if err != nil {
		return row, err
	}
	group, err := h.Week.Groups.AttentionGroup(ctx, version, day, a.group)
	if err != nil {
		return row, fmt.Errorf("read what group %d gets: %w", a.group, err)
	}
	signals, err := h.Week.Signals.Of(ctx, day, a.group)
	if err != nil {
		return row, err
	}
	people, err := week.Plan.PlanWeek(attention.Request{Week: attention.WeekOf(day), Day: day}, each([]attention.Group{group}, signals))
	if err != nil {
		return row, fmt.Errorf("plan for group %d: %w", a.group, err)
	}
	for _, p := range people {
		for _, i := range p.Items {
			if i.Key() == a.key() {
				row.Item = i
			}
		}
	}
	names := colleagues{managers: h.Week.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	rows, err := names.rows(ctx, []attention.Item{row.Item}, map[analysis.GroupID]storage.Listed{a.group: row.Group})
	if err != nil {
		return row, err
	}
	return rows[0], nil
}
