package offline

import (
	"encoding/xml"
	"os"
	"testing"
)

type opinion struct {
	review, sentence int
	text             string
	target, category string
	polarity         string
	from, to         int
}

func opinions(t testing.TB) []opinion {
	t.Helper()
	raw, err := os.ReadFile(shared(t, "semeval-nl/restaurants_train.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Reviews []struct {
			Sentences []struct {
				Text     string `xml:"text"`
				Opinions []struct {
					Target   string `xml:"target,attr"`
					Category string `xml:"category,attr"`
					Polarity string `xml:"polarity,attr"`
					From     int    `xml:"from,attr"`
					To       int    `xml:"to,attr"`
				} `xml:"Opinions>Opinion"`
			} `xml:"sentences>sentence"`
		} `xml:"Review"`
	}
	if err := xml.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	var all []opinion
	n := 0
	for i, r := range doc.Reviews {
		for _, s := range r.Sentences {
			n++
			for _, o := range s.Opinions {
				all = append(all, opinion{i, n, s.Text, o.Target, o.Category, o.Polarity, o.From, o.To})
			}
		}
	}
	return all
}

func runeOffset(s string, n int) int {
	for at := range s {
		if n == 0 {
			return at
		}
		n--
	}
	return len(s)
}

// weighed is an opinion with its score by the lexicon.
type weighed struct {
	opinion
	score  float64
	silent bool // the lexicon knows no word of the sentence
}

func weigh(t testing.TB) []weighed {
	r := newReader()
	var all []weighed
	for _, o := range opinions(t) {
		ts := r.tokens(o.text)
		found := r.hits(ts)
		first, last := -1, -1
		if o.target != "NULL" {
			from, to := runeOffset(o.text, o.from), runeOffset(o.text, o.to)
			for i, w := range ts {
				if w.end > from && w.start < to {
					if last = i; first < 0 {
						first = i
					}
				}
			}
		}
		all = append(all, weighed{o, about(ts, found, first, last), len(found) == 0})
	}
	return all
}

// reading is what the fold learns: from which score an opinion is positive or
// negative here, and what silence of the lexicon means among these reviewers.
type reading struct {
	low, high float64
	silence   string
}

func (r reading) of(w weighed) string {
	switch {
	case w.silent:
		return r.silence
	case w.score >= r.high:
		return "positive"
	case w.score <= r.low:
		return "negative"
	}
	return "neutral"
}

func (r reading) correct(all []weighed) (n int) {
	for _, w := range all {
		if r.of(w) == w.polarity {
			n++
		}
	}
	return n
}

func learn(train []weighed) reading {
	best, most := reading{}, -1
	for low := -1.0; low <= 1; low += .1 {
		for high := low + .01; high <= 1; high += .1 {
			for _, silence := range []string{"positive", "neutral", "negative"} {
				r := reading{low, high, silence}
				if n := r.correct(train); n > most {
					best, most = r, n
				}
			}
		}
	}
	return best
}

// Polarity of aspects in three classes, ten-fold by review: the lexicon is ours and
// fixed; only two thresholds and the meaning of silence are learned, on the other
// nine folds. Published on this set: majority 60.2%, baseline 69.3%, a lexicon with
// negation 73.6%, best entry 77.8%.
func TestSemEval(t *testing.T) {
	all := weigh(t)
	const folds = 10
	correct := 0
	for fold := range folds {
		var train, test []weighed
		for _, w := range all {
			if w.review%folds == fold {
				test = append(test, w)
			} else {
				train = append(train, w)
			}
		}
		correct += learn(train).correct(test)
	}
	share := float64(correct) / float64(len(all))
	shipped := reading{low: -neutralBand, high: neutralBand, silence: "neutral"}.correct(all)
	t.Logf("%d opinions: %.1f%% with thresholds of the other folds, %.1f%% as shipped, where silence is neutral",
		len(all), 100*share, 100*float64(shipped)/float64(len(all)))
	if share < .75 {
		t.Errorf("polarity %.1f%%, want 75%%", 100*share)
	}
}
