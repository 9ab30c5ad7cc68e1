package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestFourWeeksInTheBrowser: four Mondays of the sample office in the local
// workspace, each reached with the page's own time jump. Digests arrive at
// several people, are handled, handed over, put off and reported; the next one
// says what became of it, and what was done or put off is not asked again.
func TestFourWeeksInTheBrowser(t *testing.T) {
	t.Parallel()
	st, page, must := browsed(t, 1150)
	plays := func(lines ...string) {
		t.Helper()
		for _, line := range lines {
			if err := st.line(line); err != nil {
				t.Fatalf("%s: %v\nlog of the bot:\n%s", line, err, st.log)
			}
		}
	}
	plays("jump 2026-11-22T12:00") // everybody is known; nothing is sent in mid-week
	who := func(user string) {
		must("become "+user, chromedp.Navigate("about:blank"), chromedp.Navigate(st.server.URL+"/?user="+user+"#"+st.channel(user, "dm")),
			chromedp.WaitVisible(`[data-testid=composer]`))
	}
	monday := func(user, week string) {
		t.Helper()
		who(user)
		must("jump to Monday", chromedp.Click(`[data-testid=workshop-open]`), chromedp.Click(`[data-testid=jump-monday]`, chromedp.NodeVisible), waitFor(week),
			chromedp.Click(`[data-testid=workshop-open]`))
	}

	monday("U03", "Week 48, vanaf")
	shoot(t, page, "weeks-1-digest")
	must("have done one", pressed(newest, `[data-action-id^="attention.done"]`), waitFor("gedaan door Ingrid van Leeuwen op 23 nov 2026"))
	plays("U03 dm pick Later=Over 2 weken below De Leeuw Horeca B.V.",
		"U03 dm sees weer gevraagd vanaf 7 dec 2026",
		"U03 dm press Overdragen below Meubelmakerij Lindeboom B.V.",
		"U03 modal sees Wie neemt dit over?",
		"U03 modal submit Wie neemt dit over?=U06",
		"U03 dm sees overgedragen aan Thijs Brouwer",
		"U06 dm sees draagt dit aan u over:",
		"U06 dm press Gedaan",
		"U06 dm sees gedaan door Thijs Brouwer",
		"U03 dm sees gedaan door Thijs Brouwer",
		"U05 dm press Gedaan",
		"U05 dm sees gedaan door Sanne Kok op 23 nov 2026")
	shoot(t, page, "weeks-1-handled")

	monday("U03", "Week 49, vanaf")
	must("read what became of it", inNewestSays("Week 48: 2 van 8 gedaan, 1 later."))
	shoot(t, page, "weeks-2-digest")
	plays("U03 dm sees no Van Lindegaarde Groothandel B.V.", // done
		"U03 dm sees no Meubelmakerij Lindeboom B.V.", // done by who got it
		"U03 dm sees no De Leeuw Horeca B.V.",         // put off, and its signal with it
		"U05 dm sees Week 48: 1 van 8 gedaan",
		"U03 dm press Niet nodig",
		"U03 modal sees Waarom is het niet nodig?",
		"U03 modal submit Waarom is het niet nodig?=De klant wil dit niet",
		"U03 dm sees niet nodig.",
		"U03 dm press Gedaan",
		"U03 dm sees gedaan door Ingrid van Leeuwen op 30 nov 2026")

	monday("U03", "Week 50, vanaf")
	must("read what became of it", inNewestSays("Week 49: 1 van 8 gedaan, 1 niet nodig."), inNewestSays("De Leeuw Horeca B.V.")) // asked again
	shoot(t, page, "weeks-3-digest")
	must("have two", pressed(newest, `[data-action-id^="attention.done"]`), waitFor("gedaan door Ingrid van Leeuwen op 7 dec 2026"))

	monday("U03", "Week 51, vanaf")
	must("read what became of it", inNewestSays("Week 50: 1 van 8 gedaan."))
	shoot(t, page, "weeks-4-digest")
	for _, user := range []string{"U01", "U02", "U03", "U05", "U06", "U09"} {
		plays(user+" dm sees Week 51, vanaf", user+" dm once Week 51, vanaf", user+" dm once Week 48, vanaf")
	}

	must("open Home", chromedp.Click(`[data-testid=tab-home]`, chromedp.NodeVisible), waitFor("Week 51"))
	shoot(t, page, "weeks-home")
	must("go to the office's channel", chromedp.Navigate("about:blank"), chromedp.Navigate(st.server.URL+"/?user=U01#C02KLANTEN"),
		chromedp.WaitVisible(`[data-testid=composer]`), typed("/aandacht rapport"), waitFor("Gepland"))
	shoot(t, page, "weeks-report")
	must("have the picture", pressed(newest, `[data-action-id^="attention.send"]`))
	plays("settled", "U01 dm sees rapport")
	who("U01")
	must("see the picture", chromedp.WaitVisible(`[data-testid=message] img`))
	shoot(t, page, "weeks-report-picture")
}
