package view

import (
	"github.com/slack-go/slack"

	"klantbot/analysis/session"
	"klantbot/commands/locale"
)

// nowWork is what people do in the phases of nu-3jaar.
var nowWork = map[session.Phase][]SessionButton{}

// nowBody is what the board of nu-3jaar shows of a phase.
func nowBody(_ *locale.Printer, _ SessionBoard) []slack.Block { return nil }
