package view

import (
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/commands/locale"
)

// FieldThemes is the block of the themes; the words of a rung have FieldRung's.
const FieldThemes = "themes"

// Rungs is how many rungs the ladder of appreciation has.
const Rungs = 3

// FieldRung is the block of the words of a rung, 1..Rungs.
func FieldRung(rung int) string { return "rung." + strconv.Itoa(rung) }

// longestWords is how much is typed in a field of that window at most, in characters.
const longestWords = 2900

// SurveyWords is what stands in the window of themes and words of appreciation: a theme a
// line, with its words behind a colon, and a word a line for each rung, from the first on.
type SurveyWords struct {
	Themes  string
	Rungs   [Rungs]string
	Private string
}

// SurveyWordsForm asks for them.
func SurveyWordsForm(p *locale.Printer, w SurveyWords) Modal {
	field := func(block, label, hint, filled string) slack.Block {
		input := slack.NewPlainTextInputBlockElement(nil, "typed")
		input.Multiline, input.MaxLength, input.InitialValue = true, longestWords, cut(filled, longestWords)
		b := slack.NewInputBlock(block, plain(label, maxHeader), nil, input)
		b.Hint, b.Optional = plain(hint, maxHeader), true
		return b
	}
	blocks := []slack.Block{section(p.T("survey.words.intro", nil)),
		field(FieldThemes, p.T("survey.words.themes", nil), p.T("survey.words.themes_hint", nil), w.Themes)}
	for rung := Rungs; rung > 0; rung-- {
		blocks = append(blocks, field(FieldRung(rung), p.T("survey.worth.rung."+strconv.Itoa(rung), nil), p.T("survey.words.rung_hint", nil), w.Rungs[rung-1]))
	}
	return Modal{Title: cut(p.T("survey.words.title", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil),
		Callback: "survey.choose.v1", Private: w.Private, Blocks: blocks}
}

// SurveyWordsSaved says what holds from now on.
func SurveyWordsSaved(p *locale.Printer, themes, words int) Modal {
	return Modal{Title: cut(p.T("survey.words.title", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{
		section(p.N("survey.words.saved", themes, nil) + " " + p.N("survey.words.saved_words", words, nil)),
		section(p.T("survey.words.next", nil))}}
}
