package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// The sentences stand in a file a language, so that somebody who does not read
// Go can mend them. Placeholders are {named}; a test holds the files side by side.
//
//go:embed nl.json en.json
var files embed.FS

var catalogue = map[Lang]map[string]string{Dutch: read(Dutch), English: read(English)}

// read panics on a broken file: it is part of the program, and the package's
// own test reads it first.
func read(lang Lang) map[string]string {
	raw, err := files.ReadFile(string(lang) + ".json")
	if err != nil {
		panic(fmt.Sprintf("locale: %v", err))
	}
	var sentences map[string]string
	if err := json.Unmarshal(raw, &sentences); err != nil {
		panic(fmt.Sprintf("locale: %s.json: %v", lang, err))
	}
	return sentences
}

// Keys lists the catalogue's keys in order.
func Keys() []string { return slices.Sorted(maps.Keys(catalogue[Dutch])) }

// Has reports whether lang has a sentence under key.
func Has(lang Lang, key string) bool { _, ok := catalogue[lang][key]; return ok }
