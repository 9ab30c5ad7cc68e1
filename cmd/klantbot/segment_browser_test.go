package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestSegmentationInTheBrowser is the sentence with which client value is done:
// in the local workspace an administrator takes the sample office from concept
// to definitief, after which /klant, /piramide and /portefeuille show it.
func TestSegmentationInTheBrowser(t *testing.T) {
	t.Parallel()
	_, page, must := browsed(t, 1000)
	modal := func(id string) chromedp.Action[chromedp.Void] { return inWindow(`[data-action-id^="` + id + `"]`) }
	must("look at the portfolio", typed("/portefeuille kantoor"), waitFor("Segmenten uit definitieve segmentatie 2"))
	must("open the segmentation", pressed(newest, `[data-action-id^="segment.open"]`), waitFor("Segmentatie 2, definitief"))
	must("make a draft", modal("segment.draft"), waitFor("Het concept is berekend"))
	shoot(t, page, "segment-draft")

	must("ask why", modal("segment.explain"), waitFor("punten"), modal("segment.open"), waitFor("relatiegroepen eerst"))
	must("adjust without a reason", modal("segment.adjust"), waitFor("Uw keuze gaat boven de score"),
		inWindow(`input[type=radio][data-value=A]`), chromedp.Click(`[data-testid=modal-submit]`),
		waitFor("Vul dit in."))
	shoot(t, page, "segment-no-reason")
	must("adjust with a reason", chromedp.SendKeys(`[data-testid=modal] textarea`, "Groeit mee met onze focusbranche"),
		chromedp.Click(`[data-testid=modal-submit]`), waitFor("staat nu in A."))
	shoot(t, page, "segment-adjusted")

	// The form about the next group has nothing of the one before.
	must("adjust another", inWindowLast(`[data-action-id^="segment.adjust"]`), waitFor("Uw keuze gaat boven de score"))
	if left, err := chromedp.Run(page, chromedp.Evaluate[string](`document.querySelector('[data-testid=modal] textarea').value`)); err != nil || left != "" {
		t.Errorf("the reason about another group stands there: %q, %v", left, err)
	}
	must("go back", modal("segment.open"), waitFor("relatiegroepen eerst"))

	must("ask to make it final", modal("segment.ask"), waitFor("Ja, maak definitief"))
	shoot(t, page, "segment-ask")
	must("make it final", modal("segment.finalize"), waitFor("Segmentatie 3 is definitief."))
	shoot(t, page, "segment-final")
	// The message behind the window says so without being asked for anew.
	must("see it behind the window", waitFor("Segmenten uit definitieve segmentatie 3"))
	if text := visible(t, page); strings.Contains(text, "Segmenten uit definitieve segmentatie 2") {
		t.Errorf("the portfolio behind the window still says:\n%s", text)
	}
	must("close the window", chromedp.Click(`[data-testid=modal-close]`), chromedp.WaitNotPresent(`[data-testid=modal][open]`))
	shoot(t, page, "segment-portfolio")

	must("see it on the card", typed("/klant 1001"), waitFor("Jaaromzet relatiegroep"), waitFor("waarde 9"))
	shoot(t, page, "segment-card")
	must("see it in the pyramid", typed("/piramide"), waitFor("segmentatie 3"))
	shoot(t, page, "segment-pyramid")
	must("see it in the portfolio", typed("/portefeuille"), waitFor("Portefeuille van Femke de Vries"),
		inNewestSays("Segmenten uit definitieve segmentatie 3"))
}

// typed types a command and sends it.
func typed(command string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		return chromedp.Do(ctx, chromedp.Click(`[data-testid=composer]`), chromedp.SendKeys(`[data-testid=composer]`, command),
			chromedp.Click(`[data-testid=send]`))
	})
}

// newest is the newest message on the page, in JavaScript.
const newest = `[...document.querySelectorAll('[data-testid=message]')].at(-1)`

// inWindow presses the first thing that selector finds in the window.
func inWindow(selector string) chromedp.Action[chromedp.Void] {
	return pressed(`document.querySelector('[data-testid=modal]')`, selector)
}

// inWindowLast presses the last thing that selector finds in the window.
func inWindowLast(selector string) chromedp.Action[chromedp.Void] {
	return pressed(`[...document.querySelectorAll('[data-testid=modal] `+selector+`')].at(-1)?.parentElement`, selector)
}

// pressed presses the first thing that selector finds within a part of the page,
// wherever it is scrolled to.
func pressed(part, selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`(() => { const b = %s?.querySelector(%q); b?.click(); return !!b; })()`, part, selector), chromedp.WithPollingTimeout(patience)))
		if err != nil {
			err = fmt.Errorf("there is no %s: %w", selector, err)
		}
		return err
	})
}

// inNewestSays waits until the newest message says text.
func inNewestSays(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf("!!%s?.innerText.includes(%q)", newest, text), chromedp.WithPollingTimeout(patience)))
		return err
	})
}
