package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// rows are what a page shows of all.
func (c FollowUps) rows(ctx context.Context, req Request, s followSpot, all []followed) ([]view.FollowRow, error) {
	_, standing, err := standingNow(ctx, c.Segments)
	if err != nil {
		return nil, err
	}
	people := colleagues{managers: c.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	rows := make([]view.FollowRow, len(all))
	for i, f := range all {
		row := view.FollowRow{Value: s.of(f).String(), Answer: f.answer, Wave: f.wave, Worth: f.worth, Segment: standing[f.group.ID],
			State: view.FollowState(f.state()), Note: f.now.Note, By: f.now.By, At: f.now.At, Versions: f.now.Version, Holder: f.group.ManagerName}
		if err := c.name(ctx, f, &row); err != nil {
			return nil, err
		}
		if row.Owner, err = people.of(ctx, f.now.Owner); err != nil {
			return nil, err
		}
		row.Own = mine(req.Actor, f)
		rows[i] = row
	}
	return rows, nil
}

// name fills in who answered.
func (c FollowUps) name(ctx context.Context, f followed, row *view.FollowRow) error {
	if f.answer.Client == 0 {
		return nil
	}
	client, err := c.Clients.Client(ctx, f.answer.Client)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read client %d: %w", f.answer.Client, err)
	}
	row.Client, row.Left = client, client.Until
	contacts, err := c.Clients.Contacts(ctx, client.Group)
	if err != nil {
		return fmt.Errorf("read the contacts of group %d: %w", client.Group, err)
	}
	for i, contact := range ownFirst(contacts, client.ID) {
		// Who answered where that is known, else whom one asks for there.
		if contact.ID == f.answer.Contact || i == 0 && f.answer.Contact == 0 {
			row.Person = contact.Name
		}
	}
	return nil
}

// worth is what each group that answered as ex-client brought in in its last
// year: its yearly revenue as of its last invoice.
func (c FollowUps) worth(ctx context.Context, answers []survey.Response, waves []survey.Wave) (map[analysis.GroupID]analysis.Cents, error) {
	former := map[analysis.WaveID]bool{}
	for _, w := range waves {
		former[w.ID] = w.Audience == analysis.AskedFormer
	}
	worth := map[analysis.GroupID]analysis.Cents{}
	for _, a := range answers {
		if _, known := worth[a.Group]; known || a.Group == 0 || !former[a.Wave] {
			continue
		}
		history, err := c.Revenue.MonthRevenue(ctx, a.Group)
		if err != nil {
			return nil, fmt.Errorf("read the revenue of group %d: %w", a.Group, err)
		}
		worth[a.Group] = 0
		if len(history) > 0 {
			worth[a.Group] = value.YearlyRevenue(history, history[len(history)-1].Month).Amount
		}
	}
	return worth, nil
}

// find returns the row that s names, as it is now.
func (c FollowUps) find(ctx context.Context, req Request, s followSpot) (followed, error) {
	all, err := c.all(ctx, req, s.kind)
	if err != nil {
		return followed{}, err
	}
	for _, f := range all {
		if f.answer.ID == s.response {
			return f, nil
		}
	}
	return followed{}, analysis.Fail(analysis.NotFound, "survey.response_missing", nil)
}

// called is what a row is called in a sentence.
func (c FollowUps) called(ctx context.Context, f followed) (string, error) {
	var row view.FollowRow
	err := c.name(ctx, f, &row)
	return row.Client.Name, err
}

// History answers *Geschiedenis*: who did what about an answer, the newest first.
func (c FollowUps) History(ctx context.Context, req Request) (Reply, error) {
	s := followSpotOf(req.Value)
	f, err := c.find(ctx, req, s)
	if err != nil {
		return c.instead(ctx, req, s, err)
	}
	versions, err := c.Followed.FollowUpHistory(ctx, f.answer.ID, s.kind)
	if err != nil {
		return Reply{}, err
	}
	rows, err := c.rows(ctx, req, s, []followed{f})
	if err != nil {
		return Reply{}, err
	}
	people := colleagues{managers: c.Managers, known: map[analysis.ManagerID]analysis.Manager{}}
	h := view.FollowHistory{Row: rows[0], Kind: string(s.kind), AsOf: req.today(), Back: s.of(f).String()}
	for _, v := range versions {
		owner, err := people.of(ctx, v.Owner)
		if err != nil {
			return Reply{}, err
		}
		h.Versions = append(h.Versions, view.FollowVersion{State: view.FollowState(v.State), Owner: owner, Note: v.Note, By: v.By, At: v.At})
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "follow.history", Client: f.answer.Client, Group: f.answer.Group}); err != nil {
		return Reply{}, err
	}
	return Show(view.FollowHistoryWindow(locale.New(req.Lang, req.Zone), h)), nil
}
