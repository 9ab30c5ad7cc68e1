package ingest

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
)

// headerRows is how far down the header may stand, below titles and dates.
const headerRows = 30

// heading is one way to read the top of a table: as a kind, with a row as its
// header.
type heading struct {
	kind    *kind
	header  []string
	line    int // physical line of the header, the last one of two
	columns []*column
	mapped  map[string]bool // fields that --map named
	missing []string
	score   int // fields found, and more for a telling one
	asked   int // of which by what their question says
	ignored []string
	tool    string // program that wrote the file, where its header tells
}

// findHeading chooses the row and the kind under which the most fields are
// found, the first such row. A heading with everything required wins from one
// without.
func findHeading(rows []row, o Options) (*heading, error) {
	if err := checkMap(o); err != nil {
		return nil, err
	}
	best := recognise(rows, o)
	if best == nil {
		return nil, fileError("import.empty", nil, nil)
	}
	if o.Only && len(o.Map) > 0 {
		// Which row is the header shows by what the columns are called.
		unnamed := o
		unnamed.Map = nil
		if found := recognise(rows, unnamed); found != nil && found.kind == best.kind {
			best = readHeading(found.kind, found.header, found.line, o.Map, byMap)
		}
	}
	best.tool = toolOf(best.kind, rows)
	for _, name := range slices.Sorted(maps.Keys(o.Map)) {
		if !best.mapped[name] {
			return nil, fileError("import.map_column", analysis.Args{
				"field": name, "column": o.Map[name], "near": nearest(o.Map[name], best.header), "seen": seen(best.header)}, nil)
		}
	}
	return best, nil
}

// recognise returns the best heading among rows, nil where no kind may be tried.
func recognise(rows []row, o Options) *heading {
	var best *heading
	for i := range kinds {
		k := &kinds[i]
		tool := toolOf(k, rows)
		if o.Kind != k.name && (o.Kind != "" || k.asked && tool == "") || !knowsAll(k, o.Map) {
			continue
		}
		widest := 0
		for j, r := range rows {
			// A row under one that is as wide is no header for what its cells say: they
			// may be whole sentences.
			by := byNames
			if wide := filled(r.cells); wide > widest {
				widest, by = wide, byQuestions
			}
			best = better(best, readHeading(k, r.cells, r.line, o.Map, by))
			if j+1 < len(rows) && (!anyDigit(rows[j+1].cells) || k.merge != nil && tool == twoHeaders) {
				best = better(best, readHeading(k, mergeHeader(k, r.cells, rows[j+1].cells), rows[j+1].line, o.Map, by))
			}
		}
	}
	return best
}

// toolOf returns the program whose header is among rows.
func toolOf(k *kind, rows []row) string {
	for _, r := range rows {
		if k.tool == nil {
			break
		}
		if tool := k.tool(r.cells); tool != "" {
			return tool
		}
	}
	return ""
}

// better prefers a heading that is complete, then the one with more fields; of
// two complete kinds the one that explains more columns.
func better(a, b *heading) *heading {
	switch {
	case b == nil:
		return a
	case a == nil:
		return b
	case (len(a.missing) == 0) != (len(b.missing) == 0):
		if len(b.missing) == 0 {
			return b
		}
		return a
	case b.score > a.score, b.score == a.score && b.score == 0 && filled(b.header) > filled(a.header):
		return b
	}
	return a
}

// knowing is by what columns are known.
type knowing int

const (
	byMap       knowing = iota // by what a person named alone
	byNames                    // also by what they are called
	byQuestions                // also by what their question says
)

// readHeading tries cells as the header of a table of kind k.
func readHeading(k *kind, cells []string, line int, named map[string]string, by knowing) *heading {
	h := &heading{kind: k, header: trimAll(cells), line: line, mapped: map[string]bool{}}
	taken := make([]bool, len(h.header))
	add := func(f field, i int) {
		h.columns = append(h.columns, &column{field: f, header: h.header[i], index: i})
		taken[i] = true
		h.score++
	}
	for _, name := range slices.Sorted(maps.Keys(named)) {
		f, _ := k.field(name)
		if i := columnNamed(h.header, named[name]); i >= 0 {
			add(f, i)
			h.mapped[name] = true
		}
	}
	if by >= byNames {
		h.recognise(k, named, taken, add)
	}
	if by >= byQuestions && k.match != nil {
		h.ask(k, taken, add)
	}
	h.missing = k.required(func(f string) bool { return h.find(f) != nil })
	if by >= byNames {
		for _, name := range h.missing {
			h.claim(k, name)
		}
	}
	if k.choose != nil {
		k.choose(h)
	}
	for i, c := range h.header {
		if c != "" && !slices.ContainsFunc(h.columns, func(used *column) bool { return used.index == i }) {
			h.ignored = append(h.ignored, c)
		}
	}
	h.missing = k.required(func(f string) bool { return h.find(f) != nil })
	if h.find(k.telling) != nil {
		h.score += len(k.fields)
	}
	return h
}

// recognise adds the columns that are called as those of k are.
func (h *heading) recognise(k *kind, named map[string]string, taken []bool, add func(field, int)) {
	folded := make([]string, len(h.header))
	for i, c := range h.header {
		folded[i] = fold(c)
	}
	// The most telling names choose first: a column klantnummer takes number
	// before debiteurnummer could.
	deepest := 0
	for _, f := range k.fields {
		deepest = max(deepest, len(f.names))
	}
	for rank := range deepest {
		for _, f := range k.fields {
			if rank >= len(f.names) || h.find(f.name) != nil || named[f.name] != "" {
				continue
			}
			if i := slices.Index(folded, f.names[rank]); i >= 0 && !taken[i] {
				add(f, i)
			}
		}
	}
}

// ask adds the columns whose question says what they are.
func (h *heading) ask(k *kind, taken []bool, add func(field, int)) {
	for i, c := range h.header {
		if taken[i] || c == "" {
			continue
		}
		if f, ok := k.match(c); ok && h.named(f.name) == nil {
			add(f, i)
			h.asked++
		}
	}
}

// claim gives a required field a column that an optional one took: a list with
// only debiteurnummer is numbered by it. A name is never claimed: "Klant" alone
// is who, not which number.
func (h *heading) claim(k *kind, name string) {
	f, _ := k.field(name)
	for _, c := range h.columns {
		if c.field.name != "name" && !h.mapped[c.field.name] && !slices.Contains(h.missing, c.field.name) && slices.Contains(f.names, fold(c.header)) {
			c.field = f
			return
		}
	}
}

// find returns the column of a field, or for a name that ends in a colon the
// first of those that begin with it.
func (h *heading) find(name string) *column {
	for _, c := range h.columns {
		if c.field.name == name || strings.HasSuffix(name, ":") && strings.HasPrefix(c.field.name, name) {
			return c
		}
	}
	return nil
}

// named returns the column of exactly this field.
func (h *heading) named(field string) *column {
	if i := slices.IndexFunc(h.columns, func(c *column) bool { return c.field.name == field }); i >= 0 {
		return h.columns[i]
	}
	return nil
}

// mergeHeader reads two rows as one header, as under merged cells: "Klant"
// over "nummer" and "naam" is "Klant nummer" and "Klant naam".
func mergeHeader(k *kind, above, below []string) []string {
	merged := make([]string, max(len(above), len(below)))
	over := ""
	for i := range merged {
		if i < len(above) && trimSpace(above[i]) != "" {
			over = trimSpace(above[i])
		}
		under := ""
		if i < len(below) {
			under = trimSpace(below[i])
		}
		switch {
		case k.merge != nil && k.tool(above) == twoHeaders:
			merged[i] = k.merge(over, under)
		case under == "":
			if i < len(above) {
				merged[i] = trimSpace(above[i])
			}
		case k.recognises(over + under):
			merged[i] = over + " " + under
		default:
			merged[i] = under
		}
	}
	return merged
}

func (k *kind) recognises(name string) bool {
	folded := fold(name)
	return slices.ContainsFunc(k.fields, func(f field) bool { return slices.Contains(f.names, folded) })
}

// columnNamed returns the column that a --map means: by its name, else by its
// number from 1, else by its letters as a spreadsheet has them; -1 when there
// is none. Behind a # it is the number, whatever the columns are called.
func columnNamed(header []string, name string) int {
	name = trimSpace(name)
	if place, ok := strings.CutPrefix(name, "#"); ok {
		if n, err := strconv.Atoi(place); err == nil && n >= 1 && n <= len(header) {
			return n - 1
		}
	}
	for i, c := range header {
		if c == name {
			return i
		}
	}
	if folded := fold(name); folded != "" {
		for i, c := range header {
			if fold(c) == folded {
				return i
			}
		}
	}
	n, err := strconv.Atoi(name)
	if err != nil {
		n = 0
		for _, c := range []byte(strings.ToUpper(name)) {
			if c < 'A' || c > 'Z' || len(name) > 3 {
				return -1
			}
			n = n*26 + int(c-'A') + 1
		}
	}
	if n < 1 || n > len(header) {
		return -1
	}
	return n - 1
}

// checkMap refuses fields that no kind knows.
func checkMap(o Options) error {
	for _, name := range slices.Sorted(maps.Keys(o.Map)) {
		known, names := false, []string{}
		for i := range kinds {
			if o.Kind == kinds[i].name || o.Kind == "" && !kinds[i].asked {
				_, ok := kinds[i].field(name)
				known = known || ok
				names = append(names, kinds[i].fieldNames())
			}
		}
		if !known {
			return fileError("import.map_field", analysis.Args{"field": name, "known": strings.Join(names, "; ")}, nil)
		}
	}
	return nil
}

func knowsAll(k *kind, named map[string]string) bool {
	for name := range named {
		if _, ok := k.field(name); !ok {
			return false
		}
	}
	return true
}
