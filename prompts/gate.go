package prompts

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Fault is why a clause may not be shown.
type Fault string

// The faults.
const (
	NoText      Fault = "no_text"
	NoCitation  Fault = "no_citation"   // none, or more than MostCitations
	UnknownID   Fault = "unknown_id"    // cites an answer that is not there
	OtherTheme  Fault = "other_theme"   // cites an answer that is not about the theme
	NewNumber   Fault = "new_number"    // names a number that is in no cited answer and not counted by us
	NewName     Fault = "new_name"      // names something with a capital that no cited answer names
	NotFromText Fault = "not_from_text" // most of its words are in no cited answer
	Address     Fault = "address"       // holds a link or an e-mail address
	TooWordy    Fault = "too_wordy"     // longer than mostClause characters
	TurnedRound Fault = "turned_round"  // praises what those it cites blame, or the other way round
	Orders      Fault = "orders"        // looks like instructions to a model itself
)

// Gate lets clauses through that rest on what they cite. It is plain string work
// and can not be talked into anything.
type Gate struct {
	Sources Sources         // texts as the writer of the clause saw them
	Theme   map[ID]bool     // the answers that are about the theme of the clause
	Counts  []string        // figures counted by us, as they may be written
	Allowed map[string]bool // words that need no source, in lower case: the theme's own name
	// Sides says whether a text holds praise and whether it holds blame. Nil: nobody
	// can tell, and what is turned round is not seen.
	Sides func(text string) (praise, blame bool)
	// Share is the part of a clause's content words that must begin as a word of what
	// it cites does; 0: half.
	Share float64
	// Joins are words, in lower case, that claim nothing and need no source.
	Joins map[string]bool
}

const (
	grounded = .5 // the usual Gate.Share
	// stemLength is how many letters words are compared by: enough for a Dutch stem.
	stemLength = 5
	mostClause = 400
)

// Check returns what is wrong with c, and nothing when it may be shown.
func (g Gate) Check(c Clause) []Fault {
	var faults []Fault
	text := strings.TrimSpace(c.Text)
	if text == "" {
		faults = append(faults, NoText)
	}
	if utf8.RuneCountInString(text) > mostClause {
		faults = append(faults, TooWordy)
	}
	if len(c.Citations) == 0 || len(c.Citations) > MostCitations {
		faults = append(faults, NoCitation)
	}
	if strings.Contains(text, "://") || strings.Contains(text, "www.") || strings.Contains(text, "@") || strings.ContainsAny(text, "<>|") {
		faults = append(faults, Address)
	}
	if Suspicious(text) {
		faults = append(faults, Orders)
	}
	var cited []string
	for _, id := range c.Citations {
		a, ok := g.Sources[id]
		switch {
		case !ok:
			faults = append(faults, UnknownID)
		case !g.Theme[id]:
			faults = append(faults, OtherTheme)
		}
		cited = append(cited, plainWords(a.Text)...)
	}
	if g.turned(c) {
		faults = append(faults, TurnedRound)
	}
	return slices.Compact(append(faults, g.words(text, cited)...))
}

// turned says whether c has an opinion of which the answers it cites hold only the
// opposite: all words may be theirs, but for one "niet".
func (g Gate) turned(c Clause) bool {
	if g.Sides == nil {
		return false
	}
	praise, blame := g.Sides(c.Text)
	praised, blamed := false, false
	for _, id := range c.Citations {
		p, b := g.Sides(g.Sources[id].Text)
		praised, blamed = praised || p, blamed || b
	}
	return praise && blamed && !praised || blame && praised && !blamed
}

// words checks the numbers, names and content words of text against those of the
// cited answers.
func (g Gate) words(text string, cited []string) (faults []Fault) {
	there, stems := map[string]bool{}, map[string]bool{}
	for _, w := range cited {
		there[w] = true
		stems[stem(w)] = true
	}
	content, found := 0, 0
	number, name := false, false
	for i, w := range strings.FieldsFunc(text, func(r rune) bool { return !wordRune(r) }) {
		w = strings.Trim(w, "'’-_.,")
		lower := strings.ToLower(w)
		if w == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(w)
		switch {
		case strings.IndexFunc(w, unicode.IsDigit) >= 0:
			number = number || !there[lower] && !slices.Contains(g.Counts, w)
			continue
		case quantities[lower]:
			number = number || !there[lower] && !slices.Contains(g.Counts, lower)
			continue
		case i > 0 && unicode.IsUpper(first) && !polite[w]:
			name = name || !there[lower] && !g.Allowed[lower]
		case i == 0 && unicode.IsUpper(first) && utf8.RuneCountInString(w) > 3:
			// A sentence may begin with a name nobody gave.
			name = name || !there[lower] && !stems[stem(lower)] && !g.Allowed[lower] && !common[lower] && !g.Joins[lower]
		}
		if common[lower] || g.Joins[lower] || utf8.RuneCountInString(w) < 4 {
			continue
		}
		content++
		if there[lower] || stems[stem(lower)] || g.Allowed[lower] {
			found++
		}
	}
	if number {
		faults = append(faults, NewNumber)
	}
	if name {
		faults = append(faults, NewName)
	}
	if float64(found) < cmp.Or(g.Share, grounded)*float64(content) || content == 0 {
		faults = append(faults, NotFromText)
	}
	return faults
}

// wordRune keeps numbers like 1.250,50 and placeholders like PERSOON_1 whole.
func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("'’-_.,", r)
}

func plainWords(text string) []string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !wordRune(r) })
	for i, w := range words {
		words[i] = strings.Trim(w, "'’-_.,")
	}
	return words
}

// stem is the beginning of a word, without the ge- of a participle.
func stem(word string) string {
	if rest, ok := strings.CutPrefix(word, "ge"); ok && utf8.RuneCountInString(rest) > 3 {
		word = rest
	}
	n := 0
	for at := range word {
		if n == stemLength {
			return word[:at]
		}
		n++
	}
	return word
}

// quantities claim a count without a digit. "een" is left out: it is an article.
var quantities = wordSet(`twee drie vier vijf zes zeven acht negen tien elf twaalf twintig dertig veertig vijftig honderd duizend
	dozijn helft meerderheid minderheid merendeel kwart procent percent tientallen honderden iedereen niemand
	two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand dozen half majority
	minority quarter everyone everybody nobody`)

// polite is written with a capital in the middle of a sentence and names nobody.
var polite = map[string]bool{"U": true, "Uw": true, "I": true, "I'm": true, "I've": true}

// common words need no source: they join what has one.
var common = wordSet(`clienten klanten klant mensen respondenten sommige enkele anderen ander andere vinden vindt noemen noemt
	zeggen zegt willen geven hebben worden wordt werd waren zijn over door voor naar maar want omdat ook niet geen meer
	minder vaak soms altijd deze dat die hun hen zich onze ons kantoor antwoorden antwoord waarderen missen wensen ervaren
	clients client customers people some several others other find finds mention mentions want have they their them with that
	this from because also not more less often sometimes always about office answers value miss experience would like were
	been being very when which who what tevens daarnaast echter terwijl zowel alsook vooral sommigen meerdere
	verschillende diverse veel vele daarbij bovendien daarentegen tegelijk toch hoewel several many both while although overall however`)

func wordSet(text string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(text) {
		s[w] = true
	}
	return s
}
