package commands

import (
	"context"
	"maps"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// Needs are what the use-cases stand on. cmd fills them in once.
type Needs struct {
	Clients    storage.Clients
	Revenue    storage.Revenue
	Managers   storage.Managers
	Proposals  storage.Proposals
	Portfolio  storage.Portfolio
	Segments   storage.Segments
	Roster     storage.Roster
	Judgements storage.Judgements
	Settings   storage.Settings
	Futures    storage.Futures
	Lifetimes  storage.Lifetimes
	Ratings    Ratings // nil: nobody was asked yet
	Attention  storage.Attention
	Touches    storage.Touches
	Absences   storage.Absences
	Digests    storage.Digests
	Gatherings storage.Gatherings
	FollowUps  storage.FollowUps
	Feedback   storage.Feedbacks
	Questions  storage.Questions // nil: nothing of what is asked is remembered
	Telling    storage.Telling   // which answers a model is writing; nil: known to this process alone
	Places     Places            // nil: nothing is shared from a window
	Signals    *Signals          // nil: only the plan asks for attention
	Letters    Letters
	Restricted storage.Restrictions // who may see clients that few may see
	Objections storage.Objections   // who objects to profiling; nil: nobody can
	Stranded   storage.Stranded     // nil: nobody is told what did not arrive
	Threads    prompts.ThreadReader // what a thread came to
	Sessions   storage.Sessions
	Grouper    prompts.Grouper // proposes groups of cards in a session
	Actions    storage.Actions
	Reflected  storage.Reflections
	Members    storage.Members
	Surveys    Survey     // what was asked; without storage there is no /onderzoek
	Colleagues Colleagues // nil: nobody is known in the workspace
	Imports    storage.Imports
	Writer     storage.Writer
	Directory  *Directory
	Market     *Market
	Model      Model            // the zero value: none is configured
	Talker     *Talker          // answers questions with it; nil: none is configured
	Now        func() time.Time // wall time
}

// New returns the Registry of everything the bot can do.
func New(n Needs) *Registry {
	cards := cardsOf(n)
	client := Client{Directory: n.Directory, Cards: cards, Store: n.Writer}
	share := Share{Cards: cards, Store: n.Writer, Now: n.Now}
	groups := Groups{Proposals: n.Proposals, Store: n.Writer}
	pyramid := Pyramid{Portfolio: n.Portfolio, Segments: n.Segments, Managers: n.Managers, Roster: n.Roster,
		Market: n.Market, Ratings: n.Ratings, Store: n.Writer, Now: n.Now}
	judging := Judging{Clients: n.Clients, Roster: n.Roster, Judgements: n.Judgements, Segments: n.Segments, Market: n.Market, Store: n.Writer}
	portfolio := Portfolio{Judging: judging, Portfolio: n.Portfolio, Segments: n.Segments, Managers: n.Managers, Roster: n.Roster, Market: n.Market, Ratings: n.Ratings, Touches: n.Touches, Store: n.Writer}
	judging.Behind = portfolio.Behind
	segmenting := Segmenting{Use: Segmentation{Portfolio: n.Portfolio, Judgements: n.Judgements, Segments: n.Segments, Settings: n.Settings, Store: n.Writer},
		Clients: n.Clients, Roster: n.Roster, Futures: n.Futures, Behind: portfolio.Behind}
	config := Config{Use: segmenting.Use, Market: n.Market, Patience: countWithin}
	export := Export{Window: segmenting, Now: n.Now}
	plan := AttentionPlan{Use: planOf(n)}
	digest := NewDigest(n)
	report := AttentionReport{Week: plan.Use, Portfolio: n.Portfolio, Ratings: n.Ratings, Now: n.Now}
	events := Gatherings{Week: plan.Use, Events: n.Gatherings, Now: n.Now}
	weekly, home := newWeekly(n, digest)
	follows := newFollowUps(n, digest.Handling)
	follows.Home = home.Drawn
	quotes := Quotes{Use: n.Surveys, Places: n.Places, Letters: n.Letters, Store: n.Writer, Now: n.Now}
	surveys := SurveyScreens{Use: n.Surveys, Segments: n.Segments, Managers: n.Managers, Clients: n.Clients, Store: n.Writer, Follows: follows, Feedback: n.Feedback, Now: n.Now}
	questionnaire := Questionnaire{Surveys: n.Surveys.Surveys, Settings: n.Settings, Store: n.Writer, Now: n.Now}
	surveys.Form = questionnaire.Open
	touching := newTouching(n, client, home)
	sessions := newSessions(n, client, weekly.meant)
	besides := newBesides(n, &sessions, home)
	r := &Registry{
		Letters: map[string]Letter{digestLetter: digest.Letter, handedLetter: digest.Handed, cardLetter: share.Letter, pyramidLetter: pyramid.Letter, matrixLetter: pyramid.MatrixLetter, typesLetter: pyramid.TypesLetter, questionnaireLetter: questionnaire.Letter, quadrantLetter: surveys.Letter,
			exportLetter: export.Letter, reportLetter: report.Letter, reportTableLetter: report.TableLetter, inviteLetter: events.Letter, followLetter: follows.Letter, view.QuotesLetter: quotes.Letter},
		Events: inner(),
	}
	maps.Copy(r.Letters, sessions.letters())
	maps.Copy(r.Letters, besides.letters())
	journeys := Journeys{SessionScreens: sessions, Surveys: n.Surveys, Managers: n.Managers}
	maps.Copy(r.Letters, journeys.letters())
	sessions.Begun = journeys.Prefill
	independence := Independence{Revenue: n.Revenue, Store: n.Writer}
	access := Access{Members: n.Members, Settings: n.Settings, Restricted: n.Restricted, Clients: n.Clients, Colleagues: n.Colleagues, Store: n.Writer}
	help := Help{Entries: func() []Entry { return r.Entries }}
	r.Entries = append(clientEntries(client, share), pyramidEntries(pyramid)...)
	talks := newConversation(n, client, follows, report, pyramid, portfolio, segmenting.Use, weekly.Show)
	r.Letters[view.AnswerLetter] = talks.Letter
	r.Entries = append(r.Entries, conversationEntries(talks, client)...)
	r.Entries = append(r.Entries, []Entry{
		{ID: "portfolio", On: Slash, Names: names("/portefeuille", "/portfolio"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: portfolio.Show},
		{ID: "portfolio.page", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: portfolio.Page},
		{ID: "segment.export", On: Action, Version: 1, Permission: analysis.DraftSegments, Loading: true,
			Scopes: []string{"chat:write", "files:write", "im:history"}, Run: export.Send},
		{ID: "attention", On: Slash, Names: names("/aandacht", "/attention"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: attentionWords(weekly.Show, report, events)},
		{ID: "klantbot", On: Slash, Names: names("/klantbot", "/klantbot"), Permission: analysis.UseHelp,
			Scopes: []string{"commands"}, Run: klantbot(help, groups, digest, config, independence, plan, n.Model, Stranded{Ledger: n.Stranded, Store: n.Writer}, Asked{Kept: n.Questions, Store: n.Writer}, access)},
	}...)
	r.Entries = append(r.Entries, Entry{ID: "thread.digest", On: OnMessage, Version: 1, Names: names("Vat thread samen", "Summarize thread"),
		Permission: analysis.UseHelp, Scopes: []string{"commands", "channels:history", "groups:history", "im:history"}, Thread: func(Request) bool { return true },
		Run: ThreadDigest{Reader: n.Threads, Store: n.Writer}.Show})
	r.Entries = append(r.Entries, surveyEntries(surveys, questionnaire, client)...)
	r.Entries = append(r.Entries, dropEntries(Drop{Imports: n.Imports, Surveys: n.Surveys.Surveys})...)
	r.Entries = append(r.Entries, groupEntries(groups, independence)...)
	r.Entries = append(r.Entries, segmentEntries(segmenting, client)...)
	r.Entries = append(r.Entries, judgeEntries(judging)...)
	r.Entries = append(r.Entries, configEntries(config)...)
	r.Entries = append(r.Entries, touchEntries(touching, client)...)
	r.Entries = append(r.Entries, objectionEntries(Objecting{Touching: touching, Objections: n.Objections})...)
	r.Entries = append(r.Entries, planEntries(plan)...)
	r.Entries = append(r.Entries, exceptionEntries(Exception{Week: plan.Use, Clients: n.Clients})...)
	r.Entries = append(r.Entries, occasionEntries(Occasions{Week: plan.Use, Clients: n.Clients})...)
	r.Entries = append(r.Entries, digestEntries(digest)...)
	r.Entries = append(r.Entries, attentionEntries(report, events)...)
	r.Entries = append(r.Entries, followEntries(follows)...)
	r.Entries = append(r.Entries, quoteEntries(quotes)...)
	r.Entries = append(r.Entries, feedbackEntries(Feedback{Kept: n.Feedback, Clients: n.Clients, Settings: n.Settings, Store: n.Writer}, client)...)
	r.Entries = append(r.Entries, weekEntries(weekly, home, client)...)
	r.Entries = append(r.Entries, modelEntries(n.Model)...)
	r.Entries = append(r.Entries, accessEntries(access, client)...)
	r.Entries = append(r.Entries, sessionEntries(sessions)...)
	r.Entries = append(r.Entries, besides.entries()...)
	r.Entries = append(r.Entries, journeyEntries(journeys)...)
	r.guard(n.Settings)
	return r
}

// guard has every entry and letter keep to what its reader may see.
func (r *Registry) guard(settings storage.Settings) {
	for i, e := range r.Entries {
		r.Entries[i] = e.asSeen()
	}
	for kind, letter := range r.Letters {
		r.Letters[kind] = discreetly(letter, settings)
	}
}

// inner are the inner events the bot listens to, with the scope each needs.
func inner() map[string]string {
	return map[string]string{
		"agent_session_stopped": "chat:write",
		"app_context_changed":   "assistant:write",
		"app_home_opened":       "",
		"app_mention":           "app_mentions:read",
		"file_shared":           "files:read",
		"message.im":            "im:history",
		"user_change":           "users:read",
		"channel_shared":        "channels:read",
		"channel_unshared":      "channels:read",
		"channel_archive":       "channels:read",
		"channel_unarchive":     "channels:read",
		"app_uninstalled":       "",
		"tokens_revoked":        "",
	}
}

// clientEntries are the part of the table that finding and showing clients needs.
func clientEntries(client Client, share Share) []Entry {
	return []Entry{
		{ID: "client", On: Slash, Names: names("/klant", "/client"), Permission: analysis.FindClients,
			Scopes: []string{"commands"}, Run: client.Show},
		{ID: "client.open", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Open},
		{ID: "client.explain", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Explain},
		{ID: "client.compare", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Compare},
		{ID: "client.pick", On: Action, Version: 1, Permission: analysis.ViewClient, Run: client.Open},
		{ID: "client.pick", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		{ID: "client.find", On: Shortcut, Version: 1, Names: names("Zoek klant", "Find client"),
			Permission: analysis.FindClients, Scopes: []string{"commands"}, Loading: true, Run: client.Find},
		{ID: "client.share", On: Action, Version: 1, Permission: analysis.ShareClient, Run: share.Ask},
		{ID: "client.post", On: Action, Version: 1, Permission: analysis.ShareClient,
			Scopes: []string{"chat:write", "channels:history", "groups:history"}, Run: share.Post},
	}
}

// pyramidEntries are the part of the table that the pyramid, the matrix and the
// client types carry.
func pyramidEntries(pyramid Pyramid) []Entry {
	return []Entry{
		{ID: "pyramid", On: Slash, Names: names("/piramide", "/pyramid"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: pyramid.Show},
		{ID: "pyramid.open", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: pyramid.Open},
		{ID: "pyramid.moved", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: pyramid.Moved},
		{ID: "pyramid.send", On: Action, Version: 1, Permission: analysis.ViewOffice,
			Scopes: []string{"chat:write", "files:read", "files:write", "im:history"}, Run: pyramid.Send},
		{ID: "pyramid.share", On: Action, Version: 1, Permission: analysis.ViewOffice,
			Scopes: []string{"chat:write", "files:read", "files:write"}, Run: pyramid.Share},
	}
}

// surveyEntries are the part of the table that /onderzoek and its reports carry.
func surveyEntries(s SurveyScreens, q Questionnaire, client Client) []Entry {
	write := Entry{ID: "survey.make", On: Submission, Version: 1, Permission: analysis.HoldSurvey, Loading: true,
		Scopes: []string{"chat:write", "files:write", "im:history"}, Run: q.Make, Validate: q.Validate}
	return []Entry{
		{ID: "survey", On: Slash, Names: names("/onderzoek", "/survey"), Permission: analysis.ViewSurvey,
			Scopes: []string{"commands"}, Run: s.Show},
		{ID: "survey.list", On: Action, Version: 1, Permission: analysis.ViewSurvey, Run: s.List},
		{ID: "survey.open", On: Action, Version: 1, Permission: analysis.ViewSurvey, Run: s.Open},
		{ID: "survey.source", On: Action, Version: 1, Permission: analysis.ViewSurvey, Run: s.Source},
		{ID: "survey.client", On: Action, Version: 1, Permission: analysis.ReadAnswers, Run: s.Client},
		{ID: "survey.client", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		{ID: "survey.send", On: Action, Version: 1, Permission: analysis.ViewSurvey,
			Scopes: []string{"chat:write", "files:read", "files:write", "im:history"}, Run: s.Send},
		{ID: "survey.form", On: Action, Version: 1, Permission: analysis.HoldSurvey, Loading: true, Run: q.Open},
		write,
	}
}

// groupEntries are the part of the table that proposed groups and the services
// that independence forbids carry.
func groupEntries(groups Groups, independence Independence) []Entry {
	return []Entry{
		{ID: "service.page", On: Action, Version: 1, Permission: analysis.ManageOffice, Run: independence.List},
		{ID: "service.forbid", On: Action, Version: 1, Permission: analysis.ManageOffice, Run: independence.Forbid},
		{ID: "group.page", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.List},
		{ID: "group.merge", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Merge},
		{ID: "group.dismiss", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Dismiss},
		{ID: "group.undo", On: Action, Version: 1, Permission: analysis.FindClients, Run: groups.Undo},
	}
}

// segmentEntries are the part of the table that the window of the segmentation
// carries. ViewOffice is what everybody has: who makes, decides or proposes is
// asked of each group.
func segmentEntries(s Segmenting, client Client) []Entry {
	action := func(id string, p analysis.Permission, run UseCase) Entry {
		return Entry{ID: id, On: Action, Version: 1, Permission: p, Loading: true, Run: run}
	}
	form := func(id string, p analysis.Permission, run UseCase) Entry {
		return Entry{ID: id, On: Submission, Version: 1, Permission: p, Loading: true, Run: run}
	}
	save, decide := form("segment.save", analysis.ProposeSegment, s.Save), form("segment.decide", analysis.DecideFuture, s.Decide)
	save.Validate, decide.Validate = s.Validate, s.ValidateFuture
	return []Entry{
		action("segment.open", analysis.ViewOffice, s.Open),
		action("segment.draft", analysis.DraftSegments, s.Draft),
		action("segment.adjust", analysis.ProposeSegment, s.Adjust),
		action("segment.find", analysis.ProposeSegment, s.Find),
		{ID: "segment.find", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest},
		save,
		action("segment.accept", analysis.DecideSegments, s.Accept),
		action("segment.refuse", analysis.DecideSegments, s.Refuse),
		action("segment.undo", analysis.ProposeSegment, s.Undo),
		action("segment.explain", analysis.ViewOffice, s.Explain),
		action("segment.ask", analysis.DecideSegments, s.Ask),
		action("segment.finalize", analysis.DecideSegments, s.Finalize),
		action("segment.compare", analysis.ViewOffice, s.Compare),
		action("segment.low", analysis.ViewOffice, s.Low),
		action("segment.future", analysis.DecideFuture, s.Future),
		decide,
		action("segment.checklist", analysis.DecideFuture, s.Checklist),
		form("segment.parting", analysis.DecideFuture, s.Parting),
	}
}

// judgeEntries are the part of the table that the window of the judging carries.
func judgeEntries(j Judging) []Entry {
	entry := func(id string, on On, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.JudgeGroups, Loading: true, Run: run}
	}
	return []Entry{entry("judge.open", Action, j.Open), entry("judge.skip", Action, j.Skip),
		entry("judge.undo", Action, j.Undo), entry("judge.save", Submission, j.Save)}
}

// klantbot routes the words after /klantbot.
func klantbot(help Help, groups Groups, digest Digest, config Config, independence Independence, plan AttentionPlan, model Model, stranded Stranded, asked Asked, access Access) UseCase {
	return func(ctx context.Context, req Request) (Reply, error) {
		switch strings.ToLower(clean(req.Text)) {
		case "relatiegroepen", "groepen", "groups":
			return groups.List(ctx, req)
		case "status":
			return stranded.Show(ctx, req)
		case "vragen", "questions", "asked":
			return asked.Show(ctx, req)
		case "weekbericht", "digest":
			return digest.Settings(ctx, req)
		case "instellingen", "settings":
			return config.Open(ctx, req)
		case "diensten", "services":
			return independence.List(ctx, req)
		case "plan", "aandachtsplan", "attention plan":
			return plan.Open(ctx, req)
		case "toegang", "rollen", "rechten", "access", "roles":
			return access.Open(ctx, req)
		case "taalmodel", "model", "ai", "language model":
			return model.Open(ctx, req)
		}
		return help.Show(ctx, req)
	}
}

func names(dutch, english string) map[locale.Lang]string {
	return map[locale.Lang]string{locale.Dutch: dutch, locale.English: english}
}
