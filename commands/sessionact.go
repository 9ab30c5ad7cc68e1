package commands

import (
	"context"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// Act answers *Nieuwe actie*: a form, with the group it came of where the button
// names one.
func (c SessionScreens) Act(ctx context.Context, req Request) (Reply, error) {
	s, b, err := c.window(ctx, req, "session.act")
	if err != nil {
		return Reply{}, err
	}
	today := analysis.DayOf(moment(req))
	if err := mayNow(req, s, session.Agreed{Owner: req.Actor.User, Due: today, Then: "-"}); err != nil {
		return Reply{}, err
	}
	at, _ := spotted(req)
	id, _ := groupSpot(at)
	acts := view.SessionActs{SessionBoard: b, AsOf: today, Cluster: id, Private: view.SessionValue(s)}
	if s.TakesPart(req.Actor.User) {
		acts.Owner = req.Actor.User
	}
	for _, t := range survey.DefaultThemes() {
		acts.Themes = append(acts.Themes, t.Name)
	}
	return Show(view.SessionActForm(locale.New(req.Lang, req.Zone), acts)), nil
}

// agreed reads that form; fields that are wrong say so.
func (c SessionScreens) agreed(req Request) session.Agreed {
	b := session.Agreed{Owner: analysis.UserID(req.Fields[view.FieldColleague]), Due: analysis.NoDay, When: trimmed(req.Fields[view.FieldWhen], "als ", "if "),
		Then: trimmed(req.Fields[view.FieldThen], "dan ", "then "), Theme: req.Fields[view.FieldTheme], Cluster: groupID(req.Fields[view.FieldTarget])}
	if day, err := analysis.ParseDay(req.Fields[view.FieldDay]); err == nil {
		b.Due = day
	}
	return b
}

// trimmed is what was typed without a word that the screen puts before it.
func trimmed(typed string, words ...string) string {
	typed = strings.TrimSpace(typed)
	for _, w := range words {
		if len(typed) > len(w) && strings.EqualFold(typed[:len(w)], w) {
			return strings.TrimSpace(typed[len(w):])
		}
	}
	return typed
}

// ValidateAct keeps the form open: there is no action without an owner of the office
// and a date.
func (c SessionScreens) ValidateAct(ctx context.Context, req Request) (map[string]string, error) {
	s, _, err := c.read(ctx, req)
	if err != nil {
		return nil, err
	}
	p := locale.New(req.Lang, req.Zone)
	b := c.agreed(req)
	wrong := map[string]string{}
	fields := map[string]string{"session.action.owner": view.FieldColleague, "session.action.due": view.FieldDay}
	for field, err := range map[string]error{view.FieldColleague: c.colleagues(ctx, []analysis.UserID{b.Owner}), view.FieldThen: mayNow(req, s, b)} {
		out, err := refusedOf(err)
		if err != nil {
			return nil, err
		}
		if out.Refused == nil {
			continue
		}
		if at := fields[out.Refused.Key]; at != "" {
			field = at
		}
		wrong[field] = p.Error(out.Refused)
	}
	return wrong, nil
}

// Agreed answers that form.
func (c SessionScreens) Agreed(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	b := c.agreed(req)
	if err := c.colleagues(ctx, []analysis.UserID{b.Owner}); err != nil {
		return Reply{}, err
	}
	s, err := c.press(ctx, req, at.id, "session.agreed", Do(b))
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	board, err := c.board(ctx, p, s)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.SessionActsWindow(p, view.SessionActs{SessionBoard: board, AsOf: analysis.DayOf(moment(req))})), nil
}

// actsValue opens the list of the actions of s.
func actsValue(s *session.State) string {
	return actionSpot{scope: view.ActionsSession, session: s.ID}.String()
}
