package commands

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Facts answers *Feiten*: what is known of whom the session is about, as far as the
// asker may see it.
func (c SessionScreens) Facts(ctx context.Context, req Request) (Reply, error) {
	s, b, err := c.window(ctx, req, "session.facts")
	if err != nil {
		return Reply{}, err
	}
	f := view.SessionFacts{SessionBoard: b}
	groups := map[analysis.GroupID]bool{}
	if s.Subject.Group != 0 {
		groups[s.Subject.Group] = true
		if f.Card, err = c.factsCard(ctx, req, s.Subject.Group); err != nil {
			return Reply{}, err
		}
	} else {
		all, err := c.factsMany(ctx, req, s, &f)
		if err != nil {
			return Reply{}, err
		}
		for _, h := range all {
			groups[h.group] = true
		}
	}
	if err := c.factsSaid(ctx, req, s, groups, &f); err != nil {
		return Reply{}, err
	}
	return Show(view.SessionFactsWindow(locale.New(req.Lang, req.Zone), f)), nil
}

// factsCard is the card of a group: that of its first client.
func (c SessionScreens) factsCard(ctx context.Context, req Request, id analysis.GroupID) (*view.Card, error) {
	group, err := c.Clients.Cards.Clients.Group(ctx, id)
	if err != nil {
		return nil, err
	}
	if !analysis.Allow(req.Actor, analysis.ViewClient, subject(group)) {
		return nil, refuse()
	}
	members, err := c.Clients.Cards.Clients.Members(ctx, id)
	if err != nil || len(members) == 0 {
		return nil, err
	}
	card, err := c.Clients.Cards.Card(ctx, members[0].ID, req.today())
	if err != nil {
		return nil, err
	}
	if !analysis.Allow(req.Actor, analysis.ReadAnswers, subject(group)) {
		card.Sharpest.Theme = ""
	}
	return &card, nil
}

// factsRows is how many groups a feitenkaart names.
const factsRows = 5

// held returns the relatiegroepen that s is about, the first to attend to first.
// It says what the office earns in a year besides.
func (c SessionScreens) held(ctx context.Context, req Request, s *session.State) ([]held, analysis.Cents, error) {
	if !analysis.Allow(req.Actor, analysis.ViewOffice, analysis.Subject{Manager: s.Subject.Manager}) {
		return nil, 0, refuse()
	}
	return c.groupsAbout(ctx, s.Subject, req.today())
}

// groupsOf are the relatiegroepen that s is about, for the clock: nobody is shown whom.
func (c SessionScreens) groupsOf(ctx context.Context, s *session.State, asOf analysis.Day) (map[analysis.GroupID]bool, error) {
	groups, named := map[analysis.GroupID]bool{}, s.Chosen
	if s.Subject.Group != 0 {
		named = []analysis.GroupID{s.Subject.Group}
	}
	for _, id := range named {
		group, err := c.Clients.Cards.Clients.Group(ctx, id) // it may have been merged into another
		switch {
		case err == nil:
			groups[group.ID] = true
		case analysis.KindOf(err) != analysis.NotFound:
			return nil, err
		}
	}
	if len(named) > 0 {
		return groups, nil
	}
	all, _, err := c.groupsAbout(ctx, s.Subject, asOf)
	for _, h := range all {
		groups[h.group] = true
	}
	return groups, err
}

// factsMany counts the groups of a segment, a kind of client or a portfolio, and
// names those that were chosen, else the first.
func (c SessionScreens) factsMany(ctx context.Context, req Request, s *session.State, f *view.SessionFacts) ([]held, error) {
	all, office, err := c.held(ctx, req, s)
	if err != nil {
		return nil, err
	}
	if len(s.Chosen) > 0 {
		all = slices.DeleteFunc(all, func(h held) bool { return !slices.Contains(s.Chosen, h.group) })
	}
	f.Groups, f.Office = len(all), office
	for _, h := range all {
		f.Revenue += h.yearly.Amount
	}
	f.MayChoose = s.Subject.Manager != 0 && s.Phase == session.Facts && s.Status == session.Running && (s.TakesPart(req.Actor.User) || leads(req.Actor, s))
	f.Rows, err = c.Shelves.briefly(ctx, req.today(), all[:min(len(all), factsRows)])
	return all, err
}

// factsSaid adds what those groups answered in the last survey among clients: for
// who may read that of all of them. Where none of them answered, it is of everybody.
func (c SessionScreens) factsSaid(ctx context.Context, req Request, s *session.State, groups map[analysis.GroupID]bool, f *view.SessionFacts) error {
	of := analysis.Subject{Manager: s.Subject.Manager}
	if s.Subject.Group != 0 {
		group, err := c.Clients.Cards.Clients.Group(ctx, s.Subject.Group)
		if err != nil {
			return err
		}
		of = subject(group)
	}
	if f.NoSurvey = !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) || !analysis.Allow(req.Actor, analysis.ReadAnswers, of); f.NoSurvey {
		return nil
	}
	wave, err := c.lastWave(ctx, req.Actor)
	if err != nil || wave == 0 {
		return err
	}
	ask := surveyAsk{wave: wave, words: true, alone: true, action: "session.facts", holds: func(g storage.Listed) bool { return groups[g.ID] }}
	if f.Survey, err = c.Surveys.about(ctx, req, ask); err != nil {
		return err
	}
	lead := f.Survey.Leading()
	if len(lead.Themes) > 0 || len(lead.Summary.Quotes) > 0 {
		return nil
	}
	ask.holds, f.Everybody = nil, true
	f.Survey, err = c.Surveys.about(ctx, req, ask)
	return err
}

// lastWave is the newest wave among clients; 0: none was held.
func (c SessionScreens) lastWave(ctx context.Context, actor analysis.Actor) (analysis.WaveID, error) {
	if c.Surveys.Surveys == nil {
		return 0, nil
	}
	waves, err := c.Surveys.List(ctx, actor)
	if err != nil {
		return 0, fmt.Errorf("read the surveys: %w", err)
	}
	last := analysis.WaveID(0)
	for _, w := range waves {
		if w.Audience == analysis.AskedClients && w.Responses > 0 {
			last = w.ID
		}
	}
	return last, nil
}

// Choose answers *Kies klanten*: the relatiegroepen of the portfolio, the first to
// attend to first.
func (c SessionScreens) Choose(ctx context.Context, req Request) (Reply, error) {
	s, _, err := c.window(ctx, req, "session.clients")
	if err != nil {
		return Reply{}, err
	}
	all, _, err := c.held(ctx, req, s)
	if err != nil {
		return Reply{}, err
	}
	if s.Subject.Manager == 0 || len(all) == 0 {
		return Reply{}, analysis.Fail(analysis.Invalid, "session.chose_none", nil)
	}
	if err := mayNow(req, s, session.Chose{Groups: []analysis.GroupID{all[0].group}}); err != nil {
		return Reply{}, err
	}
	chosen := map[analysis.GroupID]bool{}
	for _, id := range s.Chosen {
		chosen[id] = true
	}
	analysis.Sort(all, func(a, b held) int { return cmp.Compare(order(chosen[a.group]), order(chosen[b.group])) })
	rows, ids, err := c.offered(ctx, all[:min(len(all), clientsOffered)])
	if err != nil {
		return Reply{}, err
	}
	return Show(view.SessionClientsForm(locale.New(req.Lang, req.Zone), s, rows, ids, chosen)), nil
}

// offered are the names of what can be chosen.
func (c SessionScreens) offered(ctx context.Context, all []held) (rows []view.PortfolioRow, ids []analysis.GroupID, err error) {
	asked, segments := make([]analysis.GroupID, len(all)), map[analysis.GroupID]analysis.Segment{}
	for i, h := range all {
		asked[i], segments[h.group] = h.group, h.segment
	}
	listed, err := c.Shelves.Roster.GroupsOf(ctx, asked)
	if err != nil {
		return nil, nil, fmt.Errorf("read the clients to choose from: %w", err)
	}
	for _, g := range listed {
		rows = append(rows, view.PortfolioRow{Name: g.Name, Segment: segments[g.ID]})
		ids = append(ids, g.ID)
	}
	return rows, ids, nil
}

// clientsOffered is how many relatiegroepen can be chosen from: a window holds no more
// than 250 kB, and nobody looks further.
const clientsOffered = 500

func order(first bool) int {
	if first {
		return 0
	}
	return 1
}

// Chose answers that form: only of the portfolio that the session is about.
func (c SessionScreens) Chose(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	s, _, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	all, _, err := c.held(ctx, req, s)
	if err != nil {
		return Reply{}, err
	}
	var b session.Chose
	for one := range strings.SplitSeq(req.Fields[view.FieldTarget], "\n") {
		n, err := strconv.ParseInt(one, 10, 64)
		if err == nil && slices.ContainsFunc(all, func(h held) bool { return h.group == analysis.GroupID(n) }) {
			b.Groups = append(b.Groups, analysis.GroupID(n))
		}
	}
	if _, err := c.press(ctx, req, at.id, "session.chose", Do(b)); err != nil {
		return Reply{}, err
	}
	req.Value = req.Private
	return c.Facts(ctx, req)
}
