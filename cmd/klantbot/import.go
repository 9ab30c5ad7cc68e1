package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage/ingest"
)

type importCmds struct {
	File *importCmd     `arg:"subcommand" help:"Read a file (the default)."`
	Undo *importUndoCmd `arg:"subcommand" help:"Take an import out again."`
	List *importListCmd `arg:"subcommand" help:"List the imports, newest first."`
}

type importCmd struct {
	File            string   `arg:"positional,required" help:"CSV, XLSX or XAF, also as .gz."`
	Kind            fileKind `arg:"--kind" placeholder:"clients|revenue|xaf|hours|judgements|touches|survey" help:"clients, revenue or xaf, detected when not given; hours, judgements and touches must be asked for, and a survey where no survey tool wrote the file."`
	Map             []string `arg:"--map,separate" placeholder:"FIELD=COLUMN" help:"Which column holds a field; may be given several times."`
	DryRun          bool     `arg:"--dry-run" help:"Say what would happen and change nothing."`
	Source          string   `arg:"--source" help:"Name of the bookkeeping the lines come from, where there are several."`
	CreateUnknown   bool     `arg:"--create-unknown" help:"Make clients of numbers that are not in the client list."`
	Again           []string `arg:"--again,separate" placeholder:"NUMBER" help:"Client who was forgotten and may come back, for there is a new reason; may be given several times."`
	ReplacePeriod   bool     `arg:"--replace-period" help:"Take out earlier lines of the file's period that the file does not have."`
	Wave            string   `arg:"--wave" placeholder:"NAME" help:"Survey: name of the survey the answers belong to; the file's own name when not given."`
	Audience        audience `arg:"--audience" placeholder:"klanten|prospects|oud-klanten|medewerkers" help:"Survey: who answered, where no column says so."`
	ByName          bool     `arg:"--by-name" help:"Survey: respondents were told that their names are seen; otherwise a new wave is anonymous."`
	RevenueAccounts string   `arg:"--revenue-accounts" placeholder:"8000-8999" help:"XAF: accounts that are revenue, or an RGS pattern like WOmz*."`
	Sheet           string   `arg:"--sheet" help:"XLSX: the sheet to read."`
	Encoding        string   `arg:"--encoding" help:"CSV: utf-8, windows-1252, ..."`
	Delimiter       string   `arg:"--delimiter" help:"CSV: the character between columns, or tab."`
}

// Run reads the file and prints what it held and what became of it.
func (c *importCmd) Run(s *session) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	db, err := s.open(false)
	if err != nil {
		return err
	}
	defer db.Close()
	bar := newProgress(s)
	options.Progress = bar.show
	report, err := commands.Imports{Store: db}.Import(s.ctx, commands.ImportRequest{
		Actor: operator, At: s.at, Path: c.File, Options: options, Source: c.Source,
		DryRun: c.DryRun, CreateUnknown: c.CreateUnknown, ReplacePeriod: c.ReplacePeriod, Again: c.Again,
		Wave: c.Wave, Audience: analysis.Audience(c.Audience), ByName: c.ByName})
	bar.clear()
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, importJSON(s.printer(), report))
	}
	_, err = fmt.Fprint(s.out, importText(s.printer(), report))
	return err
}

func (c *importCmd) options() (ingest.Options, error) {
	o := ingest.Options{Kind: analysis.ImportKind(c.Kind), Map: map[string]string{}, Sheet: c.Sheet,
		RevenueAccounts: c.RevenueAccounts, Encoding: c.Encoding}
	for _, m := range c.Map {
		// --map a=b,c=d and --map a=b --map c=d both work; a column name with a
		// comma needs the second form.
		for _, pair := range splitPairs(m) {
			field, column, ok := strings.Cut(pair, "=")
			if !ok || field == "" || column == "" {
				return o, analysis.Fail(analysis.Invalid, "import.map.form", analysis.Args{"given": pair})
			}
			o.Map[strings.TrimSpace(field)] = strings.TrimSpace(column)
		}
	}
	switch runes := []rune(c.Delimiter); {
	case c.Delimiter == "tab" || c.Delimiter == `\t`:
		o.Delimiter = '\t'
	case len(runes) == 1:
		o.Delimiter = runes[0]
	case len(runes) > 1:
		return o, analysis.Fail(analysis.Invalid, "import.delimiter.form", analysis.Args{"given": c.Delimiter})
	}
	return o, nil
}

// splitPairs cuts "a=b,c=d" at the commas that begin a new field.
func splitPairs(s string) []string {
	var pairs []string
	for _, part := range strings.Split(s, ",") {
		if len(pairs) > 0 && !strings.Contains(part, "=") {
			pairs[len(pairs)-1] += "," + part // a comma within a column's name
			continue
		}
		pairs = append(pairs, part)
	}
	return pairs
}

// fileKind is what --kind takes.
type fileKind analysis.ImportKind

// UnmarshalText takes the kinds of file that can be read.
func (k *fileKind) UnmarshalText(given []byte) error {
	return choose(k, given, "clients", "revenue", "xaf", "hours", "judgements", "touches", "survey")
}

// audience is what --audience takes.
type audience analysis.Audience

// UnmarshalText takes those who can be asked.
func (a *audience) UnmarshalText(given []byte) error {
	return choose(a, given, "klanten", "prospects", "oud-klanten", "medewerkers")
}

type importUndoCmd struct {
	ID int64 `arg:"positional,required" help:"The import's number, as import printed it."`
}

// Run puts back what the import changed.
func (c *importUndoCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := commands.Imports{Store: db}.Undo(s.ctx, operator, analysis.ImportID(c.ID), s.at)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, map[string]any{"import_id": c.ID, "restored": rows})
	}
	_, err = fmt.Fprintln(s.out, s.printer().T("import.undone", analysis.Args{"id": c.ID, "rows": rows}))
	return err
}

type importListCmd struct{}

// listed bounds the list: older imports are rarely undone.
const listed = 50

// Run lists what was imported.
func (c *importListCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	records, err := commands.Imports{Store: db}.List(s.ctx, operator, listed)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, importListJSON(records))
	}
	_, err = fmt.Fprint(s.out, importListText(s.printer(), records, analysis.DayOf(s.at)))
	return err
}

// progress shows on a terminal how far a long import is.
type progress struct {
	s    *session
	on   bool
	last time.Time
}

func newProgress(s *session) *progress {
	file, ok := s.errs.(*os.File)
	if !ok {
		return &progress{s: s}
	}
	info, err := file.Stat()
	return &progress{s: s, on: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

func (p *progress) show(done, total int64) {
	if !p.on || total <= 0 || time.Since(p.last) < 100*time.Millisecond {
		return
	}
	p.last = time.Now()
	fmt.Fprintf(p.s.errs, "\r%s %3d%%", p.s.printer().T("import.reading", nil), min(100, 100*done/total))
}

func (p *progress) clear() {
	if p.on && !p.last.IsZero() {
		fmt.Fprint(p.s.errs, "\r\033[K")
	}
}
