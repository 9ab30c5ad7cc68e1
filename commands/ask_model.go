package commands

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// Talker is the office's language model, where one is configured, for questions that
// the grammar is not sure of.
type Talker struct {
	prompts.Conversant
	On      func(ctx context.Context) (bool, error) // whether an administrator turned it on for that
	Streams *Streams
}

// longestForModel is how many characters of a question a model reads.
const longestForModel = 1_000

// mayAsk says whether a model is asked what the grammar made q of: where that is not
// sure, or nothing. Who means one of several clients is asked which, by the grammar;
// and what looks like orders to a model is none for it.
func (c Ask) mayAsk(ctx context.Context, req Request, q ask.Question) (bool, error) {
	if c.Talker == nil || req.Text == "" || q.Intent != ask.Unknown && q.Sure || len([]rune(req.Text)) > longestForModel || prompts.Suspicious(req.Text) {
		return false, nil
	}
	if !analysis.Allow(req.Actor, analysis.FindClients, analysis.Subject{}) {
		return false, nil
	}
	if q.Intent.AboutClient() && q.Slots.Client != "" {
		if _, clear := c.Client.Directory.Find(ctx, q.Slots.Client, 2); !clear {
			return false, nil
		}
	}
	return c.Talker.On(ctx)
}

// talk is a question that a model answers.
type talk struct {
	Ask
	req Request
	q   ask.Question
	box *toolbox
	p   *locale.Printer
}

// talk begins one. before is what it was about before, if anything.
func (c Ask) talk(ctx context.Context, req Request, q ask.Question, before analysis.Client) *talk {
	t := &talk{Ask: c, req: req, q: q, p: locale.New(req.Lang, req.Zone),
		box: &toolbox{Ask: c, req: req, question: q, client: before.ID, listed: map[string]bool{}}}
	if q.Slots.Client != "" {
		if found, clear := c.Client.Directory.Find(ctx, q.Slots.Client, 2); clear {
			t.box.client = found[0].Client
		}
	}
	return t
}

// words is what the model is asked.
func (t *talk) words(before analysis.Client) prompts.Talk {
	w := prompts.Talk{By: t.req.Actor.User, Lang: string(t.req.Lang.Plain()), Today: t.req.today(), Question: t.req.Text, Tools: t.box.offered(), Box: t.box}
	if at := strings.Index(t.req.Text, t.q.Slots.Client); t.q.Slots.Client != "" && at >= 0 {
		key := "asked/" + t.q.Slots.Client
		if t.box.client != 0 {
			key = clientKey(t.box.client)
		}
		w.Named = []prompts.Naming{{Start: at, End: at + len(t.q.Slots.Client), Key: key}}
	} else if before.ID != 0 {
		w.About = &prompts.Named{Kind: prompts.VeiledOrganisation, Key: clientKey(before.ID), Words: before.Name}
	}
	return w
}

// clauses has the model answer. That it was asked is written down first.
func (t *talk) clauses(ctx context.Context, before analysis.Client) iter.Seq2[Clause, error] {
	return func(yield func(Clause, error) bool) {
		ctx := t.Talker.Streams.begin(ctx, t.req.Key)
		defer t.Talker.Streams.end(t.req.Key)
		if err := audit(ctx, t.Client.Store, t.req, storage.AuditLine{Action: "ask.model", Client: t.box.client}); err != nil {
			yield(Clause{}, cmp.Or(ctx.Err(), err))
			return
		}
		var came []Clause
		for said, err := range t.Talker.Converse(ctx, t.words(before)) {
			clause := Clause{Text: said.Text}
			for _, id := range said.Citations {
				var n int
				if _, bad := fmt.Sscanf(string(id), "T%d", &n); bad == nil && n > 0 && n <= len(t.box.sources) {
					clause.Sources = append(clause.Sources, n)
				}
			}
			if err == nil {
				came = append(came, clause)
				t.Talker.Streams.came(t.req.Key, t.screen(came))
			}
			if !yield(clause, err) || err != nil {
				return
			}
		}
	}
}

// screen is the answer as far as it came.
func (t *talk) screen(came []Clause) view.Told {
	told := view.Told{Sources: t.box.said(t.p)}
	for _, c := range came {
		told.Clauses = append(told.Clauses, view.ToldClause{Text: c.Text, Sources: c.Sources})
	}
	return told
}

// whole is the answer that came, with the buttons that were proposed.
func (t *talk) whole(came []Clause) view.Told {
	told := t.screen(came)
	told.Whole = true
	for _, b := range t.box.buttons {
		told.Buttons = append(told.Buttons, t.button(b))
	}
	return told
}

// button is what was proposed, as it is pressed.
func (t *talk) button(b proposed) view.ToldButton {
	args := analysis.Args{"name": b.client.Name}
	switch b.tool {
	case proposeAction:
		return view.ToldButton{Label: t.p.T("ask.ai.action", args), Action: "action.form.v1", Value: fmt.Sprint(int64(b.client.ID))}
	case proposeSnooze:
		return view.ToldButton{Label: t.p.T("ask.ai.later", args), Action: "attention.week.v1", Value: fmt.Sprintf("a/%d/0", b.manager)}
	}
	return view.ToldButton{Label: t.p.T("ask.ai.contact", args), Action: "touch.open.v1",
		Value: touchSpot{client: b.client.ID, kind: b.kind, source: fromMention}.String()}
}

// withModel answers what the grammar made q of with a model, where one is asked, and
// waits for it. Without an answer, without says in a word why there is none; both are
// empty where none was asked.
func (c Ask) withModel(ctx context.Context, req Request, q ask.Question) (text, without string, err error) {
	may, err := c.mayAsk(ctx, req, q)
	if err != nil || !may {
		return "", "", err
	}
	t := c.talk(ctx, req, q, analysis.Client{})
	c.Talker.Streams.expect(req)
	var came []Clause
	for clause, err := range t.clauses(ctx, analysis.Client{}) {
		if ctx.Err() != nil {
			return "", "", ctx.Err()
		}
		if err != nil {
			return "", whyNot(err), nil
		}
		came = append(came, clause)
	}
	return view.ToldText(t.p, t.whole(came)), "", nil
}
