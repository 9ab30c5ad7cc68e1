package slackapi

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"klantbot/bot"
)

// TestThread: a long thread is read a page at a time, up to what was asked, and what
// bots and Slack say has no user.
func TestThread(t *testing.T) {
	pages := func(total int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			from, _ := strconv.Atoi(r.FormValue("cursor"))
			limit, _ := strconv.Atoi(r.FormValue("limit"))
			var messages []string
			for i := from; i < min(from+limit, total); i++ {
				extra := []string{"", `,"subtype":"channel_join"`, `,"bot_id":"B1"`}[i%3]
				messages = append(messages, fmt.Sprintf(`{"type":"message","user":"U%d","text":"t%d","ts":"17000%05d.000001"%s}`, i, i, i, extra))
			}
			next := ""
			if from+limit < total {
				next = strconv.Itoa(from + limit)
			}
			says(fmt.Sprintf(`{"ok":true,"messages":[%s],"has_more":%t,"response_metadata":{"next_cursor":%q}}`, strings.Join(messages, ","), next != "", next))(w, r)
		}
	}
	for _, c := range []struct {
		total, want int
		more        bool
		calls       int64
	}{{1, 1, false, 1}, {200, 200, false, 1}, {1000, 1000, false, 5}, {1050, 1000, true, 5}} {
		s, api := newServer(t, pages(c.total))
		said, more, err := api.Thread(t.Context(), "C1", "1700000000.000001", 1000)
		if err != nil || len(said) != c.want || more != c.more || s.calls.Load() != c.calls {
			t.Errorf("%d messages: %d, more %v, %d calls, %v", c.total, len(said), more, s.calls.Load(), err)
			continue
		}
		if said[0].User != "U0" || said[0].Text != "t0" || c.total > 2 && (said[1].User != "" || said[2].User != "" || said[3].User != "U3") {
			t.Errorf("%d messages: %+v", c.total, said[0])
		}
	}
	_, api := newServer(t, says(`{"ok":false,"error":"thread_not_found"}`))
	var refusal *bot.Refusal
	if _, _, err := api.Thread(t.Context(), "C1", "1.2", 1000); !errors.As(err, &refusal) || refusal.Code != "thread_not_found" {
		t.Errorf("a thread that is gone: %v", err)
	}
}
