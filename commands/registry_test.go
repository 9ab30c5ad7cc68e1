package commands

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

func TestRegistryIsOneConsistentTable(t *testing.T) {
	r := New(Needs{})
	seen := map[string]bool{}
	for _, e := range r.Entries {
		key := string(e.On) + " " + e.ActionID()
		if seen[key] {
			t.Errorf("%s stands in the table twice", key)
		}
		seen[key] = true
		if e.Run == nil || e.Permission == "" {
			t.Errorf("%s has no use-case or no permission", key)
		}
		if named := e.On == Slash || e.On == Shortcut || e.On == OnMessage; named != (len(e.Names) == len(locale.Langs())) {
			t.Errorf("%s has names %v", key, e.Names)
		}
		if len(e.ActionID()) > 255 {
			t.Errorf("%s is longer than Slack takes", key)
		}
		if !analysis.Allow(analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}, e.Permission, analysis.Subject{}) {
			t.Errorf("%s asks for %s, which nobody has", key, e.Permission)
		}
	}
}

func TestScreensFindTheirEntry(t *testing.T) {
	r := New(Needs{})
	for _, c := range []struct {
		id        string
		on        On
		ok, stale bool
	}{
		{"client.open.v1", Action, true, false},
		{"group.page.v1#2", Action, true, false},
		{"client.open.v0", Action, false, true},
		{"client.open.v99", Action, false, true},
		{"client.open", Action, false, true},
		{"client.open.v1", Submission, false, false},
		{"x'; DROP TABLE client; --", Action, false, false},
		{"", Action, false, false},
	} {
		_, ok, stale := r.Screen(c.on, c.id)
		if ok != c.ok || stale != c.stale {
			t.Errorf("Screen(%s, %q) = %v, %v", c.on, c.id, ok, stale)
		}
	}
	for _, typed := range []string{"/klant", "/client", "/KLANT"} {
		if e, ok := r.Slash(typed); !ok || e.ID != "client" {
			t.Errorf("Slash(%s) = %s, %v", typed, e.ID, ok)
		}
	}
	if _, ok := r.Slash("/nope"); ok {
		t.Error("an unknown command is found")
	}
}

// The manifest asks for what the Registry uses and nothing else, in both
// languages, within Slack's limits.
func TestManifestFollowsTheRegistry(t *testing.T) {
	r := New(Needs{})
	for _, lang := range locale.Langs() {
		m := r.Manifest(lang)
		var commands, shortcuts []string
		for _, e := range r.Entries {
			switch e.On {
			case Slash:
				commands = append(commands, e.Names[lang])
			case Shortcut, OnMessage:
				shortcuts = append(shortcuts, e.ActionID())
			}
			for _, scope := range e.Scopes {
				if !slices.Contains(m.OAuth.Scopes.Bot, scope) {
					t.Errorf("%s needs %s, which the manifest does not ask", e.ID, scope)
				}
			}
		}
		for i, c := range m.Features.Commands {
			if c.Command != commands[i] || !c.Escape || c.Description == "" || len([]rune(c.Description)) > 2000 || len([]rune(c.Hint)) > 1000 {
				t.Errorf("command %+v", c)
			}
		}
		for i, s := range m.Features.Shortcuts {
			if s.CallbackID != shortcuts[i] || len([]rune(s.Name)) > 24 || len([]rune(s.Description)) > 150 {
				t.Errorf("shortcut %+v", s)
			}
		}
		if len(m.Features.Commands) != len(commands) || len(m.Features.Shortcuts) != len(shortcuts) {
			t.Errorf("%d commands and %d shortcuts", len(m.Features.Commands), len(m.Features.Shortcuts))
		}
		if !slices.IsSorted(m.Settings.Events.Bot) || len(m.Settings.Events.Bot) != len(r.Events) {
			t.Errorf("events %v", m.Settings.Events.Bot)
		}
		if len([]rune(m.Display.Description)) > 140 {
			t.Errorf("the description has %d characters", len([]rune(m.Display.Description)))
		}
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if !m.Settings.SocketMode || strings.Contains(string(raw), "manifest.description") {
			t.Errorf("manifest %s", raw)
		}
	}
}

// The page for staff, which the README points to, tells of every command that
// the help lists, and of every word that /klantbot takes.
func TestStaffPageTellsOfEveryCommand(t *testing.T) {
	for _, lang := range locale.Langs() {
		raw, err := os.ReadFile("view/staff." + string(lang) + ".md")
		if err != nil {
			t.Fatal(err)
		}
		p, page := locale.New(lang, nil), string(raw)
		for _, e := range New(Needs{}).Entries {
			if e.On == Slash && e.ID != "klantbot" && !strings.Contains(page, "`"+e.Names[lang]) ||
				(e.On == Shortcut || e.On == OnMessage) && !strings.Contains(page, "*"+e.Names[lang]+"*") {
				t.Errorf("%s: the page does not tell of %s", lang, e.Names[lang])
			}
		}
		for word := range strings.SplitSeq(p.T("klantbot.hint", nil), " | ") {
			if word != "help" && !strings.Contains(page, "`/klantbot "+word) {
				t.Errorf("%s: the page does not tell of /klantbot %s", lang, word)
			}
		}
		for paragraph := range strings.SplitSeq(page, "\n\n") { // a section's limit
			if len([]rune(paragraph)) > 3000 {
				t.Errorf("%s: a paragraph is longer than Slack takes", lang)
			}
		}
		if len([]rune(page)) > 12000 {
			t.Errorf("%s: the page is longer than a markdown block may be", lang)
		}
	}
}
