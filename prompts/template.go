package prompts

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"text/template"
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
	text   *template.Template
}

// Map and Reduce are the versions in use.
const (
	Map    = "map.v1"
	Reduce = "reduce.v1"
)

// LoadPrompt returns the prompt file of a language, "nl" or "en". It fails for one
// that does not exist.
func LoadPrompt(lang, name string) (Prompt, error) {
	file := lang + "/" + name
	text, err := template.ParseFS(templateFiles, file+".tmpl")
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
	return Prompt{Name: file, Schema: plain.Bytes(), text: text.Option("missingkey=error")}, nil
}

// Render fills the prompt in.
func (p Prompt) Render(fill map[string]any) (string, error) {
	var b strings.Builder
	if err := p.text.Execute(&b, fill); err != nil {
		return "", fmt.Errorf("prompt %s: %w", p.Name, err)
	}
	return b.String(), nil
}
