package commands

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/chart"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/storage"
)

// The kinds of ledger entry of a klantreis.
const (
	journeyStepLetter    = "journey.step"    // a step in the channel; people talk in its thread
	journeyWishesLetter  = "journey.wishes"  // what everybody wished, in the thread of the board
	journeyChancesLetter = "journey.chances" // what the weighing came to, in that thread
	journeyOutcomeLetter = "journey.outcome" // the picture, the file and the actions
)

// stepKey is the end of the key of the message of a step.
func stepKey(step session.StepID) string { return "step/" + strconv.Itoa(int(step)) }

// toldOfJourney is what the channel hears of a change in a klantreis: the wishes once
// they are revealed, a message a step in which to talk, what the weighing came to, and
// the outcome. What changed is changed in place.
func (c SessionScreens) toldOfJourney(ctx context.Context, tx storage.Tx, before, after *session.State, lang string, at time.Time) error {
	say := func(kind, key string, in bool) error {
		e := c.letterOf(after, kind, key, lang, at)
		e.Subject = journeySubject(after.ID, key)
		if in {
			e = threaded(after, e)
		}
		_, err := tx.Enqueue(ctx, e)
		return err
	}
	moved := after.Visit != before.Visit
	if moved && after.Phase == session.Stepping && len(after.CardsAt("", session.Place{Horizon: session.Wished})) > 0 {
		if err := say(journeyWishesLetter, "wishes/"+strconv.Itoa(after.Visit), true); err != nil {
			return err
		}
	}
	if after.Passed(session.Wishing) {
		if err := c.toldOfSteps(ctx, tx, before, after, say); err != nil {
			return err
		}
	}
	if moved && after.Phase == session.Acting {
		if err := say(journeyChancesLetter, "chances/"+strconv.Itoa(after.Visit), true); err != nil {
			return err
		}
	}
	return c.toldOfOutcome(ctx, tx, before, after, func(s *session.State) storage.LedgerEntry {
		e := c.letterOf(s, journeyOutcomeLetter, outcomeKey(s.Visit), lang, at)
		e.Subject = journeySubject(s.ID, outcomeKey(s.Visit))
		return e
	})
}

// toldOfSteps posts a message for each step that has none and changes those of which
// something else is to be seen.
func (c SessionScreens) toldOfSteps(ctx context.Context, tx storage.Tx, before, after *session.State, say func(kind, key string, in bool) error) error {
	was, is := stepsSeen(before), stepsSeen(after)
	for _, x := range after.Steps {
		if err := say(journeyStepLetter, stepKey(x.ID), false); err != nil {
			return err
		}
	}
	for _, steps := range [][]session.Step{before.Steps, after.Steps} {
		for _, x := range steps {
			if was[x.ID] != is[x.ID] {
				if err := tx.Revise(ctx, fmt.Sprintf("session/%d/%s", after.ID, stepKey(x.ID))); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// stepsSeen tells two states of the message of a step apart.
func stepsSeen(s *session.State) map[session.StepID]string {
	seen := map[session.StepID]string{}
	for i, f := range s.Feelings("") {
		seen[f.Step.ID] = fmt.Sprint(i, len(s.Steps), s.Phase, s.Status, f)
	}
	for _, card := range s.Cards("") {
		if _, there := seen[card.Step]; there {
			seen[card.Step] += fmt.Sprint(card.ID, card.Field, card.Text, card.Source, card.Ground)
		}
	}
	return seen
}

// journeySubject names a session and what a letter is about, as sessionSpot reads it.
func journeySubject(id session.ID, key string) string {
	return strconv.FormatInt(int64(id), 10) + "/0/" + key
}

// letter reads what a letter about a klantreis is drawn of.
func (c Journeys) letter(ctx context.Context, e storage.LedgerEntry) (*locale.Printer, view.Journey, sessionSpot, error) {
	at, ok := sessionSpotOf(e.Subject)
	if !ok {
		return nil, view.Journey{}, at, analysis.Fail(analysis.NotFound, "session.not_begun", nil)
	}
	s, err := c.Use.Read(ctx, at.id)
	if err != nil {
		return nil, view.Journey{}, at, err
	}
	p := locale.New(locale.Lang(e.Lang), officeZone)
	j, err := c.journey(ctx, p, s, Request{At: e.At}.today())
	return p, j, at, err
}

// StepLetter draws the message of a step.
func (c Journeys) StepLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	p, j, at, err := c.letter(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	step, _ := strconv.Atoi(strings.TrimPrefix(at.rest, "step/"))
	return view.JourneyStep(p, j, session.StepID(step)), nil
}

// WishesLetter draws what everybody wished.
func (c Journeys) WishesLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	p, j, _, err := c.letter(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	return view.JourneyWishes(p, j), nil
}

// ChancesLetter draws what the weighing came to.
func (c Journeys) ChancesLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	p, j, _, err := c.letter(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	return view.JourneyChances(p, j), nil
}

// OutcomeLetter draws the end of a klantreis, with the journey map and the report. The
// file stays as it was sent, and says so.
func (c Journeys) OutcomeLetter(ctx context.Context, e storage.LedgerEntry) (view.Message, error) {
	p, j, _, err := c.letter(ctx, e)
	if err != nil {
		return view.Message{}, err
	}
	if replaced(j.State, e) {
		return view.SessionOutcomeReplaced(p, j.Scope), nil
	}
	m := view.JourneyOutcome(p, j, e.At)
	m.File = c.report(ctx, p, j, e.At)
	name := journeyName(j)
	drawn, options := drawnJourney(j), chart.Options{Scope: j.Scope, AsOf: j.AsOf, Source: p.N("journey.picture.source", len(j.Active()), nil)}
	return pictured(m, name, chart.JourneyText(p, drawn, options), func(w io.Writer) error { return chart.Journey(w, p, drawn, options) })
}

// journeyName is what the files of a klantreis are called, without what kind they are.
func journeyName(j view.Journey) string {
	return "klantreis-" + strconv.FormatInt(int64(j.ID), 10) + "-" + j.AsOf.String()
}

// report is the klantreis as a file, as it is at at.
func (c Journeys) report(ctx context.Context, p *locale.Printer, j view.Journey, at time.Time) *view.File {
	return &view.File{Name: journeyName(j) + ".md", Content: view.JourneyReport(p, j, at, func(user analysis.UserID) string { return c.named(ctx, p, user) })}
}

// named is what a file calls somebody: their name where the office knows it.
func (c Journeys) named(ctx context.Context, p *locale.Printer, user analysis.UserID) string {
	if session.IsGone(user) {
		return view.PersonWord(p, user, "")
	}
	who, err := c.colleague(ctx, user)
	if err != nil || who.Email == "" || c.Managers == nil {
		return string(user)
	}
	m, err := c.Managers.ManagerByEmail(ctx, who.Email)
	if err != nil || m.Name == "" {
		return who.Email
	}
	return m.Name
}
