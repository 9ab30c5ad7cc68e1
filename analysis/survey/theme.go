package survey

import (
	"strings"
	"unicode/utf8"

	"klantbot/analysis"
)

// MostThemes is how many subjects of a client's business an office asks about:
// more is a list nobody answers.
const MostThemes = 9

// longestTheme bounds the name of a theme, in characters: it heads a column.
const longestTheme = 40

// Theme is a subject of the client's business, with the words that show an open
// answer is about it. Without words of the office's own the defaults count.
type Theme struct {
	Name  string   `json:"name"`
	Seeds []string `json:"seeds,omitempty"`
}

// DefaultThemes are the nine an office begins with. Source: DOMAIN.md §2.1.
func DefaultThemes() []Theme {
	names := []string{"opvolging", "financiering", "personeel", "digitalisering", "fiscale planning", "groei", "privevermogen",
		"regelgeving", "duurzaamheid"}
	themes := make([]Theme, len(names))
	for i, name := range names {
		themes[i].Name = name
	}
	return themes
}

// CheckThemes says what is wrong with the themes of an office, as an
// analysis.Invalid error, or nil.
func CheckThemes(themes []Theme) error {
	if len(themes) == 0 || len(themes) > MostThemes {
		return analysis.Fail(analysis.Invalid, "survey.themes_count", analysis.Args{"n": len(themes), "most": MostThemes})
	}
	seen := map[string]bool{}
	for _, t := range themes {
		name := ThemeName(t.Name)
		if name == "" || utf8.RuneCountInString(name) > longestTheme {
			return analysis.Fail(analysis.Invalid, "survey.theme_name", analysis.Args{"most": longestTheme})
		}
		if seen[name] {
			return analysis.Fail(analysis.Invalid, "survey.theme_twice", analysis.Args{"theme": name})
		}
		seen[name] = true
	}
	return nil
}

// ThemeName is how a theme is kept and compared: lower case, single spaces.
func ThemeName(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
