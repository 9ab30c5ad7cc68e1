package mask

import (
	"strings"
	"unicode/utf8"

	"klantbot/prompts"
)

var _ prompts.Veil = (*Job)(nil)

// longestWords is how many characters of what somebody wrote come back.
const longestWords = 240

// Hide returns the placeholder of what has key and is called words. What somebody
// wrote comes back between quotation marks, and no longer than it can be read.
func (j *Job) Hide(kind prompts.Veiled, key, words string) string {
	if words = strings.Join(strings.Fields(prompts.Clean(words)), " "); words == "" {
		return ""
	}
	if kind == prompts.VeiledWords {
		if utf8.RuneCountInString(words) > longestWords {
			words = string([]rune(words)[:longestWords-1]) + "…"
		}
		words = "“" + words + "”"
	}
	return j.placeholder(Kind(kind), key, words)
}

// Behind returns the key of what a placeholder of this job stands for.
func (j *Job) Behind(placeholder string) (key, words string, ok bool) {
	for id, p := range j.given {
		if p == placeholder {
			_, key, _ = strings.Cut(id, "\x00")
			return key, j.put[p], true
		}
	}
	return "", "", false
}

// Guard returns a text of ours with placeholders for every known name and number
// of a person that is in it all the same. The placeholders that it has stay.
func (j *Job) Guard(text string) string {
	var b strings.Builder
	last := 0
	for _, at := range literal().FindAllStringIndex(text, -1) {
		if _, ours := j.put[text[at[0]:at[1]]]; !ours {
			continue
		}
		b.WriteString(j.guard(text[last:at[0]]) + text[at[0]:at[1]])
		last = at[1]
	}
	return b.String() + j.guard(text[last:])
}

// guard does so for a text without placeholders of ours.
func (j *Job) guard(text string) string {
	var found []Found
	for _, at := range literal().FindAllStringIndex(text, -1) {
		found = append(found, Found{Kind: Literal, Start: at[0], End: at[1], key: text[at[0]:at[1]]})
	}
	found = add(found, patterns(text))
	return j.masked(text, add(found, j.known(text, tokens(text), found))).Text
}
