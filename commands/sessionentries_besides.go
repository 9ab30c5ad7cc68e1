package commands

import (
	"slices"

	"klantbot/analysis"
)

// sessionBesides is what stands beside sessions: their actions in one place, the
// office's overview, and looking back on one's own talks.
type sessionBesides struct {
	actions  SessionActions
	overview SessionOverview
	talks    Talks
	making   ActionMaking
	notices  SessionNotices
}

// newActions are the actions of n. Who draws the channel of a session and the Home
// tab is added where those are.
func newActions(n Needs) SessionActions {
	return SessionActions{Sessions: Sessions{Events: n.Sessions, Store: n.Writer}, Actions: n.Actions, Roster: n.Roster, Colleagues: n.Colleagues, Store: n.Writer, Now: n.Now}
}

// newBesides returns them, and has /sessie answer their words.
func newBesides(n Needs, screens *SessionScreens, home Home) sessionBesides {
	b := sessionBesides{actions: newActions(n), overview: SessionOverview{Sessions: n.Sessions, Actions: n.Actions, Store: n.Writer, About: screens.about},
		making:  ActionMaking{Sessions: screens.Use, Clients: n.Clients},
		talks:   Talks{Reflections: n.Reflected, Sessions: screens.Use, Store: n.Writer},
		notices: SessionNotices{Sessions: screens.Use, Letters: n.Letters, Actions: newActions(n), About: screens.about}}
	b.actions.Home, b.actions.Told = home.Drawn, screens.Told
	screens.Words = map[string]UseCase{"acties": b.actions.Typed, "actie": b.actions.Typed, "actions": b.actions.Typed,
		"overzicht": b.overview.Typed, "overview": b.overview.Typed,
		"gesprek": b.talks.Typed, "terugblik": b.talks.Typed, "talk": b.talks.Typed}
	return b
}

// letters are what is said of them.
func (b sessionBesides) letters() map[string]Letter {
	return map[string]Letter{actionLetter: b.actions.Letter, noticeLetter: b.notices.Letter}
}

// entries are the part of the table that they carry.
func (b sessionBesides) entries() []Entry {
	overview := Entry{ID: "session.overview", On: Action, Version: 1, Permission: analysis.JoinSession, Loading: true, Run: b.overview.Page}
	return slices.Concat([]Entry{overview}, actionEntries(b.actions), makeEntries(b.making), talkEntries(b.talks))
}

// NewSessionClock is what time asks of the sessions of n.
func NewSessionClock(n Needs) SessionClock {
	screens := newSessions(n, Client{Directory: n.Directory, Cards: cardsOf(n), Store: n.Writer}, nil)
	return SessionClock{Sessions: screens.Use, Letters: n.Letters, Colleagues: n.Colleagues, Places: n.Places, Surveys: n.Surveys.Surveys, Store: n.Writer, Now: n.Now,
		Told: screens.Told, Prepared: screens.Prepared, Groups: screens.groupsOf}
}

// NewActionReminders is what time asks of the actions of n.
func NewActionReminders(n Needs) ActionReminders {
	return ActionReminders{Actions: n.Actions, Sessions: Sessions{Events: n.Sessions, Store: n.Writer}, Colleagues: n.Colleagues, Members: n.Members, Store: n.Writer, Now: n.Now}
}
