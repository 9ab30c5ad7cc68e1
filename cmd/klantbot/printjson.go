package main

import (
	"encoding/json"
	"io"
)

// printJSON writes v as the one object a verb prints with --json.
func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
