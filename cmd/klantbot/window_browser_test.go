package main

import "testing"

// TestWindowAfterWindow: a window that comes at once in the place of another one stands
// there, though the browser tells later that the first one closed.
func TestWindowAfterWindow(t *testing.T) {
	t.Parallel()
	st, _, must := browsed(t, 1100)
	must("open one", typed("/sessie klantreis groot"), waitFor("Doen mee"))
	if err := st.slack.Command("U01", "C02KLANTEN", "/sessie", "nu-3jaar A"); err != nil {
		t.Fatal(err)
	}
	must("read the next", inWindowSays("segment A"))
	if err := st.slack.Command("U01", "C02KLANTEN", "/sessie", "klantreis groot"); err != nil {
		t.Fatal(err)
	}
	must("and the first again", inWindowSays("Klantreis"))
}
