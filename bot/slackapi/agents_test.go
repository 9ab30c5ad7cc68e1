package slackapi

import (
	"net/http"
	"strings"
	"testing"

	"klantbot/bot"
	"klantbot/commands/view"
)

// TestAgents: what is shown of a talk goes to the methods for agents, and what can be
// asked to no thread, in the DM that is looked up where it is not known.
func TestAgents(t *testing.T) {
	var calls []string
	_, api := newServer(t, func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		method, form := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:], r.PostForm
		form.Del("token")
		calls = append(calls, method+" "+form.Encode())
		says(`{"ok":true,"channel":{"id":"D1"}}`)(w, r)
	})
	at := bot.Talk{Channel: "D1", Thread: "1.2", User: "U1"}
	prompts := []view.Prompt{{Title: "a", Message: "b"}}
	for _, c := range []struct {
		want string
		do   func() error
	}{
		{"agents.sessions.setStatus channel_id=D1&initiator_user_id=U1&status=processing&thread_ts=1.2", func() error { return api.Status(t.Context(), at, bot.TalkProcessing) }},
		{"agents.sessions.rename channel_id=D1&thread_ts=1.2&title=Omzet", func() error { return api.Title(t.Context(), at, "Omzet") }},
		{"agents.sessions.rename channel_id=D1&thread_ts=1.2&title=" + strings.Repeat("x", 199) + "%E2%80%A6", func() error { return api.Title(t.Context(), at, strings.Repeat("x", 300)) }},
		{"assistant.threads.setSuggestedPrompts channel_id=D1&prompts=%5B%7B%22title%22%3A%22a%22%2C%22message%22%3A%22b%22%7D%5D&title=t", func() error { return api.Prompts(t.Context(), "D1", "U1", "t", prompts) }},
		{"assistant.threads.setSuggestedPrompts channel_id=D1&prompts=%5B%7B%22title%22%3A%22a%22%2C%22message%22%3A%22b%22%7D%5D&title=t", func() error { return api.Prompts(t.Context(), "", "U1", "t", prompts) }},
	} {
		if err := c.do(); err != nil {
			t.Errorf("%s: %v", c.want, err)
		}
		if got := calls[len(calls)-1]; got != c.want {
			t.Errorf("called %s\nwant   %s", got, c.want)
		}
	}
}
