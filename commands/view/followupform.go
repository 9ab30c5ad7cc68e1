package view

import (
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// FollowHand asks who takes it over.
func FollowHand(p *locale.Printer, r FollowRow) Modal {
	pick := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("attention.hand_pick", nil), maxPlaceholder), "colleague")
	return followForm(p, "follow.hand", r,
		slack.NewInputBlock(FieldColleague, plain(p.T("attention.hand_to", nil), maxHeader), plain(p.T("follow.hand_hint", nil), maxHeader), pick))
}

// FollowDoneForm asks what came of it.
func FollowDoneForm(p *locale.Printer, r FollowRow) Modal {
	return followForm(p, "follow.done", r, followNote(p, "follow.result"))
}

// FollowDropForm asks why it is dropped.
func FollowDropForm(p *locale.Printer, r FollowRow) Modal {
	return followForm(p, "follow.drop", r, followNote(p, "follow.reason"))
}

func followForm(p *locale.Printer, entry string, r FollowRow, asks ...slack.Block) Modal {
	m := form(p, p.T(entry, nil), entry+".v1", followName(p, r), r.Value, asks...)
	m.Blocks = append(m.Blocks, context(p.T("touch.note.rule", nil)), back(p, "follow.open.v1", r.Value))
	return m
}

func followNote(p *locale.Printer, label string) slack.Block {
	input := slack.NewPlainTextInputBlockElement(plain(p.T(label+"_example", nil), maxPlaceholder), "note")
	input.Multiline, input.MaxLength = true, LongestFollow
	return slack.NewInputBlock(FieldFollow, plain(p.T(label, nil), maxHeader), nil, input)
}

// FollowVersion is what somebody made of a follow-up.
type FollowVersion struct {
	State FollowState
	Owner analysis.Manager
	Note  string
	By    analysis.UserID
	At    time.Time
}

// FollowHistory is what became of an answer, the newest first.
type FollowHistory struct {
	Row      FollowRow
	Kind     string
	AsOf     analysis.Day
	Versions []FollowVersion
	Back     string // value of the button to the list
}

// mostVersions is how much of a history is shown.
const mostVersions = 20

// FollowHistoryWindow shows it.
func FollowHistoryWindow(p *locale.Printer, h FollowHistory) Modal {
	m := Modal{Title: cut(p.T("follow.history", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = []slack.Block{followRow(p, h.Row, h.Kind, h.AsOf), slack.NewDividerBlock()}
	for _, v := range h.Versions[:min(len(h.Versions), mostVersions)] {
		parts := []slack.RichTextSectionElement{text(p.T("follow.version."+followVersionKey(v.State), nil))}
		if v.State == FollowOpen {
			parts = append(parts, text(" "), person(p, v.Owner))
		}
		if v.Note != "" {
			parts = append(parts, text(": "+cut(v.Note, LongestFollow)))
		}
		if v.By != "" {
			parts = append(parts, text(" ("), slack.NewRichTextSectionUserElement(string(v.By), nil), text(")"))
		}
		m.Blocks = append(m.Blocks, sheet(row(p.Moment(v.At, h.AsOf), parts...)))
	}
	m.Blocks = append(m.Blocks, back(p, "follow.open.v1", h.Back))
	return m
}

func followVersionKey(s FollowState) string {
	if s == FollowFree {
		return "free"
	}
	return followStateKey(s)
}

// FollowGiven tells somebody what a colleague gave them.
func FollowGiven(p *locale.Printer, r FollowRow, kind string, asOf analysis.Day, by analysis.UserID) Message {
	said := slack.NewSectionBlock(mark(p.T("follow.given."+followKeys[kind], analysis.Args{"who": "<@" + string(by) + ">"})), nil, nil)
	m := Message{Text: twin(p.T("follow.given_twin", nil)), Blocks: []slack.Block{said, followRow(p, r, kind, asOf)}}
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("follow.open", nil), "follow.open.v1", r.Value)))
	return m
}

// HomeFollow is an answer that the reader took up.
type HomeFollow struct {
	Name  string // of the client; empty: a prospect in no list
	Kind  string
	At    time.Time // since when
	Value string    // of the button to it
}

// shownFollows is how many of them stand on the Home tab.
const shownFollows = 5

// homeFollows are what the reader took up of what clients answered.
func homeFollows(p *locale.Printer, all []HomeFollow, asOf analysis.Day) []slack.Block {
	if len(all) == 0 {
		return nil
	}
	blocks := []slack.Block{slack.NewDividerBlock(), header(p.T("home.follows", nil))}
	for _, f := range all[:min(len(all), shownFollows)] {
		name := f.Name
		if name == "" {
			name = p.T("follow.prospect", nil)
		}
		line := brief(name) + "\n" + p.T("home.follow."+followKeys[f.Kind], analysis.Args{"when": p.Moment(f.At, asOf)})
		blocks = append(blocks, choice(line, button(p.T("follow.open", nil), "follow.open.v1", f.Value)))
	}
	if rest := len(all) - shownFollows; rest > 0 {
		blocks = append(blocks, context(p.N("home.follows.more", rest, nil)))
	}
	return blocks
}
