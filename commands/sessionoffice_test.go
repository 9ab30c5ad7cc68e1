package commands

import (
	"reflect"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// TestGroupsAbout: what a session is about is the same from the Market in memory as from
// every history, and who may not see a client does not count it either.
func TestGroupsAbout(t *testing.T) {
	c, sessions := factsOffice(t, 90)
	slow := c
	slow.Shelves.Market = nil
	manager := sessions[1].Subject.Manager
	for name, of := range map[string]session.Subject{"segment": {Segment: analysis.SegmentC}, "portfolio": {Manager: manager}} {
		for _, ctx := range []struct {
			who string
			hid analysis.GroupID
		}{{who: "everybody"}, {who: "restricted", hid: 1}} {
			if ctx.hid != 0 {
				all, _, err := c.groupsAbout(t.Context(), of, analysis.DayOf(at))
				if err != nil || len(all) < 2 {
					t.Fatalf("%s: %d groups, %v", name, len(all), err)
				}
				ctx.hid = all[0].group
				err = c.Use.Store.Write(t.Context(), func(tx storage.Tx) error {
					return tx.Restrict(t.Context(), storage.Restriction{Group: ctx.hid, By: "U1", At: at, People: []analysis.UserID{"U1"}})
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			eyes := storage.Seeing(t.Context(), "U2")
			fast, total, err := c.groupsAbout(eyes, of, analysis.DayOf(at))
			if err != nil {
				t.Fatal(err)
			}
			want, wanted, err := slow.groupsAbout(eyes, of, analysis.DayOf(at))
			if err != nil {
				t.Fatal(err)
			}
			for i := range want {
				want[i].name, want[i].number, want[i].yearly.New = "", "", false
			}
			if total != wanted || len(fast) == 0 || !reflect.DeepEqual(fast, want) {
				t.Errorf("%s, %s: %v of %v, want %v of %v", name, ctx.who, fast, total, want, wanted)
			}
			for _, h := range fast {
				if h.group == ctx.hid {
					t.Errorf("%s: who may not see client %d counts it", name, h.group)
				}
			}
		}
	}
}
