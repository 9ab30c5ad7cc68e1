package ask

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"

	"klantbot/analysis"
)

// examplesFile are phrasings with what they ask, a line each: intent, text, and in
// braces what fills a slot: "hoeveel omzet hebben we met {client Jansen}". What a text
// resembles most of them is a second opinion beside the rules.
//
//go:embed examples.tsv
var examplesFile string

// example is one phrasing.
type example struct {
	intent Intent
	text   string
	client bool // it names one
	at     int  // its intent among intents
}

// posting is an example that has a feature, and how much that says; all features of
// an example together have the length 1.
type posting struct {
	example int32
	weight  float32
}

// resemblance is how much a text resembles what is asked for an intent: the cosine
// of the features of its nearest example, 0..1.
type resemblance struct {
	intent Intent
	like   float64
}

// teaching are the examples, found by their features: by the hashes of their names.
type teaching struct {
	all  []example
	by   map[int32][]posting
	rare map[int32]float64 // inverse document frequency of a feature
}

// study is what the examples teach, read once.
var study = sync.OnceValue(func() (s struct {
	teaching
	skill *learnt
}) {
	var read []studied
	s.teaching, read = teach()
	s.skill = learn(s.teaching, read, nil)
	return s
})

func lessons() teaching { return study().teaching }

// studied is what is kept of an example while it is learnt from.
type studied struct {
	features, others []trait // see reading.traits; not yet weighted
	suits            []bool  // by intent
	of               int     // which example it is, or has an aside with
}

// teach returns what examples are compared by, and the examples as they are read. A
// reading weighs more than what is made of it, so none is kept.
func teach() (teaching, []studied) {
	l := teaching{by: map[int32][]posting{}, rare: map[int32]float64{}}
	for line := range strings.Lines(examplesFile) {
		intent, text, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if ok && !strings.HasPrefix(intent, "#") {
			l.all = append(l.all, example{Intent(intent), text, strings.Contains(text, "{client"), slices.Index(intents, Intent(intent))})
		}
	}
	read := l.read()
	for _, one := range read {
		for _, f := range one.features {
			l.rare[f.at]++
		}
	}
	for f, n := range l.rare {
		l.rare[f] = math.Log(float64(len(l.all)+1) / n)
	}
	for i := range l.all {
		for _, f := range l.weighted(read[i].features) {
			l.by[f.at] = append(l.by[f.at], posting{int32(i), f.weight})
		}
	}
	around := asides()
	for i := range l.all {
		if i%eachAside == 0 {
			read = append(read, around.with(read[i], i/eachAside))
		}
	}
	return l, read
}

// readers is how many read the examples at once.
const readers = 2

// read are the examples as they are read, each in its place.
func (l teaching) read() []studied {
	read := make([]studied, len(l.all), len(l.all)+len(l.all)/eachAside+1)
	var all sync.WaitGroup
	for k := range readers {
		all.Go(func() {
			for i := k; i < len(read); i += readers {
				r := readExample(l.all[i].text)
				read[i] = studied{r.hashed(), r.others(), r.suiting(true), i}
			}
		})
	}
	all.Wait()
	return read
}

// weighted gives each feature the weight that it is rare with, and all together the
// length 1. What no example has does not count, but counts in the length.
func (l teaching) weighted(features []trait) []trait {
	of, sum := l.scaled(make([]trait, 0, len(features)), features)
	for i := range of {
		of[i].weight /= float32(math.Sqrt(sum))
	}
	return of
}

// scaled adds features to all, each with the weight that it is rare with, and the sum of
// their squares.
func (l teaching) scaled(all, features []trait) (of []trait, sum float64) {
	for _, f := range features {
		rare, ok := l.rare[f.at]
		if !ok {
			rare = rarity
		}
		f.weight *= float32(rare)
		all, sum = append(all, f), sum+float64(f.weight*f.weight)
	}
	return all, sum
}

// resembling ranks the intents by how much r resembles their examples; of an intent
// the second best says a little too.
func (l teaching) resembling(r *reading) []resemblance {
	like := make([]float64, len(l.all))
	for _, f := range l.weighted(r.hashed()) {
		for _, p := range l.by[f.at] {
			like[p.example] += float64(f.weight) * float64(p.weight)
		}
	}
	suits := [2][]bool{r.suiting(false), r.suiting(true)}
	best := make([][3]float64, len(intents))
	for i, e := range l.all {
		of := suits[0]
		if e.client {
			of = suits[1]
		}
		if like[i] == 0 || !of[e.at] || r.without != nil && r.without(plainText(e.text)) {
			continue
		}
		b := &best[e.at]
		b[2] = max(b[2], like[i])
		for k := range b {
			if like[i] > b[k] {
				copy(b[k+1:], b[k:len(b)-1])
				b[k] = like[i]
				break
			}
		}
	}
	var all []resemblance
	for k, b := range best {
		if b[0] > 0 {
			all = append(all, resemblance{intents[k], (5*b[0] + 2*b[1] + b[2]) / 8})
		}
	}
	analysis.Sort(all, func(a, b resemblance) int {
		switch {
		case a.like > b.like:
			return -1
		case a.like < b.like:
			return 1
		}
		return strings.Compare(string(a.intent), string(b.intent))
	})
	return all
}

// suits says whether i can be asked of the clients that the text names: of one, or of
// none. A session may be about one.
func (r *reading) suits(e example) bool {
	switch i := e.intent; {
	case i == Unknown: // of a client that is known only what is said of clients is no question
		return !r.about[named] || r.tentative || e.client
	case i.family() == "session":
		return r.slots.Client == "" || r.about["session"]
	case i.AboutClient():
		return r.about[named] && (r.slots.Client != "" || r.slots.Session == "")
	}
	return r.slots.Client == "" || r.tentative
}

// plainText is an example without its braces.
func plainText(text string) string {
	var b strings.Builder
	for text != "" {
		before, after, ok := strings.Cut(text, "{")
		b.WriteString(before)
		if !ok {
			break
		}
		slot, rest, _ := strings.Cut(after, "}")
		_, words, _ := strings.Cut(slot, " ")
		b.WriteString(words)
		text = rest
	}
	return b.String()
}

// readExample reads text as Read does, with the clients and managers in its braces
// for a vocabulary.
func readExample(text string) *reading {
	var v Vocabulary
	var clients []string
	for rest := text; ; {
		_, after, ok := strings.Cut(rest, "{")
		if !ok {
			break
		}
		slot, left, _ := strings.Cut(after, "}")
		switch kind, words, _ := strings.Cut(slot, " "); kind {
		case "client":
			clients = append(clients, fold(words))
		case "manager":
			v.Managers = append(v.Managers, words)
		case "service":
			v.Services = append(v.Services, words)
		case "theme":
			v.Themes = append(v.Themes, words)
		}
		rest = left
	}
	v.Client = func(words string) float64 {
		if slices.Contains(clients, fold(words)) {
			return 1
		}
		return 0
	}
	r := newReading(plainText(text), v)
	r.understand(analysis.Date(2026, 11, 21))
	return r
}

// stemLength is how many letters of a word tell which it is: "gesproken" and
// "gesprek" stay apart, "groeit" and "groeien" do not.
const stemLength = 5

// features are what a text is compared by: what fills its slots, what its words are
// about, the beginnings of its words, and which follow each other.
func (r *reading) features() map[string]float64 {
	of := map[string]float64{}
	s := r.slots
	slot := func(name string, weight float64, is bool) {
		if is {
			of["#"+name] = weight
		}
	}
	slot("client", 1, s.Client != "" || r.pronoun())
	slot("manager", .7, s.Manager != "")
	slot("segment", .7, s.Segment != "")
	slot("against", .7, s.Against != "")
	slot("layer", 1, s.Layer != "")
	slot("type", .7, s.ClientType != "")
	slot("theme", 1, s.Theme != "")
	slot("audience"+string(s.Audience), 1, s.Audience != "")
	slot("service", 1, s.Service != "")
	slot("days", 1, s.Days > 0)
	slot("limit", 1, s.Limit > 0)
	slot("session", 1, s.Session != "")
	last := "^"
	for _, w := range r.words {
		if w.slot {
			last = "_"
			continue
		}
		for _, c := range w.about {
			of["~"+string(c)] = 1
		}
		stem := w.stem()
		if !articles[stem] {
			of[stem] = .6
			if w.stop && len(w.about) == 0 {
				of[stem] = .25
			}
			of[last+" "+stem] = .35
			last = stem
		}
	}
	return of
}

// articles tell nothing, not even in what order they stand.
var articles = map[string]bool{"de": true, "het": true, "een": true, "the": true, "a": true, "an": true, "t": true, "even": true, "eens": true, "aub": true, "svp": true, "please": true, "graag": true, "ook": true}
