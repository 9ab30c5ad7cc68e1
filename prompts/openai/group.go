package openai

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"klantbot/prompts"
)

// mostCards is the most cards that are sent in one call, which is all there is: a
// model that sees half of them can not group them.
const mostCards = 150

// longestCard is the most characters of a card.
const longestCard = 200

// Grouper fulfils prompts.Grouper with a model. It shares the endpoint, the budget
// and the breaker of its Summarizer.
type Grouper struct {
	*Summarizer
	offline prompts.Grouper
	prompt  map[string]prompts.Prompt // by language
}

// NewGrouper returns a grouper on the endpoint of s; offline answers where the model
// does not. It fails for a language without prompts.
func NewGrouper(s *Summarizer, offline prompts.Grouper) (*Grouper, error) {
	g := &Grouper{Summarizer: s, offline: offline, prompt: map[string]prompts.Prompt{}}
	for _, lang := range languages {
		var err error
		if g.prompt[lang], err = prompts.LoadPrompt(lang, prompts.Group); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// Group answers in any case: with the model's groups where each card is in exactly
// one, what contradicts each other is apart and names come from the cards, else with those of
// the offline grouper and the reason in Fallback. An error means that ctx ended.
func (g *Grouper) Group(ctx context.Context, ask prompts.GroupRequest) (prompts.Grouping, error) {
	cards := ask.Cards
	plain, err := g.offline.Group(ctx, ask)
	if err != nil || ask.Offline {
		return plain, err
	}
	fallback := func(why string) (prompts.Grouping, error) {
		if err := ctx.Err(); err != nil {
			return prompts.Grouping{}, err
		}
		plain.Fallback = why
		return plain, nil
	}
	if len(cards) == 0 || len(cards) > mostCards {
		return fallback("number of cards")
	}
	if !g.breaker.allows(g.ports.Now()) {
		return fallback("breaker")
	}
	limited, cancel := context.WithTimeout(ctx, g.config.Job)
	defer cancel()
	j, err := g.begin(limited)
	if err != nil {
		return fallback("names")
	}
	j.ask.By = ask.By
	groups, err := g.ask(limited, j, cards)
	var failed *callError
	g.breaker.record(g.ports.Now(), errors.As(err, &failed) && failed.endpoint)
	if err != nil {
		return fallback(reasonOf(err))
	}
	proposal := prompts.Grouping{Mode: prompts.Model, Groups: groups, Polarity: plain.Polarity, Apart: plain.Apart}
	if prompts.VerifyGroups(cards, proposal) != nil {
		return fallback("verify")
	}
	j.keep(ctx)
	return proposal, nil
}

// ask has the model group the cards, masked, and checks the names.
func (g *Grouper) ask(ctx context.Context, j *job, cards []prompts.Card) ([]prompts.CardGroup, error) {
	texts := map[prompts.ID]string{}
	var payload []sent
	var written []prompts.Answer
	for _, c := range cards {
		if utf8.RuneCountInString(c.Text) > longestCard {
			return nil, reason("long card")
		}
		texts[c.ID] = prompts.Clean(j.mask.Mask(c.Text).Text)
		payload = append(payload, sent{c.ID, texts[c.ID]})
		written = append(written, prompts.Answer{Text: c.Text})
	}
	var answer struct {
		Groups []struct {
			Name  string       `json:"name"`
			Cards []prompts.ID `json:"cards"`
		} `json:"groups"`
	}
	if err := j.call(ctx, g.prompt[languageOf(written)], payload, map[string]any{"Most": prompts.MostGroups}, &answer); err != nil {
		return nil, err
	}
	place := map[prompts.ID]int{}
	for i, c := range cards {
		place[c.ID] = i
	}
	var groups []prompts.CardGroup
	for _, given := range answer.Groups {
		name := strings.Join(strings.Fields(prompts.Clean(given.Name)), " ")
		var own []string
		for _, id := range given.Cards {
			own = append(own, texts[id])
		}
		if strings.EqualFold(name, prompts.Other) {
			name = prompts.Other
		} else if !prompts.NamedBy(name, own) {
			return nil, reason("gate")
		}
		slices.SortStableFunc(given.Cards, func(a, b prompts.ID) int { return place[a] - place[b] })
		groups = append(groups, prompts.CardGroup{Name: name, Cards: given.Cards})
	}
	return groups, nil
}
