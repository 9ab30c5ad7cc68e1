package view

import (
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// Blocks of the form of a new session.
const (
	FieldSubject = "subject"
	FieldMode    = "mode"
	FieldTerm    = "term"
	FieldNamed   = "named"
	FieldChannel = "channel"
	FieldGoal    = "goal"
)

// SessionForm is what is asked of a new session, with what was chosen already.
type SessionForm struct {
	Kind         session.Kind
	Subject      Option // zero: none yet
	Participants []analysis.UserID
	Channel      analysis.ChannelID // where it is held; empty: none yet
	Mode         session.Mode
	Days         int  // working days a phase
	Named        bool // cards carry who wrote them
}

// SessionDays are how many working days a phase may take.
func SessionDays() []int { return []int{1, 2, 3, 5} }

// SessionFormWindow asks for a new session.
func SessionFormWindow(p *locale.Printer, f SessionForm) Modal {
	kind := slack.NewRadioButtonsBlockElement("kind")
	for _, k := range session.Kinds() {
		o := slack.NewOptionBlockObject(string(k), plain(SessionKindWord(p, k), maxOption), plain(p.T("session.kind_what."+sessionKinds[k], nil), maxOption))
		kind.Options = append(kind.Options, o)
		if k == f.Kind {
			kind.InitialOption = o
		}
	}
	about := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain(p.T("session.form.about_choose", nil), maxPlaceholder), "session.subject.v1")
	least := 0
	about.MinQueryLength = &least
	if f.Subject.Value != "" {
		about.InitialOption = slack.NewOptionBlockObject(f.Subject.Value, plain(f.Subject.Label, maxOption), nil)
	}
	where := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, plain(p.T("session.form.channel_choose", nil), maxPlaceholder), "channel")
	where.InitialConversation = string(f.Channel)
	where.Filter = &slack.SelectBlockElementFilter{Include: []string{"public", "private"}, ExcludeExternalSharedChannels: true}
	return Modal{Title: cut(p.T("session.new", nil), maxTitle), Submit: p.T("session.form.next", nil), Close: p.T("word.close", nil), Callback: "session.plan.v1", Private: "-",
		Blocks: []slack.Block{
			slack.NewInputBlock(FieldKind, plain(p.T("session.form.kind", nil), maxHeader), nil, kind),
			slack.NewInputBlock(FieldSubject, plain(p.T("session.form.about", nil), maxHeader), plain(p.T("session.form.about_hint", nil), maxHeader), about),
			sessionPeople(p, FieldPeople, f.Participants),
			slack.NewInputBlock(FieldChannel, plain(p.T("session.form.channel", nil), maxHeader), plain(p.T("session.form.channel_hint", nil), maxHeader), where),
			formMode(p, f), formTerm(p, f), formNamed(p, f)}}
}

func formMode(p *locale.Printer, f SessionForm) slack.Block {
	mode := slack.NewRadioButtonsBlockElement("mode")
	for _, m := range session.Modes() {
		o := slack.NewOptionBlockObject(string(m), plain(SessionModeWord(p, m), maxOption), plain(p.T("session.mode_what."+sessionModes[m], nil), maxOption))
		mode.Options = append(mode.Options, o)
		if m == f.Mode {
			mode.InitialOption = o
		}
	}
	return slack.NewInputBlock(FieldMode, plain(p.T("session.form.mode", nil), maxHeader), nil, mode)
}

var sessionModes = map[session.Mode]string{session.Async: "async", session.Mixed: "mixed", session.Live: "live"}

// SessionModeWord is what people call a mode.
func SessionModeWord(p *locale.Printer, m session.Mode) string {
	return p.T("session.mode."+sessionModes[m], nil)
}

func formTerm(p *locale.Printer, f SessionForm) slack.Block {
	term := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "term")
	for _, n := range SessionDays() {
		o := slack.NewOptionBlockObject(strconv.Itoa(n), plain(p.N("session.form.days", n, nil), maxOption), nil)
		term.Options = append(term.Options, o)
		if n == f.Days {
			term.InitialOption = o
		}
	}
	return slack.NewInputBlock(FieldTerm, plain(p.T("session.form.term", nil), maxHeader), plain(p.T("session.form.term_hint", nil), maxHeader), term)
}

func formNamed(p *locale.Printer, f SessionForm) slack.Block {
	named := slack.NewRadioButtonsBlockElement("named")
	for _, name := range []string{"nameless", "named"} {
		o := slack.NewOptionBlockObject(name, plain(p.T("session.form."+name, nil), maxOption), nil)
		named.Options = append(named.Options, o)
		if f.Named == (name == "named") {
			named.InitialOption = o
		}
	}
	return slack.NewInputBlock(FieldNamed, plain(p.T("session.form.names", nil), maxHeader), nil, named)
}

// SessionPlan is what will happen, before anybody hears of it.
type SessionPlan struct {
	SessionForm
	About   string // SessionAbout
	Where   string // the channel's name
	Terms   []session.Term
	Ends    []time.Time // of the phases of Terms, in order
	Begin   time.Time
	Private string
	Open    int // actions of earlier sessions about the same that are still to be done
}

// SessionPlanWindow shows the agenda and what is expected, and asks for the goal.
func SessionPlanWindow(p *locale.Printer, l SessionPlan) Modal {
	m := Modal{Title: cut(p.T("session.new", nil), maxTitle), Submit: p.T("session.begin", nil), Close: p.T("word.close", nil), Callback: "session.begin.v1", Private: l.Private}
	m.Blocks = append(m.Blocks, header(p.T("session.title", analysis.Args{"kind": SessionKindWord(p, l.Kind), "about": l.About})))
	var rows []*slack.RichTextSection
	today := analysis.DayOf(l.Begin.In(p.Zone()))
	for i, t := range l.Terms {
		when := p.T("session.until", analysis.Args{"when": p.Moment(l.Ends[i], today)})
		switch l.Mode.In(t.Phase) {
		case session.Live:
			when = p.N("session.minutes", t.Minutes, nil)
		case session.Mixed:
			when = p.N("session.minutes_together", t.Minutes, nil)
		}
		rows = append(rows, row(strconv.Itoa(i+1)+". "+SessionPhaseWord(p, t.Phase), text(when+"\n"+p.T("session.agenda."+sessionKinds[l.Kind]+"."+string(t.Phase), nil))))
	}
	m.Blocks = append(m.Blocks, sheet(rows...), slack.NewDividerBlock())
	expect := []*slack.RichTextSection{row(p.T("session.form.channel", nil), text("#"+l.Where)), row(p.T("session.take_part", nil), people(p, l.Participants)...)}
	m.Blocks = append(m.Blocks, sheet(expect...), section(planExpects(p, l)))
	goal := slack.NewPlainTextInputBlockElement(plain(p.T("session.form.goal_example", nil), maxPlaceholder), "goal")
	goal.MaxLength = session.LongestText
	m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldGoal, plain(p.T("session.form.goal", nil), maxHeader), plain(p.T("session.form.goal_hint", nil), maxHeader), goal).WithOptional(true),
		back(p, "session.change.v1", l.Private))
	return m
}

// planExpects says what everybody may expect of each other.
func planExpects(p *locale.Printer, l SessionPlan) string {
	words := p.T("session.expect.write", nil)
	if l.Named {
		words += "\n" + p.T("session.expect.named", nil)
	} else {
		words += "\n" + p.T("session.expect.nameless", nil)
	}
	if l.Kind == session.Journey && len(l.Participants) < session.Fewest {
		words += "\n" + p.T("session.expect.feelings", analysis.Args{"fewest": session.Fewest})
	}
	words += "\n" + p.T("session.expect.action", nil)
	if l.Open > 0 {
		words += "\n" + p.N("session.expect.open", l.Open, nil)
	}
	return words
}

// SessionBegun says that it began, and where.
func SessionBegun(p *locale.Printer, where string) Modal {
	return Modal{Title: cut(p.T("session.new", nil), maxTitle), Close: p.T("word.close", nil), Blocks: []slack.Block{section("✓ " + p.T("session.begun", analysis.Args{"channel": where}))}}
}
