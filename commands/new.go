package commands

import (
	"time"

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
	w := wire(n)
	r := &Registry{Letters: w.letters(), Events: inner()}
	r.Entries = w.entries(Help{Entries: func() []Entry { return r.Entries }})
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
