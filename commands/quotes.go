package commands

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// Quotes shares what people answered with a channel, after one press of somebody
// who saw exactly what will stand there. Names and numbers are taken out of every
// quote, also of those who answered by name.
type Quotes struct {
	Use     Survey
	Places  Places // nil: nothing can be shared
	Letters Letters
	Store   storage.Writer
	// Now is wall time: when the ledger may send.
	Now func() time.Time
}

// Places knows the conversations of the workspace.
type Places interface {
	// Place returns a conversation as it is now. One in which people from outside
	// read along, or of which that is not known, is an error that people read.
	Place(ctx context.Context, channel analysis.ChannelID) (Channel, error)
}

// mostShared is how many quotes go into a channel at once: who wants more reads
// the report.
const mostShared = 8

// quoteSpot is what the windows of sharing are about. It travels in
// private_metadata and in the ledger: ids only, and none of it is trusted.
type quoteSpot struct {
	wave    analysis.WaveID
	channel analysis.ChannelID
	model   bool // a model chose among the answers
	picks   []string
}

func (s quoteSpot) String() string {
	v := url.Values{"w": {strconv.FormatInt(int64(s.wave), 10)}, "c": {string(s.channel)}, "q": {strings.Join(s.picks, ",")}}
	if s.model {
		v.Set("m", "1")
	}
	return v.Encode()
}

func quoteSpotOf(value string) (quoteSpot, bool) {
	v, err := url.ParseQuery(value)
	if err != nil {
		return quoteSpot{}, false
	}
	wave, err := strconv.ParseInt(v.Get("w"), 10, 64)
	s := quoteSpot{wave: analysis.WaveID(wave), channel: analysis.ChannelID(v.Get("c")), model: v.Get("m") == "1"}
	if v.Get("q") != "" {
		s.picks = strings.Split(v.Get("q"), ",")
	}
	return s, err == nil && wave > 0
}

// Open answers *Deel citaten*: every quote in full, to be chosen from.
func (c Quotes) Open(ctx context.Context, req Request) (Reply, error) {
	spot, ok := view.ParseSurveySpot(req.Value)
	if !ok {
		return Reply{}, outdated()
	}
	return c.choose(ctx, req, quoteSpot{wave: spot.Wave, channel: req.Channel.ID})
}

// Back answers *Terug* in the preview.
func (c Quotes) Back(ctx context.Context, req Request) (Reply, error) {
	s, ok := quoteSpotOf(req.Private)
	if !ok {
		return Reply{}, outdated()
	}
	return c.choose(ctx, req, s)
}

func (c Quotes) choose(ctx context.Context, req Request, s quoteSpot) (Reply, error) {
	place, err := c.place(ctx, s.channel)
	if err != nil {
		return Reply{}, err
	}
	report, err := c.Use.about(ctx, req, surveyAsk{wave: s.wave, words: true, action: "quotes.open"})
	if err != nil {
		return Reply{}, err
	}
	lead := report.Leading()
	s.model = lead.Summary.Mode == string(prompts.Model)
	mask, err := c.masked(ctx)
	if err != nil {
		return Reply{}, err
	}
	choice := view.QuoteChoice{Name: report.Name, Audience: lead.Wave.Audience, Channel: place.Name, Value: s.String(), Chosen: s.picks, Most: mostShared}
	for _, q := range lead.Summary.Quotes {
		q.Text = mask(q.Text)
		choice.Quotes = append(choice.Quotes, view.QuoteOption{SurveyQuote: q, Value: pickOf(q)})
	}
	return Show(view.QuoteChoosing(locale.New(req.Lang, req.Zone), choice)), nil
}

// pickOf names the words of a quote: the answer, its place, its bytes, the side it
// takes and the mark of its theme.
func pickOf(q view.SurveyQuote) string {
	return fmt.Sprintf("%d/%d/%d/%d/%.1s/%s", q.Response, q.Place, q.Start, q.End, q.Polarity, view.SurveyMark(q.Theme))
}

// ValidateChoice wants between one quote and mostShared.
func (c Quotes) ValidateChoice(_ context.Context, req Request) (map[string]string, error) {
	picks := chosenPicks(req.Fields)
	p := locale.New(req.Lang, req.Zone)
	wrong := ""
	switch {
	case len(picks) == 0:
		wrong = p.T("quotes.none_chosen", nil)
	case len(picks) > mostShared:
		wrong = p.T("quotes.too_many", analysis.Args{"most": mostShared})
	default:
		return nil, nil
	}
	return map[string]string{view.FieldQuotes + "0": wrong}, nil // that block is always there
}

// chosenPicks are the quotes that are ticked, in the order in which they stand.
func chosenPicks(fields map[string]string) []string {
	var picks []string
	for n := range view.QuoteBlocks {
		for pick := range strings.SplitSeq(fields[view.FieldQuotes+strconv.Itoa(n)], "\n") {
			if pick != "" {
				picks = append(picks, pick)
			}
		}
	}
	return picks
}

// Preview answers that form: the message as it will stand in the channel.
func (c Quotes) Preview(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := c.ValidateChoice(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	s, ok := quoteSpotOf(req.Private)
	if !ok {
		return Reply{}, outdated()
	}
	s.picks = chosenPicks(req.Fields)
	place, err := c.place(ctx, s.channel)
	if err != nil {
		return Reply{}, err
	}
	shared, err := c.shared(ctx, s, req)
	if err != nil {
		return Reply{}, err
	}
	if err := c.mayShare(ctx, req, s); err != nil {
		return Reply{}, err
	}
	return Show(view.QuotePreview(locale.New(req.Lang, req.Zone), locale.New(locale.Dutch, req.Zone), shared, place.Name, s.String())), nil
}

// Post answers the one press that puts them in the channel.
func (c Quotes) Post(ctx context.Context, req Request) (Reply, error) {
	s, ok := quoteSpotOf(req.Private)
	if !ok || len(s.picks) == 0 || len(s.picks) > mostShared {
		return Reply{}, outdated()
	}
	place, err := c.place(ctx, s.channel)
	if err != nil {
		return Reply{}, err
	}
	if _, err := c.shared(ctx, s, req); err != nil {
		return Reply{}, err
	}
	if err := c.mayShare(ctx, req, s); err != nil {
		return Reply{}, err
	}
	key := "quotes/" + req.Key
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "quotes.post", Request: req.Key, Channel: place.ID}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, storage.LedgerEntry{Key: key, Kind: view.QuotesLetter, Channel: place.ID, Lang: string(locale.Dutch),
			Subject: s.String(), Author: req.Actor.User, At: req.At, Due: c.Now()})
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("queue the shared quotes: %w", err)
	}
	return Show(view.QuotesPosted(locale.New(req.Lang, req.Zone), place.Name, key)), nil
}

// Withdraw answers *Haal weg*, of who shared them and of administrators and
// partners: the message becomes a stub.
func (c Quotes) Withdraw(ctx context.Context, req Request) (Reply, error) {
	e, err := c.Letters.Entry(ctx, req.Value)
	if err != nil || e.Kind != view.QuotesLetter {
		return Reply{}, outdated()
	}
	if e.Author != req.Actor.User && !analysis.Allow(req.Actor, analysis.ChooseValue, analysis.Subject{}) {
		return Reply{}, analysis.Fail(analysis.Forbidden, "quotes.not_yours", nil)
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "quotes.withdraw", Request: req.Key, Channel: e.Channel}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.Withdraw(ctx, e.Key, req.At)
	})
	if err != nil {
		return Reply{}, fmt.Errorf("withdraw the shared quotes: %w", err)
	}
	if !req.InModal {
		return Reply{}, nil // the message changes in place
	}
	return Show(view.QuotesWithdrawn(locale.New(req.Lang, req.Zone))), nil
}

// Letter renders the shared quotes when they are sent.
func (c Quotes) Letter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	s, ok := quoteSpotOf(e.Subject)
	if !ok {
		return view.Message{}, analysis.Fail(analysis.NotFound, "survey.response_missing", nil)
	}
	shared, err := c.shared(ctx, s, Request{Actor: analysis.Actor{User: e.Author}, At: e.At})
	if err != nil {
		return view.Message{}, err
	}
	return view.QuotesMessage(locale.New(locale.Lang(e.Lang), nil), shared, e.Key), nil
}

// shared reads the chosen words out of the stored answers and takes out who they
// are of. Of waves in which nobody may be recognised only what may be shown now
// is left; nothing left is analysis.NotFound.
func (c Quotes) shared(ctx context.Context, s quoteSpot, req Request) (view.SharedQuotes, error) {
	w, choices, responses, allowed, err := c.released(ctx, s.wave)
	if err != nil {
		return view.SharedQuotes{}, err
	}
	mask, err := c.masked(ctx)
	if err != nil {
		return view.SharedQuotes{}, err
	}
	shared := view.SharedQuotes{Name: w.Name, Audience: w.Audience, Disclosure: w.Disclosure, Answers: w.Responses, Held: w.Day, Model: s.model, By: req.Actor.User}
	for _, pick := range s.picks {
		q, ok := readPick(pick, choices)
		if !ok || !allowed[q.Response] {
			continue
		}
		i := slices.IndexFunc(responses, func(r survey.Response) bool { return r.ID == q.Response })
		if i < 0 || q.Place < 0 || q.Place >= len(responses[i].Comments) {
			continue
		}
		said := responses[i].Comments[q.Place]
		words, ok := prompts.SourcesOf([]prompts.Answer{{ID: "R1", Text: said.Text}}).Text(prompts.Quote{ID: "R1", Start: q.Start, End: q.End})
		if !ok {
			continue
		}
		q.Text, q.Question = mask(words), said.Question
		shared.Quotes = append(shared.Quotes, q)
	}
	if len(shared.Quotes) == 0 {
		return shared, analysis.Fail(analysis.NotFound, "survey.response_missing", nil)
	}
	return shared, nil
}
