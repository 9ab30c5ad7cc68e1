package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"klantbot/analysis"
	"klantbot/prompts/mask"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

type maskCmd struct {
	File string `arg:"positional" help:"A text file; without one, standard input."`
}

// longestText bounds what is masked at once.
const longestText = 1 << 26

// maskInput is standard input; a test reads another.
var maskInput io.Reader = os.Stdin

// Run prints a text without the names and numbers that point at people.
func (c *maskCmd) Run(s *session) error {
	text, err := c.read()
	if err != nil {
		return err
	}
	known, err := s.knownNames()
	if err != nil {
		return err
	}
	m := mask.New(known, "").Mask(text)
	if !s.json {
		_, err = io.WriteString(s.out, m.Text)
		return err
	}
	j := maskedJSON{Text: m.Text, Found: []foundJSON{}}
	for _, f := range m.Found {
		j.Found = append(j.Found, foundJSON{f.Kind, f.Start, f.End, f.Placeholder})
	}
	return printJSON(s.out, j)
}

func (c *maskCmd) read() (string, error) {
	in := maskInput
	if c.File != "" {
		raw, err := readText(c.File)
		if err != nil {
			return "", err
		}
		return decoded(raw)
	}
	raw, err := io.ReadAll(io.LimitReader(in, longestText+1))
	if err != nil {
		return "", fmt.Errorf("read standard input: %w", err)
	}
	if len(raw) > longestText || !utf8.Valid(raw) {
		return "", analysis.Fail(analysis.Invalid, "mask.text", nil)
	}
	return string(raw), nil
}

// maskedJSON is CLI.md's promise.
type maskedJSON struct {
	Text  string      `json:"text"`
	Found []foundJSON `json:"found"`
}

type foundJSON struct {
	Kind        mask.Kind `json:"kind"`
	Start       int       `json:"start"` // bytes of the text that was given
	End         int       `json:"end"`
	Placeholder string    `json:"placeholder"`
}

// knownNames reads the names that the database knows.
// Without --db and without the default database there are none: masking then goes
// by patterns and capitals.
func (s *session) knownNames() (*mask.Directory, error) {
	db, err := s.open(true)
	var known *analysis.Error
	if s.db == "" && errors.As(err, &known) && known.Kind == analysis.NotFound {
		return mask.NewDirectory(), nil
	}
	if err != nil {
		return nil, err
	}
	defer db.Close()
	return namesIn(s.ctx, db)
}

// namesIn reads the names of clients, contact persons and colleagues.
func namesIn(ctx context.Context, db *sqlstore.DB) (*mask.Directory, error) {
	names := mask.NewDirectory()
	for entry, err := range storage.Names(db).Names(ctx) {
		if err != nil {
			return nil, fmt.Errorf("read names: %w", err)
		}
		key := fmt.Sprint("client/", entry.Client)
		names.Add(key, entry.Name)
		if entry.GroupName != "" {
			names.Add(key, entry.GroupName)
		}
		for i, contact := range entry.Contacts {
			names.AddPerson(fmt.Sprint(key, "/", i), contact)
		}
	}
	people, err := db.AllManagers(ctx)
	if err != nil {
		return nil, fmt.Errorf("read managers: %w", err)
	}
	for _, m := range people {
		names.AddPerson(fmt.Sprint("manager/", m.ID), m.Name)
	}
	return names, nil
}
