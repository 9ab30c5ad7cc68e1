package commands

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// digestOffice is an office with two managers, whose digests are planned as of Monday.
type digestOffice struct {
	*office
	digest     Digest
	fleur, bob analysis.Manager
}

// monday is in the week in which C and D groups are asked for as well.
var monday = time.Date(2026, 12, 7, 8, 0, 0, 0, time.UTC)

// staffed are the accounts of the test's colleagues.
type staffed map[analysis.UserID]Colleague

func (s staffed) Colleagues(context.Context) (all []Colleague, err error) {
	for _, c := range s {
		all = append(all, c)
	}
	return all, nil
}

func (s staffed) Colleague(_ context.Context, user analysis.UserID) (Colleague, error) {
	return s[user], nil
}

func newDigestOffice(t *testing.T) *digestOffice {
	t.Helper()
	ctx := t.Context()
	o := newOffice(t)
	second := row("0900", "Smit Advies B.V.", "")
	second.ManagerEmail, second.ManagerName = "bob@voorbeeld.nl", "Bob Bakker"
	stage(t, o.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(ctx, []analysis.StagedClient{second}) })
	n := Needs{Clients: o.db, Revenue: o.db, Managers: o.db, Portfolio: o.db, Segments: o.db, Roster: o.db, Settings: o.db, Attention: o.db, Touches: o.db,
		Absences: o.db, Digests: o.db, Letters: o.db, Writer: o.db, Directory: o.dir, Now: func() time.Time { return monday },
		Colleagues: staffed{"UF": {User: "UF", Email: "RM@voorbeeld.nl", Full: true, Lang: locale.Dutch}, "UB": {User: "UB", Email: "bob@voorbeeld.nl", Full: true, Lang: locale.English},
			"UG": {User: "UG", Email: "gast@elders.example"}}}
	w := &digestOffice{office: o, digest: NewDigest(n)}
	use := Segmentation{Portfolio: o.db, Judgements: o.db, Segments: o.db, Settings: o.db, Store: o.db}
	req := Request{Key: "d", Actor: analysis.Actor{User: "UP", Roles: analysis.RolesOf(analysis.PartnerRole)}, Lang: locale.Dutch, At: monday.AddDate(-1, 0, 0)}
	if _, err := use.Draft(ctx, req); err != nil {
		t.Fatal(err)
	}
	req.Key = "f"
	if _, err := use.Finalize(ctx, req); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.fleur, err = o.db.ManagerByEmail(ctx, "rm@voorbeeld.nl"); err != nil {
		t.Fatal(err)
	}
	if w.bob, err = o.db.ManagerByEmail(ctx, "bob@voorbeeld.nl"); err != nil {
		t.Fatal(err)
	}
	lines := []attention.Line{{Segment: analysis.SegmentA, Activity: "telefoongesprek", Kind: attention.Periodic, Touch: analysis.Call, Times: 12, Role: attention.ByManager, Minutes: 15}}
	err = o.db.Write(ctx, func(tx storage.Tx) error {
		for entry, err := range o.db.Names(ctx) {
			if err != nil {
				return err
			}
			if err := tx.SetOwnLines(ctx, storage.OwnLines{Group: entry.Group, Own: true, Lines: lines, At: req.At}); err != nil && analysis.KindOf(err) != analysis.Invalid {
				return err // two clients of one group set it twice
			}
			call := analysis.Touch{Group: entry.Group, Kind: analysis.Call, Day: analysis.Date(2026, 10, 3), NextDay: analysis.NoDay, Source: "import", At: req.At}
			if _, _, err := tx.AddTouch(ctx, call); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *digestOffice) receivers() []Receiver {
	week := attention.WeekOf(analysis.DayOf(monday))
	return []Receiver{{User: "UF", Manager: w.fleur.ID, Lang: locale.Dutch, Week: week}, {User: "UB", Manager: w.bob.ID, Lang: locale.English, Week: week}}
}

func (w *digestOffice) queue(at time.Time) int {
	w.Helper()
	n, err := w.digest.Queue(context.Background(), at, w.receivers())
	if err != nil {
		w.Fatal(err)
	}
	return n
}

// letter is the digest of user as it is now.
func (w *digestOffice) letter(user analysis.UserID) (view.Message, page) {
	w.Helper()
	e, err := w.db.Entry(context.Background(), digestKey(user, attention.WeekOf(analysis.DayOf(monday)).String()))
	if err != nil {
		w.Fatal(err)
	}
	m, err := w.digest.Letter(context.Background(), e)
	if err != nil {
		w.Fatal(err)
	}
	return m, pageOf(e.Subject)
}

func (w *digestOffice) press(who analysis.UserID, m analysis.Manager, at time.Time, value string) Request {
	w.keys++
	return Request{Key: "p" + strings.Repeat("x", w.keys), Actor: analysis.Actor{User: who, Roles: analysis.RolesOf(analysis.ManagerRole), Manager: m.ID},
		Lang: locale.Dutch, At: at, Value: value, Private: value}
}

// first is what the button of p's first row carries.
func (p page) first() string {
	i := p.Items[0]
	return askedFor{"d/" + p.Week.String(), i.Group, i.Activity, i.From}.String()
}

// wantError fails unless err reads key.
func wantError(t testing.TB, err error, key string) {
	t.Helper()
	var known *analysis.Error
	for e := err; e != nil; {
		if a, ok := e.(*analysis.Error); ok {
			known = a
			break
		}
		u, ok := e.(interface{ Unwrap() error })
		if !ok {
			break
		}
		e = u.Unwrap()
	}
	if known == nil || known.Key != key {
		t.Errorf("error %v, want %s", err, key)
	}
}

// TestDigestQueue: who has something due gets one digest, whoever queues it and
// however often; the ledger keeps no name of it.
func TestDigestQueue(t *testing.T) {
	w := newDigestOffice(t)
	if n := w.queue(monday); n != 2 {
		t.Fatalf("%d digests for two managers", n)
	}
	if n := w.queue(monday.Add(time.Hour)); n != 0 {
		t.Errorf("%d digests more", n)
	}
	m, p := w.letter("UB")
	if len(p.Items) != 1 || m.Text != "Your week: 1 client group needs attention." {
		t.Errorf("Bob's: %+v, %q", p.Items, m.Text)
	}
	e, err := w.db.Entry(t.Context(), digestKey("UB", p.Week.String()))
	if err != nil || strings.Contains(e.Subject, "Smit") {
		t.Errorf("the ledger holds %q, %v", e.Subject, err)
	}
}

// TestDigestNothingDue: nothing due, nothing sent.
func TestDigestNothingDue(t *testing.T) {
	w := newDigestOffice(t)
	w.queue(monday)
	_, p := w.letter("UB")
	if _, err := w.digest.Done(t.Context(), w.press("UB", w.bob, monday, p.first())); err != nil {
		t.Fatal(err)
	}
	to := w.receivers()
	to[1].Week = to[1].Week.Next()
	if n, err := w.digest.Queue(t.Context(), monday.AddDate(0, 0, 7), to[1:]); err != nil || n != 0 {
		t.Errorf("%d digests, %v", n, err)
	}
}

// TestDoneLooksBack: who pressed *Gedaan* at a visit of their own is offered to look
// back on it, where it was pressed; at a call nobody is.
func TestDoneLooksBack(t *testing.T) {
	w := newDigestOffice(t)
	if err := w.dir.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	lines := []attention.Line{{Segment: analysis.SegmentA, Activity: "bezoek", Kind: attention.Periodic, Touch: analysis.Visit, Times: 12, Role: attention.ByManager, Minutes: 90}}
	if err := w.db.Write(t.Context(), func(tx storage.Tx) error {
		return tx.SetOwnLines(t.Context(), storage.OwnLines{Group: w.groupOf("0900"), Own: true, Lines: lines, Version: 1, At: monday})
	}); err != nil {
		t.Fatal(err)
	}
	w.queue(monday)
	for user, m := range map[analysis.UserID]analysis.Manager{"UB": w.bob, "UF": w.fleur} {
		_, p := w.letter(user)
		if _, err := w.digest.Done(t.Context(), w.press(user, m, monday, p.first())); err != nil {
			t.Fatal(err)
		}
		said, _ := w.letter(user)
		raw, err := json.Marshal(said.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		if offered := strings.Contains(string(raw), "talk.form.v1") && strings.Contains(string(raw), `"value":"2026-12-07"`); offered != (user == "UB") {
			t.Errorf("%s is offered to look back: %v; %s", user, offered, raw)
		}
	}
}

// TestDoneAtOnce: of two people who press at once there is one moment, and the
// other reads whose it is.
func TestDoneAtOnce(t *testing.T) {
	w := newDigestOffice(t)
	w.queue(monday)
	_, p := w.letter("UF")
	group := p.Items[0].Group
	var all sync.WaitGroup
	errs := make([]error, 2)
	presses := []Request{w.press("UF", w.fleur, monday, p.first()), w.press("UP", w.bob, monday, p.first())}
	presses[1].Actor.Roles = analysis.RolesOf(analysis.PartnerRole)
	for i, req := range presses {
		all.Go(func() { _, errs[i] = w.digest.Done(context.Background(), req) })
	}
	all.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Fatalf("the two read %v and %v", errs[0], errs[1])
	}
	for _, err := range errs {
		if err != nil {
			wantError(t, err, "attention.already")
		}
	}
	touches, n, err := w.db.Touches(t.Context(), group, 0, 10)
	if err != nil || touches[0].Asked == "" || touches[1].Asked != "" {
		t.Errorf("%d moments, %+v, %v", n, touches, err)
	}
	// The same press that is delivered again is the same moment.
	for i, req := range presses {
		if errs[i] == nil {
			if _, err := w.digest.Done(t.Context(), req); err != nil {
				t.Errorf("again: %v", err)
			}
		}
	}
	if _, again, _ := w.db.Touches(t.Context(), group, 0, 10); again != n {
		t.Errorf("%d moments, then %d", n, again)
	}
}

// TestOldButtons: what a button of an old digest, a former manager's and a made
// up one come to: a sentence, and nothing is booked.
func TestOldButtons(t *testing.T) {
	w := newDigestOffice(t)
	w.queue(monday)
	_, p := w.letter("UF")
	for _, c := range []struct {
		name, value, key string
		at               time.Time
		who              analysis.Manager
	}{
		{"of a period that is over", p.first(), "attention.stale", monday.AddDate(0, 2, 0), w.fleur},
		{"of whose group it is not", p.first(), "attention.not_yours", monday, w.bob},
		{"made up", "d/2026-W50;1", "attention.gone", monday, w.fleur},
		{"of an activity that nobody plans", strings.Replace(p.first(), "telefoongesprek", "duikles", 1), "attention.stale", monday, w.fleur},
		{"of a period that is none", strings.Replace(p.first(), "2026-12-01", "2026-12-02", 1), "attention.stale", monday, w.fleur},
		{"of a later period", strings.Replace(p.first(), "2026-12-01", "2027-02-01", 1), "attention.stale", monday, w.fleur},
	} {
		_, err := w.digest.Done(t.Context(), w.press("UX", c.who, c.at, c.value))
		t.Run(c.name, func(t *testing.T) { wantError(t, err, c.key) })
	}
	if _, n, _ := w.db.Touches(t.Context(), p.Items[0].Group, 0, 10); n > 2 {
		t.Errorf("%d moments", n)
	}
}

// TestMovedInMidWeek: the digest of the manager who had the group says whose it
// is now; theirs is no row to press any more.
func TestMovedInMidWeek(t *testing.T) {
	w := newDigestOffice(t)
	w.queue(monday)
	_, p := w.letter("UB")
	moved := row("0900", "Smit Advies B.V.", "")
	stage(t, w.db, analysis.ImportClients, func(s storage.Staging) error { return s.AddClients(t.Context(), []analysis.StagedClient{moved}) })
	m, _ := w.letter("UB")
	if said := blocksText(m); !strings.Contains(said, "Smit Advies B.V. is Fleur de Vries's by now.") || strings.Contains(said, "Hand over") {
		t.Errorf("Bob reads:\n%s", said)
	}
	_, err := w.digest.Done(t.Context(), w.press("UB", w.bob, monday, p.first()))
	wantError(t, err, "attention.not_yours")
}

// TestDeputy: while Bob is away, what is asked of him is asked of Fleur, who may
// handle it; Bob gets no digest.
func TestDeputy(t *testing.T) {
	w := newDigestOffice(t)
	err := w.db.Write(t.Context(), func(tx storage.Tx) error {
		_, err := tx.AddAbsence(t.Context(), storage.Absence{Manager: w.fleur.ID, From: analysis.DayOf(monday), To: analysis.DayOf(monday) + 7, Deputy: w.bob.ID, At: monday})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := w.queue(monday); n != 1 {
		t.Fatalf("%d digests", n)
	}
	m, p := w.letter("UB")
	if len(p.Items) < 2 || !strings.Contains(blocksText(m), "for Fleur de Vries") {
		t.Errorf("Bob is asked %+v:\n%s", p.Items, blocksText(m))
	}
	for _, i := range p.Items {
		if i.Holder == w.fleur.ID {
			value := askedFor{"d/" + p.Week.String(), i.Group, i.Activity, i.From}.String()
			if _, err := w.digest.Done(t.Context(), w.press("UB", w.bob, monday, value)); err != nil {
				t.Error(err)
			}
			break
		}
	}
}

// blocksText is every text of m's blocks.
func blocksText(m view.Message) string {
	var b strings.Builder
	for _, block := range m.Blocks {
		b.WriteString(strings.ReplaceAll(sprint(block), "\\n", "\n") + "\n")
	}
	return b.String()
}

func sprint(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	var plain strings.Builder
	encoder := json.NewEncoder(&plain)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(json.RawMessage(raw)); err != nil {
		return err.Error()
	}
	return plain.String()
}
