package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/storage/sqlstore"
)

type exportClientCmd struct {
	Client string `arg:"--client,required" placeholder:"NUMBER" help:"The client number."`
	File   string `arg:"positional" help:"Where to, .html for a page and else JSON; it must not be there yet. Not given: JSON is printed."`
}

// Run hands out everything that is kept of a client and their contact persons.
func (c *exportClientCmd) Run(s *session) error {
	db, err := s.open(true)
	if err != nil {
		return err
	}
	defer db.Close()
	id, err := numbered(s, db, c.Client)
	if err != nil {
		return err
	}
	d, err := dossierOf(db).Export(s.ctx, s.asOperator(), id)
	if err != nil {
		return err
	}
	if c.File == "" {
		return printJSON(s.out, commands.DossierJSON(d, s.at))
	}
	_, err = exclusively(c.File, func(to io.Writer) (int, error) {
		if strings.HasSuffix(strings.ToLower(c.File), ".html") {
			return 1, commands.DossierHTML(to, s.printer(), d, s.at)
		}
		out := json.NewEncoder(to)
		out.SetIndent("", "  ")
		return 1, out.Encode(commands.DossierJSON(d, s.at))
	})
	if err != nil {
		return err
	}
	if s.json {
		return printJSON(s.out, map[string]any{"file": c.File, "number": d.Client.Number})
	}
	_, err = fmt.Fprintln(s.out, s.printer().T("dossier.done", analysis.Args{"path": c.File}))
	return err
}

func dossierOf(db *sqlstore.DB) commands.Dossier {
	return commands.Dossier{Kept: db, Clients: db, Store: db}
}

// numbered is the client with exactly this number: whom somebody asks about by law is
// not guessed.
func numbered(s *session, db *sqlstore.DB, number string) (analysis.ClientID, error) {
	for entry, err := range db.Names(s.ctx) {
		if err != nil {
			return 0, err
		}
		if !slices.Contains(entry.Codes, number) {
			continue
		}
		client, err := db.Client(s.ctx, entry.Client)
		if err != nil {
			return 0, err
		}
		if client.Number == number {
			return client.ID, nil
		}
	}
	return 0, analysis.Fail(analysis.NotFound, "dossier.ambiguous", analysis.Args{"number": number})
}
