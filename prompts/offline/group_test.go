package offline

import (
	"context"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	_ "klantbot/analysis/rapidseed"
	"klantbot/prompts"
)

// cardFile reads a fixture: cards, and the group of each, "" for none.
func cardFile(t testing.TB, name string) (cards []prompts.Card, groups []string) {
	t.Helper()
	raw, err := os.ReadFile("testdata/cards/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	group := ""
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if after, ok := strings.CutPrefix(line, "= "); ok {
			group = after
		} else if line == "-" {
			group = ""
		} else if line != "" && line[0] != '#' {
			texts, groups = append(texts, line), append(groups, group)
		}
	}
	// Cards come in as people write: subjects through each other.
	for i := range texts {
		j := (i * 7) % len(texts)
		texts[i], texts[j] = texts[j], texts[i]
		groups[i], groups[j] = groups[j], groups[i]
	}
	for _, a := range prompts.Number(texts) {
		cards = append(cards, prompts.Card{ID: a.ID, Text: a.Text})
	}
	return cards, groups
}

func proposed(t testing.TB, cards []prompts.Card) prompts.Grouping {
	t.Helper()
	g, err := Grouper{}.Group(context.Background(), prompts.GroupRequest{Cards: cards})
	if err != nil {
		t.Fatal(err)
	}
	if err := prompts.VerifyGroups(cards, g); err != nil {
		t.Fatal(err)
	}
	return g
}

// pairwise compares two groupings by the pairs of cards they put together: those
// that belong nowhere make no pair.
func pairwise(cards []prompts.Card, want []string, g prompts.Grouping) (precision, recall, f1 float64) {
	got := map[prompts.ID]string{}
	for _, group := range g.Groups {
		for _, id := range group.Cards {
			if group.Name != prompts.Other {
				got[id] = group.Name
			}
		}
	}
	var both, ours, theirs float64
	for i := range cards {
		for j := range i {
			a, b := got[cards[i].ID], got[cards[j].ID]
			mine, right := a != "" && a == b, want[i] != "" && want[i] == want[j]
			if mine {
				ours++
			}
			if right {
				theirs++
			}
			if mine && right {
				both++
			}
		}
	}
	precision, recall = both/max(ours, 1), both/max(theirs, 1)
	return precision, recall, 2 * precision * recall / max(precision+recall, 1e-9)
}

// TestGroupingMeasured holds pairwise F1 on hand-made sessions of thirty cards. The
// numbers of group.go were chosen on the first two; heldout.txt and english.txt had
// no part in it. Measured: .76, .63, .71 and 1.
func TestGroupingMeasured(t *testing.T) {
	for name, least := range map[string]float64{"session1.txt": .74, "session2.txt": .60, "heldout.txt": .68, "english.txt": .95} {
		cards, want := cardFile(t, name)
		precision, recall, f1 := pairwise(cards, want, proposed(t, cards))
		t.Logf("%s: precision %.2f, recall %.2f, F1 %.2f", name, precision, recall, f1)
		if f1 < least {
			t.Errorf("%s: F1 %.2f, was at least %.2f", name, f1, least)
		}
	}
}

func asCards(texts ...string) (cards []prompts.Card) {
	for _, a := range prompts.Number(texts) {
		cards = append(cards, prompts.Card{ID: a.ID, Text: a.Text})
	}
	return cards
}

// Praise and blame of one subject stay apart, however many words they share.
func TestOppositesStayApart(t *testing.T) {
	cards := asCards("Het portaal werkt uitstekend en is heel prettig", "Het portaal is waardeloos en heel slecht",
		"Het portaal is geweldig", "Het portaal is een ramp")
	g := proposed(t, cards)
	for _, group := range g.Groups {
		if group.Name != prompts.Other && slices.Contains(group.Cards, "R1") && (slices.Contains(group.Cards, "R2") || slices.Contains(group.Cards, "R4")) {
			t.Errorf("praise and blame in one group: %v", g.Groups)
		}
	}
	if len(g.Groups) != 2 {
		t.Errorf("%d groups of two opinions: %v", len(g.Groups), g.Groups)
	}
}

// Whatever people write, every card is in exactly one group, opposites are apart, the
// order is the same again, and a group is named by words of its cards.
func TestGroupingPromises(t *testing.T) {
	word := rapid.SampledFrom(strings.Fields(`opvolging bedrijfsopvolging bellen terugbellen portaal app prijs factuur niet slecht uitstekend
		waardeloos fantastisch pensioen שלום 🙂 <!channel> staff reports the and personeel personeelstekort x 2026`))
	rapid.Check(t, func(t *rapid.T) {
		var texts []string
		for range rapid.IntRange(0, 120).Draw(t, "cards") {
			texts = append(texts, strings.Join(rapid.SliceOfN(word, 0, 9).Draw(t, "words"), " "))
		}
		cards := asCards(texts...)
		g, err := Grouper{}.Group(context.Background(), prompts.GroupRequest{Cards: cards})
		if err == nil {
			err = prompts.VerifyGroups(cards, g)
		}
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Grouper{}.Group(context.Background(), prompts.GroupRequest{Cards: cards})
		if !reflect.DeepEqual(g, again) {
			t.Fatalf("again it is %v, first %v", again, g)
		}
		text := map[prompts.ID]string{}
		for _, c := range cards {
			text[c.ID] = c.Text
		}
		for _, group := range g.Groups {
			from := ""
			for _, id := range group.Cards {
				from += " " + strings.ToLower(text[id])
			}
			name := strings.TrimSuffix(strings.ToLower(group.Name), "…")
			if group.Name != prompts.Other && !strings.Contains(from, name) && !slices.Contains(group.Cards, prompts.ID(group.Name)) {
				t.Fatalf("%q is not in the words of its cards", group.Name)
			}
		}
	})
}

func TestGroupingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (Grouper{}).Group(ctx, prompts.GroupRequest{Cards: asCards("a")}); err == nil {
		t.Error("a proposal nobody waits for")
	}
}

// A hundred and eight cards, twelve people with nine each, take well under 50 ms.
func BenchmarkGroup108(b *testing.B) {
	var texts []string
	for _, name := range []string{"session1.txt", "session2.txt", "heldout.txt", "english.txt"} {
		cards, _ := cardFile(b, name)
		for _, c := range cards {
			texts = append(texts, c.Text)
		}
	}
	for i := 0; len(texts) < 108; i++ {
		texts = append(texts, texts[i]+" "+texts[i+30])
	}
	cards := asCards(texts[:108]...)
	for b.Loop() {
		if _, err := (Grouper{}).Group(context.Background(), prompts.GroupRequest{Cards: cards}); err != nil {
			b.Fatal(err)
		}
	}
}
