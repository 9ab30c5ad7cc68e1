package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// keyboard is somebody at a page who has no mouse.
type keyboard struct {
	t    *testing.T
	st   *stage
	page context.Context
}

// focus is where the keys go, as the page and a screen reader tell it.
type focus struct {
	Tag    string `json:"tag"`    // lower case; body when nothing has the focus
	TestID string `json:"testid"` // the hooks of the page
	Action string `json:"action"`
	Label  string `json:"label"`  // what a screen reader calls it
	Active string `json:"active"` // the entry of a list that arrows moved to
	Seen   bool   `json:"seen"`   // it can be told by eye from what has no focus
	Modal  bool   `json:"modal"`  // within the open dialog
}

// whereFocus reads a focus. A mark is an outline, the glow around a field, or
// the colour of a menu's entry.
const whereFocus = `(() => {
	const e = document.activeElement, own = getComputedStyle(e), box = e.getBoundingClientRect();
	const glows = (n) => n && getComputedStyle(n).boxShadow !== 'none';
	const outlined = own.outlineStyle !== 'none' && parseFloat(own.outlineWidth) > 0;
	const marked = outlined || glows(e) || glows(e.closest('.composer')) || (e.getAttribute('role') === 'menuitem' && own.backgroundColor !== 'rgba(0, 0, 0, 0)');
	const entry = document.getElementById(e.getAttribute('aria-activedescendant') || '');
	return {tag: e.tagName.toLowerCase(), testid: e.dataset.testid || '', action: e.dataset.actionId || '',
		label: e.getAttribute('aria-label') || e.innerText || e.title || '', active: entry?.innerText || '',
		seen: marked && box.width > 0 && box.bottom > 0 && box.top < innerHeight, modal: !!e.closest('dialog')};
})()`

func (k *keyboard) press(keys string, o ...chromedp.KeyOption) {
	k.t.Helper()
	if err := chromedp.Do(k.page, chromedp.KeyEvent(keys, o...)); err != nil {
		k.t.Fatalf("press %q: %v", keys, err)
	}
}

func (k *keyboard) focus() (at focus) {
	k.t.Helper()
	at, err := chromedp.Run(k.page, chromedp.Evaluate[focus](whereFocus))
	if err != nil {
		k.t.Fatalf("find the focus: %v", err)
	}
	return at
}

// wait waits until the page says text.
func (k *keyboard) wait(text string) {
	k.t.Helper()
	if err := chromedp.Do(k.page, waitFor(text)); err != nil {
		shoot(k.t, k.page, "keyboard")
		k.t.Fatalf("wait for %q: %v\nthe focus is on %+v", text, err, k.focus())
	}
}

// until waits until the focus is somewhere.
func (k *keyboard) until(what, condition string) {
	k.t.Helper()
	_, err := chromedp.Run(k.page, chromedp.Poll[bool](condition, chromedp.WithPollingTimeout(patience)))
	if err != nil {
		shoot(k.t, k.page, "keyboard")
		k.t.Fatalf("wait for %s: %v\nthe focus is on %+v", what, err, k.focus())
	}
}

// mostTabs is how often somebody presses Tab before they give a page up.
const mostTabs = 60

// tabTo presses Tab, or with Shift, until it is there, and holds that every
// stop on the way can be seen and has a name.
func (k *keyboard) tabTo(what string, there func(focus) bool, o ...chromedp.KeyOption) focus {
	k.t.Helper()
	for range mostTabs {
		k.press(kb.Tab, o...)
		at := k.focus()
		if at.Tag == "body" {
			continue // past the end: the browser's own bar
		}
		if !at.Seen {
			k.until("a mark on the focus", whereFocus+".seen") // it may still be fading in
		}
		if strings.TrimSpace(at.Label) == "" {
			k.t.Errorf("a stop without a name: %+v", at)
		}
		if there(at) {
			return at
		}
	}
	shoot(k.t, k.page, "keyboard")
	k.t.Fatalf("%d times Tab, and not on %s", mostTabs, what)
	return focus{}
}

var back = chromedp.KeyModifiers(chromedp.ModifierShift)

// TestByKeyboardAlone does what a newcomer does without touching a mouse:
// completing a command, choosing a client, opening a card, sharing it, searching
// in a window and leaving it. The focus is always visible, stays where the
// person is when a message changes under them, stays within a window, and comes
// back to what opened it.
func TestByKeyboardAlone(t *testing.T) {
	t.Parallel()
	st := newStage(t, sampleDB(t))
	st.start()
	k := &keyboard{t: t, st: st, page: chromium(t)}
	if err := chromedp.Do(k.page, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(st.server.URL+"/?user=U01#C02KLANTEN"),
		chromedp.WaitVisible(`[data-testid=composer]`)); err != nil {
		t.Fatal(err)
	}
	composer := func(at focus) bool { return at.TestID == "composer" }
	if !composer(k.focus()) {
		k.tabTo("the field to write in", composer)
	}
	k.completes()
	k.choosesAndShares()
	k.searchesInAWindow(composer)
	k.walksAround(composer)
}

// completes types a command by its first letters, arrows and Tab.
func (k *keyboard) completes() {
	k.t.Helper()
	k.press("/kl")
	first := k.focus()
	if !strings.HasPrefix(first.Active, "/klant") {
		k.t.Fatalf("nothing to complete: %+v", first)
	}
	k.press(kb.ArrowDown)
	second := k.focus()
	k.press(kb.ArrowUp)
	if second.Active == first.Active || k.focus().Active != first.Active {
		k.t.Errorf("arrows went from %q to %q to %q", first.Active, second.Active, k.focus().Active)
	}
	k.press(kb.Tab)
	value, err := chromedp.Run(k.page, chromedp.Evaluate[string]("document.activeElement.value"))
	if err != nil || value != "/klant " {
		k.t.Fatalf("Tab completed to %q, %v", value, err)
	}
	k.press("Jansen" + kb.Enter)
	k.wait("klanten passen bij “Jansen”")
}

// choosesAndShares goes back from the field to a button, and on from there.
func (k *keyboard) choosesAndShares() {
	k.t.Helper()
	starts := func(action string) func(focus) bool {
		return func(at focus) bool { return strings.HasPrefix(at.Action, action) }
	}
	k.tabTo("a client to choose", starts("client.open"), back)
	k.press(kb.Enter)
	k.wait("Jaaromzet relatiegroep")
	k.until("the focus on the card", `!!document.activeElement.closest('[data-testid=message]')?.innerText.includes('Jaaromzet')`)
	k.tabTo("the button that shares", starts("client.share"))
	k.press(" ") // a button takes the space bar as well
	k.wait("Iedereen in dat kanaal kan hem dan lezen")
	k.tabTo("the button that confirms", starts("client.post"))
	k.press(kb.Enter)
	k.wait("Gedeeld door")
	if at := k.focus(); at.Tag == "body" {
		k.t.Error("the focus is lost once the card is shared")
	}
}

// searchesInAWindow opens the menu of shortcuts, a window by it, and leaves it.
func (k *keyboard) searchesInAWindow(composer func(focus) bool) {
	k.t.Helper()
	if !composer(k.focus()) {
		k.tabTo("the field to write in", composer)
	}
	k.tabTo("the shortcuts", func(at focus) bool { return at.TestID == "shortcuts" })
	k.press(kb.Enter)
	k.until("the focus in the menu", `document.activeElement.getAttribute('role') === 'menuitem'`)
	k.press(kb.Escape)
	k.until("the focus back from the menu", `document.activeElement.dataset.testid === 'shortcuts'`)
	k.press(kb.Enter)
	k.until("the focus in the menu again", `document.activeElement.getAttribute('role') === 'menuitem'`)
	k.press(kb.ArrowDown)
	k.press(kb.Home)
	k.press(kb.Enter)
	k.wait("Typ een naam, klantnummer of contactpersoon.")
	k.until("the focus in the window", `!!document.activeElement.closest('dialog')`)
	for range 12 {
		k.press(kb.Tab)
		if at := k.focus(); !at.Modal && at.Tag != "body" {
			k.t.Fatalf("Tab leaves the window for %+v", at)
		}
	}
	if at := k.focus(); !at.Modal {
		k.tabTo("the window", func(at focus) bool { return at.Modal })
	}
	k.press(kb.Escape)
	k.until("the window to close", `!document.querySelector('[data-testid=modal]')`)
	k.until("the focus back from the window", `document.activeElement.dataset.testid === 'shortcuts'`)
}

// walksAround goes through everything that Tab reaches, from the top: it must
// come round, and each stop must be seen and named.
func (k *keyboard) walksAround(composer func(focus) bool) {
	k.t.Helper()
	if _, err := chromedp.Run(k.page, chromedp.Evaluate[bool](`(document.activeElement.blur(), true)`)); err != nil {
		k.t.Fatal(err)
	}
	stops := map[string]bool{}
	k.tabTo("the field to write in, from the top", func(at focus) bool {
		stops[fmt.Sprintf("%s %s", at.Tag, at.Label)] = true
		return composer(at)
	})
	if len(stops) < 5 {
		k.t.Errorf("only %d stops from the top to the field", len(stops))
	}
}
