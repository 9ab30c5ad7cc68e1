package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestJourneyInTheBrowser holds a live klantreis with eight people, each on their own
// page of the local workspace: they wish, write and feel step by step, weigh, agree on
// actions, and read the outcome with its picture and its report.
func TestJourneyInTheBrowser(t *testing.T) {
	t.Parallel()
	st, page, must := browsed(t, 1100)
	people := []string{"U01", "U02", "U03", "U04", "U05", "U06", "U07", "U08"}
	as := func(user string) chromedp.Action[chromedp.Void] {
		return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			return chromedp.Do(ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(st.server.URL+"/?user="+user+"#C02KLANTEN"), chromedp.WaitVisible(`[data-testid=composer]`), onJourney(""))
		})
	}
	must("begin", typed("/sessie klantreis groot"), waitFor("Doen mee"))
	if err := st.submits(page, "U01", "", map[string]any{"Doen mee": people, "mode": "live"}); err != nil {
		t.Fatal(err)
	}
	must("read the agenda", waitFor("8 minuten"))
	shoot(t, page, "journey-agenda")
	must("begin it", writes("goal", "Nieuwe klanten warm ontvangen"), chromedp.Click(`[data-testid=modal-submit]`), waitFor("De sessie is begonnen"), onJourney(""))
	shoot(t, page, "journey-begun")

	wishes := []string{"echt gehoord", "in goede handen", "verrassend", "echt gehoord", "snel geholpen", "zeer betrokken", "in goede handen", "thuis"}
	for i, user := range people {
		must(user+" wishes", as(user), opens("journey.wish", "Hoe moet deze klant zich bij ons voelen"), writes("wish", wishes[i]))
		if i == 1 {
			shoot(t, page, "journey-wish")
		}
		must(user+" sends it", chromedp.Click(`[data-testid=modal-submit]`), waitFor("wens bewaard"))
		if text := visible(t, page); i > 1 && strings.Contains(text, wishes[0]) {
			t.Fatalf("%s reads what others wished:\n%s", user, text)
		}
	}
	must("go on", as("U01"), waitFor("8 van 8 klaar"), onJourney("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("Stap 7 van 7"))
	shoot(t, page, "journey-steps")
	must("choose the words", opens("journey.frame", "Welke woorden kiest u"))
	shoot(t, page, "journey-frame")
	if err := st.submits(page, "U01", "", map[string]any{"words": []string{"echt gehoord", "in goede handen"}, "journey.steps": "kennismaking\nofferte\nonboarding (Wwft)\nadviesgesprek"}); err != nil {
		t.Fatal(err)
	}
	must("see them", waitFor("echt gehoord, in goede handen"))
	say := [][4]string{{"belt na een tip van een collega-ondernemer", "eindelijk iemand die luistert", "doorvragen, nog geen oplossing noemen", "binnen een dag een persoonlijk verslag sturen"},
		{"legt drie offertes naast elkaar", "waarin zijn jullie anders?", "de offerte samen doorlopen", "offerte in gewone taal op één pagina"},
		{"levert twee keer dezelfde stukken aan", "dat heb ik vorige week al gestuurd", "uitleggen waarom de wet dit vraagt", "één lijst, één keer vragen"},
		{"neemt partner en opvolger mee", "hier had ik nooit aan gedacht", "vragen waarvan de klant zich nog niet bewust is", "jaarlijks gesprek over opvolging"}}
	felt := [4][8]int{{4, 5, 4, 3, 4, 5, 4, 4}, {3, 4, 3, 2, 4, 3, 3, 4}, {1, 2, 1, 3, 2, 1, 2, 2}, {5, 4, 5, 4, 4, 5, 3, 5}}
	for i, user := range people {
		must(user+" writes along", as(user), opens("journey.step", "Stap 1 van 4"))
		for k := range say {
			must(fmt.Sprintf("%s on step %d", user, k+1), waitFor(fmt.Sprintf("Stap %d van 4", k+1)),
				chromedp.WaitVisible(`[data-testid=modal] [data-block-id^=feeling]`), chooses("feeling", felt[k][i]))
			if i == k {
				must("write", writes("doet", say[k][0]), writes("denkt", say[k][1]), writes("gedrag", say[k][2]), writes("kans", say[k][3]))
			}
			if i == 2 && k == 2 {
				shoot(t, page, "journey-form")
			}
			must("save", chromedp.Click(`[data-testid=modal-submit]`))
			if k < len(say)-1 {
				must("go on", inWindowSays(fmt.Sprintf("Stap %d van 4", k+2)))
			}
		}
		must(user+" is done", waitFor("U gaf bij elke stap een gevoel"))
	}
	shoot(t, page, "journey-done")
	must("see the feelings", as("U02"), waitFor("2 van 5 (de helft zit tussen 1 en 2; 8 personen)"))
	shoot(t, page, "journey-felt")

	must("go on to the weighing", as("U01"), onJourney("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("Er zijn 4 kansen om te wegen"))
	for i, user := range people {
		must(user+" weighs", as(user), opens("journey.weigh", "Niemand ziet uw cijfers"))
		if i == 0 {
			shoot(t, page, "journey-weigh")
		}
		weights := map[string]any{}
		for k, block := range weighed(t, page) {
			weights[block] = fmt.Sprint(1 + (i+2*k)%5)
		}
		if err := st.submits(page, user, "", weights); err != nil {
			t.Fatal(err)
		}
		must("read that", waitFor("u woog 4 kansen"))
	}
	must("go on to the actions", as("U01"), onJourney("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("Leg een actie vast"))
	shoot(t, page, "journey-chances")
	for i, owner := range []string{"U03", "U05", "U01"} {
		must("agree", opens("journey.act", "Zonder eigenaar en datum is het geen actie"))
		if err := st.submits(page, "U01", "", map[string]any{"chance": say[i][3], "Wie doet het?": owner, "Klaar op": "2026-12-18", "Als …": "een nieuwe klant tekent", "dan …": "bel ik dezelfde dag"}); err != nil {
			t.Fatal(err)
		}
		must("see it", waitFor("Vastgelegd."))
		if i == 1 {
			shoot(t, page, "journey-act")
		}
		must("close", chromedp.Click(`[data-testid=modal-close]`), chromedp.WaitNotPresent(`[data-testid=modal][open]`))
	}
	must("come to the outcome", waitFor("3 acties vastgelegd"), onJourney("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("Uitkomst van de klantreis"),
		waitFor("Grootste kansen"))
	shoot(t, page, "journey-outcome")
	keepJourney(t, st, page)
}

// keepJourney holds the picture and the report of the outcome, and keeps them where
// somebody asked for screenshots.
func keepJourney(t *testing.T, st *stage, page context.Context) {
	t.Helper()
	fetch := func(path string) []byte {
		got, err := st.server.Client().Get(st.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		content, err := io.ReadAll(got.Body)
		if err != nil || got.StatusCode != http.StatusOK {
			t.Fatalf("%s: %v %v", path, got.Status, err)
		}
		return content
	}
	var report, picture []byte
	for _, m := range st.slack.Messages("C02KLANTEN", "U02") {
		for _, f := range m.Files {
			if filepath.Ext(f.Name) == ".md" {
				report = fetch(f.Page)
			}
		}
	}
	at, err := chromedp.Run(page, chromedp.Poll[string](`[...document.querySelectorAll('img')].map((i) => i.getAttribute('src')).find((s) => /klantreis.*png/.test(s))`, chromedp.WithPollingTimeout(patience)))
	if err != nil {
		t.Fatal(err)
	}
	picture = fetch(strings.TrimPrefix(at, st.server.URL))
	if dir := os.Getenv("KLANTBOT_SHOTS"); dir != "" {
		_ = os.WriteFile(filepath.Join(dir, "journey-picture.png"), picture, 0o644)
		_ = os.WriteFile(filepath.Join(dir, "journey-report.md"), report, 0o644)
	}
	for _, said := range []string{"## 3. onboarding", "één lijst, één keer vragen", "2 van 5", "bel ik dezelfde dag", "aanname", "feit; "} {
		if !strings.Contains(string(report), said) {
			t.Errorf("the report does not say %q:\n%s", said, report)
		}
	}
	if len(picture) < 10_000 {
		t.Errorf("a picture of %d bytes", len(picture))
	}
}

// onJourney presses a button of the session's own message; without an id it waits for it.
func onJourney(id string) chromedp.Action[chromedp.Void] {
	const board = `[...document.querySelectorAll('[data-testid=message]')].filter((m) => m.querySelector('[data-action-id^="session.lead"]')).at(-1)`
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		wait := `[data-action-id^="session.lead"]`
		if id != "" {
			wait = `[data-action-id^="` + id + `"]`
		}
		if _, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf("!!%s?.querySelector(%q)", board, wait), chromedp.WithPollingTimeout(patience))); err != nil || id == "" {
			return err
		}
		return chromedp.Do(ctx, pressed(board, wait))
	})
}

// opens presses a button of the session's message and waits for its window to say text.
func opens(id, text string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) (err error) {
		for range 5 {
			if err = chromedp.Do(ctx, onJourney(id)); err != nil {
				return err
			}
			_, err = chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf("!!document.querySelector('[data-testid=modal]')?.innerText.includes(%q)", text), chromedp.WithPollingTimeout(patience/4)))
			if err == nil {
				return nil
			}
		}
		return err
	})
}

// writes types into a field of the window.
func writes(block, words string) chromedp.Action[chromedp.Void] {
	field := `[data-testid=modal] [data-block-id^="` + block + `"] `
	return chromedp.SendKeys(field+"textarea, "+field+"input", words)
}

// chooses picks one of five in the window.
func chooses(block string, n int) chromedp.Action[chromedp.Void] {
	return inWindow(fmt.Sprintf(`[data-block-id^=%q] input[data-value="%d"]`, block, n))
}

// inWindowSays waits until the window says text.
func inWindowSays(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf("!!document.querySelector('[data-testid=modal]')?.innerText.includes(%q)", text), chromedp.WithPollingTimeout(patience)))
		return err
	})
}

// weighed are the blocks of the window that ask for a figure.
func weighed(t *testing.T, page context.Context) []string {
	t.Helper()
	blocks, err := chromedp.Run(page, chromedp.Evaluate[[]string](`[...new Set([...document.querySelectorAll('[data-testid=modal] [data-block-id]')].map((b) => b.dataset.blockId).filter((b) => /^(impact|effort)/.test(b)))]`))
	if err != nil || len(blocks) != 8 {
		t.Fatalf("the window asks for %v, %v", blocks, err)
	}
	return blocks
}
