package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage"
	"klantbot/storage/postgres"
	"klantbot/storage/sqlite"
	"klantbot/storage/sqlstore"
)

// database opens the database as it is, and has it check itself.
func (x *examination) database() {
	db, err := openAsItIs(x.session)
	if err != nil {
		var known *analysis.Error
		if errors.As(err, &known) && known.Key == "storage.schema.behind" {
			x.warn("database", "doctor.no_schema", "doctor.todo_migrate", false, nil)
			x.broken("schema", err, "doctor.todo_migrate")
			return
		}
		x.unopened(err)
		return
	}
	version, err := db.SchemaVersion(x.ctx)
	if err == nil {
		err = db.Ping(x.ctx)
	}
	if err != nil {
		x.unopened(err)
		db.Close()
		return
	}
	x.db = db
	x.say("schema", "doctor.schema", analysis.Args{"version": version})
	began := wallTime()
	sound, err := db.Sound(x.ctx)
	switch {
	case err != nil:
		x.broken("database", err, "doctor.todo_restore")
	case !sound:
		x.fail("database", "doctor.unsound", "doctor.todo_restore", nil)
	case isPostgres(x.dsn()):
		x.say("database", "doctor.postgres", nil)
	default:
		x.say("database", "doctor.sound", analysis.Args{"seconds": fmt.Sprintf("%.1f", wallTime().Sub(began).Seconds())})
	}
}

// unopened says that the database can not be read.
func (x *examination) unopened(err error) {
	x.broken("database", err, "doctor.todo_database")
	x.warn("schema", "doctor.no_database", "doctor.todo_first", false, nil)
}

// openAsItIs opens the database of the session and leaves its schema alone.
func openAsItIs(s *session) (*sqlstore.DB, error) {
	if isPostgres(s.dsn()) {
		return postgres.Open(s.ctx, s.dsn(), postgres.WithoutMigrating())
	}
	if _, err := os.Stat(s.dsn()); errors.Is(err, os.ErrNotExist) {
		return nil, analysis.Fail(analysis.NotFound, "database.absent", analysis.Args{"path": s.dsn()})
	}
	return sqlite.Open(s.ctx, s.dsn(), sqlite.WithoutMigrating())
}

// trail works out every seal of the audit trail anew.
func (x *examination) trail() {
	const name = "trail"
	if x.db == nil {
		x.warn(name, "doctor.no_database", "doctor.todo_first", false, nil)
		return
	}
	state, err := x.db.CheckAudit(x.ctx)
	args := analysis.Args{"batches": state.Batches, "lines": state.Sealed, "waiting": state.Unsealed, "batch": state.Broken}
	switch {
	case err != nil:
		x.broken(name, err, "doctor.todo_database")
	case state.Broken != 0:
		x.fail(name, "doctor.trail_broken", "doctor.todo_trail", args)
	case state.Batches == 0:
		x.say(name, "doctor.trail_none", args)
	default:
		args["seal"] = state.Last.Seal[:min(16, len(state.Last.Seal))]
		x.say(name, "doctor.trail", args)
	}
}

const (
	lateAfter = 15 * time.Minute   // a message that was due so long ago should be gone
	newFor    = 7 * 24 * time.Hour // how long a message that ended is news
)

// held looks at the messages that did not arrive. What ended longer ago than newFor
// is told and is no failure any more: a person who closed their messages stays.
func (x *examination) held() {
	const name = "messages"
	if x.db == nil {
		x.warn(name, "doctor.no_database", "doctor.todo_first", false, nil)
		return
	}
	held, err := x.db.Held(x.ctx, wallTime().Add(-lateAfter))
	if err != nil {
		x.broken(name, err, "doctor.todo_database")
		return
	}
	var what []string
	late, ended, total := false, false, 0
	for _, h := range held {
		late = late || !h.Ended()
		ended = ended || h.Ended() && wallTime().Sub(h.Newest) < newFor
		total += h.Count
		what = append(what, fmt.Sprintf("%d × %s %s%s", h.Count, h.Kind, x.p.T("doctor.state_"+string(h.State), nil), because(h)))
	}
	args := analysis.Args{"count": total, "what": strings.Join(what, "; ")}
	switch {
	case len(held) == 0:
		x.say(name, "doctor.delivered", nil)
	case late:
		x.fail(name, "doctor.held", "doctor.todo_late", args)
	case ended:
		x.fail(name, "doctor.held", "doctor.todo_held", args)
	default:
		x.warn(name, "doctor.held", "doctor.todo_old", true, args)
	}
}

// leftShown is how much of what Slack keeps is named.
const leftShown = 10

// left looks at what should be gone from Slack and is not. It stays told: only a person
// can take it away there, and Slack does not say that they did.
func (x *examination) left() {
	const name = "erased"
	if x.db == nil {
		return // held said why
	}
	left, n, err := x.db.LeftBehind(x.ctx, leftShown)
	if err != nil {
		x.broken(name, err, "doctor.todo_database")
		return
	}
	if n == 0 {
		x.say(name, "doctor.erased", nil)
		return
	}
	var what []string
	for _, l := range left {
		where := cmp.Or(l.File, strings.TrimSpace(cmp.Or(string(l.Channel), string(l.User))+" "+l.TS))
		what = append(what, where+" ("+l.Code+")")
	}
	if n > len(left) {
		what = append(what, "…")
	}
	x.warn(name, "doctor.left", "doctor.todo_left", true, analysis.Args{"count": n, "what": strings.Join(what, "; ")})
}

func because(h storage.Held) string {
	if h.Reason == "" {
		return ""
	}
	return " (" + h.Reason + ")"
}

// looked is how many clients are looked for.
const looked = 20

// names builds the index as a server does and looks some clients up in it by their
// own number.
func (x *examination) names() {
	const name = "names"
	if x.db == nil {
		x.warn(name, "doctor.no_database", "doctor.todo_first", false, nil)
		return
	}
	began := wallTime()
	directory := commands.NewDirectory(x.db)
	if err := directory.Refresh(x.ctx); err != nil {
		x.broken(name, err, "doctor.todo_database")
		return
	}
	built := wallTime().Sub(began)
	every, at, missed, tried := max(1, directory.Size(x.ctx)/looked), 0, 0, 0
	for entry, err := range x.db.Names(x.ctx) {
		if err != nil {
			x.broken(name, err, "doctor.todo_database")
			return
		}
		if at++; at%every != 0 || len(entry.Codes) == 0 {
			continue
		}
		tried++
		found, _ := directory.Find(x.ctx, entry.Codes[0], 10)
		if !slices.ContainsFunc(found, func(f commands.Found) bool { return f.Client == entry.Client }) {
			missed++
		}
	}
	args := analysis.Args{"clients": directory.Size(x.ctx), "missed": missed, "tried": tried, "took": built.Milliseconds()}
	if missed > 0 {
		x.fail(name, "doctor.names_missed", "doctor.todo_report", args)
		return
	}
	x.say(name, "doctor.names", args)
}
