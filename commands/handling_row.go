package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/view"
)

// Row is row as one reader sees it who was asked it on asked; place is where it
// stands.
func (h Handling) Row(ctx context.Context, reader analysis.ManagerID, row AttentionRow, asked analysis.Day, place string) (view.AttentionItem, error) {
	a := askedFor{place, row.Item.Group, row.Activity, row.Period.From}
	i := view.AttentionItem{Item: row.Item, Name: row.Group.Name, Holder: row.Holder, HandedBy: row.HandedBy, Value: a.String()}
	if row.Group.First != 0 {
		i.Client = fmt.Sprint(row.Group.First)
	}
	if row.Group.Partner == reader && row.Group.Manager != reader && row.Holder == "" && row.HandedBy == "" {
		i.Manager = row.Group.ManagerName // who calls the client a partner visits
	}
	contacts, err := h.Clients.Contacts(ctx, row.Item.Group)
	if err != nil {
		return i, fmt.Errorf("read the contacts of group %d: %w", row.Item.Group, err)
	}
	if people := ownFirst(contacts, row.Group.First); len(people) > 0 {
		i.Person = people[max(0, slices.IndexFunc(people, concerned(row)))].Name
	}
	return i, h.became(ctx, reader, row, asked, a, &i)
}

// concerned reports who what is asked is about: who gave the low rating.
func concerned(row AttentionRow) func(analysis.Contact) bool {
	return func(c analysis.Contact) bool { return len(row.Signals) > 0 && c.ID == row.Signals[0].Contact }
}

// became fills in what became of a row since asked.
func (h Handling) became(ctx context.Context, reader analysis.ManagerID, row AttentionRow, asked analysis.Day, a askedFor, i *view.AttentionItem) (err error) {
	s := stateOf{askedFor: a}
	if err := h.decided(ctx, &s); err != nil {
		return err
	}
	switch m := s.mark; {
	case s.answered:
		i.State, i.Day = view.AttentionDone, s.answer.Day
		if s.answer.Manager == reader && reader != 0 && lookedBackOn(s.answer.Kind) {
			i.Talked = s.answer.Day.String()
		}
		i.Who, err = h.nameOf(ctx, s.answer.Manager)
		return err
	case m.State == attention.Snoozed && m.Until > asked:
		i.State, i.Day = view.AttentionLater, m.Until
		return nil
	case m.State == attention.NotNeeded:
		i.State = view.AttentionNotNeeded
		return nil
	case m.State == attention.HandedOver && m.To != reader:
		i.State = view.AttentionHanded
		i.Who, err = h.nameOf(ctx, m.To)
		return err
	}
	return h.otherwise(ctx, reader, row, asked, s, i)
}

// otherwise finds a moment that fulfils the row although it was not logged for
// it, an import's for instance, and a group that went to somebody else.
func (h Handling) otherwise(ctx context.Context, reader analysis.ManagerID, row AttentionRow, asked analysis.Day, s stateOf, i *view.AttentionItem) error {
	const newest = 10
	touches, _, err := h.Week.Touches.Touches(ctx, row.Item.Group, 0, newest)
	if err != nil {
		return fmt.Errorf("read the moments of group %d: %w", row.Item.Group, err)
	}
	for _, t := range touches {
		if t.Day >= asked && t.Kind.Fulfils(row.Touch) {
			i.State, i.Day, i.Fixed = view.AttentionDone, t.Day, true
			i.Who, err = h.nameOf(ctx, t.Manager)
			return err
		}
	}
	held := row.Item.Holder
	if held == 0 {
		held = reader
	}
	if s.mark.State != attention.HandedOver && row.HandedBy == "" && held != 0 && row.Group.ID != 0 && held != row.Group.Manager && held != row.Group.Partner {
		i.State = view.AttentionMoved
		i.Who, err = h.nameOf(ctx, row.Group.Manager)
		return err
	}
	return nil
}
