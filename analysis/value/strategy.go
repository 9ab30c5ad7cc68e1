package value

import (
	"strings"
	"unicode/utf8"

	"klantbot/analysis"
)

// Strategy is how the office approaches one client type. An empty field is the
// catalogue's default, so an office that edits one line keeps the others in
// both languages.
type Strategy struct {
	Type     analysis.ClientType `json:"type"`
	Goal     string              `json:"goal,omitempty"`     // doel
	Approach string              `json:"approach,omitempty"` // aanpak
	Who      string              `json:"who,omitempty"`      // wie
	Concept  string              `json:"concept,omitempty"`  // dienstconcept
	Avoid    string              `json:"avoid,omitempty"`    // niet doen
}

// StrategyLine is one line of a Strategy: the office's text, or where that is
// empty the catalogue's under Key. Label is the key of the line's own name.
type StrategyLine struct{ Label, Key, Text string }

// DefaultStrategies returns a row for each client type, all in the catalogue's
// words. Source: DOMAIN.md, "Strategy".
func DefaultStrategies() []Strategy {
	rows := make([]Strategy, 0, 4)
	for _, t := range analysis.ClientTypes() {
		rows = append(rows, Strategy{Type: t})
	}
	return rows
}

// TypeKey is the catalogue's name of a client type; the empty type is "nog te
// bepalen".
func TypeKey(t analysis.ClientType) string {
	switch t {
	case analysis.Transactional:
		return "type.transactional"
	case analysis.Large:
		return "type.large"
	case analysis.Developing:
		return "type.developing"
	case analysis.Strategic:
		return "type.strategic"
	}
	return "type.unknown"
}

// Lines returns the lines of the row in the order of DOMAIN.md: goal, approach,
// who, concept, avoid.
func (s Strategy) Lines() []StrategyLine {
	row := "strategy." + strings.TrimPrefix(TypeKey(s.Type), "type.") + "."
	return []StrategyLine{
		{"strategy.goal", row + "goal", s.Goal},
		{"strategy.approach", row + "approach", s.Approach},
		{"strategy.who", row + "who", s.Who},
		{"strategy.concept", row + "concept", s.Concept},
		{"strategy.avoid", row + "avoid", s.Avoid},
	}
}

// LongestLine bounds a line of a strategy, in characters: it stands on a card.
const LongestLine = 300

// Check says what is wrong with an edited row, as an analysis.Invalid error
// keyed value.*, or nil.
func (s Strategy) Check() error {
	if TypeKey(s.Type) == "type.unknown" {
		return analysis.Fail(analysis.Invalid, "value.strategy_type", nil)
	}
	for _, l := range s.Lines() {
		if utf8.RuneCountInString(l.Text) > LongestLine {
			return analysis.Fail(analysis.Invalid, "value.strategy_long", analysis.Args{"most": LongestLine})
		}
	}
	return nil
}
