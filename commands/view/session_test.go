package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

var sessionBegan = time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)

// thought is a session nu-3jaar of five people up to phase to, with cards that are
// hostile and that run from the right, groups, dots, a discussion and actions.
func thought(t *testing.T, started session.Started, to session.Phase) *session.State {
	t.Helper()
	var events []session.Event
	do := func(user analysis.UserID, bodies ...session.Body) *session.State {
		t.Helper()
		for _, b := range bodies {
			s := session.Fold(7, events)
			e, err := s.Add(session.Who{User: user}, fmt.Sprint(len(events)), sessionBegan, b)
			if err != nil {
				t.Fatalf("%T: %v", b, err)
			}
			events = append(events, e)
		}
		return session.Fold(7, events)
	}
	started.Kind, started.Facilitator, started.Channel = session.Now3Years, "U01", "C02KLANTEN"
	for i := range 5 {
		started.Participants = append(started.Participants, analysis.UserID(fmt.Sprintf("U%02d", i+1)))
	}
	do("U01", session.NewStarted(started, sessionBegan))
	at := func(h session.Horizon) session.Place { return session.Place{Horizon: h} }
	do("U02", session.Wrote{Place: at(session.Now), Text: "De jaarrekening op tijd", Source: hostile}, session.Wrote{Place: at(session.Later), Text: "Sparren over opvolging"})
	do("U03", session.Wrote{Place: at(session.Now), Text: hostile}, session.Wrote{Place: at(session.Disappears), Text: "Het invoeren van bonnen"})
	do("U04", session.Wrote{Place: at(session.Unaware), Text: "דור חדש בחברה"}, session.Readied{Phase: session.Facts})
	s := session.Fold(7, events)
	for s.Phase != to {
		s = do("U01", s.Forward(sessionBegan))
		switch s.Phase {
		case session.Clustering:
			ids := map[string]session.CardID{}
			for _, c := range s.Cards("") {
				ids[c.Text] = c.ID
			}
			do("U01", session.Clustered{Clusters: []session.Proposed{{Name: "Jaarwerk", Cards: []session.CardID{ids["De jaarrekening op tijd"], ids["Het invoeren van bonnen"]}},
				{Name: hostile, Cards: []session.CardID{ids[hostile]}}, {Name: "Opvolging", Cards: []session.CardID{ids["Sparren over opvolging"]}}}})
		case session.Voting:
			for i, user := range s.Active()[:4] {
				c := s.Clusters
				do(user, session.Voted{Horizon: session.Now, Dots: []session.Dot{{Cluster: c[0].ID, Dots: 2}, {Cluster: c[1].ID, Dots: 1}}},
					session.Voted{Horizon: session.Later, Dots: []session.Dot{{Cluster: c[2].ID, Dots: 1 + i%2}}})
			}
		case session.Discussing:
			top := s.Clusters[0].ID
			do("U02", session.Wrote{Place: session.Place{Cluster: top, Field: session.See}, Text: "Elk jaar later klaar"}, session.Wrote{Place: session.Place{Cluster: top, Field: session.Do}, Text: hostile},
				session.Decided{Cluster: top, Horizon: session.Later, Choice: session.Stop})
		case session.Acting:
			do("U01", session.Agreed{Owner: "U02", Due: analysis.Date(2026, 12, 18), When: "de jaarrekening klaar is", Then: "bel ik over de opvolging", Theme: "opvolging"},
				session.Agreed{Owner: "U03", Due: analysis.Date(2027, 1, 8), Then: hostile})
		}
		s = session.Fold(7, events)
	}
	return s
}

var thinking = session.Started{Mode: session.Async, Goal: "Weten wat zij over drie jaar nodig hebben", Subject: session.Subject{Group: 12}}

func boardOf(s *session.State) SessionBoard {
	return SessionBoard{State: s, About: "Jansen Groep", Acts: "w=sessie&s=7"}
}

// both runs draw in both languages.
func both(draw func(p *locale.Printer, g func(name string, v any))) func(t *testing.T) {
	return func(t *testing.T) {
		for _, lang := range locale.Langs() {
			draw(locale.New(lang, nil), func(name string, v any) { t.Helper(); golden(t, "session_"+name+"."+string(lang)+".json", v) })
		}
	}
}

func TestSessionBoards(t *testing.T) {
	both(func(p *locale.Printer, g func(string, any)) {
		var boards, news []Message
		for _, phase := range session.PhasesOf(session.Now3Years) {
			s := thought(t, thinking, phase)
			boards, news = append(boards, SessionMessage(p, boardOf(s))), append(news, SessionNews(p, boardOf(s)))
		}
		g("boards", boards)
		g("news", news)
		boards = nil
		for _, phase := range session.PhasesOf(session.Journey) {
			boards = append(boards, SessionMessage(p, SessionBoard{State: played(t, 8, phase).State, About: "grote klant", Acts: "w=sessie&s=7"}))
		}
		g("boards_journey", boards)
		for status, why := range map[session.Status]session.Why{session.Resting: session.Outsiders, session.Stopped: session.Forgotten} {
			s := thought(t, session.Started{Mode: session.Live, Subject: session.Subject{Manager: 3}}, session.Facts)
			s.Status, s.Why, s.Facilitator = status, why, ""
			b := boardOf(s)
			b.Chosen = []string{"Jansen Groep", hostile}
			g("board_"+string(status), SessionMessage(p, b))
		}
	})(t)
}

func TestSessionForms(t *testing.T) {
	both(func(p *locale.Printer, g func(string, any)) {
		f := SessionForm{Kind: session.Now3Years, Subject: Option{Value: "group/12", Label: hostile}, Participants: []analysis.UserID{"U01", "U02", "U03", "U04"}, Channel: "C02KLANTEN", Mode: session.Async, Days: 2}
		g("form", SessionFormWindow(p, f))
		l := SessionPlan{SessionForm: f, About: "Jansen Groep", Where: "klanten", Terms: session.DefaultTerms(session.Now3Years), Begin: sessionBegan, Private: "-", Open: 2}
		for i := range l.Terms {
			l.Ends = append(l.Ends, session.WorkingDays(sessionBegan, 2*(i+1)))
		}
		g("plan", SessionPlanWindow(p, l))
		l.Kind, l.Mode, l.Terms, l.Named, l.Open = session.Journey, session.Live, session.DefaultTerms(session.Journey), true, 0
		g("plan_live", SessionPlanWindow(p, l))
		g("begun", SessionBegun(p, "klanten"))
		list := SessionList{MayBegin: true, Size: 6, Total: 8, Lines: []SessionLine{{ID: 7, Kind: session.Now3Years, About: "Jansen Groep", Phase: session.Voting, Status: session.Running, Until: p.T("session.until", analysis.Args{"when": p.Moment(sessionBegan, actionDay)}), Here: true},
			{ID: 8, Kind: session.Journey, About: "grote klant", Phase: session.Wishing, Status: session.Resting, Channel: "C02"}}}
		g("list", SessionListMessage(p, list))
		g("list_none", SessionListMessage(p, SessionList{Size: 6}))
		g("choices", SessionChoices(p, session.Now3Years, p.T("session.about.near", analysis.Args{"typed": hostile}), []Candidate{{Client: 1, Name: hostile, Number: "0136"}}))
	})(t)
}

func TestSessionWindows(t *testing.T) {
	both(func(p *locale.Printer, g func(string, any)) {
		writing := thought(t, thinking, session.Writing)
		own := func(h session.Horizon) []session.Card { return writing.CardsAt("U02", session.Place{Horizon: h}) }
		g("write", SessionWriteWindow(p, boardOf(writing), own))
		g("written", SessionWrittenWindow(p, boardOf(writing), append(own(session.Now), own(session.Later)...), Outcome{Said: "✓"}))
		g("written_none", SessionWrittenWindow(p, boardOf(writing), nil, Outcome{}))
		g("source", SessionSourceForm(p, writing, own(session.Now)[0]))
		voting := thought(t, thinking, session.Voting)
		g("vote", SessionVoteWindow(p, boardOf(voting), "U02"))
		g("voted", SessionVotedWindow(p, boardOf(voting), "U02"))
		g("vote_none", SessionVoteWindow(p, boardOf(thought(t, thinking, session.Writing)), "U02"))
		talking := thought(t, thinking, session.Acting)
		top := talking.Top()[0]
		g("topic", SessionTopicMessage(p, SessionTopic{SessionBoard: boardOf(talking), Tally: top, Place: 1}))
		g("talk", SessionTalkWindow(p, talking, top.Cluster, func(f session.Field) []session.Card {
			return talking.CardsAt("U02", session.Place{Cluster: top.Cluster.ID, Field: f})
		}))
		acts := SessionActs{SessionBoard: boardOf(talking), AsOf: actionDay, Owner: "U02", Cluster: top.Cluster.ID, Themes: []string{"opvolging", hostile}, Private: "7/3"}
		g("act", SessionActForm(p, acts))
		g("acts", SessionActsWindow(p, acts))
		lead := SessionLead{SessionBoard: boardOf(voting), Leads: true, Member: true, Outcome: Outcome{Said: "✓", Undo: "7/3/9"}}
		g("lead", SessionLeadWindow(p, lead))
		lead.Leads, lead.Takes = false, true
		g("lead_takes", SessionLeadWindow(p, lead))
		lead.Takes, lead.Member = false, false
		g("lead_looks", SessionLeadWindow(p, lead))
		g("moved", SessionMoved(p, Outcome{Said: p.T("session.moved", analysis.Args{"where": SessionWhere(p, voting)}), Undo: "7/3/9"}))
	})(t)
}

func TestSessionFactsWindow(t *testing.T) {
	both(func(p *locale.Printer, g func(string, any)) {
		card := sampleCard()
		one := boardOf(thought(t, thinking, session.Facts))
		g("facts", SessionFactsWindow(p, SessionFacts{SessionBoard: one, Card: &card, Survey: sampleSurvey(), Everybody: true}))
		many := boardOf(thought(t, session.Started{Mode: session.Async, Subject: session.Subject{Manager: 3}}, session.Facts))
		rows := []PortfolioRow{{Name: hostile, Segment: analysis.SegmentA}, {Name: "Bakkerij Smit"}}
		g("facts_many", SessionFactsWindow(p, SessionFacts{SessionBoard: many, Groups: 2, Revenue: 1234500, Office: 98765400, Rows: rows, MayChoose: true, NoSurvey: true}))
		g("clients", SessionClientsForm(p, many.State, rows, []analysis.GroupID{1, 2}, map[analysis.GroupID]bool{2: true}))
	})(t)
}

func TestSessionOutcome(t *testing.T) {
	called := func(u analysis.UserID) string { return "Collega " + string(u) }
	both(func(p *locale.Printer, g func(string, any)) {
		o := SessionOutcome{SessionBoard: boardOf(thought(t, thinking, session.Concluded)), At: sessionBegan, Name: called}
		g("outcome", SessionOutcomeMessage(p, o))
		goldenText(t, "session_outcome."+string(p.Lang())+".md", string(SessionMarkdown(p, o)))
		g("outcome_replaced", SessionOutcomeReplaced(p, "Jansen Groep"))
		g("file", SessionFileMessage(p, session.Now3Years, "Jansen Groep", sessionBegan))
		empty := thought(t, session.Started{Mode: session.Live, Subject: session.Subject{Segment: analysis.SegmentA}}, session.Facts)
		empty.Phase = session.Concluded
		g("outcome_empty", SessionOutcomeMessage(p, SessionOutcome{SessionBoard: SessionBoard{State: empty, About: "segment A"}, At: sessionBegan, Name: called}))
	})(t)
}

// TestSessionNameless: nothing that a channel or a file shows says who wrote a card
// that is anonymous.
func TestSessionNameless(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	for _, phase := range session.PhasesOf(session.Now3Years) {
		s := thought(t, thinking, phase)
		s.Actions, s.Facilitator, s.Participants = nil, "", nil
		m := SessionMessage(p, boardOf(s))
		raw, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		said := string(raw) + string(SessionMarkdown(p, SessionOutcome{SessionBoard: boardOf(s), At: sessionBegan, Name: func(analysis.UserID) string { return "U02" }}))
		if cards, _, _ := strings.Cut(said, "Wat zien we?"); strings.Contains(cards, "U0") {
			t.Errorf("%s names somebody: %s", phase, said)
		}
	}
}
