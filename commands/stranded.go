package commands

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Stranded tells administrators which messages of the bot did not arrive, so that
// nothing is dropped in silence: what Slack refused for good, and what it could not
// say of whether it arrived.
type Stranded struct {
	Ledger storage.Stranded // nil: nothing is known of it
	Store  storage.Writer
}

// How far back it is told, in days, and how many are named.
const (
	strandedDays  = 28
	strandedShown = 15
)

// Show answers /klantbot status, for administrators.
func (c Stranded) Show(ctx context.Context, req Request) (Reply, error) {
	if !analysis.Allow(req.Actor, analysis.ManageOffice, analysis.Subject{}) || c.Ledger == nil {
		return Reply{}, refuse()
	}
	list, all, err := c.Ledger.Stranded(ctx, req.At.AddDate(0, 0, -strandedDays), strandedShown)
	if err != nil {
		return Reply{}, fmt.Errorf("read what did not arrive: %w", err)
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "office.status"}); err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	told := view.Stranded{Days: strandedDays, All: all}
	for _, e := range list {
		told.Messages = append(told.Messages, view.StrandedMessage{Kind: e.Kind, User: e.User, Channel: e.Channel,
			Day: analysis.DayOf(e.At.In(p.Zone())), Code: e.Reason, Unsure: e.State == storage.Unknown})
	}
	return Say(view.StrandedList(p, told)), nil
}

// count is how many there are for the Home tab of an administrator.
func (c Stranded) count(ctx context.Context, req Request) (int, error) {
	if c.Ledger == nil {
		return 0, nil
	}
	_, all, err := c.Ledger.Stranded(ctx, req.At.AddDate(0, 0, -strandedDays), 1)
	if err != nil {
		return 0, fmt.Errorf("count what did not arrive: %w", err)
	}
	return all, nil
}
