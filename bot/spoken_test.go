package bot_test

import (
	"context"
	"iter"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/bot"
	"klantbot/bot/slackapi"
	"klantbot/commands"
	"klantbot/commands/view"
	"klantbot/storage"
	"klantbot/storage/sqlite"
)

// TestStreamInMessage: an answer in a message of the ledger shows clauses as they come,
// also those that came before it was there, and then the whole; one that was stopped in
// another process says so, and what had come stays.
func TestStreamInMessage(t *testing.T) {
	o := newOffice(t)
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "ledger.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	api, err := slackapi.New(slackapi.Config{BotToken: o.BotToken(), AppToken: o.AppToken(), APIURL: o.url + "/api/", Unpaced: true})
	if err != nil {
		t.Fatal(err)
	}
	defer api.Close()
	var stopped atomic.Bool
	hold, ended := make(chan string), make(chan string, 2)
	o.show = func(ctx context.Context, r commands.Request) (commands.Reply, error) {
		err := db.Write(ctx, func(tx storage.Tx) error {
			_, err := tx.Enqueue(ctx, storage.LedgerEntry{Key: r.Text, Kind: "test", Channel: "C1", At: r.At, Due: time.Now()})
			return err
		})
		words := func(came []commands.Clause) (all string) {
			for _, c := range came {
				all += c.Text + " "
			}
			return all
		}
		return commands.Reply{Stream: &commands.Stream{Letter: r.Text,
			Clauses: func(ctx context.Context) iter.Seq2[commands.Clause, error] {
				return func(yield func(commands.Clause, error) bool) {
					for {
						select {
						case text := <-hold:
							if text == "" || !yield(commands.Clause{Text: text}, nil) {
								return
							}
						case <-ctx.Done():
							yield(commands.Clause{}, ctx.Err())
							return
						}
					}
				}
			},
			Drawn: func(came []commands.Clause, halted bool) view.Message {
				if halted {
					return view.Say(words(came) + "gestopt")
				}
				return view.Say(words(came) + "en verder")
			},
			Going: func(context.Context) (bool, error) { return stopped.Load(), nil },
			End: func(_ context.Context, came []commands.Clause, err error) (commands.Reply, error) {
				return commands.Say(view.Say(words(came) + "heel")), err
			},
			Ended: func(context.Context) error { ended <- r.Text; return nil },
		}}, err
	}
	post := func() {
		t.Helper()
		until(t, "the ledger", func() bool {
			all, err := db.Claim(t.Context(), "test", time.Now(), time.Now().Add(time.Minute), 1)
			if err != nil || len(all) == 0 {
				return false
			}
			ts, err := api.Post(t.Context(), "C1", "", all[0].ID, view.Say("begin"))
			return err == nil && db.MarkSent(t.Context(), all[0].ID, ts) == nil
		})
	}
	says := func(want string) {
		t.Helper()
		o.wait(want, func() bool {
			all := o.said("C1", "U1")
			return len(all) > 0 && strings.TrimSpace(all[len(all)-1]) == want
		})
	}
	o.run(func(c *bot.Config) { c.Letters, c.Poster = db, api })
	o.command("U1", "C1", "/klant", "antwoord-1")
	hold <- "een"
	post()
	says("een en verder")
	hold <- "twee"
	says("een twee en verder")
	hold <- ""
	says("een twee heel")
	if got := <-ended; got != "antwoord-1" {
		t.Errorf("%s ended", got)
	}
	o.command("U1", "C1", "/klant", "antwoord-2")
	post()
	hold <- "een"
	says("een en verder")
	stopped.Store(true)
	says("een gestopt")
	if got := <-ended; got != "antwoord-2" {
		t.Errorf("%s ended", got)
	}
	if n := len(o.said("C1", "U1")); n != 2 {
		t.Errorf("%d messages; want the two", n)
	}
}
