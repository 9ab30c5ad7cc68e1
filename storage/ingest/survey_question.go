package ingest

import (
	"strings"
)

// twoHeaders is the tool that writes the question in the first row and what was
// scored below it.
const twoHeaders = "SurveyMonkey"

// surveyTool knows the exports of survey tools by columns that they add.
func surveyTool(cells []string) string {
	has := map[string]bool{}
	for _, c := range cells {
		has[fold(c)] = true
	}
	switch {
	case has["respondentid"] && has["collectorid"]:
		return twoHeaders
	case has["id"] && (has["begintijd"] && has["tijdvanvoltooien"] || has["starttime"] && has["completiontime"]):
		return "Microsoft Forms"
	case len(cells) > 0 && trimSpace(cells[0]) == "#" && (has["networkid"] || has["submitdateutc"]):
		return "Typeform"
	case len(cells) > 1 && (fold(cells[0]) == "tijdstempel" || fold(cells[0]) == "timestamp") && asks(cells[1:]):
		return "Google Forms"
	}
	return ""
}

// asks reports whether one of the columns is a question.
func asks(cells []string) bool {
	for _, c := range cells {
		if _, ok := surveyQuestion(oneLine(trimSpace(c))); ok {
			return true
		}
	}
	return false
}

// surveyMerge joins a question and what stands under it.
func surveyMerge(over, under string) string {
	switch fold(under) {
	case "", "response", "openendedresponse", "antwoord", "openantwoord", "antwoordopopenvraag", "otherpleasespecify":
		return over
	}
	return over + " [" + under + "]"
}

// surveyField returns the field that --map names, and false for none.
func surveyField(name string) (field, bool) {
	if _, _, ok := themeSide(name); ok {
		return field{name: name, content: scoreContent}, true
	}
	for _, prefix := range []string{benefitField, sacrificeField} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return field{name: name, content: scoreContent}, true
		}
	}
	rest, ok := strings.CutPrefix(name, commentField)
	return field{name: name, content: textContent}, ok && rest != ""
}

// says reports whether s holds one of the words.
func says(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// surveyQuestion recognises a question by its words: those of our own
// questionnaires first, and then what others ask alike. A question that says
// nothing of this is an open one.
func surveyQuestion(header string) (field, bool) {
	if header == "#" {
		return field{name: "respondent", content: numberContent}, true
	}
	s := strings.ToLower(header)
	label, question := labelOf(s)
	switch {
	case says(s, "waarom", "licht toe", "toelicht", "why", "explain", "could improve"):
		return open(header)
	case says(s, "aanbevel", "aanbeveel", "aanraden", "recommend", "nps"):
		return field{name: "nps", content: scoreContent}, true
	case says(s, "begrepen", "understood"):
		return field{name: "understood", content: scoreContent}, true
	case says(s, "rapportcijfer", "welk cijfer", "what mark"):
		return field{name: "grade", content: scoreContent}, true
	case says(s, "contact met u opnemen", "contact opnemen", "contact you"):
		return field{name: "contact", content: textContent}, true
	case says(s, "welke woorden", "which words"):
		return field{name: "words", content: textContent}, true
	case label != "" && says(question, "belangrijk", "important", "importance"):
		return field{name: themeField + themeName(label) + importanceSide, content: scoreContent}, true
	case label != "" && says(question, "hoe goed", "hoe doen wij", "presteren", "prestatie", "how well", "performance"):
		return field{name: themeField + themeName(label) + performedSide, content: scoreContent}, true
	case label != "" && says(question, "levert", "opbrengst", "oplever", "bring", "benefit"):
		return field{name: benefitField + oneLine(label), content: scoreContent}, true
	case label != "" && says(question, "kost", "investering", "moeite", "cost", "sacrifice", "effort"):
		return field{name: sacrificeField + oneLine(label), content: scoreContent}, true
	case strings.HasSuffix(s, "?") || len(strings.Fields(s)) >= 4:
		return open(header)
	}
	return field{}, false
}

func open(header string) (field, bool) {
	return field{name: commentField + header, content: textContent}, true
}

// labelOf cuts a question about one thing of several into the thing and the
// question: "Hoe belangrijk is dit voor u? [Groei]", "Groei: hoe belangrijk?" and
// "Hoe belangrijk is dit voor u? - Groei".
func labelOf(s string) (label, question string) {
	if i := strings.LastIndexByte(s, '['); i >= 0 && strings.HasSuffix(s, "]") {
		return trimSpace(s[i+1 : len(s)-1]), s[:i]
	}
	if a, b, ok := strings.Cut(s, ": "); ok && !strings.Contains(a, "?") {
		return trimSpace(a), b
	}
	if i := strings.LastIndex(s, "? - "); i >= 0 {
		return trimSpace(s[i+4:]), s[:i+1]
	}
	if a, b, ok := strings.Cut(s, " - "); ok {
		return trimSpace(a), b
	}
	if i := strings.LastIndex(s, "?."); i >= 0 && i+2 < len(s) {
		return trimSpace(s[i+2:]), s[:i+1]
	}
	return "", s
}

// themeInEnglish are the themes an office begins with as an English
// questionnaire has them: answers in two languages are of one theme.
var themeInEnglish = map[string]string{
	"succession": "opvolging", "financing": "financiering", "staff": "personeel", "digitalisation": "digitalisering",
	"tax planning": "fiscale planning", "growth": "groei", "private wealth": "privevermogen", "regulation": "regelgeving",
	"sustainability": "duurzaamheid", "privévermogen": "privevermogen",
}

// themeName is how a theme is kept.
func themeName(label string) string {
	name := strings.ToLower(strings.Join(strings.Fields(label), " "))
	if known := themeInEnglish[name]; known != "" {
		return known
	}
	return name
}

// questionOf is the question a comment answers.
func questionOf(c *column) string {
	if question, ok := strings.CutPrefix(c.field.name, commentField); ok {
		return question
	}
	return c.header
}

// QuestionTheme returns the subject that a question scores, as it is kept: what
// stands between its brackets or before its colon, or else all of it.
func QuestionTheme(header string) string {
	label, _ := labelOf(strings.ToLower(header))
	if label == "" {
		label = header
	}
	return themeName(label)
}
