package commands

import (
	"context"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Conversation answers what people say to the bot: contact they had is proposed to
// be logged, a name gives the card, and a question its answer, which the asker alone
// sees.
type Conversation struct {
	Client Client
	Ask    Ask
}

// newConversation wires the use-case.
func newConversation(n Needs, client Client, follows FollowUps, report AttentionReport, pyramid Pyramid, portfolio Portfolio, use Segmentation) Conversation {
	return Conversation{Client: client, Ask: Ask{Client: client, Portfolio: portfolio, Pyramid: pyramid, Segmentation: use, Report: report,
		Survey: n.Surveys, Follow: follows, Sessions: n.Sessions, Actions: n.Actions, Talker: n.Talker, Books: &Books{}}}
}

// fewWords is how many words a name has at most: more that nobody understands was a
// question.
const fewWords = 3

// Said answers a mention or a message to the bot.
func (c Conversation) Said(ctx context.Context, req Request) (Reply, error) {
	req.Text = clean(req.Text)
	if _, _, touch := TouchSaid(req.Text); touch || c.Ask.Survey.Surveys == nil {
		return c.Client.Said(ctx, req)
	}
	vocabulary, err := c.Ask.vocabulary(ctx)
	if err != nil {
		return Reply{}, err
	}
	q := ask.Read(req.Text, req.today(), vocabulary)
	if q.Intent != ask.Unknown || len(strings.Fields(req.Text)) > fewWords {
		if reply, asked, err := c.withModel(ctx, req, q, analysis.Client{}, func(ctx context.Context) (Reply, error) { return c.grammar(ctx, req, q) }); asked || err != nil {
			return reply, err
		}
	}
	return c.grammar(ctx, req, q)
}

// grammar answers what was understood without a model.
func (c Conversation) grammar(ctx context.Context, req Request, q ask.Question) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	switch {
	case q.Intent == ask.Unknown:
		found, _ := c.Client.Directory.Find(req.Text, 1)
		if len(found) == 0 && len(strings.Fields(req.Text)) > fewWords {
			return Say(view.Say(p.T("ask.unknown", nil))), audit(ctx, c.Client.Store, req, storage.AuditLine{Action: "ask.unknown"})
		}
		return c.Client.Said(ctx, req)
	case q.Intent.AboutClient() && q.Slots.Client != "":
		found, clear := c.Client.Directory.Find(q.Slots.Client, mostChoices)
		if q.Intent == ask.ClientCard || !clear {
			if len(found) > 0 {
				req.Text = q.Slots.Client
			}
			return c.Client.Said(ctx, req)
		}
	}
	answer, err := c.Ask.Answer(ctx, req, ask.Question{})
	if err != nil {
		return Reply{}, err
	}
	return Say(view.Answer(answer.Text, understood(p, answer))), nil
}

// understood says what a question was taken for; empty where it was asked back.
func understood(p *locale.Printer, a Answer) string {
	if a.AskedBack || a.Intent == ask.Help {
		return ""
	}
	words := []string{p.T("ask.intent."+string(a.Intent), nil)}
	for _, s := range []string{a.Slots.Client, strings.TrimSuffix(a.Slots.Manager, ask.Me), string(a.Slots.Segment), string(a.Slots.ClientType), a.Slots.Theme, string(a.Slots.Audience)} {
		if s != "" {
			words = append(words, s)
		}
	}
	if a.Slots.Manager == ask.Me {
		words = append(words, p.T("ask.slot.me", nil))
	}
	if a.Slots.Limit > 0 {
		words = append(words, strconv.Itoa(a.Slots.Limit))
	}
	if a.Slots.Days > 0 {
		words = append(words, p.N("ask.slot.days", a.Slots.Days, nil))
	}
	if a.Slots.Period.Known() {
		words = append(words, p.T("ask.slot.period", analysis.Args{"from": a.Slots.Period.From, "to": a.Slots.Period.To}))
	}
	return p.T("ask.understood", analysis.Args{"what": strings.Join(words, " · ")})
}
