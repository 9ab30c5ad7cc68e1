package view

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// sessionHorizons are the words in keys, and the blocks of a form, of the horizons.
var sessionHorizons = map[session.Horizon]string{session.Now: "now", session.Later: "later", session.Disappears: "disappears", session.Unaware: "unaware", session.Wished: "wished"}

// FieldHorizon is the block that asks for the cards of a horizon.
func FieldHorizon(h session.Horizon) string { return "horizon_" + sessionHorizons[h] }

// SessionHorizonWord is what people call a horizon.
func SessionHorizonWord(p *locale.Printer, h session.Horizon) string {
	return p.T("session.horizon."+sessionHorizons[h], nil)
}

// written is what somebody wrote, beside words of ours: right-to-left words do not
// turn those round.
func written(s string, n int) slack.RichTextSectionElement {
	return slack.NewRichTextSectionTextElement(session.Isolate(cut(s, n)), nil)
}

// SessionCards are several cards of one person: a card a line.
type SessionCards struct {
	Cards []session.Card
	Field string // the block that asks for them
	Label string
	Hint  string
}

// cardsInput asks for cards, a line each.
func cardsInput(p *locale.Printer, c SessionCards) slack.Block {
	input := slack.NewPlainTextInputBlockElement(plain(p.T("session.write.example", nil), maxPlaceholder), "cards")
	input.Multiline = true
	input.MaxLength = (session.LongestText + 1) * session.MostEach
	var lines []string
	for _, card := range c.Cards {
		lines = append(lines, card.Text)
	}
	input.InitialValue = strings.Join(lines, "\n")
	return slack.NewInputBlock(c.Field, plain(c.Label, maxHeader), plain(c.Hint, maxHeader), input).WithOptional(true)
}

// SessionWriteWindow asks for one's own cards on every horizon.
func SessionWriteWindow(p *locale.Printer, b SessionBoard, own func(session.Horizon) []session.Card) Modal {
	m := Modal{Title: cut(p.T("session.write", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: "session.wrote.v1", Private: SessionValue(b.State)}
	intro := p.T("session.write.hidden", nil)
	if b.State.Anonymous(b.State.Phase) {
		intro += " " + p.T("session.expect.nameless", nil)
	}
	m.Blocks = []slack.Block{header(capital(b.About)), context(intro)}
	for _, h := range session.Horizons() {
		ask := "session.ask." + sessionHorizons[h]
		if h == session.Now || h == session.Unaware {
			ask += many(b.State)
		}
		m.Blocks = append(m.Blocks, cardsInput(p, SessionCards{Cards: own(h), Field: FieldHorizon(h), Label: p.T(ask, nil),
			Hint: p.T("session.write.lines", analysis.Args{"most": session.MostEach})}))
	}
	return m
}

// SessionWrittenWindow shows one's own cards, where a source can be added to each.
func SessionWrittenWindow(p *locale.Printer, b SessionBoard, own []session.Card, done Outcome) Modal {
	s := b.State
	m := Modal{Title: cut(p.T("session.write", nil), maxTitle), Close: p.T("word.close", nil), Blocks: outcome(p, done, "session.step.v1")}
	if len(own) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("session.write.none", nil)))
	}
	for i, c := range own {
		words := SessionHorizonWord(p, c.Horizon) + "\n" + session.Isolate(c.Text)
		label := p.T("session.source.add", nil)
		if c.Source != "" {
			words += "\n" + p.T("session.source.is", analysis.Args{"source": session.Isolate(c.Source)})
			label = p.T("session.source.change", nil)
		}
		m.Blocks = append(m.Blocks, choice(words, button(label, "session.source.v1#"+strconv.Itoa(i+1), SessionValue(s)+"/"+strconv.Itoa(int(c.ID)))))
	}
	m.Blocks = append(m.Blocks, context(p.T("session.write.until", nil)), slack.NewActionBlock("", button(p.T("session.write.change", nil), "session.write.v1", SessionValue(s))))
	return m
}

// Blocks of other forms of a session.
const (
	FieldCards  = "cards"
	FieldTarget = "target"
	FieldOther  = "other"
)

// SessionSourceForm asks where a card comes from.
func SessionSourceForm(p *locale.Printer, s *session.State, c session.Card) Modal {
	input := slack.NewPlainTextInputBlockElement(plain(p.T("session.source.example", nil), maxPlaceholder), "source")
	input.InitialValue, input.MaxLength = c.Source, session.LongestSource
	return Modal{Title: cut(p.T("session.source", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil), Callback: "session.sourced.v1",
		Private: SessionValue(s) + "/" + strconv.Itoa(int(c.ID)),
		Blocks: []slack.Block{sheet(slack.NewRichTextSection(written(c.Text, maxSection))),
			slack.NewInputBlock(FieldSource, plain(p.T("session.source", nil), maxHeader), plain(p.T("session.source.hint", nil), maxHeader), input).WithOptional(true)}}
}
