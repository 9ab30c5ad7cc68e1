package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"klantbot/bot/workspace"
)

// TestInTheBrowser does what a newcomer does, in a real Chromium on the real
// page: /klant Jansen, a press, sharing, and the same as an English colleague.
// KLANTBOT_SHOTS names a folder that gets screenshots of it.
func TestInTheBrowser(t *testing.T) {
	t.Parallel()
	st, page, must := browsed(t, 900)
	must("type the command", chromedp.Click(`[data-testid=composer]`), chromedp.SendKeys(`[data-testid=composer]`, "/klant Jansen"))
	must("send it", chromedp.Click(`[data-testid=send]`), chromedp.WaitVisible(`[data-action-id^="client.open"]`))
	if text := visible(t, page); !strings.Contains(text, "klanten passen bij “Jansen”") || !strings.Contains(text, "Jansen Installatietechniek B.V.") {
		t.Fatalf("no choice on the page:\n%s", text)
	}
	shoot(t, page, "choice")
	must("open the card", press("Jansen Installatietechniek B.V."), waitFor("Jaaromzet relatiegroep"))
	shoot(t, page, "card")
	must("ask to share", chromedp.Click(`[data-action-id^="client.share"]`, chromedp.NodeVisible), waitFor("Iedereen in dat kanaal kan hem dan lezen"))
	must("share", chromedp.Click(`[data-action-id^="client.post"]`, chromedp.NodeVisible), waitFor("Gedeeld door"))
	shoot(t, page, "shared")

	must("become somebody English", chromedp.Navigate("about:blank"),
		chromedp.Navigate(st.server.URL+"/?user=U0ENGLISH#C02KLANTEN"), waitFor("Gedeeld door"),
		chromedp.SendKeys(`[data-testid=composer]`, "/client 1001"), chromedp.Click(`[data-testid=send]`),
		waitFor("Yearly revenue of the group"))
	shoot(t, page, "english")

	must("use the lightning menu", chromedp.Click(`[data-testid=shortcuts]`), chromedp.Click(`[role=menuitem]`, chromedp.NodeVisible), chromedp.WaitVisible(`[data-testid=modal]`),
		waitFor("Type a name, client number or contact person."))
	shoot(t, page, "find")

	must("be a guest", chromedp.Navigate("about:blank"), chromedp.Navigate(st.server.URL+"/?user=U0GAST#C01KANTOOR"),
		chromedp.WaitVisible(`[data-testid=composer]`), chromedp.SendKeys(`[data-testid=composer]`, "/klant 1001"),
		chromedp.Click(`[data-testid=send]`), waitFor("alleen aan vaste leden"))
	if strings.Contains(visible(t, page), "Jaaromzet") {
		t.Error("a guest reads a card")
	}

	must("hold a phone", chromedp.EmulateViewport(390, 844), chromedp.Navigate("about:blank"),
		chromedp.Navigate(st.server.URL+"/?user=U01#C02KLANTEN"), waitFor("Gedeeld door"))
	sideways, err := chromedp.Run(page, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > window.innerWidth`))
	if err != nil || sideways {
		t.Errorf("the page scrolls sideways on a phone: %v", err)
	}
	shoot(t, page, "phone")
}

// browsed starts an office and opens its page in a real Chromium as U01, so many
// pixels high. must does steps on it, and ends the test where one fails.
func browsed(t *testing.T, height int64, configure ...func(*workspace.Config)) (st *stage, page context.Context, must func(what string, steps ...chromedp.Action[chromedp.Void])) {
	t.Helper()
	st = newStage(t, sampleDB(t), configure...)
	st.start()
	page = chromium(t)
	must = func(what string, steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		err := st.shownOn(page)
		if err == nil {
			within, cancel := context.WithTimeout(page, 5*patience) // what is not there is waited for
			defer cancel()
			err = chromedp.Do(within, steps...)
		}
		if err != nil {
			shoot(t, page, "failed-"+t.Name())
			t.Fatalf("%s: %v\nthe page says:\n%s\nlog of the bot:\n%s", what, err, visible(t, page), st.log)
		}
	}
	must("open the page", chromedp.EmulateViewport(1280, height), chromedp.Navigate(st.server.URL+"/?user=U01#C02KLANTEN"),
		chromedp.WaitVisible(`[data-testid=composer]`))
	return st, page, must
}

// chromium starts a browser that sees nothing of the outside.
func chromium(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if path, err = exec.LookPath("chromium-browser"); err != nil {
			if path, err = exec.LookPath("google-chrome"); err != nil {
				t.Skip("chromium is not installed; apt-get install chromium")
			}
		}
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(t.TempDir()), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("no-first-run", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	page, end := chromedp.NewContext(allocator)
	t.Cleanup(end)
	return page
}

// press presses the button of the block that names what.
func press(what string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf(`(() => {
			const mine = [...document.querySelectorAll('[data-action-id^="client.open"]')].find((b) => {
				for (let e = b; e && e.dataset.testid !== 'message'; e = e.parentElement) if (e.innerText.includes(%q)) return true;
				return false;
			});
			mine?.click();
			return !!mine;
		})()`, what), chromedp.WithPollingTimeout(patience)))
		if err != nil {
			err = fmt.Errorf("no button beside %q: %w", what, err)
		}
		return err
	})
}

// waitFor waits until the page says text.
func waitFor(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](fmt.Sprintf("document.body.innerText.includes(%q)", text), chromedp.WithPollingTimeout(patience)))
		return err
	})
}

func visible(t *testing.T, page context.Context) string {
	t.Helper()
	text, err := chromedp.Run(page, chromedp.Evaluate[string]("document.body.innerText"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// shoot keeps a screenshot where somebody asked for them.
func shoot(t *testing.T, page context.Context, name string) {
	t.Helper()
	dir := os.Getenv("KLANTBOT_SHOTS")
	if dir == "" {
		return
	}
	time.Sleep(300 * time.Millisecond) // for what is still sliding in
	png, err := chromedp.Run(page, chromedp.CaptureScreenshot())
	if err != nil {
		t.Log(err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		t.Log(err)
	}
}
