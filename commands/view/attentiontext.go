package view

import (
	"fmt"
	"strings"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/commands/locale"
)

// AttentionLine is one item of a week for a terminal.
type AttentionLine struct {
	Item   attention.Item
	Number string
	Name   string
	Holder string // whose group it is, where somebody else does it
}

// AttentionPart is what one person is asked.
type AttentionPart struct {
	Name  string
	Week  attention.Personal
	Lines []AttentionLine
}

// AttentionText is what `klantbot attention` prints. name returns what a
// colleague is called.
func AttentionText(p *locale.Printer, w attention.Week, parts []AttentionPart, name func(analysis.ManagerID) string) string {
	var b strings.Builder
	b.WriteString(WeekWords(p, w) + "\n")
	if len(parts) == 0 {
		b.WriteString(p.T("attention.nobody", nil) + "\n")
	}
	for _, part := range parts {
		fmt.Fprintf(&b, "\n%s · %s\n", terminal(part.Name), p.T("attention.load",
			analysis.Args{"shown": len(part.Lines), "capacity": part.Week.Capacity, "needed": p.Points(part.Week.Needed)}))
		for _, line := range UnfitWords(p, part.Week.Load, name) {
			b.WriteString("  ! " + terminal(line) + "\n")
		}
		for _, l := range part.Lines {
			who := l.Name
			if l.Holder != "" {
				who += " (" + p.T("attention.for", analysis.Args{"manager": l.Holder}) + ")"
			}
			fmt.Fprintf(&b, "  %-1s %-10s %s: %s\n", l.Item.Segment, terminal(l.Number), terminal(who), terminal(ReasonWords(p, l.Item)))
		}
		if part.Week.Waiting > 0 {
			b.WriteString("  " + p.N("attention.waiting", part.Week.Waiting, nil) + "\n")
		}
	}
	return b.String()
}
