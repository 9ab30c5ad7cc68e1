package workspace

import (
	"slices"
	"strconv"
	"strings"
)

const (
	tableColumns   = 20
	tableRows      = 100
	tableTotalText = 10_000
)

// table: at most 100 rows of at most 20 cells, one a message, 10,000 characters.
func (c *checker) table(ptr string, b object) {
	if c.tables++; c.tables > 1 {
		c.fail(ptr, "only one table allowed")
	}
	for i, v := range c.list(ptr, b, "rows", 1, tableRows) {
		c.row(ptr+"/rows/"+strconv.Itoa(i), v, false, "raw_text", "raw_number", "rich_text")
	}
	for i, v := range c.list(ptr, b, "column_settings", 0, tableColumns) {
		at := ptr + "/column_settings/" + strconv.Itoa(i)
		m, ok := v.(object)
		if v == nil {
			continue
		}
		if !ok {
			c.fail(at, "must provide an object")
			continue
		}
		c.oneOf(at, m, "align", "left", "center", "right")
		c.boolean(at, m, "is_wrapped")
	}
}

// dataTable: a header row and 1 to 100 rows of as many cells, at most 20, none
// empty, together at most 10,000 characters a message.
func (c *checker) dataTable(ptr string, b object) {
	c.text(ptr, b, "caption", true, 255)
	c.whole(ptr, b, "page_size", 1, 100)
	width := -1
	for i, v := range c.list(ptr, b, "rows", 2, tableRows+1) {
		at := ptr + "/rows/" + strconv.Itoa(i)
		kinds := []string{"raw_text", "raw_number", "rich_text", "action_cell"}
		if i == 0 {
			kinds = []string{"raw_text", "raw_number"}
		}
		n := c.row(at, v, true, kinds...)
		if width >= 0 && n != width {
			c.fail(at, "must have %d cells as the first row has", width)
		}
		if width < 0 {
			width = n
		}
	}
	if width > 0 {
		c.whole(ptr, b, "row_header_column_index", 0, int64(width-1))
	}
}

// row checks one row's cells and returns how many there are.
func (c *checker) row(ptr string, v any, data bool, kinds ...string) int {
	cells, ok := v.([]any)
	switch {
	case !ok:
		c.fail(ptr, "must provide an array")
	case len(cells) == 0:
		c.fail(ptr, "no fewer than 1 items allowed")
	case len(cells) > tableColumns:
		c.fail(ptr, "no more than %d items allowed", tableColumns)
	}
	for j, cell := range cells {
		c.cell(ptr+"/"+strconv.Itoa(j), cell, data, kinds)
	}
	return len(cells)
}

func (c *checker) cell(ptr string, v any, data bool, kinds []string) {
	m, ok := v.(object)
	if !ok {
		c.fail(ptr, "must provide an object")
		return
	}
	kind, _ := m["type"].(string)
	if !slices.Contains(kinds, kind) {
		c.fail(ptr+"/type", "must be one of: %s", strings.Join(kinds, ", "))
		return
	}
	before := c.tableChars
	switch kind {
	case "raw_text":
		t := c.text(ptr, m, "text", true, tableTotalText)
		if data && t != "" && strings.TrimSpace(t) == "" {
			c.fail(ptr+"/text", "must not be empty")
		}
		c.tableChars += runes(t)
	case "raw_number":
		c.number(ptr, m, "value")
		c.tableChars += runes(c.text(ptr, m, "text", false, tableTotalText))
	case "rich_text":
		c.tableChars += c.richTextElements(ptr, m)
	case "action_cell":
		c.element(ptr+"/element", m["element"], inCell, map[string]bool{})
	}
	if before <= tableTotalText && c.tableChars > tableTotalText {
		c.fail(ptr, "all tables together must be less than %d characters", tableTotalText+1)
	}
}

// dataVisualization: at most two a message; limits per kind of chart.
func (c *checker) dataVisualization(ptr string, b object) {
	if c.charts++; c.charts > 2 {
		c.fail(ptr, "no more than 2 data_visualization blocks allowed")
	}
	c.text(ptr, b, "title", true, 50)
	chart, ok := b["chart"].(object)
	if !ok {
		c.fail(ptr+"/chart", "must provide an object")
		return
	}
	ptr += "/chart"
	switch chart["type"] {
	case "pie":
		c.pie(ptr, chart)
	case "bar", "line", "area":
		c.series(ptr, chart)
	default:
		c.fail(ptr+"/type", "must be one of: pie, bar, line, area")
	}
}

func (c *checker) pie(ptr string, chart object) {
	for i, v := range c.list(ptr, chart, "segments", 1, 6) {
		at := ptr + "/segments/" + strconv.Itoa(i)
		m, ok := v.(object)
		if !ok {
			c.fail(at, "must provide an object")
			continue
		}
		c.text(at, m, "label", true, 20)
		if n, ok := c.number(at, m, "value"); ok && n <= 0 {
			c.fail(at+"/value", "must be more than 0")
		}
	}
}

// series checks the axes of a bar, line or area chart: 1 to 6 uniquely named
// series with exactly one point for each of the 1 to 20 categories.
func (c *checker) series(ptr string, chart object) {
	axis, ok := chart["axis_config"].(object)
	if !ok {
		c.fail(ptr+"/axis_config", "must provide an object")
		return
	}
	at := ptr + "/axis_config"
	c.text(at, axis, "x_label", false, 50)
	c.text(at, axis, "y_label", false, 50)
	categories := map[string]bool{}
	for i, v := range c.list(at, axis, "categories", 1, 20) {
		c.label(at+"/categories/"+strconv.Itoa(i), v, categories)
	}
	names := map[string]bool{}
	for i, v := range c.list(ptr, chart, "series", 1, 6) {
		at := ptr + "/series/" + strconv.Itoa(i)
		m, ok := v.(object)
		if !ok {
			c.fail(at, "must provide an object")
			continue
		}
		c.label(at+"/name", m["name"], names)
		c.points(at, m, categories)
	}
}

func (c *checker) points(ptr string, series object, categories map[string]bool) {
	points := c.list(ptr, series, "data", 1, 20)
	seen := map[string]bool{}
	for i, v := range points {
		at := ptr + "/data/" + strconv.Itoa(i)
		m, ok := v.(object)
		if !ok {
			c.fail(at, "must provide an object")
			continue
		}
		c.number(at, m, "value")
		label := c.label(at+"/label", m["label"], seen)
		if label != "" && !categories[label] {
			c.fail(at+"/label", "must be one of axis_config.categories")
		}
	}
	if points != nil && len(points) != len(categories) {
		c.fail(ptr+"/data", "must have exactly one point for every category")
	}
}

// label checks a name of 1 to 20 characters that stands once in its list.
func (c *checker) label(ptr string, v any, seen map[string]bool) string {
	t, ok := v.(string)
	switch {
	case !ok:
		c.fail(ptr, "must provide a string")
	case t == "":
		c.fail(ptr, "must be more than 0 characters")
	case runes(t) > 20:
		c.fail(ptr, "must be less than 21 characters")
	case seen[t]:
		c.fail(ptr, "must be unique")
	}
	seen[t] = true
	return t
}
