package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"klantbot/bot/workspace"
)

// below cuts "Gedaan below De Leeuw" into the label and the blocks from the one
// that says De Leeuw: lists change places, what they are about does not.
func below(blocks json.RawMessage, label string) (json.RawMessage, string, error) {
	label, said, given := strings.Cut(label, " below ")
	if !given {
		return blocks, label, nil
	}
	var all []json.RawMessage
	if err := json.Unmarshal(blocks, &all); err != nil {
		return nil, label, err
	}
	for i, b := range all {
		if strings.Contains(texts(b), said) {
			left, err := json.Marshal(all[i:])
			return left, label, err
		}
	}
	return nil, label, absent(fmt.Sprintf("nothing says %q in:\n%s", said, texts(blocks)))
}

// old presses a button of an older message: "3 press Gedaan" in the third newest.
func (st *stage) old(who, channel, words string) error {
	n, label, _ := strings.Cut(words, " press ")
	nth, err := strconv.Atoi(n)
	if err != nil {
		return err
	}
	return st.insists(func() error {
		m := st.newest(who, channel, nth)
		return st.pressIn(who, workspace.On(channel, m.TS), m.Blocks, label)
	})
}

// together has the presses of lines made before the bot hears of any of them, so that
// each is of what stood there for everybody: "U01 dm press A & U02 dm press B".
func together(st *stage, args []string) error {
	var all []workspace.Pressing
	st.gathering = &all
	for line := range strings.SplitSeq(strings.Join(args, " "), " & ") {
		if err := st.line(line); err != nil {
			return fmt.Errorf("%s: %w", line, err)
		}
	}
	st.gathering = nil
	return st.slack.PressTogether(all...)
}
