package commands

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/storage"
)

// released returns a wave with its answers and whose words may be shown.
func (c Quotes) released(ctx context.Context, id analysis.WaveID) (w survey.Wave, choices survey.Choices, responses []survey.Response, allowed map[analysis.ResponseID]bool, err error) {
	waves, err := c.Use.Surveys.Waves(ctx)
	if err != nil {
		return w, choices, nil, nil, fmt.Errorf("read waves: %w", err)
	}
	at := slices.IndexFunc(waves, func(w survey.Wave) bool { return w.ID == id })
	if at < 0 {
		return w, choices, nil, nil, analysis.Fail(analysis.NotFound, "survey.wave_missing", nil)
	}
	w = waves[at]
	if choices, err = SurveyChoices(ctx, c.Use.Settings); err != nil {
		return w, choices, nil, nil, err
	}
	if responses, err = c.Use.Surveys.Responses(ctx, id); err != nil {
		return w, choices, nil, nil, fmt.Errorf("read the answers of wave %d: %w", id, err)
	}
	shown, err := c.Use.Surveys.ShownCells(ctx, id)
	if err != nil {
		return w, choices, nil, nil, err
	}
	figures, _ := survey.Measure(w, responses, choices, shown)
	allowed = map[analysis.ResponseID]bool{}
	for _, r := range figures.Comments {
		allowed[r] = true
	}
	return w, choices, responses, allowed, nil
}

// mayShare refuses who may not read every one of the chosen answers: by name
// those are of people who were told who does.
func (c Quotes) mayShare(ctx context.Context, req Request, s quoteSpot) error {
	if !analysis.Allow(req.Actor, analysis.ViewSurvey, analysis.Subject{}) {
		return refuse()
	}
	w, choices, responses, _, err := c.released(ctx, s.wave)
	if err != nil || w.Guarded() {
		return err
	}
	r := reporting{Survey: c.Use, actor: req.Actor, groups: map[analysis.GroupID]storage.Listed{}, ask: surveyAsk{words: true}}
	if err := r.listed(ctx, responses); err != nil {
		return err
	}
	for _, pick := range s.picks {
		q, _ := readPick(pick, choices)
		for i := range responses {
			if responses[i].ID == q.Response && !r.reads(w, &responses[i]) {
				return refuse()
			}
		}
	}
	return nil
}

// place returns the conversation to share in, or why nothing can be shared there.
func (c Quotes) place(ctx context.Context, channel analysis.ChannelID) (Channel, error) {
	if channel == "" || c.Places == nil {
		return Channel{}, analysis.Fail(analysis.Invalid, "quotes.nowhere", nil)
	}
	ch, err := c.Places.Place(ctx, channel)
	switch {
	case err != nil:
		return ch, err
	case !shareable(ch):
		return ch, analysis.Fail(analysis.Invalid, "quotes.nowhere", nil)
	case ch.Archived:
		return ch, analysis.Fail(analysis.Invalid, "quotes.archived", analysis.Args{"channel": ch.Name})
	case !ch.Member:
		return ch, analysis.Fail(analysis.Invalid, "client.share.invite", analysis.Args{"channel": ch.Name})
	}
	return ch, nil
}

// masked returns what takes names and numbers out of a text; without it nothing
// is shared.
func (c Quotes) masked(ctx context.Context) (func(string) string, error) {
	if c.Use.Mask == nil {
		return nil, analysis.Fail(analysis.Invalid, "quotes.nowhere", nil)
	}
	return c.Use.Mask(ctx)
}

// readPick reads what pickOf wrote; false where it is something else.
func readPick(pick string, choices survey.Choices) (view.SurveyQuote, bool) {
	parts := strings.Split(pick, "/")
	if len(parts) != 6 {
		return view.SurveyQuote{}, false
	}
	var n [4]int
	for i := range n {
		var err error
		if n[i], err = strconv.Atoi(parts[i]); err != nil || n[i] < 0 {
			return view.SurveyQuote{}, false
		}
	}
	q := view.SurveyQuote{Response: analysis.ResponseID(n[0]), Place: n[1], Start: n[2], End: n[3], Theme: prompts.Other}
	for _, side := range []prompts.Polarity{prompts.Positive, prompts.Neutral, prompts.Negative} {
		if parts[4] != "" && strings.HasPrefix(side.String(), parts[4]) {
			q.Polarity = side.String()
		}
	}
	for _, t := range choices.Themes {
		if view.SurveyMark(t.Name) == parts[5] {
			q.Theme = survey.ThemeName(t.Name)
		}
	}
	return q, true
}

// quoteEntries are the part of the table that sharing quotes carries.
func quoteEntries(c Quotes) []Entry {
	entry := func(id string, on On, run UseCase) Entry {
		return Entry{ID: id, On: on, Version: 1, Permission: analysis.ViewSurvey, Loading: true, Run: run}
	}
	preview := entry("quotes.preview", Submission, c.Preview)
	preview.Validate = c.ValidateChoice
	post := entry("quotes.post", Submission, c.Post)
	post.Scopes = []string{"chat:write", "channels:history", "groups:history"}
	withdraw := entry("quotes.withdraw", Action, c.Withdraw)
	withdraw.Loading = false // the message itself changes
	return []Entry{entry("quotes.open", Action, c.Open), preview, entry("quotes.back", Action, c.Back), post, withdraw}
}
