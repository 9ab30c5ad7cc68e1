// Package session is a facilitated discussion as a list of events that only grows.
//
// What happened is an Event with a Body: one small struct a kind of event
// (body_*.go), stored as JSON. Fold makes a State of the events, and nothing else
// is kept: undo, reopening and two people at once come of that. Fold reads no
// clock; time is in the events and in what is asked.
//
// # To read a session
//
//	s := session.Fold(id, events)
//	s.Phase, s.Deadline, s.Participants, s.Clusters, s.Actions, ...
//	s.Progress()                "4 van 7 klaar"
//	s.Cards(viewer)             what viewer may read: before the reveal their own
//	s.CardsOf(viewer, cluster)  s.CardsAt(viewer, place)  s.Loose(viewer)
//	s.Ballot(user, horizon)     their own dots
//	s.Tally()  s.Top()          once voting is closed
//	s.Feelings(viewer)          by step; a median from five distinct persons
//	s.Weighed()                 opportunities by impact and effort
//	s.Outcome()                 now / in three years x keep / start / stop
//
// What is hidden is not in an exported field, so a screen can not show it by
// accident: pass the viewer to private screens and "" to what a channel reads.
//
// # To change it
//
//	e, err := s.Add(who, key, at, session.Wrote{Place: session.Place{Horizon: session.Now}, Text: text})
//
// Add says in a sentence why not (rules in rule.go, the one table of who may do
// what when; the rest in the check of each Body), or returns the event to append
// at e.Seq. who is session.WhoIs(actor), or session.Clock for the bot itself. When
// another process appended at that Seq first: fold again, Add again (next.go says
// why that is all). commands.Sessions does this for every use-case, with the audit
// and the ledger rows in the same write:
//
//	s, added, err := sessions.Press(ctx, id, commands.PressOf(req, "session.write"),
//		commands.Do(session.Wrote{...}, session.Wrote{...}), nil)
//
// added is false where the request was handled before: answer as if it was now.
//
// Session moves have constructors that carry what the button was drawn on:
//
//	s.Forward(at)  s.To(phase, at)  s.Extend(days, at)  s.Switch(mode, at)  s.LastStep(true)  s.LastUndone(true)
//
// A button holds ids: the session, and s.Visit for a phase button (a Moved whose
// Visit is another one gets "iemand was je voor"). Rights of the office come first:
// analysis.HoldSession to begin one, analysis.JoinSession for the rest.
//
// Texts of people are kept as Clean leaves them. Where one stands within a sentence
// of ours, Isolate it: right-to-left words would turn that round.
//
// # What people do, by phase
//
//	nu-3jaar    Facts       Chose (a portfolio), Wrote already
//	            Writing     Wrote, Rewrote, Withdrew (hidden until the phase is left)
//	            Clustering  Clustered (a proposal), Merged, Split, Renamed, Put, Opposed
//	            Voting      Voted: a whole ballot for a horizon
//	            Discussing  Wrote on a cluster: See, Mean, Do; Decided
//	            Acting      Agreed
//	            Concluded   the outcome; Agreed, and Handled for ever
//	klantreis   Wishing     Wrote on Wished; AmbitionChosen; Stepped
//	            Stepping    Wrote on a step; Felt
//	            Voting      Weighed
//	            Acting      Agreed
//	            Concluded
//	any         Readied, Extended, Moved, Switched, Paused, Resumed, Ended, Joined, Removed, TookOver, Undone
//
// # What the clock asks
//
// Due (due.go) says what a session needs at a moment: a reminder to those who are
// missing, the closing of a phase, a word that it stands still, an end. Remind
// (remind.go) says which reminder an action is at. Prompt (facilitate.go) says what
// a good facilitator would ask now, and mostly nothing. All have keys, so that
// asking twice says it once.
//
// # Forgetting
//
// Erase (erase.go) takes a client's or a colleague's traces out of events and leaves
// what happened; storage.SessionTx.EraseSessions does so for all sessions. A new Body
// says in erase_body.go what of it is words, and whom it names.
//
// # Beside sessions
//
// reflection.go: five quick questions after a talk, whose trend only their author
// sees. A session of kind Training holds the actions that lessons became.
package session
