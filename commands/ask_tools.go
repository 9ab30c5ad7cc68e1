package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/prompts"
	"klantbot/storage"
)

// toolbox is what a model may have done to answer one question: what the grammar
// answers, by the same functions and with the asker's own rights. It reads; of what
// is to be written it only puts buttons under the answer.
type toolbox struct {
	Ask
	req      Request
	question ask.Question
	client   analysis.ClientID // that the question names; 0: none, or not clear which
	sources  []source          // what each result is, in their order
	buttons  []proposed
	listed   map[string]bool // the keys of what results named
}

// listing is a veil that remembers what results named.
type listing struct {
	prompts.Veil
	listed map[string]bool
}

// Hide fulfils prompts.Veil.
func (l listing) Hide(kind prompts.Veiled, key, words string) string {
	l.listed[key] = true
	return l.Veil.Hide(kind, key, words)
}

// source is what a result of a tool is about.
type source struct {
	intent ask.Intent
	client string // its name; empty: the office
}

// proposed is a button that a model put under its answer. Pressing it is a request
// like any other.
type proposed struct {
	tool    string
	client  analysis.Client
	kind    analysis.TouchKind
	manager analysis.ManagerID // of client
}

// The tools that propose to write something.
const (
	proposeContact = "propose_contact"
	proposeAction  = "propose_action"
	proposeSnooze  = "propose_snooze"
)

// reading are the tools that only read.
var readingTools = []string{"client_fact", "portfolio", "pyramid", "segments", "attention", "survey", "sessions"}

// asksToWrite is who asks in so many words that something be written down or put off,
// in Dutch and English. What stands between quotation marks somebody else said.
var (
	asksToWrite = lazily(`(?i)\b(log|noteer|noteren|vastleggen|leg|registreer|registreren|note|record|snooze|uitstellen|uit te stellen|stel|postpone|herinner|remind|zet|maak|make|create|schedule|plan|inplannen)\b`)
	quotedWords = lazily("[\"“”„«][^\"“”„»]*[\"“”»]|'[^']{8,}'|`[^`]*`|(?m)^>.*$")
)

// offered are the tools for a question: writing is only offered to who asks for it
// about a client that they name, in words of their own.
func (t *toolbox) offered() []string {
	own := t.own()
	if t.client == 0 || !strings.Contains(own, t.question.Slots.Client) || !asksToWrite().MatchString(own) || prompts.Suspicious(own) {
		return readingTools
	}
	return append(readingTools[:len(readingTools):len(readingTools)], proposeContact, proposeAction, proposeSnooze)
}

// own are the words of the question that the asker does not quote.
func (t *toolbox) own() string { return quotedWords().ReplaceAllString(t.req.Text, " ") }

// wanted are the arguments of all tools.
type wanted struct {
	Client     string
	What       string
	Kind       analysis.TouchKind
	Manager    *string
	Segment    *analysis.Segment
	Against    *analysis.Segment
	ClientType *analysis.ClientType `json:"client_type"`
	Audience   *analysis.Audience
	Theme      *string
	Days       *int
	Limit      *int
	From, To   *string
}

// families are the tools by the first part of the intents that they answer.
var families = map[string]string{"client_fact": "client", "portfolio": "portfolio", "pyramid": "pyramid", "segments": "segment", "attention": "attention",
	"survey": "survey", "sessions": "session"}

// Use fulfils prompts.Toolbox.
func (t *toolbox) Use(ctx context.Context, name string, arguments json.RawMessage, v prompts.Veil) (string, error) {
	var w wanted
	if json.Unmarshal(arguments, &w) != nil {
		return "", prompts.ErrArguments
	}
	a := answering{Ask: t.Ask, req: t.req, p: locale.New(t.req.Lang, t.req.Zone), veil: listing{v, t.listed}}
	var err error
	if a.asked, err = t.named(ctx); err != nil {
		return "", err
	}
	a.Sure, a.Intent = true, ask.Intent(families[name]+"."+w.What)
	if a.Slots, err = w.slots(t.req.today()); err != nil {
		return "", err
	}
	if w.Manager != nil {
		if err := t.whose(ctx, &a, *w.Manager, v); err != nil {
			return "", err
		}
	}
	switch name {
	case "client_fact", proposeContact, proposeAction, proposeSnooze:
		return t.aboutClient(ctx, &a, name, w, v)
	}
	if err := t.audited(ctx, name, analysis.Client{}); err != nil {
		return "", err
	}
	text, err := a.family(ctx)
	if err == nil {
		t.sources = append(t.sources, source{intent: a.Intent})
	}
	return text, err
}

// audited writes down that a model was asked about whom.
func (t *toolbox) audited(ctx context.Context, tool string, c analysis.Client) error {
	return audit(ctx, t.Client.Store, t.req, storage.AuditLine{Action: "ask.model." + tool, Client: c.ID, Group: c.Group})
}

// named is the client that the question names.
func (t *toolbox) named(ctx context.Context) (analysis.Client, error) {
	if t.client == 0 {
		return analysis.Client{}, nil
	}
	return t.Client.Cards.Clients.Client(ctx, t.client)
}

// aboutClient tells of one client, or proposes to write something about it.
func (t *toolbox) aboutClient(ctx context.Context, a *answering, tool string, w wanted, v prompts.Veil) (string, error) {
	id, err := t.whom(ctx, w.Client, v)
	if err != nil {
		return "", err
	}
	card, err := t.Client.Cards.Card(ctx, id, t.req.today())
	if err != nil {
		return "", err
	}
	if !analysis.Allow(t.req.Actor, analysis.ViewClient, subject(card.Group)) {
		return "", refuse()
	}
	if !analysis.Allow(t.req.Actor, analysis.ReadAnswers, subject(card.Group)) {
		card.Sharpest, card.Feedback = survey.Shortfall{}, nil
	}
	if err := t.audited(ctx, tool, card.Client); err != nil {
		return "", err
	}
	name := card.Client.Name
	if tool != "client_fact" {
		if id != t.client || !analysis.Allow(t.req.Actor, analysis.LogTouches, subject(card.Group)) || len(t.buttons) == mostProposals {
			return "", prompts.ErrArguments
		}
		t.buttons = append(t.buttons, proposed{tool: tool, client: card.Client, kind: w.Kind, manager: card.Group.Manager})
		a.Intent = ask.TouchLog
		t.sources = append(t.sources, source{a.Intent, name})
		return a.p.T("ask.ai."+tool, analysis.Args{"name": a.seen(card).Client.Name}), nil
	}
	text, err := a.about(ctx, a.seen(card))
	if err == nil {
		t.sources = append(t.sources, source{a.Intent, name})
	}
	// What somebody wrote comes back between quotation marks of its own.
	return strings.NewReplacer("“[", "[", "]”", "]").Replace(text), err
}

// mostProposals is how many buttons an answer has.
const mostProposals = 3

// whom is the client behind a placeholder: one that a result listed, or that the asker
// named so that it is clear who is meant. What has no placeholder is nobody.
func (t *toolbox) whom(ctx context.Context, placeholder string, v prompts.Veil) (analysis.ClientID, error) {
	key, words, ok := v.Behind(placeholder)
	if !ok {
		return 0, prompts.ErrArguments
	}
	kind, rest, _ := strings.Cut(key, "/")
	number, person, _ := strings.Cut(rest, "/")
	id, err := strconv.ParseInt(number, 10, 64)
	switch {
	case kind == "client" && person == "" && err == nil && (t.listed[key] || analysis.ClientID(id) == t.client):
		return analysis.ClientID(id), nil
	case kind == "group" && err == nil && t.listed[key]:
		members, err := t.Client.Cards.Clients.Members(ctx, analysis.GroupID(id))
		if err != nil || len(members) == 0 {
			return 0, analysis.Fail(analysis.NotFound, "client.gone", nil)
		}
		return members[0].ID, nil
	}
	found, clear := t.Client.Directory.Find(ctx, words, mostChoices)
	if !clear || !strings.Contains(t.own(), words) {
		return 0, analysis.Fail(analysis.NotFound, "client.gone", nil)
	}
	return found[0].Client, nil
}

// whose finds the colleague that a model means.
func (t *toolbox) whose(ctx context.Context, a *answering, said string, v prompts.Veil) error {
	a.Slots.Manager = said
	if said == ask.Me {
		if sentence, err := a.whose(ctx); sentence != "" || err != nil {
			return firstError(err, analysis.Fail(analysis.NotFound, "ask.me.unknown", nil))
		}
		return nil
	}
	key, _, ok := v.Behind(said)
	number, is := strings.CutPrefix(key, "manager/")
	id, err := strconv.ParseInt(number, 10, 64)
	if !ok || !is || err != nil {
		return prompts.ErrArguments
	}
	a.manager, err = t.Portfolio.Managers.Manager(ctx, analysis.ManagerID(id))
	return err
}

// firstError is the first of two that is one.
func firstError(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// slots are the particulars that w names.
func (w wanted) slots(today analysis.Day) (s ask.Slots, err error) {
	take(&s.Segment, w.Segment)
	take(&s.Against, w.Against)
	take(&s.ClientType, w.ClientType)
	take(&s.Audience, w.Audience)
	take(&s.Theme, w.Theme)
	take(&s.Days, w.Days)
	take(&s.Limit, w.Limit)
	if s.Days < 0 || s.Limit < 0 || s.Days > 36500 || s.Limit > 1000 {
		return s, prompts.ErrArguments
	}
	if w.From == nil && w.To == nil {
		return s, nil
	}
	if w.From == nil {
		return s, prompts.ErrArguments
	}
	if s.Period.From, err = analysis.ParseDay(*w.From); err != nil {
		return s, prompts.ErrArguments
	}
	s.Period.To = max(s.Period.From, today)
	if w.To != nil {
		if s.Period.To, err = analysis.ParseDay(*w.To); err != nil || s.Period.To < s.Period.From {
			return s, prompts.ErrArguments
		}
	}
	return s, nil
}

// take takes over what was said.
func take[T any](slot *T, said *T) {
	if said != nil {
		*slot = *said
	}
}

// said words the sources of an answer, by their numbers.
func (t *toolbox) said(p *locale.Printer) []string {
	words := make([]string, len(t.sources))
	for i, s := range t.sources {
		words[i] = fmt.Sprintf("%d %s", i+1, p.T("ask.intent."+string(s.intent), nil))
		if s.client != "" {
			words[i] += " · " + s.client
		}
	}
	return words
}
