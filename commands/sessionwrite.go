package commands

import (
	"context"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// Write answers *Schrijf mee*: one's own cards on the four questions.
func (c SessionScreens) Write(ctx context.Context, req Request) (Reply, error) {
	s, b, err := c.window(ctx, req, "session.write")
	if err != nil {
		return Reply{}, err
	}
	if err := mayNow(req, s, session.Wrote{Place: session.Place{Horizon: session.Now}, Text: "-"}); err != nil {
		return Reply{}, err
	}
	return Show(view.SessionWriteWindow(locale.New(req.Lang, req.Zone), b, func(h session.Horizon) []session.Card {
		return ownCards(s, req.Actor.User, session.Place{Horizon: h})
	})), nil
}

// window reads the session of a press with what its windows show of it, and audits
// that somebody looked.
func (c SessionScreens) window(ctx context.Context, req Request, action string) (*session.State, view.SessionBoard, error) {
	s, _, err := c.read(ctx, req)
	if err != nil {
		return nil, view.SessionBoard{}, err
	}
	if err := audit(ctx, c.Use.Store, req, storage.AuditLine{Action: action, Group: s.Subject.Group}); err != nil {
		return nil, view.SessionBoard{}, err
	}
	b, err := c.board(ctx, locale.New(req.Lang, req.Zone), s)
	return s, b, err
}

// mayNow says what keeps the asker from b, so that nobody fills in a form in vain.
// That they did as much as they may is no reason: they can change it.
func mayNow(req Request, s *session.State, b session.Body) error {
	_, err := s.Add(session.WhoIs(req.Actor), "", moment(req), b)
	if out, _ := refusedOf(err); out.Refused != nil && out.Refused.Key == "session.card.most" {
		return nil
	}
	return err
}

// ownCards are the cards of user at a place.
func ownCards(s *session.State, user analysis.UserID, at session.Place) []session.Card {
	return slices.DeleteFunc(s.CardsAt(user, at), func(c session.Card) bool { return !c.Mine })
}

// lines are the cards that somebody typed, a line each.
func lines(typed string) []string {
	var all []string
	for line := range strings.Lines(typed) {
		if line = strings.TrimLeft(strings.TrimSpace(line), "-•* "); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// cardChanges are the events that make of somebody's own cards at a place what they
// typed. A card whose text stays keeps its source; one that changed keeps it as well.
func cardChanges(own []session.Card, typed []string, at session.Place) []session.Body {
	var fresh []string
	for _, text := range typed {
		if i := slices.IndexFunc(own, func(c session.Card) bool { return c.Text == text }); i >= 0 {
			own = slices.Delete(slices.Clone(own), i, i+1)
		} else {
			fresh = append(fresh, text)
		}
	}
	var bodies []session.Body
	for i, c := range own {
		if i < len(fresh) {
			bodies = append(bodies, session.Rewrote{Card: c.ID, Text: fresh[i], Source: c.Source, Ground: c.Ground})
		} else {
			bodies = append(bodies, session.Withdrew{Card: c.ID})
		}
	}
	for _, text := range fresh[min(len(own), len(fresh)):] {
		bodies = append(bodies, session.Wrote{Place: at, Text: text})
	}
	return bodies
}

// typedCards checks what was typed at a place: at most so many lines, none too long.
func typedCards(p *locale.Printer, typed string) string {
	all := lines(typed)
	if len(all) > session.MostEach {
		return p.T("session.write.too_many", analysis.Args{"n": len(all), "most": session.MostEach})
	}
	for _, text := range all {
		if _, err := session.Clean(text, session.LongestText); err != nil {
			if out, _ := refusedOf(err); out.Refused != nil {
				return p.Error(out.Refused)
			}
		}
	}
	return ""
}

// ValidateWrite keeps the form open, with what was typed in it, when something is
// wrong, also when the phase is over meanwhile.
func (c SessionScreens) ValidateWrite(ctx context.Context, req Request) (map[string]string, error) {
	places := map[string]session.Place{}
	for _, h := range session.Horizons() {
		places[view.FieldHorizon(h)] = session.Place{Horizon: h}
	}
	return c.validateCards(ctx, req, places)
}

// validateCards says by field what is wrong with the cards that were typed for places.
func (c SessionScreens) validateCards(ctx context.Context, req Request, places map[string]session.Place) (map[string]string, error) {
	p := locale.New(req.Lang, req.Zone)
	s, _, err := c.read(ctx, req)
	if err != nil {
		return nil, err
	}
	wrong := map[string]string{}
	for field, place := range places {
		typed := req.Fields[field]
		if sentence := typedCards(p, typed); sentence != "" {
			wrong[field] = sentence
			continue
		}
		for _, b := range cardChanges(ownCards(s, req.Actor.User, place), lines(typed), place) {
			out, err := refusedOf(mayNow(req, s, b))
			if err != nil {
				return nil, err
			}
			if out.Refused != nil {
				wrong[field] = p.Error(out.Refused)
			}
		}
	}
	return wrong, nil
}

// Wrote answers that form.
func (c SessionScreens) Wrote(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	s, err := c.press(ctx, req, at.id, "session.wrote", func(s *session.State) ([]session.Body, error) {
		var bodies []session.Body
		for _, h := range session.Horizons() {
			place := session.Place{Horizon: h}
			bodies = append(bodies, cardChanges(ownCards(s, req.Actor.User, place), lines(req.Fields[view.FieldHorizon(h)]), place)...)
		}
		return bodies, nil
	})
	if err != nil {
		return Reply{}, err
	}
	return c.writtenWindow(ctx, req, s, "session.write.saved")
}

// writtenWindow shows the asker's own cards.
func (c SessionScreens) writtenWindow(ctx context.Context, req Request, s *session.State, key string) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	b, err := c.board(ctx, p, s)
	if err != nil {
		return Reply{}, err
	}
	var own []session.Card
	for _, h := range session.Horizons() {
		own = append(own, ownCards(s, req.Actor.User, session.Place{Horizon: h})...)
	}
	done := s.Progress()
	said := p.T(key, analysis.Args{"done": done.Done, "of": done.Of})
	return Show(view.SessionWrittenWindow(p, b, own, view.Outcome{Said: said})), nil
}

// Source answers *Bron*: where one's own card comes from.
func (c SessionScreens) Source(ctx context.Context, req Request) (Reply, error) {
	s, at, err := c.read(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	for _, card := range s.Cards(req.Actor.User) {
		if card.Mine && int(card.ID) == at.number() {
			return Show(view.SessionSourceForm(locale.New(req.Lang, req.Zone), s, card)), nil
		}
	}
	return Reply{}, analysis.Fail(analysis.NotFound, "session.card.gone", nil)
}

// Sourced answers that form.
func (c SessionScreens) Sourced(ctx context.Context, req Request) (Reply, error) {
	at, err := spotted(req)
	if err != nil {
		return Reply{}, err
	}
	s, err := c.press(ctx, req, at.id, "session.sourced", func(s *session.State) ([]session.Body, error) {
		for _, card := range s.Cards(req.Actor.User) {
			if card.Mine && int(card.ID) == at.number() {
				return []session.Body{session.Rewrote{Card: card.ID, Text: card.Text, Source: req.Fields[view.FieldSource], Ground: card.Ground}}, nil
			}
		}
		return nil, analysis.Fail(analysis.NotFound, "session.card.gone", nil)
	})
	if err != nil {
		return Reply{}, err
	}
	return c.writtenWindow(ctx, req, s, "session.source.saved")
}
