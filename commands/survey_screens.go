package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// SurveyScreens answers /onderzoek: the surveys that were held and what each says,
// a screen at a time.
type SurveyScreens struct {
	Use      Survey
	Segments storage.Segments
	Managers storage.Managers
	Clients  storage.Clients
	Store    storage.Writer
	Form     UseCase   // asks for a new questionnaire
	Follows  FollowUps // who is worth following up
	Feedback storage.Feedbacks
	// Now is wall time: when the ledger may send.
	Now func() time.Time
}

// surveysShown is how many surveys stand on a page.
const surveysShown = 8

// Show answers /onderzoek [name of a survey [audience]|sjabloon|instellingen|help].
func (c SurveyScreens) Show(ctx context.Context, req Request) (Reply, error) {
	typed := clean(req.Text)
	switch strings.ToLower(typed) {
	case "":
		return c.list(ctx, req, 0)
	case "help":
		return Say(view.Say(locale.New(req.Lang, req.Zone).T("survey.help", nil))), nil
	case "instellingen", "settings":
		return c.choices(ctx, req)
	case "sjabloon", "template", "vragenlijst", "questionnaire":
		return c.Form(ctx, req)
	}
	if kind, ok := FollowUpWord(typed); ok {
		return c.Follows.Typed(ctx, req, kind)
	}
	return c.named(ctx, req, typed)
}

// List answers the buttons under the list of surveys.
func (c SurveyScreens) List(ctx context.Context, req Request) (Reply, error) {
	offset, err := strconv.Atoi(req.Value)
	if err != nil {
		offset = 0
	}
	return c.list(ctx, req, offset)
}

func (c SurveyScreens) list(ctx context.Context, req Request, offset int) (Reply, error) {
	held, err := c.held(ctx, req.Actor)
	if err != nil {
		return Reply{}, err
	}
	if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "survey.list"}); err != nil {
		return Reply{}, err
	}
	page := view.SurveyList{Form: analysis.Allow(req.Actor, analysis.HoldSurvey, analysis.Subject{}), Listed: len(held), Size: surveysShown, Others: c.lists(req)}
	page.Offset = min(max(0, offset), max(0, len(held)-1)/surveysShown*surveysShown)
	page.Surveys = held[page.Offset:min(len(held), page.Offset+surveysShown)]
	return Say(view.SurveysMessage(locale.New(req.Lang, req.Zone), page)), nil
}

// held returns the surveys that were held or are fixed, the newest first, each
// with its waves by audience.
func (c SurveyScreens) held(ctx context.Context, actor analysis.Actor) ([]view.SurveyHeld, error) {
	waves, err := c.Use.List(ctx, actor)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	var held []view.SurveyHeld
	for _, w := range slices.Backward(waves) { // the newest first
		key := strings.ToLower(w.Name)
		i, known := at[key]
		if !known {
			i = len(held)
			at[key] = i
			held = append(held, view.SurveyHeld{Name: w.Name})
		}
		held[i].Waves = append(held[i].Waves, w)
	}
	order := analysis.Audiences()
	for _, h := range held {
		analysis.Sort(h.Waves, func(a, b survey.Wave) int {
			return slices.Index(order, a.Audience) - slices.Index(order, b.Audience)
		})
	}
	return held, nil
}

// named answers the name of a survey, also of a part of it, with an audience
// after it or not.
func (c SurveyScreens) named(ctx context.Context, req Request, typed string) (Reply, error) {
	held, err := c.held(ctx, req.Actor)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	found, audience := matching(held, typed), analysis.Audience("")
	if len(found) == 0 {
		before, last := typed, ""
		if i := strings.LastIndexByte(typed, ' '); i > 0 {
			before, last = typed[:i], typed[i+1:]
		}
		if audience = audienceOf(last); audience != "" {
			found = matching(held, before)
		}
	}
	if len(found) != 1 {
		if err := audit(ctx, c.Store, req, storage.AuditLine{Action: "survey.list"}); err != nil {
			return Reply{}, err
		}
		return Say(view.SurveyUnknown(p, typed, found, held)), nil
	}
	spot := view.SurveySpot{Wave: found[0].Leading(audience), Part: view.SurveyHead}
	if spot.Wave == 0 {
		return Say(view.SurveyUnknown(p, typed, nil, held)), nil
	}
	return c.part(ctx, req, spot)
}

// matching returns the surveys of that name, else those whose name holds it.
func matching(held []view.SurveyHeld, typed string) []view.SurveyHeld {
	var part []view.SurveyHeld
	for _, h := range held {
		if strings.EqualFold(h.Name, typed) {
			return []view.SurveyHeld{h}
		}
		if strings.Contains(strings.ToLower(h.Name), strings.ToLower(typed)) {
			part = append(part, h)
		}
	}
	return part
}

// audienceOf reads an audience as people type it, in either language; empty where
// it is none.
func audienceOf(word string) analysis.Audience {
	switch word = strings.ToLower(word); word {
	case "clients":
		return analysis.AskedClients
	case "ex-clients", "oudklanten":
		return analysis.AskedFormer
	case "employees":
		return analysis.AskedEmployees
	}
	if slices.Contains(analysis.Audiences(), analysis.Audience(word)) {
		return analysis.Audience(word)
	}
	return ""
}

// Open answers every button of a report: another part of it, another page, or of
// other people.
func (c SurveyScreens) Open(ctx context.Context, req Request) (Reply, error) {
	spot, ok := view.ParseSurveySpot(req.Value)
	if !ok {
		return Reply{}, outdated()
	}
	return c.part(ctx, req, spot)
}

// part shows one part of a report.
func (c SurveyScreens) part(ctx context.Context, req Request, spot view.SurveySpot) (Reply, error) {
	ask, err := c.ask(ctx, req, spot)
	if err != nil {
		return Reply{}, err
	}
	report, err := c.Use.about(ctx, req, ask)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	screen := view.SurveyScreen{SurveyReport: report, Spot: spot, AsOf: req.today(), Others: c.others(req, report, spot),
		All: analysis.Allow(req.Actor, analysis.ReadAnswers, analysis.Subject{}), Own: req.Actor.Manager}
	if screen.Title, err = c.cutTitle(ctx, p, report, spot.Cut); err != nil {
		return Reply{}, err
	}
	if spot.Part == view.SurveyHead && spot.Cut.Market == "" && report.Leading().Wave.Audience == analysis.AskedClients {
		if screen.Outside, err = outside(ctx, c.Feedback, c.Use.Roster, ask.holds, req.today()); err != nil {
			return Reply{}, err
		}
	}
	if spot.Part == view.SurveyCuts {
		if screen.Holders, err = c.holders(ctx, req.Actor); err != nil {
			return Reply{}, err
		}
	}
	reply := Say(view.SurveyMessage(p, screen))
	if report.Leading().Summary.Pending {
		c.Use.Patient = true
		reply.Later = func(ctx context.Context) (Reply, error) { return c.part(ctx, req, spot) }
	}
	return reply, nil
}
