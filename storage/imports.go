package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// ImportOptions say how staged records meet what is already there.
type ImportOptions struct {
	Kind analysis.ImportKind
	// File is the base name of the file, for the list of imports.
	File string
	// Source names the bookkeeping that invoice lines come from; it is part of a
	// line's identity, so that the same export read again changes nothing.
	Source string
	// CreateUnknown makes clients of numbers that are not known. The store does
	// it anyway while no client list was ever imported.
	CreateUnknown bool
	// Again are the numbers of clients who were forgotten and may come back: there is
	// a new reason to keep something of them. Rows of others who were forgotten are
	// refused, "import.forgotten", also where CreateUnknown is set; who comes back
	// stands in the audit.
	Again []string
	// ReplacePeriod removes the lines of Source between the first and the last
	// date of the file that the file does not have.
	ReplacePeriod bool
	// Wave and Audience are of the rows of a survey that do not say theirs. A wave
	// that is new becomes one by name where ByName is set, and else anonymous; one
	// that was made before keeps what its respondents were told, and is refused
	// where ByName asks for more.
	Wave     string
	Audience analysis.Audience
	ByName   bool
	By       analysis.UserID // empty: the operator
	At       time.Time
}

// ImportOutcome is what an import did, or would do.
type ImportOutcome struct {
	ID        analysis.ImportID // 0 when nothing was applied
	Added     int
	Changed   int
	Unchanged int
	Removed   int                // lines taken out by ReplacePeriod
	Refused   []analysis.Refusal // of the store: unknown numbers, double numbers; at most RefusedShown
	// RefusedCount counts all the store refused, also those not listed.
	RefusedCount int
	Total        analysis.Cents // revenue of the rows taken over or already there
	Attributed   analysis.Cents // of which with a client
	// Created are the clients that only revenue knows, made by this import, at
	// most RefusedShown, and how many in all.
	Created      []string
	CreatedCount int
	// Named counts the answers of clients and ex-clients that are taken over by name,
	// and Matched those of them whose client is known.
	Named, Matched int
	// Proposals counts the relatiegroepen proposed after this import.
	Proposals int
	// Warnings are what a person should look at although all went well:
	// "import.survey_unmatched" where answers by name are of no known client,
	// "import.touches_by_nobody" where colleagues of moments are not known,
	// "import.overlap" where another source has revenue in the same time, and
	// "import.people_without_email" where colleagues were only named who are not
	// known yet. Their sentences are in the catalogue.
	Warnings []*analysis.Error
}

// RefusedShown bounds the lists in an outcome, so that a wrong file of a
// million rows does not become a million sentences.
const RefusedShown = 1000

// Imports stages and applies. A staged import touches nothing until Apply.
type Imports interface {
	// Stage opens an empty staging area. It must be closed.
	Stage(ctx context.Context, o ImportOptions) (Staging, error)
	// UndoImport puts back what import id changed, from its before-images, in
	// one transaction. It refuses with analysis.Invalid where a later import
	// touched the same rows, and analysis.NotFound when there is no such import
	// or it was undone already. It returns how many rows it put back.
	// What also does is committed with it, or nothing is.
	UndoImport(ctx context.Context, id analysis.ImportID, by analysis.UserID, at time.Time, also ...func(Tx) error) (int, error)
	// ListImports returns the newest imports first, at most limit.
	ListImports(ctx context.Context, limit int) ([]ImportRecord, error)
}

// ImportRecord is one import in the list.
type ImportRecord struct {
	ID      analysis.ImportID
	Kind    analysis.ImportKind
	File    string
	By      analysis.UserID
	At      time.Time
	Added   int
	Changed int
	Removed int
	Undone  bool
}

// Staging collects records of one file. It is used by one goroutine.
type Staging interface {
	// AddClients and AddLines append records. Memory stays bounded: they are
	// written to the staging area in batches.
	AddClients(ctx context.Context, rows []analysis.StagedClient) error
	AddLines(ctx context.Context, rows []analysis.StagedLine) error
	// AddHours and AddJudgements append the rows of a file of that kind. Their
	// clients must be known: only revenue makes clients. A judgement counts for
	// the group of its client and is recorded where it says something else than
	// the present one.
	AddHours(ctx context.Context, rows []analysis.StagedHours) error
	AddJudgements(ctx context.Context, rows []analysis.StagedJudgement) error
	// AddTouches appends moments with clients, which must be known; days after that
	// of the import are refused. A moment that is there already, by whatever road,
	// with the same group, day, kind, colleague and note, is the same one, also
	// when it was taken back; equal rows of one file all count. A colleague whom
	// nobody knows leaves a warning and the moment without one. A moment that a file
	// brought stays the same when its client is in another group by then, and when
	// its colleague became known.
	AddTouches(ctx context.Context, rows []analysis.StagedTouch) error
	// AddResponses appends the answers of a survey. Those of one respondent count
	// once: read again they are unchanged, and other answers of the same respondent
	// are refused. Of an anonymous wave numbers and e-mail addresses are dropped;
	// by name they find the client, and answers of nobody's are kept with a warning.
	AddResponses(ctx context.Context, rows []analysis.StagedResponse) error
	// Refused adds n rows, which the file held and nobody could read, to those that
	// the import is recorded to have refused.
	Refused(n int)
	// Compare says what Apply would do and changes nothing.
	Compare(ctx context.Context) (ImportOutcome, error)
	// Apply takes everything over in one transaction, with before-images, and
	// ends the staging. What also does is committed with it, or nothing is.
	Apply(ctx context.Context, also ...func(Tx) error) (ImportOutcome, error)
	// Close drops the staging area; after Apply it does nothing.
	Close() error
}
