package commands

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts/offline"
	"klantbot/storage"
)

// rooms are the channels of the test's workspace; one that is not there can not be
// read now.
type rooms map[analysis.ChannelID]Channel

func (r rooms) Place(_ context.Context, id analysis.ChannelID) (Channel, error) {
	c, ok := r[id]
	switch {
	case !ok:
		return c, fmt.Errorf("find channel %s: not now", id)
	case c.ID == "":
		return c, analysis.Fail(analysis.Forbidden, "bot.channel_outside", nil)
	}
	return c, nil
}

// sitting is a session of five people in channel C1 that nobody presses anything in
// but the test, on a real store, with what the clock does and says.
type sitting struct {
	*office
	clock  SessionClock
	staff  staffed
	rooms  rooms
	id     session.ID
	at     time.Time // business time: Monday morning in the office, on from there
	lang   string    // of the board
	letter map[string]Letter
	screen func(on On, id string) UseCase
}

var officeMonday = time.Date(2026, 11, 23, 9, 0, 0, 0, officeZone)

func sit(t *testing.T, o *office, b session.Started, lang locale.Lang) *sitting {
	t.Helper()
	w := &sitting{office: o, staff: staffed{}, rooms: rooms{"C1": {ID: "C1", Name: "klanten", Member: true}}, at: officeMonday, lang: string(lang)}
	for i := range 5 {
		u := analysis.UserID(fmt.Sprint("U", i+1))
		w.staff[u] = Colleague{User: u, Email: fmt.Sprintf("u%d@voorbeeld.nl", i+1), Full: true, Lang: locale.Dutch, Zone: officeZone}
		b.Participants = append(b.Participants, u)
	}
	db := o.db
	n := Needs{Market: NewMarket(db, db, db, time.Minute), Clients: db, Revenue: db, Managers: db, Proposals: db, Portfolio: db, Segments: db, Roster: db, Judgements: db, Settings: db, Futures: db,
		Attention: db, Touches: db, Absences: db, Digests: db, Gatherings: db, Writer: db, Directory: o.dir, Sessions: db, Actions: db, Reflected: db, Letters: db, Members: db,
		Colleagues: w.staff, Places: w.rooms, Grouper: offline.Grouper{}, Surveys: Survey{Surveys: db, Settings: db, Store: db, Roster: db}, Now: func() time.Time { return w.at }}
	registry := New(n)
	w.clock, w.letter = NewSessionClock(n), registry.Letters
	w.screen = func(on On, id string) UseCase {
		t.Helper()
		e, ok, _ := registry.Screen(on, id)
		if !ok {
			t.Fatalf("no entry %s", id)
		}
		return e.Run
	}
	b.Kind, b.Facilitator, b.Channel = session.Now3Years, "U1", "C1"
	s, err := w.clock.Sessions.Begin(t.Context(), Press{Who: session.Who{User: "U1"}, Key: fmt.Sprint("begin", w.at, b.Subject), At: w.at, Action: "session.begin"}, session.NewStarted(b, w.at),
		func(tx storage.Tx, _, s *session.State) error {
			_, err := tx.Enqueue(t.Context(), storage.LedgerEntry{Key: boardKey(s.ID), Kind: boardLetter, Channel: "C1", Lang: w.lang, Subject: fmt.Sprint(s.ID), At: w.at, Due: w.at})
			return err
		})
	if err != nil {
		t.Fatal(err)
	}
	w.id = s.ID
	return w
}

// does presses bodies for user, with what the channel hears.
func (w *sitting) does(user analysis.UserID, bodies ...session.Body) *session.State {
	w.Helper()
	told, err := w.clock.Told(w.Context(), w.id, w.at)
	if err != nil {
		w.Fatal(err)
	}
	w.keys++
	s, _, err := w.clock.Sessions.Press(w.Context(), w.id, Press{Who: session.Who{User: user}, Key: fmt.Sprint("W", w.keys), At: w.at, Action: "session.test"}, Do(bodies...), told)
	if err != nil {
		w.Fatalf("%T of %s: %v", bodies[0], user, err)
	}
	return s
}

// on moves the session to phase p.
func (w *sitting) on(p session.Phase) *session.State {
	w.Helper()
	s := w.state()
	for s.Phase != p {
		s = w.does("U1", s.Forward(w.at))
	}
	return s
}

func (w *sitting) state() *session.State {
	w.Helper()
	s, err := w.clock.Sessions.Read(w.Context(), w.id)
	if err != nil {
		w.Fatal(err)
	}
	return s
}

// ticks has the clock look after d, twice: the second time there is nothing left.
func (w *sitting) ticks(d time.Duration) (did int) {
	w.Helper()
	w.at = w.at.Add(d)
	for i := range 2 {
		n, err := w.clock.Tend(w.Context(), w.id, w.at)
		if err != nil {
			w.Fatal(err)
		}
		if i == 0 {
			did = n
		} else if n > 0 {
			w.Errorf("a second look did %d things more", n)
		}
	}
	return did
}

// says renders the message with key as people read it, "" where there is none.
func (w *sitting) says(key string) string {
	w.Helper()
	e, err := w.db.Entry(w.Context(), key)
	if analysis.KindOf(err) == analysis.NotFound {
		return ""
	}
	if err != nil {
		w.Fatal(err)
	}
	e.At = w.at
	m, err := w.letter[e.Kind](w.Context(), e)
	if err != nil {
		w.Fatalf("%s: %v", key, err)
	}
	return m.Text
}

func (w *sitting) wantSaid(key, want string) {
	w.Helper()
	if got := w.says(key); want == "" && got != "" || !strings.Contains(got, want) {
		w.Errorf("%s says %q, want %q", key, got, want)
	}
}

func (w *sitting) notice(what string, visit int, user analysis.UserID) string {
	key := noticeKey(w.id, what, visit)
	if user != "" {
		key += "/" + string(user)
	}
	return key
}

func now(text string) session.Body {
	return session.Wrote{Place: session.Place{Horizon: session.Now}, Text: text}
}

const day = 24 * time.Hour

// TestSessionStandsStill: a phase in which nobody did anything does not close by
// itself; who leads hears so once, in working hours, and what stands there turns when
// the session goes on. After a month it ends, and that can be undone.
func TestSessionStandsStill(t *testing.T) {
	w := sit(t, newOffice(t), session.Started{Mode: session.Async, Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
	visit := w.on(session.Writing).Visit
	w.ticks(2*day + 10*time.Hour) // Wednesday evening: the term is over
	w.wantSaid(w.notice(noticeStill, visit, "U1"), "")
	w.ticks(14 * time.Hour)
	w.wantSaid(w.notice(noticeStill, visit, "U1"), "is de termijn van Stil schrijven voorbij, maar er is nog niets om mee verder te gaan")
	w.wantSaid(w.notice(noticeStill, visit, "U2"), "")
	if s := w.state(); s.Phase != session.Writing || s.Visit != visit {
		t.Errorf("it went on to %s", s.Phase)
	}
	s := w.state()
	w.does("U1", s.Extend(2, w.at))
	w.wantSaid(w.notice(noticeStill, visit, "U1"), "dit is geregeld")
	w.ticks(40 * day)
	if s := w.state(); s.Status != session.Stopped || s.Why != session.Forgotten {
		t.Fatalf("after a month it is %s %s", s.Status, s.Why)
	}
	w.wantSaid(w.notice(noticeForgotten, visit, "U1"), "is gestopt: er gebeurde ruim een maand niets")
	step, _ := w.state().LastStep(true)
	w.does("U1", step)
	w.wantSaid(w.notice(noticeForgotten, visit, "U1"), "dit is geregeld")
	w.does("U2", now("Toch nog iets"))
}

// TestSessionUnled: where nobody leads, everybody hears that it stands still; who was
// deactivated is taken out by the clock, and who takes part takes over.
func TestSessionUnled(t *testing.T) {
	w := sit(t, newOffice(t), session.Started{Mode: session.Async, Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
	visit := w.on(session.Writing).Visit
	gone := w.staff["U1"]
	gone.Full = false
	w.staff["U1"] = gone
	if w.ticks(time.Minute); w.state().Facilitator != "" || w.state().TakesPart("U1") {
		t.Fatalf("U1 left the office and leads %q", w.state().Facilitator)
	}
	w.ticks(3 * day)
	w.wantSaid(w.notice(noticeStill, visit, "U1"), "")
	for _, u := range []analysis.UserID{"U2", "U3", "U4", "U5"} {
		w.wantSaid(w.notice(noticeStill, visit, u), "is de termijn van Stil schrijven voorbij")
	}
	w.does("U3", session.TookOver{User: "U3"})
	if s := w.does("U3", w.state().Extend(1, w.at)); s.Facilitator != "U3" {
		t.Errorf("led by %q", s.Facilitator)
	}
	w.wantSaid(w.notice(noticeStill, visit, "U5"), "dit is geregeld")
}

// TestSessionRemoved: nobody waits for who was removed, and they change nothing.
func TestSessionRemoved(t *testing.T) {
	w := sit(t, newOffice(t), session.Started{Mode: session.Async, Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
	visit := w.on(session.Writing).Visit
	for _, u := range []analysis.UserID{"U1", "U2", "U3"} {
		w.does(u, now("Kaartje van "+string(u)))
	}
	w.ticks(day + time.Hour)
	w.wantSaid(w.notice(noticeMissing, visit, "U4"), "wachten we nog op u: de fase Stil schrijven sluit")
	w.does("U1", session.Removed{User: "U4"})
	req := pressing("U4", "late", view.SessionValue(w.state()), map[string]string{view.FieldHorizon(session.Now): "Te laat"})
	if _, err := w.screen(Submission, "session.wrote.v1")(t.Context(), req); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("U4 writes: %v", err)
	}
	if p := w.state().Progress(); p.Of != 4 || len(p.Missing) != 1 {
		t.Errorf("progress %+v", p)
	}
	w.does("U1", session.Joined{User: "U4"})
	w.does("U4", now("Weer terug"))
	w.wantSaid(w.notice(noticeMissing, visit, "U4"), "dit is geregeld")
}

// TestSessionTimer: when live the silent phases close at their time and talk is not
// cut off; the channel hears once that the time is over, and not an hour later.
func TestSessionTimer(t *testing.T) {
	w := sit(t, newOffice(t), session.Started{Mode: session.Live, Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
	w.on(session.Writing)
	w.does("U2", now("Klanten vaker bellen"))
	w.does("U3", now("Vaker klanten bellen over cijfers"))
	w.ticks(9 * time.Minute)
	s := w.state()
	if s.Phase != session.Clustering || len(s.Clusters) == 0 {
		t.Fatalf("after its minutes it is at %s with %d groups", s.Phase, len(s.Clusters))
	}
	w.ticks(8 * time.Minute)
	w.wantSaid(session.TimeUpKey(w.state()), "De tijd voor de fase Groeperen is om")
	if now := w.state(); now.Phase != session.Clustering {
		t.Errorf("talk was cut off: %s", now.Phase)
	}
	later := session.TimeUpKey(w.on(session.Discussing))
	w.ticks(3 * time.Hour)
	w.wantSaid(later, "")
}

// TestSessionPlace: another name of its channel changes nothing; people from outside,
// an archive and a channel that is lost put it to rest, once, and it goes on where that
// is over. What can not be found out now says nothing.
func TestSessionPlace(t *testing.T) {
	w := sit(t, newOffice(t), session.Started{Mode: session.Async, Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
	w.rooms["C1"] = Channel{ID: "C1", Name: "omgedoopt", Member: true}
	if did := w.ticks(time.Minute); did != 0 || w.state().Seq != 1 {
		t.Errorf("another name: %d things done", did)
	}
	fine := w.rooms["C1"]
	for _, c := range []struct {
		why  session.Why
		room Channel
		said string
	}{{session.Outsiders, Channel{}, "het kanaal wordt nu met mensen van buiten gedeeld"}, {session.Archived, Channel{ID: "C1", Member: true, Archived: true}, "het kanaal is gearchiveerd"},
		{session.Unreadable, Channel{ID: "C1"}, "ik zit niet meer in het kanaal"}} {
		w.rooms["C1"] = c.room
		w.ticks(time.Minute)
		s := w.state()
		if s.Status != session.Resting || s.Why != c.why {
			t.Fatalf("%s: %s %s", c.why, s.Status, s.Why)
		}
		key := w.notice(noticeRest, s.Seq, "U1")
		w.wantSaid(key, c.said)
		delete(w.rooms, "C1")
		if w.ticks(time.Minute); w.state().Seq != s.Seq {
			t.Errorf("%s: what is not known now did something", c.why)
		}
		w.rooms["C1"] = fine
		w.ticks(time.Hour)
		if now := w.state(); now.Status != session.Running || now.Deadline.Sub(s.Deadline) < time.Hour {
			t.Errorf("%s: over, and it is %s until %s", c.why, now.Status, now.Deadline)
		}
		w.wantSaid(key, "dit is geregeld")
		w.wantSaid(w.notice(noticeResumed, w.state().Seq, ""), "We gaan verder met de fase Feiten")
	}
}

// worried has n clients of the office answer by name that growth matters and goes
// badly, and that succession is fine; Mulder number from is the first.
func worried(o *office, from, n int) {
	var rows []analysis.StagedResponse
	for i := range n {
		r := analysis.StagedResponse{Line: i + 2, Respondent: fmt.Sprint("r", from+i), Number: fmt.Sprint(500 + from + i), Day: analysis.Date(2026, 11, 1), Scale: 5}
		r.NPS, r.Grade = 8, analysis.NotSaid
		r.Scores = []analysis.SurveyScore{{Kind: analysis.ThemeScore, Name: "groei", Importance: 5, Performance: 2}, {Kind: analysis.ThemeScore, Name: "opvolging", Importance: 3, Performance: 4}}
		rows = append(rows, r)
	}
	o.answers(fmt.Sprint("Onderzoek ", from), analysis.AskedClients, true, rows)
}

// TestSessionAsks: what a good facilitator asks in the thread, once, in the words of
// who answered it: the clients that the session is about from five persons on, else
// all of them. Where somebody spoke of it, or in the evening, nothing.
func TestSessionAsks(t *testing.T) {
	for _, c := range []struct {
		name  string
		heard int // clients who answered
		cards []string
		at    time.Duration
		want  string
	}{
		{"by all clients", 6, []string{"een", "twee", "drie"}, 0, "Alle klanten van kantoor samen vinden Groei belangrijk"},
		{"four say nothing", 4, []string{"een", "twee", "drie"}, 0, ""},
		{"somebody spoke of it", 6, []string{"een", "twee", "Onze groei"}, 0, ""},
		{"too few cards", 6, []string{"een", "twee"}, 0, ""},
		{"in the evening", 6, []string{"een", "twee", "drie"}, 11 * time.Hour, ""},
		{"the next morning", 6, []string{"een", "twee", "drie"}, 23 * time.Hour, "Alle klanten van kantoor samen vinden Groei belangrijk"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			worried(o, 0, c.heard)
			hit, _ := o.dir.Find(t.Context(), "0103", 1)
			client, err := o.db.Client(t.Context(), hit[0].Client)
			if err != nil {
				t.Fatal(err)
			}
			w := sit(t, o, session.Started{Mode: session.Async, Subject: session.Subject{Group: client.Group}}, locale.Dutch)
			w.at = w.at.Add(c.at)
			for i, text := range c.cards {
				w.does(analysis.UserID(fmt.Sprint("U", i+1)), now(text))
			}
			w.on(session.Clustering)
			w.ticks(time.Minute)
			w.wantSaid(fmt.Sprintf("session/%d/silence/groei", w.id), c.want)
		})
	}
	t.Run("by those it is about", func(t *testing.T) {
		t.Parallel()
		o := newOffice(t)
		worried(o, 0, 6)
		hit, _ := o.dir.Find(o.Context(), "0501", 1)
		client, err := o.db.Client(t.Context(), hit[0].Client)
		if err != nil {
			t.Fatal(err)
		}
		group, err := o.db.Group(t.Context(), client.Group)
		if err != nil || group.Manager == 0 {
			t.Fatalf("%+v, %v", group, err)
		}
		w := sit(t, o, session.Started{Mode: session.Async, Subject: session.Subject{Manager: group.Manager}}, locale.English)
		for i := range 3 {
			w.does(analysis.UserID(fmt.Sprint("U", i+1)), now(fmt.Sprint("card ", i)))
		}
		w.on(session.Clustering)
		w.ticks(time.Minute)
		w.wantSaid(fmt.Sprintf("session/%d/silence/groei", w.id), "The clients that this is about find Growth important")
		w.wantSaid(boardKey(w.id), "Now and in 3 years: the portfolio of Fleur de Vries. Now on: Grouping. 0 of 5 ready.")
		w.wantSaid(fmt.Sprintf("session/%d/news/%d", w.id, w.state().Visit), "New phase: Grouping (until Wed 25 Nov 09:00)")
	})
}

// TestSessionAgreesQuickly: where nearly everybody gave the same group their dots and
// nobody spoke, the thread asks once who sees it otherwise.
func TestSessionAgreesQuickly(t *testing.T) {
	for _, quiet := range []bool{true, false} {
		w := sit(t, newOffice(t), session.Started{Mode: session.Live, Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
		w.on(session.Writing)
		w.does("U2", now("Vaker bellen"))
		w.does("U3", now("Sneller rekenen"))
		s := w.on(session.Clustering)
		cards := s.Cards("")
		s = w.does("U1", session.Clustered{Clusters: []session.Proposed{{Name: "Bellen", Cards: []session.CardID{cards[0].ID}}, {Name: "Rekenen", Cards: []session.CardID{cards[1].ID}}}})
		top := s.Clusters[0].ID
		w.on(session.Voting)
		for _, u := range s.Active() {
			w.does(u, session.Voted{Horizon: session.Now, Dots: []session.Dot{{Cluster: top, Dots: 2}}})
		}
		w.on(session.Discussing)
		want := "Bijna iedereen koos “Bellen”. Wie ziet dit anders?"
		if !quiet {
			for _, u := range []analysis.UserID{"U4", "U5"} {
				w.does(u, session.Wrote{Place: session.Place{Cluster: top, Field: session.See}, Text: "Ik zie het anders"})
			}
			want = ""
		}
		w.ticks(time.Minute)
		w.wantSaid(fmt.Sprintf("session/%d/view/%d", w.id, top), want)
	}
}

// TestSessionReopened: an outcome follows its actions; once the session is reopened it
// says that it holds no longer, and the next one comes in a message of its own. Who
// takes part gets the file as of now.
func TestSessionReopened(t *testing.T) {
	w := sit(t, newOffice(t), session.Started{Mode: session.Live, Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
	w.on(session.Writing)
	w.does("U2", now("Vaker bellen"))
	w.on(session.Acting)
	s := w.does("U2", session.Agreed{Owner: "U3", Due: analysis.DayOf(w.at) + 9, Then: "bel ik terug"})
	action := s.Actions[0].ID
	first := w.on(session.Concluded).Visit
	key := func(visit int) string { return fmt.Sprintf("session/%d/outcome/%d", w.id, visit) }
	w.wantSaid(key(first), "Uitkomst: segment A. 1 actie")
	wanted := func(key string) int {
		e, err := w.db.Entry(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		return e.Wanted
	}
	before := wanted(key(first))
	w.does("U3", session.Handled{Action: action, Base: 1, State: session.Done, Due: analysis.NoDay})
	if wanted(key(first)) != before+1 {
		t.Error("the outcome does not follow its actions")
	}
	e, _ := w.db.Entry(t.Context(), key(first))
	if m, err := w.letter[e.Kind](t.Context(), e); err != nil || m.File == nil || !strings.Contains(string(m.File.Content), "- [x] bel ik terug") || !strings.Contains(string(m.File.Content), "Stand van 23 nov 2026, 09:00 uur.") {
		t.Errorf("outcome %+v, %v", m, err)
	}
	w.does("U1", w.state().To(session.Acting, w.at))
	w.wantSaid(key(first), "Na deze uitkomst is de sessie heropend")
	if wanted(key(first)) != before+2 {
		t.Error("the outcome stands there though the session was reopened")
	}
	w.does("U2", session.Agreed{Owner: "U2", Due: analysis.DayOf(w.at) + 9, Then: "plan ik het gesprek"})
	second := w.on(session.Concluded).Visit
	w.wantSaid(key(first), "Na deze uitkomst is de sessie heropend")
	w.wantSaid(key(second), "Uitkomst: segment A. 2 acties")

	w.at = w.at.Add(3 * day)
	req := pressing("U4", "F1", view.SessionValue(w.state()), nil)
	req.At = w.at
	r, err := w.screen(Action, "session.file.v1")(t.Context(), req)
	if err != nil || r.Now == nil || !strings.Contains(r.Now.Text, "direct bericht") {
		t.Fatalf("%+v, %v", r, err)
	}
	e, _ = w.db.Entry(t.Context(), fmt.Sprintf("session/%d/file/F1", w.id))
	m, err := w.letter[e.Kind](t.Context(), e)
	if err != nil || e.User != "U4" || m.File == nil || !strings.Contains(string(m.File.Content), "Stand van 26 nov 2026") || !strings.Contains(m.Text, "stand van do 26 nov") {
		t.Errorf("file %+v, %v", m, err)
	}
	req.Actor.User, req.Key = "U9", "F2"
	if _, err := w.screen(Action, "session.file.v1")(t.Context(), req); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("who does not take part: %v", err)
	}
	// An undo of the reopening brings the outcome back that it was.
	w.does("U1", w.state().To(session.Acting, w.at))
	step, _ := w.state().LastStep(true)
	was := wanted(key(second))
	if w.does("U1", step); w.state().Visit != second || wanted(key(second)) != was+1 {
		t.Errorf("after the undo it is at visit %d of %d", w.state().Visit, second)
	}
	w.wantSaid(key(second), "2 acties")
}

// TestSessionErase: what is forgotten is out of the session, and what the bot said
// about it is drawn anew.
func TestSessionErase(t *testing.T) {
	w := sit(t, newOffice(t), session.Started{Mode: session.Live, Goal: "Jansen houden", Subject: session.Subject{Segment: analysis.SegmentA}}, locale.Dutch)
	w.on(session.Acting)
	w.does("U2", session.Agreed{Owner: "U3", Due: analysis.DayOf(w.at) + 9, Then: "bel ik Jansen"})
	concluded := w.on(session.Concluded).Visit
	keys := []string{boardKey(w.id), fmt.Sprintf("session/%d/outcome/%d", w.id, concluded)}
	was := map[string]int{}
	for _, key := range keys {
		e, err := w.db.Entry(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		was[key] = e.Wanted
	}
	erase := func(e session.Erasure) (ids []session.ID) {
		if err := w.db.Write(t.Context(), func(tx storage.Tx) (err error) {
			ids, err = tx.EraseSessions(t.Context(), e)
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return ids
	}
	if ids := erase(session.Erasure{Names: []string{"Jansen"}, User: "U3"}); len(ids) != 1 || ids[0] != w.id {
		t.Errorf("erased in %v", ids)
	}
	s := w.state()
	if s.Goal != session.Erased || s.Actions[0].Then != session.Erased || !session.IsGone(s.Actions[0].Owner) {
		t.Errorf("goal %q, action %+v", s.Goal, s.Actions[0])
	}
	for _, key := range keys {
		e, _ := w.db.Entry(t.Context(), key)
		m, err := w.letter[e.Kind](t.Context(), e)
		if err != nil || e.Wanted != was[key]+1 || m.File != nil && strings.Contains(string(m.File.Content), "U3") {
			t.Errorf("%s: wanted %d after %d, %v", key, e.Wanted, was[key], err)
		}
	}
	if ids := erase(session.Erasure{Names: []string{"Jansen"}, User: "U3"}); len(ids) != 0 {
		t.Errorf("erased again in %v", ids)
	}
}
