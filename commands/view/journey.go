package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// Journey is a klantreis as it stands.
type Journey struct {
	*session.State
	Scope string       // whom it is about, as people read it
	AsOf  analysis.Day // for dates in a sentence
}

// JourneySpot names a session, the visit of the phase in which it was drawn, a step
// and a place in a list; it is what buttons and windows of a klantreis carry, and it
// is not trusted.
type JourneySpot struct {
	Session session.ID
	Visit   int
	Step    session.StepID
	Offset  int
}

// spot is where a button about a step stands.
func (j Journey) spot(step session.StepID) JourneySpot {
	return JourneySpot{Session: j.ID, Visit: j.Visit, Step: step}
}

// String writes s as ParseJourneySpot reads it; it begins like SessionValue.
func (s JourneySpot) String() string {
	return fmt.Sprintf("%d/%d/%d/%d", s.Session, s.Visit, s.Step, s.Offset)
}

// ParseJourneySpot reads what String or SessionValue wrote; false where it is
// something else.
func ParseJourneySpot(value string) (JourneySpot, bool) {
	var n [4]int
	for i, part := range strings.SplitN(value, "/", len(n)) {
		v, err := strconv.Atoi(part)
		if err != nil || v < 0 {
			return JourneySpot{}, false
		}
		n[i] = v
	}
	return JourneySpot{session.ID(n[0]), n[1], session.StepID(n[2]), n[3]}, n[0] > 0
}

// step returns a step with its place among the others, from 1; 0: it is not there.
func (j Journey) step(id session.StepID) (session.Step, int) {
	for i, x := range j.Steps {
		if x.ID == id {
			return x, i + 1
		}
	}
	return session.Step{}, 0
}

// Said are the cards on a field of a step, what is known before what is supposed.
func (j Journey) Said(step session.StepID, f session.Field) []session.Card {
	var known, supposed []session.Card
	for _, c := range j.CardsAt("", session.Place{Step: step, Field: f}) {
		if c.Ground == session.Fact {
			known = append(known, c)
		} else {
			supposed = append(supposed, c)
		}
	}
	return append(known, supposed...)
}

// Grounded reports whether a field says how things are, so that it is a fact or an
// assumption; the others say how we want them.
func Grounded(f session.Field) bool {
	return f == session.Does || f == session.Thinks || f == session.Via
}

// journeyWork is what people do in the phases of a klantreis.
var journeyWork = map[session.Phase][]SessionButton{
	session.Wishing:   {{"journey.wish", "journey.wish.v1"}},
	session.Stepping:  {{"journey.write", "journey.step.v1"}, {"journey.frame", "journey.frame.v1"}},
	session.Voting:    {{"journey.weigh", "journey.weigh.v1"}},
	session.Acting:    {{"journey.act", "journey.act.v1"}},
	session.Concluded: {{"journey.act", "journey.act.v1"}},
}

// journeyBody is what the board of a klantreis shows of a phase.
func journeyBody(p *locale.Printer, b SessionBoard) []slack.Block {
	j := Journey{State: b.State, Scope: b.About}
	var blocks []slack.Block
	if j.NamedFeelings && (j.Phase == session.Wishing || j.Phase == session.Stepping) {
		blocks = append(blocks, section("👁 "+p.T("journey.named", nil)))
	}
	switch j.Phase {
	case session.Stepping:
		blocks = append(blocks, sheet(append([]*slack.RichTextSection{ambition(p, j)}, stepRows(p, j)...)...))
	case session.Voting:
		blocks = append(blocks, section(p.N("journey.board.weigh", len(j.chances()), nil)))
	case session.Acting:
		if rows := chanceRows(p, j); len(rows) > 0 {
			blocks = append(blocks, sheet(rows...), context(p.T("journey.chances.how", nil)))
		}
		if n := len(j.Actions); n > 0 {
			blocks = append(blocks, section(p.N("journey.board.acts", n, nil)))
		}
	}
	return blocks
}

// ambition is the line with the experience wanted.
func ambition(p *locale.Printer, j Journey) *slack.RichTextSection {
	if len(j.Ambition) == 0 {
		return row(p.T("journey.ambition", nil), text(p.T("journey.ambition.none", nil)))
	}
	return row(p.T("journey.ambition", nil), text(strings.Join(isolated(j.Ambition), ", ")))
}

// isolated keeps what runs from the right from turning round what stands beside it.
func isolated(words []string) []string {
	kept := make([]string, len(words))
	for i, w := range words {
		kept[i] = session.Isolate(brief(w))
	}
	return kept
}

// stepRows say of each step how much was written and how many gave the feeling.
func stepRows(p *locale.Printer, j Journey) []*slack.RichTextSection {
	var rows []*slack.RichTextSection
	for i, f := range j.Feelings("") {
		n := 0
		for _, field := range session.StepFields() {
			n += len(j.Said(f.Step.ID, field))
		}
		rows = append(rows, row(strconv.Itoa(i+1)+". "+session.Isolate(brief(f.Step.Name)), text(p.N("journey.written", n, nil)+" · "+feeling(p, f))))
	}
	return rows
}

// feeling says of one step what may be said.
func feeling(p *locale.Printer, f session.Feelings) string {
	args := analysis.Args{"n": f.N, "of": f.Of}
	switch {
	case !f.Shown:
		return p.T("journey.felt.hidden", args)
	case f.N == 0:
		return p.T("journey.felt.none", nil)
	case f.Few:
		return p.T("journey.felt.few", analysis.Args{"fewest": session.Fewest})
	}
	return p.N("journey.felt.shown", f.N, analysis.Args{"median": p.Points(f.Median), "low": p.Points(f.Low), "high": p.Points(f.High)})
}

// chances are the opportunities that were written, by step.
func (j Journey) chances() []session.Card {
	var all []session.Card
	for _, x := range j.Steps {
		all = append(all, j.CardsAt("", session.Place{Step: x.ID, Field: session.Opportunity})...)
	}
	return all
}

// best are the opportunities that were weighed and deserve an action.
func (j Journey) best() []session.Weighing {
	all, _ := j.Weighed()
	for i, w := range all {
		if w.N == 0 || i == session.BestOpportunities {
			return all[:i]
		}
	}
	return all
}

// chanceRows are the best opportunities, each with its weight and who does
// something about it.
func chanceRows(p *locale.Printer, j Journey) []*slack.RichTextSection {
	var rows []*slack.RichTextSection
	for i, w := range j.best() {
		r := row(strconv.Itoa(i+1)+".", text(session.Isolate(w.Card.Text)), text(" · "+p.N("journey.weight", w.N, analysis.Args{"impact": p.Points(w.Impact), "effort": p.Points(w.Effort)})))
		for _, a := range j.Actions {
			if a.Theme == w.Card.Text {
				r.Elements = append(r.Elements, text(" → "), mention(p, a.Owner))
			}
		}
		rows = append(rows, r)
	}
	return rows
}
