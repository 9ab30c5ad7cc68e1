package commands

import (
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strings"

	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// TouchesCSV writes moments with clients as a table that a spreadsheet or a CRM
// opens, and that `klantbot import --kind touches` reads back as the same
// moments. What people typed never becomes a formula. It returns how many it
// wrote, and fails when w or touches do.
func TouchesCSV(w io.Writer, p *locale.Printer, touches iter.Seq2[storage.TouchLine, error]) (int, error) {
	// A byte order mark makes a spreadsheet read it as UTF-8.
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return 0, fmt.Errorf("write export: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if p.Lang() == locale.Dutch {
		out.Comma = ';'
	}
	var head []string
	for _, key := range []string{"number", "name", "date", "kind", "by", "colleague", "contact", "note", "next", "before", "link"} {
		head = append(head, p.T("export.touch."+key, nil))
	}
	if err := out.Write(head); err != nil {
		return 0, fmt.Errorf("write export: %w", err)
	}
	n := 0
	for t, err := range touches {
		if err != nil {
			return n, err
		}
		row := []string{guarded(t.Number), guarded(t.Name), t.Day.String(), view.TouchWords(p, t.Kind), guarded(t.ByEmail), guarded(t.ByName),
			guarded(t.ContactName), guarded(t.Note), guarded(t.Next), t.NextDay.String(), guarded(t.Link)}
		if err := out.Write(row); err != nil {
			return n, fmt.Errorf("write export: %w", err)
		}
		n++
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return n, fmt.Errorf("write export: %w", err)
	}
	return n, nil
}

// guarded keeps what people typed from being a formula, which is whatever begins
// with one of these. Nothing is cut, and the apostrophe goes when it is imported
// again.
func guarded(s string) string {
	if trimmed := strings.TrimLeft(s, " \u00a0"); trimmed != "" && strings.ContainsRune("=+-@\t\r|%\uff1d\uff0b\uff0d\uff20", []rune(trimmed)[0]) {
		return "'" + s
	}
	return s
}
