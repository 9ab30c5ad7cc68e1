package ingest

import "klantbot/analysis"

// serial reads a workbook's date: days since 1899-12-30, or since 1904-01-01 in
// files that say so; a fraction is a time of day. Numbers that are no date of
// 1927..2199 are refused: a lone year, or 20261121, is not a number of days.
func (t *table) serial(cell string) (analysis.Day, bool) {
	d, ok := parsePlain(cell)
	if !ok {
		return analysis.NoDay, false
	}
	days := d.coef
	for range d.scale {
		days /= 10
	}
	if days < 10_000 || days > 109_574 {
		return analysis.NoDay, false
	}
	if t.date1904 {
		return analysis.Day(days) + analysis.Date(1904, 1, 1), true
	}
	return analysis.Day(days) + analysis.Date(1899, 12, 30), true
}
