package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/view"
	"klantbot/storage"
)

// invited is an office with an event of a month ago and n groups on its list.
func invited(t *testing.T, n int) (*office, Gatherings, int64, []analysis.GroupID) {
	t.Helper()
	o, ctx := newOffice(t), context.Background()
	var clients []analysis.StagedClient
	for i := range n {
		clients = append(clients, row(strconv.Itoa(20000+i), fmt.Sprintf("Gast %03d", i), ""))
	}
	stage(t, o.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, clients) })
	var groups []analysis.GroupID
	for name, err := range o.db.Names(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(name.Name, "Gast ") {
			groups = append(groups, name.Group)
		}
	}
	var id int64
	err := o.db.Write(ctx, func(tx storage.Tx) (err error) {
		made := at.AddDate(0, -1, 0)
		if id, err = tx.AddGathering(ctx, storage.Gathering{Name: "Ontbijt", Activity: "ontbijtsessie", Day: analysis.DayOf(at) - 3, By: "U2", At: made}); err != nil {
			return err
		}
		for _, g := range groups {
			if err := tx.Invite(ctx, storage.Invitation{Gathering: id, Group: g, State: storage.Invited, By: "U2", At: made}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	week := Attention{Groups: o.db, Touches: o.db, Segments: o.db, Settings: o.db, Absences: o.db, Managers: o.db, Roster: o.db, Store: o.db}
	return o, Gatherings{Week: week, Events: o.db, Now: func() time.Time { return at }}, id, groups
}

// TestWhoCame marks 300 groups page by page: each gets its moment once, however
// often a page is sent, and undoing a page takes only its moments back.
func TestWhoCame(t *testing.T) {
	o, c, id, groups := invited(t, 300)
	ctx := context.Background()
	if len(groups) != 300 {
		t.Fatalf("%d groups", len(groups))
	}
	came := func() int {
		g, err := o.db.Gathering(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, group := range groups {
			m, _, err := o.db.Touches(ctx, group, 0, 9)
			if err != nil || len(m) > 1 || len(m) == 1 && (m[0].Kind != analysis.Gathering || m[0].Day != analysis.DayOf(at)-3) {
				t.Fatalf("%+v, %v", m, err)
			}
			n += len(m)
		}
		if n != g.Came {
			t.Errorf("%d moments and %d who came", n, g.Came)
		}
		return n
	}
	request := func(value string) Request {
		o.keys++
		return Request{Key: fmt.Sprint("k", o.keys), Actor: director, Lang: "nl", At: at.Add(time.Duration(o.keys) * time.Second), Value: value, Private: value}
	}
	var undo string
	for page := range 3 {
		req := request(fmt.Sprintf("%d/%d", id, page*camePage))
		shown, err := c.Mark(ctx, req)
		if err != nil || shown.Modal == nil || !strings.Contains(jsonOf(t, shown.Modal), fmt.Sprintf("%d tot en met %d van 300", page*camePage+1, (page+1)*camePage)) {
			t.Fatalf("page %d: %+v, %v", page, shown, err)
		}
		rows, err := c.rows(ctx, analysis.DayOf(at), storage.Gathering{ID: id})
		if err != nil {
			t.Fatal(err)
		}
		var chosen []string
		for _, r := range rows[page*camePage : (page+1)*camePage] {
			chosen = append(chosen, strconv.FormatInt(int64(r.Group), 10))
		}
		req.Fields = map[string]string{view.FieldBlock(view.FieldCame, "x"): strings.Join(append(chosen, "1", "x", chosen[0]), "\n")}
		for range 2 { // the same request, delivered twice
			if _, err := c.Came(ctx, req); err != nil {
				t.Fatal(err)
			}
		}
		if got := came(); got != (page+1)*camePage {
			t.Errorf("after page %d: %d came", page, got)
		}
		undo = fmt.Sprintf("%d/%d/%d", id, req.At.UnixMilli(), page*camePage)
	}
	if _, err := c.Undo(ctx, request(undo)); err != nil || came() != 200 {
		t.Errorf("after undoing the last page %d came, %v", came(), err)
	}
	if reply, err := c.Undo(ctx, request(undo)); err != nil || came() != 200 || reply.Modal == nil {
		t.Errorf("undoing it again: %d came, %v", came(), err)
	}
	again := request(fmt.Sprintf("%d/200", id))
	again.Fields = map[string]string{view.FieldCame: strconv.FormatInt(int64(groups[len(groups)-1]), 10)}
	if _, err := c.Came(ctx, again); err != nil || came() != 201 {
		t.Errorf("marked again after the undoing: %d came, %v", came(), err)
	}
	if _, err := c.Remove(ctx, request(fmt.Sprint(id))); err != nil {
		t.Error(err)
	}
	if _, err := o.db.Gathering(ctx, id); err != nil {
		t.Errorf("an event that was held is gone: %v", err)
	}
	for _, bad := range []string{"", "x", "99/0", fmt.Sprintf("%d/x", id), fmt.Sprintf("%d/-5", id), fmt.Sprintf("%d/9999", id)} {
		if _, err := c.Mark(ctx, request(bad)); err != nil && analysis.KindOf(err) == analysis.Internal {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestPlanIsSavedOnceLookedAt: what is saved is what was shown, an old form and a
// form of before a colleague's change save nothing, and nobody else may.
func TestPlanIsSavedOnceLookedAt(t *testing.T) {
	o := segmentedOffice(t)
	ctx := context.Background()
	week := Attention{Groups: o.db, Touches: o.db, Segments: o.db, Settings: o.db, Absences: o.db, Managers: o.db, Roster: o.db, Store: o.db}
	c := AttentionPlan{Use: week}
	send := func(actor analysis.Actor, private, capacity string) Reply {
		o.keys++
		reply, err := c.Save(ctx, Request{Key: fmt.Sprint("k", o.keys), Actor: actor, Lang: "nl", At: at, Private: private,
			Fields: map[string]string{view.FieldCapacity: capacity, view.FieldWeeks: "44", view.FieldShown: "5"}})
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	version := func() int {
		_, version, err := ReadAttentionPlan(ctx, o.db, analysis.NoDay)
		if err != nil {
			t.Fatal(err)
		}
		return version
	}
	room := planSpot{form: formRoom}
	shown := send(director, room.String(), "9")
	if version() != 0 || shown.Modal == nil || shown.Modal.Private == room.String() {
		t.Fatalf("it was saved before it was looked at: %d", version())
	}
	if send(director, shown.Modal.Private, "10"); version() != 0 {
		t.Error("something else was saved than what was shown")
	}
	if send(director, shown.Modal.Private, "9"); version() != 1 {
		t.Error("what was looked at was not saved")
	}
	if send(director, shown.Modal.Private, "9"); version() != 1 {
		t.Error("an old form saved again")
	}
	plan, _, err := ReadAttentionPlan(ctx, o.db, analysis.NoDay)
	if err != nil || plan.Capacity != 9 || plan.Start.Known() {
		t.Errorf("%+v, %v", plan, err)
	}
	for _, capacity := range []string{"", "0", "101", "NaN", "1e3", "2,5", "-1", "99999999999999999999"} {
		if reply := send(director, planSpot{form: formRoom, version: 1}.String(), capacity); len(reply.Errors) != 1 {
			t.Errorf("%q: %v", capacity, reply.Errors)
		}
	}
	if _, err := c.Open(ctx, Request{Key: "no", Actor: analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.ManagerRole)}, At: at}); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a manager: %v", err)
	}
	if _, err := o.db.Setting(ctx, attention.PlanSetting); err != nil {
		t.Error(err)
	}
}
