package main

import (
	"fmt"
	"strings"

	"klantbot/bot/workspace"
)

// atHome plays a line about the Home tab: nothing opens it.
func (st *stage) atHome(who, words string) error {
	verb, text, _ := strings.Cut(words, " ")
	tab := func() string {
		v := st.slack.Home(who)
		if v == nil {
			return ""
		}
		return texts(v.Blocks)
	}
	switch verb {
	case "":
		return st.slack.OpenHome(who)
	case "sees":
		if text, ok := strings.CutPrefix(text, "no "); ok {
			if err := st.quiet(); err != nil {
				return err
			}
			if strings.Contains(tab(), text) {
				return fmt.Errorf("it says so:\n%s", tab())
			}
			return nil
		}
		defer func() {
			if !strings.Contains(tab(), text) {
				st.t.Logf("the Home tab is:\n%s", tab())
			}
		}()
		st.await(fmt.Sprintf("%s to read %q on the Home tab", who, text), func() bool { return strings.Contains(tab(), text) })
		return nil
	case "press":
		return st.insists(func() error {
			v := st.slack.Home(who)
			if v == nil {
				return absent("no Home tab was drawn")
			}
			return st.pressIn(who, workspace.Place{View: v.ID}, v.Blocks, text)
		})
	}
	return fmt.Errorf("no such line")
}

// threadOf is the thread of the newest message in channel that a person wrote.
func (st *stage) threadOf(who, channel string) string {
	ts := st.written(who, channel)
	for _, m := range st.slack.Messages(channel, who) {
		if m.TS == ts && m.ThreadTS != "" {
			return m.ThreadTS
		}
	}
	return ts
}

// written is the newest message in channel that a person wrote.
func (st *stage) written(who, channel string) string {
	all := st.slack.Messages(channel, who)
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].User != botUser && all[i].BotID == "" {
			return all[i].TS
		}
	}
	return ""
}
