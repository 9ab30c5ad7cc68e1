package ingest

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"klantbot/analysis"
)

// warn counts a warning, with the first line it stands on.
func (r *auditReader) warn(key string, line int) {
	w := r.warned[key]
	if w == nil {
		w = &warning{first: line}
		r.warned[key] = w
	}
	w.count++
}

// shorten returns text as one line of at most maxText bytes.
func shorten(text []byte) string {
	s := oneLine(string(text))
	if len(s) > maxText {
		s = strings.ToValidUTF8(s[:maxText], "")
	}
	return s
}

// finish reconciles and words what was noticed.
func (r *auditReader) finish() error {
	if r.source.accounts != nil && !r.revenueNamed {
		return fileError("import.xaf_accounts_none", nil, nil)
	}
	if r.file.Accounts == 0 && r.file.Transactions == 0 {
		return fileError("import.xaf_empty", nil, nil)
	}
	for _, c := range r.relations {
		if c.billed {
			r.file.ByClient = append(r.file.ByClient, ClientRevenue{c.number, c.name, c.revenue})
		}
	}
	analysis.Sort(r.file.ByClient, func(a, b ClientRevenue) int {
		return cmp.Or(cmp.Compare(b.Revenue, a.Revenue), cmp.Compare(a.Number, b.Number))
	})
	r.file.Revenue = r.file.Attributed + r.file.Unattributed
	r.s.Read, r.s.Total = r.file.Lines, r.file.Revenue
	r.s.Warnings = r.warnings()
	r.s.AuditFile = &r.file
	return nil
}

// warnings words how the file differs from what it should be: none of it is a
// reason to refuse it.
func (r *auditReader) warnings() (out []*analysis.Error) {
	say := func(when bool, key string, args analysis.Args) {
		if when {
			out = append(out, analysis.Fail(analysis.Invalid, key, args))
		}
	}
	f := &r.file
	known := f.StatedLines >= 0
	say(f.SalesJournals == 0 && r.source.accounts == nil, "import.xaf_no_sales", nil)
	say(r.unplaced > 0, "import.xaf_unattributed", analysis.Args{"count": r.unplaced, "amount": f.Unattributed})
	say(known && f.StatedLines != f.Lines, "import.xaf_lines_count", analysis.Args{"stated": f.StatedLines, "count": f.Lines})
	say(r.stated > 1, "import.xaf_counts_twice", nil)
	say(known && (f.StatedDebit != f.Debit || f.StatedCredit != f.Credit), "import.xaf_totals",
		analysis.Args{"stated_debit": f.StatedDebit, "debit": f.Debit, "stated_credit": f.StatedCredit, "credit": f.Credit})
	say(f.Debit != f.Credit, "import.xaf_unbalanced", analysis.Args{"debit": f.Debit, "credit": f.Credit})
	say(f.Currency != "" && !strings.EqualFold(f.Currency, "EUR"), "import.xaf_currency", analysis.Args{"currency": f.Currency})
	say(!slices.Contains([]string{"3.1", "3.2", "4.0"}, f.Version), "import.xaf_version_other", analysis.Args{"version": f.Version})
	say(r.x.broken > 0, "import.mixed_encoding", analysis.Args{"count": r.x.broken, "line": r.x.firstBroken})
	for _, key := range slices.Sorted(maps.Keys(r.warned)) {
		say(true, key, analysis.Args{"count": r.warned[key].count, "line": r.warned[key].first})
	}
	return out
}
