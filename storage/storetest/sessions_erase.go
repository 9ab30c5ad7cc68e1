package storetest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// testSessionErase: what is to be forgotten of a client or a colleague is in no
// session, list or action any more, and everything else is as it was.
func testSessionErase(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	about, of, other := begun(t, s, "T1", session.Subject{Group: b}), begun(t, s, "T2", session.Subject{Segment: analysis.SegmentA}), begun(t, s, "T3", session.Subject{Group: a + b + 9})
	mustPress(t, s, about, "U2", "K1", card("Zij willen sneller antwoord"))
	mustPress(t, s, of, "U2", "K2", card("Van der Meulen, die altijd belt"))
	mustPress(t, s, of, "U2", "K3", card("Meulen is geen naam van hen"))
	toClustering := func(id session.ID) {
		for i := range 2 {
			mustPress(t, s, id, "U1", fmt.Sprint("M", i), stateOf(t, s, id).Forward(morning))
		}
	}
	toClustering(of)
	state := mustPress(t, s, of, "U2", "A1", session.Agreed{Owner: "U3", Due: analysis.DayOf(morning) + 9, When: "zij bellen", Then: "bel ik terug", Group: b})
	mustPress(t, s, of, "U3", "H1", session.Handled{Action: state.Actions[0].ID, Base: 1, State: session.Done, Due: analysis.NoDay, Reason: "zij waren blij"})
	kept := merge(t, s, p.ID)

	erase := func(e session.Erasure) (ids []session.ID) {
		t.Helper()
		write(t, s, func(tx storage.Tx) (err error) {
			ids, err = tx.EraseSessions(ctx, e)
			return err
		})
		return ids
	}
	untouched := fmt.Sprintf("%+v", stateOf(t, s, other))
	client := session.Erasure{Groups: []analysis.GroupID{kept}, Names: []string{"van der meulen"}}
	if ids := erase(client); !slices.Equal(ids, []session.ID{about, of}) {
		t.Errorf("sessions that changed: %v; want %v and %v", ids, about, of)
	}
	if ids := erase(client); len(ids) != 0 {
		t.Errorf("erased again: %v", ids)
	}
	wantEqual(t, "a session about another", fmt.Sprintf("%+v", stateOf(t, s, other)), untouched)
	wantNoWord(t, s, []session.ID{about, of, other}, "sneller", "altijd", "bellen", "bel ik", "blij")
	heads, _, err := s.Sessions(ctx, storage.SessionFilter{}, 0, 10)
	if err != nil || len(heads) != 3 || heads[2].Goal != session.Erased || heads[1].Goal != "Blijven" || heads[1].Actions != 1 {
		t.Errorf("heads %+v, %v", heads, err)
	}
	lines, n, err := s.Actions(ctx, storage.ActionFilter{}, 0, 10)
	if err != nil || n != 1 || lines[0].Then != session.Erased || lines[0].When != session.Erased || lines[0].Reason != session.Erased || lines[0].Group != 0 || lines[0].Owner != "U3" || lines[0].State != session.Done {
		t.Errorf("actions %+v, %v", lines, err)
	}

	write(t, s, func(tx storage.Tx) error {
		_, err := tx.AddReflection(ctx, session.Reflection{User: "U3", Day: analysis.DayOf(morning), Answers: [5]int{1, 2, 3, 4, 5}, At: morning})
		return err
	})
	if ids := erase(session.Erasure{User: "U3"}); !slices.Equal(ids, []session.ID{about, of, other}) {
		t.Errorf("sessions of U3: %v", ids)
	}
	lines, _, _ = s.Actions(ctx, storage.ActionFilter{}, 0, 10)
	_, n, err = s.Sessions(ctx, storage.SessionFilter{User: "U3"}, 0, 10)
	if err != nil || n != 0 || !session.IsGone(lines[0].Owner) || lines[0].By != "U2" || lines[0].State != session.Done {
		t.Errorf("U3 is in %d sessions, action %+v, %v", n, lines, err)
	}
	if own, err := s.OwnReflections(ctx, "U3"); err != nil || len(own) != 0 {
		t.Errorf("reflections %v, %v", own, err)
	}
	// A session goes on after it.
	mustPress(t, s, of, "U2", "K9", session.Merged{Into: stateOf(t, s, mustClusters(t, s, of)).Clusters[0].ID, From: stateOf(t, s, of).Clusters[1].ID})
}

// wantNoWord checks that no event of the sessions has any of the words.
func wantNoWord(t *testing.T, s Store, ids []session.ID, words ...string) {
	t.Helper()
	for _, id := range ids {
		for _, e := range mustEvents(t, s, id) {
			raw, _ := session.Encode(e.Body)
			for _, word := range words {
				if strings.Contains(string(raw), word) {
					t.Errorf("session %d keeps %s", id, raw)
				}
			}
		}
	}
}

// mustClusters gives session id two clusters of its cards.
func mustClusters(t *testing.T, s Store, id session.ID) session.ID {
	t.Helper()
	cards := stateOf(t, s, id).Cards("")
	mustPress(t, s, id, "U1", "C1", session.Clustered{Clusters: []session.Proposed{{Name: "een", Cards: []session.CardID{cards[0].ID}}, {Name: "twee", Cards: []session.CardID{cards[1].ID}}}})
	return id
}

func mustEvents(t *testing.T, s Store, id session.ID) []session.Event {
	t.Helper()
	events, err := s.SessionEvents(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return events
}
