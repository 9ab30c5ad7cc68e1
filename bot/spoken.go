package bot

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"klantbot/commands"
	"klantbot/storage"
)

// Letters reads what the ledger has sent.
type Letters interface {
	// Entry returns the entry with key, or an analysis.NotFound error.
	Entry(ctx context.Context, key string) (storage.LedgerEntry, error)
}

// sentSoon is how often it is looked whether a message is there that is to be changed,
// and changedAgain how soon a change that did not get through is made again.
const (
	sentSoon     = 50 * time.Millisecond
	changedAgain = time.Second
)

// spoken is the message in which an answer comes. Delivery posts it; from then on it is
// changed here, by the only process that knows what came. A nil spoken is none.
type spoken struct {
	a      *answering
	letter string
	latest chan Message // what it is to say, the newest alone
	done   sync.WaitGroup
	once   sync.Once
	at     storage.LedgerEntry // once it is there
}

// placed begins changing the message of s, if it has one.
func (a *answering) placed(ctx context.Context, s *commands.Stream) *spoken {
	if s.Letter == "" || a.d.cfg.Letters == nil || a.d.cfg.Poster == nil {
		return nil
	}
	p := &spoken{a: a, letter: s.Letter, latest: make(chan Message, 1)}
	p.done.Go(func() {
		for m := range p.latest {
			a.beside(ctx, "what came of it", p.amend(ctx, m))
		}
	})
	return p
}

// show has the message become m, unless something newer comes first.
func (p *spoken) show(m Message) {
	select {
	case <-p.latest:
	default:
	}
	p.latest <- m
}

// end waits until nothing more is changed and then does last, if anything.
func (p *spoken) end(last func() error) error {
	if p == nil {
		return nil
	}
	p.once.Do(func() {
		select {
		case <-p.latest: // what is last says all of it
		default:
		}
		close(p.latest)
		p.done.Wait()
	})
	if last == nil {
		return nil
	}
	return last()
}

// finish says that an answer was stopped, with what had come.
func (p *spoken) finish(ctx context.Context, drawn func([]commands.Clause, bool) Message, came []commands.Clause) error {
	if p == nil {
		return nil
	}
	return p.end(func() error { return p.amend(ctx, drawn(came, true)) })
}

// amend changes the message into m, once it is there, again and again while that does
// not get through: doing it twice is no harm.
func (p *spoken) amend(ctx context.Context, m Message) error {
	for {
		err := p.change(ctx, m)
		var limited *RateLimited
		after := changedAgain
		switch {
		case err == nil:
			return nil
		case errors.As(err, &limited):
			after = limited.After
		case errors.Is(err, errUnsent):
			after = sentSoon
		case !passing(err) && !errors.Is(err, ErrUncertain):
			return err
		}
		timer := time.NewTimer(after)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return fmt.Errorf("change an answer: %w", ctx.Err())
		}
	}
}

// errUnsent says that a message that is to be changed is not there yet.
var errUnsent = errors.New("the message is not sent yet")

func (p *spoken) change(ctx context.Context, m Message) error {
	if p.at.State != storage.Sent {
		at, err := p.a.d.cfg.Letters.Entry(ctx, p.letter)
		switch {
		case err != nil:
			return err
		case at.State == storage.Failed || at.State == storage.Unknown:
			return p.a.whisper(ctx, m) // it did not get there, and will not
		case at.State != storage.Sent:
			return errUnsent
		}
		p.at = at
	}
	return p.a.simplify(ctx, func(ctx context.Context, plainly bool) error {
		return p.a.d.cfg.Poster.Amend(ctx, p.at.Channel, p.at.TS, p.at.ID, plainMessage(m, plainly))
	})
}
