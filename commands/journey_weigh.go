package commands

import (
	"context"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// Weigh answers *Weeg de kansen*: the first page of the opportunities.
func (c Journeys) Weigh(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	page, _ := j.Weighable(spot)
	if len(page) == 0 {
		return instead(req, "journey.weigh.title", analysis.Fail(analysis.Invalid, "journey.weigh.none", nil))
	}
	if err := may(req, j, session.Weighed{Card: page[0].ID, Weight: session.Weight{Impact: 1, Effort: 1}}); err != nil {
		return instead(req, "journey.weigh.title", err)
	}
	if err := c.opened(ctx, req, j, "journey.weigh"); err != nil {
		return Reply{}, err
	}
	return Show(view.WeighForm(locale.New(req.Lang, req.Zone), j, spot, req.Actor.User, view.Outcome{})), nil
}

// weight is what the form says of an opportunity; half is that one of the two was
// left out.
func weight(req Request, card session.CardID) (w session.Weight, half bool) {
	w.Impact, _ = strconv.Atoi(req.Fields[view.FieldImpact(card)])
	w.Effort, _ = strconv.Atoi(req.Fields[view.FieldEffort(card)])
	return w, (w.Impact == 0) != (w.Effort == 0)
}

// ValidateWeights asks for both answers to an opportunity, or none.
func (c Journeys) ValidateWeights(ctx context.Context, req Request) (map[string]string, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return nil, nil // said by the answer
	}
	p := locale.New(req.Lang, req.Zone)
	wrong := map[string]string{}
	page, _ := j.Weighable(spot)
	for _, card := range page {
		if w, half := weight(req, card.ID); half && w.Impact == 0 {
			wrong[view.FieldImpact(card.ID)] = p.T("journey.weigh.half", nil)
		} else if half {
			wrong[view.FieldEffort(card.ID)] = p.T("journey.weigh.half", nil)
		}
	}
	return wrong, nil
}

// Weighed answers that form and goes on to the next page.
func (c Journeys) Weighed(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	page, rest := j.Weighable(spot)
	s, err := c.press(ctx, req, j.ID, "journey.weighed", func(s *session.State) ([]session.Body, error) {
		var changes []session.Body
		for _, card := range page {
			had, _ := s.Weight(req.Actor.User, card.ID)
			if w, half := weight(req, card.ID); w != had && w.Impact != 0 && !half {
				changes = append(changes, session.Weighed{Card: card.ID, Weight: w})
			}
		}
		return changes, nil
	})
	if err != nil {
		return instead(req, "journey.weigh.title", err)
	}
	p := locale.New(req.Lang, req.Zone)
	j.State = s
	if rest > 0 {
		spot.Offset += len(page)
		return Show(view.WeighForm(p, j, spot, req.Actor.User, view.Outcome{Said: p.T("journey.step.saved", nil)})), nil
	}
	n := 0
	for _, w := range j.Actionable() {
		if _, gave := s.Weight(req.Actor.User, w.Card.ID); gave {
			n++
		}
	}
	return Show(view.JourneySaid(p, "journey.weigh.title", view.Outcome{Said: p.N("journey.weigh.saved", n, nil)})), nil
}
