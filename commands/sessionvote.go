package commands

import (
	"context"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// Vote answers *Stem*: one's own ballot.
func (c SessionScreens) Vote(ctx context.Context, req Request) (Reply, error) {
	s, b, err := c.window(ctx, req, "session.vote")
	if err != nil {
		return Reply{}, err
	}
	if err := mayNow(req, s, session.Voted{Horizon: session.Now}); err != nil {
		return Reply{}, err
	}
	return Show(view.SessionVoteWindow(locale.New(req.Lang, req.Zone), b, req.Actor.User)), nil
}

// ballots reads the dots of a form, a ballot for each horizon.
func ballots(fields map[string]string) []session.Voted {
	var all []session.Voted
	for _, h := range session.Columns() {
		b := session.Voted{Horizon: h}
		at := map[session.ClusterID]int{}
		for n := range session.Dots {
			id, err := strconv.Atoi(fields[view.FieldDot(h, n)])
			if err != nil {
				continue
			}
			cluster := session.ClusterID(id)
			if i, ok := at[cluster]; ok {
				b.Dots[i].Dots++
				continue
			}
			at[cluster] = len(b.Dots)
			b.Dots = append(b.Dots, session.Dot{Cluster: cluster, Dots: 1})
		}
		all = append(all, b)
	}
	return all
}

// ValidateVote keeps the form open where a ballot can not be.
func (c SessionScreens) ValidateVote(ctx context.Context, req Request) (map[string]string, error) {
	s, _, err := c.read(ctx, req)
	if err != nil {
		return nil, err
	}
	wrong := map[string]string{}
	for _, b := range ballots(req.Fields) {
		last := view.FieldDot(b.Horizon, session.Dots-1)
		for _, d := range b.Dots {
			if d.Dots > session.MostDots {
				wrong[last] = locale.New(req.Lang, req.Zone).T("session.vote.one", analysis.Args{"most": session.MostDots})
			}
		}
		out, err := refusedOf(mayNow(req, s, b))
		if err != nil {
			return nil, err
		}
		if out.Refused != nil && wrong[last] == "" {
			wrong[last] = locale.New(req.Lang, req.Zone).Error(out.Refused)
		}
	}
	return wrong, nil
}

// Voted answers that form.
func (c SessionScreens) Voted(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	s, err := c.press(ctx, req, at.id, "session.voted", func(*session.State) ([]session.Body, error) {
		var bodies []session.Body
		for _, b := range ballots(req.Fields) {
			bodies = append(bodies, b)
		}
		return bodies, nil
	})
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	b, err := c.board(ctx, p, s)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.SessionVotedWindow(p, b, req.Actor.User)), nil
}
