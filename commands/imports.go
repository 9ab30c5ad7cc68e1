package commands

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/ingest"
)

// Imports reads files into the store and takes them out again.
type Imports struct {
	Store storage.Imports
}

// ImportRequest is one file to read.
type ImportRequest struct {
	Actor         analysis.Actor
	At            time.Time
	Path          string // or what the file is called
	Key           string // of the request; empty on the command line
	Options       ingest.Options
	Source        string // name of the bookkeeping; empty: by the kind of file
	DryRun        bool
	CreateUnknown bool
	ReplacePeriod bool
	Again         []string          // numbers of forgotten clients who may come back
	Wave          string            // of a survey; empty: named after the file
	Audience      analysis.Audience // of a survey; empty: klanten
	ByName        bool              // respondents were told who sees their names
}

// ImportReport is what a file held and what became of it.
type ImportReport struct {
	Detected ingest.Detected
	Summary  ingest.Summary
	Outcome  storage.ImportOutcome
	DryRun   bool
}

// Refusals are those of the file's rows and of the store, as one list in the order
// of the file.
func (r ImportReport) Refusals() []analysis.Refusal {
	all := slices.Concat(r.Summary.Refused, r.Outcome.Refused)
	analysis.Sort(all, func(a, b analysis.Refusal) int { return a.Line - b.Line })
	return all
}

// Sources of invoice lines that nobody named. They are part of a line's
// identity, so they never change.
const (
	tableSource = "facturen"
	auditSource = "auditfile"
	hoursSource = "uren"
)

// Import reads a file and applies it in one transaction, or says what it would
// do. An error means that nothing changed.
func (i Imports) Import(ctx context.Context, r ImportRequest) (report ImportReport, err error) {
	if !analysis.Allow(r.Actor, analysis.ImportData, analysis.Subject{}) {
		return report, refuse()
	}
	file, err := ingest.Open(r.Path, r.Options)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	return i.take(ctx, file, r)
}

// auditImport and auditUndo are what the trail calls an import and its undo.
const (
	auditImport = "import.apply"
	auditUndo   = "import.apply.undo"
)

// take reads an opened file and applies it, or says what that would do. What also
// does is committed with it.
func (i Imports) take(ctx context.Context, file *ingest.File, r ImportRequest, also ...func(storage.Tx) error) (report ImportReport, err error) {
	report.Detected, report.DryRun = file.Detected(), r.DryRun

	staging, err := i.Store.Stage(ctx, storage.ImportOptions{
		Kind: report.Detected.Kind, File: filepath.Base(r.Path), Source: sourceOf(r, report.Detected.Kind),
		CreateUnknown: r.CreateUnknown, ReplacePeriod: r.ReplacePeriod, By: r.Actor.User, At: r.At,
		Again: r.Again, Wave: waveOf(r), Audience: r.Audience, ByName: r.ByName})
	if err != nil {
		return report, fmt.Errorf("open the staging area: %w", err)
	}
	defer func() { err = errors.Join(err, staging.Close()) }()
	if report.Summary, err = file.Read(ctx, staging); err != nil {
		return report, err
	}
	staging.Refused(report.Summary.RefusedCount)
	if r.DryRun {
		report.Outcome, err = staging.Compare(ctx)
		return report, err
	}
	report.Outcome, err = staging.Apply(ctx, append(also, trail(ctx, r.Actor, auditImport, r.At, r.Key))...)
	return report, err
}

// trail writes what somebody did with an import.
func trail(ctx context.Context, actor analysis.Actor, action string, at time.Time, request string) func(storage.Tx) error {
	return func(tx storage.Tx) error {
		return tx.Audit(ctx, storage.AuditLine{At: at, User: actor.User, Action: action, Request: request})
	}
}

// waveOf names a wave after its file where nobody did.
func waveOf(r ImportRequest) string {
	if r.Wave != "" {
		return r.Wave
	}
	name, _, _ := strings.Cut(filepath.Base(r.Path), ".")
	return name
}

func sourceOf(r ImportRequest, kind analysis.ImportKind) string {
	switch {
	case r.Source != "":
		return r.Source
	case kind == analysis.ImportXAF:
		return auditSource
	case kind == analysis.ImportHours:
		return hoursSource
	}
	return tableSource
}

// Undo takes import id out again and returns how many rows it put back.
func (i Imports) Undo(ctx context.Context, actor analysis.Actor, id analysis.ImportID, at time.Time) (int, error) {
	if !analysis.Allow(actor, analysis.ImportData, analysis.Subject{}) {
		return 0, refuse()
	}
	return i.Store.UndoImport(ctx, id, actor.User, at, trail(ctx, actor, auditUndo, at, ""))
}

// List returns the newest imports.
func (i Imports) List(ctx context.Context, actor analysis.Actor, limit int) ([]storage.ImportRecord, error) {
	if !analysis.Allow(actor, analysis.ImportData, analysis.Subject{}) {
		return nil, refuse()
	}
	return i.Store.ListImports(ctx, limit)
}
