package view

import (
	"fmt"
	"strconv"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

// Blocks of the form with which somebody chooses their digest.
const (
	FieldWeekday = "weekday"
	FieldTime    = "time"
	FieldCount   = "count"
	FieldStop    = "stop"
	FieldAway    = "away"
	FieldBack    = "back"
	FieldDeputy  = "deputy"
)

// DigestCounts are the numbers of rows that the form offers.
var DigestCounts = []int{3, 5, 8, 12}

// DigestChoice is what somebody chose, as the form shows it.
type DigestChoice struct {
	Weekday, Minute, Shown int
	Stopped                bool
	Version                int
	Zone                   string
	// Away is the absence that is on or to come, in words; empty: none.
	Away string
}

// DigestForm asks when somebody wants their digest, how long it is, and whether
// they are away.
func DigestForm(p *locale.Printer, c DigestChoice) Modal {
	days := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "weekday")
	for n := 1; n <= 7; n++ {
		days.Options = append(days.Options, slack.NewOptionBlockObject(strconv.Itoa(n), plain(p.T("digest.day."+strconv.Itoa(n), nil), maxOption), nil))
	}
	days.InitialOption = days.Options[c.Weekday-1]
	at := slack.NewTimePickerBlockElement("time")
	at.InitialTime = fmt.Sprintf("%02d:%02d", c.Minute/60, c.Minute%60)
	counts := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, "count")
	for _, n := range DigestCounts {
		o := slack.NewOptionBlockObject(strconv.Itoa(n), plain(p.N("digest.count", n, nil), maxOption), nil)
		if counts.Options = append(counts.Options, o); n == c.Shown {
			counts.InitialOption = o
		}
	}
	office := slack.NewOptionBlockObject("0", plain(p.T("digest.count_office", nil), maxOption), nil)
	if counts.Options = append(counts.Options, office); counts.InitialOption == nil {
		counts.InitialOption = office
	}
	stop := slack.NewOptionBlockObject("yes", plain(p.T("digest.stop", nil), maxOption), nil)
	box := slack.NewCheckboxGroupsBlockElement("stop", stop)
	if c.Stopped {
		box.InitialOptions = []*slack.OptionBlockObject{stop}
	}
	m := Modal{Title: cut(p.T("digest.settings_title", nil), maxTitle), Submit: p.T("word.save", nil), Close: p.T("word.close", nil),
		Callback: "digest.choose.v1", Private: strconv.Itoa(c.Version)}
	label := func(key string) *slack.TextBlockObject { return plain(p.T(key, nil), maxHeader) }
	m.Blocks = []slack.Block{
		slack.NewInputBlock(FieldWeekday, label("digest.weekday"), nil, days),
		slack.NewInputBlock(FieldTime, label("digest.time"), plain(p.T("digest.zone", analysis.Args{"zone": c.Zone}), maxHeader), at),
		slack.NewInputBlock(FieldCount, label("digest.shown"), nil, counts),
		slack.NewInputBlock(FieldStop, label("digest.stop_label"), nil, box).WithOptional(true),
		slack.NewDividerBlock(),
		section(p.T("digest.away_intro", nil)),
	}
	if c.Away != "" {
		m.Blocks = append(m.Blocks, context(c.Away))
	}
	deputy := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain(p.T("attention.hand_pick", nil), maxPlaceholder), "deputy")
	m.Blocks = append(m.Blocks,
		slack.NewInputBlock(FieldAway, label("digest.away"), nil, slack.NewDatePickerBlockElement("away")).WithOptional(true),
		slack.NewInputBlock(FieldBack, label("digest.back"), nil, slack.NewDatePickerBlockElement("back")).WithOptional(true),
		slack.NewInputBlock(FieldDeputy, label("digest.deputy"), nil, deputy).WithOptional(true))
	return m
}
