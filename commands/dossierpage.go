package commands

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// inPage writes text such that nothing of it is markup. The library's html does the
// same and brings the names of all entities, which is 80 KB that nothing reads.
var inPage = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// What the columns of a dossier hold that are no plain text or number.
var (
	dossierDays     = []string{"day", "since", "until", "next_day", "due", "dated", "period"}
	dossierInstants = []string{"at", "begun", "last", "deadline", "changed", "stubbed", "attempt"}
	dossierMoney    = []string{"cents", "balance", "elsewhere", "yearly"}
)

// dossierDay reports whether a column has days: of messages, due is an instant.
func dossierDay(table, column string) bool {
	return slices.Contains(dossierDays, column) && !(table == "ledger" && column == "due")
}

func dossierInstant(table, column string) bool {
	return slices.Contains(dossierInstants, column) || table == "ledger" && (column == "due" || column == "lease")
}

// DossierJSON is d for another program: tables by name, rows as objects, days and
// instants as dates and RFC 3339, money in cents.
func DossierJSON(d storage.Dossier, made time.Time) map[string]any {
	kept := map[string]any{}
	for _, part := range d.Parts {
		rows := []map[string]any{}
		for _, row := range part.Rows {
			object := map[string]any{}
			for i, column := range part.Columns {
				object[column] = dossierValue(part.Table, column, row[i])
			}
			rows = append(rows, object)
		}
		kept[part.Table] = rows
	}
	return map[string]any{"made": made.UTC().Format(time.RFC3339), "number": d.Client.Number, "name": d.Client.Name, "group_has_others": !d.Alone, "kept": kept}
}

func dossierValue(table, column string, v any) any {
	n, isNumber := v.(int64)
	if text, ok := v.(string); ok && text != "" && (text[0] == '{' || text[0] == '[') && json.Valid([]byte(text)) {
		return json.RawMessage(text)
	}
	switch {
	case isNumber && dossierDay(table, column):
		return analysis.Day(n)
	case isNumber && dossierInstant(table, column) && n == 0:
		return nil
	case isNumber && dossierInstant(table, column):
		return time.UnixMilli(n).UTC().Format(time.RFC3339)
	}
	return v
}

// dossierStyle makes a page that prints.
const dossierStyle = `body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1d1c1d}
h2{margin-top:2rem}table{border-collapse:collapse;font-size:13px}td,th{border:1px solid #ccc;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f4f4f4}.r{overflow-x:auto}`

// DossierHTML writes d as a page that people can read and print. Everything in it
// that somebody typed is escaped.
func DossierHTML(w io.Writer, p *locale.Printer, d storage.Dossier, made time.Time) error {
	var b strings.Builder
	title := p.T("dossier.title", analysis.Args{"name": d.Client.Name, "number": d.Client.Number})
	fmt.Fprintf(&b, "<!doctype html>\n<html lang=%q>\n<head><meta charset=\"utf-8\"><title>%s</title><style>%s</style></head>\n<body>\n<h1>%s</h1>\n<p>%s</p>\n",
		p.Lang(), inPage.Replace(title), dossierStyle, inPage.Replace(title),
		inPage.Replace(p.T("dossier.made", analysis.Args{"day": analysis.DayOf(made.In(p.Zone()))})))
	if !d.Alone {
		fmt.Fprintf(&b, "<p>%s</p>\n", inPage.Replace(p.T("dossier.group", nil)))
	}
	for _, part := range d.Parts {
		fmt.Fprintf(&b, "<h2>%s</h2>\n<div class=\"r\"><table>\n<tr>", inPage.Replace(p.T("dossier.table_"+part.Table, nil)))
		shown := filledColumns(part)
		for _, i := range shown {
			fmt.Fprintf(&b, "<th>%s</th>", inPage.Replace(p.T("dossier.col_"+part.Columns[i], nil)))
		}
		b.WriteString("</tr>\n")
		for _, row := range part.Rows {
			b.WriteString("<tr>")
			for _, i := range shown {
				fmt.Fprintf(&b, "<td>%s</td>", inPage.Replace(dossierText(p, part.Table, part.Columns[i], row[i])))
			}
			b.WriteString("</tr>\n")
		}
		b.WriteString("</table></div>\n")
	}
	fmt.Fprintf(&b, "<p>%s</p>\n</body>\n</html>\n", inPage.Replace(p.T("dossier.none", nil)))
	_, err := io.WriteString(w, b.String())
	return err
}

// filledColumns are those of part that say anything.
func filledColumns(part storage.DossierPart) (shown []int) {
	for i := range part.Columns {
		if slices.ContainsFunc(part.Rows, func(row []any) bool { return row[i] != nil && row[i] != "" && row[i] != int64(0) }) {
			shown = append(shown, i)
		}
	}
	return shown
}

func dossierText(p *locale.Printer, table, column string, v any) string {
	n, isNumber := v.(int64)
	switch {
	case v == nil, isNumber && n == 0 && dossierInstant(table, column):
		return ""
	case isNumber && dossierDay(table, column):
		return p.Date(analysis.Day(n))
	case isNumber && dossierInstant(table, column):
		return time.UnixMilli(n).In(p.Zone()).Format("2006-01-02 15:04")
	case isNumber && slices.Contains(dossierMoney, column):
		return p.MoneyExact(analysis.Cents(n))
	}
	return fmt.Sprint(v)
}
