package view

import (
	"testing"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

var actionDay = analysis.Date(2026, 11, 26)

func actionRow(state session.ActionState, due analysis.Day) ActionRow {
	at := time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC)
	a := session.Action{ID: 9, Owner: "U3", Due: due, When: hostile, Then: "belt Fleur over financiering " + hostile, Theme: "financiering", By: "U1", At: at, State: state,
		History: []session.Change{{At: at, By: "U1", State: session.Open, Due: analysis.Date(2026, 11, 24), Owner: "U2"},
			{At: at, By: "U1", State: session.Open, Due: analysis.Date(2026, 11, 24), Owner: "U3"},
			{At: at, By: "U3", State: session.Delayed, Due: due, Owner: "U3", Reason: hostile}}}
	return ActionRow{Action: a, Value: "w=mijn&s=1&a=9&b=3", Kind: session.Now3Years, Channel: "C02", Name: "Jansen Groep", Changed: at, Changes: 3, Reason: "de klant is weg", May: true}
}

func TestActions(t *testing.T) {
	late, done, gone, others := actionRow(session.Open, actionDay-10), actionRow(session.Done, actionDay), actionRow(session.Open, actionDay), actionRow(session.Dropped, actionDay)
	gone.Gone, others.May, others.Kind, others.Channel, others.Name = true, false, session.Training, "", ""
	list := ActionList{Outcome: Outcome{Said: "Gedaan. Mooi.", Undo: "w=mijn"}, Scope: ActionsOpen, AsOf: actionDay, Rows: []ActionRow{late, actionRow(session.Delayed, actionDay+7), gone, done, others},
		Late: 1, Offset: 6, Size: 6, Total: 20, Value: func(scope string, offset int) string { return "w=" + scope + "&o=" + id(int64(offset)) }}
	overview := SessionOverview{AsOf: actionDay, Agreed: 12, Done: 5, Dropped: 1, Late: 2, Size: 8, Total: 20, Rows: []OverviewRow{
		{Kind: session.Now3Years, About: hostile, Goal: hostile, Status: session.Running, Phase: session.Voting, Channel: "C02", Begun: late.At, People: 8, Actions: 5, Pending: 2, Value: "w=sessie&s=1"},
		{Kind: session.Journey, About: "segment A", Status: session.Stopped, Phase: session.Wishing, Begun: late.At, People: 4},
		{Kind: session.Journey, About: "segment B", Status: session.Resting, Phase: session.Stepping, Begun: late.At, People: 4},
		{Kind: session.Now3Years, About: "segment C", Status: session.Running, Phase: session.Concluded, Begun: late.At, People: 4, Actions: 1},
		{Kind: session.Training, Actions: 3, Pending: 3, Value: "w=sessie&s=5"}}}
	for suffix, p := range map[string]*locale.Printer{".nl.json": locale.New(locale.Dutch, nil), ".en.json": locale.New(locale.English, nil)} {
		golden(t, "actions"+suffix, ActionWindow(p, list))
		golden(t, "actions_none"+suffix, ActionWindow(p, ActionList{Scope: ActionsMine, AsOf: actionDay, Value: list.Value}))
		golden(t, "action_move"+suffix, ActionMoveForm(p, late, actionDay, true))
		golden(t, "action_drop"+suffix, ActionDropForm(p, late, actionDay, false))
		golden(t, "action_hand"+suffix, ActionHandForm(p, gone, actionDay, true))
		golden(t, "action_history"+suffix, ActionHistoryWindow(p, ActionHistory{Row: late, AsOf: actionDay, List: true}))
		golden(t, "session_overview"+suffix, OverviewWindow(p, overview))
		golden(t, "session_overview_none"+suffix, OverviewWindow(p, SessionOverview{AsOf: actionDay}))
		golden(t, "home_actions"+suffix, homeActions(p, HomeActions{Rows: []ActionRow{late, gone}, Total: 4, Value: "w=mijn&h=1"}, actionDay))
	}
}

func TestActionLetters(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	gone, moved := actionRow(session.Open, actionDay-10), actionRow(session.Delayed, actionDay+7)
	gone.Gone = true
	for _, c := range []struct {
		name  string
		row   ActionRow
		stage session.Stage
	}{{"soon", actionRow(session.Open, actionDay+3), session.ThreeDays}, {"today", actionRow(session.Open, actionDay), session.OnTheDay},
		{"weekend", actionRow(session.Open, actionDay+2), session.OnTheDay}, {"late", actionRow(session.Open, actionDay-14), "w2"},
		{"given", actionRow(session.Open, actionDay+3), ""}, {"gone", gone, "w1"}, {"moved", moved, session.OnTheDay}, {"settled", actionRow(session.Done, actionDay), session.OnTheDay}} {
		golden(t, "action_letter_"+c.name+".nl.json", ActionLetter(p, c.row, c.stage, "U1", actionDay))
	}
	golden(t, "action_letter_late.en.json", ActionLetter(locale.New(locale.English, nil), actionRow(session.Open, actionDay-14), "w2", "U1", actionDay))
}

func TestNotices(t *testing.T) {
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	s := &session.State{ID: 7, Kind: session.Now3Years, Phase: session.Writing, Visit: 3, Status: session.Running, Channel: "C02", Deadline: at.Add(48 * time.Hour)}
	resting, over := *s, *s
	resting.Status, resting.Why = session.Resting, session.Outsiders
	for _, p := range []*locale.Printer{locale.New(locale.Dutch, nil), locale.New(locale.English, nil)} {
		said := []Message{}
		for _, n := range []SessionNotice{{What: "missing", State: s}, {What: "still", State: s}, {What: "rest", State: &resting}, {What: "forgotten", State: s}, {What: "resumed", State: s},
			{What: "time_up", State: s}, {What: "view", State: s, Of: hostile}, {What: "view_step", State: s, Of: "offerte"}, {What: "silence", State: s, Of: "Groei"}, {What: "silence_own", State: s, Of: "Groei"}, {What: "missing", State: &over, Over: true}} {
			n.About, n.AsOf = "Jansen Groep", actionDay
			said = append(said, NoticeMessage(p, n))
		}
		golden(t, "session_notices."+string(p.Lang())+".json", said)
	}
}

func TestTalks(t *testing.T) {
	own := []session.Reflection{{Day: actionDay, Answers: [5]int{5, 4, 0, 3, 2}}}
	for range 6 {
		own = append(own, session.Reflection{Day: actionDay - 9, Answers: [5]int{4, 4, 0, 5, 2}})
	}
	w := TalkWindow{Outcome: Outcome{Said: "Bewaard.", Undo: "4"}, AsOf: actionDay, Own: 7, Trends: session.Trends(own), From: analysis.Date(2026, 10, 1), To: analysis.Date(2026, 10, 31),
		Lessons: []TalkLesson{{Text: hostile, Day: actionDay, Value: "4"}, {Text: "Eerst vragen", Day: actionDay - 9, Value: "3", Shared: true}},
		Team:    []session.TeamMean{{Question: session.OwnLanguage, Mean: 3.6, Persons: 5}}}
	for suffix, p := range map[string]*locale.Printer{".nl.json": locale.New(locale.Dutch, nil), ".en.json": locale.New(locale.English, nil)} {
		golden(t, "talk"+suffix, TalkModal(p, w))
		golden(t, "talk_none"+suffix, TalkModal(p, TalkWindow{AsOf: actionDay, From: w.From, To: w.To}))
		golden(t, "talk_form"+suffix, TalkForm(p, actionDay))
	}
}

// TestSessionActFormDay: an action is proposed for a working day, also on a weekend.
func TestSessionActFormDay(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	for day, want := range map[analysis.Day]string{
		analysis.Date(2026, 11, 20): "2026-12-04", // a Friday
		analysis.Date(2026, 11, 21): "2026-12-04",
		analysis.Date(2026, 11, 22): "2026-12-04",
		analysis.Date(2026, 11, 23): "2026-12-07",
	} {
		form := SessionActForm(p, SessionActs{SessionBoard: SessionBoard{State: &session.State{}}, AsOf: day})
		found := ""
		for _, b := range form.Blocks {
			if input, ok := b.(*slack.InputBlock); ok {
				if date, ok := input.Element.(*slack.DatePickerBlockElement); ok {
					found = date.InitialDate
				}
			}
		}
		if found != want {
			t.Errorf("on %s an action is proposed for %q, want %s", day, found, want)
		}
	}
}
