package prompts

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Tool is something that a model may ask for.
type Tool struct {
	Name        string          `json:"name"`
	Description string          `json:"description"`
	Parameters  json.RawMessage `json:"parameters"` // a strict schema
}

// AnswerTool is the tool by which a model gives its answer.
const AnswerTool = "answer"

// Tools returns the tools in the schema file of p, which Ask has.
func (p Prompt) Tools() ([]Tool, error) {
	var tools []Tool
	if err := json.Unmarshal(p.Schema, &tools); err != nil {
		return nil, fmt.Errorf("prompt %s: tools: %w", p.Name, err)
	}
	return tools, nil
}

// shape is as much of JSON Schema as our schemas use.
type shape struct {
	Type       json.RawMessage // a name, or a list of names
	Properties map[string]json.RawMessage
	Required   []string // all of Properties: nothing else may be there
	Enum       []json.RawMessage
	Items      json.RawMessage
}

// Fits reports whether arguments are what t wants. Endpoints promise as much for
// strict schemas, and not all of them keep it.
func (t Tool) Fits(arguments json.RawMessage) bool { return fits(t.Parameters, arguments) }

func fits(schema, value json.RawMessage) bool {
	var s shape
	if json.Unmarshal(schema, &s) != nil || !json.Valid(value) {
		return false
	}
	value = bytes.TrimSpace(value)
	if len(s.Enum) > 0 && !slices.ContainsFunc(s.Enum, func(one json.RawMessage) bool { return bytes.Equal(one, value) }) {
		return false
	}
	var types []string
	if json.Unmarshal(s.Type, &types) != nil {
		types = make([]string, 1)
		if json.Unmarshal(s.Type, &types[0]) != nil {
			return false
		}
	}
	return slices.ContainsFunc(types, func(name string) bool { return s.is(name, value) })
}

// is says whether value is of one type that the schema allows.
func (s shape) is(name string, value json.RawMessage) bool {
	var text string
	var number int
	switch name {
	case "null":
		return string(value) == "null"
	case "string":
		return value[0] == '"' && json.Unmarshal(value, &text) == nil
	case "integer":
		return value[0] != 'n' && json.Unmarshal(value, &number) == nil
	case "array":
		var items []json.RawMessage
		if value[0] != '[' || json.Unmarshal(value, &items) != nil {
			return false
		}
		return !slices.ContainsFunc(items, func(i json.RawMessage) bool { return !fits(s.Items, i) })
	case "object":
		var fields map[string]json.RawMessage
		if value[0] != '{' || json.Unmarshal(value, &fields) != nil || len(fields) != len(s.Required) {
			return false
		}
		return !slices.ContainsFunc(s.Required, func(name string) bool {
			given, ok := fields[name]
			return !ok || !fits(s.Properties[name], given)
		})
	}
	return false
}
