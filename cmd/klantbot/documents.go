package main

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
)

// documents are what an office needs beside the program to answer for it: the record
// of processing, the DPIA, the privacy statement, the list of processors, and a text for
// works council and employees. {KIND} stands for a time of keptFor. A test holds them
// against the schema, the scopes and the times of this program.
//
//go:embed documents
var documents embed.FS

// documentNames are the documents, without language.
var documentNames = []string{"register", "dpia", "privacy", "processors", "employees"}

type documentsCmd struct {
	Dir string `arg:"--dir" default:"." placeholder:"DIR" help:"Where to write them; files that are there are left alone."`
}

// Run writes the documents in the language asked for, and never over a file that
// somebody may have filled in.
func (c *documentsCmd) Run(s *session) error {
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return &analysis.Error{Kind: analysis.Invalid, Key: "documents.dir", Args: analysis.Args{"path": c.Dir}, Cause: err}
	}
	written, kept := []string{}, []string{}
	for _, name := range documentNames {
		text, err := document(name, string(s.lang))
		if err != nil {
			return err
		}
		path := filepath.Join(c.Dir, "klantbot-"+name+"."+string(s.lang)+".md")
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) {
			kept = append(kept, path)
			continue
		}
		if err == nil {
			_, err = f.WriteString(text)
			if closed := f.Close(); err == nil {
				err = closed
			}
		}
		if err != nil {
			return &analysis.Error{Kind: analysis.Invalid, Key: "documents.dir", Args: analysis.Args{"path": c.Dir}, Cause: err}
		}
		written = append(written, path)
	}
	if s.json {
		return printJSON(s.out, map[string]any{"written": written, "kept": kept})
	}
	for _, path := range written {
		fmt.Fprintln(s.out, s.printer().T("documents.written", analysis.Args{"path": path}))
	}
	for _, path := range kept {
		fmt.Fprintln(s.out, s.printer().T("documents.kept", analysis.Args{"path": path}))
	}
	return nil
}

// document is a document with the times of this program in it.
func document(name, lang string) (string, error) {
	raw, err := documents.ReadFile("documents/" + name + "." + lang + ".md")
	if err != nil {
		return "", fmt.Errorf("read document: %w", err)
	}
	var put []string
	for kind, n := range keptFor() {
		put = append(put, "{"+kind+"}", strconv.Itoa(n))
	}
	return strings.NewReplacer(put...).Replace(string(raw)), nil
}

// keptFor is how long things are kept for a time that nobody chooses: in days, and
// requests (verzoeken) in hours.
func keptFor() map[string]int {
	all := fixedRetention()
	all["verzoeken"] = int(bot.KeysKept / time.Hour)
	return all
}
