package commands

import (
	"context"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// SessionOverview is what sessions the office held, and what came of them.
type SessionOverview struct {
	Sessions storage.Sessions
	Actions  storage.Actions
	Store    storage.Writer
	// About names what a session is about.
	About func(ctx context.Context, p *locale.Printer, of session.Subject) (string, error)
}

// overviewShown is how many sessions stand on a page.
const overviewShown = 8

// Typed answers `/sessie overzicht`.
func (c SessionOverview) Typed(ctx context.Context, req Request) (Reply, error) {
	return c.page(ctx, req, 0)
}

// Page answers the buttons to its pages.
func (c SessionOverview) Page(ctx context.Context, req Request) (Reply, error) {
	offset, err := strconv.Atoi(req.Value)
	if err != nil {
		offset = 0
	}
	return c.page(ctx, req, offset)
}

func (c SessionOverview) page(ctx context.Context, req Request, offset int) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.JoinSession, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	o := view.SessionOverview{AsOf: req.today(), Size: overviewShown}
	_, total, err := c.Sessions.Sessions(ctx, storage.SessionFilter{}, 0, 0)
	if err != nil {
		return Reply{}, err
	}
	o.Total, o.Offset = total, max(0, min(offset, total-1))/overviewShown*overviewShown
	heads, _, err := c.Sessions.Sessions(ctx, storage.SessionFilter{}, o.Offset, overviewShown)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	for _, h := range heads {
		about, err := c.About(ctx, p, h.Subject)
		if err != nil {
			return Reply{}, err
		}
		o.Rows = append(o.Rows, view.OverviewRow{Kind: h.Kind, About: about, Goal: h.Goal, Status: h.Status, Phase: h.Phase, Channel: h.Channel, Begun: h.Begun,
			People: len(h.Participants), Actions: h.Actions, Pending: h.Pending, Value: actionSpot{scope: view.ActionsSession, session: h.ID}.String()})
	}
	if err := c.counted(ctx, &o); err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "session.overview"}); err != nil {
		return Reply{}, err
	}
	return Show(view.OverviewWindow(p, o)), nil
}

// counted counts what came of all sessions.
func (c SessionOverview) counted(ctx context.Context, o *view.SessionOverview) error {
	for offset := 0; ; offset += actionsAtOnce {
		lines, total, err := c.Actions.Actions(ctx, storage.ActionFilter{}, offset, actionsAtOnce)
		if err != nil {
			return err
		}
		o.Agreed = total
		for _, l := range lines {
			switch {
			case l.State == session.Done:
				o.Done++
			case l.State == session.Dropped:
				o.Dropped++
			case l.Due < o.AsOf:
				o.Late++
			}
		}
		if offset+actionsAtOnce >= total {
			return nil
		}
	}
}
