package bot_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"klantbot/commands"
	"klantbot/commands/view"
)

// coming begins with "eerst" and then says what hold lets through, until an empty one.
func coming(hold <-chan string, ended chan<- error) commands.UseCase {
	return func(context.Context, commands.Request) (commands.Reply, error) {
		r := commands.Say(view.Say("eerst"))
		r.Stream = &commands.Stream{
			Clauses: func(ctx context.Context) iter.Seq2[commands.Clause, error] {
				return func(yield func(commands.Clause, error) bool) {
					for {
						select {
						case text := <-hold:
							if text == "" || !yield(commands.Clause{Text: text}, nil) {
								return
							}
							if text == "mis" {
								yield(commands.Clause{}, errors.New("mis"))
								return
							}
							if text == "stop" {
								yield(commands.Clause{}, context.Canceled)
								return
							}
						case <-ctx.Done():
							yield(commands.Clause{}, ctx.Err())
							return
						}
					}
				}
			},
			End: func(_ context.Context, came []commands.Clause, err error) (commands.Reply, error) {
				ended <- err
				return commands.Say(view.Say(fmt.Sprintf("%d gezegd, mis %t", len(came), err != nil))), nil
			},
		}
		return r, nil
	}
}

// TestStream: what stands first stands at once, what it came to follows; an answer
// that failed says what takes its place, and a stopped one nothing.
func TestStream(t *testing.T) {
	o := newOffice(t)
	o.run()
	hold, ended := make(chan string), make(chan error, 8)
	o.show = coming(hold, ended)
	ask := func(said ...string) {
		o.command("U1", "C1", "/klant", "x")
		o.hears("U1", "C1", "eerst")
		for _, text := range said {
			hold <- text
		}
	}
	ask("een", "twee", "")
	o.hears("U1", "C1", "2 gezegd, mis false")
	ask("een", "mis")
	o.hears("U1", "C1", "2 gezegd, mis true")
	<-ended
	<-ended
	ask("stop")
	ask("")
	o.hears("U1", "C1", "0 gezegd, mis false")
	if err := <-ended; err != nil {
		t.Errorf("a stopped answer ended with %v", err)
	}
}
