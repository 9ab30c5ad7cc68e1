package view

import (
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// FieldDaily is the block of the daily cap in the form of the model.
const FieldDaily = "daily"

// ModelWindow is what there is of a language model, and whether it is on.
type ModelWindow struct {
	Outcome    Outcome
	Host, Name string // configured; empty: nothing is
	On         bool
	Moved      bool // it was turned on for another endpoint or model than is configured now
	Daily      int  // tokens, where somebody ever chose
	Row        SettingRow
	Calls      []ModelCall // newest first
}

// ModelCall is one call, without what was said.
type ModelCall struct {
	At      time.Time
	By      analysis.UserID // empty: the operator
	Model   string
	Tokens  int
	Verdict string
}

// Model is the window in which an administrator turns the language model on and off.
func Model(p *locale.Printer, w ModelWindow, at time.Time) Modal {
	m := Modal{Title: cut(p.T("model.title", nil), maxTitle), Close: p.T("word.close", nil)}
	m.Blocks = append(m.Blocks, outcome(p, w.Outcome, "")...)
	if w.Host == "" {
		m.Blocks = append(m.Blocks, section(p.T("model.none", nil)), context(p.T("model.none_how", nil)))
		return m
	}
	args := analysis.Args{"model": w.Name, "host": w.Host, "daily": p.Number(int64(w.Daily))}
	state, does := "model.off_now", primary(button(p.T("model.turn_on", nil), "model.ask.v1", w.Row.Value))
	switch {
	case w.On:
		state, does = "model.on_now", button(p.T("model.turn_off", nil), "model.off.v1", w.Row.Value)
		does.Style = slack.StyleDanger
	case w.Moved:
		state = "model.moved_now"
	}
	m.Blocks = append(m.Blocks, section(p.T(state, args)))
	m.Blocks = append(m.Blocks, changedBy(p, w.Row)...)
	m.Blocks = append(m.Blocks, slack.NewActionBlock("", does), slack.NewDividerBlock(), section(p.T("model.calls", nil)))
	if len(w.Calls) == 0 {
		m.Blocks = append(m.Blocks, context(p.T("model.no_calls", nil)))
	}
	for _, c := range w.Calls {
		m.Blocks = append(m.Blocks, slack.NewContextBlock("", mark(callLine(p, c, at))))
	}
	return m
}

// callLine says who asked when, for how much, and what came of it. The name of the
// model is ours: the environment's.
func callLine(p *locale.Printer, c ModelCall, at time.Time) string {
	by := p.T("model.by_operator", nil)
	if c.By != "" {
		by = "<@" + string(c.By) + ">"
	}
	return p.N("model.call", c.Tokens, analysis.Args{"moment": p.Moment(c.At, analysis.DayOf(at.In(p.Zone()))), "by": by, "model": escape(brief(c.Model)),
		"verdict": p.T("model.verdict."+callKey(c.Verdict), nil)})
}

// ModelForm asks whether the model may be turned on.
type ModelForm struct {
	Host, Name string
	Daily      int
	Private    string // what was looked at
}

// AskModel says what leaves the house, in which form and where to, before it may.
func AskModel(p *locale.Printer, f ModelForm) Modal {
	args := analysis.Args{"model": f.Name, "host": f.Host}
	m := Modal{Title: cut(p.T("model.title", nil), maxTitle), Submit: p.T("model.turn_on", nil), Close: p.T("word.close", nil), Callback: "model.on.v1",
		Private: f.Private}
	input := slack.NewPlainTextInputBlockElement(nil, "daily")
	input.InitialValue = strconv.Itoa(f.Daily)
	m.Blocks = []slack.Block{header(p.T("model.ask", args)), section(p.T("model.leaves", args)), section(p.T("model.stays", nil)), section(p.T("model.after", nil)),
		slack.NewInputBlock(FieldDaily, plain(p.T("model.daily", nil), maxHeader), plain(p.T("model.daily_hint", nil), maxHeader), input),
		slack.NewActionBlock("", button(p.T("word.back", nil), "model.open.v1", "0"))}
	return m
}

// SummaryMade says who wrote a summary: nobody but a count of words, a model whose
// sentences want checking, or a model that is still writing or did not come to it,
// and why.
func SummaryMade(p *locale.Printer, s SurveySummary) string {
	switch {
	case s.Mode == "model":
		return p.T("survey.made.model", nil)
	case s.Pending:
		return p.T("survey.made.pending", nil)
	case s.Fallback != "":
		return p.T("survey.made.offline", nil) + " " + p.T("survey.fallback."+callKey(s.Fallback), nil)
	}
	return p.T("survey.made.offline", nil)
}

// callKey is the catalogue's word for why a call or a job came to nothing.
func callKey(why string) string {
	switch why {
	case "ok", "breaker", "budget", "timeout":
		return why
	case "job budget":
		return "job_budget"
	case "unfinished", "json", "unknown id", "truncated":
		return "unusable"
	case "gate", "verify":
		return "gate"
	case "nothing to ask":
		return "nothing"
	case "broken", "empty":
		return "endpoint"
	}
	if strings.HasPrefix(why, "http ") {
		return "endpoint"
	}
	return "failed"
}
