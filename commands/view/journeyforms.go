package view

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// Blocks of the forms of a klantreis by the field they fill in. Those of the fields
// of a step are named after the field.
const (
	FieldWish         = "wish"
	FieldWords        = "words"
	FieldOwn          = "own"
	FieldJourneySteps = "journey.steps"
	FieldFeeling      = "feeling"
	FieldKnown        = "known" // which of the fields are facts
	FieldKnownFrom    = "known.from"
)

// FieldAt is the block of a field of the form at spot. Slack keeps what was typed where
// the next window has a block of the same name, so that of each step has its own.
func FieldAt(field string, spot JourneySpot) string {
	return field + "/" + strconv.Itoa(int(spot.Step)) + "/" + strconv.Itoa(spot.Offset)
}

// longestLines is how much fits in a field that takes a card a line, in characters.
const longestLines = session.MostEach * (session.LongestText + 1)

// lines is a field that takes a card a line, filled in with what is there.
func lines(action string, cards []session.Card) *slack.PlainTextInputBlockElement {
	input := slack.NewPlainTextInputBlockElement(nil, action)
	input.Multiline, input.MaxLength = true, longestLines
	var texts []string
	for _, c := range cards {
		texts = append(texts, c.Text)
	}
	input.InitialValue = strings.Join(texts, "\n")
	return input
}

// WishForm asks how the client should feel with us. own are the cards of who asks,
// proposed the words that the office wants to be known by.
func WishForm(p *locale.Printer, spot JourneySpot, own []session.Card, proposed []string) Modal {
	m := journeyForm(p, "journey.wish.title", "journey.wished.v1", spot)
	m.Blocks = []slack.Block{section(p.T("journey.wish.intro", nil))}
	if len(proposed) > 0 {
		m.Blocks = append(m.Blocks, context(p.T("journey.wish.example", analysis.Args{"words": p.List(isolated(proposed))})))
	}
	m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldWish, plain(p.T("journey.wish.label", nil), maxHeader),
		plain(p.T("journey.hint.lines", analysis.Args{"most": session.MostEach, "length": session.LongestText}), maxHeader), lines("wish", own)).WithOptional(true))
	return m
}

func journeyForm(p *locale.Printer, title, callback string, spot JourneySpot) Modal {
	return Modal{Title: cut(p.T(title, nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: callback, Private: spot.String()}
}

// JourneySaid is a window that says what was done, or why not.
func JourneySaid(p *locale.Printer, title string, done Outcome) Modal {
	return Modal{Title: cut(p.T(title, nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, done, "")}
}

// AmbitionWord is a word for the experience wanted that somebody wished, or that the
// office wants to be known by.
type AmbitionWord struct {
	Value string // an id
	Word  string
	N     int // how many wished it; 0: it is the office's
}

// FrameForm asks who leads the session which words it is, and through which steps the
// client goes.
func FrameForm(p *locale.Printer, j Journey, words []AmbitionWord) Modal {
	m := journeyForm(p, "journey.frame.title", "journey.framed.v1", JourneySpot{Session: j.ID, Visit: j.StepsSeq()})
	m.Blocks = []slack.Block{section(p.T("journey.frame.words", nil))}
	var options, initial []*slack.OptionBlockObject
	own := slices.Clone(j.Ambition)
	for _, w := range words[:min(len(words), mostOptions)] {
		note := p.T("journey.ambition.office", nil)
		if w.N > 0 {
			note = p.N("journey.ambition.wished", w.N, nil)
		}
		o := slack.NewOptionBlockObject(w.Value, plain(session.Isolate(w.Word), maxOption), plain(note, maxOption))
		options = append(options, o)
		if slices.Contains(j.Ambition, w.Word) {
			initial = append(initial, o)
			own = slices.DeleteFunc(own, func(c string) bool { return c == w.Word })
		}
	}
	if len(options) > 0 {
		pick := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(p.T("journey.ambition.pick", nil), maxPlaceholder), "words", options...)
		pick.InitialOptions = initial
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldWords, plain(p.T("journey.ambition.label", nil), maxHeader), nil, pick).WithOptional(true))
	}
	input := slack.NewPlainTextInputBlockElement(nil, "own")
	input.MaxLength, input.InitialValue = longestLines, strings.Join(own, ", ")
	m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldOwn, plain(p.T("journey.ambition.own", nil), maxHeader), plain(p.T("journey.ambition.own_hint", nil), maxHeader), input).WithOptional(true),
		slack.NewDividerBlock(), section(p.T("journey.frame.steps", nil)), stepLines(p, j))
	return m
}

// stepLines is a field with the steps, one a line.
func stepLines(p *locale.Printer, j Journey) slack.Block {
	input := slack.NewPlainTextInputBlockElement(nil, "steps")
	input.Multiline, input.MaxLength = true, session.MostSteps*(session.LongestText+1)
	var names []string
	for _, x := range j.Steps {
		names = append(names, x.Name)
	}
	input.InitialValue = strings.Join(names, "\n")
	return slack.NewInputBlock(FieldJourneySteps, plain(p.T("journey.steps.label", nil), maxHeader), plain(p.T("journey.steps.hint", analysis.Args{"most": session.MostSteps}), maxHeader), input)
}

// StepForm is what one person says of a step: how the client feels and what they do
// and think, each field with what the viewer wrote.
func StepForm(p *locale.Printer, j Journey, spot JourneySpot, viewer analysis.UserID, done Outcome) Modal {
	x, at := j.step(spot.Step)
	m := journeyForm(p, "journey.step.form", "journey.said.v1", spot)
	if at < len(j.Steps) {
		m.Submit = cut(p.T("journey.save.next", nil), maxTitle)
	}
	m.Blocks = append(outcome(p, done, ""), header(p.T("journey.step.title", analysis.Args{"n": at, "of": len(j.Steps), "name": session.Isolate(brief(x.Name))})))
	if rows, _ := j.stepSaid(p, x.ID, mostGiven); len(rows) > 0 {
		m.Blocks = append(m.Blocks, context(p.T("journey.step.there", nil)), sheet(rows...))
	}
	m.Blocks = append(m.Blocks, feelingBlocks(p, j, at-1, spot, viewer)...)
	own := map[session.Field][]session.Card{}
	for _, f := range session.StepFields() {
		own[f] = mine(j.CardsAt(viewer, session.Place{Step: x.ID, Field: f}))
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldAt(string(f), spot), plain(p.T(fieldKey(f), nil)+": "+p.T(askKey(f), nil), maxHeader), nil, lines(string(f), own[f])).WithOptional(true))
	}
	return withGrounds(p, m, spot, own)
}

// mostGiven is how many cards of a field stand above the form of a step.
const mostGiven = 2

func mine(cards []session.Card) []session.Card {
	return slices.DeleteFunc(cards, func(c session.Card) bool { return !c.Mine })
}

// withGrounds asks which of the fields the viewer knows for certain, and from where.
func withGrounds(p *locale.Printer, m Modal, spot JourneySpot, own map[session.Field][]session.Card) Modal {
	var options, known []*slack.OptionBlockObject
	source := ""
	for _, f := range session.StepFields() {
		if !Grounded(f) {
			continue
		}
		o := slack.NewOptionBlockObject(string(f), plain(p.T(fieldKey(f), nil), maxOption), nil)
		options = append(options, o)
		for _, c := range own[f] {
			if c.Ground == session.Fact {
				if !slices.Contains(known, o) {
					known = append(known, o)
				}
				source = c.Source
			}
		}
	}
	ticks := slack.NewCheckboxGroupsBlockElement("known", options...)
	ticks.InitialOptions = known
	where := slack.NewPlainTextInputBlockElement(nil, "source")
	where.MaxLength, where.InitialValue = session.LongestSource, source
	m.Blocks = append(m.Blocks,
		slack.NewInputBlock(FieldAt(FieldKnown, spot), plain(p.T("journey.known", nil), maxHeader), plain(p.T("journey.known.hint", nil), maxHeader), ticks).WithOptional(true),
		slack.NewInputBlock(FieldAt(FieldKnownFrom, spot), plain(p.T("journey.source", nil), maxHeader), plain(p.T("journey.source.hint", nil), maxHeader), where).WithOptional(true))
	return m
}

// askKey is the question of a field.
func askKey(f session.Field) string {
	switch f {
	case session.Does:
		return "journey.ask.does"
	case session.Thinks:
		return "journey.ask.thinks"
	case session.Via:
		return "journey.ask.channel"
	case session.HeldBy:
		return "journey.ask.owner"
	case session.Behaviour:
		return "journey.ask.behaviour"
	}
	return "journey.ask.opportunity"
}

// feelingBlocks ask how the client feels in the step at i, and who will see that;
// once it was shown it is said instead.
func feelingBlocks(p *locale.Printer, j Journey, i int, spot JourneySpot, viewer analysis.UserID) []slack.Block {
	f := j.Feelings(viewer)[i]
	if f.Shown {
		return []slack.Block{sheet(felt(p, j, i)), context(p.T("journey.felt.fixed", nil))}
	}
	pick := slack.NewRadioButtonsBlockElement("feeling")
	for n := 1; n <= 5; n++ {
		o := slack.NewOptionBlockObject(strconv.Itoa(n), plain(p.T("journey.feeling."+strconv.Itoa(n), nil), maxOption), nil)
		pick.Options = append(pick.Options, o)
		if f.Own == n {
			pick.InitialOption = o
		}
	}
	hint := p.T("journey.feeling.hidden", analysis.Args{"fewest": session.Fewest})
	var blocks []slack.Block
	if j.NamedFeelings {
		hint = p.T("journey.feeling.visible", nil)
		blocks = append(blocks, section("👁 "+p.T("journey.named", nil)))
	}
	return append(blocks, slack.NewInputBlock(FieldAt(FieldFeeling, spot), plain(p.T("journey.feeling", nil), maxHeader), plain(hint, maxHeader), pick).WithOptional(true))
}

// StepsDone is shown after the last step: what the viewer gave of each, with the way
// back to it.
func StepsDone(p *locale.Printer, j Journey, viewer analysis.UserID, done Outcome) Modal {
	m := Modal{Title: cut(p.T("journey.step.form", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, done, "")}
	left := 0
	for i, f := range j.Feelings(viewer) {
		n := 0
		for _, field := range session.StepFields() {
			n += len(mine(j.CardsAt(viewer, session.Place{Step: f.Step.ID, Field: field})))
		}
		state := p.T("journey.own.felt", analysis.Args{"feeling": f.Own})
		if f.Own == 0 {
			state = p.T("journey.own.unfelt", nil)
			if !f.Shown {
				left++
			}
		}
		line := strconv.Itoa(i+1) + ". " + session.Isolate(brief(f.Step.Name)) + "\n" + state + " · " + p.N("journey.own", n, nil)
		m.Blocks = append(m.Blocks, choice(line, button(p.T("journey.change", nil), "journey.step.v1#"+strconv.Itoa(i+1), j.spot(f.Step.ID).String())))
	}
	sentence := p.T("journey.own.all", nil)
	if left > 0 {
		sentence = p.N("journey.own.left", left, nil)
	}
	m.Blocks = append(m.Blocks, context(sentence))
	return m
}

// FrameSaved says what became of the words and the steps; before are the steps there
// were.
func FrameSaved(p *locale.Printer, j Journey, before []session.Step) string {
	said := p.N("journey.frame.saved", len(j.Steps), analysis.Args{"words": p.List(isolated(j.Ambition))})
	if len(j.Ambition) == 0 {
		said = p.N("journey.frame.saved_wordless", len(j.Steps), nil)
	}
	var gone []string
	for _, x := range before {
		if _, at := j.step(x.ID); at == 0 {
			gone = append(gone, session.Isolate(brief(x.Name)))
		}
	}
	if len(gone) > 0 {
		said += " " + p.T("journey.frame.gone", analysis.Args{"steps": p.List(gone)})
	}
	return said
}
