package bot

import (
	"context"
	"iter"
	"log/slog"
	"testing"
	"testing/synctest"

	"klantbot/commands"
)

// TestPullEnds: whatever becomes of an answer that comes in a message, nothing goes on
// changing that message afterwards.
func TestPullEnds(t *testing.T) {
	wordless := func(context.Context, []commands.Clause, error) (commands.Reply, error) { return commands.Reply{}, nil }
	for name, clauses := range map[string]func(context.Context) iter.Seq2[commands.Clause, error]{
		"without a word": func(context.Context) iter.Seq2[commands.Clause, error] {
			return func(func(commands.Clause, error) bool) {}
		},
		"panic": func(context.Context) iter.Seq2[commands.Clause, error] { panic("clauses") },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // which fails where a goroutine is left behind
				d := &Dispatcher{awaited: t.Context(), cfg: Config{Letters: struct{ Letters }{}, Poster: struct{ Amender }{}, Log: slog.New(slog.DiscardHandler)}}
				a := answering{d: d, j: &job{}}
				err := a.pull(t.Context(), &commands.Stream{Letter: "answer/1", Clauses: clauses, End: wordless}, false)
				if panicked := name == "panic"; (err != nil) != panicked || d.counts.panics.Load() > 0 != panicked {
					t.Errorf("pull: %v, %d panics", err, d.counts.panics.Load())
				}
			})
		})
	}
}
