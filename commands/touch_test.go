package commands

import (
	"context"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/view"
)

// touchOffice is an office in which contact is logged, and the id of a client.
func touchOffice(t *testing.T) (*office, analysis.ClientID) {
	t.Helper()
	o := newOffice(t)
	n := Needs{Clients: o.db, Managers: o.db, Segments: o.db, Settings: o.db, Roster: o.db, Writer: o.db, Directory: o.dir, Portfolio: o.db, Revenue: o.db,
		Attention: o.db, Touches: o.db, Absences: o.db, Digests: o.db, Letters: o.db}
	o.registry = New(n)
	found, _ := o.dir.Find(t.Context(), "0103", 1)
	return o, found[0].Client
}

// log sends the form as user.
func (o *office) log(client analysis.ClientID, key string, user analysis.UserID, fields map[string]string) Reply {
	o.Helper()
	all := map[string]string{view.FieldTouchKind: "telefoongesprek", view.FieldTouchDay: "2026-11-20", view.FieldTouchBy: string(user)}
	for field, value := range fields {
		all[field] = value
	}
	reply, err := o.ask("touch.save", Submission, func(r *Request) {
		r.Actor, r.Fields, r.InModal, r.Private = analysis.Actor{User: user, Roles: analysis.RolesOf(analysis.ManagerRole)}, all, true, touchSpot{client: client}.String()
		if key != "" {
			r.Key = key
		}
	})
	if err != nil {
		o.Fatal(err)
	}
	return reply
}

func (o *office) moments(client analysis.ClientID) int {
	o.Helper()
	c, err := o.db.Client(context.Background(), client)
	if err != nil {
		o.Fatal(err)
	}
	_, n, err := o.db.Touches(context.Background(), c.Group, 0, 1)
	if err != nil {
		o.Fatal(err)
	}
	return n
}

func TestOneSubmissionIsOneMoment(t *testing.T) {
	o, client := touchOffice(t)
	first := o.log(client, "K", "U1", map[string]string{view.FieldTouchNote: "eerste"})
	again := o.log(client, "K", "U1", map[string]string{view.FieldTouchNote: "eerste"})
	if n := o.moments(client); n != 1 {
		t.Errorf("a redelivered form made %d moments", n)
	}
	for _, reply := range []Reply{first, again} {
		if s := shown(t, reply); !strings.Contains(s, "Vastgelegd") || !strings.Contains(s, "touch.undo.v1") {
			t.Errorf("the answer is %s", s)
		}
	}
}

func TestTheSameMomentIsThereOnce(t *testing.T) {
	o, client := touchOffice(t)
	o.log(client, "", "U1", nil)
	if s := shown(t, o.log(client, "", "U1", nil)); !strings.Contains(s, "stond er al") || o.moments(client) != 1 {
		t.Errorf("the same moment again: %d, %s", o.moments(client), s)
	}
	if s := shown(t, o.log(client, "", "U1", map[string]string{view.FieldTouchNote: "nog iets"})); !strings.Contains(s, "nog iets") || o.moments(client) != 1 {
		t.Errorf("what was written about it is lost: %s", s)
	}
	o.log(client, "", "U2", nil)
	o.log(client, "", "U1", map[string]string{view.FieldTouchKind: "bezoek"})
	if n := o.moments(client); n != 3 {
		t.Errorf("%d moments, want another person's and another kind's beside it", n)
	}
	reply, err := o.ask("touch.remove", Action, func(r *Request) { r.InModal, r.Value = true, "t=1&v=1" })
	if err != nil || o.moments(client) != 2 {
		t.Fatalf("taken away: %d, %v", o.moments(client), err)
	}
	if !strings.Contains(shown(t, reply), "Weggehaald") {
		t.Errorf("the answer is %s", shown(t, reply))
	}
	o.log(client, "", "U1", nil)
	if n := o.moments(client); n != 3 {
		t.Errorf("%d moments: what was taken away can be logged anew", n)
	}
	if _, err := o.ask("touch.undo", Action, func(r *Request) { r.InModal, r.Value = true, "g=3&t=1&v=2" }); err != nil || o.moments(client) != 3 {
		t.Errorf("undone beside its twin: %d, %v", o.moments(client), err)
	}
}

// A corrected moment does not stand in the way of what it was before.
func TestACorrectedMomentMakesRoom(t *testing.T) {
	o, client := touchOffice(t)
	o.log(client, "", "U1", nil)
	_, err := o.ask("touch.save", Submission, func(r *Request) {
		r.InModal, r.Private = true, touchSpot{client: client, touch: 1, version: 1}.String()
		r.Fields = map[string]string{view.FieldTouchKind: "bezoek", view.FieldTouchDay: "2026-11-20", view.FieldTouchBy: "U1"}
	})
	if err != nil {
		t.Fatal(err)
	}
	if o.log(client, "", "U1", nil); o.moments(client) != 2 {
		t.Errorf("%d moments, want the visit and the call", o.moments(client))
	}
}

func TestTouchFormRefuses(t *testing.T) {
	o, client := touchOffice(t)
	for _, c := range []struct{ field, value, refused string }{
		{view.FieldTouchDay, "2026-11-22", view.FieldTouchDay},
		{view.FieldTouchDay, "1970-01-01", view.FieldTouchDay},
		{view.FieldTouchDay, "", view.FieldTouchDay},
		{view.FieldTouchKind, "koffie", view.FieldTouchKind},
		{view.FieldTouchNextDay, "2026-12-01", view.FieldTouchNext},
		{view.FieldTouchBy, "U2", view.FieldTouchBy},
	} {
		fields := map[string]string{c.field: c.value}
		if c.field == view.FieldTouchBy {
			fields[view.FieldTouchBy] = "UELDERS"
		}
		if reply := o.log(client, "", "U1", fields); reply.Errors[c.refused] == "" {
			t.Errorf("%s = %q is not refused: %v", c.field, c.value, reply.Errors)
		}
	}
	if reply := o.log(0, "", "U1", nil); reply.Errors[view.FieldTouchClient] == "" {
		t.Error("a moment with nobody is not refused")
	}
	if n := o.moments(client); n != 0 {
		t.Errorf("%d moments were kept of what was refused", n)
	}
}

func TestTouchSaid(t *testing.T) {
	for words, want := range map[string]struct {
		kind analysis.TouchKind
		with string
	}{
		"gebeld met Jansen":                                 {analysis.Call, "Jansen"},
		"Ik heb vandaag gebeld met De Boer.":                {analysis.Call, "De Boer"},
		"langs geweest bij Visser & Zn.":                    {analysis.Visit, "Visser & Zn"},
		"gemaild naar mevrouw Smit":                         {analysis.Mail, "mevrouw Smit"},
		"jaargesprek met Jansen":                            {analysis.Yearly, "Jansen"},
		"Ik heb vandaag het jaargesprek met De Boer gehad.": {analysis.Yearly, "De Boer"},
		"jaargesprek gehad met Visser & Zn.":                {analysis.Yearly, "Visser & Zn"},
		"had the annual review with Smit":                   {analysis.Yearly, "Smit"},
		"I called Jansen":                                   {analysis.Call, "Jansen"},
		"visited Bakkerij Pietersen":                        {analysis.Visit, "Bakkerij Pietersen"},
		"Jansen":                                            {},
		"klant Jansen":                                      {},
		"wat weet je van de bezoeken aan ons":               {},
	} {
		if kind, with, ok := TouchSaid(words); kind != want.kind || with != want.with || ok != (want.kind != "") {
			t.Errorf("TouchSaid(%q) = %q, %q, %v", words, kind, with, ok)
		}
	}
}

// What a button carries is not trusted.
func TestTouchSpotReadsNothingForeign(t *testing.T) {
	s := touchSpot{group: 3, touch: 4, version: 2, kind: analysis.Visit, asked: "bezoek/2026-10-01", source: fromCard, offset: 8, client: 7, shareable: true,
		link: "https://kantoor.slack.com/archives/C1/p1795251600088575"}
	if back := touchSpotOf(s.String()); back != s {
		t.Errorf("%+v is read back as %+v", s, back)
	}
	for _, foreign := range []string{"", "-", "%zz", "l=https%3A%2F%2Fkwaad.example%2Fx", "k=koffie&s=elders&g=-1&t=x&v=99999999999999999999"} {
		if s := touchSpotOf(foreign); s != (touchSpot{}) {
			t.Errorf("%q is read as %+v", foreign, s)
		}
	}
}
