package commands

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// answerKey is the key of the answer to a request in a DM.
func answerKey(request string) string { return answerKeys + request }

const answerKeys = "answer/"

// saying is what the bot says in a DM, as the ledger keeps it: a question that was
// kept, ids of clients and names of sentences. Nobody's words are in it.
type saying struct {
	question      storage.QuestionID  // that it answers; 0: none that was kept
	sentence      string              // key of the one sentence it is; empty: the answer to question
	touch         analysis.TouchKind  // contact that it proposes to log with one of found; empty: none
	found         []analysis.ClientID // whom of it asks which is meant
	via           []via               // by what each of found was found; may be shorter
	nearest, more bool                // nobody is called so; more are
}

// String writes s for the ledger.
func (s saying) String() string {
	v := url.Values{}
	put := func(key, value string, there bool) {
		if there {
			v.Set(key, value)
		}
	}
	ids := make([]string, len(s.found))
	for i, id := range s.found {
		ids[i] = strconv.FormatInt(int64(id), 10)
	}
	put("q", strconv.FormatInt(int64(s.question), 10), s.question != 0)
	put("s", s.sentence, s.sentence != "")
	put("t", string(s.touch), s.touch != "")
	put("f", strings.Join(ids, "."), len(ids) > 0)
	put("v", viaWords(s.via), viaWords(s.via) != "")
	put("n", "1", s.nearest)
	put("m", "1", s.more)
	return v.Encode()
}

func sayingOf(subject string) (s saying) {
	v, err := url.ParseQuery(subject)
	if err != nil {
		return s
	}
	q, _ := strconv.ParseInt(v.Get("q"), 10, 64)
	s = saying{question: storage.QuestionID(q), sentence: v.Get("s"), touch: analysis.TouchKind(v.Get("t")), via: readVia(v.Get("v")), nearest: v.Get("n") != "", more: v.Get("m") != ""}
	for part := range strings.SplitSeq(v.Get("f"), ".") {
		if id, err := clientOf(part); err == nil {
			s.found = append(s.found, id)
		}
	}
	return s
}

// asks reports whether s asks which client is meant.
func (s saying) asks() bool { return len(s.found) > 0 || s.nearest || s.more }

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
	m, err := c.drawn(ctx, req.asMay(analysis.Subject{}), sayingOf(e.Subject))
	switch analysis.KindOf(err) {
	case analysis.NotFound:
		if err != nil { // it is forgotten, or hidden: what stood there goes
			return view.Stub(locale.New(req.Lang, req.Zone), e.Kind), nil
		}
	case analysis.Forbidden:
		p := locale.New(req.Lang, req.Zone)
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
	case s.sentence != "":
		return view.Say(sentenceOf(p, s.sentence)), nil
	case s.touch != "":
		return c.proposed(ctx, p, s)
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
		return view.WhichMeaning(p, view.AnswerScreen{Question: strconv.FormatInt(int64(q.ID), 10)}, meanings(p, m.Choices)), nil
	case m.Intent == ask.Unknown:
		return c.exampled(req, "ask.lost"), nil
	}
	a, err := c.Ask.reply(ctx, req, m, nil)
	if err != nil {
		return view.Message{}, err
	}
	reply, err := c.shown(ctx, req, q.ID, a, q.Verdict)
	if err != nil || reply.Now == nil {
		return view.Message{}, err
	}
	return *reply.Now, nil
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

// sentenceOf is a sentence that is said as it is.
func sentenceOf(p *locale.Printer, key string) string {
	if !slices.Contains(saidAsIs, key) {
		key = "ask.gone"
	}
	return p.T(key, analysis.Args{"most": longestQuestion})
}

// saidAsIs are the sentences that the ledger may name.
var saidAsIs = []string{"ask.too_long", "ask.itself", "ask.thanks", "ask.follows.nothing", "ask.thread.where", "ask.me.unknown", "ask.manager.which", "ask.gone"}

// NewAnswers are what answers in DMs need of the clock.
func NewAnswers(n Needs) Answers { return Answers{Telling: n.Telling, Store: n.Writer, Now: n.Now} }

// Answers mends answers that a language model was writing in a process that died.
type Answers struct {
	Telling storage.Telling // nil: none is written
	Store   storage.Writer
	Now     func() time.Time // wall time
}

// mostUntold is how many answers are mended at once.
const mostUntold = 100

// Mend has each answer that nobody goes on writing answered without the model, and
// returns which they were.
func (c Answers) Mend(ctx context.Context) (left []storage.Told, err error) {
	if c.Telling == nil {
		return nil, nil
	}
	left, err = c.Telling.Untold(ctx, c.Now(), mostUntold)
	if err != nil || len(left) == 0 {
		return nil, err
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		for _, one := range left {
			if err := tx.EndTelling(ctx, one.Request); err != nil {
				return err
			}
			if err := tx.Revise(ctx, answerKey(one.Request)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("answer what was left half said: %w", err)
	}
	return left, nil
}
