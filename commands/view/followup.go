package view

import (
	"strings"
	"time"
	"unicode"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/commands/locale"
)

// FollowState is how far somebody is with an answer.
type FollowState string

// The states.
const (
	FollowOpen    FollowState = "open"
	FollowDone    FollowState = "gedaan"
	FollowDropped FollowState = "vervallen"
	FollowFree    FollowState = "vrij" // nobody has it
)

// FieldFollow is the block of what came of it, or why it is dropped.
const FieldFollow = "follow.note"

// LongestFollow bounds it, in characters.
const LongestFollow = 500

// FollowRow is an answer by name with what is done about it.
type FollowRow struct {
	Value    string          // of its buttons
	Client   analysis.Client // zero: nobody in the list of clients
	Person   string          // who answered, or whom one asks for there; empty: not known
	Segment  analysis.Segment
	Holder   string         // name of who holds the relationship; empty: nobody
	Worth    analysis.Cents // a year, of who left
	Left     analysis.Day   // when; NoDay: not known
	Answer   survey.Response
	Wave     survey.Wave
	State    FollowState
	Owner    analysis.Manager // zero: nobody
	Own      bool             // the reader is the owner
	Note     string
	By       analysis.UserID // who made it so
	At       time.Time
	Versions int // 0: nobody did anything yet
}

// FollowList is a page of a list.
type FollowList struct {
	Outcome             Outcome
	Kind                string // ambassadeur, terugwinkans or lead
	AsOf                analysis.Day
	Rows                []FollowRow
	Open                int // in the whole list, that nobody finished
	Offset, Size, Total int
	MayTake             bool // the reader holds relationships
	// Value is that of the button to a page of a list.
	Value func(kind string, offset int) string
}

// followLists are the lists in the order in which they are offered.
var followLists = []string{"ambassadeur", "terugwinkans", "lead"}

// followKeys end the catalogue keys of a list.
var followKeys = map[string]string{"ambassadeur": "ambassadors", "terugwinkans": "winbacks", "lead": "leads"}

// FollowTitle is what a list is called.
func FollowTitle(p *locale.Printer, kind string) string {
	return p.T("follow.title."+followKeys[kind], nil)
}

// FollowWindow is a list, paged.
func FollowWindow(p *locale.Printer, l FollowList) Modal {
	m := Modal{Title: cut(FollowTitle(p, l.Kind), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, l.Outcome, "follow.undo.v1")...)
	m.Blocks = append(m.Blocks, section(followIntro(p, l)))
	var others []slack.BlockElement
	for i, kind := range followLists {
		if kind != l.Kind {
			others = append(others, button(FollowTitle(p, kind), "follow.open.v1#"+id(int64(i+3)), l.Value(kind, 0)))
		}
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", others...))
	for _, r := range l.Rows {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), followRow(p, r, l.Kind, l.AsOf))
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", followButtons(p, r, l.MayTake)...))
	}
	value := func(offset int) string { return l.Value(l.Kind, offset) }
	if buttons := windowPager(p, "follow.open.v1", value, l.Offset, l.Size, len(l.Rows), l.Total); len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewDividerBlock(), slack.NewActionBlock("", buttons...))
	}
	return m
}

// followIntro says what the list is, or what would fill it.
func followIntro(p *locale.Printer, l FollowList) string {
	key := followKeys[l.Kind]
	if l.Total == 0 {
		return p.T("follow.empty."+key, nil)
	}
	return p.T("follow.intro."+key, nil) + "\n" + p.N("follow.count", l.Total, analysis.Args{"open": l.Open})
}

// followName is who answered.
func followName(p *locale.Printer, r FollowRow) string {
	switch {
	case r.Client.ID != 0:
		return r.Client.Name
	case r.Answer.Market != "":
		return p.T("follow.prospect_of", analysis.Args{"market": r.Answer.Market})
	}
	return p.T("follow.prospect", nil)
}

// followRow is one answer: who, why, in whose words, and who does something.
func followRow(p *locale.Printer, r FollowRow, kind string, asOf analysis.Day) slack.Block {
	bold := &slack.RichTextSectionTextStyle{Bold: true}
	first := slack.NewRichTextSection(slack.NewRichTextSectionTextElement(brief(followName(p, r)), bold))
	for _, part := range followFacts(p, r) {
		first.Elements = append(first.Elements, text(" · "+brief(part)))
	}
	rows := []*slack.RichTextSection{first, slack.NewRichTextSection(text(followWhy(p, r, kind, asOf)))}
	if said := followWords(r.Answer); said != "" {
		slanted := &slack.RichTextSectionTextStyle{Italic: true}
		rows = append(rows, slack.NewRichTextSection(slack.NewRichTextSectionTextElement("“"+cut(said, maxContext)+"”", slanted)))
	}
	return sheet(append(rows, followStanding(p, r, asOf)...)...)
}

// followFacts are number, segment, person and manager, where there are any.
func followFacts(p *locale.Printer, r FollowRow) []string {
	var facts []string
	if r.Client.ID != 0 {
		facts = append(facts, p.T("client.number", analysis.Args{"number": r.Client.Number}))
	}
	if r.Segment != "" {
		facts = append(facts, string(r.Segment))
	}
	if r.Person != "" && r.Person != r.Client.Name {
		facts = append(facts, r.Person)
	}
	if r.Holder != "" {
		facts = append(facts, p.T("client.rm", analysis.Args{"name": r.Holder}))
	}
	return facts
}

// followWhy says why the answer stands in the list.
func followWhy(p *locale.Printer, r FollowRow, kind string, asOf analysis.Day) string {
	day := r.Answer.Day
	if !day.Known() {
		day = r.Wave.Day
	}
	args := analysis.Args{"day": p.Near(day, asOf), "survey": brief(r.Wave.Name), "score": r.Answer.NPS}
	switch kind {
	case "ambassadeur":
		return p.T("follow.why.ambassador", args)
	case "lead":
		if r.Answer.Market != "" && r.Client.ID != 0 {
			args["market"] = r.Answer.Market
			return p.T("follow.why.lead_market", args)
		}
		return p.T("follow.why.lead", args)
	}
	var parts []string
	if r.Worth > 0 {
		parts = append(parts, p.T("follow.why.worth", analysis.Args{"amount": r.Worth}))
	}
	if r.Left.Known() {
		parts = append(parts, p.T("follow.why.left", analysis.Args{"month": p.Month(r.Left)}))
	}
	key, score := "follow.why.rates", r.Answer.Grade
	if r.Answer.NPS != analysis.NotSaid {
		key, score = "follow.why.recommends", float64(r.Answer.NPS)
	}
	if score != analysis.NotSaid {
		args["score"] = p.Points(score)
		parts = append(parts, p.T(key, args))
	}
	said := []rune(strings.Join(parts, "; "))
	if len(said) > 0 {
		said[0] = unicode.ToUpper(said[0])
	}
	return string(said)
}

// followWords are the person's own words, the longest answer first: what is said
// in a sentence says more than "n.v.t.".
func followWords(r survey.Response) string {
	most := ""
	for _, c := range r.Comments {
		if said := strings.Join(strings.Fields(c.Text), " "); len(said) > len(most) {
			most = said
		}
	}
	return most
}

// followStanding says who has it and how far it is.
func followStanding(p *locale.Printer, r FollowRow, asOf analysis.Day) []*slack.RichTextSection {
	label := p.T("follow.owner", nil)
	if r.State == FollowFree || r.State == "" {
		return []*slack.RichTextSection{row(label, text(p.T("word.nobody", nil)))}
	}
	when := " · " + p.T("follow.state."+followStateKey(r.State), analysis.Args{"when": p.Moment(r.At, asOf)})
	rows := []*slack.RichTextSection{row(label, person(p, r.Owner), text(when))}
	if r.Note != "" {
		rows = append(rows, row(p.T("follow.note."+followStateKey(r.State), nil), text(cut(r.Note, LongestFollow))))
	}
	return rows
}

// followStateKey ends the catalogue keys of a state.
func followStateKey(s FollowState) string {
	return map[FollowState]string{FollowOpen: "open", FollowDone: "done", FollowDropped: "dropped"}[s]
}

// followButtons are what can be done about an answer.
func followButtons(p *locale.Printer, r FollowRow, mayTake bool) []slack.BlockElement {
	var buttons []slack.BlockElement
	hand := button(p.T("follow.hand", nil), "follow.hand.v1", r.Value)
	switch r.State {
	case FollowOpen:
		buttons = append(buttons, primary(button(p.T("follow.done", nil), "follow.done.v1", r.Value)), hand,
			button(p.T("follow.drop", nil), "follow.drop.v1", r.Value))
	case FollowDone, FollowDropped:
		buttons = append(buttons, button(p.T("follow.reopen", nil), "follow.undo.v1", r.Value))
	default:
		if mayTake {
			buttons = append(buttons, primary(button(p.T("follow.take", nil), "follow.take.v1", r.Value)))
		}
		buttons = append(buttons, hand)
	}
	if r.Client.ID != 0 {
		buttons = append(buttons, button(p.T("attention.card", nil), "client.open.v1", id(r.Client.ID)))
	}
	if r.Versions > 1 {
		buttons = append(buttons, button(p.T("follow.history", nil), "follow.history.v1", r.Value))
	}
	return buttons
}
