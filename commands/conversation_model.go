package commands

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
)

// tellingFor is how long an answer counts as being written after its process last said
// so.
const tellingFor = 15 * time.Second

// withModel begins the answer of a model to what the grammar made of m, where one is
// asked; false: the grammar answers. before is whom the conversation was about. Where
// the model gives no answer, grammar does.
func (c Conversation) withModel(ctx context.Context, req Request, m meant, before analysis.Client, grammar func(context.Context) (Reply, error)) (Reply, bool, error) {
	may, err := c.Ask.mayAsk(ctx, req, m.Question)
	if err != nil || !may {
		return Reply{}, false, err
	}
	t := c.Ask.talk(ctx, req, m.Question, before)
	q, err := c.memoryOf(ctx, Answer{Question: m.Question, Client: t.box.client}, m)
	if err != nil {
		return Reply{}, false, err
	}
	if c.Telling != nil {
		q.Telling = c.Now().Add(tellingFor)
	}
	var s saying
	if s.question, err = c.keep(ctx, req, q, &s); err != nil {
		return Reply{}, false, err
	}
	c.Ask.Talker.Streams.expect(req)
	reply := c.aloud(req, view.ToldMessage(t.p, view.Told{Stop: req.Key}))
	reply.Stream = &Stream{
		Clauses: func(ctx context.Context) iter.Seq2[Clause, error] { return t.clauses(ctx, before) },
		Drawn: func(came []Clause, halted bool) view.Message {
			told := t.screen(came)
			if told.Halted = halted; !halted {
				told.Stop = req.Key
			}
			return view.ToldMessage(t.p, told)
		},
		End: func(ctx context.Context, came []Clause, err error) (Reply, error) {
			c.Ask.Talker.Streams.end(req.Key)
			// Before it is shown: who then presses Stop is too late, wherever they do.
			if c.Telling != nil && (err != nil || !c.speaks(req)) {
				if failed := c.Telling.Told(ctx, req.Key); failed != nil {
					return Reply{}, fmt.Errorf("say that an answer came: %w", failed)
				}
			}
			if err == nil {
				told := t.whole(came)
				if s.question != 0 {
					told.Question = strconv.FormatInt(int64(s.question), 10)
				}
				return Say(view.ToldMessage(t.p, told)), nil
			}
			return c.without(ctx, req, s, whyNot(err), grammar)
		},
	}
	if c.speaks(req) {
		reply.Stream.Letter = answerKey(req.Key)
	}
	if c.Telling != nil {
		reply.Stream.Going = func(ctx context.Context) (bool, error) {
			return c.Telling.Tell(ctx, req.Key, c.Now().Add(tellingFor))
		}
		reply.Stream.Ended = func(ctx context.Context) error { return c.Telling.Told(ctx, req.Key) }
	}
	return reply, true, nil
}

// without is the answer of the grammar, with the word for why the model gave none. In a
// DM that is what s comes to once nobody has a model write it.
func (c Conversation) without(ctx context.Context, req Request, s saying, why string, grammar func(context.Context) (Reply, error)) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	var reply Reply
	if c.speaks(req) {
		m, err := c.drawn(ctx, req, s)
		if err != nil {
			return Reply{}, err
		}
		reply = Say(m)
	} else {
		var err error
		if reply, err = grammar(ctx); err != nil {
			return reply, err
		}
	}
	if reply.Now != nil {
		m := view.Without(p, *reply.Now, why)
		reply.Now = &m
	}
	return reply, nil
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

// Halted answers Slack's own button: whatever who asked has a model write in that thread
// comes no more, in whichever process. What writes it says so where it stands.
func (c Conversation) Halted(ctx context.Context, req Request) (Reply, error) {
	if c.Telling == nil {
		return Reply{}, nil
	}
	coming, err := c.Telling.Coming(ctx, req.Channel.ID, req.Root, req.Actor.User)
	if err != nil {
		return Reply{}, err
	}
	for _, request := range coming {
		if c.Ask.Talker != nil {
			if _, ok := c.Ask.Talker.Streams.halt(request, req.Actor.User); ok {
				continue
			}
		}
		if _, err := c.Telling.StopTelling(ctx, request, req.Actor.User); err != nil {
			return Reply{}, err
		}
	}
	return Reply{}, nil
}

// Stop answers the button of an answer that is coming: nothing more comes, and what
// had come stays. What another process had come by only that one knows: it changes its
// message when it hears of this.
func (c Conversation) Stop(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	if c.Ask.Talker != nil {
		if told, ok := c.Ask.Talker.Streams.halt(req.Value, req.Actor.User); ok {
			told.Halted = true
			return Say(view.ToldMessage(p, told)), nil
		}
	}
	was := false
	if c.Telling != nil {
		var err error
		if was, err = c.Telling.StopTelling(ctx, req.Value, req.Actor.User); err != nil {
			return Reply{}, err
		}
		if req.Channel.Direct {
			return Reply{}, nil // it is changed where it stands, or came in the same moment
		}
	}
	if was {
		return Say(view.ToldMessage(p, view.Told{Halted: true})), nil
	}
	return Say(view.Say(p.T("ask.ai.lost", nil))), nil
}
