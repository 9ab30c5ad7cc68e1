package commands

import (
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// wonders is what somebody with role reads who asks text in a channel.
func (o *office) wonders(lang locale.Lang, role analysis.Role, text string) string {
	o.Helper()
	reply, err := o.ask("client.said", Mention, func(r *Request) { r.Text, r.Lang, r.Actor.Roles = text, lang, analysis.RolesOf(role) })
	if err != nil || reply.Now == nil {
		o.Fatalf("%s: %+v, %v", text, reply, err)
	}
	return said(reply)
}

// TestChangesInGoodSentences: what stayed the same is one sentence and that nothing was
// heard another, of the group with its name; who may not read what clients say is not
// told whether they said something.
func TestChangesInGoodSentences(t *testing.T) {
	o := spokenWith(t)
	for _, c := range []struct {
		lang locale.Lang
		text string
		want []string
	}{
		{locale.Dutch, "wat is er veranderd bij 0101 sinds augustus", []string{"Jansen (Jansen Beheer B.V. en 1 andere klant), sinds", "Er is niets veranderd aan de omzet per jaar, het segment", " en de diensten.",
			"Sindsdien is er geen contact vastgelegd en geen reactie van de klant genoteerd."}},
		{locale.English, "what changed at 0101 since august", []string{"Jansen (Jansen Beheer B.V. and 1 other client), since", "There was no change in the revenue per year, the segment", " and the services.",
			"Since then no contact was logged, and no remark of the client was noted."}},
		{locale.Dutch, "wat is er veranderd bij 0103 sinds augustus", []string{"Bakkerij Pietersen, sinds"}},
	} {
		got := o.wonders(c.lang, analysis.PartnerRole, c.text)
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s says\n%s\nand not %q", c.lang, got, want)
			}
		}
		if strings.Contains(got, "en geen contact") || strings.Contains(got, "and no contact") {
			t.Errorf("bad language: %s", got)
		}
	}
	for _, sees := range []analysis.Visibility{analysis.SeesAll, analysis.SeesSegments} {
		reply, err := o.ask("client.said", Mention, func(r *Request) {
			r.Text, r.Actor.Roles, r.Actor.Sees = "wat is er veranderd bij 0101 sinds maart", analysis.RolesOf(analysis.Employee), sees
		})
		if got := said(reply); err != nil || strings.Contains(strings.ToLower(jsonOf(t, *reply.Now)), "gefactureerd: ") != (sees == analysis.SeesAll) || sees != analysis.SeesAll && strings.Contains(got, "omzet") {
			t.Errorf("to who sees %v: %q, %v", sees, got, err)
		}
	}
	err := o.db.Write(t.Context(), func(tx storage.Tx) error {
		_, _, err := tx.AddFeedback(t.Context(), storage.Feedback{Client: o.number("0101"), Theme: "groei", Tone: storage.Critical, Words: "Te duur.", Day: analysis.DayOf(at) - 3, By: "U9", At: at})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for role, c := range map[analysis.Role]struct{ want, never string }{
		analysis.PartnerRole: {"zei de klant: “Te duur.”", "geen reactie"},
		analysis.Employee:    {"Sindsdien is er geen contact vastgelegd.", "reactie"},
	} {
		got := o.wonders(locale.Dutch, role, "wat is er veranderd bij 0101 sinds augustus")
		if !strings.Contains(got, c.want) || strings.Contains(got, c.never) {
			t.Errorf("to %v: %s", role, got)
		}
	}
}

// TestAskedOfAGroup: a question about a relation as a whole is answered of the
// relatiegroep whose name was said; what is asked of one client asks which.
func TestAskedOfAGroup(t *testing.T) {
	o := spokenWith(t)
	group := "Jansen (Jansen Beheer B.V. en 1 andere klant)"
	for text, want := range map[string]string{
		"is Jansen tevreden":                      group,
		"welk segment heeft Jansen":               group,
		"wie is de relatiemanager van Jansen":     group,
		"wanneer sprak ik Jansen voor het laatst": group,
		"bereid mijn gesprek met Jansen voor":     "Gesprek met " + group,
		"hoeveel omzet hebben we met Jansen":      "2 klanten passen bij",
		"is Mulder tevreden":                      "passen meer klanten bij",
	} {
		if got := o.wonders(locale.Dutch, analysis.PartnerRole, text); !strings.Contains(strings.ToLower(got), strings.ToLower(want)) {
			t.Errorf("%s: %s", text, got)
		}
	}
	stage(t, o.db, analysis.ImportClients, func(s storage.Staging) error {
		return s.AddClients(t.Context(), []analysis.StagedClient{row("0900", "Jansen Advies", "")})
	})
	if err := o.dir.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := o.wonders(locale.Dutch, analysis.PartnerRole, "is Jansen tevreden"); !strings.Contains(got, "3 klanten passen bij") {
		t.Errorf("with a Jansen of another group: %s", got)
	}
}
