package commands

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts"
)

// What follows gives answers two forms. For people everything reads as it is. For a
// model, veil hides what did not come out of this program: names and texts, which
// may say anything, also to a model. What is forgotten to be hidden must not leave:
// a card is made anew of what may be seen, and nothing else of it is there.

// hidden is words as the reader of the answer may see them.
func (a *answering) hidden(kind prompts.Veiled, key, words string) string {
	if a.veil == nil || words == "" {
		return words
	}
	return a.veil.Hide(kind, key, words)
}

// groupKey names a relatiegroep; the group of the client that was asked about is that
// client, so that both have one placeholder.
func (a *answering) groupKey(id analysis.GroupID) string {
	if id != 0 && id == a.asked.Group {
		return clientKey(a.asked.ID)
	}
	return fmt.Sprint("group/", id)
}

func clientKey(id analysis.ClientID) string { return fmt.Sprint("client/", id) }

// row is a relatiegroep in a list.
func (a *answering) row(id analysis.GroupID, r view.AnswerRow) view.AnswerRow {
	if a.veil != nil {
		r.Name, r.Number = a.hidden(prompts.VeiledOrganisation, a.groupKey(id), r.Name+" ("+r.Number+")"), ""
	}
	return r
}

// colleague is what a manager is called.
func (a *answering) colleague(m analysis.Manager) string {
	return a.hidden(prompts.VeiledPerson, fmt.Sprint("manager/", m.ID), nameOf(m))
}

// thing is a name that came out of a file or was typed in an office.
func (a *answering) thing(name string) string {
	return a.hidden(prompts.VeiledName, "name/"+name, name)
}

// written is what somebody wrote.
func (a *answering) written(words string) string {
	return a.hidden(prompts.VeiledWords, "words/"+words, words)
}

// theme is the name of a theme; those that every office begins with are ours.
func (a *answering) theme(name string) string {
	if locale.Has(a.p.Lang(), "survey.theme."+strings.ReplaceAll(survey.ThemeName(name), " ", "_")) {
		return name
	}
	return a.thing(name)
}

// seen is card as the reader of the answer may see it.
func (a *answering) seen(card view.Card) view.Card {
	if a.veil == nil {
		return card
	}
	name := func(c analysis.Client) analysis.Client {
		return analysis.Client{ID: c.ID, Group: c.Group, Name: a.hidden(prompts.VeiledOrganisation, clientKey(c.ID), c.Name),
			Number: a.thing(c.Number), Kind: a.thing(c.Kind), Stage: a.thing(c.Stage), Status: c.Status, Until: c.Until}
	}
	manager := func(m analysis.Manager) analysis.Manager {
		if m == (analysis.Manager{}) {
			return m
		}
		return analysis.Manager{ID: m.ID, Name: a.colleague(m)}
	}
	v := view.Card{AsOf: card.AsOf, Client: name(card.Client), Manager: manager(card.Manager), Partner: manager(card.Partner), Since: card.Since,
		Group:  analysis.Group{ID: card.Group.ID, Name: a.hidden(prompts.VeiledOrganisation, a.groupKey(card.Group.ID), card.Group.Name), Manager: card.Group.Manager, Partner: card.Group.Partner},
		Yearly: card.Yearly, TTM: card.TTM, Previous: card.Previous, Growth: card.Growth, Grew: card.Grew, Years: card.Years, Lifetime: card.Lifetime}
	for _, m := range card.Members {
		v.Members = append(v.Members, name(m))
	}
	for i, c := range card.Contacts {
		v.Contacts = append(v.Contacts, analysis.Contact{ID: c.ID, Client: c.Client, Name: a.hidden(prompts.VeiledPerson, fmt.Sprint("contact/", card.Group.ID, "/", i), c.Name),
			Role: a.thing(c.Role), Email: a.thing(c.Email), Phone: a.thing(c.Phone)})
	}
	for _, s := range card.Services {
		v.Services = append(v.Services, analysis.Service{ID: s.ID, Name: a.thing(s.Name)})
	}
	if s := card.Segment; s != nil {
		v.Segment = &view.CardSegment{Segment: s.Segment, Item: s.Item}
		if s.Override != nil {
			v.Segment.Override = &analysis.Override{Segment: s.Override.Segment}
		}
	}
	a.approach(&v, card)
	a.opinion(&v, card)
	if card.Last != nil {
		v.Last = &view.CardTouch{Touch: analysis.Touch{Day: card.Last.Day, Kind: card.Last.Kind}, By: manager(card.Last.By)}
	}
	if card.Next != nil {
		next := *card.Next
		if !slices.Contains(attention.Activities(), next.Activity) {
			next.Activity = a.thing(view.ActivityWords(a.p, next.Activity))
		}
		v.Next = &next
	}
	return v
}

// approach adds what to do with the client of card.
func (a *answering) approach(v *view.Card, card view.Card) {
	if card.Approach == nil {
		return
	}
	approach := *card.Approach
	approach.Names = maps.Clone(approach.Names)
	for id, s := range approach.Names {
		approach.Names[id] = analysis.Service{ID: s.ID, Name: a.thing(s.Name)}
	}
	approach.Steps = slices.Clone(approach.Steps)
	for i, s := range approach.Steps {
		s.Args = maps.Clone(s.Args)
		for key, value := range s.Args {
			if words, is := value.(string); is {
				s.Args[key] = a.thing(words)
			}
		}
		approach.Steps[i] = s
	}
	v.Approach = &approach
}

// opinion adds what its people think.
func (a *answering) opinion(v *view.Card, card view.Card) {
	if card.Rating != nil {
		rating := *card.Rating
		rating.Sharpest = survey.Shortfall{}
		v.Rating = &rating
	}
	if v.Sharpest = card.Sharpest; v.Sharpest.Theme != "" {
		v.Sharpest.Theme = a.theme(v.Sharpest.Theme)
	}
	for _, f := range card.Feedback {
		v.Feedback = append(v.Feedback, view.FeedbackRow{Theme: a.theme(f.Theme), Words: a.written(f.Words), Tone: f.Tone, Day: f.Day})
	}
}

// reported is a report as the reader of the answer may see it.
func (a *answering) reported(r view.SurveyReport) view.SurveyReport {
	if a.veil == nil {
		return r
	}
	v := view.SurveyReport{Name: a.thing(r.Name), Lead: 0, Audiences: []view.SurveyAudience{*r.Leading()}}
	lead := &v.Audiences[0]
	lead.Themes = slices.Clone(lead.Themes)
	for i := range lead.Themes {
		lead.Themes[i].Name = a.theme(lead.Themes[i].Name)
	}
	lead.Summary = view.SurveySummary{}
	for _, q := range r.Leading().Summary.Quotes {
		lead.Summary.Quotes = append(lead.Summary.Quotes, view.SurveyQuote{Text: a.written(q.Text), Theme: a.theme(q.Theme)})
	}
	for _, g := range r.Gap {
		g.Theme = a.theme(g.Theme)
		v.Gap = append(v.Gap, g)
	}
	return v
}
