package bot

import (
	"errors"
	"maps"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestDecode reads each kind of envelope as Slack documents it.
func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, kind, payload string
		want                interaction
	}{
		{"command", KindCommand, `{"team_id":"T1","user_id":"U1","channel_id":"C1","command":"/klant","text":"V&amp;D &lt;!channel&gt; &amp;lt;",
			"response_url":"https://x","trigger_id":"1.2"}`,
			interaction{source: fromCommand, key: "1.2", trigger: "1.2", team: "T1", user: "U1", channel: "C1", name: "/klant",
				text: "V&D <!channel> &lt;", url: "https://x"}},
		{"button in a message", KindInteractive, `{"type":"block_actions","team":{"id":"T1"},"user":{"id":"U1","team_id":"T9"},
			"channel":{"id":"C1"},"trigger_id":"1.2","response_url":"https://x","actions":[{"action_id":"a.b.v1","value":"7"}]}`,
			interaction{source: fromAction, key: "1.2", trigger: "1.2", team: "T1", user: "U1", channel: "C1", name: "a.b.v1",
				value: "7", url: "https://x"}},
		{"select in a modal", KindInteractive, `{"type":"block_actions","team":null,"user":{"id":"U1","team_id":"T9"},"trigger_id":"1.2",
			"view":{"id":"V1","type":"modal","private_metadata":"p"},"actions":[{"action_id":"a.b.v1","selected_option":{"value":"7"}}]}`,
			interaction{source: fromAction, key: "1.2", trigger: "1.2", team: "T9", user: "U1", name: "a.b.v1", value: "7", view: "V1", private: "p"}},
		{"button in Home", KindInteractive, `{"type":"block_actions","user":{"id":"U1"},"trigger_id":"1.2",
			"view":{"id":"V1","type":"home"},"actions":[{"action_id":"a.b.v1"}]}`,
			interaction{source: fromAction, key: "1.2", trigger: "1.2", user: "U1", name: "a.b.v1"}},
		{"submission", KindInteractive, `{"type":"view_submission","user":{"id":"U1"},"trigger_id":"1.2","view":{"id":"V1","type":"modal",
			"callback_id":"f.g.v1","state":{"values":{
			"text#3/5/0":{"x":{"type":"plain_text_input","value":"hoi"}},"empty":{"x":{"value":null}},
			"one":{"x":{"selected_option":{"value":"1"}}},"none":{"x":{"selected_option":null}},
			"many":{"x":{"selected_options":[{"value":"1"},{"value":"2"}]}},"users":{"x":{"selected_users":["U1","U2"]}},
			"day":{"x":{"selected_date":"2026-11-21"}},"moment":{"x":{"selected_date_time":1795296000}},
			"user":{"x":{"selected_user":"U1"}},"two":{"b":{"value":"B"},"a":{"value":""}},
			"rich":{"x":{"type":"rich_text_input","rich_text_value":{"type":"rich_text"}}}}}}}`,
			interaction{source: fromSubmission, key: "1.2", trigger: "1.2", user: "U1", name: "f.g.v1", view: "V1", fields: map[string]string{
				"text": "hoi", "empty": "", "one": "1", "none": "", "many": "1\n2", "users": "U1\nU2", "day": "2026-11-21",
				"moment": "1795296000", "user": "U1", "two": "B", "rich": ""}}},
		{"suggestion", KindInteractive, `{"type":"block_suggestion","user":{"id":"U1"},"action_id":"a.b.v1","value":"jan"}`,
			interaction{source: fromSuggestion, user: "U1", name: "a.b.v1", text: "jan"}},
		{"shortcut", KindInteractive, `{"type":"shortcut","user":{"id":"U1"},"trigger_id":"1.2","callback_id":"a.b.v1"}`,
			interaction{source: fromShortcut, key: "1.2", trigger: "1.2", user: "U1", name: "a.b.v1"}},
		{"closing", KindInteractive, `{"type":"view_closed","user":{"id":"U1"},"view":{"id":"V1","type":"modal"}}`,
			interaction{source: fromClosing, user: "U1", view: "V1"}},
		{"the DM opened", KindEvent, `{"team_id":"T1","event_id":"E1","event":{"type":"app_home_opened","user":"U1","channel":"D1","tab":"messages",
			"context":{"entities":[{"type":"slack#/types/canvas_id","value":"F1"},{"type":"slack#/types/channel_id","value":"D1"},{"type":"slack#/types/channel_id","value":"C1"}]}}}`,
			interaction{source: fromAgent, key: "E1", team: "T1", user: "U1", channel: "D1", name: "app_home_opened", value: "C1"}},
		{"the DM opened, beside nothing", KindEvent, `{"team_id":"T1","event_id":"E1","event":{"type":"app_home_opened","user":"U1","channel":"D1","tab":"messages"}}`,
			interaction{source: fromAgent, key: "E1", team: "T1", user: "U1", channel: "D1", name: "app_home_opened"}},
		{"looking elsewhere, who stands around it", KindEvent, `{"team_id":"T1","event_id":"E1","authorizations":[{"user_id":"UBOT","is_bot":true},{"user_id":"U1","is_bot":false}],
			"event":{"type":"app_context_changed","context":{"entities":[{"type":"slack#/types/message_context","value":{"channel_id":"C1","message_ts":"1.2"}}]}}}`,
			interaction{source: fromAgent, key: "E1", team: "T1", user: "U1", name: "app_context_changed", value: "C1"}},
		{"looking elsewhere, who stands in it", KindEvent, `{"team_id":"T1","event_id":"E1","authorizations":[{"user_id":"UBOT","is_bot":true}],
			"event":{"type":"app_context_changed","user":"U1","channel":"D1","context":{}}}`,
			interaction{source: fromAgent, key: "E1", team: "T1", user: "U1", channel: "D1", name: "app_context_changed"}},
		{"looking at what can not be read", KindEvent, `{"team_id":"T1","event_id":"E1","event":{"type":"app_context_changed","user":"U1","context":{"entities":[{"type":"slack#/types/channel_id","value":7},
			{"type":"slack#/types/message_context","value":"C9"},{"type":"slack#/types/list_id","value":"C8"},null]}}}`,
			interaction{source: fromAgent, key: "E1", team: "T1", user: "U1", name: "app_context_changed"}},
		{"nobody looks elsewhere", KindEvent, `{"team_id":"T1","event_id":"E1","authorizations":[{"user_id":"UBOT","is_bot":true}],"event":{"type":"app_context_changed","context":{}}}`,
			interaction{source: fromEvent, key: "E1", team: "T1", name: "app_context_changed"}},
		{"an answer stopped", KindEvent, `{"team_id":"T1","event_id":"E1","event":{"type":"agent_session_stopped","user":"U1","channel":"D1","thread_ts":"1.2","streaming_message_ts":[]}}`,
			interaction{source: fromStop, key: "E1", team: "T1", user: "U1", channel: "D1", name: "agent_session_stopped"}},
		{"an answer stopped nowhere", KindEvent, `{"team_id":"T1","event_id":"E1","event":{"type":"agent_session_stopped","user":"U1","channel":"D1","thread_ts":7}}`,
			interaction{source: fromEvent, key: "E1", team: "T1", name: "agent_session_stopped"}},
		{"event", KindEvent, `{"team_id":"T1","event_id":"E1","event":{"type":"user_change"}}`,
			interaction{source: fromEvent, key: "E1", team: "T1", name: "user_change"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := decode(c.kind, []byte(c.payload))
			if err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(got.fields, c.want.fields) {
				t.Errorf("fields %q, want %q", got.fields, c.want.fields)
			}
			if got.source == fromSubmission && (got.blocks["text"] != "text#3/5/0" || got.blocks["two"] != "two") {
				t.Errorf("blocks %q", got.blocks)
			}
			got.fields, c.want.fields, got.event, got.blocks = nil, nil, nil, nil
			if !got.equal(c.want) {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func (in interaction) equal(other interaction) bool {
	type plain struct{ a, b, c, d, e, f, g, h, i, j, k, l string }
	of := func(x interaction) plain {
		return plain{string(x.source), x.key, string(x.team), string(x.user), string(x.channel), x.name, x.text, x.value,
			x.private, x.view, x.url, x.trigger}
	}
	return of(in) == of(other)
}

// FuzzDecode: whatever comes over the wire is read or refused, without a panic
// and without quoting it.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{`{"trigger_id":"1","text":"<!channel> '; DROP TABLE client; --"}`, `{"type":"block_actions","actions":[{"value":{}}]}`,
		`{"type":"view_submission","view":{"state":{"values":{"a":{"b":null}}}},"trigger_id":"1"}`, `{"event_id":"E","event":{"type":"x"}}`,
		`{"event_id":"E","authorizations":[{"user_id":"U"}],"event":{"type":"app_context_changed","context":{"entities":[{"type":"slack#/types/channel_id","value":{}}]}}}`,
		`{"event_id":"E","event":{"type":"agent_session_stopped","user":"U","channel":"D","thread_ts":"1"}}`, `{"event_id":"E","event":{"type":"app_home_opened","tab":"messages","user":"U","context":[]}}`,
		`[]`, `null`, `"`, "\x00", `{"actions":` + strings.Repeat("[", 100)} {
		for i := range byte(4) {
			f.Add(i, []byte(s))
		}
	}
	kinds := []string{KindCommand, KindInteractive, KindEvent, "other"}
	f.Fuzz(func(t *testing.T, kind byte, payload []byte) {
		in, err := decode(kinds[kind%4], payload)
		if err != nil {
			if !errors.Is(err, errMalformed) || len(err.Error()) > 60 {
				t.Errorf("error %q", err)
			}
			return
		}
		if in.key == "" && in.source != fromSuggestion && in.source != fromClosing {
			t.Error("nothing to know it by")
		}
		if !utf8.ValidString(in.text) {
			t.Errorf("text %q", in.text)
		}
		again, err := decode(kinds[kind%4], payload)
		if err != nil || !again.equal(in) || !maps.Equal(again.fields, in.fields) {
			t.Error("read differently the second time")
		}
	})
}

// What a person says to the bot is a request; everything else said is not.
func TestDecodeSpeech(t *testing.T) {
	for _, c := range []struct {
		name, event string
		text        string
		toUs        bool
	}{
		{"a direct message", `{"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"Jansen &amp; Zn."}`, "Jansen & Zn.", true},
		{"a mention", `{"type":"app_mention","channel":"C1","user":"U1","text":"<@UBOT> Jansen","thread_ts":"1.2"}`, "Jansen", true},
		{"a mention in the middle", `{"type":"app_mention","channel":"C1","user":"U1","text":"zoek <@UBOT|klantbot> Jansen"}`, "zoek   Jansen", true},
		{"a channel message", `{"type":"message","channel_type":"channel","channel":"C1","user":"U1","text":"Jansen"}`, "", false},
		{"our own answer", `{"type":"message","channel_type":"im","channel":"D1","user":"UBOT","bot_id":"B1","text":"Jansen"}`, "", false},
		{"an edit", `{"type":"message","subtype":"message_changed","channel_type":"im","channel":"D1","user":"U1"}`, "", false},
		{"a mention in a DM comes as a message too", `{"type":"app_mention","channel_type":"im","channel":"D1","user":"U1","text":"<@UBOT> x"}`, "", false},
		{"a changed user", `{"type":"user_change","user":{"id":"U1"}}`, "", false},
	} {
		in, err := decode(KindEvent, []byte(`{"team_id":"T1","event_id":"Ev1","event":`+c.event+`}`))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if (in.source == fromMention) != c.toUs || in.text != c.text {
			t.Errorf("%s: %+v", c.name, in)
		}
	}
}
