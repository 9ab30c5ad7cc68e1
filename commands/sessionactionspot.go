package commands

import (
	"net/url"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/view"
)

// actionSpot is what a button or window about actions is about. It travels in
// button values and private_metadata: ids only, and none of it is trusted.
type actionSpot struct {
	scope   string           // which list: one of view.ActionScopes
	session session.ID       // of the list, or of the action
	group   analysis.GroupID // of the list
	action  session.ActionID // 0: the list as a whole
	base    int              // how many changes action had when the button was drawn
	offset  int              // of the page
	home    bool             // the window was opened from the Home tab
	letter  bool             // the button stands in a message, so there is no list behind it
}

// String writes s for a button.
func (s actionSpot) String() string {
	v := url.Values{"w": {s.scope}}
	put := func(key string, n int64) {
		if n != 0 {
			v.Set(key, strconv.FormatInt(n, 10))
		}
	}
	put("s", int64(s.session))
	put("g", int64(s.group))
	put("a", int64(s.action))
	put("b", int64(s.base))
	put("o", int64(s.offset))
	if s.home {
		put("h", 1)
	}
	if s.letter {
		put("l", 1)
	}
	return v.Encode()
}

// actionSpotOf reads a button's value. What is not there or not possible is left
// out; a list that is none is the asker's own.
func actionSpotOf(value string) actionSpot {
	v, err := url.ParseQuery(value)
	if err != nil {
		v = url.Values{}
	}
	number := func(key string) int64 {
		n, err := strconv.ParseInt(v.Get(key), 10, 64)
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	small := func(key string) int { return int(min(number(key), 1<<30)) }
	s := actionSpot{scope: view.ActionsMine, session: session.ID(number("s")), group: analysis.GroupID(number("g")), action: session.ActionID(small("a")),
		base: small("b"), offset: small("o"), home: v.Get("h") == "1", letter: v.Get("l") == "1"}
	if scope := v.Get("w"); slices.Contains(view.ActionScopes, scope) {
		s.scope = scope
	}
	return s
}
