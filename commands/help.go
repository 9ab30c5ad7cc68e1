package commands

import (
	"context"

	"klantbot/analysis"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

// Help answers /klantbot: what there is, for this actor, and the page for
// staff.
type Help struct {
	// Entries is read when asked, so that help lists what is registered.
	Entries func() []Entry
}

// Show lists every command and shortcut that the actor may use.
func (h Help) Show(_ context.Context, req Request) (Reply, error) {
	p := locale.New(req.Lang, req.Zone)
	var lines []view.HelpLine
	for _, e := range h.Entries() {
		if len(e.Names) == 0 || !analysis.Allow(req.Actor, e.Permission, analysis.Subject{}) {
			continue
		}
		lines = append(lines, view.HelpLine{
			Name: e.Names[req.Lang.Plain()], Shortcut: e.On == Shortcut || e.On == OnMessage,
			Usage: hint(p, e), What: p.T(e.ID+".what", nil)})
	}
	return Say(view.Help(p, lines)), nil
}

// hint is what to type after a slash command.
func hint(p *locale.Printer, e Entry) string {
	if e.On != Slash {
		return ""
	}
	return p.T(e.ID+".hint", nil)
}
