package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"klantbot/analysis"
	"klantbot/storage/sample"
)

// drops sends a file into a conversation, "wave2 as voorjaar.csv", and waits where
// answered until the app says something there.
func (st *stage) drops(who, channel, text string, answered bool) error {
	name, as, renamed := strings.Cut(text, " as ")
	if !renamed {
		as = name
	}
	content, err := st.fileToDrop(name)
	if err != nil {
		return err
	}
	before := st.newest(who, channel, 1).TS
	if _, err := st.slack.Upload(who, channel, as, content); err != nil {
		return err
	}
	if answered {
		st.await("an answer to "+as, func() bool { return st.newest(who, channel, 1).TS != before })
	}
	return nil
}

func (st *stage) fileToDrop(name string) ([]byte, error) {
	if content, there := st.files[name]; there {
		return content, nil
	}
	if n, ok := map[string]int{"wave1": 0, "wave2": 1}[name]; ok {
		return sampleWave(n)
	}
	content, err := os.ReadFile(filepath.Join("testdata", "drops", name))
	if err != nil {
		return nil, fmt.Errorf("a file to drop: %w", err)
	}
	return content, nil
}

// sampleWave is the export of one of the sample office's two surveys.
func sampleWave(n int) ([]byte, error) {
	var b bytes.Buffer
	err := sample.WriteSurvey(&b, theSize(), sample.Rounds(theSize())[n])
	return b.Bytes(), err
}

// TestDropInTheBrowser drops a survey of the sample office on the page, by mouse
// and by the file chooser, and takes it over.
func TestDropInTheBrowser(t *testing.T) {
	t.Parallel()
	st, page, must := browsed(t, 1250)
	wave, err := sampleWave(1)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	path := filepath.Join(folder, "Klantonderzoek voorjaar.csv")
	if err := os.WriteFile(path, wave, 0o600); err != nil {
		t.Fatal(err)
	}
	dm := st.channel("U01", "dm")
	must("open the conversation with the bot", chromedp.Navigate("about:blank"), chromedp.Navigate(st.server.URL+"/?user=U01#"+dm),
		chromedp.WaitVisible(`[data-testid=composer]`))
	named, err := chromedp.Run(page, chromedp.Evaluate[bool](`document.querySelector('[data-testid=file]').type === 'file' &&
		!!document.querySelector('.composer-tools button[aria-label]').getAttribute('aria-label')`))
	if err != nil || !named {
		t.Errorf("no button with a name that chooses a file: %v", err)
	}
	must("choose the file", chromedp.SetUploadFiles(`[data-testid=file]`, []string{path}), waitFor("Druk op Importeer om 205 regels over te nemen"))
	shoot(t, page, "drop-preview")
	must("look at the columns", chromedp.Click(`[data-action-id^="drop.columns"]`, chromedp.NodeVisible), waitFor("Wat is de respondenten vooraf verteld?"))
	shoot(t, page, "drop-columns")
	must("name the survey and show it anew", chromedp.SendKeys(`[data-testid=modal] input[type=text]`, " twee", chromedp.NodeVisible),
		chromedp.Click(`[data-testid=modal] button[type=submit]`, chromedp.NodeVisible), waitFor("Klantonderzoek voorjaar twee ·"))
	must("import", chromedp.Click(`[data-action-id^="drop.apply"]`, chromedp.NodeVisible), waitFor("is ingelezen."))
	shoot(t, page, "drop-imported")

	must("drop it once more", chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf(`(() => {
			const held = new DataTransfer();
			held.items.add(new File([%q], 'Klantonderzoek voorjaar twee.csv', { type: 'text/csv' }));
			const on = document.querySelector('[data-testid=composer]');
			for (const kind of ['dragenter', 'dragover', 'drop']) on.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: held }));
			return true;
		})()`, string(wave))))
		return err
	}), waitFor("Dit staat er al: alle 205 regels zijn bekend."))
	shoot(t, page, "drop-again")
	must("open the report", chromedp.Click(`[data-action-id^="survey.open"]`, chromedp.NodeVisible), waitFor("Klantonderzoek voorjaar"))
	shoot(t, page, "drop-report")
}

// TestDropOfTenThousand: a large survey with a respondent twice, one answer already
// there and a score out of range: every row is taken over or refused with a reason.
func TestDropOfTenThousand(t *testing.T) {
	t.Parallel()
	st := newStage(t, sampleDB(t))
	st.start()
	var b bytes.Buffer
	b.WriteString("Respondent ID;Klantnummer;Groei: hoe belangrijk is dit voor u?;Hoe waarschijnlijk is het dat u ons aanbeveelt?;Waarom wij?\n")
	for i := range 9_998 {
		fmt.Fprintf(&b, "r%d;0101;%d;%d;\"Antwoord %d: één plek voor alles,\nen snel 😀\"\n", i, 1+i%5, i%11, i)
	}
	b.WriteString("r7;0101;3;1;nog eens\nr-fout;0101;3;12;te hoog\n")
	st.files["groot.csv"] = b.Bytes()
	dm := st.channel("U01", "dm")
	began := time.Now()
	for _, line := range []string{"U01 dm drops groot.csv", "U01 dm sees 10.000 gelezen · 9.998 nieuw · 2 geweigerd",
		"U01 dm sees Deze respondent staat al op regel 16; het eerste antwoord telt.", "U01 dm sees daar hoort een score van 0 tot en met 10"} {
		if err := st.line(line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	t.Logf("preview of 10,000 answers after %s", time.Since(began))
	began = time.Now()
	for _, line := range []string{"U01 dm press Importeer", "U01 dm sees groot.csv is ingelezen."} {
		if err := st.line(line); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
	t.Logf("import of 10,000 answers after %s", time.Since(began))
	if m := readable(st.newest("U01", dm, 1)); strings.Contains(m, "Ã") || !strings.Contains(m, "10.000 gelezen · 9.998 nieuw · 2 geweigerd") {
		t.Errorf("it says:\n%s", m)
	}
	db, err := openStore(t.Context(), st.dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	waves, err := db.Waves(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range waves {
		if w.Name == "groot" && (w.Responses != 9_998 || w.Disclosure != analysis.Anonymous) {
			t.Errorf("wave %+v", w)
		}
	}
}

// encoded is blocks as Slack gets them.
func encoded(t *testing.T, blocks any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
