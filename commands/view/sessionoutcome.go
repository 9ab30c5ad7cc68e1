package view

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// SessionOutcome is what a session nu-3jaar came to.
type SessionOutcome struct {
	SessionBoard
	At time.Time // as of when its file is
	// Name is what somebody is called, for the file.
	Name func(analysis.UserID) string
}

// AsOf is the day of it.
func (o SessionOutcome) AsOf() analysis.Day { return analysis.DayOf(o.At) }

// rowsOf are the rows of the outcome for a horizon and a choice.
func rowsOf(rows []session.Row, h session.Horizon, c session.Choice) []session.Row {
	var some []session.Row
	for _, r := range rows {
		if r.Horizon == h && r.Choice == c {
			some = append(some, r)
		}
	}
	return some
}

// outcomeNames is how many groups a cell of the message names.
const outcomeNames = 6

// SessionOutcomeMessage tells the channel what came of it: the table, the actions,
// how many people voted; the picture and the file go with it.
func SessionOutcomeMessage(p *locale.Printer, o SessionOutcome) Message {
	s := o.State
	title := p.T("session.outcome.title", analysis.Args{"about": o.About})
	m := Message{Text: twin(title + ". " + p.N("session.act.count", len(s.Actions), nil)), Blocks: []slack.Block{header(title)}}
	rows := s.Outcome()
	if len(rows) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("session.outcome.empty", nil)))
	}
	for _, h := range session.Columns() {
		var lines []*slack.RichTextSection
		for _, c := range session.Choices() {
			some := rowsOf(rows, h, c)
			if len(some) == 0 {
				continue
			}
			var values []slack.RichTextSectionElement
			for _, r := range some[:min(len(some), outcomeNames)] {
				values = append(values, text("\n• "), written(r.Cluster.Name, maxName), text("  "+dots(r.Dots)))
			}
			if rest := len(some) - outcomeNames; rest > 0 {
				values = append(values, text("\n"+p.N("session.outcome.more", rest, nil)))
			}
			lines = append(lines, row(capital(SessionChoiceWord(p, c)), values...))
		}
		if len(lines) > 0 {
			m.Blocks = append(m.Blocks, slack.NewSectionBlock(mark("*"+capital(SessionHorizonWord(p, h))+"*"), nil, nil), sheet(lines...))
		}
	}
	m.Blocks = append(m.Blocks, actLines(p, s, o.AsOf())...)
	m.Blocks = append(m.Blocks, context(p.T("session.outcome.note", analysis.Args{"voters": p.N("session.voters", s.Voters(), nil), "people": p.N("session.people", len(s.Active()), nil)})))
	m.Blocks = append(m.Blocks, outcomeFile(p, s, o.At)...)
	m.File = SessionFile(p, o)
	return m
}

// outcomeFile says as of when the file beside an outcome is, with the way to it as
// things stand now: what is in a channel as a file does not change.
func outcomeFile(p *locale.Printer, s *session.State, at time.Time) []slack.Block {
	said := p.T("session.outcome.file", analysis.Args{"when": p.Moment(at, analysis.DayOf(at.In(p.Zone())))})
	return []slack.Block{context(said), slack.NewActionBlock("", button(p.T("session.file", nil), "session.file.v1", SessionValue(s)))}
}

// fileStamp says as of when a file is.
func fileStamp(p *locale.Printer, at time.Time) string {
	local := at.In(p.Zone())
	return p.T("session.file.as_of", analysis.Args{"day": analysis.DayOf(local), "time": local.Format("15:04")})
}

// SessionOutcomeReplaced stands where an outcome stood that a session left again.
func SessionOutcomeReplaced(p *locale.Printer, about string) Message {
	title := p.T("session.outcome.title", analysis.Args{"about": about})
	return Message{Text: twin(title + ". " + p.T("session.outcome.replaced", nil)), Blocks: []slack.Block{header(title), section(p.T("session.outcome.replaced", nil))}}
}

// SessionFile is the file of a session.
func SessionFile(p *locale.Printer, o SessionOutcome) *File {
	return &File{Name: sessionFileName(o.State, o.AsOf()), Content: SessionMarkdown(p, o)}
}

// SessionFileMessage comes with a file of a session as it is at at.
func SessionFileMessage(p *locale.Printer, kind session.Kind, about string, at time.Time) Message {
	title := p.T("session.title", analysis.Args{"kind": SessionKindWord(p, kind), "about": about})
	return Say(p.T("session.file.letter", analysis.Args{"session": title, "when": p.Moment(at, analysis.DayOf(at.In(p.Zone())))}))
}

// sessionFileName is what the file is called: nothing that people typed is in it.
func sessionFileName(s *session.State, day analysis.Day) string {
	return fmt.Sprintf("sessie-%d-%s.md", s.ID, day)
}

// SessionMarkdown is the whole session as a file: the outcome as a table, the cards
// word for word with their sources, what was said, and the actions. Who wrote an
// anonymous card is not in it.
func SessionMarkdown(p *locale.Printer, o SessionOutcome) []byte {
	s := o.State
	var b bytes.Buffer
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("# %s\n", literal(p.T("session.title", analysis.Args{"kind": SessionKindWord(p, s.Kind), "about": o.About})))
	line("%s %s.\n", fileStamp(p, o.At), SessionModeWord(p, s.Mode))
	if s.Goal != "" {
		line("**%s** %s\n", p.T("session.goal", nil), literal(s.Goal))
	}
	if len(o.Chosen) > 0 {
		line("**%s** %s\n", p.T("session.chosen", nil), literal(p.List(o.Chosen)))
	}
	line("**%s** %s\n", p.T("session.take_part", nil), literal(strings.Join(o.names(s.Active()), ", ")))
	o.table(p, line)
	o.actions(p, line)
	o.groups(p, line)
	line("---\n\n%s", p.T("session.file.how", nil))
	return b.Bytes()
}

func (o SessionOutcome) names(users []analysis.UserID) []string {
	var names []string
	for _, u := range users {
		names = append(names, o.Name(u))
	}
	return names
}

// table is now and in three years against keep, start and stop.
func (o SessionOutcome) table(p *locale.Printer, line func(string, ...any)) {
	line("## %s\n", p.T("session.phase.uitkomst", nil))
	rows := o.State.Outcome()
	head := []string{""}
	for _, h := range session.Columns() {
		head = append(head, capital(SessionHorizonWord(p, h)))
	}
	line("| %s |\n|---|---|---|", strings.Join(head, " | "))
	for _, c := range session.Choices() {
		cells := []string{"**" + capital(SessionChoiceWord(p, c)) + "**"}
		for _, h := range session.Columns() {
			var names []string
			for _, r := range rowsOf(rows, h, c) {
				names = append(names, fmt.Sprintf("%s (%s)", literal(r.Cluster.Name), p.N("session.dots", r.Dots, nil)))
			}
			cells = append(cells, strings.Join(names, "<br>"))
		}
		line("| %s |", strings.Join(cells, " | "))
	}
	line("")
}

func (o SessionOutcome) actions(p *locale.Printer, line func(string, ...any)) {
	line("## %s\n", p.T("session.phase.acties", nil))
	if len(o.State.Actions) == 0 {
		line("%s", p.T("session.act.none", nil))
	}
	for _, a := range o.State.Actions {
		words := literal(a.Then)
		if a.When != "" {
			words = p.T("session.act.if", nil) + " " + literal(a.When) + ", " + p.T("session.act.so", nil) + " " + literal(a.Then)
		}
		line("- [%s] %s – %s, %s", map[bool]string{true: "x", false: " "}[a.State == session.Done], words, literal(o.Name(a.Owner)), p.Date(a.Due))
	}
	line("")
}

// groups are the cards word for word, the group with most dots first.
func (o SessionOutcome) groups(p *locale.Printer, line func(string, ...any)) {
	s := o.State
	tally, _ := s.Tally()
	for _, t := range tally {
		if t.Cluster.Alone() && t.Total == 0 {
			continue // with the loose cards
		}
		line("## %s\n", literal(t.Cluster.Name))
		var given []string
		for _, h := range session.Columns() {
			given = append(given, SessionHorizonWord(p, h)+": "+p.N("session.dots", t.Dots[h], nil))
		}
		line("%s · %s\n", strings.Join(given, " · "), p.N("session.voters", t.Voters, nil))
		o.cards(p, line, s.CardsOf("", t.Cluster))
		for _, f := range session.TalkFields() {
			if said := s.CardsAt("", session.Place{Cluster: t.Cluster.ID, Field: f}); len(said) > 0 {
				line("**%s**\n", p.T("session.talk."+sessionTalk[f], nil))
				o.cards(p, line, said)
			}
		}
	}
	voted := func(c session.Card) bool {
		return slices.ContainsFunc(tally, func(t session.Tally) bool {
			return t.Cluster.Alone() && t.Total > 0 && slices.Contains(t.Cluster.Cards, c.ID)
		})
	}
	if loose := slices.DeleteFunc(s.Loose(""), voted); len(loose) > 0 {
		line("## %s\n", p.T("session.groups.loose", nil))
		o.cards(p, line, loose)
	}
}

func (o SessionOutcome) cards(p *locale.Printer, line func(string, ...any), cards []session.Card) {
	for _, c := range cards {
		about := ""
		if c.Horizon != "" {
			about = " – " + SessionHorizonWord(p, c.Horizon)
		}
		if c.Author != "" {
			about += ", " + literal(o.Name(c.Author))
		}
		if c.Source != "" {
			about += " (" + p.T("session.source.is", analysis.Args{"source": literal(c.Source)}) + ")"
		}
		line("- %s%s", literal(c.Text), about)
	}
	line("")
}

// literal is text that people wrote such that nothing of it is markup in Markdown.
func literal(s string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(s, "\n", " ") {
		if strings.ContainsRune("\\`*_{}[]<>#|~!", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return session.Isolate(b.String())
}
