package main

import (
	"fmt"

	"klantbot/analysis"
	discussion "klantbot/analysis/session"
	"klantbot/commands"
	"klantbot/storage"
)

// talks holds a discussion of each kind in each of its phases, led by user and about
// what user holds, and returns what their channel reads of them.
func (c *crawl) talks(user string) (boards []screen) {
	d := c.desk
	_, own, _ := d.managers()
	var group analysis.GroupID
	each(d.t, d.dsn, `SELECT group_id FROM client WHERE id = `+c.client, func(scan func(...any) error) error { return scan(&group) })
	presses := 0
	for _, kind := range discussion.Kinds() {
		for i, phase := range discussion.PhasesOf(kind) {
			about := discussion.Subject{Group: group}
			if i == 0 {
				about = discussion.Subject{Manager: analysis.ManagerID(own)} // who chooses clients first
			}
			t := talk{desk: d, lead: analysis.UserID(user), clock: commands.NewSessionClock(d.needs), use: commands.Sessions{Events: d.db, Store: d.db}, presses: &presses}
			t.begin(discussion.Started{Kind: kind, Mode: discussion.Async, Goal: "Een proef.", Subject: about, Channel: deskChannel, Facilitator: t.lead,
				Participants: []analysis.UserID{t.lead, "U0ENKEL", "U0NOG"}})
			for t.s.Phase != phase {
				t.say()
				t.on()
			}
			t.say()
		}
	}
	for {
		said := c.letters()
		if len(said) == 0 {
			return boards
		}
		boards = append(boards, said...)
	}
}

// talk is a discussion that is brought to a phase.
type talk struct {
	desk    *desk
	lead    analysis.UserID
	clock   commands.SessionClock
	use     commands.Sessions
	s       *discussion.State
	presses *int
}

// press is one of who leads.
func (t *talk) press() commands.Press {
	*t.presses++
	return commands.Press{Who: discussion.Who{User: t.lead}, Key: fmt.Sprint("talk/", *t.presses), At: asOf.In(officeZone())}
}

func (t *talk) begin(first discussion.Started) {
	ctx, p := t.desk.t.Context(), t.press()
	s, err := t.use.Begin(ctx, p, discussion.NewStarted(first, p.At), func(tx storage.Tx, _, s *discussion.State) error {
		_, err := tx.Enqueue(ctx, storage.LedgerEntry{Key: fmt.Sprintf("session/%d/board", s.ID), Kind: "session.board", Channel: first.Channel, Lang: "nl",
			Group: first.Subject.Group, Subject: fmt.Sprint(s.ID), At: p.At, Due: p.At})
		return err
	})
	if err != nil {
		t.desk.t.Fatal(err)
	}
	t.s = s
}

// do does bodies, each by who leads.
func (t *talk) do(bodies ...discussion.Body) {
	ctx := t.desk.t.Context()
	for _, body := range bodies {
		p := t.press()
		told, err := t.clock.Told(ctx, t.s.ID, p.At)
		if err == nil {
			t.s, _, err = t.use.Press(ctx, t.s.ID, p, commands.Do(body), told)
		}
		if err != nil {
			t.desk.t.Fatalf("%s in %s: %v", body.Name(), t.s.Phase, err)
		}
	}
}

// on goes to the next phase.
func (t *talk) on() {
	phases := discussion.PhasesOf(t.s.Kind)
	for i, p := range phases[:len(phases)-1] {
		if p != t.s.Phase {
			continue
		}
		t.do(discussion.Moved{From: p, Visit: t.s.Visit, To: phases[i+1]})
		var err error
		if t.s, err = t.clock.Prepared(t.desk.t.Context(), t.s, asOf); err != nil {
			t.desk.t.Fatal(err)
		}
		return
	}
}

// say does what is to be done in the phase.
func (t *talk) say() {
	card := func(p discussion.Place, text string) discussion.Wrote { return discussion.Wrote{Place: p, Text: text} }
	switch t.s.Phase {
	case discussion.Writing:
		for _, text := range []string{"snelle reactie op vragen", "snel antwoord op vragen", "papieren dossiers"} {
			t.do(card(discussion.Place{Horizon: discussion.Now}, text))
		}
		t.do(card(discussion.Place{Horizon: discussion.Later}, "hulp bij de opvolging"))
	case discussion.Clustering:
		for _, loose := range t.s.Loose(t.lead) { // beside the groups that were proposed
			t.do(discussion.Split{Title: loose.Text, Cards: []discussion.CardID{loose.ID}})
			break
		}
	case discussion.Wishing:
		t.do(card(discussion.Place{Horizon: discussion.Wished}, "gezien worden"), discussion.AmbitionChosen{Words: []string{"gezien"}})
	case discussion.Stepping:
		for _, field := range discussion.StepFields() {
			t.do(card(discussion.Place{Step: 1, Field: field}, "een voorstel over "+string(field)))
		}
		t.do(discussion.Felt{Step: 1, Feeling: 2})
	case discussion.Acting, discussion.Concluded:
		day := analysis.DayOf(asOf)
		t.do(discussion.Agreed{Owner: t.lead, Due: day + 14, When: "er iets is", Then: "bellen"}, discussion.Agreed{Owner: t.lead, Due: day + 20, Then: "mailen"})
	}
	if t.s.Phase == discussion.Voting && t.s.Kind == discussion.Now3Years {
		t.do(discussion.Voted{Horizon: discussion.Now, Dots: []discussion.Dot{{Cluster: t.s.Clusters[0].ID, Dots: 2}}})
	}
}
