package sqlstore

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
)

// warnOverlap says so when another bookkeeping than source has revenue between
// the first and the last date of the file: the invoice list and the audit file
// of one year hold the same revenue twice, and nothing else can tell. An office
// with one bookkeeping, nearly every office, pays nothing for it; with more the
// lines are read once.
func (a *applying) warnOverlap(ctx context.Context, source int64) error {
	const (
		others = `SELECT COUNT(*) FROM source WHERE id <> ?1`
		shared = `
			SELECT s.name, MIN(o.first), MAX(o.last) FROM (
				SELECT source_id, MIN(day) AS first, MAX(day) AS last FROM invoice_line
				WHERE source_id <> ?1 AND day BETWEEN ?2 AND ?3 GROUP BY source_id
				UNION ALL
				SELECT source_id, MIN(day), MAX(day) FROM unattributed_line
				WHERE source_id <> ?1 AND day BETWEEN ?2 AND ?3 GROUP BY source_id
			) o JOIN source s ON s.id = o.source_id GROUP BY s.name`
	)
	first, last := a.s.lines.first, a.s.lines.last
	var n int
	if err := a.e.row(ctx, others, source).Scan(&n); err != nil || n == 0 || first > last {
		return doing("count bookkeepings", err)
	}
	var names []string
	from, to := last, first
	err := each(ctx, a.e, shared, func(row scanner) error {
		var name string
		var begin, end int64
		err := row.Scan(&name, &begin, &end)
		names = append(names, name)
		from, to = min(from, analysis.Day(begin)), max(to, analysis.Day(end))
		return err
	}, source, int64(first), int64(last))
	if err != nil {
		return fmt.Errorf("look for revenue of other bookkeepings: %w", err)
	}
	if len(names) > 0 {
		slices.Sort(names)
		a.out.Warnings = append(a.out.Warnings, analysis.Fail(analysis.Invalid, "import.overlap", analysis.Args{
			"sources": strings.Join(names, ", "), "source": a.s.options.Source, "from": from, "to": to}))
	}
	return nil
}
