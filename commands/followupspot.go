package commands

import (
	"net/url"
	"slices"
	"strconv"

	"klantbot/analysis"
	"klantbot/storage"
)

// followSpot is what a button or window about a follow-up is about. It travels in
// button values and private_metadata: ids only, and none of it is trusted.
type followSpot struct {
	kind     storage.FollowUpKind
	response analysis.ResponseID // 0: the list as a whole
	version  int                 // of the follow-up, as it was seen; 0: nobody had it
	offset   int                 // of the page of the list
	home     bool                // it was opened from the Home tab
}

// followKinds are the lists, in the order in which they are offered.
var followKinds = []storage.FollowUpKind{storage.Ambassador, storage.Winback, storage.Lead}

// String writes s for a button.
func (s followSpot) String() string {
	v := url.Values{"k": {string(s.kind)}}
	put := func(key string, n int64) {
		if n != 0 {
			v.Set(key, strconv.FormatInt(n, 10))
		}
	}
	put("r", int64(s.response))
	put("v", int64(s.version))
	put("o", int64(s.offset))
	if s.home {
		put("h", 1)
	}
	return v.Encode()
}

// followSpotOf reads a button's value. What is not there or not possible is left
// out; a list that is none is that of the ambassadors.
func followSpotOf(value string) followSpot {
	v, err := url.ParseQuery(value)
	if err != nil {
		v = url.Values{}
	}
	number := func(key string) int64 {
		n, err := strconv.ParseInt(v.Get(key), 10, 64)
		return max(0, map[bool]int64{err == nil: n}[true])
	}
	s := followSpot{kind: storage.Ambassador, response: analysis.ResponseID(number("r")), version: int(min(number("v"), 1<<30)),
		offset: int(min(number("o"), 1<<30)), home: v.Get("h") == "1"}
	if kind := storage.FollowUpKind(v.Get("k")); slices.Contains(followKinds, kind) {
		s.kind = kind
	}
	return s
}

// of is s for one row.
func (s followSpot) of(f followed) followSpot {
	s.response, s.version = f.answer.ID, f.now.Version
	return s
}
