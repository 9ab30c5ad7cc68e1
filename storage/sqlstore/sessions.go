package sqlstore

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

var (
	_ storage.Sessions    = (*DB)(nil)
	_ storage.Actions     = (*DB)(nil)
	_ storage.Reflections = (*DB)(nil)
)

const eventsOf = `SELECT e.seq, e.at, e.by_user, e.request, e.name, e.version, e.body FROM session_event e WHERE e.session_id = ?1 ORDER BY e.seq`

// SessionEvents fulfils storage.Sessions.
func (db *DB) SessionEvents(ctx context.Context, id session.ID) ([]session.Event, error) {
	rows, err := db.reader().query(ctx, eventsOf, int64(id))
	events, err := collect(rows, err, scanEvent)
	if err == nil {
		var unseen bool
		if unseen, err = db.unseenSession(ctx, id); unseen {
			events = nil
		}
	}
	if err == nil && len(events) == 0 {
		return nil, analysis.Fail(analysis.NotFound, "storage.session.not_found", nil)
	}
	return events, doing("read session", err)
}

// unseenSession reports whether the session is about a group that ctx does not show.
func (db *DB) unseenSession(ctx context.Context, id session.ID) (bool, error) {
	const about = `SELECT group_id FROM session WHERE id = ?1`
	hidden, err := db.reader().hidden(ctx)
	if err != nil || len(hidden) == 0 {
		return false, err
	}
	var group analysis.GroupID
	err = db.reader().row(ctx, about, int64(id)).Scan(&group)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return hidden[group], err
}

func scanEvent(row scanner) (session.Event, error) {
	var e session.Event
	var at int64
	var version int
	var name string
	var body []byte
	if err := row.Scan(&e.Seq, &at, &e.By, &e.Key, &name, &version, &body); err != nil {
		return e, err
	}
	var err error
	e.At = instant(at)
	e.Body, err = session.Decode(name, version, body)
	return e, err
}

// BeginSession fulfils storage.SessionTx.
func (t tx) BeginSession(ctx context.Context, first session.Event) (session.ID, bool, error) {
	const (
		begin = `INSERT INTO session (request) VALUES (?1) ON CONFLICT (request) DO NOTHING RETURNING id`
		find  = `SELECT id FROM session WHERE request = ?1`
	)
	if first.Key == "" || first.Seq != 1 {
		return 0, false, errors.New("begin session: its first event has a key and Seq 1")
	}
	var id session.ID
	err := t.row(ctx, begin, first.Key).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		err = t.row(ctx, find, first.Key).Scan(&id)
		return id, false, doing("find session", err)
	}
	if err != nil {
		return 0, false, fmt.Errorf("begin session: %w", err)
	}
	added, err := t.AppendEvent(ctx, id, first)
	return id, added, err
}

// AppendEvent fulfils storage.SessionTx.
func (t tx) AppendEvent(ctx context.Context, id session.ID, e session.Event) (bool, error) {
	const (
		last = `SELECT COALESCE(MAX(seq), 0) FROM session_event WHERE session_id = ?1`
		add  = `
			INSERT INTO session_event (session_id, seq, at, by_user, request, name, version, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
			ON CONFLICT DO NOTHING`
		had = `SELECT COUNT(*) FROM session_event WHERE session_id = ?1 AND request = ?2 AND request <> ''`
	)
	body, err := session.Encode(e.Body)
	if err != nil {
		return false, err
	}
	var seq, n int
	if err := t.row(ctx, had, int64(id), e.Key).Scan(&n); err != nil || n > 0 {
		return false, doing("look for event", err)
	}
	if err := t.row(ctx, last, int64(id)).Scan(&seq); err != nil {
		return false, fmt.Errorf("read session: %w", err)
	}
	if seq+1 != e.Seq {
		return false, storage.ErrSeqTaken
	}
	added, err := t.exec(ctx, add, int64(id), e.Seq, milliseconds(e.At), e.By, e.Key, e.Body.Name(), session.Version, string(body))
	if err != nil || added == 1 {
		return added == 1, doing("add event", err)
	}
	// Another process committed between; on its key or only on its seq.
	if err := t.row(ctx, had, int64(id), e.Key).Scan(&n); err != nil || n > 0 {
		return false, doing("look for event", err)
	}
	return false, storage.ErrSeqTaken
}

// KeepSession fulfils storage.SessionTx.
func (t tx) KeepSession(ctx context.Context, s *session.State) error {
	const keep = `
		UPDATE session SET kind = ?2, mode = ?3, goal = ?4, subject = ?5, group_id = ?6, channel_id = ?7, facilitator = ?8, participants = ?9,
			status = ?10, why = ?11, phase = ?12, deadline = ?13, begun = ?14, last = ?15, seq = ?16
		WHERE id = ?1 AND seq <= ?16`
	active := s.Active()
	if active == nil {
		active = []analysis.UserID{}
	}
	people, err := json.Marshal(active)
	if err != nil {
		return fmt.Errorf("write participants: %w", err)
	}
	n, err := t.exec(ctx, keep, int64(s.ID), s.Kind, s.Mode, s.Goal, s.Subject.String(), int64(s.Subject.Group), s.Channel, s.Facilitator,
		string(people), s.Status, s.Why, s.Phase, milliseconds(s.Deadline), milliseconds(s.Begun), milliseconds(s.Last), s.Seq)
	if err != nil || n == 0 {
		if err == nil {
			err = analysis.Fail(analysis.NotFound, "storage.session.not_found", nil)
		}
		return doing("keep session", err)
	}
	return t.keepActions(ctx, s)
}

// keepActions writes the actions that changed since they were kept.
func (t tx) keepActions(ctx context.Context, s *session.State) error {
	const kept = `SELECT action_id, changes FROM session_action WHERE session_id = ?1`
	if len(s.Actions) == 0 {
		return nil
	}
	rows, err := t.query(ctx, kept, int64(s.ID))
	changes := map[session.ActionID]int{}
	_, err = collect(rows, err, func(row scanner) (struct{}, error) {
		var id session.ActionID
		var n int
		err := row.Scan(&id, &n)
		changes[id] = n
		return struct{}{}, err
	})
	if err != nil {
		return fmt.Errorf("read actions: %w", err)
	}
	for _, a := range s.Actions {
		if changes[a.ID] != len(a.History) {
			if err := t.keepAction(ctx, s.ID, a); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t tx) keepAction(ctx context.Context, id session.ID, a session.Action) error {
	const keep = `
		INSERT INTO session_action (session_id, action_id, owner, due, state, whenever, what, theme, group_id, by_user, at, dated, changes, changed, reason)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
		ON CONFLICT (session_id, action_id) DO UPDATE SET owner = excluded.owner, due = excluded.due, state = excluded.state,
			whenever = excluded.whenever, what = excluded.what, theme = excluded.theme, group_id = excluded.group_id, by_user = excluded.by_user,
			dated = excluded.dated, changes = excluded.changes, changed = excluded.changed, reason = excluded.reason`
	last := a.History[len(a.History)-1]
	_, err := t.exec(ctx, keep, int64(id), int64(a.ID), a.Owner, int64(a.Due), a.State, a.When, a.Then, a.Theme, int64(a.Group), a.By, milliseconds(a.At),
		int64(a.Dated()), len(a.History), milliseconds(last.At), last.Reason)
	return doing("keep action", err)
}

// whole returns the id of the group that id is part of by now; id itself where it
// is not there any more.
func (db *DB) whole(ctx context.Context, id analysis.GroupID) (analysis.GroupID, error) {
	if id == 0 {
		return 0, nil
	}
	var group analysis.GroupID
	err := db.reader().row(ctx, `SELECT COALESCE(merged_into, id) FROM client_group WHERE id = ?1`, int64(id)).Scan(&group)
	if errors.Is(err, sql.ErrNoRows) {
		return id, nil
	}
	return group, doing("read group", err)
}

// aboutSession chooses sessions s, with client_group g of theirs, by subject ?1 or
// whole group ?2.
const aboutSession = `(s.subject = ?1 OR ?1 = '') AND (COALESCE(g.merged_into, s.group_id) = ?2 OR ?2 = 0)`

// written is subject as aboutSession wants it: a group is chosen by its whole.
func written(s session.Subject) string {
	if s.Group != 0 {
		return ""
	}
	return s.String()
}

// Sessions fulfils storage.Sessions.
func (db *DB) Sessions(ctx context.Context, f storage.SessionFilter, offset, limit int) ([]storage.SessionHead, int, error) {
	const (
		chosen = `
			FROM session s
			LEFT JOIN client_group g ON g.id = s.group_id
			WHERE ` + aboutSession + ` AND s.seq > 0 AND (s.kind = ?3 OR ?3 = '') AND (s.channel_id = ?4 OR ?4 = '')
				AND (s.facilitator = ?5 OR ?5 = '' OR s.participants LIKE '%"' || ?5 || '"%')
				AND (?6 = 0 OR s.status <> 'gestopt' AND s.phase <> 'uitkomst' AND s.kind <> 'training')`
		count = `SELECT COUNT(*)` + chosen
		page  = `
			SELECT s.id, s.seq, s.kind, s.mode, s.goal, s.subject, COALESCE(g.merged_into, s.group_id), s.channel_id, s.facilitator, s.participants,
				s.status, s.why, s.phase, s.deadline, s.begun, s.last,
				(SELECT COUNT(*) FROM session_action a WHERE a.session_id = s.id),
				(SELECT COUNT(*) FROM session_action a WHERE a.session_id = s.id AND a.state IN ('open', 'verzet'))` + chosen + `
			ORDER BY s.id DESC
			LIMIT ?7 OFFSET ?8`
	)
	group, err := db.whole(ctx, f.Subject.Group)
	if err != nil {
		return nil, 0, err
	}
	args := []any{written(f.Subject), int64(group), f.Kind, f.Channel, f.User, bit(f.Going)}
	var heads []storage.SessionHead
	var n int
	err = db.snapshot(ctx, func(e executor) error {
		if err := e.row(ctx, count, args...).Scan(&n); err != nil {
			return fmt.Errorf("count sessions: %w", err)
		}
		rows, err := e.query(ctx, page, append(args, limit, offset)...)
		if heads, err = collect(rows, err, scanHead); err != nil {
			return doing("read sessions", err)
		}
		found := len(heads)
		heads, err = shown(ctx, e, heads, func(h storage.SessionHead) analysis.GroupID { return h.Subject.Group })
		n -= found - len(heads)
		return doing("read sessions", err)
	})
	return heads, n, err
}

func scanHead(row scanner) (storage.SessionHead, error) {
	var h storage.SessionHead
	var subject string
	var group analysis.GroupID
	var people []byte
	var deadline, begun, last int64
	if err := row.Scan(&h.ID, &h.Seq, &h.Kind, &h.Mode, &h.Goal, &subject, &group, &h.Channel, &h.Facilitator, &people,
		&h.Status, &h.Why, &h.Phase, &deadline, &begun, &last, &h.Actions, &h.Pending); err != nil {
		return h, err
	}
	h.Subject = session.ParseSubject(subject)
	h.Subject.Group = group
	h.Deadline, h.Begun, h.Last = instant(deadline), instant(begun), instant(last)
	if err := json.Unmarshal(people, &h.Participants); err != nil {
		return h, fmt.Errorf("read participants: %w", err)
	}
	return h, nil
}

// Actions fulfils storage.Actions.
func (db *DB) Actions(ctx context.Context, f storage.ActionFilter, offset, limit int) ([]storage.ActionLine, int, error) {
	const (
		chosen = `
			FROM session_action a
			JOIN session s ON s.id = a.session_id
			LEFT JOIN client_group g ON g.id = s.group_id
			LEFT JOIN client_group h ON h.id = a.group_id
			WHERE ` + aboutSession + ` AND (a.session_id = ?3 OR ?3 = 0) AND (COALESCE(h.merged_into, a.group_id) = ?4 OR ?4 = 0)
				AND (a.owner = ?5 OR ?5 = '') AND (?6 = 0 OR a.state IN ('open', 'verzet')) AND (a.due < ?7 OR ?7 = 0)`
		count = `SELECT COUNT(*)` + chosen
		page  = `
			SELECT a.session_id, a.action_id, a.owner, a.due, a.state, a.whenever, a.what, a.theme, COALESCE(h.merged_into, a.group_id),
				a.by_user, a.at, a.dated, a.changes, a.changed, a.reason, s.kind, s.channel_id, s.subject, COALESCE(g.merged_into, s.group_id)` + chosen + `
			ORDER BY CASE WHEN a.state IN ('open', 'verzet') THEN a.due END NULLS LAST, a.changed DESC, a.session_id, a.action_id
			LIMIT ?8 OFFSET ?9`
	)
	about, err := db.whole(ctx, f.Subject.Group)
	if err != nil {
		return nil, 0, err
	}
	group, err := db.whole(ctx, f.Group)
	if err != nil {
		return nil, 0, err
	}
	args := []any{written(f.Subject), int64(about), int64(f.Session), int64(group), f.Owner, bit(f.Pending), int64(f.Before)}
	var lines []storage.ActionLine
	var n int
	err = db.snapshot(ctx, func(e executor) error {
		if err := e.row(ctx, count, args...).Scan(&n); err != nil {
			return fmt.Errorf("count actions: %w", err)
		}
		rows, err := e.query(ctx, page, append(args, limit, offset)...)
		if lines, err = collect(rows, err, scanAction); err != nil {
			return doing("read actions", err)
		}
		hidden, err := e.hidden(ctx)
		found := len(lines)
		lines = slices.DeleteFunc(lines, func(l storage.ActionLine) bool { return hidden[l.Group] || hidden[l.Subject.Group] })
		n -= found - len(lines)
		return doing("read actions", err)
	})
	return lines, n, err
}

func scanAction(row scanner) (storage.ActionLine, error) {
	var l storage.ActionLine
	var at, changed int64
	var dated analysis.Day
	var subject string
	var group analysis.GroupID
	if err := row.Scan(&l.Session, &l.ID, &l.Owner, &l.Due, &l.State, &l.When, &l.Then, &l.Theme, &l.Group,
		&l.By, &at, &dated, &l.Changes, &changed, &l.Reason, &l.Kind, &l.Channel, &subject, &group); err != nil {
		return l, err
	}
	l.At, l.Changed = instant(at), instant(changed)
	l.History = []session.Change{{At: dated.Time(), By: l.By, State: l.State, Due: l.Due, Owner: l.Owner}}
	l.Subject = session.ParseSubject(subject)
	l.Subject.Group = group
	return l, nil
}
