package view

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// Blocks of the forms of an event by the field they fill in; FieldName is that
// of other forms too.
const (
	FieldActivity = "activity"
	FieldOn       = "day"
	FieldSegments = "segments"
	FieldCame     = "came"
)

// Gathering is an event of a collective line of the plan.
type Gathering struct {
	ID       int64
	Name     string
	Activity string
	Day      analysis.Day
	// Groups: on the list, that said they come or do not, and that came.
	Invited, Coming, Declined, Came int
}

func (g Gathering) value() string { return strconv.FormatInt(g.ID, 10) }

// GatheringRow is a group on an invitation list.
type GatheringRow struct {
	Group                 analysis.GroupID
	Number, Name, Manager string
	Segment               analysis.Segment // today; empty: none
	State                 attention.InvitationState
	Came                  bool
	At                    time.Time // of State
}

// GatheringList lists the events, the newest first.
func GatheringList(p *locale.Printer, events []Gathering, done Outcome) Modal {
	m := Modal{Title: cut(p.T("gathering.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, done, "gathering.undo.v1")...)
	m.Blocks = append(m.Blocks, context(p.T("gathering.intro", nil)))
	if len(events) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("gathering.none", nil)))
	}
	for i, g := range events {
		m.Blocks = append(m.Blocks, choice(cut(g.Name, maxName)+"\n"+gatheringWords(p, g), button(p.T("setting.look", nil), "gathering.show.v1#"+strconv.Itoa(i+1), g.value())))
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", primary(button(p.T("gathering.new", nil), "gathering.form.v1", "0"))))
	return m
}

// gatheringWords says what it is, when, and how many are invited and came.
func gatheringWords(p *locale.Printer, g Gathering) string {
	words := cut(ActivityWords(p, g.Activity), maxButton) + " · " + p.Date(g.Day) + " · " + p.N("gathering.invited", g.Invited, nil)
	for _, part := range []struct {
		key string
		n   int
	}{{"gathering.are_coming", g.Coming}, {"gathering.declined", g.Declined}, {"gathering.were", g.Came}} {
		if part.n > 0 {
			words += " · " + p.N(part.key, part.n, nil)
		}
	}
	return words
}

// GatheringForm asks for a new event.
func GatheringForm(p *locale.Printer, activities []string, today analysis.Day) Modal {
	name := slack.NewPlainTextInputBlockElement(nil, "name")
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "activity")
	for _, a := range activities {
		pick.Options = append(pick.Options, slack.NewOptionBlockObject(a, plain(capital(ActivityWords(p, a)), maxOption), nil))
	}
	pick.InitialOption = pick.Options[0]
	day := slack.NewDatePickerBlockElement("day")
	day.InitialDate = (today + 28).String()
	boxes := slack.NewCheckboxGroupsBlockElement("segments")
	for _, s := range analysis.Segments() {
		boxes.Options = append(boxes.Options, slack.NewOptionBlockObject(string(s), plain(p.T("plan.segment", analysis.Args{"segment": string(s)}), maxOption), nil))
	}
	boxes.InitialOptions = boxes.Options[:1]
	return Modal{Title: cut(p.T("gathering.new", nil), maxTitle), Submit: p.T("gathering.make", nil), Close: p.T("word.close", nil), Callback: "gathering.add.v1",
		Blocks: []slack.Block{section(p.T("gathering.form", nil)),
			slack.NewInputBlock(FieldName, plain(p.T("gathering.field_name", nil), maxHeader), nil, name),
			slack.NewInputBlock(FieldActivity, plain(p.T("gathering.field_activity", nil), maxHeader), plain(p.T("gathering.field_activity_hint", nil), maxHeader), pick),
			slack.NewInputBlock(FieldOn, plain(p.T("gathering.field_day", nil), maxHeader), nil, day),
			slack.NewInputBlock(FieldSegments, plain(p.T("gathering.field_segments", nil), maxHeader), nil, boxes), back(p, "gathering.open.v1", "0")}}
}

// GatheringWindow is one event with its invitation list.
type GatheringWindow struct {
	Gathering
	Rows    []GatheringRow // by segment and name
	Outcome Outcome
	Past    bool // it was, or is today
}

// invitedShown is how many groups the window names; the table has all.
const invitedShown = 12

// GatheringModal shows an event.
func GatheringModal(p *locale.Printer, w GatheringWindow) Modal {
	m := Modal{Title: cut(p.T("gathering.one", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "gathering.undo.v1")...)
	m.Blocks = append(m.Blocks, header(w.Name), context(gatheringWords(p, w.Gathering)))
	var lines []string
	for _, s := range append(analysis.Segments(), "") {
		invited, came := 0, 0
		for _, r := range w.Rows {
			if r.Segment == s {
				invited++
				if r.Came {
					came++
				}
			}
		}
		if invited > 0 {
			lines = append(lines, "• "+p.N("gathering.by_segment", invited, analysis.Args{"segment": segmentOr(p, s), "came": came}))
		}
	}
	for i, r := range w.Rows[:min(len(w.Rows), invitedShown)] {
		if i == 0 {
			lines = append(lines, p.T("gathering.who", nil))
		}
		lines = append(lines, "• "+called(p, r.Name, r.Number)+": "+stateWords(p, r.State))
	}
	if rest := len(w.Rows) - invitedShown; rest > 0 {
		lines = append(lines, p.N("gathering.more", rest, nil))
	}
	if len(lines) > 0 {
		m.Blocks = append(m.Blocks, section(strings.Join(lines, "\n")))
	}
	guests := button(p.T("gathering.guests", nil), "gathering.guests.v1", w.value()+"/0/")
	buttons := []slack.BlockElement{primary(guests), button(p.T("gathering.send", nil), "gathering.send.v1", w.value())}
	if w.Past {
		guests.Style = ""
		buttons = append([]slack.BlockElement{primary(button(p.T("gathering.mark", nil), "gathering.mark.v1", w.value()+"/0"))}, buttons...)
	}
	if w.Came == 0 {
		off := button(p.T("gathering.call_off", nil), "gathering.remove.v1", w.value())
		off.Confirm = slack.NewConfirmationBlockObject(plain(p.T("gathering.call_off", nil), 100), plain(p.T("gathering.call_off_ask", nil), 300),
			plain(p.T("gathering.call_off", nil), 30), plain(p.T("word.back", nil), 30))
		buttons = append(buttons, off)
	}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "gathering.open.v1", "0"))...))
	return m
}

// CameWindow is a page of who came, or who said that they come or do not.
type CameWindow struct {
	Gathering
	State               attention.InvitationState // what is asked
	Rows                []GatheringRow
	Offset, Size, Total int
}

// GatheringCame asks who of a page of the list has w.State.
func GatheringCame(p *locale.Printer, w CameWindow) Modal {
	m := Modal{Title: cut(p.T("gathering.ask."+string(w.State), nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, header(w.Name), context(p.T("gathering.ask_intro."+string(w.State), nil)))
	at := func(offset int) string { return w.value() + "/" + strconv.Itoa(offset) + "/" + string(w.State) }
	if len(w.Rows) > 0 {
		m.Submit, m.Callback, m.Private = p.T("word.save", nil), "gathering.came.v1", at(w.Offset)
		list := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeStatic, plain(p.T("gathering.choose", nil), maxPlaceholder), "came")
		for _, r := range w.Rows {
			o := slack.NewOptionBlockObject(strconv.FormatInt(int64(r.Group), 10), plain(called(p, r.Name, r.Number), maxOption), nil)
			list.Options = append(list.Options, o)
			if r.State == w.State {
				list.InitialOptions = append(list.InitialOptions, o)
			}
		}
		label := p.T("gathering.page", analysis.Args{"from": w.Offset + 1, "to": w.Offset + len(w.Rows), "total": w.Total})
		m.Blocks = append(m.Blocks, slack.NewInputBlock(FieldBlock(FieldCame, w.value()+"-"+strconv.Itoa(w.Offset)), plain(label, maxHeader), nil, list).WithOptional(true))
	}
	buttons := windowPager(p, "gathering.mark.v1", at, w.Offset, w.Size, len(w.Rows), w.Total)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", append(buttons, button(p.T("word.back", nil), "gathering.show.v1", w.value()))...))
	return m
}

// GatheringCSV writes an invitation list as a table that a spreadsheet in the
// reader's language opens as it is. What people typed never becomes a formula.
// Fails only when w does.
func GatheringCSV(w io.Writer, p *locale.Printer, g Gathering, rows []GatheringRow) error {
	if _, err := io.WriteString(w, byteOrderMark); err != nil {
		return fmt.Errorf("write invitations: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if p.Lang() == locale.Dutch {
		out.Comma = ';'
	}
	var head []string
	for _, key := range []string{"export.number", "export.name", "report.segment", "word.manager", "gathering.column", "gathering.field_day", "gathering.field_name"} {
		head = append(head, p.T(key, nil))
	}
	table := [][]string{head}
	for _, r := range rows {
		table = append(table, []string{inertCell(r.Number), inertCell(r.Name), string(r.Segment), inertCell(r.Manager), stateWords(p, r.State), g.Day.String(), inertCell(g.Name)})
	}
	if err := out.WriteAll(table); err != nil {
		return fmt.Errorf("write invitations: %w", err)
	}
	return nil
}
