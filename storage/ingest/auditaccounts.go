package ingest

import (
	"strconv"
	"strings"

	"klantbot/analysis"
)

// accountFilter is what --revenue-accounts names; nil names nothing.
type accountFilter struct {
	ranges   [][2]uint64
	exact    map[string]bool
	patterns []string // RGS codes; a trailing * stands for the rest
}

// parseAccounts reads "8000-8999,8500,WOmz*".
func parseAccounts(s string) (*accountFilter, error) {
	if trimSpace(s) == "" {
		return nil, nil
	}
	f := &accountFilter{exact: map[string]bool{}}
	for part := range strings.SplitSeq(s, ",") {
		part = trimSpace(part)
		from, to, isRange := strings.Cut(part, "-")
		low, err1 := strconv.ParseUint(trimSpace(from), 10, 64)
		high, err2 := strconv.ParseUint(trimSpace(to), 10, 64)
		switch {
		case part == "":
			continue
		case err1 == nil && !isRange:
			f.ranges = append(f.ranges, [2]uint64{low, low})
		case err1 == nil && err2 == nil && low <= high:
			f.ranges = append(f.ranges, [2]uint64{low, high})
		case err1 == nil || err2 == nil && isRange || strings.Contains(strings.TrimSuffix(part, "*"), "*"):
			return nil, fileError("import.revenue_accounts", analysis.Args{"given": clip(part)}, nil)
		default:
			f.exact[part] = true
			f.patterns = append(f.patterns, part)
		}
	}
	if len(f.ranges)+len(f.patterns) == 0 {
		return nil, fileError("import.revenue_accounts", analysis.Args{"given": clip(s)}, nil)
	}
	return f, nil
}

// names reports whether f names the account: by its number (leading zeros do
// not count) or by one of the codes an audit file gives it.
func (f *accountFilter) names(number string, codes ...string) bool {
	if f.exact[number] {
		return true
	}
	if n, err := strconv.ParseUint(number, 10, 64); err == nil {
		for _, r := range f.ranges {
			if r[0] <= n && n <= r[1] {
				return true
			}
		}
	}
	for _, code := range codes {
		for _, p := range f.patterns {
			prefix, open := strings.CutSuffix(p, "*")
			if code != "" && (code == p || open && strings.HasPrefix(code, prefix)) {
				return true
			}
		}
	}
	return false
}
