package commands

import (
	"net/url"
	"strconv"
	"strings"

	"klantbot/analysis"
)

// touchSpot is what a button or window about a moment of contact is about. It
// travels in button values and private_metadata: ids only, and none of it is
// trusted.
type touchSpot struct {
	group   analysis.GroupID // 0: still to be chosen
	touch   analysis.TouchID // 0: a new one
	version int              // of touch, as it was seen
	kind    analysis.TouchKind
	// asked is what had asked for it, as attention.AskedKey writes it.
	asked  string
	source string // where it is logged, as Touch.Source says
	link   string // to the message it is made of
	offset int    // of the page of the timeline
	// client is whom it was with, and on whose card the window stands where source
	// says so; 0: the group. shareable is whether that card can be shared there.
	client    analysis.ClientID
	shareable bool
	// talked is the day of a talk that was logged just now; it does not travel.
	talked string
}

// The sources of a moment, as Touch.Source keeps them.
const (
	fromCard     = "card"
	fromDigest   = "digest"
	fromHome     = "home"
	fromShortcut = "shortcut"
	fromMention  = "mention"
)

// String writes s for a button.
func (s touchSpot) String() string {
	v := url.Values{}
	put := func(key, value string) {
		if value != "" && value != "0" {
			v.Set(key, value)
		}
	}
	put("g", strconv.FormatInt(int64(s.group), 10))
	put("t", strconv.FormatInt(int64(s.touch), 10))
	put("v", strconv.Itoa(s.version))
	put("k", string(s.kind))
	put("a", s.asked)
	put("s", s.source)
	put("l", s.link)
	put("o", strconv.Itoa(s.offset))
	put("c", strconv.FormatInt(int64(s.client), 10))
	if s.shareable {
		put("h", "1")
	}
	if len(v) == 0 {
		return "-" // Slack takes no empty value
	}
	return v.Encode()
}

// permalink is how Slack addresses a message.
var permalink = lazily(`^https://[a-z0-9-]+\.slack\.com/archives/[A-Z0-9]+/p[0-9]+$`)

// touchSpotOf reads a button's value. What is not there or not possible is left
// out: the window then asks for it.
func touchSpotOf(value string) touchSpot {
	v, err := url.ParseQuery(value)
	if err != nil {
		return touchSpot{}
	}
	number := func(key string) int64 {
		n, err := strconv.ParseInt(v.Get(key), 10, 64)
		if err != nil || n < 0 {
			return 0
		}
		return n
	}
	s := touchSpot{group: analysis.GroupID(number("g")), touch: analysis.TouchID(number("t")), version: int(min(number("v"), 1<<30)),
		offset: int(min(number("o"), 1<<30)), asked: cutRunes(v.Get("a"), 100), client: analysis.ClientID(number("c")), shareable: v.Get("h") == "1"}
	if kind := analysis.TouchKind(v.Get("k")); kind.Place() >= 0 {
		s.kind = kind
	}
	switch source := v.Get("s"); source {
	case fromCard, fromDigest, fromHome, fromShortcut, fromMention:
		s.source = source
	}
	if link := v.Get("l"); len(link) <= 300 && permalink().MatchString(link) {
		s.link = link
	}
	return s
}

// about is s for the timeline of its group: what was asked of one moment is
// gone.
func (s touchSpot) about() touchSpot {
	return touchSpot{group: s.group, source: s.source, offset: s.offset, client: s.client, shareable: s.shareable}
}

// of is s for one moment of the timeline.
func (s touchSpot) of(t analysis.Touch) touchSpot {
	at := s.about()
	at.touch, at.version = t.ID, t.Version
	return at
}

// cutRunes shortens s to at most n characters.
func cutRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// pressedIn is where something was pressed, by the place it stands in.
func pressedIn(place string) string {
	if strings.HasPrefix(place, "h/") {
		return fromHome
	}
	return fromDigest
}
