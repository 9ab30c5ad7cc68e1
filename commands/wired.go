package commands

import (
	"maps"
	"slices"

	"klantbot/analysis"
	"klantbot/commands/view"
)

// wired are the use-cases, each with what it needs of the store and of the others.
type wired struct {
	n             Needs
	client        Client
	share         Share
	groups        Groups
	pyramid       Pyramid
	judging       Judging
	portfolio     Portfolio
	segmenting    Segmenting
	config        Config
	export        Export
	plan          AttentionPlan
	digest        Digest
	report        AttentionReport
	events        Gatherings
	weekly        Weekly
	home          Home
	follows       FollowUps
	quotes        Quotes
	surveys       SurveyScreens
	questionnaire Questionnaire
	touching      Touching
	sessions      SessionScreens
	besides       sessionBesides
	journeys      Journeys
	independence  Independence
	access        Access
	talks         Conversation
}

// wire gives each what it needs, in the order in which they need one another.
func wire(n Needs) wired {
	w := wired{n: n, digest: NewDigest(n)}
	w.wireValue()
	w.wireAttention()
	w.wireSurveys()
	w.sessions = newSessions(n, w.client, w.weekly.meant)
	w.besides = newBesides(n, &w.sessions, w.home)
	w.journeys = Journeys{SessionScreens: w.sessions, Surveys: n.Surveys, Managers: n.Managers}
	w.sessions.Begun = w.journeys.Prefill
	w.independence = Independence{Revenue: n.Revenue, Store: n.Writer}
	w.access = Access{Members: n.Members, Settings: n.Settings, Restricted: n.Restricted, Clients: n.Clients, Colleagues: n.Colleagues, Store: n.Writer}
	w.talks = newConversation(n, w.client, w.follows, w.report, w.pyramid, w.portfolio, w.segmenting.Use, w.weekly.Show)
	return w
}

// wireValue wires what says who clients are and what they are worth.
func (w *wired) wireValue() {
	n := w.n
	cards := cardsOf(n)
	w.client = Client{Directory: n.Directory, Cards: cards, Store: n.Writer}
	w.share = Share{Cards: cards, Store: n.Writer, Now: n.Now}
	w.groups = Groups{Proposals: n.Proposals, Store: n.Writer}
	w.pyramid = Pyramid{Portfolio: n.Portfolio, Segments: n.Segments, Managers: n.Managers, Roster: n.Roster,
		Market: n.Market, Ratings: n.Ratings, Store: n.Writer, Now: n.Now}
	w.judging = Judging{Clients: n.Clients, Roster: n.Roster, Judgements: n.Judgements, Segments: n.Segments, Market: n.Market, Store: n.Writer}
	w.portfolio = Portfolio{Judging: w.judging, Portfolio: n.Portfolio, Segments: n.Segments, Managers: n.Managers, Roster: n.Roster, Market: n.Market, Ratings: n.Ratings, Touches: n.Touches, Store: n.Writer}
	w.judging.Behind = w.portfolio.Behind
	w.segmenting = Segmenting{Use: Segmentation{Portfolio: n.Portfolio, Judgements: n.Judgements, Segments: n.Segments, Settings: n.Settings, Store: n.Writer},
		Clients: n.Clients, Roster: n.Roster, Futures: n.Futures, Behind: w.portfolio.Behind}
	w.config = Config{Use: w.segmenting.Use, Market: n.Market, Patience: countWithin}
	w.export = Export{Window: w.segmenting, Now: n.Now}
}

// wireAttention wires what is planned, done and noted.
func (w *wired) wireAttention() {
	n := w.n
	w.plan = AttentionPlan{Use: planOf(n)}
	w.report = AttentionReport{Week: w.plan.Use, Portfolio: n.Portfolio, Ratings: n.Ratings, Now: n.Now}
	w.events = Gatherings{Week: w.plan.Use, Events: n.Gatherings, Now: n.Now}
	w.weekly, w.home = newWeekly(n, w.digest)
	w.follows = newFollowUps(n, w.digest.Handling)
	w.follows.Home = w.home.Drawn
	w.touching = newTouching(n, w.client, w.home)
}

// wireSurveys wires what clients are asked.
func (w *wired) wireSurveys() {
	n := w.n
	w.quotes = Quotes{Use: n.Surveys, Places: n.Places, Letters: n.Letters, Store: n.Writer, Now: n.Now}
	w.questionnaire = Questionnaire{Surveys: n.Surveys.Surveys, Settings: n.Settings, Store: n.Writer, Now: n.Now}
	w.surveys = SurveyScreens{Use: n.Surveys, Segments: n.Segments, Managers: n.Managers, Clients: n.Clients, Store: n.Writer, Follows: w.follows, Feedback: n.Feedback, Now: n.Now,
		Form: w.questionnaire.Open}
}

// letters are what the ledger can say.
func (w wired) letters() map[string]Letter {
	all := map[string]Letter{digestLetter: w.digest.Letter, handedLetter: w.digest.Handed, cardLetter: w.share.Letter,
		pyramidLetter: w.pyramid.Letter, matrixLetter: w.pyramid.MatrixLetter, typesLetter: w.pyramid.TypesLetter,
		questionnaireLetter: w.questionnaire.Letter, quadrantLetter: w.surveys.Letter, exportLetter: w.export.Letter,
		reportLetter: w.report.Letter, reportTableLetter: w.report.TableLetter, inviteLetter: w.events.Letter,
		followLetter: w.follows.Letter, view.QuotesLetter: w.quotes.Letter, view.AnswerLetter: w.talks.Letter}
	maps.Copy(all, w.sessions.letters())
	maps.Copy(all, w.besides.letters())
	maps.Copy(all, w.journeys.letters())
	return all
}

// entries are the table of everything the bot can do.
func (w wired) entries(help Help) []Entry {
	return slices.Concat(
		clientEntries(w.client, w.share),
		pyramidEntries(w.pyramid),
		conversationEntries(w.talks, w.client),
		w.officeEntries(help),
		surveyEntries(w.surveys, w.questionnaire, SurveyWords{Settings: w.n.Settings, Store: w.n.Writer}, w.client),
		dropEntries(Drop{Imports: w.n.Imports, Surveys: w.n.Surveys.Surveys}),
		groupEntries(w.groups, w.independence),
		segmentEntries(w.segmenting, w.client),
		judgeEntries(w.judging),
		configEntries(w.config),
		touchEntries(w.touching, w.client),
		objectionEntries(Objecting{Touching: w.touching, Objections: w.n.Objections}),
		planEntries(w.plan),
		exceptionEntries(Exception{Week: w.plan.Use, Clients: w.n.Clients}),
		occasionEntries(Occasions{Week: w.plan.Use, Clients: w.n.Clients}),
		digestEntries(w.digest),
		attentionEntries(w.report, w.events),
		followEntries(w.follows),
		quoteEntries(w.quotes),
		feedbackEntries(Feedback{Kept: w.n.Feedback, Clients: w.n.Clients, Settings: w.n.Settings, Store: w.n.Writer}, w.client),
		weekEntries(w.weekly, w.home, w.client),
		modelEntries(w.n.Model),
		accessEntries(w.access, w.client),
		sessionEntries(w.sessions),
		w.besides.entries(),
		journeyEntries(w.journeys),
	)
}

// officeEntries are the part of the table that is of no one subject: what is about the
// whole office, and what opens the rest.
func (w wired) officeEntries(help Help) []Entry {
	return []Entry{
		{ID: "portfolio", On: Slash, Names: names("/portefeuille", "/portfolio"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: w.portfolio.Show},
		{ID: "portfolio.page", On: Action, Version: 1, Permission: analysis.ViewOffice, Run: w.portfolio.Page},
		{ID: "segment.export", On: Action, Version: 1, Permission: analysis.DraftSegments, Loading: true,
			Scopes: []string{"chat:write", "files:write", "im:history"}, Run: w.export.Send},
		{ID: "attention", On: Slash, Names: names("/aandacht", "/attention"), Permission: analysis.ViewOffice,
			Scopes: []string{"commands"}, Run: attentionWords(w.weekly.Show, w.report, w.events)},
		{ID: "klantbot", On: Slash, Names: names("/klantbot", "/klantbot"), Permission: analysis.UseHelp,
			Scopes: []string{"commands"}, Run: w.klantbot(help)},
		{ID: "thread.digest", On: OnMessage, Version: 1, Names: names("Vat thread samen", "Summarize thread"),
			Permission: analysis.UseHelp, Scopes: []string{"commands", "channels:history", "groups:history", "im:history"}, Thread: func(Request) bool { return true },
			Run: ThreadDigest{Reader: w.n.Threads, Store: w.n.Writer}.Show},
	}
}
