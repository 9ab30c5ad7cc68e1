package view

import (
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// sessionKinds are the words in keys of the kinds.
var sessionKinds = map[session.Kind]string{session.Now3Years: "now", session.Journey: "journey", session.Training: "training"}

// SessionKindWord is what people call a kind of session.
func SessionKindWord(p *locale.Printer, k session.Kind) string {
	return p.T("session.kind."+sessionKinds[k], nil)
}

// SessionPhaseWord is what people call a phase.
func SessionPhaseWord(p *locale.Printer, ph session.Phase) string {
	return p.T("session.phase."+string(ph), nil)
}

// SessionAbout names a subject that needs nothing read: a segment or a kind of
// client. name is that of the group or the manager.
func SessionAbout(p *locale.Printer, s session.Subject, name string) string {
	switch {
	case s.Segment != "":
		return p.T("session.about.segment", analysis.Args{"segment": string(s.Segment)})
	case s.Type != "":
		return p.T("session.about.type", analysis.Args{"type": p.T(value.TypeKey(s.Type), nil)})
	case s.Manager != 0:
		return p.T("session.about.manager", analysis.Args{"name": session.Isolate(brief(name))})
	}
	return session.Isolate(brief(name))
}

// SessionUntil says until when a phase lasts; empty where it does not end.
func SessionUntil(p *locale.Printer, s *session.State) string {
	if s.Deadline.IsZero() || s.Done() {
		return ""
	}
	return p.T("session.until", analysis.Args{"when": sessionWhen(p, s, analysis.DayOf(s.Last))})
}

// sessionWhen is when the phase ends, for who reads it on asOf: of a timer the time of
// day.
func sessionWhen(p *locale.Printer, s *session.State, asOf analysis.Day) string {
	if s.Mode == session.Live && analysis.DayOf(s.Deadline.In(p.Zone())) == asOf {
		return p.T("session.until_clock", analysis.Args{"time": p.Clock(s.Deadline)})
	}
	return p.Moment(s.Deadline, asOf)
}

// SessionWhere is the phase and until when it lasts.
func SessionWhere(p *locale.Printer, s *session.State) string {
	where := SessionPhaseWord(p, s.Phase)
	if until := SessionUntil(p, s); until != "" {
		where += " (" + until + ")"
	}
	return where
}

// sessionProgress says how many are done, for the eye as well.
func sessionProgress(p *locale.Printer, s *session.State) string {
	done := s.Progress()
	return p.T("session.progress", analysis.Args{"done": done.Done, "of": done.Of}) + "  " +
		strings.Repeat("●", done.Done) + strings.Repeat("○", done.Of-done.Done)
}

// mention is somebody as Slack shows them; of who was erased nothing is known.
func mention(p *locale.Printer, u analysis.UserID) slack.RichTextSectionElement {
	if session.IsGone(u) {
		return text(p.T("session.person_gone", nil))
	}
	return slack.NewRichTextSectionUserElement(string(u), nil)
}

// PersonWord names somebody in a file: name is what they are called.
func PersonWord(p *locale.Printer, u analysis.UserID, name string) string {
	if session.IsGone(u) {
		return p.T("session.person_gone", nil)
	}
	return name
}

// people sets users beside each other, as Slack shows them.
func people(p *locale.Printer, users []analysis.UserID) []slack.RichTextSectionElement {
	var all []slack.RichTextSectionElement
	for i, u := range users {
		if i > 0 {
			all = append(all, text(", "))
		}
		all = append(all, mention(p, u))
	}
	return all
}
