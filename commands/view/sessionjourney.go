package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// journeyWork is what people do in the phases of a klantreis.
var journeyWork = map[session.Phase][]SessionButton{}

// journeyBody is what the board of a klantreis shows of a phase.
func journeyBody(_ *locale.Printer, _ SessionBoard) []slack.Block { return nil }
