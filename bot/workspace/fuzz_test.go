package workspace

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzBlocks: whatever is sent, the validator neither panics nor accepts what
// can not be sent on, and accepted blocks are accepted again.
func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{`[]`, `[{"type":"divider"}]`, "[" + accessory(`{"type":"button","text":`+pt+`}`) + "]",
		"[" + table2(times(2, cells(2))) + "]", "[" + chart(`{"type":"pie","segments":[{"label":"a","value":1}]}`) + "]",
		"[" + inputOf(`{"type":"external_select","min_query_length":1}`) + "]", `[{"type":"rich_text","elements":[{}]}]`, `[[[`, `{"a":1e999}`} {
		f.Add(seed, uint8(0))
	}
	f.Fuzz(func(t *testing.T, raw string, where uint8) {
		s := &Server{st: newState()}
		at := everywhere[int(where)%len(everywhere)]
		got := s.validateBlocks(at, []byte(raw))
		if len(got.errors) > 0 {
			return
		}
		if !json.Valid(got.blocks) {
			t.Fatalf("accepted blocks are no JSON: %q", got.blocks)
		}
		if again := s.validateBlocks(at, got.blocks); len(again.errors) > 0 {
			t.Fatalf("refused at second sight: %v", again.errors)
		}
		encode(currentState(got.blocks, nil))
		encode(json.RawMessage(s.withFileURLs(got.blocks)))
	})
}

// FuzzArguments: no body of any content type makes a method panic or answer
// without "ok".
func FuzzArguments(f *testing.F) {
	cfg := testConfig()
	cfg.BotToken = "xoxb-f"
	ws, err := New(cfg)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = ws.Close() })
	f.Add("chat.postMessage", "application/json", `{"channel":"C1","text":"x","metadata":{"event_type":"a","event_payload":{}}}`)
	f.Add("chat.postMessage", "application/x-www-form-urlencoded", `channel=C1&blocks=[{"type":"divider"}]&metadata={`)
	f.Add("views.publish", "application/json", `{"user_id":"U1","view":{"type":"home","blocks":[]}}`)
	f.Add("files.completeUploadExternal", "application/json", `{"files":[{"id":"F1"}]}`)
	f.Add("conversations.history", "multipart/form-data; boundary=x", "--x\r\n\r\n")
	f.Add("agents.sessions.setStatus", "application/json", `{"channel_id":"C1","thread_ts":"1.1","status":"processing"}`)
	f.Add("assistant.threads.setSuggestedPrompts", "application/json", `{"channel_id":"C1","prompts":[{}]}`)
	f.Fuzz(func(t *testing.T, method, kind, body string) {
		if _, known := apiMethods[method]; !known {
			t.Skip("the drawn name is missing among the methods")
		}
		r := httptest.NewRequest(http.MethodPost, "/api/"+method, strings.NewReader(body))
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Authorization", "Bearer xoxb-f")
		w := httptest.NewRecorder()
		ws.Handler().ServeHTTP(w, r)
		var out struct {
			OK *bool `json:"ok"`
		}
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || out.OK == nil {
			t.Fatalf("%s answered %q: %v", method, w.Body.Bytes(), err)
		}
	})
}
