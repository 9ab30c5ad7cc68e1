package main

import (
	"context"
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
)

// onBoard is the newest message of the page with a button of an action.
func onBoard(action string) string {
	return fmt.Sprintf(`[...document.querySelectorAll('[data-testid=message] [data-action-id^="%s.v"]')].at(-1)?.parentElement`, action)
}

// onBoardPressed presses the button of action on the newest message that has one.
func onBoardPressed(action string) chromedp.Action[chromedp.Void] {
	return pressed(onBoard(action), fmt.Sprintf(`[data-action-id^="%s.v"]`, action))
}

// fieldTyped types into the nth text field of the window.
func fieldTyped(n int, words string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`(() => {
			const field = document.querySelectorAll('[data-testid=modal] textarea')[%d];
			if (!field) return false;
			field.focus(); field.value = %q; field.dispatchEvent(new Event('input', {bubbles: true}));
			return true;
		})()`, n, words), chromedp.WithPollingTimeout(patience)))
		if err != nil {
			err = fmt.Errorf("there is no field %d: %w", n, err)
		}
		return err
	})
}

// windowClosed closes the window on the page, where there is one.
func windowClosed(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
	_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => { document.querySelector('[data-testid=modal-close]')?.click(); return true; })()`))
	return chromedp.Void{}, err
}

// playing returns what plays lines of a dialogue beside the page, and what opens the page
// as somebody else.
func playing(t *testing.T, st *stage, must func(string, ...chromedp.Action[chromedp.Void])) (plays func(lines ...string), be func(user string)) {
	plays = func(lines ...string) {
		t.Helper()
		for _, line := range lines {
			if err := st.line(line); err != nil {
				t.Fatalf("%s: %v\nlog of the bot:\n%s", line, err, st.log)
			}
		}
	}
	be = func(user string) {
		t.Helper()
		must("become "+user, windowClosed, chromedp.Navigate("about:blank"), chromedp.Navigate(st.server.URL+"/?user="+user+"#C02KLANTEN"), chromedp.WaitVisible(`[data-testid=composer]`))
	}
	return plays, be
}

// TestSessionInTheBrowser: eight people hold a session nu-3jaar in their own time, each
// in the page, over simulated days: phases close by themselves at their deadlines, the
// facilitator moves on when everybody is in, and the outcome stands in the channel.
func TestSessionInTheBrowser(t *testing.T) {
	t.Parallel()
	st, page, must := browsed(t, 1400)
	plays, be := playing(t, st, must)
	window := chromedp.WaitVisible(`[data-testid=modal]`)
	submit := chromedp.Click(`[data-testid=modal-submit]`)

	plays("jump 2026-11-23T09:00")
	must("ask for a session", typed("/sessie nu-3jaar A"), window, waitFor("Ieder in eigen tijd"))
	shoot(t, page, "session-1-form")
	plays("U01 modal submit Doen mee=U01 & U02 & U03 & U04 & U05 & U06 & U07 & U08")
	must("see the agenda", waitFor("Niemand ziet wie welk kaartje schreef"))
	shoot(t, page, "session-2-agenda")
	must("begin", submit, waitFor("De sessie is begonnen"))
	plays("settled")
	be("U02")
	must("see the board", waitFor("0 van 8 klaar"))
	shoot(t, page, "session-3-board")
	must("read the facts", onBoardPressed("session.facts"), waitFor("relatiegroepen met samen"))
	shoot(t, page, "session-4-facts")

	plays("jump 2026-11-25T09:01") // the facts close by themselves
	thoughts := []string{"Snel antwoord op vragen", "Bereikbaarheid van de relatiemanager", "Hulp bij de opvolging van het bedrijf", "Advies over bedrijfsopvolging",
		"Papieren dossiers verdwijnen", "Rapportages over duurzaamheid", "Digitalisering van de administratie", "De opvolging begint vijf jaar eerder"}
	plays("U01 #klanten hears Nieuwe fase: Stil schrijven")
	for i, thought := range thoughts {
		user := fmt.Sprintf("U%02d", i+1)
		be(user)
		must("write", waitFor(fmt.Sprintf("%d van 8 klaar", i)), onBoardPressed("session.write"), window, chromedp.WaitVisible(`[data-testid=modal] textarea`),
			fieldTyped(i%2, thought))
		if i == 0 {
			shoot(t, page, "session-5-write")
		}
		must("save", submit, waitFor("Bewaard. Klaar:"))
		if i == 0 {
			shoot(t, page, "session-6-written")
		}
		plays("settled")
	}
	plays("jump 2026-11-27T09:02") // the writing closes, and groups are proposed
	plays("U01 #klanten hears Nieuwe fase: Groeperen")
	be("U03")
	must("see the groups on the board", waitFor("Losse kaartjes"))
	shoot(t, page, "session-7-grouping")
	must("group", onBoardPressed("session.groups"), window, waitFor("Dit is een voorstel op de woorden van de kaartjes"))
	shoot(t, page, "session-8-groups")
	must("open a group", inWindow(`[data-action-id^="session.group.v"]`), waitFor("Hernoem"))
	shoot(t, page, "session-9-group")
	must("rename", inWindow(`[data-action-id^="session.rename"]`), waitFor("Naam van de groep"))
	plays("U03 modal submit Naam van de groep=Opvolging", "U03 modal sees Zo staat het nu.")
	shoot(t, page, "session-10-renamed")
	be("U01")
	must("go on", onBoardPressed("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("De sessie is nu bij: Stemmen"))
	shoot(t, page, "session-11-voting")
	plays("U01 #klanten hears Nieuwe fase: Stemmen", "settled")
	for i := range 8 {
		user := fmt.Sprintf("U%02d", i+1)
		be(user)
		must("vote", waitFor(fmt.Sprintf("%d van 8 klaar", i)), onBoardPressed("session.vote"), window, waitFor("Wat telt het meest, nu?"))
		if i == 0 {
			shoot(t, page, "session-12-ballot")
		}
		plays(user + " modal submit Stip 1, nu=Opvolging | Stip 1, over 3 jaar=Opvolging | Stip 2, over 3 jaar=Opvolging")
		must("read one's own vote", waitFor("Uw stem is bewaard"))
		plays("settled")
	}
	shoot(t, page, "session-13-voted")
	be("U01")
	must("go on", waitFor("8 van 8 klaar"), onBoardPressed("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("1. Opvolging"))
	plays("settled")
	shoot(t, page, "session-14-discussing")
	must("add", onBoardPressed("session.talk"), window, waitFor("Wat betekent het?"))
	shoot(t, page, "session-15-talk")
	plays("U01 modal submit Wat zien we?=Niemand begint erover | Wat doen we?=Elk jaargesprek begint ermee")
	must("add it", waitFor("Niemand begint erover"), onBoardPressed("session.act"), window, waitFor("Wie doet het?"))
	shoot(t, page, "session-16-act")
	plays("U01 modal submit Wat doen we?=bel ik de klant over de opvolging | Als …=de jaarrekening klaar is | Wie doet het?=U04 | Uiterlijk=2026-12-18",
		"U01 modal sees De actie staat genoteerd.", "settled")
	be("U01")
	must("go on", waitFor("1 actie"), onBoardPressed("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("De sessie is nu bij: Acties"))
	plays("U01 #klanten hears ✓ Bespreken")
	be("U01")
	must("end", waitFor("✓ Bespreken"), onBoardPressed("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("De sessie is nu bij: Uitkomst"))
	plays("settled", "U08 #klanten hears Uitkomst: segment A")
	be("U08")
	must("read the outcome", waitFor("Uitkomst: segment A"), chromedp.WaitVisible(`[data-testid=message] img`), waitFor("sessie-"))
	shoot(t, page, "session-17-outcome")
	be("U01")
	must("lead", onBoardPressed("session.lead"), window, waitFor("Terug naar een eerdere fase"))
	shoot(t, page, "session-18-lead")
	// What was agreed, what became of it, and what the office's sessions came to.
	be("U04")
	must("see one's actions", typed("/sessie acties"), window, waitFor("bel ik de klant over de opvolging"))
	shoot(t, page, "session-19-actions")
	must("move one", inWindow(`[data-action-id^="action.move"]`), waitFor("Waarom wordt het later?"))
	plays("U04 modal submit Tot wanneer?=2026-12-22 | Waarom wordt het later?=De jaarrekening is later klaar", "U04 modal sees Verzet naar", "settled")
	must("read its history", inWindow(`[data-action-id^="action.history"]`), waitFor("Afgesproken, uiterlijk"))
	shoot(t, page, "session-20-history")
	be("U02")
	must("see the overview", typed("/sessie overzicht"), window, waitFor("Sessies van kantoor"))
	shoot(t, page, "session-21-overview")
}
