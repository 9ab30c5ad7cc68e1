package commands

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// once answers with words that are kept nowhere: of a thread, or of what somebody wants
// to do. In a DM they are put into a message that stays, once it is there; the ledger
// keeps q alone, so that worded again it says that they are to be asked for again.
// Elsewhere who asked alone sees them.
func (c Conversation) once(ctx context.Context, req Request, q storage.Question, made func(context.Context) (Reply, error)) (Reply, error) {
	if !c.speaks(req) || c.Telling == nil {
		if _, err := c.keep(ctx, req, q, nil); err != nil {
			return Reply{}, err
		}
		return made(ctx)
	}
	q.Telling = c.Now().Add(tellingFor)
	if _, err := c.keep(ctx, req, q, &saying{once: true}); err != nil {
		return Reply{}, err
	}
	p, reply := locale.New(req.Lang, req.Zone), Reply{}
	return Reply{Stream: &Stream{Letter: answerKey(req.Key),
		Going: func(ctx context.Context) (bool, error) {
			return c.Telling.Tell(ctx, req.Key, c.Now().Add(tellingFor))
		},
		Ended: func(ctx context.Context) error { return c.Telling.Told(ctx, req.Key) },
		Clauses: func(ctx context.Context) iter.Seq2[Clause, error] {
			return func(yield func(Clause, error) bool) {
				var err error
				if reply, err = made(ctx); err != nil {
					yield(Clause{}, err)
				}
			}
		},
		Drawn: func([]Clause, bool) view.Message { return view.Say(p.T("ask.ai.halted", nil)) },
		End: func(ctx context.Context, _ []Clause, err error) (Reply, error) {
			var known *analysis.Error
			switch {
			case err == nil:
				return reply, nil
			case errors.As(err, &known) && known.Kind != analysis.Internal:
				return Say(view.Say(p.Error(known))), nil
			}
			return Reply{}, errors.Join(err, c.undone(ctx, req))
		}}}, nil
}

// undone has the message of what failed say what it says worded again.
func (c Conversation) undone(ctx context.Context, req Request) error {
	err := c.Client.Store.Write(ctx, func(tx storage.Tx) error {
		if err := tx.EndTelling(ctx, req.Key); err != nil {
			return err
		}
		return tx.Revise(ctx, answerKey(req.Key))
	})
	if err != nil {
		return fmt.Errorf("take back an answer: %w", err)
	}
	return nil
}

// onceAgain is what is said of words that are kept nowhere: that they come, or that they
// are to be asked for again.
func (c Conversation) onceAgain(p *locale.Printer, q storage.Question) view.Message {
	if q.Telling.After(c.Now()) {
		return view.Say(p.T("ask.once.comes", nil))
	}
	return view.Say(p.T("ask.once.gone", nil))
}
