package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage"
)

type exportCmds struct {
	Client  *exportClientCmd  `arg:"subcommand" help:"Everything that is kept of one client, for who asks what is known of them (the default)."`
	Touches *exportTouchesCmd `arg:"subcommand" help:"Contact moments as CSV, for the CRM."`
}

type exportTouchesCmd struct {
	File string `arg:"positional" help:"Where to; it must not be there yet. Not given: what is printed."`
	From string `arg:"--from" placeholder:"DATE" help:"The first day; all when not given."`
	To   string `arg:"--to" placeholder:"DATE" help:"The last day."`
}

// Run writes the moments as CSV; with --json and no file they are in the object.
func (c *exportTouchesCmd) Run(s *session) error {
	from, to := analysis.Day(math.MinInt32+1), analysis.Day(math.MaxInt32)
	for _, bound := range []struct {
		given string
		into  *analysis.Day
	}{{c.From, &from}, {c.To, &to}} {
		if bound.given == "" {
			continue
		}
		day, err := analysis.ParseDay(bound.given)
		if err != nil {
			return &analysis.Error{Kind: analysis.Invalid, Key: "export.date", Args: analysis.Args{"given": bound.given}, Cause: err}
		}
		*bound.into = day
	}
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	touches, err := commands.TouchExport{Touches: db, Store: db}.Between(s.ctx, s.asOperator(), from, to)
	if err != nil {
		return err
	}
	if c.File == "" && s.json {
		rows := []touchJSON{}
		for t, err := range touches {
			if err != nil {
				return err
			}
			rows = append(rows, toTouchJSON(t))
		}
		return printJSON(s.out, map[string]any{"touches": rows})
	}
	write := func(to io.Writer) (int, error) { return commands.TouchesCSV(to, s.printer(), touches) }
	if c.File == "" {
		_, err := write(s.out)
		return err
	}
	n, err := exclusively(c.File, write)
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, map[string]any{"file": c.File, "touches": n})
	}
	_, err = fmt.Fprintln(s.out, s.printer().N("export.touches", n, analysis.Args{"path": c.File}))
	return err
}

// exclusively writes a new file that only its owner may read, and leaves none
// where that fails.
func exclusively(path string, write func(io.Writer) (int, error)) (n int, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return 0, analysis.Fail(analysis.Invalid, "export.exists", analysis.Args{"path": path})
	}
	if err != nil {
		return 0, err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			err = errors.Join(err, os.Remove(path))
		}
	}()
	return write(f)
}

// touchJSON is a moment as --json has it.
type touchJSON struct {
	ID      analysis.TouchID   `json:"id"`
	Number  string             `json:"number"`
	Name    string             `json:"name"`
	Date    analysis.Day       `json:"date"`
	Kind    analysis.TouchKind `json:"kind"`
	By      string             `json:"by"`
	Contact string             `json:"contact"`
	Note    string             `json:"note"`
	Next    string             `json:"next"`
	NextDay *analysis.Day      `json:"next_date"`
	Source  string             `json:"source"`
	Link    string             `json:"link"`
}

func toTouchJSON(t storage.TouchLine) touchJSON {
	j := touchJSON{ID: t.ID, Number: t.Number, Name: t.Name, Date: t.Day, Kind: t.Kind, By: t.ByEmail, Contact: t.ContactName,
		Note: t.Note, Next: t.Next, Source: t.Source, Link: t.Link}
	if t.NextDay.Known() {
		j.NextDay = &t.NextDay
	}
	return j
}
