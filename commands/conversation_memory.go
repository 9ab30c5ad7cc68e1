package commands

import (
	"context"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/storage"
)

// past is what was asked before, with its names.
type past struct{ meant }

// before is what the asker asked last in the thread, or else not long ago in the
// same conversation; zero where that is nothing. What somebody else asked there is
// not theirs to follow.
func (c Conversation) before(ctx context.Context, req Request) (past, error) {
	thread, since := "", req.At.Add(-followsFor)
	if req.InThread {
		thread, since = req.Root, req.At.AddDate(-1, 0, 0)
	}
	q, err := c.Kept.LastQuestion(ctx, req.Channel.ID, thread, req.Actor.User, since)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return past{}, nil
	}
	if err != nil {
		return past{}, fmt.Errorf("read the question before: %w", err)
	}
	m, err := c.recall(ctx, q)
	return past{m}, err
}

// recall reads the names of what q is about. Who is gone meanwhile is left out.
func (c Conversation) recall(ctx context.Context, q storage.Question) (meant, error) {
	m := meant{client: q.Client, manager: q.Manager, Question: ask.Question{Intent: ask.Intent(q.Intent), Sure: len(q.Likely) == 0,
		Slots: ask.Slots{Segment: q.Segment, Against: q.Against, ClientType: q.Type, Layer: q.Layer, Without: q.Lacking, Theme: q.Theme, Audience: q.Audience,
			Days: q.Days, Limit: q.Most, Period: ask.Period{From: q.From, To: q.To}, Session: q.Kind}}}
	for _, i := range q.Likely {
		m.Choices = append(m.Choices, ask.Intent(i))
	}
	if !slices.Contains(ask.Intents(), m.Intent) {
		m.Intent = ask.Unknown // what stood in the thread, of which nothing follows
	}
	if q.Client != 0 {
		client, err := c.Client.Cards.Clients.Client(ctx, q.Client)
		switch {
		case err == nil:
			m.Slots.Client = client.Name
		case analysis.KindOf(err) == analysis.NotFound:
			m.client = 0
		default:
			return m, fmt.Errorf("read client %d: %w", q.Client, err)
		}
	}
	if q.Service != 0 {
		services, err := c.Client.Cards.Revenue.Services(ctx)
		if err != nil {
			return m, fmt.Errorf("read the services: %w", err)
		}
		for _, s := range services {
			if s.ID == q.Service {
				m.Slots.Service = s.Name
			}
		}
	}
	switch {
	case q.Mine:
		m.Slots.Manager, m.manager = ask.Me, 0
	case q.Manager != 0:
		manager, err := c.Ask.Portfolio.Managers.Manager(ctx, q.Manager)
		if err != nil && analysis.KindOf(err) != analysis.NotFound {
			return m, fmt.Errorf("read manager %d: %w", q.Manager, err)
		}
		if m.Slots.Manager = manager.Name; err != nil {
			m.manager = 0
		}
	}
	return m, nil
}

// followed is q, completed with what was asked before.
func (b past) followed(q ask.Question) meant {
	m := meant{Question: q.After(b.Question)}
	if q.Slots.Client == "" && m.Slots.Client != "" {
		m.client, m.Sure = b.client, m.Sure || len(m.Choices) == 0 || m.Choices[0] == m.Intent
	}
	if q.Slots.Manager == "" && m.Slots.Manager == b.Slots.Manager {
		m.manager = b.manager
	}
	return m
}

// memoryOf is what is kept of a question that was answered: ids and names of the
// office's own, and none of the words.
func (c Conversation) memoryOf(ctx context.Context, a Answer, m meant) (storage.Question, error) {
	s := a.Slots
	q := storage.Question{Intent: string(a.Intent), Client: a.Client, Manager: a.Manager.ID, Mine: s.Manager == ask.Me, Segment: s.Segment, Against: s.Against,
		Type: s.ClientType, Layer: s.Layer, Lacking: s.Without, Audience: s.Audience, Days: s.Days, Most: s.Limit, Kind: s.Session}
	if q.Client == 0 {
		q.Client = m.client
	}
	if found, clear := c.Client.Directory.Find(ctx, s.Client, 2); q.Client == 0 && s.Client != "" && clear {
		q.Client = found[0].Client // it was not clear what was asked of them
	} else if q.Client == 0 && s.Client != "" && relational[a.Intent] {
		q.Client, _ = c.Client.Directory.Relation(ctx, s.Client)
	}
	if q.Mine {
		q.Manager = 0
	}
	if s.Period.Known() {
		q.From, q.To = s.Period.From, s.Period.To
	}
	if !a.Sure {
		for _, i := range a.Choices {
			q.Likely = append(q.Likely, string(i))
		}
	}
	service, err := c.Ask.serviceOf(ctx, s.Service)
	if q.Service = service.ID; err != nil || s.Theme == "" {
		return q, err
	}
	choices, err := SurveyChoices(ctx, c.Ask.Survey.Settings)
	for _, t := range choices.Themes {
		if t.Name == s.Theme {
			q.Theme = s.Theme
		}
	}
	return q, err
}

// placed is q as it was asked by req.
func placed(q storage.Question, req Request) storage.Question {
	q.Request, q.Channel, q.Thread, q.User, q.At = req.Key, req.Channel.ID, req.Root, req.Actor.User, req.At
	return q
}

// keep remembers q, and in a DM has said answer it; nil: what does is no message.
func (c Conversation) keep(ctx context.Context, req Request, q storage.Question, said *saying) (id storage.QuestionID, err error) {
	err = c.Client.Store.Write(ctx, func(tx storage.Tx) error {
		if id, err = tx.AddQuestion(ctx, placed(q, req)); err != nil || said == nil {
			return err
		}
		said.question = id
		return c.queue(ctx, tx, req, *said)
	})
	if err != nil {
		return 0, fmt.Errorf("remember a question: %w", err)
	}
	return id, nil
}
