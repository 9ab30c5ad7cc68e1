package view

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Stranded are messages of the bot that did not arrive, as administrators see them:
// what they were and to whom, never what they said.
type Stranded struct {
	Days     int // how far back
	All      int
	Messages []StrandedMessage // the newest first; perhaps not all
}

// StrandedMessage is one of them.
type StrandedMessage struct {
	Kind    string // of the ledger
	User    analysis.UserID
	Channel analysis.ChannelID // empty: a direct message to User
	Day     analysis.Day
	Code    string // Slack's error code
	Unsure  bool   // it may have arrived
}

// strandedCodes are the refusals that people can do something about.
var strandedCodes = []string{"cannot_dm_bot", "user_disabled", "is_archived", "not_in_channel", "channel_not_found", "missing_scope", "invalid_blocks"}

// StrandedList is /klantbot status.
func StrandedList(p *locale.Printer, s Stranded) Message {
	title := p.N("stranded.title", s.All, analysis.Args{"days": s.Days})
	if s.All == 0 {
		title = p.T("stranded.none", analysis.Args{"days": s.Days})
	}
	blocks := []slack.Block{section(title)}
	for _, m := range s.Messages {
		blocks = append(blocks, slack.NewSectionBlock(mark(strandedLine(p, m)), nil, nil))
	}
	if rest := s.All - len(s.Messages); rest > 0 {
		blocks = append(blocks, context(p.N("stranded.more", rest, nil)))
	}
	return Message{Text: twin(title), Blocks: blocks, Plain: blocks}
}

func strandedLine(p *locale.Printer, m StrandedMessage) string {
	to := "<@" + string(m.User) + ">"
	if m.Channel != "" {
		to = "<#" + string(m.Channel) + ">"
	}
	kind := "other"
	if m.Kind == "digest" || m.Kind == "attention.handed" {
		kind = strings.TrimPrefix(m.Kind, "attention.")
	}
	why := p.T("stranded.refused", analysis.Args{"code": brief(m.Code)})
	switch {
	case m.Unsure:
		why = p.T("stranded.unsure", nil)
	case slices.Contains(strandedCodes, m.Code):
		why = p.T("stranded.why."+m.Code, nil)
	}
	return p.T("stranded.line", analysis.Args{"what": p.T("stranded.kind."+kind, nil), "to": to, "day": m.Day}) + " " + why
}
