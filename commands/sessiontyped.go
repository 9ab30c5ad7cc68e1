package commands

import (
	"context"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// sessionWords are what people type for a kind of session, in either language.
var sessionWords = map[string]session.Kind{"nu-3jaar": session.Now3Years, "nu": session.Now3Years, "nu3jaar": session.Now3Years, "now-3years": session.Now3Years, "now": session.Now3Years,
	"klantreis": session.Journey, "reis": session.Journey, "journey": session.Journey}

// typeWords are what people type for a kind of client.
var typeWords = map[string]analysis.ClientType{"transactioneel": analysis.Transactional, "transactional": analysis.Transactional, "groot": analysis.Large, "large": analysis.Large,
	"ontwikkel": analysis.Developing, "ontwikkelklant": analysis.Developing, "developing": analysis.Developing, "strategisch": analysis.Strategic, "strategic": analysis.Strategic}

// Show answers /sessie [nu-3jaar|klantreis [about whom] | acties | overzicht | help].
func (c SessionScreens) Show(ctx context.Context, req Request) (Reply, error) {
	typed := clean(req.Text)
	word, rest, _ := strings.Cut(typed, " ")
	word = strings.ToLower(word)
	switch word {
	case "":
		return c.list(ctx, req, 0)
	case "help":
		return Say(view.Say(locale.New(req.Lang, req.Zone).T("session.help", nil))), nil
	}
	if run, ok := c.words()[word]; ok {
		req.Text = rest
		return run(ctx, req)
	}
	kind, ok := sessionWords[word]
	if !ok {
		return Say(view.Say(locale.New(req.Lang, req.Zone).T("session.unknown", analysis.Args{"typed": session.Isolate(typed)}))), nil
	}
	return c.typed(ctx, req, kind, rest)
}

// words are the other things that can be typed after /sessie.
func (c SessionScreens) words() map[string]UseCase { return c.Words }

// typed answers a kind of session with whom it is about, or without.
func (c SessionScreens) typed(ctx context.Context, req Request, kind session.Kind, about string) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.HoldSession, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	if about == "" {
		return c.form(ctx, req, sessionDraft{kind: kind, channel: req.Channel.ID})
	}
	of, found, near, err := c.subjectTyped(ctx, req, about)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	switch {
	case of != session.Subject{}:
		return c.form(ctx, req, sessionDraft{kind: kind, subject: of, channel: req.Channel.ID})
	case len(found) == 0:
		return Say(view.Say(p.T("session.about.unknown", analysis.Args{"typed": session.Isolate(about)}))), c.Clients.auditSearch(ctx, req)
	}
	candidates, err := c.Clients.candidates(ctx, about, found)
	if err != nil {
		return Reply{}, err
	}
	title := p.N("client.choices", len(candidates), analysis.Args{"query": session.Isolate(about)})
	if near {
		title = p.T("session.about.near", analysis.Args{"typed": session.Isolate(about)})
	}
	return Say(view.SessionChoices(p, kind, title, candidates)), c.Clients.auditSearch(ctx, req)
}

// subjectTyped reads whom a session is about: a segment, a kind of client, a manager
// (with @ before the name), or else a client; the clients it may be where several are,
// and whether these are only like what was typed.
func (c SessionScreens) subjectTyped(ctx context.Context, req Request, typed string) (of session.Subject, found []Found, near bool, err error) {
	word := strings.ToLower(strings.Trim(typed, "\"'“”"))
	if t, ok := typeWords[word]; ok {
		return session.Subject{Type: t}, nil, false, nil
	}
	for _, s := range analysis.Segments() {
		letter := strings.ToLower(string(s))
		if word == letter || word == "segment "+letter || word == letter+"-klanten" || word == letter+" clients" {
			return session.Subject{Segment: s}, nil, false, nil
		}
	}
	if strings.HasPrefix(typed, "<@") || strings.HasPrefix(typed, "@") {
		manager, err := c.Meant(ctx, req, typed)
		return session.Subject{Manager: manager}, nil, false, err
	}
	var clear bool
	found, clear = c.Clients.Directory.Find(ctx, typed, mostChoices)
	if len(found) == 0 {
		return of, c.Clients.Directory.Nearest(ctx, typed, mostNearest), true, nil
	}
	if !clear {
		return of, found, false, nil
	}
	of, err = c.subjectOf(ctx, "client/"+strconv.FormatInt(int64(found[0].Client), 10))
	return of, nil, false, err
}

// subjectOf reads a subject as a screen names it: as session.Subject does, or a
// client by client/ID, whose relatiegroep it is then.
func (c SessionScreens) subjectOf(ctx context.Context, written string) (session.Subject, error) {
	if which, ok := strings.CutPrefix(written, "client/"); ok {
		id, err := clientOf(which)
		if err != nil {
			return session.Subject{}, err
		}
		client, err := c.Clients.Cards.Clients.Client(ctx, id)
		return session.Subject{Group: client.Group}, err
	}
	of := session.ParseSubject(written)
	if of.Group == 0 {
		return of, nil
	}
	_, err := c.Clients.Cards.Clients.Group(ctx, of.Group) // which few may see is not there
	return of, err
}

// Suggest offers what a session can be about while somebody types: segments, kinds
// of client and portfolios, and the clients whose name it is.
func (c SessionScreens) Suggest(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	query := clean(req.Text)
	reply := Reply{Suggest: true}
	offer := func(label, note, value string) {
		if strings.Contains(strings.ToLower(label+" "+note), strings.ToLower(query)) && len(reply.Options) < mostOptions {
			reply.Options = append(reply.Options, view.Option{Label: label, Note: note, Value: value})
		}
	}
	var subjects []session.Subject
	for _, s := range analysis.Segments() {
		subjects = append(subjects, session.Subject{Segment: s})
	}
	for _, t := range analysis.ClientTypes() {
		subjects = append(subjects, session.Subject{Type: t})
	}
	for _, of := range subjects {
		offer(view.SessionAbout(p, of, ""), "", of.String())
	}
	managers, err := c.Clients.Cards.Managers.AllManagers(ctx)
	if err != nil {
		return Reply{}, err
	}
	for _, m := range managers {
		of := session.Subject{Manager: m.ID}
		if query != "" || m.ID == req.Actor.Manager {
			offer(view.SessionAbout(p, of, m.Name), "", of.String())
		}
	}
	if query == "" {
		return reply, nil
	}
	found, _ := c.Clients.Directory.Find(ctx, query, mostOptions)
	clients, err := c.Clients.Cards.Clients.ClientsOf(ctx, idsOf(found))
	if err != nil {
		return Reply{}, err
	}
	for _, client := range clients {
		o := view.ClientOption(client)
		if o.Value = "client/" + o.Value; len(reply.Options) < mostOptions {
			reply.Options = append(reply.Options, o)
		}
	}
	return reply, nil
}
