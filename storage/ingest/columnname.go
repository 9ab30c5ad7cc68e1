package ingest

import (
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
)

// missingColumn words what is required and not there, with an example.
func (h *heading) missingColumn() *analysis.Error {
	if gross := h.grossOnly(); gross != "" {
		return fileError("import.amount_gross", analysis.Args{"column": gross}, nil)
	}
	example := "..."
	if len(h.ignored) > 0 {
		example = nearest(h.missing[0], h.ignored)
	}
	return fileError("import.column_missing", analysis.Args{
		"kind": string(h.kind.name), "missing": strings.Join(h.missing, ", "), "seen": seen(h.header),
		"example": "--map " + h.missing[0] + "=" + strconv.Quote(example)}, nil)
}

// grossOnly returns the column with amounts including VAT when nothing but the
// net amount is missing: pointing that column out would count VAT as revenue.
func (h *heading) grossOnly() string {
	if len(h.missing) != 1 || h.missing[0] != "amount" {
		return ""
	}
	for _, c := range h.ignored {
		if f := fold(c); strings.Contains(f, "incl") && !strings.Contains(f, "excl") {
			return clip(c)
		}
	}
	return ""
}

// seen lists column names for a sentence.
func seen(header []string) string {
	var names []string
	for _, c := range header {
		if c != "" {
			names = append(names, clip(c))
		}
	}
	if len(names) > 20 {
		names = append(names[:20], "…")
	}
	return strings.Join(names, ", ")
}

// nearest returns the column name most like name, by the letter pairs they
// share.
func nearest(name string, header []string) string {
	best, most := "", -1.0
	want := pairs(fold(name))
	for _, c := range header {
		have := pairs(fold(c))
		shared := 0
		for p := range want {
			if have[p] {
				shared++
			}
		}
		if like := float64(2*shared) / float64(len(want)+len(have)+1); c != "" && like > most {
			best, most = clip(c), like
		}
	}
	return best
}

func pairs(s string) map[string]bool {
	p := map[string]bool{}
	for i := 0; i+1 < len(s); i++ {
		p[s[i:i+2]] = true
	}
	return p
}

func trimAll(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = oneLine(trimSpace(c))
	}
	return out
}

func filled(cells []string) (n int) {
	for _, c := range cells {
		if c != "" {
			n++
		}
	}
	return n
}

func anyDigit(cells []string) bool {
	return slices.ContainsFunc(cells, func(c string) bool { return strings.ContainsAny(c, "0123456789") })
}
