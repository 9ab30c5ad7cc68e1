package delivery_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"klantbot/bot"
	"klantbot/bot/workspace"
	"klantbot/commands/view"
	"klantbot/storage"
)

// TestFile sends a file just before the message that names it. The message comes
// once though Slack drops answers and fails calls; the file, which carries no
// mark, at least once.
func TestFile(t *testing.T) {
	for name, faults := range map[string]workspace.Faults{"calm": {}, "trouble": {DropAnswer: .1, ServerError: .1}} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, 1)
			o.render = func(context.Context, storage.LedgerEntry) (bot.Message, error) {
				m := view.Say("De tabel")
				m.File = &view.File{Name: "segmenten.csv", Content: []byte("Nummer;Naam\r\n1;Een\r\n")}
				return m, nil
			}
			if err := o.SetFaults(faults); err != nil {
				t.Fatal(err)
			}
			o.queue(storage.LedgerEntry{Key: "tabel", Channel: "C1"})
			o.run()
			until(t, "the file", 25*time.Second, func() bool { return o.entry("tabel").State == storage.Sent })
			messages := o.Messages("C1", "UBOT")
			said := slices.IndexFunc(messages, func(m workspace.Message) bool { return m.Text == "De tabel" })
			files := slices.DeleteFunc(slices.Clone(messages), func(m workspace.Message) bool { return len(m.Files) == 0 })
			if said != len(messages)-1 || len(files) == 0 || len(files)+1 != len(messages) || name == "calm" && len(files) != 1 {
				t.Fatalf("%d messages, %d with a file, the text is nr %d", len(messages), len(files), said+1)
			}
			if f := files[0].Files[0]; f.Name != "segmenten.csv" || f.Size != 20 {
				t.Errorf("the file is %+v", f)
			}
			// It goes once its message is a stub; one that came twice, both times.
			if err := o.db.Write(t.Context(), func(tx storage.Tx) error { return tx.Withdraw(t.Context(), "tabel", time.Now()) }); err != nil {
				t.Fatal(err)
			}
			until(t, "that it is gone", 25*time.Second, func() bool {
				kept, err := o.db.UnwantedFiles(t.Context(), 9)
				return err == nil && len(kept) == 0 && !slices.ContainsFunc(o.Messages("C1", "UBOT"), func(m workspace.Message) bool { return len(m.Files) > 0 })
			})
		})
	}
}
