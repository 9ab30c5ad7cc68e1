package commands

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// topicLetter is a group that is discussed, in a message of its own.
const topicLetter = "session.topic"

// topicEntry is the message of a group: once for each session and group.
func (c SessionScreens) topicEntry(s *session.State, id session.ClusterID, lang string, at time.Time) storage.LedgerEntry {
	e := c.letterOf(s, topicLetter, fmt.Sprintf("topic/%d", id), lang, at)
	e.Subject = fmt.Sprintf("%d/0/%d", s.ID, id)
	return e
}

// Topic draws the message of a group as the session is now. One that was merged is
// gone.
func (c SessionScreens) Topic(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	s, err := c.lettered(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	at, _ := sessionSpotOf(e.Subject)
	all, _ := s.Tally()
	for i, t := range all {
		if int(t.Cluster.ID) == at.number() {
			p := locale.New(locale.Lang(e.Lang), officeZone)
			b, err := c.board(ctx, p, s)
			return view.SessionTopicMessage(p, view.SessionTopic{SessionBoard: b, Tally: t, Place: i + 1}), err
		}
	}
	return view.Message{}, analysis.Fail(analysis.NotFound, "session.cluster_gone", nil)
}

// Talk answers *Vul aan* at a group.
func (c SessionScreens) Talk(ctx context.Context, req Request) (Reply, error) {
	s, _, err := c.window(ctx, req, "session.talk")
	if err != nil {
		return Reply{}, err
	}
	at, _ := spotted(req)
	id, _ := groupSpot(at)
	cluster, _, err := clusterOf(s, req.Actor.User, id)
	if err == nil {
		err = mayNow(req, s, session.Wrote{Place: session.Place{Cluster: id, Field: session.See}, Text: "-"})
	}
	if err != nil {
		return Reply{}, err
	}
	return Show(view.SessionTalkWindow(locale.New(req.Lang, req.Zone), s, cluster, func(f session.Field) []session.Card {
		return ownCards(s, req.Actor.User, session.Place{Cluster: id, Field: f})
	})), nil
}

// talkPlaces are the places of that form by field.
func talkPlaces(id session.ClusterID) map[string]session.Place {
	places := map[string]session.Place{}
	for _, f := range session.TalkFields() {
		places[view.FieldTopic(f)] = session.Place{Cluster: id, Field: f}
	}
	return places
}

// ValidateTalk keeps that form open where something is wrong.
func (c SessionScreens) ValidateTalk(ctx context.Context, req Request) (map[string]string, error) {
	at, err := spotted(req)
	if err != nil {
		return nil, err
	}
	id, _ := groupSpot(at)
	return c.validateCards(ctx, req, talkPlaces(id))
}

// Talked answers that form.
func (c SessionScreens) Talked(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	id, _ := groupSpot(at)
	_, err = c.press(ctx, req, at.id, "session.talked", func(s *session.State) ([]session.Body, error) {
		var bodies []session.Body
		places := talkPlaces(id)
		for _, f := range session.TalkFields() {
			place := places[view.FieldTopic(f)]
			bodies = append(bodies, cardChanges(ownCards(s, req.Actor.User, place), lines(req.Fields[view.FieldTopic(f)]), place)...)
		}
		for _, h := range session.Columns() {
			chosen := session.Choice(req.Fields[view.FieldChoice(h)])
			if now, _ := s.Choice(id, h); chosen != "" && chosen != now {
				bodies = append(bodies, session.Decided{Cluster: id, Horizon: h, Choice: chosen})
			}
		}
		return bodies, nil
	})
	return Reply{}, err
}

// toldOfTopics are the messages of the groups that are discussed: said once, and
// changed in place with what people add.
func (c SessionScreens) toldOfTopics(ctx context.Context, tx storage.Tx, after *session.State, lang string, at time.Time) error {
	if !after.Passed(session.Voting) {
		return nil
	}
	for _, t := range after.Top() {
		e := c.topicEntry(after, t.Cluster.ID, lang, at)
		if after.Phase == session.Discussing {
			if _, err := tx.Enqueue(ctx, e); err != nil {
				return err
			}
		}
		if err := tx.Revise(ctx, e.Key); err != nil {
			return err
		}
	}
	return nil
}

// groupID reads the group that a form names; 0: none.
func groupID(field string) session.ClusterID {
	n, err := strconv.Atoi(field)
	if err != nil {
		return 0
	}
	return session.ClusterID(n)
}
