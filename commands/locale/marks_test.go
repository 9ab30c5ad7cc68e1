package locale

import (
	"strings"
	"testing"
)

// TestNoCodeMarks: what the bot says is plain text, in which a backtick is a backtick;
// the program's own sentences about tokens and scopes are read in a terminal.
func TestNoCodeMarks(t *testing.T) {
	for name, all := range map[string]sentences{"Dutch": dutch(), "English": english()} {
		for key, words := range all {
			if strings.Contains(words, "`") && !strings.HasPrefix(key, "slack.") {
				t.Errorf("%s %s shows its marks: %s", name, key, words)
			}
		}
	}
}
