package bot

import (
	"context"
	"errors"
	"sync"
	"time"

	"klantbot/commands"
)

// goingEvery is how often it is said that an answer is still coming, and asked whether
// somebody stopped it in another process.
const goingEvery = 400 * time.Millisecond

// stream has the answer come that r begins, without anybody waiting for it: bounded
// as what is done later is. Who is not let in keeps what was said first, which says
// what to do; so does who asked a process that ends.
func (a *answering) stream(entry commands.Entry, r commands.Reply) {
	if r.Stream == nil || a.d.awaited == nil {
		return
	}
	then := answering{d: a.d, j: &job{in: a.j.in, received: a.j.received, at: a.j.at}, lang: a.lang, zone: a.zone}
	crowded := a.d.waiting.Add(1) > mostLater
	end := a.working(a.j.ctx)
	a.d.running.Go(func() {
		defer a.d.waiting.Add(-1)
		defer end()
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
// stopped says nothing more, but where it stands in a message that says so: who stopped
// it reads what had come. What a process that ends does not finish others mend.
func (a *answering) pull(ctx context.Context, s *commands.Stream, crowded bool) (err error) {
	defer a.d.recovered(a.j.in.key, &err)
	place := a.placed(ctx, s)
	defer place.end(nil) // also on panic
	came, ended := []commands.Clause(nil), errCrowded
	if !crowded {
		came, ended = a.clauses(ctx, s, place)
	}
	if a.d.awaited.Err() != nil {
		return ended
	}
	// What is said at the end is said also when the time of the answer is over.
	saying, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	if errors.Is(ended, context.Canceled) {
		err = place.finish(saying, s.Drawn, came)
	} else {
		err = a.conclusion(saying, ctx, s, place, came, ended)
	}
	if err == nil && s.Ended != nil {
		err = s.Ended(saying)
	}
	return err
}

// conclusion says what the answer came to.
func (a *answering) conclusion(saying, ctx context.Context, s *commands.Stream, place *spoken, came []commands.Clause, ended error) error {
	reply, err := s.End(context.WithoutCancel(ctx), came, ended)
	switch {
	case place != nil && err == nil && reply.Now != nil:
		return place.end(func() error { return place.amend(saying, *reply.Now) })
	case err != nil:
		return a.say(saying, err)
	case reply.Now != nil:
		return a.tell(saying, *reply.Now)
	}
	return nil
}

// clauses pulls what comes, until it ended or was stopped, and shows it in place.
func (a *answering) clauses(ctx context.Context, s *commands.Stream, place *spoken) (came []commands.Clause, ended error) {
	ctx, cancel := context.WithCancel(ctx)
	var watching sync.WaitGroup
	defer watching.Wait()
	defer cancel()
	if s.Going != nil {
		watching.Go(func() { a.watch(ctx, s, cancel) })
	}
	for clause, err := range s.Clauses(ctx) {
		if err != nil {
			return came, err
		}
		came = append(came, clause)
		if place != nil {
			place.show(s.Drawn(came, false))
		}
	}
	return came, ctx.Err()
}

// watch says that the answer is coming, and calls stop when somebody stopped it.
func (a *answering) watch(ctx context.Context, s *commands.Stream, stop func()) {
	tick := time.NewTicker(goingEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		stopped, err := s.Going(ctx)
		if stopped && err == nil {
			stop()
			return
		}
	}
}
