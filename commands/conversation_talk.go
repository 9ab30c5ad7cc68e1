package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Opened answers who opened their DM with the bot, or looks at something else beside it:
// what they can ask, beginning with the client whose turn it is.
func (c Conversation) Opened(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	var prompts []view.Prompt
	add := func(title, message string) { prompts = append(prompts, view.Prompt{Title: title, Message: message}) }
	if going, err := c.goingIn(ctx, req); err != nil {
		return Reply{}, err
	} else if going {
		add(p.T("ask.prompt.session", nil), p.T("ask.prompt.session.ask", nil))
	}
	if name, err := c.nextOf(ctx, req); err != nil {
		return Reply{}, err
	} else if name != "" {
		add(p.T("ask.prompt.prepare", nil), p.T("ask.prompt.prepare.ask", analysis.Args{"name": name}))
	}
	for _, key := range examplesOf(req.Actor) {
		if len(prompts) < 4 {
			add(p.T(key, nil), p.T(key, nil))
		}
	}
	return Reply{Prompts: prompts}, nil
}

// goingIn reports whether a session goes on in the channel that is looked at beside.
func (c Conversation) goingIn(ctx context.Context, req Request) (bool, error) {
	if c.Ask.Sessions == nil || req.Value == "" || !analysis.Allow(req.Actor, analysis.JoinSession, analysis.Subject{}) {
		return false, nil
	}
	_, n, err := c.Ask.Sessions.Sessions(ctx, storage.SessionFilter{Channel: analysis.ChannelID(req.Value), Going: true}, 0, 1)
	if err != nil {
		return false, fmt.Errorf("read the sessions of a channel: %w", err)
	}
	return n > 0, nil
}

// nextOf is the client of the asker whose turn it is this week; empty: nobody's.
func (c Conversation) nextOf(ctx context.Context, req Request) (string, error) {
	if req.Actor.Manager == 0 {
		return "", nil
	}
	week, err := c.Ask.Report.Week.Show(ctx, req, AttentionAsk{Day: req.today(), Manager: req.Actor.Manager})
	if err != nil || !week.Final {
		return "", err
	}
	for _, person := range week.People {
		if len(person.Rows) == 0 {
			continue
		}
		first := person.Rows[0].Group
		members, err := c.Client.Cards.Clients.Members(ctx, first.ID)
		if err != nil || len(members) == 0 {
			return first.Name, err
		}
		return members[0].Name, nil // the group is called after it; of a group one is asked which
	}
	return "", nil
}

// later answers who wants something put off: the week, whose rows have the button for
// it. Nothing is put off before that is pressed.
func (c Conversation) later(ctx context.Context, req Request) (Reply, error) {
	kept, said := storage.Question{Intent: string(ask.AttentionWeek)}, saying{week: true}
	client, err := c.asksNothing(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if client.ID != 0 {
		kept.Client, said = client.ID, saying{sentence: nothingLater}
	}
	if _, err := c.keep(ctx, req, kept, &said); err != nil || c.speaks(req) {
		return Reply{}, err
	}
	if client.ID != 0 {
		return Say(view.Say(locale.New(req.Lang, req.Zone).T(nothingLater, analysis.Args{"name": client.Name}))), nil
	}
	return c.Week(ctx, withText(req, ""))
}

// nothingLater is the sentence that says of a client that nothing is asked.
const nothingLater = "ask.later.nothing"

// asksNothing is the client that req names where nothing of it is asked of the asker
// this week; zero: something is, or nobody is named.
func (c Conversation) asksNothing(ctx context.Context, req Request) (analysis.Client, error) {
	client, err := c.actionFor(ctx, req, req.Text)
	if err != nil || client.ID == 0 || req.Actor.Manager == 0 {
		return analysis.Client{}, err
	}
	week, err := c.Ask.Report.Week.Show(ctx, req, AttentionAsk{Day: req.today(), Manager: req.Actor.Manager})
	if err != nil || !week.Final {
		return analysis.Client{}, err
	}
	for _, person := range week.People {
		for _, row := range person.Rows {
			if row.Group.ID == client.Group {
				return analysis.Client{}, nil
			}
		}
	}
	return client, nil
}
