package commands

import (
	"context"
	"fmt"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// Receiver is somebody whose digest is due.
type Receiver struct {
	User    analysis.UserID
	Manager analysis.ManagerID
	Lang    locale.Lang
	Week    attention.Week // of the moment at which it was due; the key of the digest
	Shown   int            // rows before "meer"; 0: as the office chose
}

// queuedAtOnce is how many digests are written together: others write too.
const queuedAtOnce = 50

// Queue writes the digests of to that have something to ask as of at, each once
// whoever else does so, and returns how many it wrote. Who has nothing due gets
// nothing.
func (d Digest) Queue(ctx context.Context, at time.Time, to []Receiver) (queued int, err error) {
	if len(to) == 0 {
		return 0, nil
	}
	day := Request{At: at}.today()
	week, err := d.Week.personal(ctx, day)
	if err != nil {
		return 0, err
	}
	for some := range slices.Chunk(to, queuedAtOnce) {
		written := 0
		err := d.Store.Write(ctx, func(tx storage.Tx) error {
			written = 0
			for _, r := range some {
				p, ok := drafted(week, r, day)
				if !ok {
					continue
				}
				added, err := d.enqueue(ctx, tx, at, r, p)
				if err != nil {
					return err
				}
				if added {
					written++
				}
			}
			return nil
		})
		if err != nil {
			return queued, fmt.Errorf("queue digests: %w", err)
		}
		queued += written
	}
	return queued, nil
}

// enqueue writes one digest and the line that says who reads it.
func (d Digest) enqueue(ctx context.Context, tx storage.Tx, at time.Time, r Receiver, p page) (bool, error) {
	key := digestKey(r.User, r.Week.String())
	added, err := tx.Enqueue(ctx, storage.LedgerEntry{Key: key, Kind: digestLetter, User: r.User, Lang: string(r.Lang), Subject: p.String(), At: at, Due: d.Now()})
	if err != nil || !added {
		return added, err
	}
	return true, tx.Audit(ctx, storage.AuditLine{At: at, User: r.User, Action: "digest.send", Request: key})
}

// digestWeek is a week as it is planned, without names.
type digestWeek struct {
	week   AttentionWeek
	people map[analysis.ManagerID]attention.Personal
}

// personal plans the week of day for everybody, without reading what people
// and groups are called: a digest reads that when it is drawn.
func (c Attention) personal(ctx context.Context, day analysis.Day) (digestWeek, error) {
	w := digestWeek{week: AttentionWeek{Week: attention.WeekOf(day), AsOf: day}, people: map[analysis.ManagerID]attention.Personal{}}
	people, err := c.plan(ctx, &w.week, AttentionAsk{Day: day})
	if err != nil {
		return w, err
	}
	for _, p := range people {
		w.people[p.Manager] = p
	}
	return w, nil
}

// drafted is the page of r, and false where there is nothing to say.
func drafted(w digestWeek, r Receiver, day analysis.Day) (page, bool) {
	mine, ok := w.people[r.Manager]
	if !ok || len(mine.Items) == 0 && mine.OverdueCount == 0 {
		return page{}, false
	}
	p := page{Week: r.Week, Day: day, Manager: r.Manager, Shown: r.Shown, Items: pageItems(mine.Items), Waiting: mine.Waiting,
		Overdue: pageItems(mine.Overdue), Late: mine.OverdueCount}
	if p.Shown == 0 {
		p.Shown = w.week.Plan.Shown
	}
	if !mine.Fits {
		p.Unfit, p.Needed, p.Possible, p.Ways = true, mine.Needed, mine.Load.Possible, mine.Proposals
	}
	return p, true
}
