package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/prompts/offline"
	"klantbot/storage/postgres"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// openStore opens the database that dsn names: a file of SQLite, or PostgreSQL.
func openStore(ctx context.Context, dsn string) (*sqlstore.DB, error) {
	if isPostgres(dsn) {
		return postgres.Open(ctx, dsn)
	}
	return sqlite.Open(ctx, dsn)
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// withoutPassword is a database as it may be printed.
func withoutPassword(dsn string) string {
	if !isPostgres(dsn) {
		return dsn
	}
	where, err := url.Parse(dsn)
	if err != nil {
		return "postgres://..."
	}
	return where.Redacted()
}

// open opens the database of the session, making its folder where it is the
// default one. Verbs that only read refuse a file that is not there: a
// mistyped path must not become an empty office.
func (s *session) open(mustExist bool) (*sqlstore.DB, error) {
	dsn := s.dsn()
	if s.db == "" && !mustExist {
		if err := os.MkdirAll(home(), 0o700); err != nil {
			return nil, err
		}
	}
	if mustExist && !isPostgres(dsn) {
		if _, err := os.Stat(dsn); errors.Is(err, fs.ErrNotExist) {
			return nil, analysis.Fail(analysis.NotFound, "database.absent", analysis.Args{"path": dsn})
		}
	}
	db, err := openStore(s.ctx, dsn)
	if err != nil {
		return nil, err
	}
	if err := s.forgetAgain(db, dsn); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// dsn names the database of the session.
func (s *session) dsn() string { return cmp.Or(s.db, filepath.Join(home(), "klantbot.db")) }

// home is where this user's databases are: $XDG_DATA_HOME/klantbot.
func home() string {
	if dir := os.Getenv("XDG_DATA_HOME"); dir != "" {
		return filepath.Join(dir, "klantbot")
	}
	dir, err := os.UserHomeDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, ".local", "share", "klantbot")
}

// needs wires a store into what the use-cases stand on.
func needs(db *sqlstore.DB, directory *commands.Directory, market *commands.Market) commands.Needs {
	return commands.Needs{Clients: db, Revenue: db, Managers: db, Proposals: db, Portfolio: db, Segments: db, Roster: db, Judgements: db,
		Settings: db, Futures: db, Lifetimes: db, Ratings: commands.SurveyRatings{Surveys: db}, Imports: db, Telling: db, Writer: db, Attention: db, Touches: db, Absences: db, Digests: db, Gatherings: db, Letters: db, Stranded: db,
		Surveys: surveyOf(db), FollowUps: db, Feedback: db, Questions: db,
		Signals: &commands.Signals{Portfolio: db, Revenue: db, Invoiced: db, Rated: commands.SurveyRatings{Surveys: db}},
		Threads: offline.ThreadReader{}, Sessions: db, Actions: db, Grouper: offline.Grouper{}, Reflected: db, Members: db, Restricted: db, Objections: db,
		Directory: directory, Market: market, Now: wallTime}
}
