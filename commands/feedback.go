package commands

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Feedback keeps what a client said in a message, with whom it is of: by name,
// outside the waves of surveys.
type Feedback struct {
	Kept     storage.Feedbacks
	Clients  storage.Clients
	Settings storage.Settings
	Store    storage.Writer
}

// feedbackSpot is what the form or the window after it is about. It travels in
// private_metadata and buttons: ids only, and none of it is trusted.
type feedbackSpot struct {
	link string // to the message
	id   storage.FeedbackID
}

func (s feedbackSpot) String() string {
	v := url.Values{"l": {s.link}}
	if s.id != 0 {
		v.Set("i", strconv.FormatInt(int64(s.id), 10))
	}
	return v.Encode()
}

func feedbackSpotOf(value string) feedbackSpot {
	v, err := url.ParseQuery(value)
	if err != nil {
		return feedbackSpot{}
	}
	var s feedbackSpot
	if id, err := strconv.ParseInt(v.Get("i"), 10, 64); err == nil && id > 0 {
		s.id = storage.FeedbackID(id)
	}
	if link := v.Get("l"); len(link) <= 300 && permalink().MatchString(link) {
		s.link = link
	}
	return s
}

// FromMessage answers the menu of a message: the form with its words, or, where
// it was kept already, what stands there.
func (c Feedback) FromMessage(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	s := feedbackSpotOf(feedbackSpot{link: req.Message.Link}.String())
	if s.link != "" {
		all, err := c.Kept.FeedbackOf(ctx, 0)
		if err != nil {
			return Reply{}, err
		}
		if i := slices.IndexFunc(all, func(f storage.Feedback) bool { return f.Link == s.link }); i >= 0 {
			return c.stands(ctx, req, all[i], "feedback.twice")
		}
	}
	choices, err := SurveyChoices(ctx, c.Settings)
	if err != nil {
		return Reply{}, err
	}
	form := view.FeedbackForm{Value: s.String(), Words: cutRunes(readable(p, req.Message.Text), view.LongestFeedback)}
	for _, t := range choices.Themes {
		form.Themes = append(form.Themes, t.Name)
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "feedback.message"}); err != nil {
		return Reply{}, err
	}
	return Show(view.FeedbackEdit(p, form)), nil
}

// Validate checks the form.
func (c Feedback) Validate(_ context.Context, req Request) (map[string]string, error) {
	p, wrong := locale.New(req.Lang, req.Zone), map[string]string{}
	if _, err := clientOf(req.Fields[view.FieldFeedbackClient]); err != nil {
		wrong[view.FieldFeedbackClient] = p.T("touch.wrong.client", nil)
	}
	if _, ok := toneOf(req.Fields[view.FieldFeedbackTone]); !ok {
		wrong[view.FieldFeedbackTone] = p.T("feedback.wrong.tone", nil)
	}
	if written(req.Fields[view.FieldFeedbackWords], view.LongestFeedback) == "" {
		wrong[view.FieldFeedbackWords] = p.T("feedback.wrong.words", nil)
	}
	return wrong, nil
}

// toneOf reads which side was chosen.
func toneOf(chosen string) (storage.Tone, bool) {
	n, err := strconv.Atoi(chosen)
	tone := storage.Tone(n)
	return tone, err == nil && tone >= storage.Critical && tone <= storage.Pleased
}

// Save answers the form: kept once, however often it arrives and however many
// people keep the same message.
func (c Feedback) Save(ctx context.Context, req Request) (Reply, error) {
	if wrong, err := c.Validate(ctx, req); err != nil || len(wrong) > 0 {
		return Reply{Errors: wrong}, err
	}
	id, err := clientOf(req.Fields[view.FieldFeedbackClient])
	if err != nil {
		return Reply{}, err
	}
	client, group, err := c.of(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	if !analysis.Allow(req.Actor, analysis.LogTouches, subject(group)) {
		return Reply{}, refuse()
	}
	f := storage.Feedback{Client: client.ID, Words: written(req.Fields[view.FieldFeedbackWords], view.LongestFeedback), Link: feedbackSpotOf(req.Private).link,
		Day: req.today(), By: req.Actor.User, At: req.At}
	f.Tone, _ = toneOf(req.Fields[view.FieldFeedbackTone])
	if f.Theme, err = c.theme(ctx, req.Fields[view.FieldFeedbackTheme]); err != nil {
		return Reply{}, err
	}
	said := "feedback.saved"
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "feedback.save", Client: client.ID, Group: group.ID, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		first, err := tx.Once(ctx, req.Key, req.At)
		if err != nil || !first {
			return err
		}
		var added bool
		if f.ID, added, err = tx.AddFeedback(ctx, f); err == nil && !added {
			said = "feedback.twice"
		}
		return err
	})
	if err != nil {
		return Reply{}, fmt.Errorf("keep feedback: %w", err)
	}
	if said == "feedback.twice" {
		if f, err = c.Kept.Feedback(ctx, f.ID); err != nil {
			return Reply{}, err
		}
	}
	return c.stands(ctx, req, f, said)
}

// theme returns the theme of the office whose mark was chosen; empty for none.
func (c Feedback) theme(ctx context.Context, mark string) (string, error) {
	choices, err := SurveyChoices(ctx, c.Settings)
	if err != nil {
		return "", err
	}
	for _, t := range choices.Themes {
		if view.SurveyMark(t.Name) == mark {
			return survey.ThemeName(t.Name), nil
		}
	}
	return "", nil
}

// of returns a client with its group.
func (c Feedback) of(ctx context.Context, id analysis.ClientID) (analysis.Client, analysis.Group, error) {
	client, err := c.Clients.Client(ctx, id)
	if err != nil {
		return client, analysis.Group{}, err
	}
	group, err := c.Clients.Group(ctx, client.Group)
	return client, group, err
}

// stands shows what was kept, with the way to take it back for who may.
func (c Feedback) stands(ctx context.Context, req Request, f storage.Feedback, key string) (Reply, error) {
	client, group, err := c.of(ctx, f.Client)
	if err != nil {
		return Reply{}, err
	}
	kept := view.FeedbackKept{Client: client, AsOf: req.today(), Said: key, Feedback: feedbackRow(f)}
	own := f.By == req.Actor.User
	if kept.Hidden = !own && !analysis.Allow(req.Actor, analysis.ReadAnswers, subject(group)); kept.Hidden {
		kept.Feedback.Words = ""
	}
	if f.ID != 0 && (own || analysis.Allow(req.Actor, analysis.ReviseTouches, subject(group))) {
		kept.Undo = feedbackSpot{id: f.ID}.String()
	}
	return Show(view.FeedbackStands(locale.New(req.Lang, req.Zone), kept)), nil
}

func feedbackRow(f storage.Feedback) view.FeedbackRow {
	return view.FeedbackRow{Theme: f.Theme, Tone: int(f.Tone), Words: f.Words, Link: f.Link, Day: f.Day, By: f.By}
}

// Undo answers *Ongedaan maken*: it stands no more.
func (c Feedback) Undo(ctx context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	f, err := c.Kept.Feedback(ctx, feedbackSpotOf(req.Value).id)
	if err != nil && analysis.KindOf(err) == analysis.NotFound {
		return Show(view.FeedbackClosed(p, "feedback.removed")), nil
	}
	if err != nil {
		return Reply{}, err
	}
	client, group, err := c.of(ctx, f.Client)
	if err != nil {
		return Reply{}, err
	}
	if f.By != req.Actor.User && !analysis.Allow(req.Actor, analysis.ReviseTouches, subject(group)) {
		return Reply{}, refuse()
	}
	err = c.Store.Write(ctx, func(tx storage.Tx) error {
		line := storage.AuditLine{At: req.At, User: req.Actor.User, Action: "feedback.undo", Client: client.ID, Group: group.ID, Request: req.Key}
		if err := tx.Audit(ctx, line); err != nil {
			return err
		}
		return tx.RemoveFeedback(ctx, f.ID, req.At)
	})
	if err != nil {
		return Reply{}, fmt.Errorf("take feedback back: %w", err)
	}
	return Show(view.FeedbackClosed(p, "feedback.removed")), nil
}

// feedbackEntries are the part of the table that keeping feedback carries.
func feedbackEntries(c Feedback, client Client) []Entry {
	save := Entry{ID: "feedback.save", On: Submission, Version: 1, Permission: analysis.LogTouches, Loading: true, Run: c.Save, Validate: c.Validate}
	return []Entry{
		{ID: "feedback.message", On: OnMessage, Version: 1, Names: names("Bewaar als klantfeedback", "Save as feedback"), Permission: analysis.LogTouches,
			Scopes: []string{"commands"}, Loading: true, Run: c.FromMessage},
		{ID: "feedback.client", On: Suggestion, Version: 1, Permission: analysis.FindClients, Run: client.Suggest}, save,
		{ID: "feedback.undo", On: Action, Version: 1, Permission: analysis.LogTouches, Loading: true, Run: c.Undo},
	}
}
