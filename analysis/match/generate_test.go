package match

import (
	"math/rand/v2"
	"strings"
)

// entry is one thing to add to a builder.
type entry struct {
	key  Key
	kind Kind
	text string
}

var (
	firstNames = strings.Fields(`Jan Piet Kees Henk Willem Johan Pieter Gerrit Hendrik Cornelis Maria Anna
		Johanna Elisabeth Cornelia Wilhelmina Hendrika Margaretha Peter Erik Mark Paul Hans Rob Ron
		Marcel Michel Sander Bas Tim Tom Daan Sem Lucas Levi Finn Noah Luuk Milan Jesse Thijs Lars
		Ruben Julian Emma Julia Sophie Lotte Anouk Sanne Iris Eva Lieke Fleur Femke Marieke Annemiek
		Inge Petra Monique Ingrid Astrid Yvonne Karin Linda Wendy Esther Mirjam Saskia Ellen Renée
		Zoë Chloë Noël André René José Désirée Fatima Mohammed Ahmed Yusuf Ayşe Mehmet Giovanni
		Wouter Jeroen Maarten Bart Joost Floris Diederik Roderick Boudewijn Sybren Tjeerd Wiebe Femmie`)
	particles = []string{"", "", "", "", "", "", "van ", "van ", "de ", "de ", "van de ", "van den ", "van der ", "ten ", "ter ", "van 't "}
	surnames  = strings.Fields(`Jansen Janssen Janszen Jansens Bakker Visser Smit Smits Meijer Meyer Mulder
		Bos Bosch Vos Peters Hendriks Dekker Brouwer Dijkstra Kok Jacobs Vermeulen Schouten Willems
		Hoekstra Koster Verhoeven Prins Huisman Peeters Kuiper Kuijpers Post Maas Postma Martens Evers
		Bosma Gerritsen Hermans Sanders Schipper Molenaar Timmermans Groen Kramer Kuipers Wolters
		Scholten Mol Boer Jong Vries Berg Dijk Leeuwen Graaf Meer Linden Heuvel Broek Horst Veen Brink
		Wit Groot Haan Lange Bruin Beek Dam Ridder Heijden Wal Velde Vliet Laan Ven Pol Hoek Ruiter
		Rooij Koning Witte Kamp Putten Burg Winter Wolf Boom Boogaard Müller Schröder Öztürk Yılmaz
		Özdemir Şahin Nguyen Singh Mohan Blanc Núñez Brontë Thuis Sluijs IJzerman Ypma Hooijdonk`)
	legalForms   = []string{"", "", " B.V.", " B.V.", " BV", " VOF", " V.O.F.", " N.V.", " CV"}
	companyWords = strings.Fields(`Holding Beheer Groep Administratie Management Participaties Vastgoed
		Beleggingen Maatschap Stichting Vereniging International Nederland`)
	tradeWords = strings.Fields(`Bakkerij Slagerij Garage Autobedrijf Bouwbedrijf Schildersbedrijf
		Installatiebedrijf Transport Restaurant Café Kapsalon Apotheek Tandartspraktijk Advocaten
		Makelaardij Verzekeringen Techniek Interieur Bloemisterij Hoveniersbedrijf Melkveehouderij
		Loonbedrijf Groothandel Drukkerij Software Schoonmaakbedrijf Fysiotherapie Rijschool`)
	titles = []string{"mevrouw ", "mevr. ", "mw. ", "dhr. ", "de heer ", "drs. ", "mr. "}

	onsets = strings.Fields(`b bl br d dr f fl g gr h j k kl kr l m n p pl pr r s sch sl sn sp st str t tr v vl w wr z zw`)
	vowels = strings.Fields(`a aa e ee i ie o oo u uu oe ui ij ei ou eu`)
	codas  = strings.Fields(`l m n r s t k p d g ld lt nd nk nt rd rk rs rt st cht ts ng ft`)
	tails  = strings.Fields(`ing inga ink ema stra sma man mans sen ers huis huizen dijk kamp veld
		burg berg broek horst laar meijer wijk donk s a`)
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// madeUp returns surname number n of an endless list, the same each time;
// there are several hundred thousand different ones, most of 5 to 12 letters.
func madeUp(n uint64) string {
	r := rand.New(rand.NewPCG(n, 77))
	var s strings.Builder
	syllables := 1 + r.IntN(5)/2
	for range syllables {
		s.WriteString(pick(r, onsets) + pick(r, vowels))
		if r.IntN(3) > 0 {
			s.WriteString(pick(r, codas))
		}
	}
	// Real surnames of one syllable are nearly all among the common ones.
	if syllables == 1 && r.IntN(20) > 0 || r.IntN(10) > 2 {
		s.WriteString(pick(r, tails))
	}
	name := s.String()
	return strings.ToUpper(name[:1]) + name[1:]
}

// generator makes names as an office has them, always the same.
type generator struct {
	r      *rand.Rand
	madeUp int             // how many made-up surnames there are
	skip   map[string]bool // folded words that must not come
}

func newGenerator(madeUp int) *generator {
	return &generator{r: rand.New(rand.NewPCG(1, 2)), madeUp: madeUp}
}

// surname returns a surname without particle: three in ten are from the common
// ones, the others made up, low numbers more often (as 1/√n).
func (g *generator) surname() string {
	for {
		name := ""
		if g.r.IntN(10) < 3 {
			name = pick(g.r, surnames)
		} else {
			x := g.r.Float64()
			name = madeUp(uint64(x * x * float64(g.madeUp)))
		}
		if !g.skip[string(appendFolded(nil, name))] {
			return name
		}
	}
}

func (g *generator) initials() string {
	s := ""
	for range 1 + g.r.IntN(3) {
		s += string(rune('A'+g.r.IntN(26))) + "."
	}
	return s
}

// person returns the name of a human being.
func (g *generator) person() string {
	p, s := pick(g.r, particles), g.surname()
	switch g.r.IntN(5) {
	case 0:
		return g.initials() + " " + p + s
	case 1:
		if p == "" {
			return s + ", " + g.initials()
		}
		return s + ", " + p + g.initials()
	case 2:
		return pick(g.r, titles) + g.initials() + " " + p + s
	}
	return pick(g.r, firstNames) + " " + p + s
}

// business returns the name of a company.
func (g *generator) business() string {
	p, s, l := pick(g.r, particles), g.surname(), pick(g.r, legalForms)
	switch g.r.IntN(6) {
	case 0:
		return pick(g.r, tradeWords) + " " + p + s + l
	case 1:
		return p + s + " " + pick(g.r, companyWords) + l
	case 2:
		return p + s + " & Zn." + l
	case 3:
		return pick(g.r, tradeWords) + " " + s + " " + g.surname() + l
	case 4:
		return s + " " + pick(g.r, tradeWords) + " " + pick(g.r, companyWords) + l
	}
	return s + " en " + g.surname() + l
}

// entries returns n names of clients, contact persons and groups.
func (g *generator) entries(n int) []entry {
	out := make([]entry, 0, n)
	key := Key(0)
	for len(out) < n {
		switch x := g.r.IntN(20); {
		case x < 8:
			key++
			out = append(out, entry{key, Name, g.business()})
		case x < 14:
			key++
			out = append(out, entry{key, Name, g.person()})
		case x < 19 && key > 0:
			out = append(out, entry{key, Contact, g.person()})
		case key > 0:
			out = append(out, entry{key, Group, g.surname() + " Groep"})
		}
	}
	return out
}

func build(entries []entry) *Index {
	b := NewBuilder(len(entries))
	for _, e := range entries {
		b.Add(e.key, e.kind, e.text)
	}
	return b.Build()
}

// typo changes one letter of word at a random place: substitution, deletion,
// insertion or a swap of different neighbours. ASCII letters only come in.
func typo(r *rand.Rand, word string) string {
	w := []rune(word)
	for {
		i := r.IntN(len(w))
		c := rune('a' + r.IntN(26))
		var out []rune
		switch r.IntN(4) {
		case 0:
			out = append(append(append(out, w[:i]...), c), w[i+1:]...)
		case 1:
			out = append(append(out, w[:i]...), w[i+1:]...)
		case 2:
			out = append(append(append(out, w[:i]...), c), w[i:]...)
		case 3:
			if i+1 < len(w) {
				out = append(append(append(out, w[:i]...), w[i+1], w[i]), w[i+2:]...)
			}
		}
		if len(out) > 0 && !strings.EqualFold(string(out), word) {
			return string(out)
		}
	}
}
