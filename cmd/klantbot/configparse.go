package main

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands"
)

// parseConfig reads a file of settings strictly: what it does not know it
// refuses, with the line. A section that the file has is taken as a whole, so
// what it leaves out there is the default; a section that it has not stays as in
// present. The attention plan is parsePlan's. Errors are analysis.Invalid.
func parseConfig(text []byte, present value.Settings) (value.Settings, error) {
	wanted := present.Clone()
	root, err := yamlRoot(text)
	if err != nil {
		return wanted, err
	}
	r := &configReader{}
	r.block(root, "", []string{"criteria", "segments", "potential", "loyalty", "strategies", "attention"}, func(key string, n *yaml.Node) {
		fresh := value.DefaultSettings()
		switch key {
		case "criteria":
			wanted.Criteria = r.criteria(n)
		case "segments":
			wanted.Rules = r.segments(n, fresh.Rules)
		case "potential":
			wanted.Potential = fresh.Potential
			r.block(n, key, []string{"high_cents"}, func(_ string, v *yaml.Node) { wanted.Potential.High = analysis.Cents(r.whole(v, "high_cents")) })
			r.check(n, wanted.Potential.Check())
		case "loyalty":
			wanted.Loyalty = fresh.Loyalty
			r.block(n, key, []string{"known_marks"}, func(_ string, v *yaml.Node) { wanted.Loyalty.Least = int(r.whole(v, "known_marks")) })
			r.check(n, wanted.Loyalty.Check())
		case "strategies":
			wanted.Strategies = r.strategies(n)
		}
	})
	return wanted, r.err
}

// yamlLine finds the line in what the parser says.
var yamlLine = regexp.MustCompile(`line (\d+)`)

// yamlRoot returns the only document of text.
func yamlRoot(text []byte) (*yaml.Node, error) {
	var doc, more yaml.Node
	d := yaml.NewDecoder(bytes.NewReader(text))
	if err := d.Decode(&doc); errors.Is(err, io.EOF) || err == nil && len(doc.Content) == 0 {
		return nil, analysis.Fail(analysis.Invalid, "setting.file_empty", nil)
	} else if err != nil {
		line := 1
		if m := yamlLine.FindStringSubmatch(err.Error()); m != nil {
			line, _ = strconv.Atoi(m[1])
		}
		return nil, analysis.Fail(analysis.Invalid, "setting.file_syntax", analysis.Args{"line": line})
	}
	if err := d.Decode(&more); !errors.Is(err, io.EOF) {
		return nil, analysis.Fail(analysis.Invalid, "setting.file_many", nil)
	}
	return doc.Content[0], nil
}

// configReader reads nodes; the first error counts, and what is read after it
// does not matter.
type configReader struct{ err error }

func (r *configReader) refuse(n *yaml.Node, key string, args analysis.Args) {
	if r.err != nil {
		return
	}
	all := analysis.Args{"line": n.Line}
	for name, v := range args {
		all[name] = v
	}
	r.err = analysis.Fail(analysis.Invalid, key, all)
}

// check says err at the line of n.
func (r *configReader) check(n *yaml.Node, err error) {
	var why *analysis.Error
	if errors.As(err, &why) {
		r.refuse(n, "setting.file_line", analysis.Args{"error": why})
	}
}

// block calls each for every entry of a block. known are the keys that may stand
// there; nil: any.
func (r *configReader) block(n *yaml.Node, name string, known []string, each func(key string, n *yaml.Node)) {
	n = resolved(n)
	if n.Kind != yaml.MappingNode {
		r.refuse(n, "setting.file_block", analysis.Args{"key": orFile(name)})
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content) && r.err == nil; i += 2 {
		k := n.Content[i]
		key := resolved(k).Value
		switch {
		case resolved(k).Kind != yaml.ScalarNode:
			r.refuse(k, "setting.file_block", analysis.Args{"key": orFile(name)})
		case known != nil && !slices.Contains(known, key):
			r.unknown(k, key, known)
		case seen[key]:
			r.refuse(k, "setting.file_twice", analysis.Args{"key": key})
		default:
			seen[key] = true
			each(key, n.Content[i+1])
		}
	}
}

// orFile names what a block belongs to.
func orFile(name string) string {
	if name == "" {
		return "YAML"
	}
	return name
}

// resolved is what an alias stands for.
func resolved(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// unknown refuses a key with what was probably meant.
func (r *configReader) unknown(n *yaml.Node, key string, known []string) {
	best, least := "", 3 // further than two letters off is another word
	for _, k := range known {
		if d := distance(strings.ToLower(key), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	if best != "" {
		r.refuse(n, "setting.file_unknown", analysis.Args{"key": key, "hint": best})
		return
	}
	r.refuse(n, "setting.file_unknown_of", analysis.Args{"key": key, "known": strings.Join(known, ", ")})
}

// distance is how many letters to add, drop or change to make b of a. Source:
// Levenshtein 1966.
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, c := range from {
		before := row[0]
		row[0] = i + 1
		for j, d := range to {
			change := before
			if c != d {
				change++
			}
			before = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(to)]
}

// text reads a text; nothing is an empty one.
func (r *configReader) text(n *yaml.Node, key string) string {
	n = resolved(n)
	if n.Kind != yaml.ScalarNode {
		r.refuse(n, "setting.file_text", analysis.Args{"key": key})
		return ""
	}
	if n.Tag == "!!null" {
		return ""
	}
	return n.Value
}

// choice reads one of several words.
func (r *configReader) choice(n *yaml.Node, key string, of ...string) string {
	s := r.text(n, key)
	if !slices.Contains(of, s) {
		r.refuse(n, "setting.file_choice", analysis.Args{"key": key, "known": strings.Join(of, ", ")})
	}
	return s
}

func (r *configReader) number(n *yaml.Node, key string) float64 {
	var v float64
	if n = resolved(n); n.Kind != yaml.ScalarNode || n.Tag != "!!int" && n.Tag != "!!float" || n.Decode(&v) != nil {
		r.refuse(n, "setting.file_number", analysis.Args{"key": key})
	}
	return v
}

func (r *configReader) whole(n *yaml.Node, key string) int64 {
	var v int64
	if n = resolved(n); n.Kind != yaml.ScalarNode || n.Tag != "!!int" || n.Decode(&v) != nil {
		r.refuse(n, "setting.file_whole", analysis.Args{"key": key})
	}
	return v
}

// list returns the entries of a list.
func (r *configReader) list(n *yaml.Node, key string) []*yaml.Node {
	if n = resolved(n); n.Kind != yaml.SequenceNode {
		r.refuse(n, "setting.file_list", analysis.Args{"key": key})
		return nil
	}
	return n.Content
}

func (r *configReader) criteria(n *yaml.Node) map[string][]value.Criterion {
	kinds := map[string][]value.Criterion{}
	r.block(n, "criteria", nil, func(kind string, n *yaml.Node) {
		lines := r.list(n, kind)
		set := make([]value.Criterion, 0, min(len(lines), 2*value.MostCriteria))
		for _, line := range lines {
			if len(set) > value.MostCriteria {
				break // one too many says so
			}
			set = append(set, r.criterion(line))
		}
		if r.err != nil {
			return
		}
		err := commands.CheckSet(set)
		at := n
		var why *analysis.Error
		if errors.As(err, &why) {
			if place, ok := why.Args["n"].(int); ok && place >= 1 && place <= len(lines) {
				at = lines[place-1]
			}
		}
		r.check(at, err)
		kinds[kind] = set
	})
	return kinds
}

func (r *configReader) criterion(n *yaml.Node) value.Criterion {
	var c value.Criterion
	missing := []string{"key", "weight", "source", "scale"}
	r.block(n, "criterion", []string{"key", "name", "weight", "source", "scale", "optional", "meanings"}, func(key string, v *yaml.Node) {
		missing = slices.DeleteFunc(missing, func(m string) bool { return m == key })
		switch key {
		case "key":
			c.Key = r.text(v, key)
		case "name":
			c.Name = r.text(v, key)
		case "weight":
			c.Weight = r.number(v, key)
		case "source":
			c.Source = value.Source(r.choice(v, key, string(value.FromRevenue), string(value.FromMargin), string(value.FromLoyalty), string(value.Judged), string(value.Imported)))
		case "scale":
			c.Scale = value.Scale(r.choice(v, key, string(value.Ranked), string(value.Marks), string(value.Percent)))
		case "optional":
			c.Optional = r.choice(v, key, "true", "false") == "true"
		case "meanings":
			for _, m := range r.list(v, key) {
				c.Meanings = append(c.Meanings, r.text(m, key))
			}
		}
	})
	if len(missing) > 0 {
		r.refuse(n, "setting.file_missing", analysis.Args{"key": missing[0]})
	}
	return c
}

func (r *configReader) segments(n *yaml.Node, rules value.Rules) value.Rules {
	letters := func(n *yaml.Node, name string, into []float64) {
		var known []string
		for _, s := range analysis.Segments()[:len(into)] {
			known = append(known, string(s))
		}
		r.block(n, name, known, func(key string, v *yaml.Node) { into[slices.Index(known, key)] = r.number(v, key) })
	}
	r.block(n, "segments", []string{"by", "quota", "borders"}, func(key string, v *yaml.Node) {
		switch key {
		case "by":
			rules.ByScore = r.choice(v, key, byQuota, byScore) == byScore
		case "quota":
			letters(v, key, rules.Quota[:])
		case "borders":
			letters(v, key, rules.Borders[:])
		}
	})
	r.check(n, rules.Check())
	return rules
}

func (r *configReader) strategies(n *yaml.Node) map[analysis.ClientType]value.Strategy {
	rows := map[analysis.ClientType]value.Strategy{}
	r.block(n, "strategies", typesOf(), func(name string, n *yaml.Node) {
		row := value.Strategy{Type: analysis.ClientType(name)}
		lines := map[string]*string{"goal": &row.Goal, "approach": &row.Approach, "who": &row.Who, "concept": &row.Concept, "avoid": &row.Avoid}
		r.block(n, name, []string{"goal", "approach", "who", "concept", "avoid"}, func(key string, v *yaml.Node) { *lines[key] = r.text(v, key) })
		r.check(n, commands.CheckStrategy(row))
		rows[row.Type] = row
	})
	return rows
}
