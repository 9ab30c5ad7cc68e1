package commands

import (
	"context"
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Judge answers the buttons under an answer: what its asker thinks of it. Who finds it
// not good is asked, without any duty, what was wrong.
func (c Conversation) Judge(ctx context.Context, req Request) (Reply, error) {
	id, said, _ := strings.Cut(req.Value, ";")
	said, by, _ := strings.Cut(said, ";")
	q, m, err := c.question(ctx, req, id)
	if err != nil {
		return Reply{}, err
	}
	verdict := storage.Good
	if said == "-1" {
		verdict = storage.NotGood
	}
	err = c.Client.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Request: req.Key, Action: "ask.judge"}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.JudgeQuestion(ctx, q.ID, req.Actor.User, verdict)
	})
	if err != nil {
		return Reply{}, fmt.Errorf("judge an answer: %w", err)
	}
	if verdict == storage.NotGood {
		return Show(view.AnswerRemark(locale.New(req.Lang, req.Zone), id, q.Intent)), nil
	}
	if by == view.ToldBy { // what a model wrote stays as it is
		thanks := Say(view.Say(locale.New(req.Lang, req.Zone).T("ask.judged.good", nil)))
		thanks.Beside = true
		return thanks, nil
	}
	q.Verdict = verdict
	m.Sure, m.Choices = true, nil
	return c.again(ctx, req, q, m)
}

// Remark answers the form of who found an answer not good: only what was written in
// it is kept, apart from who wrote it.
func (c Conversation) Remark(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	words := strings.TrimSpace(req.Fields[view.FieldAnswerRemark])
	if words == "" {
		return Say(view.Say(p.T("ask.judged.bad", nil))), nil
	}
	q, _, err := c.question(ctx, req, req.Private)
	if err != nil {
		return Reply{}, err
	}
	err = c.Client.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Request: req.Key, Action: "ask.remark"}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.AddQuestionRemark(ctx, storage.QuestionRemark{Request: req.Key, Intent: q.Intent, Verdict: storage.NotGood,
			Words: cutRunes(words, view.LongestRemark), At: req.At})
	})
	if err != nil {
		return Reply{}, fmt.Errorf("keep a remark on an answer: %w", err)
	}
	return Say(view.Say(p.T("ask.remark.thanks", nil))), nil
}

// Asked counts for administrators what was asked and what people thought of the
// answers, by intent.
type Asked struct {
	Kept  storage.Questions // nil: nothing is kept
	Store storage.Writer
}

// countedFor is how far back is counted, in weeks: as long as questions are kept.
const countedFor = 8

// Show answers /klantbot vragen.
func (c Asked) Show(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) || c.Kept == nil {
		return Reply{}, refuse()
	}
	since := req.At.Add(-countedFor * 7 * 24 * time.Hour)
	counts, err := c.Kept.IntentCounts(ctx, since)
	if err != nil {
		return Reply{}, err
	}
	remarks, err := c.Kept.QuestionRemarks(ctx, since, 10)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "office.asked"}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	screen := view.AnswerCounts{Weeks: countedFor, AsOf: req.today()}
	for _, one := range counts {
		screen.Rows = append(screen.Rows, view.AnswerCount{Intent: one.Intent, Asked: one.Asked, Good: one.Good, NotGood: one.NotGood})
	}
	for _, r := range remarks {
		screen.Remarks = append(screen.Remarks, view.AnswerNote{Intent: r.Intent, Words: r.Words, Good: r.Verdict == storage.Good, Day: analysis.DayOf(r.At.In(p.Zone()))})
	}
	return Say(view.AnswerStatus(p, screen)), nil
}

// conversationEntries are the part of the table that talking with the bot needs.
func conversationEntries(c Conversation, client Client) []Entry {
	press := func(id string, run UseCase) Entry {
		return Entry{ID: id, On: Action, Version: 1, Permission: analysis.FindClients, Run: run}
	}
	return []Entry{
		{ID: "client.said", On: Mention, Version: 1, Permission: analysis.FindClients, Run: c.Said, Thread: c.ReadsThread,
			Scopes: []string{"channels:history", "groups:history", "im:history"}},
		{ID: "ask.talk", On: TalkOpened, Version: 1, Permission: analysis.FindClients, Scopes: []string{"assistant:write"}, Run: c.Opened},
		{ID: "ask.halt", On: TalkHalted, Version: 1, Permission: analysis.FindClients, Run: c.Halted},
		press("ask.which", c.Which),
		{ID: "ask.which", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		press("ask.mean", c.Mean), press("ask.change", c.Change), press("ask.example", c.Example), press("ask.judge", c.Judge), press("ask.stop", c.Stop),
		{ID: "ask.remark", On: Submission, Version: 1, Permission: analysis.FindClients, Loading: true, Run: c.Remark},
	}
}
