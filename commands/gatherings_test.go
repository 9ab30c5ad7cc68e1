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
			if err := tx.Invite(ctx, storage.Invitation{Gathering: id, Group: g, State: attention.Invited, By: "U2", At: made}); err != nil {
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
		var was []string
		for _, r := range rows[page*camePage : (page+1)*camePage] {
			was = append(was, fmt.Sprintf("u%d", r.Group))
		}
		undo = fmt.Sprintf("%d/%d/%s/0/", id, req.At.UnixMilli(), strings.Join(was, ","))
		if len(undo) > 2000 {
			t.Errorf("the button would carry %d characters", len(undo))
		}
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

// TestGuestsTurn: only who came had the moment. Coming, declining and being
// invited again never make one, and take one back where it was there.
func TestGuestsTurn(t *testing.T) {
	o, c, id, groups := invited(t, 25)
	ctx := context.Background()
	group := groups[7]
	press := func(value string, run UseCase) Reply {
		t.Helper()
		o.keys++
		req := Request{Key: fmt.Sprint("k", o.keys), Actor: director, Lang: "nl", At: at.Add(time.Duration(o.keys) * time.Second), Value: value}
		reply, err := run(ctx, req)
		if err != nil || reply.Modal == nil {
			t.Fatalf("%s: %+v, %v", value, reply, err)
		}
		if _, err := run(ctx, req); err != nil { // delivered twice
			t.Fatal(err)
		}
		return reply
	}
	moments := func() int {
		t.Helper()
		all, _, err := o.db.Touches(ctx, group, 0, 9)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	undoOf := func(r Reply) string {
		t.Helper()
		_, rest, ok := strings.Cut(jsonOf(t, r.Modal), `"action_id":"gathering.undo.v1"`)
		_, rest, found := strings.Cut(rest, `"value":"`)
		if value, _, _ := strings.Cut(rest, `"`); ok && found {
			return value
		}
		return ""
	}
	state := func() (s attention.InvitationState) {
		all, err := o.db.Invitations(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range all {
			if i.Group == group {
				s = i.State
			}
		}
		return s
	}
	var undo string
	for _, step := range []struct {
		to   attention.InvitationState
		want int
	}{{attention.Coming, 0}, {attention.Declined, 0}, {attention.Attended, 1}, {attention.Declined, 0}, {attention.Attended, 1}, {attention.Invited, 0}, {attention.Coming, 0}, {attention.Attended, 1}} {
		undo = undoOf(press(fmt.Sprintf("%d/0/;%d;%s", id, group, step.to), c.Turn))
		if state() != step.to || moments() != step.want {
			t.Errorf("%s: it is %s with %d moments", step.to, state(), moments())
		}
	}
	if press(undo, c.Undo); state() != attention.Coming || moments() != 0 {
		t.Errorf("undone: %s with %d moments", state(), moments())
	}
	if press(undo, c.Undo); state() != attention.Coming {
		t.Errorf("undone twice: %s", state())
	}
	page := jsonOf(t, press(fmt.Sprintf("%d/20/", id), c.Guests).Modal)
	if !strings.Contains(page, "21 tot en met 25 van 25") || !strings.Contains(page, "Komt 1") || !strings.Contains(page, "Uitgenodigd 24") {
		t.Error(page)
	}
	if page := jsonOf(t, press(fmt.Sprintf("%d/0/komt", id), c.Guests).Modal); strings.Count(page, "(nr. ") != 1 {
		t.Error(page)
	}
	before := moments()
	for _, bad := range []string{"", "x", "9999/0/;1;komt", fmt.Sprintf("%d/0/;%d;feest", id, group), fmt.Sprintf("%d/0/;4711;komt", id), fmt.Sprintf("%d/-1/x;%d;", id, group)} {
		press(bad, c.Turn)
	}
	for _, bad := range []string{fmt.Sprintf("%d/x/u1/0/", id), fmt.Sprintf("%d/1/%s/0/", id, "z1,u,,a"), fmt.Sprintf("%d/1", id)} {
		press(bad, c.Undo)
	}
	if moments() != before || state() != attention.Coming {
		t.Errorf("made up presses left %s with %d moments", state(), moments())
	}
	if _, err := c.Turn(ctx, Request{Key: "no", Actor: analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}, At: at, Value: fmt.Sprintf("%d/0/;%d;komt", id, group)}); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a colleague: %v", err)
	}
}
