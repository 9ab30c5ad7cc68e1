package view

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// byteOrderMark makes a spreadsheet read the file as UTF-8.
const byteOrderMark = "\ufeff"

// SegmentationCSV writes a segmentation as a table that a spreadsheet in the
// reader's language opens as it is: semicolons and decimal commas in Dutch. What
// people typed never becomes a formula. Fails only when w does.
func SegmentationCSV(w io.Writer, p *locale.Printer, v analysis.SegmentVersion, items []analysis.SegmentItem,
	standing map[analysis.GroupID]analysis.Segment, overrides []analysis.Override, groups map[analysis.GroupID]analysis.Group) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write export: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if p.Lang() == locale.Dutch {
		out.Comma = ';'
	}
	counted := map[analysis.GroupID]analysis.Override{}
	for _, o := range overrides {
		if !o.Proposed && o.Segment != "" {
			counted[o.Group] = o
		}
	}
	var head []string
	for _, key := range []string{"number", "name", "segment", "value", "coverage", "by_score", "reason", "author", "on", "strategic", "yearly", "version", "as_of"} {
		head = append(head, p.T("export."+key, nil))
	}
	rows := [][]string{head}
	for _, i := range items {
		o, overridden := counted[i.Group]
		row := []string{inertCell(groups[i.Group].Number), inertCell(groups[i.Group].Name), string(standing[i.Group]), "", "", string(i.Segment)}
		if i.Segment != "" {
			row[3], row[4] = decimal(p, i.Score, 1), decimal(p, i.Coverage, 2)
		}
		said := []string{"", "", "", ""}
		if overridden {
			said = []string{inertCell(o.Reason), inertCell(string(o.By)), analysis.DayOf(o.At.In(p.Zone())).String(), ""}
			if o.Strategic {
				said[3] = p.T("export.yes", nil)
			}
		}
		yearly := ""
		if i.Known {
			yearly = decimal(p, float64(i.Yearly)/100, 2)
		}
		rows = append(rows, append(append(row, said...), yearly, strconv.FormatInt(int64(v.ID), 10), v.AsOf.String()))
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("write export: %w", err)
	}
	return nil
}

// inertCell keeps what people typed from being a formula: a spreadsheet works
// out whatever begins with one of these.
func inertCell(s string) string {
	s = cut(strings.ReplaceAll(s, "\n", " "), maxSection)
	if trimmed := strings.TrimLeft(s, " \u00a0"); trimmed != "" && strings.ContainsRune("=+-@\t\r|%\uff1d\uff0b\uff0d\uff20", []rune(trimmed)[0]) {
		return "'" + s
	}
	return s
}

// decimal writes a number as a spreadsheet in the reader's language reads it,
// without separators.
func decimal(p *locale.Printer, v float64, digits int) string {
	s := strconv.FormatFloat(v, 'f', digits, 64)
	if p.Lang() == locale.Dutch {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}
