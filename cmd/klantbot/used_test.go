package main

import (
	"maps"
	"slices"
	"sync"
	"testing"

	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/locale"
)

// used is what the dialogues made use of, to be compared with what the manifest
// asks: nothing is asked that is not used, nothing used that is not asked.
type used struct {
	mu     sync.Mutex
	played map[string]bool
	use    workspace.Use
}

func newUsed() *used {
	return &used{played: map[string]bool{}, use: workspace.Use{Methods: map[string]bool{}, Scopes: map[string]bool{}, Events: map[string]bool{}}}
}

func (u *used) add(script string, more workspace.Use) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.played[script] = true
	maps.Copy(u.use.Methods, more.Methods)
	maps.Copy(u.use.Scopes, more.Scopes)
	maps.Copy(u.use.Events, more.Events)
}

// ending are the events after which a bot stops: see bot's own tests.
var ending = []string{"app_uninstalled", "tokens_revoked"}

// check compares, when all the dialogues were played.
func (u *used) check(t *testing.T, scripts int) {
	if len(u.played) < scripts || t.Failed() {
		return
	}
	m := commands.New(commands.Needs{}).Manifest(locale.Dutch)
	for _, scope := range m.OAuth.Scopes.Bot {
		if !u.use.Scopes[scope] {
			t.Errorf("the manifest asks for %s, which no dialogue uses", scope)
		}
	}
	for _, event := range m.Settings.Events.Bot {
		if !u.use.Events[event] && !slices.Contains(ending, event) {
			t.Errorf("the manifest asks for the event %s, which no dialogue brings", event)
		}
	}
	t.Logf("methods used: %v", slices.Sorted(maps.Keys(u.use.Methods)))
}
