package commands

import (
	"context"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// Act answers *Leg een actie vast*.
func (c Journeys) Act(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if err := may(req, j, session.Agreed{Owner: req.Actor.User, Due: req.today(), Then: "."}); err != nil {
		return instead(req, "journey.act.title", err)
	}
	if err := c.opened(ctx, req, j, "journey.act"); err != nil {
		return Reply{}, err
	}
	return Show(view.ActionForm(locale.New(req.Lang, req.Zone), j, spot, req.Actor.User, view.Outcome{})), nil
}

// agreed is the action that the form describes.
func (c Journeys) agreed(j view.Journey, spot view.JourneySpot, req Request) session.Agreed {
	field := func(name string) string { return req.Fields[view.FieldAt(name, spot)] }
	due, err := analysis.ParseDay(field(view.FieldActDue))
	if err != nil {
		due = analysis.NoDay
	}
	a := session.Agreed{Owner: analysis.UserID(field(view.FieldActOwner)), Due: due, When: field(view.FieldActIf), Then: field(view.FieldActThen)}
	id, _ := strconv.Atoi(field(view.FieldChance))
	all := j.Actionable()
	if i := slices.IndexFunc(all, func(w session.Weighing) bool { return w.Card.ID == session.CardID(id) }); i >= 0 {
		a.Theme, a.Step = all[i].Card.Text, all[i].Card.Step
	}
	return a
}

// ValidateAct says what is wrong with the form before its window changes: there is no
// action without an owner and a date.
func (c Journeys) ValidateAct(ctx context.Context, req Request) (map[string]string, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return nil, nil // said by the answer
	}
	p := locale.New(req.Lang, req.Zone)
	a := c.agreed(j, spot, req)
	wrong := map[string]string{}
	if a.Owner == "" {
		wrong[view.FieldAt(view.FieldActOwner, spot)] = p.T("session.action.owner", nil)
	} else if who, err := c.colleague(ctx, a.Owner); err != nil || !who.Full {
		wrong[view.FieldAt(view.FieldActOwner, spot)] = p.T("journey.act.outside", nil)
	}
	if today := analysis.DayOf(req.At.In(officeZone)); !a.Due.Known() || a.Due < today {
		wrong[view.FieldAt(view.FieldActDue, spot)] = p.T("session.action.due", nil)
	}
	if _, err := session.Clean(a.Then, session.LongestText); err != nil {
		wrong[view.FieldAt(view.FieldActThen, spot)] = sentence(p, err)
	}
	return wrong, nil
}

// colleague is who user is; without a workspace anybody.
func (c Journeys) colleague(ctx context.Context, user analysis.UserID) (Colleague, error) {
	if c.Known == nil {
		return Colleague{User: user, Full: true}, nil
	}
	return c.Known.Colleague(ctx, user)
}

// Agreed answers that form, and shows it anew for the next action.
func (c Journeys) Agreed(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	a := c.agreed(j, spot, req)
	s, err := c.press(ctx, req, j.ID, "journey.agreed", Do(a))
	if err != nil {
		return instead(req, "journey.act.title", err)
	}
	p := locale.New(req.Lang, req.Zone)
	j.State = s
	return Show(view.ActionForm(p, j, spot, req.Actor.User, view.Outcome{Said: p.T("journey.act.saved", nil)})), nil
}
