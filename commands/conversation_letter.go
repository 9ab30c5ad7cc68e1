package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// answerKey is the key of the answer to a request in a DM.
func answerKey(request string) string { return answerKeys + request }

const answerKeys = "answer/"

// refusal is the sentence to who asks what they may not see.
const refusal = "error.forbidden"

// refusedAloud is the answer to who is refused with err: in a DM a message that stays. Any
// other error, and one that names something, is said as errors are.
func (c Conversation) refusedAloud(ctx context.Context, req Request, err error) (Reply, error) {
	var no *analysis.Error
	if !c.speaks(req) || !errors.As(err, &no) || no.Key != refusal || len(no.Args) > 0 {
		return Reply{}, err
	}
	return c.sentence(ctx, req, refusal)
}

// speaks reports whether what is asked by req is answered by a message that stays:
// there is nobody else in a DM. Elsewhere the asker alone sees the answer.
func (c Conversation) speaks(req Request) bool {
	return req.Channel.Direct && req.Channel.ID != "" && c.Known != nil && c.Now != nil
}

// queue has s said to who asked req, in the thread in which that was asked or which it
// begins. Where it is not to be a message nothing is queued.
func (c Conversation) queue(ctx context.Context, tx storage.Tx, req Request, s saying) error {
	if !c.speaks(req) {
		return nil
	}
	e := storage.LedgerEntry{Key: answerKey(req.Key), Kind: view.AnswerLetter, Channel: req.Channel.ID, User: req.Actor.User, Author: req.Actor.User,
		Lang: string(req.Lang.Plain()), Subject: s.String(), At: req.At, Due: c.Now(), Thread: req.Root}
	_, err := tx.Enqueue(ctx, e)
	return err
}

// Letter words what was said in a DM as it is now: from what was kept of the question,
// with the rights that its asker has now.
func (c Conversation) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	if c.Known == nil || c.Kept == nil {
		return view.Message{}, analysis.Fail(analysis.NotFound, "ask.gone", nil)
	}
	who, err := c.Known.Colleague(ctx, e.User)
	if err != nil {
		return view.Message{}, fmt.Errorf("find who asked: %w", err)
	}
	req := Request{Key: strings.TrimPrefix(e.Key, answerKeys), Lang: locale.Lang(e.Lang), Zone: who.Zone, At: e.At,
		Channel: Channel{ID: e.Channel, Direct: true}, Root: e.Thread, InThread: e.Thread != ""}
	if req.Actor, err = c.Roles.Actor(ctx, e.User, who.Email); err != nil {
		return view.Message{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	m, err := c.drawn(ctx, req.asMay(analysis.Subject{}), sayingOf(e.Subject))
	switch analysis.KindOf(err) {
	case analysis.NotFound: // it is forgotten, or hidden: what stood there goes
		return view.Stub(p, e.Kind), nil
	case analysis.Forbidden:
		return view.Say(p.T("error.forbidden", nil)), nil
	}
	return m, err
}

// drawn is the message of s.
func (c Conversation) drawn(ctx context.Context, req Request, s saying) (view.Message, error) {
	p := locale.New(req.Lang, req.Zone)
	if s.question == 0 {
		return view.Say(sentenceOf(p, s.sentence)), nil
	}
	q, err := c.Kept.Question(ctx, s.question)
	if err != nil {
		return view.Message{}, err
	}
	switch {
	case s.sentence == "ask.help" || s.sentence == "ask.lost" || s.sentence == "ask.hello":
		return c.exampled(req, s.sentence), nil
	case s.sentence == nothingLater:
		client, err := c.Client.Cards.Clients.Client(ctx, q.Client)
		return view.Say(p.T(nothingLater, analysis.Args{"name": client.Name})), err
	case s.sentence != "":
		return view.Say(sentenceOf(p, s.sentence)), nil
	case s.touch != "":
		return c.proposed(ctx, p, s)
	case s.once:
		return c.onceAgain(p, q), nil
	case s.week:
		return nowOf(c.Week(ctx, withText(req, "")))
	case s.asks() && q.Client == 0:
		return c.asking(ctx, p, q, s)
	case q.Telling.After(c.Now()):
		return view.ToldMessage(p, view.Told{Stop: q.Request}), nil
	}
	m, err := c.recall(ctx, q)
	if err != nil {
		return view.Message{}, err
	}
	if q.Client != 0 && m.client == 0 {
		return view.Message{}, analysis.Fail(analysis.NotFound, "ask.gone", nil)
	}
	switch {
	case len(m.Choices) > 0:
		return meaning(p, view.AnswerScreen{Question: strconv.FormatInt(int64(q.ID), 10)}, m.Choices), nil
	case m.Intent == ask.Unknown:
		return c.exampled(req, "ask.lost"), nil
	}
	a, err := c.Ask.reply(ctx, req, m, nil)
	if err != nil {
		return view.Message{}, err
	}
	return nowOf(c.shown(ctx, req, q.ID, a, q.Verdict))
}

// nowOf is the message of a reply.
func nowOf(r Reply, err error) (view.Message, error) {
	if err != nil || r.Now == nil {
		return view.Message{}, err
	}
	return *r.Now, nil
}

// asking asks which of the clients that s names is meant.
func (c Conversation) asking(ctx context.Context, p *locale.Printer, q storage.Question, s saying) (view.Message, error) {
	candidates, err := c.candidates(ctx, s)
	key := "ask.which"
	switch {
	case s.nearest && len(candidates) == 0:
		key = "ask.which.none"
	case s.nearest:
		key = "ask.which.nearest"
	case s.more:
		key = "ask.which.more"
	}
	v := view.AnswerScreen{Question: strconv.FormatInt(int64(q.ID), 10), Text: p.T(key, nil)}
	return view.WhichClient(p, v, candidates, s.nearest, s.more), err
}

// proposed proposes to log contact that was had.
func (c Conversation) proposed(ctx context.Context, p *locale.Printer, s saying) (view.Message, error) {
	candidates, err := c.candidates(ctx, s)
	return view.ProposeTouch(p, view.TouchProposal{Kind: s.touch, Found: candidates, Value: func(client analysis.ClientID) string {
		return touchSpot{client: client, kind: s.touch, source: fromMention}.String()
	}}), err
}

// candidates reads the names of the clients that s names, and by what they were found.
// Who is gone is left out.
func (c Conversation) candidates(ctx context.Context, s saying) ([]view.Candidate, error) {
	found := make([]Found, len(s.found))
	for i, id := range s.found {
		found[i].Client = id
	}
	candidates, err := c.Client.candidates(ctx, "", found)
	if err != nil {
		return nil, err
	}
	return candidates, c.named(ctx, s, candidates)
}
