package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage"
	"klantbot/storage/ingest"
)

// The types below are CLI.md's promise for import.
type (
	refusedJSON struct {
		Line   int    `json:"line"`
		Reason string `json:"reason"`
	}
	byClientJSON struct {
		Number  string         `json:"number"`
		Name    string         `json:"name"`
		Revenue analysis.Cents `json:"revenue_cents"`
	}
	auditFileJSON struct {
		Version      string         `json:"version"`
		Accounts     int            `json:"accounts"`
		Relations    int            `json:"relations"`
		Transactions int            `json:"transactions"`
		Lines        int            `json:"lines"`
		Debit        analysis.Cents `json:"debit_cents"`
		Credit       analysis.Cents `json:"credit_cents"`
		Revenue      analysis.Cents `json:"revenue_cents"`
		ByClient     []byClientJSON `json:"by_client"`
	}
	importReportJSON struct {
		Kind         analysis.ImportKind `json:"kind"`
		Encoding     string              `json:"encoding"`
		Delimiter    string              `json:"delimiter"`
		Sheet        string              `json:"sheet,omitempty"`
		Columns      map[string]string   `json:"columns,omitempty"`
		Read         int                 `json:"read"`
		Added        int                 `json:"added"`
		Changed      int                 `json:"changed"`
		Unchanged    int                 `json:"unchanged"`
		Removed      int                 `json:"removed"`
		Refused      []refusedJSON       `json:"refused"`
		RefusedCount int                 `json:"refused_count"`
		ImportID     *analysis.ImportID  `json:"import_id"`
		DryRun       bool                `json:"dry_run"`
		Total        *analysis.Cents     `json:"total_cents,omitempty"`
		TotalExact   string              `json:"total_exact,omitempty"`
		Attributed   *analysis.Cents     `json:"attributed_cents,omitempty"`
		Unattributed *analysis.Cents     `json:"unattributed_cents,omitempty"`
		*auditFileJSON
		Created   int      `json:"clients_created"`
		Proposals int      `json:"group_proposals"`
		Warnings  []string `json:"warnings"`
	}
)

func importJSON(p *locale.Printer, r commands.ImportReport) importReportJSON {
	j := importReportJSON{Kind: r.Detected.Kind, Encoding: r.Detected.Encoding, Delimiter: delimiterName(r.Detected.Delimiter),
		Sheet: r.Detected.Sheet, Columns: r.Detected.Columns, Read: r.Summary.Read,
		Added: r.Outcome.Added, Changed: r.Outcome.Changed, Unchanged: r.Outcome.Unchanged, Removed: r.Outcome.Removed,
		Refused: []refusedJSON{}, RefusedCount: r.Summary.RefusedCount + r.Outcome.RefusedCount, DryRun: r.DryRun,
		Created: r.Outcome.CreatedCount, Proposals: r.Outcome.Proposals, Warnings: warnings(p, r)}
	for _, refusal := range r.Refusals() {
		j.Refused = append(j.Refused, refusedJSON{refusal.Line, p.Error(refusal.Reason)})
	}
	if r.Outcome.ID != 0 {
		j.ImportID = &r.Outcome.ID
	}
	if k := r.Detected.Kind; k != analysis.ImportRevenue && k != analysis.ImportXAF {
		return j
	}
	unattributed := r.Outcome.Total - r.Outcome.Attributed
	j.Total, j.Attributed, j.Unattributed, j.TotalExact = &r.Outcome.Total, &r.Outcome.Attributed, &unattributed, r.Summary.TotalExact
	if a := r.Summary.AuditFile; a != nil {
		j.Attributed, j.Unattributed = &a.Attributed, &a.Unattributed
		j.auditFileJSON = toAuditFileJSON(a)
	}
	return j
}

func toAuditFileJSON(a *ingest.AuditFile) *auditFileJSON {
	j := &auditFileJSON{Version: a.Version, Accounts: a.Accounts, Relations: a.Relations, Transactions: a.Transactions,
		Lines: a.Lines, Debit: a.Debit, Credit: a.Credit, Revenue: a.Revenue, ByClient: []byClientJSON{}}
	for _, c := range a.ByClient {
		j.ByClient = append(j.ByClient, byClientJSON{c.Number, c.Name, c.Revenue})
	}
	return j
}

func delimiterName(r rune) string {
	if r == 0 {
		return ""
	}
	return string(r)
}

func warnings(p *locale.Printer, r commands.ImportReport) []string {
	all := []string{}
	for _, w := range slices.Concat(r.Summary.Warnings, r.Outcome.Warnings) {
		all = append(all, p.Error(w))
	}
	if n := r.Outcome.CreatedCount; n > 0 {
		shown := r.Outcome.Created[:min(len(r.Outcome.Created), 20)]
		names := strings.Join(shown, ", ")
		if n > len(shown) {
			names += p.N("client.more", n-len(shown), nil)
		}
		all = append(all, p.N("import.created", n, analysis.Args{"names": names}))
	}
	return all
}

// shownRefusals bounds the list on a terminal; --json has more.
const shownRefusals = 20

func importText(p *locale.Printer, r commands.ImportReport) string {
	var b strings.Builder
	say := func(key string, args analysis.Args) { b.WriteString(terminalLine(p.T(key, args)) + "\n") }
	say("import.kind."+string(r.Detected.Kind), detectedArgs(p, r))
	for _, column := range columnLines(r.Detected) {
		b.WriteString("  " + terminalLine(column) + "\n")
	}
	if a := r.Summary.AuditFile; a != nil {
		say("import.auditfile", analysis.Args{"version": a.Version, "accounts": a.Accounts, "relations": a.Relations,
			"transactions": a.Transactions, "lines": a.Lines, "revenue": p.MoneyExact(a.Revenue),
			"attributed": p.MoneyExact(a.Attributed), "unattributed": p.MoneyExact(a.Unattributed)})
		if r.Outcome.RefusedCount > 0 {
			say("import.taken", analysis.Args{"total": p.MoneyExact(r.Outcome.Total)})
		}
	} else if r.Detected.Kind == analysis.ImportRevenue {
		say("import.total", analysis.Args{"total": p.MoneyExact(r.Outcome.Total), "attributed": p.MoneyExact(r.Outcome.Attributed)})
	}
	outcome := "import.applied"
	if r.DryRun {
		outcome = "import.would"
	}
	say(outcome, analysis.Args{"read": r.Summary.Read, "added": r.Outcome.Added, "changed": r.Outcome.Changed,
		"unchanged": r.Outcome.Unchanged, "refused": r.Summary.RefusedCount + r.Outcome.RefusedCount})
	all := r.Refusals()
	for i, refusal := range all {
		if i == shownRefusals {
			say("import.refused.more", analysis.Args{"n": r.Summary.RefusedCount + r.Outcome.RefusedCount - i})
			break
		}
		say("import.refused.line", analysis.Args{"line": fmt.Sprint(refusal.Line), "reason": p.Error(refusal.Reason)})
	}
	for _, w := range warnings(p, r) {
		say("import.warning", analysis.Args{"warning": w})
	}
	if r.Outcome.Proposals > 0 {
		b.WriteString(p.N("import.proposals", r.Outcome.Proposals, nil) + "\n")
	}
	if r.Outcome.ID != 0 {
		say("import.undo.how", analysis.Args{"id": fmt.Sprint(r.Outcome.ID)})
	}
	return b.String()
}

func detectedArgs(p *locale.Printer, r commands.ImportReport) analysis.Args {
	form := r.Detected.Encoding
	if d := delimiterName(r.Detected.Delimiter); d != "" {
		if d == "\t" {
			d = p.T("import.delimiter.tab", nil)
		}
		form += ", " + p.T("import.delimiter", analysis.Args{"delimiter": d})
	}
	if r.Detected.Sheet != "" {
		form += ", " + p.T("import.sheet", analysis.Args{"sheet": r.Detected.Sheet})
	}
	return analysis.Args{"form": form}
}

// columnLines says which column became which field, in the order of the file.
func columnLines(d ingest.Detected) []string {
	var lines []string
	for _, column := range d.Header {
		for field, name := range d.Columns {
			if name == column {
				lines = append(lines, column+" → "+field)
			}
		}
	}
	return lines
}

func importListJSON(records []storage.ImportRecord) map[string]any {
	list := make([]map[string]any, len(records))
	for i, r := range records {
		list[i] = map[string]any{"import_id": r.ID, "kind": r.Kind, "file": r.File, "at": r.At.UTC().Format(time.RFC3339),
			"added": r.Added, "changed": r.Changed, "removed": r.Removed, "undone": r.Undone}
	}
	return map[string]any{"imports": list}
}

func importListText(p *locale.Printer, records []storage.ImportRecord, asOf analysis.Day) string {
	if len(records) == 0 {
		return p.T("import.list.none", nil) + "\n"
	}
	var b strings.Builder
	for _, r := range records {
		args := analysis.Args{"id": fmt.Sprint(r.ID), "when": p.Moment(r.At, asOf), "file": r.File, "added": r.Added, "changed": r.Changed}
		key := "import.list.line"
		if r.Undone {
			key = "import.list.undone"
		}
		b.WriteString(terminalLine(p.T(key, args)) + "\n")
	}
	return b.String()
}

// terminalLine keeps a file's words from steering the terminal.
func terminalLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}
