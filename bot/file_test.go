package bot_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/slack-go/slack"

	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/view"
)

// dropped is an office whose administrator is told what a file holds.
func dropped(t *testing.T) (o *office, dm string, ran *atomic.Int64, tmp string) {
	tmp = t.TempDir()
	t.Setenv("TMPDIR", tmp)
	o = newOffice(t)
	ran = &atomic.Int64{}
	o.file = func(_ context.Context, r commands.Request) (commands.Reply, error) {
		ran.Add(1)
		held, err := io.ReadAll(io.NewSectionReader(r.File.At, 0, r.File.Size))
		if err != nil {
			return commands.Reply{}, err
		}
		m := view.Say(fmt.Sprintf("%s: %s", r.File.Name, held))
		m.Blocks = append(m.Blocks, slack.NewActionBlock("row",
			slack.NewButtonBlockElement("test.file.v1", r.File.ID, slack.NewTextBlockObject(slack.PlainTextType, "Nog eens", false, false))))
		return commands.Say(m), nil
	}
	dm, err := o.DM("U5")
	if err != nil {
		t.Fatal(err)
	}
	return o, dm, ran, tmp
}

// nothingLeft fails where a copy of a file is still there.
func nothingLeft(t *testing.T, tmp string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(tmp, "klantbot-file-*"))
	if err != nil || len(names) > 0 {
		t.Errorf("left behind: %v %v", names, err)
	}
}

// TestFileSent: a file in the DM reaches its use-case, a button fetches it again,
// and no copy stays.
func TestFileSent(t *testing.T) {
	o, dm, ran, tmp := dropped(t)
	o.run()
	if _, err := o.Upload("U5", dm, "a.csv", []byte("x;y")); err != nil {
		t.Fatal(err)
	}
	o.hears("U5", dm, "a.csv: x;y")
	if err := o.Press("U5", on(dm), "test.file.v1"); err != nil {
		t.Fatal(err)
	}
	until(t, "the press", func() bool { return ran.Load() == 2 })

	// In a channel, or from the bot itself, nothing is said; nor to anybody else.
	if _, err := o.Upload("U5", "C1", "kanaal.csv", []byte("x;y")); err != nil {
		t.Fatal(err)
	}
	other, err := o.DM("U1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Upload("U1", other, "vreemd.csv", []byte("x;y")); err != nil {
		t.Fatal(err)
	}
	o.hears("U1", other, sentence("bot.file_forbidden"))
	p := o.dispatcher()
	defer p.stop()
	if err := p.api.Attach(t.Context(), "C1", view.File{Name: "van-ons.csv", Content: []byte("z")}, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	own, err := p.api.OpenDM(t.Context(), "U5")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.api.Attach(t.Context(), own, view.File{Name: "van-ons.csv", Content: []byte("z")}, func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Upload("U5", dm, "b.csv", []byte("na")); err != nil {
		t.Fatal(err)
	}
	o.hears("U5", dm, "b.csv: na")
	if ran.Load() != 3 {
		t.Errorf("%d files were looked at, want 3", ran.Load())
	}
	for _, line := range o.said("C1", "U5") {
		if line != "" {
			t.Errorf("in the channel: %q", line)
		}
	}
	nothingLeft(t, tmp)
	if strings.Contains(o.log.String(), "a.csv") {
		t.Errorf("the log names the file:\n%s", o.log)
	}
}

// TestFileTrouble: what Slack does instead of giving the file is either outlasted
// or said in a sentence.
func TestFileTrouble(t *testing.T) {
	o, dm, _, tmp := dropped(t)
	o.run()
	send := func(name string, f workspace.Faults) {
		t.Helper()
		f.Methods = []string{"files-pri"}
		if err := o.SetFaults(f); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Upload("U5", dm, name, []byte("x;y")); err != nil {
			t.Fatal(err)
		}
	}
	calm := func() {
		t.Helper()
		if err := o.SetFaults(workspace.Faults{}); err != nil {
			t.Fatal(err)
		}
	}
	send("pagina.csv", workspace.Faults{SignIn: 1})
	o.hears("U5", dm, sentence("bot.file_withheld"))
	for name, f := range map[string]workspace.Faults{
		"limiet.csv": {RateLimited: 1}, "stuk.csv": {ServerError: 1}, "half.csv": {DropAnswer: 1},
	} {
		send(name, f)
		calm()
		o.hears("U5", dm, name+": x;y")
	}
	send("traag.csv", workspace.Faults{SlowMS: 300})
	o.hears("U5", dm, "traag.csv: x;y")
	calm()
	if _, err := o.Upload("U5", dm, "groot.csv", make([]byte, 33<<20)); err != nil {
		t.Fatal(err)
	}
	o.hears("U5", dm, "groter dan 32 MB")
	nothingLeft(t, tmp)
	if entries, err := os.ReadDir(tmp); err != nil || len(entries) > 0 {
		t.Errorf("in the temporary folder: %v %v", entries, err)
	}
}
