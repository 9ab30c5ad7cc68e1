package prompts

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
)

//go:embed nl/*.tmpl en/*.tmpl
var templateFiles embed.FS

//go:embed schemas/*.json
var schemaFiles embed.FS

// Prompt is one of the prompt files, with the schema its answer must have. The
// version is part of its name: a change that matters gets a new file, so that what
// was cached and audited still says what was asked.
type Prompt struct {
	Name   string // for instance "nl/map.v1"
	Schema json.RawMessage
	text   string
}

// Map, Reduce, Group and Ask are the versions in use.
const (
	Map    = "map.v1"
	Reduce = "reduce.v1"
	Group  = "group.v1"
	Ask    = "ask.v1" // its schema file is a list of tools
)

// LoadPrompt returns the prompt file of a language, "nl" or "en". It fails for one
// that does not exist.
func LoadPrompt(lang, name string) (Prompt, error) {
	file := lang + "/" + name
	text, err := templateFiles.ReadFile(file + ".tmpl")
	if err != nil {
		return Prompt{}, fmt.Errorf("prompt %s: %w", file, err)
	}
	schema, err := schemaFiles.ReadFile("schemas/" + name + ".json")
	if err != nil {
		return Prompt{}, fmt.Errorf("prompt %s: %w", file, err)
	}
	var plain bytes.Buffer
	if err := json.Compact(&plain, schema); err != nil {
		return Prompt{}, fmt.Errorf("prompt %s: schema: %w", file, err)
	}
	return Prompt{Name: file, Schema: plain.Bytes(), text: string(text)}, nil
}

// Render fills the prompt in: {{.Name}} is what fill has under that name, and has
// to have; what stands between {{if .Name}} and {{end -}} is left out where that is
// empty. Text/template says the same of these, but finds methods by name, for which
// the linker would keep every method of the whole program.
func (p Prompt) Render(fill map[string]any) (string, error) {
	var b strings.Builder
	for rest, out := p.text, false; ; {
		plain, behind, found := strings.Cut(rest, "{{")
		if !out {
			b.WriteString(plain)
		}
		if !found {
			return b.String(), nil
		}
		action, after, _ := strings.Cut(behind, "}}")
		rest = after
		if action == "end -" {
			rest, out = strings.TrimLeft(rest, " \n"), false
			continue
		}
		name, optional := strings.CutPrefix(action, "if ")
		value, known := fill[strings.TrimPrefix(name, ".")]
		switch {
		case out:
		case !known:
			return "", fmt.Errorf("prompt %s: nothing is given for %s", p.Name, name)
		case optional:
			out = value == ""
		default:
			fmt.Fprint(&b, value)
		}
	}
}
