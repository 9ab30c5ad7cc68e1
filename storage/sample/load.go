package sample

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
	"klantbot/storage/ingest"
)

// Source names the sample office's bookkeeping: the same lines loaded again are
// the same lines.
const Source = "voorbeeldkantoor"

// parts are the files that an office is made of, beside its surveys.
var parts = []struct {
	kind  analysis.ImportKind
	file  string
	write func(io.Writer, Size) error
}{
	{analysis.ImportClients, "klanten.csv", WriteClients},
	{analysis.ImportRevenue, "facturen.csv", WriteInvoices},
	{analysis.ImportHours, "uren.csv", WriteHours},
	{analysis.ImportJudgements, "beoordelingen.csv", WriteJudgements},
	{analysis.ImportTouches, "contactmomenten.csv", WriteTouches},
}

// WriteFiles writes what the office of s is made of into dir, which it makes: to
// look at, to import, or to drop in a conversation with the bot.
func WriteFiles(dir string, s Size) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	write := func(name string, to func(io.Writer) error) error {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		return errors.Join(to(f), f.Close())
	}
	for _, part := range parts {
		if err := write(part.file, func(w io.Writer) error { return part.write(w, s) }); err != nil {
			return fmt.Errorf("write sample %s: %w", part.file, err)
		}
	}
	for _, round := range Rounds(s) {
		if err := write(round.Name+".csv", func(w io.Writer) error { return WriteSurvey(w, s, round) }); err != nil {
			return fmt.Errorf("write sample %s: %w", round.Name, err)
		}
	}
	return nil
}

// Load writes the office of s to temporary files and imports them, the client
// list first, as of at. It changes nothing when the store already has
// that office. A row that the import refuses is an error: the office is made to
// be taken over whole.
func Load(ctx context.Context, imports storage.Imports, s Size, at time.Time) error {
	for _, part := range parts {
		options := storage.ImportOptions{Kind: part.kind, File: part.file, Source: Source, At: at}
		write := func(w io.Writer) error { return part.write(w, s) }
		if err := load(ctx, imports, s, options, write); err != nil {
			return fmt.Errorf("load sample %s: %w", part.file, err)
		}
	}
	for _, round := range Rounds(s) {
		options := storage.ImportOptions{Kind: analysis.ImportSurvey, File: round.Name + ".csv", At: at, Wave: round.Name, ByName: true}
		if err := load(ctx, imports, s, options, func(w io.Writer) error { return WriteSurvey(w, s, round) }); err != nil {
			return fmt.Errorf("load sample %s: %w", options.File, err)
		}
	}
	return nil
}

// load imports what write writes.
func load(ctx context.Context, imports storage.Imports, s Size, o storage.ImportOptions, write func(io.Writer) error) (err error) {
	temporary, err := os.CreateTemp("", "klantbot-sample-*.csv")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, temporary.Close(), os.Remove(temporary.Name())) }()
	if err := write(temporary); err != nil {
		return err
	}
	size, err := temporary.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	file, err := ingest.OpenReaderAt(o.File, temporary, size, ingest.Options{Kind: o.Kind})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	staging, err := imports.Stage(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, staging.Close()) }()
	read, err := file.Read(ctx, introduce(staging, s))
	if err != nil {
		return err
	}
	outcome, err := staging.Apply(ctx)
	if err != nil {
		return err
	}
	if refused := read.RefusedCount + outcome.RefusedCount; refused > 0 {
		return fmt.Errorf("%d rows refused, the first because of %w", refused, append(read.Refused, outcome.Refused...)[0].Reason)
	}
	return nil
}

// introduced is a staging area that also hears what the office's people are
// called: its client list, like others, knows them by their e-mail alone.
type introduced struct {
	storage.Staging
	names map[string]string // by e-mail
}

func introduce(to storage.Staging, s Size) introduced {
	names := map[string]string{}
	for _, m := range Managers(s) {
		names[m.Email] = m.Name
	}
	return introduced{to, names}
}

// AddClients adds the names to rows and passes them on.
func (i introduced) AddClients(ctx context.Context, rows []analysis.StagedClient) error {
	for n := range rows {
		rows[n].ManagerName = i.names[rows[n].ManagerEmail]
		rows[n].PartnerName = i.names[rows[n].PartnerEmail]
	}
	return i.Staging.AddClients(ctx, rows)
}
