package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/storage"
)

// errDry ends a forgetting that was only to be tried.
var errDry = errors.New("only tried")

// Forget fulfils storage.Dossiers: it tries what it would do by doing it and taking
// it back, so that the two can not differ. SQLite overwrites what is taken out, in
// the file and in what it wrote ahead.
func (db *DB) Forget(ctx context.Context, id analysis.ClientID, line storage.AuditLine, dry bool) (storage.Forgetting, error) {
	client, err := db.Client(ctx, id)
	if err != nil {
		return storage.Forgetting{}, err
	}
	var f storage.Forgetting
	err = db.erase(ctx, dry, func(e executor) (err error) {
		f, err = e.forget(ctx, client, line)
		return err
	})
	return f, doing("forget", err)
}

// erase takes out for good what do deletes; dry takes it back again.
func (db *DB) erase(ctx context.Context, dry bool, do func(executor) error) error {
	if err := db.overwrite(ctx); err != nil {
		return err
	}
	err := db.change(ctx, func(e executor) error {
		if err := do(e); err != nil || !dry {
			return err
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		return nil
	}
	if err != nil {
		return err
	}
	return db.settleDown(ctx)
}

// overwrite has SQLite write zeros where something was.
func (db *DB) overwrite(ctx context.Context) error {
	if db.Dialect != SQLite {
		return nil
	}
	_, err := db.write.ExecContext(ctx, `PRAGMA secure_delete = ON`)
	return doing("have deleted rows overwritten", err)
}

// settleDown takes out of the way what SQLite wrote ahead. Where somebody reads at
// that moment it is done by whoever writes or closes next.
func (db *DB) settleDown(ctx context.Context) error {
	if db.Dialect != SQLite {
		return nil
	}
	_, err := db.write.ExecContext(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`)
	return doing("empty what was written ahead", err)
}

func (e executor) forget(ctx context.Context, client analysis.Client, line storage.AuditLine) (storage.Forgetting, error) {
	f := storage.Forgetting{Removed: map[string]int{}, LastInvoice: analysis.NoDay}
	line.Client, line.Group = client.ID, client.Group
	if err := (tx{e}).Audit(ctx, line); err != nil {
		return f, err
	}
	s, err := e.subjectOf(ctx, client, false)
	if err != nil {
		return f, err
	}
	s.at = line.At
	for _, step := range []func(context.Context, subjectIDs, *storage.Forgetting) error{e.tellRest, e.forgetWords, e.forgetPosted, e.forgetRows, e.forgetTraces} {
		if err := step(ctx, s, &f); err != nil {
			return f, err
		}
	}
	if err := e.markForgotten(ctx, client.Number, line); err != nil {
		return f, err
	}
	return f, raiseNames(ctx, e)
}

// tellRest counts what stays here and with others.
func (e executor) tellRest(ctx context.Context, s subjectIDs, f *storage.Forgetting) error {
	if err := e.on.QueryRowContext(ctx, s.fill(`SELECT
		(SELECT COUNT(*) FROM audit WHERE token IN ({tokens})),
		(SELECT COUNT(*) FROM segment_item WHERE group_id IN ({groups}) AND version_id IN (SELECT id FROM segment_version WHERE state <> 'concept')),
		(SELECT COALESCE(MAX(day), -1) FROM invoice_line WHERE client_id IN ({clients})),
		(SELECT COUNT(*) FROM audit WHERE action LIKE '%export%')`)).Scan(&f.Trail, &f.Final, &f.LastInvoice, &f.Exports); err != nil {
		return err
	}
	if f.LastInvoice < 0 {
		f.LastInvoice = analysis.NoDay
	}
	if !s.alone {
		if err := e.on.QueryRowContext(ctx, fmt.Sprintf(`SELECT
			(SELECT COUNT(*) FROM touch WHERE group_id = %[1]d AND client_id = 0) + (SELECT COUNT(*) FROM judgement WHERE group_id = %[1]d) +
			(SELECT COUNT(*) FROM remark WHERE group_id = %[1]d) + (SELECT COUNT(*) FROM session WHERE group_id = %[1]d)`, s.client.Group)).Scan(&f.Shared); err != nil {
			return err
		}
	}
	text := func(row scanner) (t string, err error) { return t, row.Scan(&t) }
	rows, err := e.on.QueryContext(ctx, s.fill(`SELECT link FROM touch WHERE link <> '' AND client_id IN ({clients})
		UNION SELECT link FROM feedback WHERE link <> '' AND client_id IN ({clients}) ORDER BY 1`))
	if f.Links, err = collect(rows, err, text); err != nil {
		return err
	}
	rows, err = e.on.QueryContext(ctx, s.fill(`SELECT DISTINCT channel FROM audit WHERE channel <> '' AND token IN ({tokens}) ORDER BY 1`))
	channels, err := collect(rows, err, text)
	for _, c := range channels {
		f.Channels = append(f.Channels, analysis.ChannelID(c))
	}
	return err
}

// forgetPosted has what was posted about the client change into a stub, and takes
// what was not sent out. What was posted about many clients is drawn anew without
// this one. Files are of a stub then, or of nothing, and go from Slack.
func (e executor) forgetPosted(ctx context.Context, s subjectIDs, f *storage.Forgetting) error {
	about := s.fill(`(client_id IN ({clients}) OR group_id IN ({groups}) AND group_id <> 0)`)
	if err := e.on.QueryRowContext(ctx, `SELECT COUNT(*) FROM ledger_file WHERE ledger_id IN (SELECT id FROM ledger WHERE `+about+`)`).Scan(&f.Files); err != nil {
		return err
	}
	waiting, err := e.once(ctx, `DELETE FROM ledger WHERE state = 'queued' AND `+about)
	if err != nil {
		return err
	}
	if err := e.on.QueryRowContext(ctx, `SELECT COUNT(*) FROM ledger WHERE state = 'sent' AND stubbed = 0 AND `+about).Scan(&f.Posted); err != nil {
		return err
	}
	posted, err := e.once(ctx, fmt.Sprintf(`UPDATE ledger SET stubbed = CASE WHEN stubbed = 0 THEN %d ELSE stubbed END,
		wanted = CASE WHEN stubbed = 0 THEN wanted + 1 ELSE wanted END, client_id = 0, group_id = 0, subject = '' WHERE %s`, max(milliseconds(s.at), 1), about))
	if err != nil {
		return err
	}
	f.Removed["ledger"] = waiting + posted
	_, err = e.once(ctx, `UPDATE ledger SET wanted = wanted + 1 WHERE state = 'sent' AND stubbed = 0 AND client_id = 0 AND group_id = 0`)
	return err
}

// forgetRows takes out, or empties, what places name.
func (e executor) forgetRows(ctx context.Context, s subjectIDs, f *storage.Forgetting) error {
	for _, at := range places {
		if at.stays || at.blank == "-" {
			continue
		}
		where := "(" + s.fill(at.rows) + ")"
		if at.gone != "" {
			where += " AND " + at.gone
		}
		statement := "DELETE FROM " + at.table + " WHERE " + where
		if at.blank != "" {
			statement = "UPDATE " + at.table + " SET " + at.blank + " WHERE " + where
		}
		n, err := e.once(ctx, statement)
		if err != nil {
			return fmt.Errorf("%s: %w", at.table, err)
		}
		if n > 0 && !at.hidden {
			f.Removed[at.table] = n
		}
	}
	return nil
}

// forgetTraces takes the client out of what is about others: who brought them, the
// number of a group that goes on, and what a model once answered.
func (e executor) forgetTraces(ctx context.Context, s subjectIDs, f *storage.Forgetting) error {
	const (
		brought = `UPDATE client SET referrer = '' WHERE referrer <> '' AND (referrer = ?1 OR referrer = ?2)`
		cached  = `DELETE FROM model_cache`
		number  = `
			UPDATE client_group SET number = (SELECT MIN(c.number) FROM client c WHERE c.group_id = ?1)
			WHERE id = ?1 AND number = ?2 AND NOT EXISTS (SELECT 1 FROM client_group o WHERE o.number = (SELECT MIN(c.number) FROM client c WHERE c.group_id = ?1))`
		name = `UPDATE client_group SET name = '' WHERE id = ?1 AND name = ?2`
		was  = `UPDATE client_group SET name = '', number = '-' || CAST(id AS TEXT) WHERE merged_into = ?1 AND (number = ?2 OR name = ?3)`
	)
	n, err := e.exec(ctx, brought, s.client.Number, s.client.Name)
	if err != nil {
		return err
	}
	if n > 0 {
		f.Removed["client.referrer"] = int(n)
	}
	if n, err = e.exec(ctx, cached); err != nil {
		return err
	}
	if n > 0 {
		f.Removed["model_cache"] = int(n)
	}
	if s.alone {
		return nil
	}
	if _, err := e.exec(ctx, was, s.client.Group, s.client.Number, s.client.Name); err != nil {
		return err
	}
	if _, err := e.exec(ctx, number, s.client.Group, s.client.Number); err != nil {
		return err
	}
	_, err = e.exec(ctx, name, s.client.Group, s.client.Name)
	return err
}

// forgetWords takes what people wrote out of discussions: of sessions about the
// client, of actions for them, and wherever somebody wrote their name or that of a
// contact person. The events themselves stay: who took part, and when, is about
// colleagues.
func (e executor) forgetWords(ctx context.Context, s subjectIDs, f *storage.Forgetting) error {
	names, err := e.namesOf(ctx, s)
	if err != nil {
		return err
	}
	_, n, err := (tx{e}).eraseSessions(ctx, session.Erasure{Groups: s.groups, Names: names})
	if n > 0 {
		f.Removed["session_event"] = n
	}
	return err
}

// namesOf are the names of a client and its contact persons as people write them: that
// of the client also without its legal form. A single word is too many others' name.
func (e executor) namesOf(ctx context.Context, s subjectIDs) ([]string, error) {
	rows, err := e.on.QueryContext(ctx, s.fill(`SELECT name FROM contact WHERE id IN ({contacts})`))
	all, err := collect(rows, err, func(row scanner) (name string, err error) { return name, row.Scan(&name) })
	if err != nil {
		return nil, fmt.Errorf("read the names of contact persons: %w", err)
	}
	words := strings.Fields(s.client.Name)
	all = append(all, s.client.Name)
	if last := len(words) - 1; last > 0 && legalForms[strings.ToLower(strings.ReplaceAll(words[last], ".", ""))] {
		all = append(all, strings.Join(words[:last], " "))
	}
	return slices.DeleteFunc(all, func(name string) bool { return len(strings.Fields(name)) < 2 }), nil
}

// legalForms end the name of a firm, and are left out in speech.
var legalForms = map[string]bool{"bv": true, "nv": true, "vof": true, "cv": true}
