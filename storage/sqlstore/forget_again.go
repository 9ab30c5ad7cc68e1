package sqlstore

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// Forgotten fulfils storage.Dossiers.
func (db *DB) Forgotten(ctx context.Context) ([]storage.Forgotten, error) {
	marks, err := db.reader().forgotten(ctx)
	return marks, doing("read what was forgotten", err)
}

func (e executor) forgotten(ctx context.Context) ([]storage.Forgotten, error) {
	const all = `SELECT f.digest, f.salt, o.team_id, f.at FROM forgotten f CROSS JOIN office o ORDER BY f.at, f.digest`
	rows, err := e.query(ctx, all)
	return collect(rows, err, func(row scanner) (m storage.Forgotten, err error) {
		var at int64
		err = row.Scan(&m.Digest, &m.Salt, &m.Team, &at)
		m.At = instant(at)
		return m, err
	})
}

// markForgotten remembers that the client with number was forgotten. All marks of an
// office share a salt, so that looking for them asks one hash of a client; only who
// came back and is forgotten once more gets a mark of their own, which a copy of in
// between does not have.
func (e executor) markForgotten(ctx context.Context, number string, line storage.AuditLine) error {
	salt := rand.Text()
	marks, err := e.forgotten(ctx)
	if err != nil {
		return err
	}
	if len(marks) > 0 && !slices.ContainsFunc(marks, func(m storage.Forgotten) bool { return m.Digest == digestOf(m.Salt, number) }) {
		salt = marks[len(marks)-1].Salt
	}
	return e.keepMark(ctx, storage.Forgotten{Digest: digestOf(salt, number), Salt: salt, At: line.At}, line.User)
}

func (e executor) keepMark(ctx context.Context, m storage.Forgotten, by analysis.UserID) error {
	const put = `INSERT INTO forgotten (digest, salt, by_user, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (digest) DO NOTHING`
	_, err := e.exec(ctx, put, m.Digest, m.Salt, by, milliseconds(m.At))
	return err
}

func digestOf(salt, number string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + number))
	return hex.EncodeToString(sum[:])
}

// ForgetAgain fulfils storage.Dossiers.
func (db *DB) ForgetAgain(ctx context.Context, marks []storage.Forgotten, at time.Time) (int, error) {
	kept, err := db.Forgotten(ctx)
	if err != nil {
		return 0, err
	}
	var team analysis.TeamID
	if err := db.reader().row(ctx, `SELECT team_id FROM office`).Scan(&team); err != nil {
		return 0, fmt.Errorf("read office: %w", err)
	}
	marks = slices.DeleteFunc(slices.Clone(marks), func(m storage.Forgotten) bool { return m.Team != "" && team != "" && m.Team != team })
	known, wanted, salts := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, m := range kept {
		known[m.Digest] = true
	}
	for _, m := range marks {
		if !known[m.Digest] {
			wanted[m.Digest], salts[m.Salt] = true, true
		}
	}
	if len(wanted) == 0 {
		return 0, nil
	}
	again, err := db.matching(ctx, wanted, salts)
	if err != nil {
		return 0, err
	}
	for _, client := range again {
		line := storage.AuditLine{At: at, Action: "client.forget_again"}
		if _, err := db.Forget(ctx, client, line, false); err != nil {
			return 0, err
		}
	}
	err = db.change(ctx, func(e executor) error {
		for _, m := range marks {
			if err := e.keepMark(ctx, m, ""); err != nil {
				return err
			}
		}
		return nil
	})
	return len(again), doing("remember what was forgotten", err)
}

// matching are the clients whose number is one of wanted.
func (db *DB) matching(ctx context.Context, wanted, salts map[string]bool) ([]analysis.ClientID, error) {
	const all = `SELECT id, number FROM client ORDER BY id`
	rows, err := db.reader().query(ctx, all)
	if err != nil {
		return nil, fmt.Errorf("look for who was forgotten: %w", err)
	}
	defer rows.Close()
	var found []analysis.ClientID
	for rows.Next() {
		var id analysis.ClientID
		var number string
		if err := rows.Scan(&id, &number); err != nil {
			return nil, err
		}
		for salt := range salts {
			if wanted[digestOf(salt, number)] {
				found = append(found, id)
			}
		}
	}
	return found, rows.Err()
}
