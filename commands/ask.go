package commands

import (
	"context"
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/session"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// Ask answers questions in plain Dutch and English with the use-cases that answer
// screens, under the asker's own rights. It writes nothing but the audit: what a
// sentence asks to write it says where to do.
type Ask struct {
	Client       Client
	Portfolio    Portfolio
	Pyramid      Pyramid
	Segmentation Segmentation
	Report       AttentionReport // and in it the week
	Survey       Survey
	Follow       FollowUps
	Sessions     storage.Sessions
	Actions      storage.Actions
	Talker       *Talker // nil: no model is configured
	Books        *Books  // nil: the office is read for each question
}

// Answer is what a question gets.
type Answer struct {
	ask.Question
	Client    analysis.ClientID // whom it is about; 0: nobody, or not clear
	Manager   analysis.Manager  // whose clients it is about; zero: everybody's
	AskedBack bool              // Text asks which one, or what, is meant
	Text      string            // plain, its lines ended
	Model     bool              // a language model wrote Text
	Card      *view.Card        // of Client
	Prepared  *view.Preparation // where it asked for that
	// Back names the sentence that asks back where that has words of the asker, or none
	// of the office: it can be said without them. Empty: it does not.
	Back string
	// Candidates are the clients that may be meant, where it asks which; Nearest says
	// that none is called so, and More that there are more.
	Candidates    []view.Candidate
	Nearest, More bool
}

// meant is a question, with what of its names is known already.
type meant struct {
	ask.Question
	client  analysis.ClientID  // 0: to be found by what they are called
	manager analysis.ManagerID // 0: likewise
}

// answering is a question on its way to an answer.
type answering struct {
	Ask
	req Request
	p   *locale.Printer
	meant
	manager analysis.Manager // whose; zero: everybody's
	// veil hides what a model may not see; nil: people read the answer. asked is the
	// client that a model was asked about, if one is.
	veil    prompts.Veil
	asked   analysis.Client
	service analysis.Service // of Slots.Service; zero: none
	out     Answer
}

// noTrade is the sentence to who asks for the clients of a branch.
const noTrade = "ask.trade"

// Answer answers req.Text as what follows before, which is zero where nothing was
// asked yet.
func (c Ask) Answer(ctx context.Context, req Request, before ask.Question) (Answer, error) {
	if ask.ByTrade(clean(req.Text)) {
		said := locale.New(req.Lang, req.Zone).T(noTrade, nil) + "\n"
		return Answer{Question: ask.Question{Intent: ask.Unknown}, AskedBack: true, Text: said}, audit(ctx, c.Client.Store, req, storage.AuditLine{Action: "ask.unknown"})
	}
	q, err := c.read(ctx, req)
	if err != nil {
		return Answer{}, err
	}
	req = req.asMay(analysis.Subject{})
	m := meant{Question: q.After(before)}
	told, without, err := c.withModel(ctx, req, m.Question)
	if err != nil || told != "" {
		return Answer{Question: m.Question, Model: true, Text: told}, err
	}
	a, err := c.reply(ctx, req, m, nil)
	if err == nil && without != "" {
		a.Text += view.WithoutWords(locale.New(req.Lang, req.Zone), without)
		a.Text = strings.TrimRight(a.Text, "\n") + "\n"
	}
	return a, err
}

// read tells what req.Text asks.
func (c Ask) read(ctx context.Context, req Request) (ask.Question, error) {
	vocabulary, err := c.vocabulary(ctx)
	if err != nil {
		return ask.Question{}, err
	}
	text := clean(req.Text)
	return ask.Read(text, req.today(), vocabulary).OfWhom(text), nil
}

// reply answers what was meant. also is done in the same transaction as the audit.
func (c Ask) reply(ctx context.Context, req Request, m meant, also func(storage.Tx, Answer) error) (Answer, error) {
	if !analysis.Allow(req.Actor, analysis.FindClients, analysis.Subject{}) {
		return Answer{}, refuse()
	}
	a := answering{Ask: c, req: req, p: locale.New(req.Lang, req.Zone), meant: m}
	var err error
	if a.service, err = c.serviceOf(ctx, a.Slots.Service); err != nil {
		return Answer{}, err
	}
	back, text, err := a.answer(ctx)
	if err != nil {
		return Answer{}, err
	}
	if !back {
		text = strings.TrimRight(text, "\n") + a.unused()
	}
	a.out.Question, a.out.Manager, a.out.AskedBack, a.out.Text = a.Question, a.manager, back, strings.TrimRight(text, "\n")+"\n"
	err = c.Client.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Request: req.Key, Action: "ask." + string(a.Intent)}
		if err := tx.Audit(ctx, line); err != nil || also == nil {
			return err
		}
		return also(tx, a.out)
	})
	if err != nil {
		return Answer{}, fmt.Errorf("write the audit line: %w", err)
	}
	return a.out, nil
}

// vocabulary is what the office calls its own.
func (c Ask) vocabulary(ctx context.Context) (ask.Vocabulary, error) {
	v := ask.Vocabulary{Client: func(words string) float64 {
		if found, _ := c.Client.Directory.Find(ctx, words, 1); len(found) > 0 {
			return found[0].Score
		}
		return 0
	}}
	managers, err := c.Portfolio.Managers.AllManagers(ctx)
	if err != nil {
		return v, fmt.Errorf("read the managers: %w", err)
	}
	for _, m := range managers {
		v.Managers = append(v.Managers, m.Name)
	}
	services, err := c.Client.Cards.Revenue.Services(ctx)
	if err != nil {
		return v, fmt.Errorf("read the services: %w", err)
	}
	for _, s := range services {
		v.Services = append(v.Services, s.Name)
	}
	choices, err := SurveyChoices(ctx, c.Survey.Settings)
	for _, t := range choices.Themes {
		v.Themes = append(v.Themes, t.Name)
	}
	return v, err
}

// serviceOf is the office's service of that name; zero: none.
func (c Ask) serviceOf(ctx context.Context, name string) (analysis.Service, error) {
	if name == "" {
		return analysis.Service{}, nil
	}
	services, err := c.Client.Cards.Revenue.Services(ctx)
	if err != nil {
		return analysis.Service{}, fmt.Errorf("read the services: %w", err)
	}
	for _, s := range services {
		if s.Name == name {
			return s, nil
		}
	}
	return analysis.Service{}, nil
}

// answer returns the text, and whether it asks back.
func (a *answering) answer(ctx context.Context) (back bool, text string, err error) {
	switch {
	case a.Intent == ask.Unknown && len(a.Choices) > 0:
		return true, a.meanings(), nil
	case a.Intent == ask.Unknown:
		return false, a.p.T("ask.unknown", nil), nil
	case a.Intent == ask.Help:
		return false, a.p.T("ask.help", nil), nil
	case a.Intent.AboutClient():
		return a.client(ctx)
	case !a.Sure:
		return true, a.meanings(), nil
	}
	if sentence, err := a.whose(ctx); sentence != "" || err != nil {
		return true, sentence, err
	}
	text, err = a.family(ctx)
	return false, text, err
}

// family answers what is not about one client.
func (a *answering) family(ctx context.Context) (string, error) {
	family, _, _ := strings.Cut(string(a.Intent), ".")
	switch family {
	case "portfolio", "segment":
		return a.groups(ctx)
	case "pyramid", "attention":
		return a.office(ctx)
	case "survey":
		return a.opinions(ctx)
	}
	return a.discussions(ctx)
}

// meanings asks which of the likeliest meanings is meant.
func (a *answering) meanings() string {
	var words []string
	if ask.AsksWhose(a.Choices) {
		return a.p.T("ask.whose_revenue", nil)
	}
	for _, i := range a.Choices {
		words = append(words, a.p.T("ask.intent."+string(i), nil))
	}
	return a.p.T("ask.unsure", analysis.Args{"choices": strings.Join(words, "; ")})
}

// whose finds the colleague who was named; a sentence where that is not one.
func (a *answering) whose(ctx context.Context) (sentence string, err error) {
	switch {
	case a.meant.manager != 0:
		a.manager, err = a.Portfolio.Managers.Manager(ctx, a.meant.manager)
		return "", err
	case a.Slots.Manager == "":
		return "", nil
	case a.Slots.Manager == ask.Me:
		if a.req.Actor.Manager == 0 {
			a.out.Back = "ask.me.unknown"
			return a.p.T("ask.me.unknown", nil), nil
		}
		a.manager, err = a.Portfolio.Managers.Manager(ctx, a.req.Actor.Manager)
		return "", err
	}
	all, err := a.Portfolio.Managers.AllManagers(ctx)
	if err != nil {
		return "", fmt.Errorf("read the managers: %w", err)
	}
	var found []analysis.Manager
	for _, m := range all {
		first, _, _ := strings.Cut(m.Name, " ")
		if strings.EqualFold(m.Name, a.Slots.Manager) || strings.EqualFold(first, a.Slots.Manager) {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		a.out.Back = "ask.manager.which"
		return a.p.T("ask.manager.unknown", analysis.Args{"name": a.Slots.Manager}), nil
	}
	a.manager = found[0]
	return "", nil
}

// scope is whose figures are told.
func (a *answering) scope() string {
	if a.manager.ID == 0 {
		return a.p.T("ask.office", nil)
	}
	return a.colleague(a.manager)
}

// scoped is whose figures are told, and of which service, layer or client type.
func (a *answering) scoped() string {
	words := a.scope()
	if a.service.ID != 0 {
		key := "ask.scope.service"
		if a.Slots.Without {
			key = "ask.scope.without"
		}
		words = a.p.T(key, analysis.Args{"scope": words, "service": a.service.Name})
	}
	if a.Slots.Layer != "" {
		words = a.p.T("ask.scope.layer", analysis.Args{"scope": words, "layer": a.p.T("layer."+string(a.Slots.Layer), nil)})
	}
	if a.Slots.ClientType != "" {
		words = a.p.T("ask.scope.type", analysis.Args{"scope": words, "type": a.p.T(value.TypeKey(a.Slots.ClientType), nil)})
	}
	return words
}

// discussions answers what is asked of sessions.
func (a *answering) discussions(ctx context.Context) (string, error) {
	if !analysis.Allow(a.req.Actor, analysis.JoinSession, analysis.Subject{}) {
		return "", refuse()
	}
	switch a.Intent {
	case ask.SessionStart:
		kind := a.Slots.Session
		if kind == "" {
			kind = ask.NowAndLater
		}
		return a.begin(ctx, kind)
	case ask.SessionStatus:
		heads, total, err := a.Sessions.Sessions(ctx, storage.SessionFilter{Going: true, Kind: session.Kind(a.Slots.Session)}, 0, answerRows)
		if err != nil {
			return "", fmt.Errorf("read the sessions: %w", err)
		}
		if total == 0 {
			return a.p.T("ask.session.none", nil), nil
		}
		lines := make([]string, len(heads))
		for i, h := range heads {
			lines[i] = a.p.T("ask.session.line", analysis.Args{"kind": string(h.Kind), "phase": a.p.T("session.phase."+string(h.Phase), nil), "day": analysis.DayOf(h.Begun.In(a.p.Zone()))})
		}
		return view.AnswerLines(a.p, a.p.N("ask.session.going", total, nil), lines, total-len(heads)), nil
	}
	f := storage.ActionFilter{Pending: true}
	if a.Slots.Manager == ask.Me {
		f.Owner = a.req.Actor.User
	} else if a.manager.ID != 0 {
		f.Owner = a.manager.User
	}
	if a.Slots.Manager != "" && f.Owner == "" {
		return a.p.T("ask.actions.nobody", analysis.Args{"name": a.scope()}), nil
	}
	return a.actions(ctx, f)
}

// actions lists what sessions agreed on and is still to be done.
func (a *answering) actions(ctx context.Context, f storage.ActionFilter) (string, error) {
	all, total, err := a.Actions.Actions(ctx, f, 0, answerRows)
	if err != nil {
		return "", fmt.Errorf("read the actions: %w", err)
	}
	if total == 0 {
		return a.p.T("ask.actions.none", nil), nil
	}
	lines := make([]string, len(all))
	for i, one := range all {
		lines[i] = a.p.T("ask.action.line", analysis.Args{"then": a.written(one.Then), "day": a.p.Near(one.Due, a.req.today())})
	}
	return view.AnswerLines(a.p, a.p.N("ask.actions", total, nil), lines, total-len(all)), nil
}
