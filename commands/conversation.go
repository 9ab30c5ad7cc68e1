package commands

import (
	"context"
	"fmt"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Conversation answers what people say to the bot, wherever they say it: contact they
// had is proposed to be logged, a name gives the card, and a question its answer,
// which the asker alone sees. What was asked before in the same thread by the same
// person completes what is asked now.
type Conversation struct {
	Client Client
	Ask    Ask
	Kept   storage.Questions // nil: nothing is remembered
	Digest ThreadDigest
	Team   Discussion
	// Week tells what is asked of attention; see snooze.
	Week UseCase
	// Known and Roles say who somebody is to whom a message is worded; Known nil:
	// answers are no messages, also in DMs.
	Known   Colleagues
	Roles   Roles
	Telling storage.Telling  // nil: an answer is stopped in its own process alone
	Now     func() time.Time // wall time: when the ledger may send
}

// newConversation wires the use-case.
func newConversation(n Needs, client Client, follows FollowUps, report AttentionReport, pyramid Pyramid, portfolio Portfolio, use Segmentation, week UseCase) Conversation {
	c := Conversation{Client: client, Kept: n.Questions, Digest: ThreadDigest{Reader: n.Threads, Store: n.Writer}, Week: week,
		Known: n.Colleagues, Roles: Roles{Members: n.Members, Managers: n.Managers, Settings: n.Settings}, Telling: n.Telling, Now: n.Now,
		Ask: Ask{Client: client, Portfolio: portfolio, Pyramid: pyramid, Segmentation: use, Report: report,
			Survey: n.Surveys, Follow: follows, Sessions: n.Sessions, Actions: n.Actions, Talker: n.Talker, Books: &Books{}}}
	c.Team = Discussion{Ask: c.Ask}
	return c
}

const (
	// fewWords is how many words a name has at most: more that nobody understands was
	// a question.
	fewWords = 3
	// longestQuestion is how many characters are read as one: a longer text was not
	// meant as a question, and what stands in it is nobody's to guess.
	longestQuestion = 300
	// mostInThread is how often the bot speaks in a thread of colleagues each hour.
	mostInThread = 8
	// followsFor is how long a question outside a thread follows the one before it.
	followsFor = 30 * time.Minute
)

// Said answers a mention or a message to the bot.
func (c Conversation) Said(ctx context.Context, req Request) (Reply, error) {
	reply, err := c.replied(ctx, req)
	if err != nil {
		return c.refusedAloud(ctx, req, err)
	}
	return reply, nil
}

// replied answers what Said is asked.
func (c Conversation) replied(ctx context.Context, req Request) (Reply, error) {
	if len([]rune(req.Text)) > longestQuestion {
		return c.sentence(ctx, req, "ask.too_long")
	}
	req.Text = clean(req.Text)
	if c.Ask.Survey.Surveys == nil || c.Kept == nil {
		return c.Client.Said(ctx, req)
	}
	if full, err := c.full(ctx, req); full || err != nil {
		return Say(view.Say(locale.New(req.Lang, req.Zone).T("ask.thread.full", analysis.Args{"n": mostInThread}))), err
	}
	what, due, wanted := ActionSaid(req.Text, req.today())
	switch {
	case asksOfItself().MatchString(req.Text):
		return c.sentence(ctx, req, "ask.itself")
	case greets().MatchString(req.Text):
		return c.examples(ctx, req, "ask.hello", storage.Question{Intent: string(ask.Help)})
	case thanks().MatchString(req.Text):
		return c.sentence(ctx, req, "ask.thanks")
	case ask.ByTrade(req.Text):
		return c.sentence(ctx, req, noTrade)
	case asksDigest().MatchString(req.Text):
		return c.digest(ctx, req)
	case wanted:
		return c.acts(ctx, req, what, due)
	case asksLater().MatchString(req.Text) && c.Week != nil:
		return c.later(ctx, req)
	case asksDiscussion().MatchString(req.Text) && req.Thread != nil:
		return c.discuss(ctx, req)
	}
	before, err := c.before(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if _, with, touch := TouchSaid(req.Text); touch {
		return c.touched(ctx, req, with, before)
	}
	q, err := c.Ask.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	m := before.followed(q)
	if m.Intent != ask.Unknown || len(strings.Fields(req.Text)) > fewWords {
		spoken := analysis.Client{ID: before.client, Name: before.Slots.Client}
		if reply, asked, err := c.withModel(ctx, req, m, spoken, func(ctx context.Context) (Reply, error) { return c.grammar(ctx, req, m) }); asked || err != nil {
			return reply, err
		}
	}
	return c.grammar(ctx, req, m)
}

// grammar answers what was understood without a model.
func (c Conversation) grammar(ctx context.Context, req Request, m meant) (Reply, error) {
	switch {
	case m.Intent != ask.Unknown || len(m.Choices) > 0:
		return c.answer(ctx, req, m)
	case m.Follows:
		return c.sentence(ctx, req, "ask.follows.nothing")
	}
	return c.unknown(ctx, req)
}

// sentence answers with the one sentence that key names, of which nothing is
// remembered.
func (c Conversation) sentence(ctx context.Context, req Request, key string) (Reply, error) {
	err := c.Client.Store.Write(ctx, func(tx storage.Tx) error {
		if err := tx.Audit(ctx, storage.AuditLine{At: req.At, User: req.Actor.User, Request: req.Key, Action: "ask.unknown"}); err != nil {
			return err
		}
		return c.queue(ctx, tx, req, saying{sentence: key})
	})
	if err != nil {
		return Reply{}, fmt.Errorf("say one sentence: %w", err)
	}
	return c.aloud(req, view.Say(sentenceOf(locale.New(req.Lang, req.Zone), key))), nil
}

// aloud is the reply with m, which is nothing where it was queued as a message.
func (c Conversation) aloud(req Request, m view.Message) Reply {
	if c.speaks(req) {
		return Reply{}
	}
	return Say(m)
}

// What is no question about the office, in Dutch and English.
var (
	asksOfItself = lazily(`(?i)\b(?:system ?prompt|(?:jouw|je|uw|your|the|alle|all|previous|vorige|eerdere|bovenstaande|above|prior)(?: \pL+){0,2} (?:instructies?|instructions?|prompt|regels|rules)|(?:negeer|vergeet|ignore|forget|disregard) (?:al|je|alle|jouw|all|your|the|de|every|previous)|(?:wat is|toon|geef|print|show|reveal|repeat|herhaal) (?:me |mij )?(?:je|jouw|uw|your) (?:prompt|instructies|instructions|configuratie|configuration|token|wachtwoord|password)|doe alsof|pretend|jailbreak|developer mode)\b`)
	greets       = lazily(`(?i)^(?:hallo|hoi|hey|hi|hello|goede?(?:morgen|middag|avond|ndag)|good (?:morning|afternoon|evening))(?: (?:klantbot|bot|daar|there))?[ !.,]*$`)
	thanks       = lazily(`(?i)^(?:(?:dank ?je|dank u|dankjewel|dank je wel|dank u wel|bedankt|thanks|thank you|thx|top|super|fijn|prima|ok[eé]?|oké|great|perfect)(?: (?:hoor|wel|bot|klantbot|zo|very much|a lot))?[ !.,]*)+$`)
	asksDigest   = lazily(`(?i)^(?:kun|kan|kunt|wil|could|can|would)?\s*(?:je|jij|u|you)?\s*(?:please |graag |even )?(?:(?:vat|geef|maak|schrijf|summari[sz]e|recap|sum up|give).{0,40}\b(?:thread|draad|gesprek hier|deze discussie|dit draadje|this discussion|conversation)\b|vat (?:dit|deze|het)(?: even)? samen|(?:een )?samenvatting(?: van)? (?:deze|dit|de) (?:thread|draad|draadje|discussie)|wat is hier (?:besloten|afgesproken)|what (?:was|did we) (?:decided?|agreed?)(?: here)?|summari[sz]e(?: this)?)\b`)
	asksLater    = lazily(`(?i)\b(?:snooze|stel .{0,40}\b(?:uit|later)|schuif .{0,40}\b(?:door|op)|herinner me (?:later|volgende)|remind me (?:later|next)|zet .{0,40}\b(?:later|op later)|postpone)\b`)
	// asksDiscussion is who asks the bot to think along in a discussion.
	asksDiscussion = lazily(`(?i)(?:\bwat (?:vind|denk) (?:je|jij|u)\b|\bwat zien we (?:niet|over het hoofd)|\bwat missen we\b|\bdenk (?:je |eens |even )?mee\b|\bwelke vraag (?:stellen|vergeten) we\b|\bwat vergeten we\b|\bklopt (?:dit|dat)\b|\btegen(?:feit|argument|geluid)|\bwhat do you think\b|\bwhat are we (?:missing|overlooking)|\bwhat (?:question|questions) (?:are we not|have we not)|\bis (?:this|that) (?:right|true)\b|\bcounter ?facts?\b|\bthink along\b|\bfeiten\b|\bfacts\b)`)
)

// ReadsThread says of what was said whether its answer needs the thread.
func (c Conversation) ReadsThread(req Request) bool {
	return c.Kept != nil && len([]rune(req.Text)) <= longestQuestion && (asksDigest().MatchString(clean(req.Text)) || asksDiscussion().MatchString(req.Text) && req.InThread && !req.Channel.Direct)
}

// full reports whether the bot spoke in a thread of colleagues as often as it may.
func (c Conversation) full(ctx context.Context, req Request) (bool, error) {
	if !req.InThread || req.Channel.Direct {
		return false, nil
	}
	n, err := c.Kept.AskedIn(ctx, req.Channel.ID, req.Root, req.At.Add(-time.Hour))
	return n >= mostInThread, err
}

// digest says what the thread came to in which it was asked.
func (c Conversation) digest(ctx context.Context, req Request) (Reply, error) {
	if !req.InThread {
		return c.sentence(ctx, req, "ask.thread.where")
	}
	return c.once(ctx, req, storage.Question{Intent: "thread.digest"}, func(ctx context.Context) (Reply, error) { return c.Digest.Show(ctx, req) })
}

// touched proposes to log contact that was had, also with "hem" or "die klant".
func (c Conversation) touched(ctx context.Context, req Request, with string, before past) (Reply, error) {
	kept := storage.Question{Intent: string(ask.TouchLog)}
	if pronoun[strings.ToLower(with)] && before.client != 0 {
		req.Text, kept.Client = strings.Replace(req.Text, with, before.Slots.Client, 1), before.client
	} else if found, clear := c.Client.Directory.Find(ctx, with, mostProposed); clear {
		kept.Client = found[0].Client
	}
	if c.speaks(req) {
		return c.touchedAloud(ctx, req, kept)
	}
	if _, err := c.keep(ctx, req, kept, nil); err != nil {
		return Reply{}, err
	}
	return c.Client.Said(ctx, req)
}

// touchedAloud is the same in a DM.
func (c Conversation) touchedAloud(ctx context.Context, req Request, kept storage.Question) (Reply, error) {
	kind, with, _ := TouchSaid(req.Text)
	if !analysis.Allow(req.Actor, analysis.LogTouches, analysis.Subject{}) {
		return Reply{}, refuse()
	}
	found, clear := c.Client.Directory.Find(ctx, with, mostProposed)
	if clear {
		found = found[:1]
	}
	if len(found) == 0 {
		found = c.Client.Directory.Nearest(ctx, with, mostNearest)
	}
	s := saying{touch: kind}
	candidates, err := c.Client.candidates(ctx, with, found)
	if err == nil {
		s.found, s.via, err = c.foundAs(ctx, candidates)
	}
	if err == nil {
		_, err = c.keep(ctx, req, kept, &s)
	}
	return Reply{}, err
}

// pronoun are words for whom was spoken of before.
var pronoun = map[string]bool{"hem": true, "haar": true, "hen": true, "ze": true, "die": true, "die klant": true, "deze klant": true, "him": true, "her": true, "them": true, "that client": true, "this client": true}

// unknown answers what was not understood: a name is looked up, anything else gets
// what can be asked, with three examples.
func (c Conversation) unknown(ctx context.Context, req Request) (Reply, error) {
	if req.Text == "" || strings.EqualFold(req.Text, "help") {
		return c.examples(ctx, req, "ask.help", storage.Question{Intent: string(ask.Help)})
	}
	found, clear := c.Client.Directory.Find(ctx, req.Text, 1)
	if len(found) == 0 && len(strings.Fields(req.Text)) > fewWords || len(found) == 0 && !nameLike().MatchString(req.Text) {
		return c.examples(ctx, req, "ask.lost", storage.Question{Intent: string(ask.Unknown)})
	}
	kept := storage.Question{Intent: string(ask.ClientCard)}
	if clear {
		kept.Client = found[0].Client
	}
	var s *saying
	if c.speaks(req) {
		s = &saying{}
		if !clear {
			if found, _ = c.Client.Directory.Find(ctx, req.Text, mostChoices+1); len(found) > mostChoices {
				found, s.more = nil, true
			} else if len(found) == 0 {
				found, s.nearest = c.Client.Directory.Nearest(ctx, req.Text, mostNearest), true
			}
			candidates, err := c.Client.candidates(ctx, req.Text, found)
			if err == nil {
				s.found, s.via, err = c.foundAs(ctx, candidates)
			}
			if err != nil {
				return Reply{}, err
			}
		}
	}
	if _, err := c.keep(ctx, req, kept, s); err != nil || s != nil {
		return Reply{}, err
	}
	return c.Client.Said(ctx, req)
}

// nameLike is what can be somebody's name or number: it has a word of three letters
// or figures at least.
var nameLike = lazily(`[\pL\d]{3}`)

// examples says what can be asked, with three examples as buttons.
func (c Conversation) examples(ctx context.Context, req Request, key string, q storage.Question) (Reply, error) {
	if _, err := c.keep(ctx, req, q, &saying{sentence: key}); err != nil {
		return Reply{}, err
	}
	return c.aloud(req, c.exampled(req, key)), audit(ctx, c.Client.Store, req, storage.AuditLine{Action: "ask." + q.Intent})
}

// exampled is the sentence that key names over the examples.
func (c Conversation) exampled(req Request, key string) view.Message {
	p := locale.New(req.Lang, req.Zone)
	var words []string
	for _, example := range examplesOf(req.Actor) {
		words = append(words, p.T(example, nil))
	}
	return view.Examples(p, p.T(key, nil), words)
}

// examplesOf are questions that actor can ask; who holds no clients has none that are
// theirs.
func examplesOf(actor analysis.Actor) []string {
	if actor.Manager != 0 {
		return []string{"ask.example.silent", "ask.example.week", "ask.example.growing"}
	}
	return []string{"ask.example.top", "ask.example.growing", "ask.example.segments"}
}

// Example answers the press of an example, in place.
func (c Conversation) Example(ctx context.Context, req Request) (Reply, error) {
	all := examplesOf(req.Actor)
	for i, key := range all {
		if fmt.Sprint(i) == req.Value {
			req.Text = locale.New(req.Lang, req.Zone).T(key, nil)
			q, err := c.Ask.read(ctx, req)
			if err != nil {
				return Reply{}, err
			}
			return c.inPlace(ctx, req, meant{Question: q})
		}
	}
	return Reply{}, analysis.Fail(analysis.NotFound, "ask.gone", nil)
}
