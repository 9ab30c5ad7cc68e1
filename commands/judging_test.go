package commands

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/value"
)

// answers fills in the form: a mark a criterion, "?" for not knowing.
func answers(strategic, stability, creation, partnership string) map[string]string {
	return map[string]string{"strategic": strategic, "stability": stability, "creation": creation, "partnership": partnership, "potential": "?"}
}

// judge submits the form about a group.
func (o *segmentOffice) judge(actor analysis.Actor, t turn, key string, fields map[string]string) (Reply, error) {
	o.Helper()
	return o.ask("judge.save", Submission, func(r *Request) {
		r.Actor, r.Private, r.Fields, r.InModal = actor, t.String(), map[string]string{}, true
		for key, mark := range fields {
			r.Fields[fmt.Sprintf("judge:%d:%s", t.group, key)] = mark
		}
		if key != "" {
			r.Key = key
		}
	})
}

// marks are the present judgements of a group by criterion.
func (o *segmentOffice) marks(group analysis.GroupID) map[string]int {
	o.Helper()
	all, err := o.db.Judgements(context.Background(), group)
	if err != nil {
		o.Fatal(err)
	}
	marks := map[string]int{}
	for _, j := range all {
		marks[j.Criterion] = j.Value
	}
	return marks
}

func TestJudgingGoesThroughWhoMatters(t *testing.T) {
	o := newSegmentOffice(t)
	first := o.group("0101") // the most revenue
	opened := o.press("judge.open", o.manager, "0/0/0/0")
	if !strings.Contains(opened, "nr. 0101") || !strings.Contains(opened, "Weet ik niet") || !strings.Contains(opened, "1 van ") {
		t.Fatalf("opened: %.600s", opened)
	}
	reply, err := o.judge(o.manager, turn{group: first}, "", answers("4", "3", "?", "3"))
	if err != nil {
		t.Fatal(err)
	}
	next := shownIn(t, reply)
	if !strings.Contains(next, "Jansen is beoordeeld") || !strings.Contains(next, "2 van ") || !strings.Contains(next, "judge.undo.v1") {
		t.Errorf("after saving: %.600s", next)
	}
	got := o.marks(first)
	want := map[string]int{value.KeyStrategic: 4, value.KeyStability: 3, value.KeyCreation: analysis.DontKnow, value.KeyPartnership: 3}
	for key, mark := range want {
		if got[key] != mark {
			t.Errorf("%s: recorded %d, want %d", key, got[key], mark)
		}
	}
	trail, err := o.db.AuditOf(context.Background(), first, 10)
	if err != nil || len(trail) == 0 || trail[0].Action != "judge.save" || trail[0].User != o.manager.User {
		t.Errorf("the trail says %+v, %v", trail, err)
	}
	// Whoever was asked is not asked again, and not knowing is an answer.
	if again := o.press("judge.open", o.manager, "0/0/0/0"); strings.Contains(again, "nr. 0101") {
		t.Errorf("asked again: %.300s", again)
	}
	// To skip one leaves it waiting and goes on behind it.
	if skipped := o.press("judge.skip", o.manager, "0/0/0/0"); !strings.Contains(skipped, "2 van ") {
		t.Errorf("skipped: %.300s", skipped)
	}
}

// Saving changes the score: its coverage rises.
func TestJudgingRaisesCoverage(t *testing.T) {
	o := newSegmentOffice(t)
	group := o.group("0101")
	coverage := func() (float64, float64) {
		item, err := o.db.Item(context.Background(), 1, group)
		if err != nil {
			t.Fatal(err)
		}
		return item.Coverage, item.Score
	}
	before, score := coverage()
	if _, err := o.judge(o.manager, turn{group: group}, "", answers("0", "0", "0", "0")); err != nil {
		t.Fatal(err)
	}
	if _, err := o.judge(o.manager, turn{group: o.group("0559" /* more than one is needed for a median */)}, "", answers("4", "4", "4", "4")); err != nil {
		t.Fatal(err)
	}
	o.press("segment.draft", admin, "0/0/0")
	if after, now := coverage(); after <= before || now >= score {
		t.Errorf("coverage from %v to %v, score from %v to %v", before, after, score, now)
	}
}

func TestJudgementCanBeUndone(t *testing.T) {
	o := newSegmentOffice(t)
	group := o.group("0101")
	at := turn{group: group}
	save := func(key string, fields map[string]string) string {
		t.Helper()
		reply, err := o.judge(partner, at, key, fields)
		if err != nil {
			t.Fatal(err)
		}
		return shownIn(t, reply)
	}
	save("", answers("1", "1", "?", "1"))
	first := o.marks(group)
	n := len(o.history(group))
	if again := save("", answers("1", "1", "?", "1")); strings.Contains(again, "judge.undo.v1") || len(o.history(group)) != n {
		t.Errorf("the same again was recorded: %.300s", again)
	}
	save("twice", answers("4", "1", "2", "1"))
	save("twice", answers("4", "1", "2", "1")) // delivered again
	undo := turn{group: group, before: n}.String()
	if shown := o.press("judge.undo", secondPartner, undo); !strings.Contains(shown, "kan niet meer ongedaan") {
		t.Errorf("a colleague undid it: %.300s", shown)
	}
	if shown := o.press("judge.undo", partner, undo); !strings.Contains(shown, "teruggedraaid") {
		t.Errorf("undone: %.300s", shown)
	}
	for key, mark := range o.marks(group) {
		if first[key] != mark {
			t.Errorf("%s is %d after undoing, was %d", key, mark, first[key])
		}
	}
	if shown := o.press("judge.undo", partner, undo); !strings.Contains(shown, "kan niet meer ongedaan") {
		t.Errorf("undone twice: %.300s", shown)
	}
	// What was never judged before is unknown again, and asked again.
	other := o.group("0558")
	if _, err := o.judge(partner, turn{group: other}, "", answers("1", "2", "3", "4")); err != nil {
		t.Fatal(err)
	}
	o.press("judge.undo", partner, turn{group: other}.String())
	if marks := o.marks(other); len(marks) != 0 {
		t.Errorf("after undoing the first: %v", marks)
	}
}

// A remark stands beside the marks, is read under Toelichting, and goes with
// what its save undoes; to empty it takes it back.
func TestRemarkBesideTheMarks(t *testing.T) {
	o := newSegmentOffice(t)
	group := o.group("0101")
	at := turn{group: group, alone: true}
	save := func(words string) string {
		t.Helper()
		reply, err := o.ask("judge.save", Submission, func(r *Request) {
			r.Actor, r.Private, r.InModal = partner, at.String(), true
			r.Fields = map[string]string{"remark": words}
		})
		if err != nil {
			t.Fatal(err)
		}
		return shownIn(t, reply)
	}
	explained := func() string {
		t.Helper()
		reply, err := o.office.press("client.explain", o.number("0101"), func(r *Request) { r.Actor = partner })
		if err != nil {
			t.Fatal(err)
		}
		return shown(t, reply)
	}
	judged := len(o.history(group))
	if said := save("  Dochter neemt over  "); !strings.Contains(said, "judge.undo.v1") {
		t.Fatalf("no way back: %.300s", said)
	}
	if said := explained(); !strings.Contains(said, "Dochter neemt over (") || !strings.Contains(said, string(partner.User)) {
		t.Errorf("explained: %.900s", said)
	}
	if form := o.press("judge.open", partner, at.String()); !strings.Contains(form, `"initial_value":"Dochter neemt over"`) {
		t.Errorf("the form begins without it: %.900s", form)
	}
	if again := save("Dochter neemt over"); strings.Contains(again, "judge.undo.v1") {
		t.Error("the same again was recorded")
	}
	save("Zoon neemt over")
	second := turn{group: group, alone: true, before: judged, noted: 1}.String()
	if said := o.press("judge.undo", secondPartner, second); !strings.Contains(said, "kan niet meer ongedaan") {
		t.Errorf("a colleague undid it: %.300s", said)
	}
	if said := o.press("judge.undo", partner, second); !strings.Contains(said, "teruggedraaid") || !strings.Contains(explained(), "Dochter neemt over (") {
		t.Errorf("after undoing: %.300s", said)
	}
	if said := o.press("judge.undo", partner, second); !strings.Contains(said, "kan niet meer ongedaan") {
		t.Errorf("undone twice: %.300s", said)
	}
	save("")
	if said := explained(); strings.Contains(said, "neemt over") || strings.Contains(said, "Opmerking") {
		t.Errorf("emptied, it says %.900s", said)
	}
	if len(o.history(group)) != judged {
		t.Error("a remark is a judgement")
	}
}

// From the window one goes to another segment while a draft waits for it: a
// partner may mark as strategic, a manager proposes about their own.
func TestJudgingLeadsToTheSegment(t *testing.T) {
	o := newSegmentOffice(t)
	at := turn{group: o.group("0101"), alone: true}.String()
	for _, c := range []struct {
		actor        analysis.Actor
		label, field string
	}{{partner, "Segment of strategisch merken", "strategic#"}, {o.manager, "Stel een ander segment voor", "reason#"}} {
		form := o.press("judge.open", c.actor, at)
		if !strings.Contains(form, c.label) {
			t.Fatalf("no %q in %.2000s", c.label, form)
		}
		found := regexp.MustCompile(`"value":"(\d+/\d+/\d+)"`).FindStringSubmatch(form)
		if found == nil {
			t.Fatalf("no value in %.2000s", form)
		}
		if adjust := o.press("segment.adjust", c.actor, found[1]); !strings.Contains(adjust, c.field) {
			t.Errorf("%q leads to %.500s", c.label, adjust)
		}
	}
	o.finalize("1")
	if form := o.press("judge.open", partner, at); strings.Contains(form, "segment.adjust") {
		t.Error("a final segmentation is offered to be changed")
	}
}

func (o *segmentOffice) history(group analysis.GroupID) []analysis.Judgement {
	o.Helper()
	all, err := o.db.JudgementHistory(context.Background(), group)
	if err != nil {
		o.Fatal(err)
	}
	return all
}

func TestManagersJudgeTheirOwn(t *testing.T) {
	o := newSegmentOffice(t)
	mine, theirs := o.group("0900"), o.group("0101")
	if _, err := o.judge(o.other, turn{group: theirs}, "", answers("4", "4", "4", "4")); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a colleague's group: %v", err)
	}
	if _, err := o.judge(o.other, turn{group: mine, alone: true}, "", answers("1", "?", "0", "2")); err != nil || len(o.marks(mine)) < 4 {
		t.Errorf("one's own: %v, %v", err, o.marks(mine))
	}
	for _, who := range []analysis.Actor{{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}, {}} {
		for _, id := range []string{"judge.open", "judge.undo"} {
			_, err := o.ask(id, Action, func(r *Request) { r.Actor, r.Value = who, turn{group: mine}.String() })
			if analysis.KindOf(err) != analysis.Forbidden {
				t.Errorf("%s by %q: %v", id, who.Roles, err)
			}
		}
	}
	if shown := o.press("judge.open", o.other, "0/0/0/0"); strings.Contains(shown, "Jansen") {
		t.Errorf("another's group in the queue: %.300s", shown)
	}
	// Whoever leads is asked about a portfolio when they look at that one.
	if shown := o.press("judge.open", partner, turn{manager: o.manager.Manager}.String()); strings.Contains(shown, "Nieuwkoop") {
		t.Errorf("another portfolio's group in the queue: %.300s", shown)
	}
	for _, value := range []string{"", "x", "0/0/0", "-1/0/0/0", "0/99999/0/0", "0/99999/1/0"} {
		reply, err := o.ask("judge.open", Action, func(r *Request) { r.Actor, r.Value, r.InModal = partner, value, true })
		if err == nil && reply.Modal == nil || err != nil && analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("%q: %+v, %v", value, reply, err)
		}
	}
}

// The card of one's own group and the portfolio have the button, an employee's
// have not.
func TestJudgingIsOffered(t *testing.T) {
	o := newSegmentOffice(t)
	id := o.number("0101")
	for _, c := range []struct {
		actor analysis.Actor
		want  bool
	}{{o.manager, true}, {o.other, false}, {admin, true}, {partner, true}, {analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}, false}} {
		reply, err := o.office.press("client.open", id, func(r *Request) { r.Actor = c.actor })
		if err != nil || strings.Contains(shown(t, reply), "judge.open.v1") != c.want {
			t.Errorf("the card of %q: %v, want the button %v", c.actor.Roles, err, c.want)
		}
	}
	for _, c := range []struct {
		actor analysis.Actor
		typed string
		want  bool
	}{{o.manager, "", true}, {o.manager, "ander@voorbeeld.nl", false}, {admin, "kantoor", true}, {partner, "kantoor", true},
		{analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}, "kantoor", false}} {
		if listed := o.list(c.actor, c.typed); strings.Contains(listed, "Beoordelen (") != c.want {
			t.Errorf("the portfolio %q of %q: want the button %v", c.typed, c.actor.Roles, c.want)
		}
	}
}
