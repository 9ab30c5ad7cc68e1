package view

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// JudgeForm is a group with what is asked about it.
type JudgeForm struct {
	Outcome      Outcome // of the group before
	Value        string  // of the form and its buttons
	Name, Number string
	Kind         string // soort klant
	Questions    []JudgeQuestion
	Remark       analysis.Remark // that stands; without words: none
	Segment      string          // of the button to another segment; empty: there is none
	MayMark      bool            // which may also mark the group as strategic
	// Alone: the form was opened from the card; else it is one of a row, of which
	// Done of Total were answered.
	Alone       bool
	Done, Total int
}

// JudgeQuestion is a criterion with what was answered before.
type JudgeQuestion struct {
	Group     analysis.GroupID // that is asked about
	Criterion value.Criterion
	Answered  bool
	Mark      int // 0..4, or analysis.DontKnow
	By        analysis.UserID
	On        time.Time
}

// dontKnow is the value of the option *Weet ik niet*.
const dontKnow = "?"

// field is the block of a question. It names the group, for Slack keeps what was
// chosen in a block when a window shows the same one again: the next group must
// not begin with the answers about this one.
func (q JudgeQuestion) field() string { return "judge:" + id(q.Group) + ":" + q.Criterion.Key }

// Judged reads the answer to q from a submission's fields, and reports false
// where there is none, or nothing that was offered.
func Judged(fields map[string]string, q JudgeQuestion) (mark int, ok bool) {
	switch answer := fields[q.field()]; answer {
	case "":
		return 0, false
	case dontKnow:
		return analysis.DontKnow, true
	default:
		mark, err := strconv.Atoi(answer)
		return mark, err == nil && mark >= 0 && mark < value.Levels
	}
}

// Judge asks what somebody thinks of a group: every mark with what it means.
func Judge(p *locale.Printer, f JudgeForm) Modal {
	m := Modal{Title: cut(p.T("judge.title", nil), maxTitle), Submit: p.T("judge.save_next", nil), Close: p.T("word.close", nil),
		Callback: "judge.save.v1", Private: f.Value}
	if f.Alone {
		m.Submit = p.T("word.save", nil)
	}
	m.Blocks = append(m.Blocks, outcome(p, f.Outcome, "judge.undo.v1")...)
	m.Blocks = append(m.Blocks, header(f.Name), context(judgeProgress(p, f)))
	for _, q := range f.Questions {
		m.Blocks = append(m.Blocks, judgeInput(p, q))
	}
	m.Blocks = append(m.Blocks, remarkInput(p, f))
	var buttons []slack.BlockElement
	if !f.Alone {
		buttons = append(buttons, button(p.T("judge.skip", nil), "judge.skip.v1", f.Value))
	}
	switch {
	case f.Segment != "" && f.MayMark:
		buttons = append(buttons, button(p.T("judge.segment", nil), "segment.adjust.v1", f.Segment))
	case f.Segment != "":
		buttons = append(buttons, button(p.T("judge.propose", nil), "segment.adjust.v1", f.Segment))
	}
	if len(buttons) > 0 {
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", buttons...))
	}
	return m
}

// fieldRemark is the block of the remark.
const fieldRemark = "remark"

// remarkInput asks what there is to say beside the marks.
func remarkInput(p *locale.Printer, f JudgeForm) slack.Block {
	input := slack.NewPlainTextInputBlockElement(nil, "remark")
	input.Multiline, input.MaxLength, input.InitialValue = true, longestTyped, cut(f.Remark.Words, longestTyped)
	return slack.NewInputBlock(about(fieldRemark, f.Value), plain(p.T("judge.remark", nil), maxHeader),
		plain(p.T("judge.remark_hint", nil), maxHeader), input).WithOptional(true)
}

// Remarked reads the remark from a submission's fields; empty: there is none.
func Remarked(fields map[string]string) string {
	return strings.TrimSpace(fields[fieldRemark])
}

// remarkSheet is the remark about a group, with who noted it when.
func remarkSheet(p *locale.Printer, r analysis.Remark) []slack.Block {
	if r.Words == "" {
		return nil
	}
	noted := row(p.T("judge.remark", nil), text(r.Words+" ("))
	if r.By != "" {
		noted.Elements = append(noted.Elements, slack.NewRichTextSectionUserElement(string(r.By), nil), text(", "))
	}
	noted.Elements = append(noted.Elements, text(p.Date(analysis.DayOf(r.At.In(p.Zone())))+")"))
	return []slack.Block{sheet(noted)}
}

// judgeProgress says who it is and how far one is: "4 van 33".
func judgeProgress(p *locale.Printer, f JudgeForm) string {
	parts := []string{p.T("client.number", analysis.Args{"number": cut(f.Number, 30)})}
	if f.Kind != "" {
		parts = append(parts, cut(f.Kind, maxOption))
	}
	if !f.Alone && f.Total > 0 {
		parts = append(parts, p.T("judge.progress", analysis.Args{"n": min(f.Done+1, f.Total), "all": f.Total}))
	}
	var last JudgeQuestion
	for _, q := range f.Questions {
		if q.Answered && q.On.After(last.On) {
			last = q
		}
	}
	if last.Answered {
		parts = append(parts, p.T("judge.before", analysis.Args{"day": analysis.DayOf(last.On.In(p.Zone()))}))
	}
	return strings.Join(parts, " · ")
}

// judgeInput is one question: a mark each with its meaning, and not knowing.
func judgeInput(p *locale.Printer, q JudgeQuestion) slack.Block {
	pick := slack.NewRadioButtonsBlockElement("mark")
	add := func(value, label string, chosen bool) {
		o := slack.NewOptionBlockObject(value, plain(label, maxOption), nil)
		pick.Options = append(pick.Options, o)
		if q.Answered && chosen {
			pick.InitialOption = o
		}
	}
	for mark := value.Levels - 1; mark >= 0; mark-- {
		add(strconv.Itoa(mark), p.T("judge.mark", analysis.Args{"mark": mark, "meaning": meaning(p, q.Criterion, mark)}), q.Mark == mark)
	}
	add(dontKnow, p.T("judge.dont_know", nil), q.Mark == analysis.DontKnow)
	return slack.NewInputBlock(q.field(), plain(criterionName(p, q.Criterion), maxHeader), nil, pick)
}

// JudgeEnd is the window when nothing waits any more.
type JudgeEnd struct {
	Outcome Outcome
	// Waiting are those that were passed over, of Total.
	Waiting, Total int
	Value          string // of the button that begins with those
	Card           string // client whose card is behind this; empty: none
}

// JudgeDone says that everything was judged that was asked.
func JudgeDone(p *locale.Printer, e JudgeEnd) Modal {
	m := Modal{Title: cut(p.T("judge.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, e.Outcome, "judge.undo.v1")...)
	switch {
	case e.Card != "":
		m.Blocks = append(m.Blocks, slack.NewActionBlock("", button(p.T("judge.card", nil), "client.open.v1", e.Card)))
	case e.Value == "":
	case e.Waiting > 0:
		m.Blocks = append(m.Blocks, section(p.N("judge.waiting", e.Waiting, nil)),
			slack.NewActionBlock("", primary(button(p.T("judge.again", nil), "judge.open.v1", e.Value))))
	case e.Total > 0:
		m.Blocks = append(m.Blocks, section(p.N("judge.done", e.Total, nil)))
	default:
		m.Blocks = append(m.Blocks, section(p.T("judge.nobody", nil)))
	}
	if len(m.Blocks) == 0 {
		m.Blocks = append(m.Blocks, section(p.T("judge.gone", nil)))
	}
	return m
}
