package bot

import (
	"slices"
	"sync"
	"time"
)

// asksAgain is how long a part of the surface that Slack does not have here is left
// alone: an office may get another plan.
const asksAgain = time.Hour

// lacking is what Slack does not have here, and until when it is not asked for.
type lacking struct {
	mu     sync.Mutex
	until  map[string]time.Time
	logged map[string]bool
}

// is reports whether what is not to be asked for now.
func (l *lacking) is(what string, now time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return now.Before(l.until[what])
}

// note has what left alone, and reports whether that is to be logged: once for each
// reason.
func (l *lacking) note(what, code string, until time.Time) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.until == nil {
		l.until, l.logged = map[string]time.Time{}, map[string]bool{}
	}
	if !slices.Contains(ofOneTalk, code) {
		l.until[what] = until
	}
	first := !l.logged[what+code]
	l.logged[what+code] = true
	return first
}

// ofOneTalk are the refusals that say nothing of other talks.
var ofOneTalk = []string{"channel_not_found", "not_in_channel", "is_archived", "message_not_found", "thread_not_found",
	"invalid_thread_ts", "session_not_found", "user_not_found", "user_not_in_channel", "invalid_arguments"}

// without goes on without what Slack did not do: the answer comes all the same.
func (d *Dispatcher) without(what string, err error) {
	code := Code(err)
	if err == nil || code != "" && !d.lacking.note(what, code, d.cfg.Wall().Add(asksAgain)) {
		return
	}
	d.cfg.Log.Warn("slack did not show it beside the answer", "what", what, "error", err)
}
