package commands

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// The people of the tests. rm@voorbeeld.nl holds every relatiegroep but those of
// the other manager.
var (
	partner       = analysis.Actor{User: "U2", Roles: analysis.RolesOf(analysis.PartnerRole)}
	secondPartner = analysis.Actor{User: "U3", Roles: analysis.RolesOf(analysis.PartnerRole)}
	admin         = analysis.Actor{User: "U4", Roles: analysis.RolesOf(analysis.Administrator)}
)

// segmentOffice is an office with revenue everywhere and a draft.
type segmentOffice struct {
	*office
	manager, other analysis.Actor
}

func newSegmentOffice(t testing.TB) *segmentOffice {
	t.Helper()
	o := &segmentOffice{office: newOffice(t)}
	ctx := context.Background()
	foreign := row("0900", "Nieuwkoop Advies", "")
	foreign.ManagerEmail, foreign.ManagerName = "ander@voorbeeld.nl", "Ander"
	stage(t, o.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, []analysis.StagedClient{foreign}) })
	stage(t, o.db, analysis.ImportRevenue, func(s storage.Staging) error {
		lines := []analysis.StagedLine{{Line: 1, Number: "0900", Day: analysis.Date(2026, 5, 1), ServiceYear: 2025, Amount: 1000},
			{Line: 2, Number: "0101", Day: analysis.Date(2026, 5, 1), ServiceYear: 2025, Amount: 900000}}
		for i := range 60 {
			lines = append(lines, analysis.StagedLine{Line: 3 + i, Number: strconv.Itoa(500 + i), Day: analysis.Date(2026, 5, 1),
				ServiceYear: 2025, Amount: analysis.Cents(10000 * (i + 1))})
		}
		return s.AddLines(ctx, lines)
	})
	for actor, email := range map[*analysis.Actor]string{&o.manager: "rm@voorbeeld.nl", &o.other: "ander@voorbeeld.nl"} {
		m, err := o.db.ManagerByEmail(ctx, email)
		if err != nil {
			t.Fatal(err)
		}
		*actor = analysis.Actor{User: analysis.UserID("U" + email[:2]), Roles: analysis.RolesOf(analysis.ManagerRole), Manager: m.ID}
	}
	o.press("segment.draft", admin, "0/0/0")
	return o
}

// press presses a button of the window and returns what it shows; it fails on
// an error.
func (o *segmentOffice) press(id string, actor analysis.Actor, value string) string {
	o.Helper()
	reply, err := o.ask(id, Action, func(r *Request) { r.Actor, r.Value, r.InModal = actor, value, true })
	if err != nil {
		o.Fatalf("%s: %v", id, err)
	}
	return shownIn(o.TB, reply)
}

func shownIn(t testing.TB, reply Reply) string {
	t.Helper()
	if reply.Modal == nil {
		t.Fatalf("no window in %+v", reply)
	}
	return jsonOf(t, reply.Modal)
}

func jsonOf(t testing.TB, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// finalize makes the draft with this number final.
func (o *segmentOffice) finalize(id string) {
	o.Helper()
	o.press("segment.finalize", partner, id+"/0/"+strconv.FormatInt(at.UnixMilli(), 10))
}

// group is the relatiegroep of the client with this number.
func (o *segmentOffice) group(number string) analysis.GroupID {
	o.Helper()
	if err := o.dir.Refresh(context.Background()); err != nil {
		o.Fatal(err)
	}
	found, _ := o.dir.Find(o.Context(), number, 2)
	if len(found) == 0 {
		o.Fatalf("no client %s", number)
	}
	client, err := o.db.Client(context.Background(), found[0].Client)
	if err != nil {
		o.Fatal(err)
	}
	return client.Group
}

// fill submits a form about a group.
func (o *segmentOffice) fill(id string, actor analysis.Actor, group analysis.GroupID, key string, fields map[string]string) (Reply, error) {
	o.Helper()
	return o.ask(id, Submission, func(r *Request) {
		r.Actor, r.Private, r.Fields, r.InModal = actor, spot{1, group, 0}.String(), fields, true
		if key != "" {
			r.Key = key
		}
	})
}

func (o *segmentOffice) overrides() []analysis.Override {
	o.Helper()
	all, err := o.db.Overrides(context.Background(), 1)
	if err != nil {
		o.Fatal(err)
	}
	return all
}

func choose(segment, reason string) map[string]string {
	return map[string]string{view.FieldSegment: segment, view.FieldReason: reason}
}

func TestOverrideNeedsAReason(t *testing.T) {
	o := newSegmentOffice(t)
	group := o.group("0900")
	for name, c := range map[string]struct {
		fields map[string]string
		field  string
	}{
		"no reason":   {choose("A", " \n "), view.FieldReason},
		"too long":    {choose("A", strings.Repeat("é", 501)), view.FieldReason},
		"no segment":  {choose("", "omdat"), view.FieldSegment},
		"no such one": {choose("E", "omdat"), view.FieldSegment},
	} {
		reply, err := o.fill("segment.save", partner, group, "", c.fields)
		if err != nil || reply.Errors[c.field] == "" || len(reply.Errors) != 1 {
			t.Errorf("%s: %+v, %v", name, reply, err)
		}
	}
	if all := o.overrides(); len(all) != 0 {
		t.Errorf("recorded %+v", all)
	}
}

func TestOverrideCountsOnceAndCanBeUndone(t *testing.T) {
	o := newSegmentOffice(t)
	group := o.group("0900")
	fields := choose("A", "Bestuurder van de ondernemersvereniging")
	fields[view.FieldStrategic] = "yes"
	for range 2 { // delivered twice
		reply, err := o.fill("segment.save", partner, group, "once", fields)
		if err != nil || !strings.Contains(shownIn(t, reply), "Nieuwkoop Advies staat nu in A.") {
			t.Fatalf("%+v, %v", reply, err)
		}
	}
	if all := o.overrides(); len(all) != 1 || all[0].Segment != "A" || !all[0].Strategic || all[0].Proposed || all[0].By != "U2" {
		t.Fatalf("recorded %+v", all)
	}
	trail, err := o.db.AuditOf(context.Background(), group, 10)
	if err != nil || len(trail) != 1 || trail[0].Action != "segment.override" || trail[0].User != "U2" {
		t.Errorf("the trail says %+v, %v", trail, err)
	}
	o.press("segment.undo", partner, spot{1, group, 0}.String())
	if all := o.overrides(); len(all) != 0 {
		t.Errorf("after undoing: %+v", all)
	}
	// The redelivery of the first press must not bring it back.
	if _, err := o.fill("segment.save", partner, group, "once", fields); err != nil || len(o.overrides()) != 0 {
		t.Errorf("redelivered after undoing: %v, %+v", err, o.overrides())
	}
}

func TestManagersProposeForTheirOwnGroups(t *testing.T) {
	o := newSegmentOffice(t)
	mine, other := o.group("0101"), o.group("0900")
	if _, err := o.fill("segment.save", o.manager, other, "", choose("A", "omdat")); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("a colleague's group: %v", err)
	}
	strategic := choose("B", "omdat")
	strategic[view.FieldStrategic] = "yes"
	if reply, err := o.fill("segment.save", o.manager, mine, "", strategic); err != nil || reply.Errors[view.FieldStrategic] == "" {
		t.Errorf("a manager's strategic mark: %+v, %v", reply, err)
	}
	if _, err := o.fill("segment.save", o.manager, mine, "", choose("C", "Stopt volgend jaar")); err != nil {
		t.Fatal(err)
	}
	if all := o.overrides(); len(all) != 1 || !all[0].Proposed {
		t.Fatalf("recorded %+v", all)
	}
	// It waits at the head of the partner's list.
	opened := o.press("segment.open", partner, "0/0/0")
	if i, j := strings.Index(opened, "segment.accept.v1"), strings.Index(opened, "segment.adjust.v1"); i < 0 || i > j || !strings.Contains(opened, "1 voorstel van een relatiemanager") {
		t.Errorf("the partner's list: %s", opened)
	}
	about := spot{1, mine, 0}.String()
	for _, id := range []string{"segment.accept", "segment.refuse"} {
		for _, who := range []analysis.Actor{o.manager, o.other} {
			_, err := o.ask(id, Action, func(r *Request) { r.Actor, r.Value = who, about })
			if analysis.KindOf(err) != analysis.Forbidden {
				t.Errorf("%s by %s: %v", id, who.Roles, err)
			}
		}
	}
	if shown := o.press("segment.accept", partner, about); !strings.Contains(shown, "Voorstel overgenomen") {
		t.Errorf("accepted: %s", shown)
	}
	if all := o.overrides(); len(all) != 1 || all[0].Proposed || all[0].Segment != "C" || all[0].By != "U2" {
		t.Errorf("accepted: %+v", all)
	}
	if shown := o.press("segment.accept", secondPartner, about); !strings.Contains(shown, "al beslist") {
		t.Errorf("accepted again: %s", shown)
	}
	// A second proposal that is refused leaves what counts.
	if _, err := o.fill("segment.save", o.manager, mine, "", choose("D", "Toch")); err != nil {
		t.Fatal(err)
	}
	o.press("segment.refuse", partner, about)
	if all := o.overrides(); len(all) != 1 || all[0].Segment != "C" {
		t.Errorf("refused: %+v", all)
	}
}

// An administrator takes a segmentation to definitief; what becomes of a client,
// and the mark that keeps one above its score, is a partner's.
func TestWhoDecides(t *testing.T) {
	o := newSegmentOffice(t)
	group := o.group("0900")
	about := spot{1, group, 0}.String()
	employee := analysis.Actor{User: "U9", Roles: analysis.RolesOf(analysis.Employee)}
	refused := func(who analysis.Actor, ids ...string) {
		t.Helper()
		for _, id := range ids {
			_, err := o.ask(id, Action, func(r *Request) { r.Actor, r.Value = who, about })
			if analysis.KindOf(err) != analysis.Forbidden {
				t.Errorf("%s by %q: %v", id, who.Roles, err)
			}
		}
	}
	for _, who := range []analysis.Actor{o.manager, employee, {}} {
		refused(who, "segment.ask", "segment.finalize")
	}
	for _, who := range []analysis.Actor{employee, {}} {
		refused(who, "segment.open", "segment.explain", "segment.low", "segment.compare")
	}
	for _, who := range []analysis.Actor{admin, o.manager, employee, {}} {
		refused(who, "segment.future", "segment.checklist")
		_, err := o.fill("segment.decide", who, group, "", map[string]string{view.FieldDecision: "afscheid", view.FieldReason: "x"})
		if analysis.KindOf(err) != analysis.Forbidden {
			t.Errorf("decide by %q: %v", who.Roles, err)
		}
	}
	strategic := choose("A", "omdat")
	strategic[view.FieldStrategic] = "yes"
	if reply, err := o.fill("segment.save", admin, group, "", strategic); err != nil || reply.Errors[view.FieldStrategic] == "" {
		t.Errorf("an administrator's strategic mark: %+v, %v", reply, err)
	}
	if shown := o.press("segment.adjust", admin, about); strings.Contains(shown, "Strategisch voor het kantoor") {
		t.Error("the form offers an administrator the strategic mark")
	}
	if _, err := o.fill("segment.save", partner, group, "", strategic); err != nil {
		t.Fatal(err)
	}
	if _, err := o.fill("segment.save", admin, group, "", choose("B", "toch niet")); err != nil {
		t.Fatal(err)
	}
	if all := o.overrides(); len(all) != 1 || all[0].Segment != "B" || !all[0].Strategic || all[0].By != admin.User {
		t.Errorf("an administrator after a partner: %+v", all)
	}
	asked := o.press("segment.ask", admin, about)
	i := strings.Index(asked, `"value":"1/0/`) + len(`"value":"`)
	value := asked[i : i+strings.IndexByte(asked[i:], '"')]
	if shown := o.press("segment.finalize", admin, value); !strings.Contains(shown, "Segmentatie 1 is definitief.") {
		t.Errorf("final by an administrator: %.300s", shown)
	}
}

func TestTwoPartnersFinalizeAtOnce(t *testing.T) {
	o := newSegmentOffice(t)
	asked := o.press("segment.ask", partner, "1/0/0")
	i := strings.Index(asked, `"value":"1/0/`)
	value := asked[i+len(`"value":"`):]
	value = value[:strings.IndexByte(value, '"')]
	type outcome struct {
		shown string
		err   error
	}
	done := make(chan outcome, 2)
	var entry Entry
	for _, e := range o.registry.Entries {
		if e.ID == "segment.finalize" {
			entry = e
		}
	}
	for _, who := range []analysis.Actor{partner, secondPartner} {
		go func() {
			reply, err := entry.Run(context.Background(), Request{Key: "final/" + string(who.User), Actor: who, Lang: locale.Dutch, At: at, Value: value, InModal: true})
			raw, _ := json.Marshal(reply.Modal)
			done <- outcome{string(raw), err}
		}()
	}
	won, told := 0, 0
	for range 2 {
		out := <-done
		if out.err != nil {
			t.Fatal(out.err)
		}
		if strings.Contains(out.shown, "Segmentatie 1 is definitief.") {
			won++
		}
		if strings.Contains(out.shown, "al definitief gemaakt door \\u003c@U") {
			told++
		}
	}
	if won != 1 || told != 1 {
		t.Errorf("%d won and %d were told", won, told)
	}
	// Whatever still shows the draft says what became of it, and changes nothing.
	group := o.group("0900")
	for _, id := range []string{"segment.adjust", "segment.undo", "segment.accept", "segment.explain", "segment.ask"} {
		if shown := o.press(id, partner, spot{1, group, 0}.String()); !strings.Contains(shown, "al definitief gemaakt") {
			t.Errorf("%s on a final version: %.300s", id, shown)
		}
	}
	if reply, err := o.fill("segment.save", partner, group, "", choose("A", "omdat")); err != nil || !strings.Contains(shownIn(t, reply), "al definitief gemaakt") {
		t.Errorf("saving on a final version: %v", err)
	}
	if all := o.overrides(); len(all) != 0 {
		t.Errorf("a final version changed: %+v", all)
	}
}

// What was looked at becomes final: not a draft that was made anew since.
func TestFinalizeRefusesARemadeDraft(t *testing.T) {
	o := newSegmentOffice(t)
	stale := "1/0/" + strconv.FormatInt(at.Add(-time.Hour).UnixMilli(), 10)
	if shown := o.press("segment.finalize", partner, stale); !strings.Contains(shown, "opnieuw berekend") || strings.Contains(shown, "is definitief") {
		t.Errorf("a remade draft: %.300s", shown)
	}
	for _, value := range []string{"", "x", "1/2", "-1/0/0", "1/0/0/0", "9223372036854775808/0/0"} {
		for _, id := range []string{"segment.open", "segment.adjust", "segment.explain", "segment.finalize", "segment.low", "segment.compare"} {
			if _, err := o.ask(id, Action, func(r *Request) { r.Actor, r.Value = partner, value }); analysis.KindOf(err) != analysis.NotFound {
				t.Errorf("%s with %q: %v", id, value, err)
			}
		}
	}
}

// A press that arrives again after the draft became final begins no new one.
func TestRedeliveredDraftBeginsNothing(t *testing.T) {
	o := newSegmentOffice(t)
	again := func() {
		if _, err := o.ask("segment.draft", Action, func(r *Request) { r.Actor, r.Key, r.Value = partner, "draft", "0/0/0" }); err != nil {
			t.Fatal(err)
		}
	}
	again()
	o.finalize("1")
	again()
	versions, err := o.db.Versions(context.Background())
	if err != nil || len(versions) != 1 || versions[0].State != analysis.Final {
		t.Errorf("%+v, %v", versions, err)
	}
}

func TestPartingIsDecidedAndTickedOff(t *testing.T) {
	o := newSegmentOffice(t)
	group, high := o.group("0900"), o.group("0101")
	o.finalize("1")
	low := o.press("segment.low", partner, "0/0/0")
	if !strings.Contains(low, "Nog niet besloten") {
		t.Fatalf("%.300s", low)
	}
	decision := map[string]string{view.FieldDecision: "afscheid", view.FieldReason: ""}
	if reply, err := o.fill("segment.decide", partner, group, "", decision); err != nil || reply.Errors[view.FieldReason] == "" {
		t.Errorf("without a reason: %+v, %v", reply, err)
	}
	decision[view.FieldReason] = "Buiten ons werkgebied"
	if reply, err := o.fill("segment.decide", partner, high, "", decision); err != nil || !strings.Contains(shownIn(t, reply), "staat niet in D") {
		t.Errorf("a group that is not in D: %v", err)
	}
	if _, err := o.fill("segment.decide", partner, group, "", decision); err != nil {
		t.Fatal(err)
	}
	if _, err := o.fill("segment.parting", partner, group, "", map[string]string{view.FieldSteps: "work\nletter\nmars"}); err != nil {
		t.Fatal(err)
	}
	f, err := o.db.Future(context.Background(), group)
	if err != nil || f.Decision != storage.Part || strings.Join(f.Done, ",") != "letter,work" || f.Reason != "Buiten ons werkgebied" || f.By != "U2" {
		t.Errorf("%+v, %v", f, err)
	}
	trail, err := o.db.AuditOf(context.Background(), group, 10)
	if err != nil || len(trail) != 2 || trail[0].Action != "parting.marked" || trail[1].Action != "parting.decided" {
		t.Errorf("the trail says %+v, %v", trail, err)
	}
}

func TestExplanationAndComparison(t *testing.T) {
	o := newSegmentOffice(t)
	shown := o.press("segment.explain", partner, spot{1, o.group("0900"), 0}.String())
	for _, want := range []string{"Omzet", "punten, van 62 relatiegroepen bekend", "Voorlopig"} {
		if !strings.Contains(shown, want) {
			t.Errorf("the explanation lacks %q: %s", want, shown)
		}
	}
	o.finalize("1")
	if shown := o.press("segment.compare", partner, "0/0/0"); !strings.Contains(shown, "geen eerdere definitieve") {
		t.Errorf("nothing to compare with: %.300s", shown)
	}
	o.press("segment.draft", partner, "0/0/0")
	reply, err := o.ask("segment.save", Submission, func(r *Request) {
		r.Actor, r.Private, r.Fields = partner, spot{2, o.group("0900"), 0}.String(), choose("A", "omdat")
	})
	if err != nil || !strings.Contains(shownIn(t, reply), "van D naar A") {
		t.Fatalf("%v", err)
	}
	o.finalize("2")
	if shown := o.press("segment.compare", partner, "1/0/0"); !strings.Contains(shown, "Nieuwkoop Advies") || !strings.Contains(shown, "D → A") {
		t.Errorf("compared: %s", shown)
	}
}
