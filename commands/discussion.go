package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Discussion thinks along with colleagues who talk about clients in a thread: facts,
// what speaks against what was said, and the question that nobody asked. It speaks
// when asked, once, and only of clients whom the asker may see.
type Discussion struct {
	Ask Ask
}

// discussedClients is of how many clients it speaks: more is no discussion any more.
const discussedClients = 2

// discuss answers who asks what the bot makes of the thread.
func (c Conversation) discuss(ctx context.Context, req Request) (Reply, error) {
	before, err := c.before(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	cards, err := c.Team.discussed(ctx, req, before.client)
	if err != nil {
		return Reply{}, err
	}
	kept := storage.Question{Intent: "thread.discuss"}
	if len(cards) > 0 {
		kept.Client = cards[0].Client.ID
	}
	id, err := c.keep(ctx, req, kept, nil)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	if len(cards) == 0 {
		return Say(view.Say(p.T("discuss.nobody", nil))), nil
	}
	said := spoken(req)
	var parts []view.Thought
	for _, card := range cards {
		line := storage.AuditLine{Action: "client.show", Client: card.Client.ID, Group: card.Group.ID}
		if err := audit(ctx, c.Client.Store, req, line); err != nil {
			return Reply{}, err
		}
		parts = append(parts, thought(card, said))
	}
	screen := view.AnswerScreen{Question: fmt.Sprint(id)}
	if shareable(req.Channel) && analysis.Allow(req.Actor, analysis.ShareClient, subject(cards[0].Group)) {
		screen.Buttons = []view.AnswerButton{{Label: p.T("ask.share", nil), Action: "client.share.v1", Value: fmt.Sprint(int64(cards[0].Client.ID))}}
	}
	return Say(view.Thoughts(p, screen, parts)), nil
}

// spoken is all that was said in the thread, in lower case.
func spoken(req Request) string {
	var b strings.Builder
	for _, post := range req.Thread.Posts {
		b.WriteString(strings.ToLower(post.Text) + "\n")
	}
	return b.String()
}

// discussed are the cards of the clients that are spoken of, the most spoken of first,
// as the asker may see them; of last where none is named.
func (d Discussion) discussed(ctx context.Context, req Request, last analysis.ClientID) ([]view.Card, error) {
	times := map[analysis.ClientID]int{}
	var order []analysis.ClientID
	for _, post := range req.Thread.Posts {
		for _, id := range d.named(ctx, post.Text) {
			if times[id]++; times[id] == 1 {
				order = append(order, id)
			}
		}
	}
	slices.SortStableFunc(order, func(a, b analysis.ClientID) int { return times[b] - times[a] })
	if len(order) == 0 && last != 0 {
		order = append(order, last)
	}
	var cards []view.Card
	for _, id := range order {
		card, err := d.Ask.Client.Cards.Card(ctx, id, req.today())
		if err != nil {
			return nil, err
		}
		if !analysis.Allow(req.Actor, analysis.ViewClient, subject(card.Group)) {
			continue
		}
		if !analysis.Allow(req.Actor, analysis.ReadAnswers, subject(card.Group)) {
			card.Sharpest, card.Feedback = survey.Shortfall{}, nil
		}
		if cards = append(cards, card); len(cards) == discussedClients {
			break
		}
	}
	return cards, nil
}

// longestName is of how many words a name is looked for.
const longestName = 4

// named are the clients that a text names clearly: by words with a capital, the
// longest name first.
func (d Discussion) named(ctx context.Context, text string) (ids []analysis.ClientID) {
	words := strings.Fields(slackPeople().ReplaceAllString(text, " . "))
	for i := 0; i < len(words); i++ {
		if !capital(words[i]) {
			continue
		}
		for n := min(longestName, len(words)-i); n > 0; n-- {
			name := strings.Trim(strings.Join(words[i:i+n], " "), ".,:;!?()\"'“”")
			if n == 1 && len([]rune(name)) < 5 || strings.ContainsAny(strings.Join(words[i:i+n-1], " "), ".,:;!?") && n > 1 {
				continue
			}
			found, clear := d.Ask.Client.Directory.Find(ctx, name, mostChoices)
			if !clear || found[0].Via != "" || found[0].Score < surelyNamed {
				continue
			}
			ids = append(ids, found[0].Client)
			i += n - 1
			break
		}
	}
	return ids
}

// surelyNamed is how well a word in a talk must fit a name: people talk of more than
// of clients.
const surelyNamed = .8

func capital(word string) bool {
	for _, r := range word {
		if unicode.IsLetter(r) {
			return unicode.IsUpper(r)
		}
	}
	return false
}

// What people say of a client in a discussion, in Dutch and English.
var (
	saysWell = lazily(`\b(?:(?:gaat|loopt) (?:goed|prima|lekker)|tevreden|blij|trouw|geen zorgen|goede klant|happy|satisfied|going well|loyal|no worries)\b`)
	saysIll  = lazily(`\b(?:ontevreden|boos|klaagt|klacht|vertrekt|weggaan|gaat weg|opzeggen|opgezegd|kwijt|lastig|unhappy|angry|complain\w*|leaving|losing|difficult)\b`)
	saysDear = lazily(`\b(?:te duur|duur|korting|prijs|tarief|goedkoper|too expensive|expensive|discount|fee|price)\b`)
)

// thought is what there is to say of a client: facts, what speaks against what was
// said, and the question that nobody asked.
func thought(card view.Card, said string) view.Thought {
	t := view.Thought{Card: card}
	against := func(key string, args analysis.Args) {
		t.Against = append(t.Against, view.GoodQuestion{Key: "discuss." + key, Args: args})
	}
	ill := saysIll().MatchString(said)
	well := saysWell().MatchString(said) && !strings.Contains(said, "ontevreden") && !strings.Contains(said, "unhappy")
	if well {
		if card.Rating != nil && !card.Rating.High {
			against("well.low", analysis.Args{"mean": card.Rating.Mean, "day": card.Rating.Day})
		}
		if card.Grew && card.Growth <= noticedDrop {
			against("well.less", analysis.Args{"before": card.Previous, "now": card.TTM})
		}
		if card.Last != nil && card.AsOf-card.Last.Day > longSilence {
			against("well.silent", analysis.Args{"day": card.Last.Day})
		}
		if card.Sharpest.Theme != "" {
			against("well.sharpest", analysis.Args{"theme": card.Sharpest.Theme, "importance": card.Sharpest.Importance, "performance": card.Sharpest.Performance})
		}
	}
	if ill {
		if card.Rating != nil && card.Rating.High {
			against("ill.high", analysis.Args{"mean": card.Rating.Mean, "day": card.Rating.Day})
		}
		if card.Grew && card.Growth >= noticedGrowth {
			against("ill.more", analysis.Args{"before": card.Previous, "now": card.TTM})
		}
		if card.Rating == nil {
			against("ill.unasked", nil)
		}
	}
	if saysDear().MatchString(said) && len(card.Services) > 0 {
		against("dear", analysis.Args{"n": len(card.Services)})
	}
	t.Unasked = unasked(card, said)
	return t
}

// spokenOf are the words by which people already ask what a question is about.
var spokenOf = map[string][]string{
	"good.critical": {"klacht", "kritiek", "complain"}, "good.sharpest": {}, "good.stopped": {}, "good.less": {"omzet", "revenue", "minder werk"},
	"good.silent": {"gesproken", "contact", "gebeld", "spoken", "called"}, "good.never": {"gesproken", "contact", "spoken"},
	"good.stage.opvolging": {"opvolg", "overdracht", "succession"}, "good.stage.groei": {"groei", "growth"}, "good.stage.afbouw": {"afbouw", "stoppen"},
	"good.unasked": {"onderzoek", "nps", "survey"}, "good.alone": {"contactpersoon", "contact person"},
}

// unasked is the best question about a client that nobody in the thread came near to.
func unasked(card view.Card, said string) view.GoodQuestion {
	v := view.Preparation{Card: card}
	all := append(behindIt(v), notAware(v)...)
	for _, q := range all {
		words := slices.Clone(spokenOf[q.Key])
		for _, name := range []string{"theme", "service"} {
			if w, ok := q.Args[name].(string); ok {
				words = append(words, strings.ToLower(w))
			}
		}
		if !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(said, w) }) {
			return q
		}
	}
	return all[len(all)-1]
}
