package bot

import (
	"context"
	"errors"

	"klantbot/commands"
)

// stream has the answer come that r begins, without anybody waiting for it: bounded
// as what is done later is. Who is not let in keeps what was said first, which says
// what to do; so does who asked a process that ends.
func (a *answering) stream(entry commands.Entry, r commands.Reply) {
	if r.Stream == nil || a.d.awaited == nil {
		return
	}
	then := answering{d: a.d, j: &job{in: a.j.in, received: a.j.received, at: a.j.at}, lang: a.lang, zone: a.zone}
	crowded := a.d.waiting.Add(1) > mostLater
	a.d.running.Go(func() {
		defer a.d.waiting.Add(-1)
		ctx, cancel := context.WithTimeout(a.d.awaited, laterWithin)
		defer cancel()
		if err := then.pull(ctx, r.Stream, crowded); err != nil && ctx.Err() == nil {
			a.d.cfg.Log.Warn("an answer did not come", "entry", entry.ID, "key", a.j.in.key, "error", err)
		}
	})
}

// errCrowded says that too many answers are coming already.
var errCrowded = errors.New("too many answers are coming")

// pull takes the clauses as they come and says what they come to. One that was
// stopped says nothing more: who stopped it reads what had come.
func (a *answering) pull(ctx context.Context, s *commands.Stream, crowded bool) (err error) {
	defer a.d.recovered(a.j.in.key, &err)
	var came []commands.Clause
	ended := errCrowded
	if !crowded {
		ended = nil
		for clause, err := range s.Clauses(ctx) {
			if ended = err; err != nil {
				break
			}
			came = append(came, clause)
		}
	}
	if errors.Is(ended, context.Canceled) {
		return nil
	}
	reply, err := s.End(ctx, came, ended)
	saying, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	switch {
	case err != nil:
		return a.say(saying, err)
	case reply.Now != nil:
		return a.tell(saying, *reply.Now)
	}
	return nil
}
