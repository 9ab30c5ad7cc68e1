package ask_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/ask"
)

// check holds what every question promises, whatever was typed.
func check(t *testing.T, text string, q ask.Question) {
	t.Helper()
	if !slices.Contains(ask.Intents(), q.Intent) {
		t.Errorf("%q: no intent is called %q", text, q.Intent)
	}
	if q.Sure == (len(q.Choices) > 0) && q.Intent != ask.Unknown {
		t.Errorf("%q: sure %v with the choices %v", text, q.Sure, q.Choices)
	}
	if q.Sure && q.Intent == ask.Unknown {
		t.Errorf("%q: sure of nothing", text)
	}
	if !strings.Contains(text, q.Slots.Client) {
		t.Errorf("%q: the client %q are not its words", text, q.Slots.Client)
	}
	if p := q.Slots.Period; p.Known() && p.To < p.From {
		t.Errorf("%q: the period ends before it begins: %v", text, p)
	}
	if q.Slots.Days < 0 || q.Slots.Limit < 0 || q.Slots.Limit > 1000 {
		t.Errorf("%q: %d days, %d clients", text, q.Slots.Days, q.Slots.Limit)
	}
}

// TestLong: a text as long as Slack lets one be is read to its end, whatever it is
// made of. How long that takes BenchmarkLong says.
func TestLong(t *testing.T) {
	v := office()
	for _, piece := range []string{"a", "a ", "Jansen ", "van den ", "kwx ", "Bakkr ", "welke A-klanten ", "?", "& ", "<@U1> ", "laatste 3 ", "<@", "é̈", "\xff", "niet gesproken ", "q1 2024 ", "Dag Week ", "en "} {
		text := strings.Repeat(piece, 4_000/len(piece)+1)[:4_000]
		check(t, text, ask.Read(text, today, v))
	}
}

func FuzzRead(f *testing.F) {
	for _, p := range phrases(f, "testdata/phrases.tsv") {
		f.Add(p.text)
	}
	f.Add("en 0 ver")
	f.Add("ten vAn")
	f.Add("\u202eomzet van Jansen\u202c \u2066A-klanten\u2069 عمر \x00\x1b[31m")
	f.Add("<@U1 van <@ ' .' v.d. & B.V.")
	v := office()
	f.Fuzz(func(t *testing.T, text string) {
		q := ask.Read(text, today, v)
		check(t, text, q)
		check(t, text, q.After(q))
		ask.Read(text, today, ask.Vocabulary{})
	})
}

// TestAfter: what follows in a conversation is completed by what came before.
func TestAfter(t *testing.T) {
	v := office()
	var q ask.Question
	for _, turn := range []struct {
		text   string
		intent ask.Intent
		client string
		period string
	}{
		{"hoeveel omzet hebben we met Visser", ask.ClientRevenue, "Visser", ""},
		{"en vorig jaar?", ask.ClientRevenue, "Visser", "2025-01-01"},
		{"en Bakker?", ask.ClientRevenue, "Bakker", "2025-01-01"},
		{"wie is hun relatiemanager", ask.ClientManager, "Bakker", ""},
		{"wanneer heb ik die klant voor het laatst gesproken", ask.ClientLastContact, "Bakker", ""},
		{"wat is er veranderd sinds ons laatste gesprek?", ask.ClientChanges, "Bakker", ""},
		{"welke diensten missen nog", ask.ClientWhitespace, "Bakker", ""},
		{"open acties?", ask.ClientActions, "Bakker", ""},
		{"contactpersonen", ask.ClientContacts, "Bakker", ""},
		{"wie zijn mijn grootste klanten", ask.PortfolioTop, "", ""},
	} {
		q = ask.Read(turn.text, today, v).After(q)
		from := ""
		if q.Slots.Period.Known() {
			from = q.Slots.Period.From.String()
		}
		if !q.Sure || q.Intent != turn.intent || q.Slots.Client != turn.client || from != turn.period {
			t.Errorf("%q: %v %s %q %s, not %s %q %s", turn.text, q.Sure, q.Intent, q.Slots.Client, from, turn.intent, turn.client, turn.period)
		}
	}
}

// TestWithoutNames: the grammar reads names by their place and capitals where there
// is no index.
func TestWithoutNames(t *testing.T) {
	q := ask.Read("hoeveel omzet hebben we met Van den Berg", today, ask.Vocabulary{})
	if q.Intent != ask.ClientRevenue || q.Slots.Client != "Van den Berg" || !q.Sure {
		t.Errorf("%+v", q)
	}
}

// TestBorder: both sides of a border are read.
func TestBorder(t *testing.T) {
	q := ask.Read("wie zit op de grens van A en B", today, office())
	if q.Intent != ask.SegmentBorder || q.Slots.Segment != analysis.SegmentA || q.Slots.Against != analysis.SegmentB {
		t.Errorf("%+v", q)
	}
}

// BenchmarkLong reads the longest text of what takes the grammar longest.
func BenchmarkLong(b *testing.B) {
	v, text := office(), strings.Repeat("Dag Week ", 445)[:4_000]
	for b.Loop() {
		ask.Read(text, today, v)
	}
}

func BenchmarkRead(b *testing.B) {
	v, list := office(), phrases(b, "testdata/phrases.tsv")
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		ask.Read(list[i%len(list)].text, today, v)
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "max-ms")
}

// BenchmarkLessons reads the examples, as the first question does.
func BenchmarkLessons(b *testing.B) {
	for b.Loop() {
		ask.Lessons()
	}
}

// TestParticle: a colleague who is known by a name that begins with a particle is not
// every "van".
func TestParticle(t *testing.T) {
	v := office()
	v.Managers = append(v.Managers, "van Dam")
	for text, manager := range map[string]string{"omzet van Visser": "", "klanten van Van Dam": "Van Dam"} {
		if q := ask.Read(text, today, v); q.Slots.Manager != manager {
			t.Errorf("%q: %+v", text, q)
		}
	}
}
