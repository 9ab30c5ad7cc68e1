package ask_test

import (
	"bufio"
	"os"
	"strings"
	"sync"
	"testing"

	"klantbot/analysis/ask"
	"klantbot/analysis/match"
)

// sampleIndex finds the clients of the sample office: names, numbers, groups and
// contact persons, as an office's own index has them.
var sampleIndex = sync.OnceValues(func() (*match.Index, error) {
	f, err := os.Open("testdata/sample.names")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, key := match.NewBuilder(700), match.Key(0)
	for lines := bufio.NewScanner(f); lines.Scan(); key++ {
		column := strings.Split(lines.Text(), "\t")
		if strings.HasPrefix(column[0], "#") {
			continue
		}
		b.Add(key, match.Code, column[0])
		b.Add(key, match.Name, column[1])
		for i, other := range column[2:] {
			if i == 0 && other != "" {
				b.Add(key, match.Group, other)
			} else if i > 0 {
				b.Add(key, match.Contact, other)
			}
		}
	}
	return b.Build(), nil
})

// sampleOffice is the vocabulary of the sample office.
func sampleOffice(t testing.TB) ask.Vocabulary {
	t.Helper()
	index, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	v := office()
	v.Managers = []string{"Rachid Benali", "Sanne Kok", "Femke de Vries", "Ingrid van Leeuwen", "Thijs Brouwer", "Maarten Hoekstra", "Lotte Peeters", "Esra Demir", "Wouter van der Linden"}
	v.Services = []string{"Aangifte inkomstenbelasting", "Aangifte vennootschapsbelasting", "Administratie", "Bedrijfsadvies", "Controle", "Fiscaal advies", "Jaarrekening", "Salarisadministratie"}
	v.Client = func(words string) float64 {
		if hits := index.Find(words, 1); len(hits) > 0 {
			return hits[0].Score
		}
		return 0
	}
	return v
}

// TestOutside scores phrasings that were written against the sample office before the
// grammar was looked at (fresh.tsv, the half that it was then mended by), and three
// lists in other words that came after.
func TestOutside(t *testing.T) {
	var list []phrase
	for _, file := range []string{"fresh", "second", "third", "fourth"} {
		list = append(list, phrases(t, "testdata/"+file+".tsv")...)
	}
	right, _, wrong := score(t, sampleOffice(t), list)
	if 100*right < 90*len(list) || 100*wrong >= 2*len(list) {
		t.Errorf("%d of %d right and %d wrong; at least 90%% and under 2%%", right, len(list), wrong)
	}
}

// TestAside scores the other half of what fresh.tsv is a half of, which was set aside
// while the grammar was made: 81.3% right, 9.8% asked back and 8.8% wrong before, and
// 85.0%, 9.8% and 5.2% when it was scored once after. Four of those ten were periods,
// names and percentages that are read since, and three a border whose segments the list
// had left out; the bounds are of now. Lists in other words had, at first sight, 76%,
// 69% and 61% right with 12%, 14% and 12% wrong, each before it was mended by: expect
// that of people who phrase things their own way.
func TestAside(t *testing.T) {
	list := phrases(t, "testdata/aside.tsv")
	right, _, wrong := score(t, sampleOffice(t), list)
	if 100*right < 88*len(list) || 100*wrong >= 2*len(list) {
		t.Errorf("%d of %d right and %d wrong; at least 88%% and under 2%%", right, len(list), wrong)
	}
}

// others are lists by people who never saw the grammar, which learnt from all of them.
var others = []string{"others", "others2", "others3", "others4", "others5", "others6", "others7", "others8", "others9", "others10", "others11", "others12", "others13", "others14",
	"others15", "others16", "others17", "others18", "others19", "others20", "others21", "others22", "others23", "others24", "others25", "others26", "others27"}

// TestOthers scores them: each is read by who never saw that list, neither among the
// examples nor in what is learnt. It is no first sight all the same: the words that a list
// taught the lexicon stay known, and so do examples that say the same in other words and
// were written after it was read. The heads of the files tell what was right at first
// sight: of people who phrase things their own way expect what the last six had (others22
// to others27), 1,200 phrasings, sealed and each scored once: 94%, 94%, 93.5%, 95.5%, 93.5%
// and 97.5% right, 3%, 3%, 1.5%, 2%, 2% and 1% wrong, by the scorer as it was then.
func TestOthers(t *testing.T) {
	for _, file := range others {
		list, v := braced(t, "testdata/"+file+".tsv")
		texts := map[string]bool{}
		for _, p := range list {
			texts[p.text] = true
		}
		right, _, wrong := scoreBy(t, ask.Unlearnt(texts), v, list)
		if 100*right < 90*len(list) || 100*wrong >= 2*len(list) {
			t.Errorf("%s: %d of %d right and %d wrong; at least 90%% and under 2%%", file, right, len(list), wrong)
		}
	}
}
