package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // zones work in a container without zone files

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Exit statuses, as DESIGN.md promises them.
const (
	done   = 0
	failed = 1
	misuse = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends what does not listen to the first
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// cli is the whole command line, read by go-arg from the tags. Each verb is a file
// of its own. To add one, give its struct a method Run(*session) error and name it
// here, or in the struct of the verb it stands under:
//
//	Serve *serveCmd `arg:"subcommand" help:"..."`        klantbot serve; "subcommand:name" where the field is named otherwise
//
// In that struct a field is one of:
//
//	File  string   `arg:"positional,required" help:"..."` an argument, in order; without required it may be left out
//	DryRun bool    `arg:"--dry-run" help:"..."`           a flag; also required, default:"..." or placeholder:"..." in the help
//	Map   []string `arg:"--map,separate" help:"..."`      a flag that may be given several times
//
// A flag that takes one of a few words is a type with UnmarshalText (choose). A
// verb has either verbs or arguments; TestVerbs holds what the compiler does not.
type cli struct {
	JSON bool     `arg:"--json" help:"Print one JSON object instead of text."`
	DB   string   `arg:"--db,env:KLANTBOT_DB" placeholder:"PATH" help:"The database: a file, or postgres://..."`
	AsOf string   `arg:"--as-of" placeholder:"DATE" help:"What counts as now: 2026-11-21 or an RFC 3339 time."`
	Lang language `arg:"--lang" default:"nl" placeholder:"nl|en" help:"Language of what is printed: nl or en."`

	Local     *localCmd      `arg:"subcommand" help:"Start the local workspace with a sample office (the default)."`
	Serve     *serveCmd      `arg:"subcommand" help:"Serve your Slack workspace."`
	Import    *importCmds    `arg:"subcommand" help:"Read clients, revenue or an audit file; or undo an import."`
	Client    *clientCmd     `arg:"subcommand" help:"Look up a client."`
	Lifetime  *lifetimeCmds  `arg:"subcommand" help:"Fit lifetime models: how long clients stay, how often they come back."`
	Pyramid   *pyramidCmd    `arg:"subcommand" help:"The client pyramid of the office."`
	Segment   *segmentCmds   `arg:"subcommand" help:"Segments A to D: draft, show, finalize, diff."`
	Ask       *askCmd        `arg:"subcommand" help:"Ask a question in plain Dutch or English."`
	Attention *attentionCmds `arg:"subcommand" help:"Who needs attention of whom this week, and why; or what was planned and done."`
	Export    *exportCmds    `arg:"subcommand" help:"Everything kept of a client; or contact moments, for other programs."`
	Retention *retentionCmd  `arg:"subcommand" help:"How long things are kept, what goes tonight, and to choose so."`
	Documents *documentsCmd  `arg:"subcommand" help:"Write the DPIA, privacy statement, register, processors and text for staff."`
	Objection *objectionCmd  `arg:"subcommand" help:"Write down that a contact person objects to profiling, or does not any more; or who does."`
	Forget    *forgetCmd     `arg:"subcommand" help:"Forget a client, or a colleague: what goes, what stays and why, what others still have."`
	Config    *configCmds    `arg:"subcommand" help:"Settings of value as a file: export, import."`
	Survey    *surveyCmds    `arg:"subcommand" help:"What clients, prospects, ex-clients and employees answered: list, report, template."`
	Summarize *summarizeCmd  `arg:"subcommand" help:"What most answers in a file say, word for word."`
	Mask      *maskCmd       `arg:"subcommand" help:"Take names and numbers of people out of a text."`
	Manifest  *manifestCmd   `arg:"subcommand" help:"Print the Slack app manifest."`
	Sample    *sampleCmd     `arg:"subcommand" help:"Make a database with a sample office."`
	Migrate   *migrateCmd    `arg:"subcommand" help:"Bring a database to this version's schema."`
	Copy      *copyCmd       `arg:"subcommand" help:"Copy the office to an empty database of either engine, and count it there."`
	Backup    *backupCmd     `arg:"subcommand" help:"Copy the database to a new file while it is in use, and check the copy."`
	Restore   *restoreCmd    `arg:"subcommand" help:"Put a backup in the place of the database."`
	Doctor    *doctorCmd     `arg:"subcommand" help:"Find out what is wrong: database, tokens, scopes, clock, disk, messages, backups."`
}

// language is what --lang takes.
type language locale.Lang

// UnmarshalText takes nl and en.
func (l *language) UnmarshalText(given []byte) error { return choose(l, given, "nl", "en") }

// run is main without the process: it returns the exit status.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	var c cli
	verb, err := c.read(args, out)
	if err != nil {
		fmt.Fprintf(errs, "klantbot: %s\n", err)
		return misuse
	}
	if verb == nil {
		return done
	}
	at, err := businessTime(c.AsOf, time.Now())
	if err != nil {
		fmt.Fprintln(errs, "klantbot: --as-of takes a date like 2026-11-21 or a time like 2026-11-21T09:00:00+01:00")
		return misuse
	}
	s := &session{ctx: ctx, out: out, errs: errs, json: c.JSON, db: c.DB, at: at, shifted: c.AsOf != "", lang: locale.Lang(c.Lang)}
	if err := verb.Run(s); err != nil {
		return s.fail(err)
	}
	return done
}

// session is what every verb is run with.
type session struct {
	ctx       context.Context
	out, errs io.Writer
	json      bool
	db        string // as given; empty: the default
	at        time.Time
	shifted   bool // --as-of was given
	lang      locale.Lang
}

// operator is who sits at the command line.
var operator = analysis.Actor{Roles: analysis.RolesOf(analysis.Operator)}

func (s *session) printer() *locale.Printer { return locale.New(s.lang, officeZone()) }

// fail words err once and returns the exit status for it.
func (s *session) fail(err error) int {
	if errors.Is(err, context.Canceled) {
		err = analysis.Fail(analysis.Internal, "error.cancelled", nil)
	}
	kind, sentence := analysis.KindOf(err), ""
	var known *analysis.Error
	switch {
	case errors.As(err, &known):
		sentence = s.printer().Error(known)
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EDQUOT):
		sentence = s.printer().T("storage.full", nil)
	default:
		// On the operator's own terminal the technical cause is what helps; it
		// names tables and files, not people.
		sentence = s.printer().T("error.technical", analysis.Args{"cause": err.Error()})
	}
	if s.json && !errors.As(err, new(alreadyPrinted)) {
		printJSON(s.out, map[string]any{"error": map[string]any{"kind": kind, "message": sentence}})
	}
	fmt.Fprintln(s.errs, "klantbot: "+sentence)
	return failed
}

// alreadyPrinted is the error of a verb that printed its object, the error in it.
type alreadyPrinted struct{ error }

func (e alreadyPrinted) Unwrap() error { return e.error }

func officeZone() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.UTC
	}
	return zone
}

// businessTime reads --as-of. A date is noon of that day where offices are, so
// that it is the same day in every zone of Europe.
func businessTime(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return now, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	day, err := analysis.ParseDay(s)
	if err != nil {
		return time.Time{}, err
	}
	return day.In(officeZone()).Add(12 * time.Hour), nil
}
