package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"klantbot/bot/workspace"
)

// TestLiveSessionInTheBrowser: four people write in their own time and then meet: who
// leads begins the talk, each phase has a timer, which closes what is done in silence
// and only says so of what is talked about; the time is given more of, the next phase
// begun from the word that it was over, until the outcome stands in the channel. The
// clock moves only where it is moved: however slow the machine is, no timer ends early.
func TestLiveSessionInTheBrowser(t *testing.T) {
	t.Parallel()
	stands := time.Date(2026, 11, 21, 10, 0, 0, 0, officeZone())
	st, page, must := browsed(t, 1300, func(c *workspace.Config) { c.Now = func() time.Time { return stands } })
	plays, be := playing(t, st, must)
	window, submit := chromedp.WaitVisible(`[data-testid=modal]`), chromedp.Click(`[data-testid=modal-submit]`)
	plays("jump 2026-11-23T09:00")
	must("ask for a session", typed("/sessie nu-3jaar A"), window, waitFor("Eerst ieder voor zich, dan samen"))
	plays("U01 modal submit Doen mee=U01 & U02 & U03 & U04 | Hoe?=Eerst ieder voor zich, dan samen")
	must("see the agenda", waitFor("samen: 15 minuten"))
	shoot(t, page, "live-1-agenda")
	must("begin", submit, waitFor("De sessie is begonnen"))
	plays("settled", "U01 #klanten finds Volgende fase", "U01 #klanten hears De sessie is nu bij: Stil schrijven",
		"wrote U01 Bereikbaarheid van de relatiemanager", "wrote U02 Sneller bereikbaar zijn", "wrote U03 Hulp bij de opvolging", "wrote U04 De opvolging begint eerder",
		"jump 2026-11-25T09:01", "U01 #klanten hears Nieuwe fase: Groeperen", "settled")

	be("U01") // the meeting
	must("see that it waits", waitFor("Tijd om bij elkaar te komen"))
	shoot(t, page, "live-2-waits")
	must("begin the talk", onBoardPressed("session.switch"), waitFor("Zo gaat de sessie verder"))
	plays("settled", "U02 #klanten hears Het gesprek begint.", "U02 #klanten hears tot 09:08")
	must("see the timer", waitFor("tot 09:08"))
	shoot(t, page, "live-3-timer")
	plays("jump 2026-11-25T09:09", "U02 #klanten hears De tijd voor de fase Groeperen is om", "settled")
	be("U02")
	must("see that nothing closed", waitFor("De tijd voor de fase Groeperen is om"))
	shoot(t, page, "live-4-time-up")
	plays("U01 #klanten at De tijd voor de fase Groeperen: press 5 minuten langer", "U01 #klanten hears Deze fase duurt nu tot 09:14", "settled",
		"jump 2026-11-25T09:15", "U01 #klanten at De tijd voor de fase Groeperen: press Volgende fase", "U01 #klanten hears De sessie is nu bij: Stemmen (tot 09:18", "settled")
	for _, user := range []string{"U02", "U03"} {
		be(user)
		must("vote", onBoardPressed("session.vote"), window, waitFor("Wat telt het meest, nu?"))
		plays(user + " modal submit Stip 1, nu=Opvolging | Stip 1, over 3 jaar=Opvolging")
		must("read one's own vote", waitFor("Uw stem is bewaard"))
		plays("settled")
	}
	plays("jump 2026-11-25T09:19", "U01 #klanten hears Nieuwe fase: Bespreken", "settled") // the silent vote closes by itself
	be("U01")
	must("see what is discussed", waitFor("1. Opvolging"), waitFor("tot 09:34"))
	shoot(t, page, "live-5-discussing")
	must("agree", onBoardPressed("session.act"), window, waitFor("Wie doet het?"))
	plays("U01 modal submit Wat doen we?=bel ik de klant | Als …=de jaarrekening klaar is | Wie doet het?=U04 | Uiterlijk=2026-12-18", "settled")
	be("U01")
	must("lead", onBoardPressed("session.lead"), window, waitFor("Verder in eigen tijd"))
	shoot(t, page, "live-6-lead")
	must("go on later", inWindow(`[data-action-id^="session.switch"]`), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor("Zo gaat de sessie verder"))
	shoot(t, page, "live-7-later")
	plays("settled", "U02 #klanten hears Verder in eigen tijd: de fase Bespreken is open tot vr 27 nov")
	for _, phase := range []string{"Acties", "Uitkomst"} {
		be("U01")
		must("go on", waitFor("1 actie"), onBoardPressed("session.forward"), chromedp.Click(`[data-testid=confirm-yes]`, chromedp.NodeVisible), waitFor(fmt.Sprintf("De sessie is nu bij: %s", phase)))
		plays("settled")
	}
	be("U03")
	must("read the outcome", waitFor("Uitkomst: segment A"), waitFor("sessie-"))
	shoot(t, page, "live-8-outcome")
}
