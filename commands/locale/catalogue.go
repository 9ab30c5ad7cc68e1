package locale

import (
	_ "embed" // the catalogues
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// The sentences stand in a file a language, so that somebody who does not read
// Go can mend them. Placeholders are {named}; a test holds the files side by side.
//
//go:embed nl.json
var inDutch string

//go:embed en.json
var inEnglish string

// A language is read when somebody first needs it: most offices speak one.
var dutch, english = sync.OnceValue(func() sentences { return read(inDutch) }), sync.OnceValue(func() sentences { return read(inEnglish) })

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

// read reads a file of one sentence a line. The sentences stay where they are in
// the program: a copy of each would be the largest thing on a server's heap. It
// panics on a broken file: that is part of the program, and the package's own
// test reads it first, also as any other JSON.
func read(file string) sentences {
	all := make(sentences, strings.Count(file, "\n"))
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		if line == "{" || line == "}" {
			continue
		}
		key, sentence, ok := strings.Cut(line, `": "`)
		if !ok || key == "" || sentence == "" {
			panic(fmt.Sprintf("locale: no sentence: %s", line))
		}
		all[unescaped(key[1:])] = unescaped(sentence[:len(sentence)-1])
	}
	return all
}

// unescaped is what stands between two quotes.
func unescaped(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var plain string
	if err := json.Unmarshal([]byte(`"`+s+`"`), &plain); err != nil {
		panic(fmt.Sprintf("locale: %s: %v", s, err))
	}
	return plain
}

// Keys lists the catalogue's keys in order.
func Keys() []string { return slices.Sorted(maps.Keys(catalogue(Dutch))) }

// Has reports whether lang has a sentence under key.
func Has(lang Lang, key string) bool { _, ok := catalogue(lang.Plain())[key]; return ok }
