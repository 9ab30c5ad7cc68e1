package locale

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// The sentences stand in a file a language, so that somebody who does not read
// Go can mend them. Placeholders are {named}; a test holds the files side by side.
//
//go:embed nl.json en.json
var files embed.FS

// A language is read when somebody first needs it: most offices speak one.
var dutch, english = sync.OnceValue(func() sentences { return read(Dutch) }), sync.OnceValue(func() sentences { return read(English) })

// sentences are a language's, by their keys.
type sentences map[string]string

// catalogue returns the sentences of lang, nil for a language that is not spoken.
func catalogue(lang Lang) sentences {
	switch lang {
	case Dutch:
		return dutch()
	case English:
		return english()
	}
	return nil
}

// read panics on a broken file: it is part of the program, and the package's
// own test reads it first.
func read(lang Lang) sentences {
	raw, err := files.ReadFile(string(lang) + ".json")
	if err != nil {
		panic(fmt.Sprintf("locale: %v", err))
	}
	var all sentences
	if err := json.Unmarshal(raw, &all); err != nil {
		panic(fmt.Sprintf("locale: %s.json: %v", lang, err))
	}
	return all
}

// Keys lists the catalogue's keys in order.
func Keys() []string { return slices.Sorted(maps.Keys(catalogue(Dutch))) }

// Has reports whether lang has a sentence under key.
func Has(lang Lang, key string) bool { _, ok := catalogue(lang)[key]; return ok }
