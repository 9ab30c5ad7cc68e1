package commands

import (
	"context"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/view"
	"klantbot/storage"
)

// The portfolio says when each group was spoken to last.
func TestPortfolioSaysLastContact(t *testing.T) {
	o := newSegmentOffice(t)
	ctx, today := context.Background(), analysis.DayOf(at)
	group := o.group("0101")
	for _, days := range []int{40, 9} {
		err := o.db.Write(ctx, func(tx storage.Tx) error {
			_, _, err := tx.AddTouch(ctx, analysis.Touch{Group: group, Kind: analysis.Call, Day: today - analysis.Day(days), NextDay: analysis.NoDay, Source: "card", Author: "U1", At: at})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	last, err := lastDay(ctx, o.db, group)
	if err != nil || last != today-9 {
		t.Fatalf("last contact on %s, %v", last, err)
	}
	if none, err := lastDay(ctx, o.db, o.group("0900")); err != nil || none.Known() {
		t.Errorf("who was never spoken to: %s, %v", none, err)
	}
	if listed := o.list(o.manager, ""); !strings.Contains(listed, "12 nov 2026") {
		t.Errorf("the portfolio does not say it: %.1500s", listed)
	}
}

// What is asked of attention and should have been is a next step, and so is that
// somebody is spoken to less than before.
func TestStepsFollowFromContacts(t *testing.T) {
	asOf := analysis.DayOf(at)
	steps := func(next *view.CardNext, contacts []analysis.Day, recorded analysis.Day) string {
		card := view.Card{AsOf: asOf, Next: next, Segment: &view.CardSegment{Segment: analysis.SegmentA},
			Contacts: []analysis.Contact{{Name: "a"}, {Name: "b"}}, Client: analysis.Client{Status: analysis.Current, Until: analysis.NoDay}}
		(&surveyed{settings: value.DefaultSettings()}).approach(&card, nil, contacts, recorded)
		var keys []string
		for _, s := range card.Approach.Steps {
			keys = append(keys, s.Key)
		}
		return strings.Join(keys, " ")
	}
	var often []analysis.Day // every month, until a year ago
	for month := 13; month <= 37; month++ {
		often = append(often, asOf.AddMonths(-month))
	}
	for name, c := range map[string]struct{ got, want string }{
		"late":    {steps(&view.CardNext{Asked: true, Until: asOf - 12}, nil, analysis.NoDay), "step.late"},
		"in time": {steps(&view.CardNext{Asked: true, Until: asOf + 3}, nil, analysis.NoDay), ""},
		"nothing": {steps(nil, nil, analysis.NoDay), ""},
		"fewer":   {steps(nil, often, often[len(often)-1]), "step.fewer"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", name, c.got, c.want)
		}
	}
}
