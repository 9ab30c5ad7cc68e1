package commands

import (
	"context"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Journeys are the screens of a klantreis: the experience wanted, what the client
// does, thinks and feels step by step, and what we do about it.
type Journeys struct {
	SessionScreens
	Surveys  Survey // what clients said before
	Managers storage.Managers
}

// journeyOf returns the session that a screen of a klantreis is about, where the
// asker may read along, with where on it they are.
func (c Journeys) journeyOf(ctx context.Context, req Request) (view.Journey, view.JourneySpot, error) {
	value := req.Value
	if value == "" {
		value = req.Private
	}
	spot, ok := view.ParseJourneySpot(value)
	if !ok {
		return view.Journey{}, spot, outdated()
	}
	s, err := c.Use.Read(ctx, spot.Session)
	if err != nil {
		return view.Journey{}, spot, err
	}
	j, err := c.journey(ctx, locale.New(req.Lang, req.Zone), s, req.today())
	switch {
	case err != nil:
		return j, spot, err
	case s.Kind != session.Journey:
		return j, spot, outdated()
	case !readsAlong(req.Actor, s):
		return j, spot, analysis.Fail(analysis.Forbidden, "session.not_taking_part", nil)
	}
	return j, spot, nil
}

func (c SessionScreens) journey(ctx context.Context, p *locale.Printer, s *session.State, asOf analysis.Day) (view.Journey, error) {
	about, err := c.about(ctx, p, s.Subject)
	return view.Journey{State: s, Scope: about, AsOf: asOf}, err
}

// opened writes that somebody read a screen of a session.
func (c Journeys) opened(ctx context.Context, req Request, j view.Journey, action string) error {
	return audit(ctx, c.Use.Store, req, storage.AuditLine{Action: action, Group: j.Subject.Group})
}

// may says why the asker can not do b now; nil: they can.
func may(req Request, j view.Journey, b session.Body) error {
	press := PressOf(req, "")
	_, err := j.Add(press.Who, "", press.At, b)
	return err
}

// instead is a window that says why something was not done.
func instead(req Request, title string, err error) (Reply, error) {
	done, err := refusedOf(err)
	if err != nil {
		return Reply{}, err
	}
	return Show(view.JourneySaid(locale.New(req.Lang, req.Zone), title, done)), nil
}

// Wish answers *Schrijf je wens*.
func (c Journeys) Wish(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if err := may(req, j, session.Wrote{Place: session.Place{Horizon: session.Wished}, Text: "."}); err != nil && !crowded(err) {
		return instead(req, "journey.wish.title", err)
	}
	proposed, err := c.proposed(ctx)
	if err != nil {
		return Reply{}, err
	}
	own := ownAt(j, req.Actor.User, session.Place{Horizon: session.Wished})
	if err := c.opened(ctx, req, j, "journey.wish"); err != nil {
		return Reply{}, err
	}
	return Show(view.WishForm(locale.New(req.Lang, req.Zone), spot, own, proposed)), nil
}

// proposed are the words that the office wants to be known by.
func (c Journeys) proposed(ctx context.Context) ([]string, error) {
	choices, err := SurveyChoices(ctx, c.Surveys.Settings)
	if err != nil {
		return nil, err
	}
	var words []string
	for _, step := range choices.Ladder {
		if step.Ambition {
			words = append(words, step.Word)
		}
	}
	return words, nil
}

// Wished answers that form: cards that are hidden until the phase is over.
func (c Journeys) Wished(ctx context.Context, req Request) (Reply, error) {
	j, _, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	place := session.Place{Horizon: session.Wished}
	s, err := c.press(ctx, req, j.ID, "journey.wished", func(s *session.State) ([]session.Body, error) {
		return rewritten(s, req.Actor.User, place, cardLines(req.Fields[view.FieldWish]), "", ""), nil
	})
	if err != nil {
		return instead(req, "journey.wish.title", err)
	}
	n := len(ownAt(view.Journey{State: s}, req.Actor.User, place))
	return Show(view.JourneySaid(p, "journey.wish.title", view.Outcome{Said: p.N("journey.wish.saved", n, nil)})), nil
}

// ValidateWish says what is wrong with the form before its window closes.
func (c Journeys) ValidateWish(_ context.Context, req Request) (map[string]string, error) {
	return wrongLines(req, view.FieldWish), nil
}

// cardLines are the lines of a field, one a card.
func cardLines(field string) []string {
	var lines []string
	for line := range strings.Lines(field) {
		if line, err := session.Clean(line, 1<<20); err == nil {
			lines = append(lines, line)
		}
	}
	return lines
}

// wrongLines says of each field with cards what is wrong with it.
func wrongLines(req Request, fields ...string) map[string]string {
	p := locale.New(req.Lang, req.Zone)
	wrong := map[string]string{}
	for _, field := range fields {
		lines := cardLines(req.Fields[field])
		if len(lines) > session.MostEach {
			wrong[field] = p.T("journey.lines.most", analysis.Args{"n": len(lines), "most": session.MostEach})
		}
		for _, line := range lines {
			if _, err := session.Clean(line, session.LongestText); err != nil {
				wrong[field] = sentence(p, err)
			}
		}
	}
	return wrong
}

// ownAt are the cards of user at a place, in the order in which they were written.
func ownAt(j view.Journey, user analysis.UserID, at session.Place) []session.Card {
	var own []session.Card
	for _, c := range j.CardsAt(user, at) {
		if c.Mine {
			own = append(own, c)
		}
	}
	return own
}

// rewritten are the events that make the cards of user at a place what lines say:
// what is there already stays, the rest is changed in its order, taken back or added.
// Where ground is not empty all of them get it, and the source of what is a fact.
func rewritten(s *session.State, user analysis.UserID, at session.Place, lines []string, ground session.Ground, source string) []session.Body {
	if ground != session.Fact {
		source = ""
	}
	own := ownAt(view.Journey{State: s}, user, at)
	kept, taken := make([]bool, len(own)), make([]bool, len(lines))
	var changes []session.Body
	for i, c := range own {
		for k, line := range lines {
			if !taken[k] && c.Text == line {
				kept[i], taken[k] = true, true
				if ground != "" && (c.Ground != ground || c.Source != source) {
					changes = append(changes, session.Rewrote{Card: c.ID, Text: line, Source: source, Ground: ground})
				}
				break
			}
		}
	}
	var gone, more []session.Body
	k := 0
	for i, c := range own {
		if kept[i] {
			continue
		}
		for k < len(lines) && taken[k] {
			k++
		}
		if k == len(lines) {
			gone = append(gone, session.Withdrew{Card: c.ID})
			continue
		}
		changes = append(changes, session.Rewrote{Card: c.ID, Text: lines[k], Source: source, Ground: ground})
		taken[k] = true
	}
	for k, line := range lines {
		if !taken[k] {
			more = append(more, session.Wrote{Place: at, Text: line, Source: source, Ground: ground})
		}
	}
	return append(append(changes, gone...), more...)
}
