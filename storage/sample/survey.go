package sample

import (
	"fmt"
	"io"
	"strings"

	"klantbot/analysis"
)

// surveyThemes are what the office asked about: importance and performance in
// tenths on a scale of five, as its clients see them in the first survey.
var surveyThemes = []struct {
	name                    string
	importance, performance int
	change                  int // of performance in the second survey
}{
	{"Opvolging", 32, 34, 0}, {"Financiering", 36, 31, 1}, {"Personeel", 34, 33, 0}, {"Digitalisering", 39, 29, 6}, {"Fiscale planning", 46, 33, -3},
	{"Groei", 35, 36, 0}, {"Privévermogen", 29, 33, 0}, {"Regelgeving", 38, 42, 0}, {"Duurzaamheid", 22, 32, 2},
}

// Round is one of the office's two surveys.
type Round struct {
	Name string
	// first is the day on which it was sent.
	first  analysis.Day
	second bool
}

// Rounds returns the surveys of an office: thirteen months ago and last month.
func Rounds(s Size) []Round {
	then, now := s.AsOf.AddMonths(-13), s.AsOf.AddMonths(-1)
	return []Round{{fmt.Sprint("Klantonderzoek ", then.Year()), then, false}, {fmt.Sprint("Klantonderzoek ", now.Year()), now, true}}
}

// How many of each audience answer a survey at most.
const (
	clientsAnswer   = 125
	formerAnswer    = 25
	prospectsAnswer = 25
	employeesAnswer = 30
)

// WriteSurvey writes the answers of one survey as the export of a form, by
// audience: some two hundred people in their own words, with the slips, the
// sarcasm and the contradictions of people, what nobody should have typed into a
// form, and a few who try to give orders to whatever reads along.
func WriteSurvey(w io.Writer, s Size, r Round) error {
	o, err := newOffice(s)
	if err != nil {
		return err
	}
	header := []string{"Respondent ID", "Doelgroep", "Klantnummer", "Focusmarkt", "Ingevuld op"}
	for _, t := range surveyThemes {
		header = append(header, t.name+": hoe belangrijk is dit voor u?", t.name+": hoe goed helpt ons kantoor u hierbij?")
	}
	header = append(header, "Welke woorden passen bij ons kantoor?", "Waarom wij?", "Voelde u zich begrepen?",
		"Rust: hoeveel levert ons kantoor u hierin op?", "Inzicht: hoeveel levert ons kantoor u hierin op?",
		"Honorarium: hoeveel kost ons kantoor u hieraan?", "Wachten: hoeveel kost ons kantoor u hieraan?",
		"Hoe waarschijnlijk is het dat u ons kantoor aanbeveelt?", "Welk rapportcijfer geeft u ons kantoor?",
		"Wat kan er beter, en wat moet vooral zo blijven?", "Mag iemand van ons contact met u opnemen?")
	answers := &surveyWriter{sheet: newSheet(w, header...), round: r, dice: dice(s.Seed).of(aboutAnswer, int(r.first))}
	o.answered(answers)
	if err := answers.close(); err != nil {
		return fmt.Errorf("write sample survey: %w", err)
	}
	return nil
}

// answered writes who answers: clients and ex-clients of the office by number,
// then prospects, of whom some are in that list too, and employees.
func (o office) answered(out *surveyWriter) {
	clients, former := 0, 0
	for p := range o.places {
		m, d := o.member(p, 0), out.dice.of(aboutAnswer, p.number)
		switch {
		case m.life.prospect:
		case m.life.until.Known() && m.life.until < out.round.first:
			if former < formerAnswer {
				former++
				out.row(d, analysis.AskedFormer, o.written(p.number), "", d.below(aboutMood, 100)+10)
			}
		case clients < clientsAnswer && m.life.active(out.round.first) && (p.cast != nil || d.chance(aboutAnswer, 260)):
			clients++
			mood := d.below(aboutMood, 100)
			if p.number == castNumber {
				mood = 92 // the best client of the office, and not a happy one
			}
			out.row(d, analysis.AskedClients, o.written(p.number), "", mood)
		}
		if out.err != nil || clients == clientsAnswer && former == formerAnswer {
			break
		}
	}
	listed := o.prospects()
	for i := range prospectsAnswer {
		number := "" // heard of through a focus market, and in no list yet
		if i < len(listed) {
			number = o.written(listed[i])
		}
		d := out.dice.of(aboutProspectAnswer, i)
		out.row(d, analysis.AskedProspects, number, surveyMarkets[i%len(surveyMarkets)], d.below(aboutMood, 100))
	}
	for i := range employeesAnswer {
		d := out.dice.of(aboutEmployeeAnswer, i)
		out.row(d, analysis.AskedEmployees, "", "", d.below(aboutMood, 70))
	}
}

// prospects are the numbers of the first prospects of the client list, half of
// whom are asked at most.
func (o office) prospects() []int {
	var numbers []int
	for p := range o.places {
		if len(numbers) == prospectsAnswer/2 {
			break
		}
		if o.member(p, 0).life.prospect {
			numbers = append(numbers, p.number)
		}
	}
	return numbers
}

// written is a client number as the client list has it.
func (o office) written(number int) string { return string(appendDigits(nil, number, o.digits)) }

var surveyMarkets = []string{"Zorg", "Bouw", "Agrarisch", "Horeca", "ICT"}

// surveyWriter writes the answers of one survey.
type surveyWriter struct {
	*sheet
	round Round
	dice  dice
	n     int // rows so far
}

// row writes one person's answers. mood is 0 for the happiest to 100.
func (w *surveyWriter) row(d dice, audience analysis.Audience, number, market string, mood int) {
	w.n++
	w.text(fmt.Sprint("r", w.n))
	w.text(string(audience))
	w.text(number)
	w.text(market)
	w.day(w.round.first + analysis.Day(d.below(aboutAnswerDay, 21)))
	for i, t := range surveyThemes {
		w.score(d.of(aboutThemeScore, i), t.importance)
		performance := t.performance + 10 - mood/5
		if w.round.second {
			performance += t.change
		}
		if audience == analysis.AskedEmployees {
			performance += 4
		}
		if audience == analysis.AskedProspects { // they know no performance
			w.text("")
			continue
		}
		w.score(d.of(aboutThemeScore, i+100), performance)
	}
	w.text(strings.Join(appreciated(d, mood), ";"))
	w.text(pick(d, aboutWhy, w.n, whyTexts[audience]))
	w.text([]string{"Ja", "Ja", "Deels", "Nee"}[min(3, mood/30)])
	for i, base := range []int{42 - mood/4, 38 - mood/4, 26 + mood/5, 22 + mood/4} {
		w.score(d.of(aboutWorthScore, i), base)
	}
	nps, grade := 10-mood*mood/1700-d.below(aboutMark, 2), 9-mood/25
	w.text(fmt.Sprint(min(10, max(0, nps))))
	w.text(fmt.Sprint(min(10, max(2, grade))))
	w.text(w.better(d, audience, mood))
	w.text(map[bool]string{true: "Ja, graag", false: "Nee"}[audience != analysis.AskedEmployees && d.chance(aboutWantsContact, 220)])
	w.end()
}

// score writes a score around base, in tenths; one in eight leaves it open.
func (w *surveyWriter) score(d dice, base int) {
	if d.chance(aboutThemeScore, 120) {
		w.text("")
		return
	}
	w.text(fmt.Sprint(min(5, max(1, (base+d.between(aboutMark, -9, 9)+5)/10))))
}

// appreciated returns up to three words of the ladder.
func appreciated(d dice, mood int) []string {
	hygiene := []string{"betrouwbaar", "deskundig", "zorgvuldig"}
	middle := []string{"bereikbaar", "meedenkend", "persoonlijk"}
	distinct := []string{"zeer betrokken", "verrassend", "totaaloplosser"}
	words := []string{hygiene[d.below(aboutWord, 3)]}
	if mood < 70 {
		words = append(words, middle[d.below(aboutMood, 3)])
	}
	if mood < 20 {
		words = append(words, distinct[d.below(aboutMark, 3)])
	}
	return words
}

// better writes what somebody wants otherwise. Every thirteenth answer is one
// that a program has to survive.
func (w *surveyWriter) better(d dice, audience analysis.Audience, mood int) string {
	if w.n%13 == 5 {
		return awkwardTexts[(w.n/13+map[bool]int{true: 5}[w.round.second])%len(awkwardTexts)]
	}
	switch {
	case audience == analysis.AskedEmployees:
		return pick(d, aboutBetter, w.n, employeeTexts)
	case audience == analysis.AskedProspects:
		return pick(d, aboutBetter, w.n, prospectTexts)
	case mood < 45:
		return pick(d, aboutBetter, w.n, contentTexts)
	case mood < 65:
		return pick(d, aboutBetter, w.n, mixedTexts)
	}
	return pick(d, aboutBetter, w.n, discontentTexts)
}

// pick answers q with one of texts; one in ten writes nothing.
func pick(d dice, q question, n int, texts []string) string {
	if d.chance(q, 100) {
		return ""
	}
	return texts[d.of(q, n).below(q, len(texts))]
}
