package ingest

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"klantbot/analysis"
)

// notSaid are ways to leave a closed question open.
var notSaid = []string{"", "-", "?", "nvt", "n.v.t.", "n.v.t", "n/a", "na", "weet niet", "weet ik niet", "geen mening", "geen antwoord",
	"don't know", "no opinion", "not applicable", "onbekend"}

// inWords are the answers of a scale in words, by their score on a scale of five.
var inWords = map[string]float64{
	"helemaal niet belangrijk": 1, "zeer onbelangrijk": 1, "niet belangrijk": 2, "onbelangrijk": 2, "neutraal": 3, "belangrijk": 4,
	"zeer belangrijk": 5, "heel belangrijk": 5, "erg belangrijk": 5,
	"zeer slecht": 1, "slecht": 2, "matig": 2, "voldoende": 3, "goed": 4, "zeer goed": 5, "uitstekend": 5,
	"zeer oneens": 1, "helemaal mee oneens": 1, "oneens": 2, "mee oneens": 2, "eens": 4, "mee eens": 4, "zeer eens": 5, "helemaal mee eens": 5,
	"not at all important": 1, "not important": 2, "neutral": 3, "important": 4, "very important": 5,
	"very poor": 1, "poor": 2, "fair": 3, "good": 4, "very good": 5, "excellent": 5,
	"strongly disagree": 1, "disagree": 2, "agree": 4, "strongly agree": 5,
}

// scoreOf reads a score: "8", "7,5", "8/10", "5 - zeer belangrijk", or a scale in
// words. An open answer is NotSaid.
func scoreOf(cell string) (float64, bool) {
	s := strings.ToLower(oneLine(cell))
	if slices.Contains(notSaid, s) {
		return analysis.NotSaid, true
	}
	if v, ok := inWords[s]; ok {
		return v, true
	}
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || end == 0 && s[end] == '-' || end > 0 && (s[end] == '.' || s[end] == ',')) {
		end++
	}
	rest := strings.TrimLeft(s[end:], " ")
	if rest != "" && !strings.HasPrefix(rest, "-") && !strings.HasPrefix(rest, "/") && !strings.HasPrefix(rest, "(") && !strings.HasPrefix(rest, "=") &&
		!strings.HasPrefix(rest, ":") && !strings.HasPrefix(rest, "–") {
		return 0, false
	}
	v, err := strconv.ParseFloat(strings.Replace(strings.TrimRight(s[:end], ".,"), ",", ".", 1), 64)
	return v, err == nil && v != analysis.NotSaid
}

// score reads a score from low to high, which may be left open. Another one
// refuses the row: what somebody meant is not guessed.
func (r *cellReader) score(c *column, low, high float64, whole bool) float64 {
	cell := trimSpace(r.cell(c))
	v, ok := scoreOf(cell)
	if ok && (v == analysis.NotSaid || v >= low && v <= high && (!whole || v == float64(int(v)))) {
		return v
	}
	if r.failed == nil {
		r.failed = analysis.Fail(analysis.Invalid, "import.survey_score", analysis.Args{"column": clip(c.header), "value": clip(cell),
			"low": int(low), "high": int(high)})
	}
	return analysis.NotSaid
}

// audience reads who was asked; empty is as the import says.
func (r *cellReader) audience(c *column) analysis.Audience {
	cell := fold(r.cell(c))
	switch {
	case cell == "":
		return ""
	case says(cell, "medewerk", "employee", "staff", "collega", "personeel"):
		return analysis.AskedEmployees
	case says(cell, "prospect", "potent"):
		return analysis.AskedProspects
	case says(cell, "oudklant", "exklant", "former", "voormalig", "exclient"):
		return analysis.AskedFormer
	case says(cell, "klant", "client", "customer"):
		return analysis.AskedClients
	}
	r.refuse("import.survey_audience", c, r.cell(c))
	return ""
}

// understanding reads "voelde u zich begrepen?": yes, partly and no, or a score:
// four or five of five is yes, three partly; of ten eight and six.
func (r *cellReader) understanding(c *column) analysis.Understanding {
	cell := strings.ToLower(oneLine(trimSpace(r.cell(c))))
	if slices.Contains(notSaid, cell) {
		return ""
	}
	if v, ok := scoreOf(cell); ok && v >= 1 && v <= 10 {
		yes, partly := 4., 3.
		if c.high > 0 {
			yes, partly = 8, 6
		}
		switch {
		case v >= yes:
			return analysis.Understood
		case v >= partly:
			return analysis.PartlyUnderstood
		}
		return analysis.NotUnderstood
	}
	switch {
	case says(cell, "deels", "gedeelte", "soms", "enigszins", "een beetje", "partly", "somewhat", "niet altijd", "niet helemaal"):
		return analysis.PartlyUnderstood
	case strings.HasPrefix(cell, "ja") || strings.HasPrefix(cell, "yes") || cell == "zeker" || cell == "volledig":
		return analysis.Understood
	case strings.HasPrefix(cell, "nee") || strings.HasPrefix(cell, "no") || strings.HasPrefix(cell, "niet"):
		return analysis.NotUnderstood
	}
	r.refuse("import.survey_understood", c, cell)
	return ""
}

// yes reads a box that was ticked.
func (r *cellReader) yes(c *column) bool {
	cell := strings.ToLower(trimSpace(r.cell(c)))
	return strings.HasPrefix(cell, "ja") || strings.HasPrefix(cell, "yes") || cell == "1" || cell == "true" || cell == "x" || cell == "graag"
}

// mostWords bounds how many words of appreciation one person gives.
const mostWords = 20

// words reads words of appreciation, cut at semicolons, commas and line ends.
func (r *cellReader) words(c *column) []string {
	var words []string
	for part := range strings.FieldsFuncSeq(r.cell(c), func(r rune) bool { return r == ';' || r == ',' || r == '\n' || r == '|' }) {
		word := strings.ToLower(oneLine(trimSpace(part)))
		switch {
		case word == "" || slices.Contains(words, word):
		case utf8.RuneCountInString(word) > 60 || len(words) == mostWords:
			r.t.warn("import.survey_word", r.row.line)
		default:
			words = append(words, word)
		}
	}
	return words
}

// maxComment bounds an answer in words, in bytes.
const maxComment = 400_000

// comment reads an answer as it was given, line ends and all.
func (r *cellReader) comment(c *column) string {
	s := trimSpace(strings.ReplaceAll(r.cell(c), "\x00", ""))
	if len(s) > maxComment {
		if r.failed == nil {
			r.failed = analysis.Fail(analysis.Invalid, "import.text_too_long", analysis.Args{"column": c.header, "max": maxComment})
		}
		return ""
	}
	return s
}
