package commands

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// Frame answers *Beleving en fasen*, of who leads the session: which words it is, and
// through which steps the client goes.
func (c Journeys) Frame(ctx context.Context, req Request) (Reply, error) {
	j, _, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if err := may(req, j, session.Stepped{Base: j.StepsSeq(), Steps: j.Steps}); err != nil {
		return instead(req, "journey.frame.title", err)
	}
	words, err := c.words(ctx, j)
	if err != nil {
		return Reply{}, err
	}
	if err := c.opened(ctx, req, j, "journey.frame"); err != nil {
		return Reply{}, err
	}
	return Show(view.FrameForm(locale.New(req.Lang, req.Zone), j, words)), nil
}

// words are what people wished, the most wished first, and what the office wants to
// be known by. Each is named by the card it was first on, or its place in the ladder.
func (c Journeys) words(ctx context.Context, j view.Journey) ([]view.AmbitionWord, error) {
	var words []view.AmbitionWord
	at := func(word string) int {
		return slices.IndexFunc(words, func(w view.AmbitionWord) bool { return strings.EqualFold(w.Word, word) })
	}
	for _, card := range j.CardsAt("", session.Place{Horizon: session.Wished}) {
		if i := at(card.Text); i >= 0 {
			words[i].N++
			continue
		}
		words = append(words, view.AmbitionWord{Value: "card/" + strconv.Itoa(int(card.ID)), Word: card.Text, N: 1})
	}
	analysis.Sort(words, func(a, b view.AmbitionWord) int { return cmp.Compare(b.N, a.N) })
	proposed, err := c.proposed(ctx)
	for i, word := range proposed {
		if at(word) < 0 {
			words = append(words, view.AmbitionWord{Value: "office/" + strconv.Itoa(i), Word: word})
		}
	}
	return words, err
}

// ValidateFrame says what is wrong with the form before its window closes.
func (c Journeys) ValidateFrame(_ context.Context, req Request) (map[string]string, error) {
	p := locale.New(req.Lang, req.Zone)
	wrong := map[string]string{}
	if names := cardLines(req.Fields[view.FieldJourneySteps]); len(names) < 1 || len(names) > session.MostSteps {
		wrong[view.FieldJourneySteps] = p.T("session.step.count", analysis.Args{"most": session.MostSteps})
	} else {
		for _, name := range names {
			if _, err := session.Clean(name, session.LongestText); err != nil {
				wrong[view.FieldJourneySteps] = sentence(p, err)
			}
		}
	}
	for _, word := range typedWords(req.Fields[view.FieldOwn]) {
		if _, err := session.Clean(word, session.LongestText); err != nil {
			wrong[view.FieldOwn] = sentence(p, err)
		}
	}
	return wrong, nil
}

// typedWords are the words that were typed with commas between them.
func typedWords(field string) []string {
	var words []string
	for word := range strings.SplitSeq(field, ",") {
		if word, err := session.Clean(word, 1<<20); err == nil {
			words = append(words, word)
		}
	}
	return words
}

// Framed answers that form.
func (c Journeys) Framed(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	known, err := c.words(ctx, j)
	if err != nil {
		return Reply{}, err
	}
	var chosen []string
	for value := range strings.SplitSeq(req.Fields[view.FieldWords], "\n") {
		if i := slices.IndexFunc(known, func(w view.AmbitionWord) bool { return w.Value == value }); i >= 0 {
			chosen = append(chosen, known[i].Word)
		}
	}
	for _, word := range typedWords(req.Fields[view.FieldOwn]) {
		if !slices.Contains(chosen, word) {
			chosen = append(chosen, word)
		}
	}
	before := j.Steps
	s, err := c.press(ctx, req, j.ID, "journey.framed", func(s *session.State) ([]session.Body, error) {
		return framed(s, spot.Visit, chosen, cardLines(req.Fields[view.FieldJourneySteps])), nil
	})
	if err != nil {
		return instead(req, "journey.frame.title", err)
	}
	p := locale.New(req.Lang, req.Zone)
	return Show(view.JourneySaid(p, "journey.frame.title", view.Outcome{Said: view.FrameSaved(p, view.Journey{State: s}, before)})), nil
}

// framed are the events that make the words and the steps what the form says; base
// is the State.StepsSeq it was drawn on.
func framed(s *session.State, base int, words, names []string) []session.Body {
	var changes []session.Body
	if len(words) > 0 && !slices.Equal(words, s.Ambition) {
		changes = append(changes, session.AmbitionChosen{Words: words})
	}
	if steps := renamed(s.Steps, names); !slices.Equal(steps, s.Steps) {
		changes = append(changes, session.Stepped{Base: base, Steps: steps})
	}
	return changes
}

// renamed are the steps as names have them. A step keeps what was said of it where its
// name stays, wherever that stands; where as many names came as went, those are new
// names of the same steps, in their order. Otherwise a new name is a new step.
func renamed(steps []session.Step, names []string) []session.Step {
	next := make([]session.Step, len(names))
	left := slices.Clone(steps)
	fresh := 0
	for i, name := range names {
		next[i].Name = name
		if at := slices.IndexFunc(left, func(x session.Step) bool { return strings.EqualFold(x.Name, name) }); at >= 0 {
			next[i].ID = left[at].ID
			left = slices.Delete(left, at, at+1)
		} else {
			fresh++
		}
	}
	if fresh != len(left) {
		return next
	}
	for i := range next {
		if next[i].ID == 0 {
			next[i].ID, left = left[0].ID, left[1:]
		}
	}
	return next
}
