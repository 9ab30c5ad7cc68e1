package offline

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/english"

	"klantbot/prompts"
)

// readCard is what a card is compared by.
type readCard struct {
	order    []string // the features, in the order of the card
	weights  map[string]float64
	norm     float64 // of the squares of the weights
	polarity prompts.Polarity
	stances  stances
	words    []cardWord
}

// cardWord is a word of a card that may name a group.
type cardWord struct {
	stem, surface string
	subject       string // that it shows, "" for none
}

type cardReading struct {
	cards []readCard
	df    map[string]int // in how many cards a feature is
}

// readCards finds the features of all cards: their stems, the stems that others have
// and that are a piece of theirs, and their subjects.
func readCards(cards []prompts.Card) *cardReading {
	r := &cardReading{cards: make([]readCard, len(cards)), df: map[string]int{}}
	reader := newReader()
	known := newThemes(subjects(), nil, reader.stems)
	stemsOf := make([][]string, len(cards))
	tokensOf := make([][]token, len(cards))
	subjectOf := make([][]string, len(cards))
	all := map[string]bool{}
	for i, card := range cards {
		ts := reader.tokens(card.Text)
		tokensOf[i] = ts
		if score := about(ts, reader.hits(ts), -1, -1); math.Abs(score) >= firmBand {
			r.cards[i].polarity = polarityOf(score)
		}
		isEnglish := englishness(ts) > 0
		for _, t := range ts {
			if functionWords()[t.folded] || emptyWords()[t.folded] || utf8.RuneCountInString(t.folded) < 2 || !unicode.IsLetter([]rune(t.folded)[0]) {
				continue
			}
			subject := ""
			for _, piece := range strings.Split(t.folded, "-") {
				if theme := known.word(token{word: word{folded: piece}, stem: reader.stems.of(piece)}); theme >= 0 && subject == "" {
					subject = known.names[theme]
				}
			}
			if subject != "" && !slices.Contains(subjectOf[i], subject) {
				subjectOf[i] = append(subjectOf[i], subject)
			}
			stem := t.stem
			if isEnglish {
				stem = englishStem(t.folded)
			}
			if !slices.Contains(stemsOf[i], stem) {
				stemsOf[i] = append(stemsOf[i], stem)
				r.cards[i].words = append(r.cards[i].words, cardWord{stem, card.Text[t.start:t.end], subject})
				all[stem] = true
			}
		}
	}
	parts := partsOf(all)
	for i := range cards {
		r.weigh(i, stemsOf[i], subjectOf[i], parts)
		r.cards[i].stances = reader.stancesOf(tokensOf[i], parts)
	}
	r.scale()
	return r
}

// opposed says whether two cards contradict each other: praise and blame, or one
// denies what the other states.
func (r *cardReading) opposed(i, j int) bool {
	a, b := &r.cards[i], &r.cards[j]
	return a.polarity.Opposes(b.polarity) || a.stances.oppose(b.stances)
}

// partsOf finds for each stem the shorter ones that it begins or ends with:
// "bedrijfsopvolg" holds "opvolg".
func partsOf(all map[string]bool) map[string][]string {
	found := map[string][]string{}
	for stem := range all {
		for at := range stem {
			if head := stem[:at]; len(head) >= shortestPart && all[head] {
				found[stem] = append(found[stem], head)
			}
			if tail := stem[at:]; at > 0 && len(tail) >= shortestPart && all[tail] {
				found[stem] = append(found[stem], tail)
			}
		}
	}
	return found
}

func (r *cardReading) weigh(i int, stems, subjects []string, parts map[string][]string) {
	c := &r.cards[i]
	c.weights = map[string]float64{}
	add := func(feature string, weight float64) {
		if c.weights[feature] == 0 {
			c.order = append(c.order, feature)
			r.df[feature]++
		}
		c.weights[feature] = max(c.weights[feature], weight)
	}
	for _, s := range stems {
		add(s, 1)
		for _, part := range parts[s] {
			add(part, partWeight)
		}
	}
	for _, s := range subjects {
		add("#"+s, subjectWeight)
	}
}

// scale weighs each feature by how few cards have it: ln(1 + n/df). One that a
// single card has brings it near to nothing and only takes off a little; one that
// too many have is dropped.
func (r *cardReading) scale() {
	n := float64(len(r.cards))
	for i := range r.cards {
		c := &r.cards[i]
		for _, f := range c.order {
			df := float64(r.df[f])
			switch {
			case df == 1:
				delete(c.weights, f)
				if !strings.HasPrefix(f, "#") {
					c.norm += loneWeight * math.Log(1+n)
				}
			case df > max(4, oftenShare*n):
				delete(c.weights, f)
			default:
				w := c.weights[f] * math.Log(1+n/df)
				c.weights[f] = w
				c.norm += w * w
			}
		}
		c.order = slices.DeleteFunc(c.order, func(f string) bool { _, kept := c.weights[f]; return !kept })
	}
}

// englishness is how many more function words of a card are English than Dutch.
func englishness(ts []token) (score int) {
	for _, t := range ts {
		if englishWords()[t.folded] {
			score++
		}
		if dutchWords()[t.folded] {
			score--
		}
	}
	return score
}

func englishStem(folded string) string {
	if len(folded) > longestStem {
		return folded
	}
	env := snowballstem.NewEnv(folded)
	english.Stem(env)
	return env.Current()
}

var (
	englishWords = lazySet("the a an and or of to with are our their this that is in on who we they it for from not hard by")
	dutchWords   = lazySet("de het een en of van te met zijn onze hun dit dat wie wij we ze het voor niet is in bij op naar om als geen")
	// emptyWords are in the cards of every session and group nothing.
	emptyWords = lazySet(`klant klanten kantoor jaar jaren nu over straks later steeds goed beter meer minder nieuw nieuwe graag alles
		elke ieder iedere elk samen even nodig bedrijf bedrijven onderneming wordt gaat komen komt hoeft nog andere ander onder tussen geen client clients office year years
		three now new good better more every each need per zelf jullie hoe wat waar wie dag week maand kwartaal helpt helpen`)
)

// name is the word that most cards of the group have and few others, as it is
// written there, rather one that shows the subject of the group.
func (r *cardReading) name(cards []prompts.Card, members []int, taken map[string]bool) string {
	type candidate struct {
		cardWord
		in    int
		score float64
	}
	var found []candidate
	about := map[string]int{}
	for _, i := range members {
		seen := map[string]bool{}
		for _, w := range r.cards[i].words {
			if w.subject != "" && !seen[w.subject] {
				seen[w.subject] = true
				about[w.subject]++
			}
			k := slices.IndexFunc(found, func(c candidate) bool { return c.stem == w.stem })
			if k < 0 {
				found = append(found, candidate{cardWord: w})
			} else if len(w.surface) < len(found[k].surface) {
				found[k].surface = w.surface
			}
		}
	}
	for k := range found {
		f := &found[k]
		for _, i := range members {
			if _, has := r.cards[i].weights[f.stem]; has {
				f.in++
			}
		}
		f.score = float64(f.in) * float64(f.in) / float64(max(r.df[f.stem], 1))
		if f.subject != "" {
			f.score += 2 * float64(about[f.subject]) / float64(len(members))
		}
		f.score -= .02 * float64(max(0, len(f.surface)-12)) // short names read well
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	for _, c := range found {
		if name := titled(c.surface); name != "" && !taken[strings.ToLower(name)] {
			return name
		}
	}
	for _, i := range members { // every word is taken: the beginning of a card
		if name := titled(strings.Join(strings.Fields(cards[i].Text), " ")); name != "" && !taken[strings.ToLower(name)] {
			return name
		}
	}
	return string(cards[members[0]].ID)
}

// titled is words as the name of a group.
func titled(words string) string {
	letters := []rune(strings.TrimSpace(words))
	if len(letters) == 0 {
		return ""
	}
	letters[0] = unicode.ToUpper(letters[0])
	if len(letters) > prompts.LongestGroupName {
		return strings.TrimSpace(string(letters[:prompts.LongestGroupName-1])) + "…"
	}
	return string(letters)
}
