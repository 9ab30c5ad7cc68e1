package commands

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/prompts"
	"klantbot/prompts/mask"
	"klantbot/prompts/openai/openaitest"
)

// TestVeilHidesEverything: whatever a model asks for, no name, number or text that came
// out of a file or was typed is in what it gets, before anything else looks at it.
func TestVeilHidesEverything(t *testing.T) {
	all := attacks(t)
	db := besieged(t, all)
	use := conversing(t, db, openaitest.New(t, nil, 7))
	for _, a := range all {
		noted(t, db, a, clientWith(t, db, a.number))
	}
	p, err := prompts.LoadPrompt("nl", prompts.Ask)
	if err != nil {
		t.Fatal(err)
	}
	tools, err := p.Tools()
	if err != nil {
		t.Fatal(err)
	}
	told, refused := 0, 0
	for _, number := range []string{all[0].number, all[9].number, all[16].number, all[23].number, all[33].number, all[38].number} {
		req := wondering("V" + number)
		req.Actor.Roles = analysis.RolesOf(analysis.PartnerRole)
		talk := use.talk(t.Context(), req, ask.Question{Intent: ask.ClientCard, Slots: ask.Slots{Client: number}}, analysis.Client{})
		for _, tool := range tools {
			for _, what := range whats(t, tool) {
				job := mask.New(nil, "k1")
				client := job.Hide(prompts.VeiledOrganisation, clientKey(talk.box.client), "klant")
				arguments := fmt.Sprintf(`{"client":%q,"what":%q,"audience":"klanten","from":null,"to":null,"limit":50}`, client, what)
				text, err := talk.box.Use(t.Context(), tool.Name, json.RawMessage(arguments), job)
				if err != nil {
					refused++
					continue
				}
				told++
				for _, never := range []string{"Zaak", "Pietersen", "Visser", "Quimby", "Smit", "Fleur", "de Vries", "rm@", "Jaarrekening", "{", "evil", "<!", "4217", "PWNED"} {
					if strings.Contains(text, never) {
						t.Errorf("%s %s of %s says %q: %s", tool.Name, what, number, never, text)
					}
				}
			}
		}
	}
	if told < 60 {
		t.Errorf("only %d results, %d refused", told, refused)
	}
	if !locale.Has(locale.Dutch, "ask.ai.check") {
		t.Error("no label")
	}
}

// whats are what a tool can be asked; one empty for a tool that does one thing.
func whats(t *testing.T, tool prompts.Tool) []string {
	t.Helper()
	var schema struct {
		Properties struct{ What struct{ Enum []string } }
	}
	if tool.Name == prompts.AnswerTool || strings.HasPrefix(tool.Name, "propose") {
		return nil
	}
	if err := json.Unmarshal(tool.Parameters, &schema); err != nil {
		t.Fatal(err)
	}
	return schema.Properties.What.Enum
}
