package workspace

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// call posts to a method as a form or as JSON and returns the answer.
func (o *office) call(method, token, contentType, body string) (map[string]any, *http.Response) {
	o.t.Helper()
	req, err := http.NewRequest(http.MethodPost, o.url+"/api/"+method, strings.NewReader(body))
	if err != nil {
		o.t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		o.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, _ := io.ReadAll(resp.Body)
	var out map[string]any
	_ = json.Unmarshal(raw, &out) // 5xx answers are HTML
	return out, resp
}

func (o *office) form(method string, kv ...string) map[string]any {
	o.t.Helper()
	v := url.Values{}
	for i := 0; i < len(kv); i += 2 {
		v.Set(kv[i], kv[i+1])
	}
	out, _ := o.call(method, o.BotToken(), "application/x-www-form-urlencoded", v.Encode())
	return out
}

func TestAPIErrors(t *testing.T) {
	o := newOffice(t)
	ts, err := o.Say("U1", "C1", "van Anna", "")
	if err != nil {
		t.Fatal(err)
	}
	const dots = "...."
	for _, tc := range []struct {
		method string
		args   []string
		want   string
	}{
		{"bestaat.niet", nil, "unknown_method"},
		{"api.test", []string{"error", "kapot"}, "kapot"},
		{"chat.postMessage", []string{"channel", "C9", "text", "x"}, "channel_not_found"},
		{"chat.postMessage", []string{"channel", "C5", "text", "x"}, "channel_not_found"},
		{"chat.postMessage", []string{"channel", "C2", "text", "x"}, "not_in_channel"},
		{"chat.postMessage", []string{"channel", "C3", "text", "x"}, "is_archived"},
		{"chat.postMessage", []string{"channel", "C1"}, "no_text"},
		{"chat.postMessage", []string{"channel", "C1", "text", repeated(4001)}, "msg_too_long"},
		{"chat.postMessage", []string{"channel", "C1", "blocks", "{"}, "invalid_blocks"},
		{"chat.postMessage", []string{"channel", "C1", "blocks", `[{"type":"alert"}]`}, "invalid_blocks"},
		{"chat.postMessage", []string{"channel", "C1", "text", "x", "thread_ts", "1.000000"}, "invalid_thread_ts"},
		{"chat.postMessage", []string{"channel", "C1", "text", "x", "metadata", "{"}, "invalid_metadata_format"},
		{"chat.postMessage", []string{"channel", "C1", "text", "x", "metadata", `{"event_type":"x"}`}, "invalid_metadata_schema"},
		{"chat.postMessage", []string{"channel", "U5", "text", "x"}, "user_disabled"},
		{"chat.postEphemeral", []string{"channel", "C4", "user", "U2", "text", "x"}, "user_not_in_channel"},
		{"chat.postEphemeral", []string{"channel", "C2", "user", "U1", "text", "x"}, "not_in_channel"},
		{"chat.update", []string{"channel", "C1", "ts", "1.000000", "text", "x"}, "message_not_found"},
		{"chat.update", []string{"channel", "C1", "ts", ts, "text", "x"}, "cant_update_message"},
		{"chat.delete", []string{"channel", "C1", "ts", ts}, "cant_delete_message"},
		{"chat.getPermalink", []string{"channel", "C1", "message_ts", "9.000000"}, "message_not_found"},
		{"conversations.open", nil, "users_list_not_supplied"},
		{"conversations.open", []string{"users", "U9"}, "user_not_found"},
		{"conversations.info", []string{"channel", "C5"}, "channel_not_found"},
		{"conversations.list", []string{"types", "alles"}, "invalid_types"},
		{"conversations.list", []string{"cursor", dots}, "invalid_cursor"},
		{"conversations.list", []string{"limit", "1001"}, "invalid_limit"},
		{"conversations.history", []string{"channel", "C2"}, "not_in_channel"},
		{"conversations.history", []string{"channel", "C1", "oldest", "gisteren"}, "invalid_ts_oldest"},
		{"conversations.replies", []string{"channel", "C1", "ts", "1.000000"}, "thread_not_found"},
		{"conversations.join", []string{"channel", "C5"}, "channel_not_found"},
		{"conversations.join", []string{"channel", "C3"}, "is_archived"},
		{"users.info", []string{"user", "U9"}, "user_not_found"},
		{"users.lookupByEmail", []string{"email", "oud@kantoor.nl"}, "users_not_found"},
		{"views.open", []string{"trigger_id", "1.2.3", "view", `{"type":"modal","title":` + pt + `,"blocks":[]}`}, "invalid_trigger_id"},
		{"views.open", nil, "invalid_arguments"},
		{"views.update", []string{"view_id", "V9", "view", "{}"}, "not_found"},
		{"views.publish", []string{"user_id", "U9", "view", "{}"}, "user_not_found"},
		{"files.info", []string{"file", "F9"}, "file_not_found"},
		{"files.completeUploadExternal", []string{"files", `[{"id":"F9"}]`}, "file_not_found"},
		{"reactions.add", []string{"channel", "C1", "timestamp", "1.000000", "name", "tada"}, "message_not_found"},
		{"bots.info", []string{"bot", "B9"}, "bot_not_found"},
	} {
		if got := o.form(tc.method, tc.args...); got["ok"] != false || got["error"] != tc.want {
			t.Errorf("%s %.60q: %v, want %s", tc.method, tc.args, got["error"], tc.want)
		}
	}
}

func TestTokensAndEncodings(t *testing.T) {
	o := newOffice(t)
	const form, js = "application/x-www-form-urlencoded", "application/json"
	for _, tc := range []struct{ name, method, token, kind, body, want string }{
		{"no token", "auth.test", "", form, "", "not_authed"},
		{"wrong token", "auth.test", "xoxb-1", form, "", "invalid_auth"},
		{"app token for the bot's method", "auth.test", o.AppToken(), form, "", "not_allowed_token_type"},
		{"bot token for the app's method", "apps.connections.open", o.BotToken(), form, "", "not_allowed_token_type"},
		{"token in the form", "auth.test", "", form, "token=" + o.BotToken(), ""},
		{"token in JSON does not count", "auth.test", "", js, `{"token":"` + o.BotToken() + `"}`, "not_authed"},
		{"JSON", "users.info", o.BotToken(), js, `{"user":"U1"}`, ""},
		{"JSON with charset", "users.info", o.BotToken(), js + "; charset=utf-8", `{"user":"U1"}`, ""},
		{"broken JSON", "users.info", o.BotToken(), js, `{`, "invalid_json"},
		{"XML", "users.info", o.BotToken(), "text/xml", `<a/>`, "invalid_post_type"},
		{"blocks as JSON", "chat.postMessage", o.BotToken(), js, `{"channel":"C1","blocks":[{"type":"divider"}]}`, ""},
		{"blocks as JSON in a string", "chat.postMessage", o.BotToken(), js, `{"channel":"C1","blocks":"[{\"type\":\"divider\"}]"}`, ""},
	} {
		got, _ := o.call(tc.method, tc.token, tc.kind, tc.body)
		if e, _ := got["error"].(string); e != tc.want || got["ok"] != (tc.want == "") {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

// TestScopes: without the scope in the manifest a method is refused and says what it needs.
func TestScopes(t *testing.T) {
	o := newOffice(t, func(c *Config) {
		c.Manifest = []byte(strings.Replace(testManifest, `"chat:write",`, "", 1))
	})
	_, _, err := o.api.PostMessage("C1", slack.MsgOptionText("x", false))
	if code(err) != "missing_scope" {
		t.Fatalf("error %v", err)
	}
	got, resp := o.call("chat.postMessage", o.BotToken(), "application/json", `{"channel":"C1","text":"x"}`)
	if got["needed"] != "chat:write" || !strings.Contains(got["provided"].(string), "commands") {
		t.Errorf("answer %v", got)
	}
	if resp.Header.Get("X-Accepted-OAuth-Scopes") != "chat:write" || resp.Header.Get("X-OAuth-Scopes") == "" {
		t.Errorf("headers %v", resp.Header)
	}
}

func TestChat(t *testing.T) {
	o := newOffice(t)
	meta := slack.SlackMetadata{EventType: "klantbot", EventPayload: map[string]any{"row": "7"}}
	channel, ts, err := o.api.PostMessage("U1", slack.MsgOptionText("Goedemorgen", false),
		slack.MsgOptionBlocks(buttonBlocks("a.b.v1", "Open")...), slack.MsgOptionMetadata(meta))
	if err != nil {
		t.Fatal(err)
	}
	im, _, existed, err := o.api.OpenConversation(&slack.OpenConversationParameters{Users: []string{"U1"}, ReturnIM: true})
	if err != nil || !existed || im.ID != channel || im.User != "U1" || !im.IsIM {
		t.Errorf("open %+v %v %v", im, existed, err)
	}
	h, err := o.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: true})
	if err != nil || len(h.Messages) != 1 {
		t.Fatal(h, err)
	}
	m := h.Messages[0]
	if m.Timestamp != ts || m.Metadata.EventType != "klantbot" || m.Metadata.EventPayload["row"] != "7" || len(m.Blocks.BlockSet) != 2 || m.BotID == "" {
		t.Errorf("message %+v", m)
	}
	h, err = o.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: channel})
	if err != nil || h.Messages[0].Metadata.EventType != "" {
		t.Errorf("metadata came unasked: %v", err)
	}
	// text alone keeps the blocks, an empty list removes them.
	if _, _, _, err = o.api.UpdateMessage(channel, ts, slack.MsgOptionText("Middag", false)); err != nil {
		t.Fatal(err)
	}
	if got := o.Messages(channel, "U1")[0]; got.Text != "Middag" || got.Blocks == nil || got.EditedMS == 0 {
		t.Errorf("after update %+v", got)
	}
	if got := o.form("chat.update", "channel", channel, "ts", ts, "text", "Avond", "blocks", "[]"); got["ok"] != true {
		t.Fatal(got)
	}
	if got := o.Messages(channel, "U1")[0]; got.Text != "Avond" || got.Blocks != nil {
		t.Errorf("blocks stayed: %+v", got)
	}
	link, err := o.api.GetPermalink(&slack.PermalinkParameters{Channel: channel, Ts: ts})
	if err != nil || !strings.Contains(link, strings.Replace(ts, ".", "", 1)) {
		t.Error(link, err)
	}
	if err := o.api.AddReaction("tada", slack.NewRefToMessage(channel, ts)); err != nil {
		t.Error(err)
	}
	if code(o.api.AddReaction("tada", slack.NewRefToMessage(channel, ts))) != "already_reacted" {
		t.Error("reacted twice")
	}
	if _, _, err = o.api.DeleteMessage(channel, ts); err != nil || len(o.Messages(channel, "U1")) != 0 {
		t.Error("not deleted", err)
	}
}

func TestThreadsAndPages(t *testing.T) {
	o := newOffice(t)
	root, err := o.Say("U1", "C1", "vraag", "")
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		if _, _, err := o.api.PostMessage("C1", slack.MsgOptionText("antwoord", false), slack.MsgOptionTS(root)); err != nil {
			t.Fatal(err)
		}
	}
	if m := o.Messages("C1", "U1")[0]; m.ReplyCount != 5 || len(m.ReplyUsers) != 1 {
		t.Errorf("root %+v", m)
	}
	var all []slack.Message
	for cursor := ""; ; {
		page, more, next, err := o.api.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: "C1", Timestamp: root, Limit: 4, Cursor: cursor})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if cursor = next; !more {
			break
		}
	}
	if len(all) != 6 || all[0].Timestamp != root || all[0].ReplyCount != 5 {
		t.Errorf("%d replies", len(all))
	}
	h, err := o.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C1"})
	if err != nil || len(h.Messages) != 1 {
		t.Errorf("history shows %d messages: %v", len(h.Messages), err)
	}
}

func TestUsersAndChannels(t *testing.T) {
	o := newOffice(t)
	users, err := o.api.GetUsers(slack.GetUsersOptionLimit(2))
	if err != nil || len(users) != 6 {
		t.Fatalf("%d users: %v", len(users), err)
	}
	u, err := o.api.GetUserInfoContext(t.Context(), "U2")
	if err != nil || u.TZ != "Europe/London" || u.Profile.Email != "bram@kantoor.nl" {
		t.Errorf("%+v %v", u, err)
	}
	if got := o.form("users.info", "user", "U2", "include_locale", "true"); got["user"].(map[string]any)["locale"] != "en-GB" {
		t.Error(got)
	}
	if s, _ := o.api.GetUserInfo("U4"); !s.IsStranger || s.TeamID == "T1" || s.Profile.Email != "" {
		t.Errorf("stranger %+v", s)
	}
	if g, _ := o.api.GetUserInfo("U3"); !g.IsRestricted {
		t.Errorf("guest %+v", g)
	}
	if u, err := o.api.GetUserByEmail("ANNA@kantoor.nl"); err != nil || u.ID != "U1" {
		t.Error(u, err)
	}
	list, _, err := o.api.GetConversations(&slack.GetConversationsParameters{Types: []string{"public_channel", "private_channel"}, ExcludeArchived: true})
	if err != nil || len(list) != 4 { // C1 C2 C4 C6
		t.Errorf("%d channels %v", len(list), err)
	}
	c, err := o.api.GetConversationInfo(&slack.GetConversationInfoInput{ChannelID: "C6", IncludeNumMembers: true})
	if err != nil || !c.IsExtShared || c.NumMembers != 3 {
		t.Errorf("%+v %v", c, err)
	}
	mine, _, err := o.api.GetConversationsForUser(&slack.GetConversationsForUserParameters{UserID: "U2"})
	if err != nil || len(mine) != 1 || mine[0].ID != "C1" {
		t.Errorf("%v %v", mine, err)
	}
	members, _, err := o.api.GetUsersInConversation(&slack.GetUsersInConversationParameters{ChannelID: "C1", Limit: 10})
	if err != nil || len(members) != 4 {
		t.Error(members, err)
	}
	if _, _, _, err := o.api.JoinConversation("C2"); err != nil {
		t.Error(err)
	}
	if _, _, err := o.api.PostMessage("C2", slack.MsgOptionText("x", false)); err != nil {
		t.Error("after joining:", err)
	}
	// Guests and strangers see only their own channels.
	for user, want := range map[string]int{"U1": 5, "U3": 1, "U4": 1} {
		if got := len(o.Channels(user)); got != want {
			t.Errorf("%s sees %d channels, want %d", user, got, want)
		}
	}
	if o.Messages("C2", "U3") != nil {
		t.Error("a guest reads a foreign channel")
	}
	if _, err := o.Say("U5", "C1", "x", ""); code(err) != "user_disabled" {
		t.Error("a deactivated user speaks:", err)
	}
}

// TestInvalidBlocksPointsAtTheField through the real client.
func TestInvalidBlocksPointsAtTheField(t *testing.T) {
	o := newOffice(t)
	_, _, err := o.api.PostMessage("C1", slack.MsgOptionBlocks(slack.NewSectionBlock(text(repeated(3001)), nil, nil)))
	r, ok := err.(slack.SlackErrorResponse)
	if !ok || r.Err != "invalid_blocks" || len(r.ResponseMetadata.Messages) != 1 ||
		r.ResponseMetadata.Messages[0] != "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]" {
		t.Errorf("%T %+v", err, err)
	}
}

// TestNewBlocks: what slack-go writes for the newest blocks is taken and comes back.
func TestNewBlocks(t *testing.T) {
	o := newOffice(t)
	table := slack.NewDataTableBlock("Omzet").
		AddRow(slack.NewDataTableRawTextCell("Jaar"), slack.NewDataTableRawTextCell("Omzet")).
		AddRow(slack.NewDataTableRawTextCell("2025"), slack.NewDataTableRawNumberCell(1200))
	chart := slack.NewDataVisualizationBlock("Omzet", slack.NewDataVisualizationBarChart(
		slack.NewDataVisualizationAxisConfig("2024", "2025"), slack.NewDataVisualizationDataSeries("Omzet",
			slack.NewDataVisualizationDataPoint("2024", 1), slack.NewDataVisualizationDataPoint("2025", 2))))
	box := slack.NewContainerBlock(slack.NewDividerBlock()).WithTitle(text("Kader"))
	if _, _, err := o.api.PostMessage("C1", slack.MsgOptionText("t", false), slack.MsgOptionBlocks(table, chart, box)); err != nil {
		t.Fatal(err)
	}
	h, err := o.api.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C1"})
	if err != nil || len(h.Messages[0].Blocks.BlockSet) != 3 {
		t.Fatal(err)
	}
	if _, ok := h.Messages[0].Blocks.BlockSet[1].(*slack.DataVisualizationBlock); !ok {
		t.Errorf("%T", h.Messages[0].Blocks.BlockSet[1])
	}
}

func TestRateLimits(t *testing.T) {
	now := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	clock := now
	o := newOffice(t, func(c *Config) { c.RateLimits = true; c.Now = func() time.Time { return clock } })
	limited := 0
	for range 7 {
		if _, _, err := o.api.PostMessage("C1", slack.MsgOptionText("x", false)); err != nil {
			r, ok := err.(*slack.RateLimitedError)
			if !ok || r.RetryAfter != time.Second {
				t.Fatalf("%T %v", err, err)
			}
			limited++
		}
	}
	if limited != 2 {
		t.Errorf("%d of 7 limited, want 2 after a burst of 5", limited)
	}
	if _, _, err := o.api.PostMessage("C4", slack.MsgOptionText("x", false)); err != nil {
		t.Error("another channel is limited too:", err)
	}
	o.mu.Lock()
	clock = now.Add(time.Second)
	o.mu.Unlock()
	if _, _, err := o.api.PostMessage("C1", slack.MsgOptionText("x", false)); err != nil {
		t.Error("a second later:", err)
	}
}

// TestAgent: what Slack shows of a talk with the app is what the app said last; the
// button that stops it is there while the app works, and what can be asked belongs to
// the conversation.
func TestAgent(t *testing.T) {
	o := newOffice(t)
	dm, err := o.OpenTalk("U1", "C1")
	if err != nil {
		t.Fatal(err)
	}
	ts, _ := o.Say("U1", dm, "hallo", "")
	p := o.page("U1")
	set := func(ts, status string) error {
		_, err := o.api.SetAgentSessionStatus(slack.AgentSessionSetStatusParameters{ChannelID: dm, ThreadTS: ts, Status: status, InitiatorUserID: "U1"})
		return err
	}
	rename := func(title string) error {
		_, err := o.api.RenameAgentSession(slack.AgentSessionRenameParameters{ChannelID: dm, ThreadTS: ts, Title: title})
		return err
	}
	refused := func(err error, code string) {
		t.Helper()
		if err == nil || !strings.HasSuffix(err.Error(), code) {
			t.Errorf("%v; want %s", err, code)
		}
	}
	refused(rename("Omzet"), "session_not_found")
	refused(set("1.1", "active"), "invalid_thread_ts")
	refused(set(ts, "schrijft"), "invalid_arguments")
	refused(o.StopTalk("U1", dm, ts), "not_processing")
	if err := set(ts, "processing"); err != nil {
		t.Fatal(err)
	}
	if f := p.next("status"); f["status"] != "processing" || f["thread_ts"] != ts {
		t.Errorf("frame %v", f)
	}
	refused(o.StopTalk("U2", dm, ts), "channel_not_found")
	if err := o.StopTalk("U1", dm, ts); err != nil {
		t.Fatal(err)
	}
	refused(rename(strings.Repeat("x", 201)), "invalid_arguments")
	if err := rename("Omzet"); err != nil {
		t.Fatal(err)
	}
	if status, title := o.Session(dm, ts); status != "processing" || title != "Omzet" {
		t.Errorf("%s, %q: stopping changes nothing by itself", status, title)
	}
	offer := slack.AssistantThreadsSetSuggestedPromptsParameters{ChannelID: dm, ThreadTS: ts, Prompts: []slack.AssistantThreadsPrompt{{Title: "a", Message: "b"}}}
	for _, offer.ThreadTS = range []string{ts, ""} {
		if err := o.api.SetAssistantThreadsSuggestedPrompts(offer); err != nil {
			t.Fatal(err)
		}
		if shown := len(o.Offered(dm)) > 0; shown != (offer.ThreadTS == "") {
			t.Errorf("in thread %q: shown is %v", offer.ThreadTS, shown)
		}
	}
	p.next("prompts")
	o.cfg.FreePlan = true
	refused(set(ts, "active"), "not_allowed")
}
