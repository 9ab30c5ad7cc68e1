package value

import (
	"testing"

	"klantbot/commands/locale"
)

// Whatever this room names by a key the catalogue words in every language.
func TestEveryKeyHasWords(t *testing.T) {
	var keys []string
	for _, c := range DefaultCriteria() {
		keys = append(keys, c.NameKey())
		for mark := range Levels {
			if c.Source == Judged {
				keys = append(keys, c.MeaningKey(mark))
			}
		}
	}
	for _, w := range Reasons() {
		keys = append(keys, w.Key())
	}
	for _, m := range (Loyalty{}).Marks() {
		keys = append(keys, m.Key)
	}
	for _, row := range DefaultStrategies() {
		keys = append(keys, TypeKey(row.Type))
		for _, l := range row.Lines() {
			keys = append(keys, l.Label, l.Key)
		}
	}
	for l := range LevelKind + 1 {
		keys = append(keys, l.Key())
	}
	keys = append(keys, TypeKey(""))
	for _, lang := range locale.Langs() {
		for _, key := range keys {
			if !locale.Has(lang, key) {
				t.Errorf("%q has no %s words", key, lang)
			}
		}
	}
}
