package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// answer answers what was meant, and remembers it.
func (c Conversation) answer(ctx context.Context, req Request, m meant) (Reply, error) {
	if !c.speaks(req) {
		return c.inPlace(ctx, req, m)
	}
	var meaning string
	_, err := c.Ask.reply(ctx, req, m, func(tx storage.Tx, a Answer) error {
		meaning = string(a.Intent)
		q, err := c.memoryOf(ctx, a, m)
		if err != nil {
			return err
		}
		s, err := c.saidOf(ctx, a)
		if err != nil {
			return err
		}
		if s.question, err = tx.AddQuestion(ctx, placed(q, req)); err != nil {
			return err
		}
		return c.queue(ctx, tx, req, s)
	})
	if err != nil {
		return Reply{}, err
	}
	return Reply{Titled: locale.New(req.Lang, req.Zone).T("ask.intent."+meaning, nil)}, nil
}

// saidOf is a as the ledger keeps it, beside its question.
func (c Conversation) saidOf(ctx context.Context, a Answer) (s saying, err error) {
	if s.found, s.via, err = c.foundAs(ctx, a.Candidates); err != nil {
		return s, err
	}
	s.nearest, s.more = a.Nearest, a.More
	switch {
	case s.more:
		s.found, s.via = nil, nil // they are sought in a list
	case a.Intent == ask.Help:
		s.sentence = "ask.help"
	default:
		s.sentence = a.Back
	}
	return s, nil
}

// foundAs are candidates as the ledger keeps them.
func (c Conversation) foundAs(ctx context.Context, candidates []view.Candidate) (ids []analysis.ClientID, by []via, err error) {
	for _, one := range candidates {
		ids = append(ids, one.Client)
	}
	by, err = c.viaOf(ctx, candidates)
	return ids, by, err
}

// inPlace is the answer for who asked alone, or where they pressed.
func (c Conversation) inPlace(ctx context.Context, req Request, m meant) (Reply, error) {
	var id storage.QuestionID
	a, err := c.Ask.reply(ctx, req, m, func(tx storage.Tx, a Answer) error {
		q, err := c.memoryOf(ctx, a, m)
		if err != nil {
			return err
		}
		id, err = tx.AddQuestion(ctx, placed(q, req))
		return err
	})
	if err != nil {
		return Reply{}, err
	}
	return c.shown(ctx, req, id, a, storage.Unsaid)
}

// again answers a question that was asked before and was changed by a press, in
// place.
func (c Conversation) again(ctx context.Context, req Request, q storage.Question, m meant) (Reply, error) {
	a, err := c.Ask.reply(ctx, req, m, func(tx storage.Tx, a Answer) error {
		now, err := c.memoryOf(ctx, a, m)
		if err != nil {
			return err
		}
		now.ID, now.User = q.ID, q.User
		return tx.ReviseQuestion(ctx, now)
	})
	if err != nil {
		return Reply{}, err
	}
	return c.shown(ctx, req, q.ID, a, q.Verdict)
}

// shown is an answer as its asker sees it.
func (c Conversation) shown(ctx context.Context, req Request, id storage.QuestionID, a Answer, verdict storage.Verdict) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	reply := Reply{Titled: p.T("ask.intent."+string(a.Intent), nil)}
	v := view.AnswerScreen{Question: strconv.FormatInt(int64(id), 10), Text: a.Text, Verdict: int(verdict)}
	var m view.Message
	switch {
	case len(a.Candidates) > 0 || a.More:
		m = view.WhichClient(p, v, a.Candidates, a.Nearest, a.More)
	case a.AskedBack && len(a.Choices) > 0:
		m = meaning(p, v, a.Choices)
	case a.Intent == ask.ClientCard && a.Card != nil:
		return c.Client.card(ctx, req, a.Client)
	case a.Intent == ask.Help:
		return Say(c.exampled(req, "ask.help")), nil
	case a.Intent == ask.TouchLog && a.Card != nil:
		proposal := view.TouchProposal{Kind: analysis.Call, Asked: a.Card.Client.Name, Found: []view.Candidate{{Client: a.Client, Name: a.Card.Client.Name, Number: a.Card.Client.Number, Manager: a.Card.Manager.Name}},
			Value: func(client analysis.ClientID) string { return touchSpot{client: client, source: fromMention}.String() }}
		m = view.ProposeTouch(p, proposal)
	default:
		v.Understood, v.Asks = understood(p, a), a.AskedBack
		if !a.AskedBack {
			var err error
			if v.Chips, err = c.chips(ctx, req, p, id, a); err != nil {
				return Reply{}, err
			}
		}
		v.Buttons = answerButtons(p, req, a)
		if a.Prepared != nil {
			v.Blocks = view.PrepareBlocks(p, *a.Prepared)
		}
		m = view.AnswerMessage(p, v)
	}
	reply.Now = &m
	return reply, nil
}

// meaning asks which of choices is meant.
func meaning(p *locale.Printer, v view.AnswerScreen, choices []ask.Intent) view.Message {
	if ask.AsksWhose(choices) {
		return view.WhoseRevenue(p, v, string(choices[1]))
	}
	return view.WhichMeaning(p, v, meanings(p, choices))
}

// meanings are the likeliest intents as buttons.
func meanings(p *locale.Printer, choices []ask.Intent) []view.Option {
	var all []view.Option
	for _, i := range choices {
		all = append(all, view.Option{Label: p.T("ask.intent."+string(i), nil), Value: string(i)})
	}
	return all
}

// answerButtons lead on from an answer: to the card, to colleagues, to what it asked
// to do, which only happens after a press.
func answerButtons(p *locale.Printer, req Request, a Answer) []view.AnswerButton {
	client := strconv.FormatInt(int64(a.Client), 10)
	var all []view.AnswerButton
	if a.Intent == ask.SessionStart {
		kind := map[string]string{ask.JourneyKind: "klantreis"}[a.Slots.Session]
		if kind == "" {
			kind = "nu-3jaar"
		}
		return []view.AnswerButton{{Label: p.T("ask.session.begin", nil), Action: "session.form.v1", Value: kind + "/", Primary: true}}
	}
	if a.Intent == ask.SessionActions {
		return []view.AnswerButton{{Label: p.T("ask.actions.open", nil), Action: "action.open.v1", Value: actionSpot{scope: view.ActionsMine}.String()}}
	}
	if a.Client == 0 || a.Card == nil {
		return nil
	}
	all = append(all, view.AnswerButton{Label: p.T("ask.card", nil), Action: "client.open.v1", Value: client})
	if analysis.Allow(req.Actor, analysis.LogTouches, subject(a.Card.Group)) {
		all = append(all, view.AnswerButton{Label: p.T("touch.log", nil), Action: "touch.open.v1", Value: touchSpot{client: a.Client, source: fromMention}.String()})
	}
	if shareable(req.Channel) && analysis.Allow(req.Actor, analysis.ShareClient, subject(a.Card.Group)) {
		all = append(all, view.AnswerButton{Label: p.T("ask.share", nil), Action: "client.share.v1", Value: client})
	}
	return all
}

// understood says what a question was taken for; empty where it was asked back.
func understood(p *locale.Printer, a Answer) string {
	if a.AskedBack || a.Intent == ask.Help {
		return ""
	}
	words := []string{p.T("ask.intent."+string(a.Intent), nil)}
	name, manager := a.Slots.Client, strings.TrimSuffix(a.Slots.Manager, ask.Me)
	if a.Card != nil {
		name = a.Card.Client.Name
		if relational[a.Intent] {
			name = view.RelationName(*a.Card)
		}
	}
	if a.Manager.Name != "" && manager != "" {
		manager = a.Manager.Name
	}
	for _, s := range []string{name, manager, string(a.Slots.Segment), string(a.Slots.Against), string(a.Slots.ClientType), a.Slots.Service, a.Slots.Theme, string(a.Slots.Audience)} {
		if s != "" {
			words = append(words, s)
		}
	}
	if a.Slots.Manager == ask.Me {
		words = append(words, p.T("ask.slot.me", nil))
	}
	if a.Slots.Limit > 0 {
		words = append(words, strconv.Itoa(a.Slots.Limit))
	}
	if a.Slots.Days > 0 {
		words = append(words, p.N("ask.slot.days", a.Slots.Days, nil))
	}
	if a.Slots.Period.Known() {
		words = append(words, periodWords(p, a.Slots.Period))
	}
	return p.T("ask.understood", analysis.Args{"what": strings.Join(words, " · ")})
}

// periodWords is a period as it is said in full.
func periodWords(p *locale.Printer, period ask.Period) string {
	return p.T("ask.slot.period", analysis.Args{"from": period.From, "to": period.To})
}

// question reads the question that a button is about, for whoever asked it: what is
// behind a slash of value.
func (c Conversation) question(ctx context.Context, req Request, id string) (storage.Question, meant, error) {
	gone := analysis.Fail(analysis.NotFound, "ask.gone", nil)
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil || n <= 0 || c.Kept == nil {
		return storage.Question{}, meant{}, gone
	}
	q, err := c.Kept.Question(ctx, storage.QuestionID(n))
	if err != nil {
		return q, meant{}, err
	}
	if q.User != req.Actor.User {
		return q, meant{}, gone
	}
	m, err := c.recall(ctx, q)
	return q, m, err
}

// Which answers the choice of a client, by a button that names the question too or
// from the list of a question: what was asked is asked of that client.
func (c Conversation) Which(ctx context.Context, req Request) (Reply, error) {
	id, value, named := strings.Cut(req.Value, ";")
	if !named {
		id, value = req.Element, req.Value
	}
	q, m, err := c.question(ctx, req, id)
	if err != nil {
		return Reply{}, err
	}
	if m.client, err = clientOf(value); err != nil {
		return Reply{}, err
	}
	if ask.AsksWhose(m.Choices) {
		m.Intent = ask.ClientRevenue
	}
	m.Sure, m.Choices = true, nil
	return c.again(ctx, req, q, m)
}

// Mean answers the choice among the likeliest meanings.
func (c Conversation) Mean(ctx context.Context, req Request) (Reply, error) {
	id, chosen, _ := strings.Cut(req.Value, ";")
	q, m, err := c.question(ctx, req, id)
	if err != nil {
		return Reply{}, err
	}
	if !slices.Contains(ask.Intents(), ask.Intent(chosen)) {
		return Reply{}, analysis.Fail(analysis.NotFound, "ask.gone", nil)
	}
	m.Intent, m.Sure, m.Choices = ask.Intent(chosen), true, nil
	return c.again(ctx, req, q, m)
}

// Change answers a chip: what was understood was not what was meant.
func (c Conversation) Change(ctx context.Context, req Request) (Reply, error) {
	id, change, _ := strings.Cut(req.Value, ";")
	q, m, err := c.question(ctx, req, id)
	if err != nil {
		return Reply{}, err
	}
	what, to, _ := strings.Cut(change, "=")
	if err := c.change(ctx, req, &m, what, to); err != nil {
		return Reply{}, fmt.Errorf("change a question: %w", err)
	}
	m.Sure, m.Choices = true, nil
	return c.again(ctx, req, q, m)
}
