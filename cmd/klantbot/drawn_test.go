package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// TestJumpInThePage moves the clock in the page's workshop into the next year:
// a card opened then counts the year that was running as a whole one, begins a
// new one, and says what came in within twelve months from there.
func TestJumpInThePage(t *testing.T) {
	t.Parallel()
	st, page, must := browsed(t, 900)
	p := locale.New(locale.Dutch, nil)
	running := func(year int) string { return fmt.Sprintf("%d %s € ", year, p.T("client.years.sofar", nil)) }
	ask := func() string {
		t.Helper()
		before := len(st.slack.Messages("C02KLANTEN", "U01"))
		must("ask", chromedp.SendKeys(`[data-testid=composer]`, "/klant 1001"), chromedp.Click(`[data-testid=send]`))
		st.await("the card", func() bool { return len(st.slack.Messages("C02KLANTEN", "U01")) > before })
		return readable(st.newest("U01", "C02KLANTEN", 1))
	}
	card := ask()
	must("see it", waitFor(running(2026)))
	whole := regexp.MustCompile(`2026 € [0-9.]+`)
	if whole.MatchString(card) || !strings.Contains(card, "2021 € ") {
		t.Errorf("in November 2026 the card says\n%s", card)
	}

	must("open the workshop", chromedp.Click(`[data-testid=workshop-open]`), chromedp.WaitVisible(`[data-testid=jump-monday]`))
	date := `document.querySelector('.big-date').textContent`
	for range 8 { // Mondays from 23 November to 11 January
		before, err := chromedp.Run(page, chromedp.Evaluate[string](date))
		if err != nil {
			t.Fatal(err)
		}
		must("jump to Monday", chromedp.Click(`[data-testid=jump-monday]`))
		if _, err := chromedp.Run(page, chromedp.Poll[bool](fmt.Sprintf("%s !== %q", date, before), chromedp.WithPollingTimeout(patience))); err != nil {
			t.Fatalf("the page still says %s: %v", before, err)
		}
	}
	if text := visible(t, page); strings.Contains(text, "za 21 nov 2026") || !strings.Contains(text, "ma 11 jan 2027") {
		t.Errorf("the workshop offers another moment than the one it is:\n%s", text)
	}
	if now := st.slack.Now(); now.Year() != 2027 {
		t.Fatalf("it is %s", now)
	}
	card = ask()
	must("see the new year", waitFor(running(2027)))
	if !whole.MatchString(card) || strings.Contains(card, running(2026)) || !strings.Contains(card, running(2027)) {
		t.Errorf("in January 2027 the card says\n%s", card)
	}
	shoot(t, page, "jump")
}

// TestAmountsStayWhole: however narrow the place, no line ends between the minus,
// the currency and the figures of an amount below zero.
func TestAmountsStayWhole(t *testing.T) {
	t.Parallel()
	page := chromium(t)
	lines := func(text string) int {
		t.Helper()
		raw, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		n, err := chromedp.Run(page, chromedp.Evaluate[int](fmt.Sprintf(`(() => {
			document.body.innerHTML = '<p style="width: 1px; font: 16px sans-serif"></p>';
			document.querySelector('p').textContent = %s;
			const range = document.createRange();
			range.selectNodeContents(document.querySelector('p'));
			return new Set([...range.getClientRects()].map((r) => r.top)).size;
		})()`, raw)))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := lines("-€ 5.000.000"); n < 2 {
		t.Fatalf("%d line: this can not tell", n)
	}
	for _, lang := range []locale.Lang{locale.Dutch, locale.English} {
		p := locale.New(lang, nil)
		for _, c := range []analysis.Cents{-500_000_000, -49, -12} {
			for _, text := range []string{p.Money(c), p.MoneyExact(c)} {
				if n := lines(text); n != 1 && strings.Contains(text, "\u2212") {
					t.Errorf("%q stands on %d lines", text, n)
				}
			}
		}
	}
}
