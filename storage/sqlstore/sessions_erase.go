package sqlstore

import (
	"context"
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/session"
)

// EraseSessions fulfils storage.SessionTx. Of an event only its words and who did it
// change: the schema allows nothing else.
func (t tx) EraseSessions(ctx context.Context, e session.Erasure) ([]session.ID, error) {
	ids, _, err := t.eraseSessions(ctx, e)
	return ids, err
}

// eraseSessions also counts the events that changed.
func (t tx) eraseSessions(ctx context.Context, e session.Erasure) (changed []session.ID, events int, err error) {
	const (
		merged = `SELECT id FROM client_group WHERE merged_into = ?1`
		all    = `SELECT id FROM session ORDER BY id`
		forget = `DELETE FROM reflection WHERE user_id = ?1`
	)
	for _, id := range e.Groups {
		rows, err := t.query(ctx, merged, int64(id))
		parts, err := collect(rows, err, scanNumber[analysis.GroupID])
		if err != nil {
			return nil, 0, fmt.Errorf("read groups that were merged: %w", err)
		}
		e.Groups = append(e.Groups[:len(e.Groups):len(e.Groups)], parts...)
	}
	rows, err := t.query(ctx, all)
	ids, err := collect(rows, err, scanNumber[session.ID])
	if err != nil {
		return nil, 0, fmt.Errorf("read sessions: %w", err)
	}
	for _, id := range ids {
		n, err := t.eraseSession(ctx, id, e)
		if err != nil {
			return nil, 0, fmt.Errorf("erase in session %d: %w", id, err)
		}
		if events += n; n > 0 {
			changed = append(changed, id)
		}
	}
	if e.User != "" {
		if _, err := t.exec(ctx, forget, e.User); err != nil {
			return nil, 0, fmt.Errorf("erase reflections: %w", err)
		}
	}
	return changed, events, nil
}

// eraseSession returns how many events of session id changed.
func (t tx) eraseSession(ctx context.Context, id session.ID, e session.Erasure) (int, error) {
	const (
		put    = `UPDATE session_event SET by_user = ?3, body = ?4 WHERE session_id = ?1 AND seq = ?2`
		redraw = `UPDATE ledger SET wanted = wanted + 1 WHERE SUBSTR(key, 1, LENGTH(?1)) = ?1`
	)
	rows, err := t.query(ctx, eventsOf, int64(id))
	events, err := collect(rows, err, scanEvent)
	if err != nil {
		return 0, err
	}
	changed := session.Erase(events, e)
	for _, x := range changed {
		body, err := session.Encode(x.Body)
		if err != nil {
			return 0, err
		}
		if _, err := t.exec(ctx, put, int64(id), x.Seq, x.By, string(body)); err != nil {
			return 0, err
		}
		events[x.Seq-1] = x
	}
	// The lists are made anew also where nothing changed: a press that was on its way
	// the last time wrote them of what it had read before.
	s := session.Fold(id, events)
	for _, a := range s.Actions {
		if err := t.keepAction(ctx, id, a); err != nil {
			return 0, err
		}
	}
	if err := t.KeepSession(ctx, s); err != nil && analysis.KindOf(err) != analysis.NotFound { // somebody added an event meanwhile, and keeps it
		return 0, err
	}
	if len(changed) == 0 {
		return 0, nil
	}
	for _, prefix := range []string{fmt.Sprintf("session/%d/", id), fmt.Sprintf("action/%d/", id)} {
		if _, err := t.exec(ctx, redraw, prefix); err != nil {
			return 0, fmt.Errorf("revise messages: %w", err)
		}
	}
	return len(changed), nil
}

// scanNumber reads a row of one id.
func scanNumber[T ~int64](row scanner) (T, error) {
	var id int64
	err := row.Scan(&id)
	return T(id), err
}
