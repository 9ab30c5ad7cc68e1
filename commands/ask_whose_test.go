package commands

import (
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// TestByTrade: who asks for the clients of a branch is not answered about all of them;
// a name that is also a trade stays a name, and other counts are answered.
func TestByTrade(t *testing.T) {
	o := spokenWith(t)
	for _, text := range []string{"hoeveel bakkers hebben we", "Welke tandartsen zijn klant", "hoeveel klanten hebben we in de bouw", "welke klanten zitten in de horeca", "omzet van onze bakkers",
		"omzet per branche", "hoeveel van onze bakkerijen groeien", "toon alle bouwbedrijven"} {
		if got := o.wonders(locale.Dutch, analysis.PartnerRole, text); !strings.HasPrefix(got, "Per branche tel ik klanten niet") {
			t.Errorf("%s: %s", text, got)
		}
	}
	for _, text := range []string{"how many bakers do we have", "which clients are in construction", "revenue by industry"} {
		if got := o.wonders(locale.English, analysis.PartnerRole, text); !strings.HasPrefix(got, "I do not count clients by line of business") {
			t.Errorf("%s: %s", text, got)
		}
	}
	for _, text := range []string{"hoeveel klanten hebben we", "is Bakkerij Pietersen tevreden", "hoeveel omzet hebben we met Bakkers", "top 3 klanten", "wie is de contactpersoon van Restaurants De Haan", "kaart van Visser"} {
		if got := o.wonders(locale.Dutch, analysis.PartnerRole, text); strings.HasPrefix(got, "Per branche") {
			t.Errorf("%s: %s", text, got)
		}
	}
}

// TestWhoseRevenue: revenue of nobody asks whose, in a DM too, and either choice answers
// it for the period that was named.
func TestWhoseRevenue(t *testing.T) {
	o := spokenIn(t, workspaceOf("rm@voorbeeld.nl"))
	client := o.dir.Nearest(t.Context(), "Jansen Beheer", 1)[0].Client
	for _, text := range []string{"omzet", "Omzet?", "wat is de omzet", "revenue", "omzet vorig jaar"} {
		for id, want := range map[string]string{"ask.mean": "portfolio.summary", "ask.which": fmt.Sprint(int64(client))} {
			got, e := o.tells("U1", text+id, text) // a thread of its own, in which nobody was spoken of
			if !strings.Contains(got, "Van welke klant wilt u de omzet weten, of van het hele kantoor?") || !strings.Contains(got, "Het hele kantoor") || !strings.Contains(got, "ask.which.v1#") {
				t.Fatalf("%s: %s", text, got)
			}
			reply, err := o.ask(id, Action, func(r *Request) {
				inDM("U1", "", "")(r)
				r.Value = fmt.Sprintf("%d;%s", sayingOf(e.Subject).question, want)
			})
			if err != nil || reply.Now == nil {
				t.Fatalf("%s, %s: %+v, %v", text, id, reply, err)
			}
			said := map[string]string{"ask.mean": "Het kantoor: ", "ask.which": "Jansen Beheer"}[id]
			year := strings.Contains(text, "vorig") == strings.Contains(jsonOf(o, *reply.Now), "2025")
			if got := jsonOf(o, *reply.Now); !strings.Contains(got, said) || id == "ask.mean" && !year || got != o.worded(e) {
				t.Errorf("%s, %s: %s", text, id, got)
			}
		}
	}
	if got, _ := o.tells("U1", "5.5", "omzet van het kantoor"); strings.Contains(got, "Van welke klant") || !strings.Contains(got, "per jaar") {
		t.Errorf("of the office: %s", got)
	}
}
