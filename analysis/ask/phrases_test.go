package ask_test

import (
	"bufio"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/analysis/match"
)

// today is the day on which the phrasings of testdata were written.
var today = analysis.Date(2026, 11, 21)

// cast are the clients that the phrasings name; several of their names are words.
var cast = []string{"Bakkerij Jansen B.V.", "Jansen Holding B.V.", "Bakker & Zn. Transport", "Visser Vastgoed B.V.", "Maatschap De Wit", "Van den Berg Installatietechniek",
	"De Groot Metaal B.V.", "Klein Logistiek B.V.", "Hoveniersbedrijf Mulder", "Peeters Interieurbouw", "Dijkstra Zuivel", "Autobedrijf Hendriks",
	"Tandartspraktijk Vermeer", "Acme Logistics", "Koning Schilderwerken", "De Boer Bouw", "Garage Smit", "Café De Kroeg"}

// surnames and trades make up the rest of an office of five thousand clients.
var (
	surnames = strings.Fields("Aalbers Baan Beekman Blom Bosman Brouwer Bruin Claassen Dekker Driessen Evers Faber Gerritsen Goossens Groen Groeneveld Haan Hermans Hoekstra Huisman " +
		"Jacobs Kuipers Kok Koster Kramer Lange Lammers Lodder Maas Martens Meijer Molenaar Nijland Oosterhof Peters Postma Prins Rademaker Sanders Schipper Scholten Schouten " +
		"Timmer Verhoeven Verbeek Vink Vos Wagenaar Willems Zwart Boer Beste Ruiter Winter Zomer Dag Week Klap Segers Waard Beheer Contant")
	trades = strings.Fields("Advies Architecten Bakkerij Beheer Bloemen Bouw Catering Dakwerken Dierenarts Elektra Fysiotherapie Garage Groenvoorziening Holding Horeca Installatie Juwelier Kapsalon Keukens " +
		"Loonbedrijf Makelaardij Meubels Mode Optiek Pluimvee Praktijk Reizen Rijschool Schoonmaak Slagerij Software Staalbouw Stukadoors Tandarts Techniek Timmerwerken Transport Tuinen Vastgoed Verhuur Vervoer Zorg")
)

// office is the vocabulary of an office with the real index of five thousand names.
func office() ask.Vocabulary {
	b := match.NewBuilder(5_000)
	key := match.Key(1)
	for _, name := range cast {
		b.Add(key, match.Name, name)
		key++
	}
	for n := 0; key <= 5_000; n++ {
		name := surnames[n%len(surnames)] + " " + trades[n/len(surnames)%len(trades)]
		if round := n / len(surnames) / len(trades); round > 0 {
			name += " " + trades[(n+round)%len(trades)]
		}
		b.Add(key, match.Name, name)
		key++
	}
	index := b.Build()
	return ask.Vocabulary{
		Managers: []string{"Fenna de Vries", "Pieter Bos", "Sanne Mulder", "Mark van Dijk", "Joost Kuiper"},
		Themes:   []string{"opvolging", "financiering", "personeel", "digitalisering", "fiscale planning", "groei", "privevermogen", "regelgeving", "duurzaamheid"},
		Services: []string{"Jaarrekening", "Aangifte vennootschapsbelasting", "Aangifte inkomstenbelasting", "Salarisadministratie", "Btw-aangifte"},
		Client: func(words string) float64 {
			hits := index.Find(words, 1)
			if len(hits) == 0 {
				return 0
			}
			return hits[0].Score
		},
	}
}

// phrase is a line of a list of phrasings: text, intent, slots, and the question
// that came before it in the same conversation.
type phrase struct {
	text   string
	intent ask.Intent
	slots  ask.Slots
	before string
}

// phrases reads a list of phrasings: a line each, tabs between the columns, the
// slots as name=value with semicolons between them.
func phrases(t testing.TB, file string) []phrase {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []phrase
	for lines, n := bufio.NewScanner(f), 1; lines.Scan(); n++ {
		if strings.HasPrefix(lines.Text(), "#") {
			continue
		}
		column := append(strings.Split(lines.Text(), "\t"), "", "", "")
		s, err := slotsOf(column[2])
		if err != nil {
			t.Fatalf("%s:%d: %v", file, n, err)
		}
		all = append(all, phrase{column[0], ask.Intent(column[1]), s, column[3]})
	}
	return all
}

func slotsOf(text string) (s ask.Slots, err error) {
	for pair := range strings.SplitSeq(text, ";") {
		name, value, _ := strings.Cut(pair, "=")
		switch name {
		case "":
		case "client":
			s.Client = value
		case "manager":
			s.Manager = value
		case "segment":
			s.Segment = analysis.Segment(value)
		case "against":
			s.Against = analysis.Segment(value)
		case "layer":
			s.Layer = analysis.Layer(value)
		case "client_type":
			s.ClientType = analysis.ClientType(value)
		case "theme":
			s.Theme = value
		case "audience":
			s.Audience = analysis.Audience(value)
		case "service":
			s.Service = value
		case "session":
			s.Session = value
		case "days":
			s.Days, err = strconv.Atoi(value)
		case "limit":
			s.Limit, err = strconv.Atoi(value)
		case "period":
			from, to, _ := strings.Cut(value, "..")
			if s.Period.From, err = analysis.ParseDay(from); err == nil {
				s.Period.To, err = analysis.ParseDay(to)
			}
		default:
			err = fmt.Errorf("no slot %q", name)
		}
		if err != nil {
			return s, err
		}
	}
	return s, nil
}

// same says whether what was understood is what was meant: every slot that was said
// and none that was not. Some may be there unasked, see implied.
func same(text string, intent ask.Intent, understood, meant ask.Slots) bool {
	if intent == ask.Unknown { // what is no question has no particulars
		return true
	}
	understood.Client, meant.Client = nameAlone(understood.Client), nameAlone(meant.Client)
	understood.Theme, meant.Theme = strings.ToLower(understood.Theme), strings.ToLower(meant.Theme)
	understood.Service, meant.Service = strings.ToLower(understood.Service), strings.ToLower(meant.Service)
	understood.Manager, meant.Manager = nameAlone(understood.Manager), nameAlone(meant.Manager)
	implied(text, intent, &understood, &meant)
	return understood == meant
}

// implied takes away what may be understood though a list does not mark it: the segment a
// border or a comparison lies against, the audience that "klanten" names in a question
// about opinions, who says "mijn klanten", the day of a contact that is told, and that the
// week of a digest is this one. A stretch of days until today is the same whether it is
// read as so many days or as a period; half a year is 182 days, or six months.
func implied(text string, intent ask.Intent, understood, meant *ask.Slots) {
	if meant.Against == "" {
		understood.Against = ""
	}
	if intent == ask.ClientSegment && meant.Against != "" { // "A or B" narrows nothing
		meant.Segment, meant.Against = "", ""
	}
	if intent == ask.SurveyGap { // a gap is between two, and either may be named
		meant.Audience = ""
	}
	if meant.Audience == "" {
		understood.Audience = ""
	}
	if meant.Manager == "" && understood.Manager == ask.Me && slices.ContainsFunc(strings.Fields(strings.ToLower(text)), func(w string) bool {
		return slices.Contains([]string{"ik", "i", "mijn", "my", "mn", "m'n", "mine", "mijne", "mij", "me"}, strings.Trim(w, ".,:;?!"))
	}) {
		understood.Manager = ""
	}
	if this := (ask.Period{From: today - analysis.Day((int(today.Time().Weekday())+6)%7), To: today}); meant.Period == (ask.Period{}) && (intent == ask.TouchLog || intent == ask.AttentionWeek && (understood.Period == this || understood.Period == ask.Period{From: today, To: today})) {
		understood.Period = ask.Period{}
	}
	counted := understood.Days > 0 || meant.Days > 0
	for _, s := range []*ask.Slots{understood, meant} {
		if s.Days > 0 && !s.Period.Known() {
			s.Period, s.Days = ask.Period{From: today - analysis.Day(s.Days) + 1, To: today}, 0
		}
	}
	if between := understood.Period.From - meant.Period.From; counted && max(between, -between) <= 3 {
		meant.Period.From = understood.Period.From
	}
}

// asks is the intent that has the same answer with these slots: the clients of a segment
// are one list, whether the segment or the portfolio was asked for.
func asks(intent ask.Intent, s ask.Slots) ask.Intent {
	if intent == ask.PortfolioList && s.Segment != "" {
		return ask.SegmentList
	}
	return intent
}

// nameAlone is a name without how its bearer is addressed: "mevrouw Blok" is found as
// "Blok" is.
func nameAlone(name string) string {
	name = strings.Trim(strings.ToLower(name), ".'’")
	for _, title := range []string{"mevrouw ", "mevr. ", "mevr ", "mw. ", "mw ", "meneer ", "dhr. ", "dhr ", "de heer ", "mr. ", "mr ", "mrs. ", "mrs ", "ms. ", "ms ", "familie ", "fam. ", "de familie "} {
		name = strings.TrimPrefix(name, title)
	}
	return name
}

// score reads every phrase and counts the right, the asked back and the wrong ones. A
// phrase that is an example of the grammar too is read as if it were not.
func score(t testing.TB, v ask.Vocabulary, list []phrase) (right, asked, wrong int) {
	t.Helper()
	return scoreBy(t, ask.ReadWithout, v, list)
}

// scoreBy scores how read reads the phrases.
func scoreBy(t testing.TB, read func(string, analysis.Day, ask.Vocabulary) ask.Question, v ask.Vocabulary, list []phrase) (right, asked, wrong int) {
	t.Helper()
	for _, p := range list {
		q := read(p.text, today, v)
		if p.before != "" {
			q = q.After(ask.Read(p.before, today, v))
		}
		p.intent, q.Intent = asks(p.intent, p.slots), asks(q.Intent, q.Slots)
		switch {
		case q.Intent == p.intent && same(p.text, p.intent, q.Slots, p.slots) && (q.Sure || p.intent == ask.Unknown), p.intent == "ask" && !q.Sure:
			right++
		case !q.Sure:
			asked++
			t.Logf("asked back  %q\n\tmeant      %s %+v\n\tunderstood %s %+v %v", p.text, p.intent, p.slots, q.Intent, q.Slots, q.Choices)
		default:
			wrong++
			t.Logf("WRONG       %q\n\tmeant      %s %+v\n\tunderstood %s %+v", p.text, p.intent, p.slots, q.Intent, q.Slots)
		}
	}
	t.Logf("%d phrasings: %d right (%.1f%%), %d asked back, %d wrong (%.1f%%)",
		len(list), right, 100*float64(right)/float64(len(list)), asked, wrong, 100*float64(wrong)/float64(len(list)))
	return right, asked, wrong
}

func TestPhrases(t *testing.T) {
	list := phrases(t, "testdata/phrases.tsv")
	right, _, wrong := score(t, office(), list)
	if 100*right < 90*len(list) || 100*wrong >= 2*len(list) {
		t.Errorf("%d of %d right and %d wrong; at least 90%% and under 2%%", right, len(list), wrong)
	}
}

// TestHeld scores 156 phrasings that were set aside while the grammar was made.
// Scored once, before anything was mended for them, 90.4% were right, 6.4% asked back
// and 3.2% wrong; the bounds are that figure. Of twice 62 phrasings written later, in
// freer words and since then part of phrases.tsv, 72.6% and 71.0% were right, 16.1% and
// 19.4% asked back and 11.3% and 9.7% wrong at first sight: expect that of people who
// phrase things their own way.
func TestHeld(t *testing.T) {
	list := phrases(t, "testdata/held.tsv")
	right, _, wrong := score(t, office(), list)
	if 100*right < 90*len(list) || 100*wrong >= 4*len(list) {
		t.Errorf("%d of %d right and %d wrong; at least 90%% and under 4%%", right, len(list), wrong)
	}
}
