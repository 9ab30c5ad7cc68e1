package commands

import (
	"context"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
)

// proposal is asking for groups of the cards of a session: made of the words on them,
// or by a model where the office turned one on. People decide.
type proposal struct {
	by      analysis.UserID
	offline bool // no model is asked
	patient bool // whoever asks has minutes
	// base is the step on clusters that the proposal may replace; 0: whatever is
	// there.
	base int

	made prompts.Grouping // what came of it last
	late bool             // people went on from base meanwhile: nothing was replaced
}

// deed is the Deed that puts the proposal in the place of all groups.
func (o *proposal) deed(ctx context.Context, grouper prompts.Grouper) Deed {
	return func(s *session.State) ([]session.Body, error) {
		cards := map[prompts.ID]session.CardID{}
		ask := prompts.GroupRequest{By: o.by, Offline: o.offline, Patient: o.patient}
		for _, card := range s.Cards("") {
			if card.Horizon == "" {
				continue
			}
			id := prompts.ID(strconv.Itoa(int(card.ID)))
			cards[id] = card.ID
			ask.Cards = append(ask.Cards, prompts.Card{ID: id, Text: card.Text})
		}
		if len(ask.Cards) == 0 {
			return nil, nil
		}
		found, err := grouper.Group(ctx, ask)
		if err != nil {
			return nil, err
		}
		if err := prompts.VerifyGroups(ask.Cards, found); err != nil {
			return nil, err
		}
		o.made = found
		if o.base != 0 {
			last, _ := s.LastStep(false)
			if o.late = last.Seq != o.base || s.Phase != session.Clustering || s.Status != session.Running; o.late || found.Mode != prompts.Model {
				return nil, nil // the groups without a model stand already
			}
		}
		return []session.Body{clustered(found, cards)}, nil
	}
}

// clustered is the event of a proposal.
func clustered(found prompts.Grouping, cards map[prompts.ID]session.CardID) session.Clustered {
	b := session.Clustered{Model: found.Mode == prompts.Model}
	for _, g := range found.Groups {
		if g.Name == prompts.Other {
			continue // what belongs together with nothing stays loose
		}
		one := session.Proposed{Name: g.Name}
		for _, id := range g.Cards {
			one.Cards = append(one.Cards, cards[id])
		}
		b.Clusters = append(b.Clusters, one)
	}
	return b
}

// Prepared makes what a phase that just began needs, once for each beginning: groups
// are proposed. It is called after every move, also the clock's; where it could not
// be done people press *Stel groepen voor*.
func (c SessionScreens) Prepared(ctx context.Context, s *session.State, at time.Time) (*session.State, error) {
	if s.Kind != session.Now3Years || s.Phase != session.Clustering || s.Status != session.Running || len(s.Clusters) > 0 {
		return s, nil
	}
	then, err := c.Told(ctx, s.ID, at)
	if err != nil {
		return s, err
	}
	key := "session/" + strconv.FormatInt(int64(s.ID), 10) + "/proposal/" + strconv.Itoa(s.Visit)
	after, _, err := c.Use.Press(ctx, s.ID, ByClock(key, at), (&proposal{offline: true}).deed(ctx, c.Grouper), then)
	return after, err
}

// Groups answers *Groepeer* and *Groepen*.
func (c SessionScreens) Groups(ctx context.Context, req Request) (Reply, error) {
	s, _, err := c.window(ctx, req, "session.groups")
	if err != nil {
		return Reply{}, err
	}
	return c.groups(ctx, req, s, view.Outcome{})
}

// grouped is what windows of groups show.
func (c SessionScreens) grouped(ctx context.Context, req Request, s *session.State, done view.Outcome) (view.SessionGroups, error) {
	b, err := c.board(ctx, locale.New(req.Lang, req.Zone), s)
	g := view.SessionGroups{SessionBoard: b, Viewer: req.Actor.User, Outcome: done}
	g.Change = s.Phase == session.Clustering && s.Status == session.Running && (s.TakesPart(req.Actor.User) || s.Facilitator == req.Actor.User)
	if g.Propose = s.Phase == session.Clustering && s.Status == session.Running && leads(req.Actor, s); g.Propose && c.Sorts != nil && err == nil {
		g.Model, err = c.Sorts(ctx)
	}
	if step, ok := s.LastStep(false); ok {
		g.Undo = mayNow(req, s, step) == nil
	}
	return g, err
}

func (c SessionScreens) groups(ctx context.Context, req Request, s *session.State, done view.Outcome) (Reply, error) {
	g, err := c.grouped(ctx, req, s, done)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.SessionGroupsWindow(locale.New(req.Lang, req.Zone), g)), nil
}

// groupSpot reads a group and where in it, as buttons write it.
func groupSpot(at sessionSpot) (id session.ClusterID, offset int) {
	which, from, _ := strings.Cut(at.rest, "/")
	n, _ := strconv.Atoi(which)
	offset, _ = strconv.Atoi(from)
	return session.ClusterID(n), max(0, offset)
}

// clusterOf returns a group, or the loose cards, with its cards.
func clusterOf(s *session.State, viewer analysis.UserID, id session.ClusterID) (session.Cluster, []session.Card, error) {
	if !s.Passed(session.Writing) {
		return session.Cluster{}, nil, analysis.Fail(analysis.Invalid, "session.not_now", nil)
	}
	if id == 0 {
		return session.Cluster{}, s.Loose(viewer), nil
	}
	cluster, ok := s.Cluster(id)
	if !ok {
		return session.Cluster{}, nil, analysis.Fail(analysis.Invalid, "session.cluster_gone", nil)
	}
	return cluster, s.CardsOf(viewer, cluster), nil
}

// Group answers *Bekijk* at a group, and its pages.
func (c SessionScreens) Group(ctx context.Context, req Request) (Reply, error) {
	s, at, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	id, offset := groupSpot(at)
	return c.group(ctx, req, s, id, offset, view.Outcome{})
}

func (c SessionScreens) group(ctx context.Context, req Request, s *session.State, id session.ClusterID, offset int, done view.Outcome) (Reply, error) {
	cluster, cards, err := clusterOf(s, req.Actor.User, id)
	if err != nil || id == 0 && len(cards) == 0 {
		return c.groups(ctx, req, s, done) // it is gone: merged, or empty by now
	}
	g, err := c.grouped(ctx, req, s, done)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.SessionGroupWindow(locale.New(req.Lang, req.Zone), view.SessionGroup{SessionGroups: g, Cluster: cluster, Cards: cards, Offset: offset})), nil
}

// Rename, Merge and Split answer the tools of a group with a form.
func (c SessionScreens) Rename(ctx context.Context, req Request) (Reply, error) {
	return c.groupForm(ctx, req, func(p *locale.Printer, s *session.State, cluster session.Cluster, _ []session.Card) view.Modal {
		return view.SessionRenameForm(p, s, cluster)
	})
}

// Merge asks with which group this one goes together.
func (c SessionScreens) Merge(ctx context.Context, req Request) (Reply, error) {
	return c.groupForm(ctx, req, func(p *locale.Printer, s *session.State, cluster session.Cluster, _ []session.Card) view.Modal {
		if len(s.Clusters) < 2 {
			return view.SessionRenameForm(p, s, cluster)
		}
		return view.SessionMergeForm(p, s, cluster)
	})
}

// Split asks which cards become a group of their own.
func (c SessionScreens) Split(ctx context.Context, req Request) (Reply, error) {
	return c.groupForm(ctx, req, view.SessionSplitForm)
}

func (c SessionScreens) groupForm(ctx context.Context, req Request, form func(*locale.Printer, *session.State, session.Cluster, []session.Card) view.Modal) (Reply, error) {
	s, at, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	id, _ := groupSpot(at)
	cluster, cards, err := clusterOf(s, req.Actor.User, id)
	if err != nil || len(cards) == 0 {
		done, err := refusedOf(err)
		if err != nil {
			return Reply{}, err
		}
		return c.groups(ctx, req, s, done)
	}
	return Show(form(locale.New(req.Lang, req.Zone), s, cluster, cards)), nil
}

// regrouped does deed and shows the group that it was about, or all.
func (c SessionScreens) regrouped(ctx context.Context, req Request, action string, show session.ClusterID, deed Deed) (Reply, error) {
	reply, _, err := c.regroup(ctx, req, action, show, deed, nil)
	return reply, err
}

// regroup is regrouped, with what came of a proposal where deed makes one; s is nil
// where it was refused.
func (c SessionScreens) regroup(ctx context.Context, req Request, action string, show session.ClusterID, deed Deed, of *proposal) (reply Reply, s *session.State, err error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, nil, err
	}
	s, err = c.press(ctx, req, at.id, action, deed)
	done, refused := view.Outcome{}, err != nil
	if refused {
		if done, err = refusedOf(err); err != nil {
			return Reply{}, nil, err
		}
		if s, _, err = c.read(ctx, req); err != nil {
			return Reply{}, nil, err
		}
	} else {
		p := locale.New(req.Lang, req.Zone)
		done.Said = p.T("session.groups.changed", nil)
		if action == "session.regroup" {
			done.Said = p.T("session.groups.undone", nil)
		} else if step, ok := s.LastStep(false); ok {
			done.Undo = view.SessionStep(s, step)
		}
		if of != nil {
			done.Said = view.SessionProposed(p, of.made.Pending, of.late, of.made.Mode == prompts.Model, of.made.Fallback)
		}
	}
	if show != 0 {
		reply, err = c.group(ctx, req, s, show, 0, done)
	} else {
		reply, err = c.groups(ctx, req, s, done)
	}
	if refused {
		s = nil
	}
	return reply, s, err
}

// Regroup answers *Ongedaan maken* in the windows of groups.
func (c SessionScreens) Regroup(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	return c.regrouped(ctx, req, "session.regroup", 0, Do(session.Undone{Seq: at.number()}))
}

// Propose answers *Stel groepen voor*: at once by the words on the cards, and where a
// model may be asked by that, in the same place once it is done.
func (c SessionScreens) Propose(ctx context.Context, req Request) (Reply, error) {
	o := &proposal{by: req.Actor.User}
	reply, s, err := c.regroup(ctx, req, "session.propose", 0, o.deed(ctx, c.Grouper), o)
	if err != nil || s == nil || !o.made.Pending {
		return reply, err
	}
	step, _ := s.LastStep(false)
	reply.Later = func(ctx context.Context) (Reply, error) {
		again, then := req, &proposal{by: req.Actor.User, patient: true, base: step.Seq}
		again.Key += "/model"
		became, _, err := c.regroup(ctx, again, "session.propose", 0, then.deed(ctx, c.Grouper), then)
		return became, err
	}
	return reply, nil
}

// Renamed answers the form of another name.
func (c SessionScreens) Renamed(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	id, _ := groupSpot(at)
	return c.regrouped(ctx, req, "session.rename", id, func(s *session.State) ([]session.Body, error) {
		cluster, _ := s.Cluster(id)
		return []session.Body{session.Renamed{Cluster: id, From: cluster.Name, To: req.Fields[view.FieldName]}}, nil
	})
}

// Merged answers the form that puts two groups together.
func (c SessionScreens) Merged(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	id, _ := groupSpot(at)
	into, _ := strconv.Atoi(req.Fields[view.FieldTarget])
	return c.regrouped(ctx, req, "session.merge", 0, Do(session.Merged{Into: session.ClusterID(into), From: id}))
}

// Parted answers the form that makes a group of some cards.
func (c SessionScreens) Parted(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	id, _ := groupSpot(at)
	b := session.Split{Cluster: id, Title: req.Fields[view.FieldName]}
	for one := range strings.SplitSeq(req.Fields[view.FieldCards], "\n") {
		if n, err := strconv.Atoi(one); err == nil {
			b.Cards = append(b.Cards, session.CardID(n))
		}
	}
	return c.regrouped(ctx, req, "session.split", 0, Do(b))
}

// Move answers *Verplaats* at a card.
func (c SessionScreens) Move(ctx context.Context, req Request) (Reply, error) {
	s, at, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	var card session.Card
	var others []session.Card
	for _, one := range s.Cards("") {
		switch {
		case one.Horizon == "":
		case int(one.ID) == at.number():
			card = one
		default:
			others = append(others, one)
		}
	}
	if card.ID == 0 {
		return c.groups(ctx, req, s, view.Outcome{Refused: invalid("session.card.gone")})
	}
	return Show(view.SessionMoveForm(locale.New(req.Lang, req.Zone), s, card, others)), nil
}

// MovedCard answers that form: the card goes where it belongs, and is kept apart from
// what it contradicts.
func (c SessionScreens) MovedCard(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	card := session.CardID(at.number())
	target, _ := strconv.Atoi(req.Fields[view.FieldTarget])
	other, _ := strconv.Atoi(req.Fields[view.FieldOther])
	return c.regrouped(ctx, req, "session.move", session.ClusterID(target), func(s *session.State) ([]session.Body, error) {
		var bodies []session.Body
		in := session.ClusterID(0)
		for _, cluster := range s.Clusters {
			for _, id := range cluster.Cards {
				if id == card {
					in = cluster.ID
				}
			}
		}
		if in != session.ClusterID(target) {
			bodies = append(bodies, session.Put{Card: card, Cluster: session.ClusterID(target)})
		}
		if other != 0 {
			bodies = append(bodies, session.Opposed{Card: card, Other: session.CardID(other)})
		}
		return bodies, nil
	})
}
