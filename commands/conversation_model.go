package commands

import (
	"context"
	"errors"
	"iter"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// withModel begins the answer of a model to what the grammar made q of, where one is
// asked; false: the grammar answers. before is whom the conversation was about. Where
// the model gives no answer, grammar does.
func (c Conversation) withModel(ctx context.Context, req Request, q ask.Question, before analysis.Client, grammar func(context.Context) (Reply, error)) (Reply, bool, error) {
	may, err := c.Ask.mayAsk(ctx, req, q)
	if err != nil || !may {
		return Reply{}, false, err
	}
	t := c.Ask.talk(ctx, req, q, before)
	c.Ask.Talker.Streams.expect(req)
	reply := Say(view.ToldMessage(t.p, view.Told{Stop: req.Key}))
	reply.Stream = &Stream{
		Clauses: func(ctx context.Context) iter.Seq2[Clause, error] { return t.clauses(ctx, before) },
		End: func(ctx context.Context, came []Clause, err error) (Reply, error) {
			c.Ask.Talker.Streams.end(req.Key)
			if err == nil {
				_, err := c.keep(ctx, req, storage.Question{Intent: string(q.Intent), Client: t.box.client})
				return Say(view.ToldMessage(t.p, t.whole(came))), err
			}
			reply, failed := grammar(ctx)
			if failed == nil && reply.Now != nil {
				m := view.Without(t.p, *reply.Now, whyNot(err))
				reply.Now = &m
			}
			return reply, failed
		},
	}
	return reply, true, nil
}

// whyNot is the word for why a model gave no answer.
func whyNot(err error) string {
	var no *prompts.NoAnswer
	switch {
	case errors.As(err, &no):
		return no.Why
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	}
	return "failed"
}

// Stop answers the button of an answer that is coming: nothing more comes, and what
// had come stays.
func (c Conversation) Stop(_ context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	if c.Ask.Talker != nil {
		if told, ok := c.Ask.Talker.Streams.halt(req.Value, req.Actor.User); ok {
			told.Halted = true
			return Say(view.ToldMessage(p, told)), nil
		}
	}
	return Say(view.Say(p.T("ask.ai.lost", nil))), nil
}
