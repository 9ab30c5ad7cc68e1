package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// Step answers *Schrijf mee*: the form of one step; without a step that of the first
// for which the asker did not say yet how the client feels.
func (c Journeys) Step(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	p := locale.New(req.Lang, req.Zone)
	if j.Phase != session.Stepping {
		return instead(req, "journey.step.form", analysis.Fail(analysis.Invalid, "session.not_now", nil))
	}
	if spot.Step == 0 {
		var ok bool
		if spot.Step, ok = unfelt(j, req.Actor.User, 0); !ok {
			if err := c.opened(ctx, req, j, "journey.step"); err != nil {
				return Reply{}, err
			}
			return Show(view.StepsDone(p, j, req.Actor.User, view.Outcome{})), nil
		}
	}
	if err := may(req, j, session.Wrote{Place: session.Place{Step: spot.Step, Field: session.Does}, Text: "."}); err != nil && !crowded(err) {
		return instead(req, "journey.step.form", err)
	}
	if err := c.opened(ctx, req, j, "journey.step"); err != nil {
		return Reply{}, err
	}
	return Show(view.StepForm(p, j, spot, req.Actor.User, view.Outcome{})), nil
}

// crowded reports whether err says that somebody wrote all the cards they may.
func crowded(err error) bool {
	why, ok := err.(*analysis.Error)
	return ok && why.Key == "session.card.most"
}

// unfelt is the first step after one (0: of all) for which user did not say how the
// client feels and still can; false: there is none.
func unfelt(j view.Journey, user analysis.UserID, after session.StepID) (session.StepID, bool) {
	from := 0
	all := j.Feelings(user)
	for i, f := range all {
		if f.Step.ID == after {
			from = i + 1
		}
	}
	for _, f := range all[from:] {
		if f.Own == 0 && !f.Shown {
			return f.Step.ID, true
		}
	}
	if after != 0 || len(all) == 0 {
		return 0, false
	}
	return all[0].Step.ID, false
}

// ValidateStep says what is wrong with the form before its window changes.
func (c Journeys) ValidateStep(_ context.Context, req Request) (map[string]string, error) {
	spot, _ := view.ParseJourneySpot(req.Private)
	var fields []string
	for _, f := range session.StepFields() {
		fields = append(fields, view.FieldAt(string(f), spot))
	}
	return wrongLines(req, fields...), nil
}

// Said answers the form of a step and goes on to the next one, or to what the asker
// gave of all.
func (c Journeys) Said(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	s, err := c.press(ctx, req, j.ID, "journey.said", func(s *session.State) ([]session.Body, error) {
		return stepSaid(s, req, spot), nil
	})
	if err != nil {
		return instead(req, "journey.step.form", err)
	}
	p := locale.New(req.Lang, req.Zone)
	j.State = s
	done := view.Outcome{Said: p.T("journey.step.saved", nil)}
	for i, x := range s.Steps {
		if x.ID == spot.Step && i+1 < len(s.Steps) {
			spot.Step = s.Steps[i+1].ID
			return Show(view.StepForm(p, j, spot, req.Actor.User, done)), nil
		}
	}
	return Show(view.StepsDone(p, j, req.Actor.User, done)), nil
}

// stepSaid are the events that make what the asker said of a step what the form says.
func stepSaid(s *session.State, req Request, spot view.JourneySpot) []session.Body {
	field := func(name string) string { return req.Fields[view.FieldAt(name, spot)] }
	var changes []session.Body
	known := strings.Split(field(view.FieldKnown), "\n")
	source, _ := session.Clean(field(view.FieldKnownFrom), session.LongestSource)
	for _, f := range session.StepFields() {
		ground := session.Assumption
		if view.Grounded(f) && slices.Contains(known, string(f)) {
			ground = session.Fact
		}
		changes = append(changes, rewritten(s, req.Actor.User, session.Place{Step: spot.Step, Field: f}, cardLines(field(string(f))), ground, source)...)
	}
	feeling, err := strconv.Atoi(field(view.FieldFeeling))
	if err != nil {
		return changes
	}
	for _, f := range s.Feelings(req.Actor.User) {
		if f.Step.ID == spot.Step && f.Own != feeling && !f.Shown {
			changes = append(changes, session.Felt{Step: spot.Step, Feeling: feeling})
		}
	}
	return changes
}

// Read answers *Lees alles*: everything that was said of a step.
func (c Journeys) Read(ctx context.Context, req Request) (Reply, error) {
	j, spot, err := c.journeyOf(ctx, req)
	if err != nil {
		return Reply{}, err
	}
	if err := c.opened(ctx, req, j, "journey.read"); err != nil {
		return Reply{}, err
	}
	return Show(view.JourneyRead(locale.New(req.Lang, req.Zone), j, spot)), nil
}
