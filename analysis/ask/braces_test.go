package ask_test

import (
	"bufio"
	"os"
	"slices"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/match"
)

// bracedWords are what the words of a slot in braces stand for, beside themselves.
var bracedWords = map[string]string{
	"top": "top", "groot": "groot", "large": "groot", "big": "groot", "midden": "midden", "middle": "midden", "medium": "midden", "klein": "klein", "small": "klein", "inactief": "inactief", "inactive": "inactief", "prospect": "prospect",
	"five": "5", "ten": "10", "vijf": "5", "tien": "10", "drie": "3", "three": "3", "twintig": "20", "twenty": "20", "vijftien": "15", "fifteen": "15",
	"klanten": "klanten", "clients": "klanten", "customers": "klanten", "prospects": "prospects", "prospect ": "prospects", "oud-klanten": "oud-klanten", "ex-klanten": "oud-klanten", "former clients": "oud-klanten", "ex-clients": "oud-klanten",
	"vertrokken klanten": "oud-klanten", "medewerkers": "medewerkers", "employees": "medewerkers", "staff": "medewerkers", "personeel": "medewerkers", "collega's": "medewerkers",
	"loonadministratie": "Salarisadministratie", "payroll": "Salarisadministratie", "salarisadministratie": "Salarisadministratie",
}

// bracedThemes are English words for themes that the office has a Dutch name for, which
// is what a slot holds.
var bracedThemes = map[string]string{"tax planning": "fiscale planning", "succession": "opvolging", "growth": "groei", "sustainability": "duurzaamheid", "regulation": "regelgeving",
	"regulations": "regelgeving", "financing": "financiering", "digitalisation": "digitalisering", "digitalization": "digitalisering", "private wealth": "privevermogen", "privévermogen": "privevermogen", "personnel": "personeel"}

// braced reads a list in the form of examples.tsv: intent, tab, text with what fills a
// slot in braces. The clients, colleagues and services in the braces are those of the
// office it is read in, beside five thousand others.
func braced(t testing.TB, file string) ([]phrase, ask.Vocabulary) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	v := office()
	others, names := v.Client, match.NewBuilder(400)
	var all []phrase
	for lines := bufio.NewScanner(f); lines.Scan(); {
		intent, text, ok := strings.Cut(lines.Text(), "\t")
		if !ok || strings.HasPrefix(intent, "#") {
			continue
		}
		p := phrase{intent: ask.Intent(intent)}
		for rest := text; rest != ""; {
			before, after, open := strings.Cut(rest, "{")
			p.text += before
			if rest = ""; open {
				var slot string
				slot, rest, _ = strings.Cut(after, "}")
				kind, words, _ := strings.Cut(slot, " ")
				p.text += words
				if kind != "period" || p.intent == ask.ClientChanges || !heldAgainst(p.text[:len(p.text)-len(words)]) {
					if kind == "period" {
						words = since(p.text[:len(p.text)-len(words)]) + words
					}
					bracedSlot(t, &p.slots, &v, kind, words)
				}
				if kind == "client" {
					names.Add(match.Key(len(all)), match.Name, words)
				}
			}
		}
		all = append(all, p)
	}
	index := names.Build()
	v.Client = func(words string) float64 {
		if hits := index.Find(words, 1); len(hits) > 0 {
			return max(hits[0].Score, others(words))
		}
		return others(words)
	}
	return all, v
}

// heldAgainst says whether what comes after before is only what something is held
// against: "minder dan {period vorig jaar}" asks about now, and answered for last year it
// would be held against the year before that.
func heldAgainst(before string) bool {
	words := strings.Fields(strings.ToLower(before))
	if len(words) == 0 {
		return false
	}
	switch words[len(words)-1] {
	case "dan", "than", "t.o.v.", "tov", "versus", "vs":
		return true
	case "met", "to", "with", "van":
		return len(words) > 1 && slices.Contains([]string{"vergeleken", "compared", "opzichte", "vergelijking", "comparison"}, words[len(words)-2])
	}
	return false
}

// since is the word in front of a period that makes it last until today, where a list has
// it before the braces: "sinds {period 1 januari}".
func since(before string) string {
	words := strings.Fields(strings.ToLower(before))
	if len(words) > 0 && slices.Contains([]string{"sinds", "sedert", "vanaf", "since"}, words[len(words)-1]) {
		return "sinds "
	}
	return ""
}

func bracedSlot(t testing.TB, s *ask.Slots, v *ask.Vocabulary, kind, words string) {
	t.Helper()
	plain := strings.ToLower(words)
	for _, article := range []string{"de ", "het ", "the ", "onze ", "our "} {
		plain = strings.TrimPrefix(plain, article)
	}
	means := bracedWords[plain]
	switch kind {
	case "client":
		s.Client = words
	case "manager":
		if s.Manager = words; slices.Contains([]string{"ik", "i", "mijn", "my", "mij", "me", "mine", "m'n", "mn"}, plain) {
			s.Manager = ask.Me
		} else if !slices.Contains(v.Managers, words) {
			v.Managers = append(v.Managers, words)
		}
	case "segment":
		letter := strings.IndexFunc(plain, func(r rune) bool { return r >= 'a' && r <= 'd' })
		for _, w := range strings.FieldsFunc(plain, func(r rune) bool { return r < 'a' || r > 'z' }) {
			if len(w) == 1 {
				letter = strings.Index(plain, w)
				break
			}
		}
		if seg := analysis.Segment(strings.ToUpper(plain[letter : letter+1])); s.Segment == "" {
			s.Segment = seg
		} else {
			s.Against = seg
		}
	case "layer":
		if s.Layer != "" {
			return // "van Groot naar Midden": the first is where they were
		}
		if s.Layer = analysis.Layer(means); means == "" {
			s.Layer = ask.Read("laag "+words+" piramide", today, ask.Vocabulary{}).Slots.Layer
		}
	case "client_type":
		if s.ClientType != "" { // "strategisch of transactioneel" names none
			s.ClientType = ""
			return
		}
		s.ClientType = ask.Read("welke klanten zijn "+words, today, ask.Vocabulary{}).Slots.ClientType
	case "theme":
		if s.Theme = plain; bracedThemes[plain] != "" {
			s.Theme = bracedThemes[plain]
		}
	case "audience":
		if means == "prospect" {
			means = "prospects"
		}
		if s.Audience = analysis.Audience(means); means == "" {
			s.Audience = ask.Read("wat vinden "+words+" van ons", today, ask.Vocabulary{}).Slots.Audience
		}
	case "service":
		if s.Service = means; means == "" {
			s.Service = words
			v.Services = append(v.Services, words)
		}
	case "days":
		s.Days = ask.Read("al "+words+" niet gesproken", today, ask.Vocabulary{}).Slots.Days
	case "limit":
		if means == "" {
			means = strings.TrimSuffix(plain, " stuks")
		}
		if parsed, err := slotsOf("limit=" + means); err == nil {
			s.Limit = parsed.Limit
		} else {
			s.Limit = ask.Read("top "+words, today, ask.Vocabulary{}).Slots.Limit
		}
	case "period":
		s.Period = ask.Read("bellijst "+words, today, ask.Vocabulary{}).Slots.Period
		if !s.Period.Known() {
			s.Period = ask.Read("gesproken "+words, today, ask.Vocabulary{}).Slots.Period
		}
	case "session":
		if s.Session = plain; strings.Contains(plain, "journey") || strings.Contains(plain, "klantreis") {
			s.Session = ask.JourneyKind
		} else if plain != ask.JourneyKind {
			s.Session = ask.NowAndLater
		}
	default:
		t.Fatalf("no slot %q", kind)
	}
}
