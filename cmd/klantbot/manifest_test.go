package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"klantbot/commands"
	"klantbot/commands/locale"
)

// shape is what Slack allows in one place of a manifest.
type shape struct {
	fields      map[string]shape // of an object: these and no others
	required    []string
	item        *shape // of a list
	least, most int    // characters of a text, items of a list
	unique      bool
	pattern     string
	oneOf       []string
	yesNo       bool
	major       bool // the whole number 1 or 2
}

func textOf(least, most int) shape { return shape{least: least, most: most} }

func listOf(item shape, least, most int) shape { return shape{item: &item, least: least, most: most} }

var (
	switchable = shape{yesNo: true}
	address    = shape{most: 3500, pattern: `^https?://`}
	events     = shape{item: &shape{most: 50}, most: 100, unique: true}
	scopes     = listOf(textOf(0, 50), 0, 255)
)

// slackManifest is Slack's published JSON schema for manifests (slackapi/manifest-schema,
// schemas/manifest.schema.1.0.0.json as of commit 19557f58), as far as an app
// of ours can come: what only hosted apps and the app directory have is not
// allowed here.
var slackManifest = shape{required: []string{"display_information"}, fields: map[string]shape{
	"_metadata": {fields: map[string]shape{"major_version": {major: true}}},
	"display_information": {required: []string{"name"}, fields: map[string]shape{
		"name": textOf(1, 35), "description": textOf(1, 140), "long_description": textOf(175, 4000),
		"background_color": {least: 4, most: 7, pattern: `^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$`},
	}},
	"features": {fields: map[string]shape{
		"app_home": {fields: map[string]shape{"home_tab_enabled": switchable, "messages_tab_enabled": switchable, "messages_tab_read_only_enabled": switchable}},
		"bot_user": {required: []string{"display_name"}, fields: map[string]shape{"display_name": textOf(1, 80), "always_online": switchable}},
		"shortcuts": listOf(shape{required: []string{"name", "type", "callback_id", "description"}, fields: map[string]shape{
			"name": textOf(1, 24), "type": {oneOf: []string{"message", "global"}}, "callback_id": textOf(1, 255), "description": textOf(1, 150),
		}}, 1, 10),
		"slash_commands": listOf(shape{required: []string{"command", "description"}, fields: map[string]shape{
			"command": {least: 2, most: 32, pattern: `^/`}, "url": {most: 3000, pattern: `^https?://`}, "description": textOf(1, 2000),
			"usage_hint": textOf(1, 1000), "should_escape": switchable,
		}}, 1, 50),
		"unfurl_domains": listOf(textOf(1, 255), 1, 5),
		"agent_view": {required: []string{"agent_description"}, fields: map[string]shape{"agent_description": textOf(1, 300),
			"suggested_prompts": listOf(shape{required: []string{"title", "message"}, fields: map[string]shape{"title": textOf(1, 4000), "message": textOf(1, 4000)}}, 0, 4)}},
	}},
	"oauth_config": {fields: map[string]shape{
		"redirect_urls": {item: &shape{most: 2500}, most: 1000, unique: true},
		"scopes":        {fields: map[string]shape{"bot": scopes, "user": scopes, "bot_optional": scopes, "user_optional": scopes}},
		"pkce_enabled":  switchable, "token_management_enabled": switchable,
	}},
	"settings": {fields: map[string]shape{
		"event_subscriptions": {fields: map[string]shape{"request_url": address, "bot_events": events, "user_events": events}},
		"incoming_webhooks":   {fields: map[string]shape{"incoming_webhooks_enabled": switchable}},
		"interactivity": {required: []string{"is_enabled"}, fields: map[string]shape{
			"is_enabled": switchable, "request_url": address, "message_menu_options_url": address}},
		"org_deploy_enabled": switchable, "socket_mode_enabled": switchable, "token_rotation_enabled": switchable, "is_hosted": switchable,
	}},
}}

// check returns what Slack would not take of v, place by place.
func (s shape) check(at string, v any) (wrong []string) {
	complain := func(format string, args ...any) { wrong = append(wrong, at+": "+fmt.Sprintf(format, args...)) }
	size := func(n int) {
		if n < s.least || s.most > 0 && n > s.most {
			complain("%d, not %d to %d", n, s.least, s.most)
		}
	}
	switch v := v.(type) {
	case map[string]any:
		if s.fields == nil {
			complain("an object")
		}
		for _, name := range s.required {
			if _, ok := v[name]; !ok {
				complain("%s is missing", name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if field, ok := s.fields[name]; ok {
				wrong = append(wrong, field.check(at+"/"+name, v[name])...)
			} else {
				complain("%s is not allowed", name)
			}
		}
	case []any:
		if s.item == nil {
			complain("a list")
			break
		}
		size(len(v))
		seen := map[string]bool{}
		for i, item := range v {
			wrong = append(wrong, s.item.check(fmt.Sprint(at, "/", i), item)...)
			if text, ok := item.(string); ok && s.unique && seen[text] {
				complain("%s stands there twice", text)
			} else if ok {
				seen[text] = true
			}
		}
	case string:
		if s.fields != nil || s.item != nil || s.yesNo || s.major {
			complain("a text")
		}
		size(utf8.RuneCountInString(v))
		if s.pattern != "" && !regexp.MustCompile(s.pattern).MatchString(v) {
			complain("%q is not %s", v, s.pattern)
		}
		if s.oneOf != nil && !slices.Contains(s.oneOf, v) {
			complain("%q is none of %v", v, s.oneOf)
		}
	case bool:
		if !s.yesNo {
			complain("yes or no")
		}
	case float64:
		if !s.major || v != 1 && v != 2 {
			complain("the number %v", v)
		}
	default:
		complain("%T", v)
	}
	return wrong
}

// TestManifestIsWhatSlackTakes holds both languages' manifests, and that of the
// local workspace, against Slack's own schema.
func TestManifestIsWhatSlackTakes(t *testing.T) {
	t.Parallel()
	local, err := localManifest()
	if err != nil {
		t.Fatal(err)
	}
	manifests := map[string][]byte{"local": local}
	for _, lang := range []locale.Lang{locale.Dutch, locale.English} {
		if manifests[string(lang)], err = json.Marshal(commands.New(commands.Needs{}).Manifest(lang)); err != nil {
			t.Fatal(err)
		}
		var web, errs bytes.Buffer
		if run(t.Context(), []string{"manifest", "--lang", string(lang), "--http", "https://klantbot.kantoor.nl/"}, &web, &errs) != done {
			t.Fatal(errs.String())
		}
		manifests["http "+string(lang)] = web.Bytes()
	}
	for name, raw := range manifests {
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		for _, wrong := range slackManifest.check(name, v) {
			t.Error(wrong)
		}
	}
}

// TestSlackManifestRefuses proves that the check above can fail.
func TestSlackManifestRefuses(t *testing.T) {
	t.Parallel()
	for change, want := range map[string]string{
		`{"display_information": {}}`:                                                                                                                                            "name is missing",
		`{"display_information": {"name": "` + strings.Repeat("é", 36) + `"}}`:                                                                                                   "36, not 1 to 35",
		`{"display_information": {"name": "K", "background_color": "blue"}}`:                                                                                                     "is not ^#",
		`{"display_information": {"name": "K"}, "feature": {}}`:                                                                                                                  "feature is not allowed",
		`{"display_information": {"name": "K"}, "features": {"slash_commands": []}}`:                                                                                             "0, not 1 to 50",
		`{"display_information": {"name": "K"}, "features": {"slash_commands": [{"command": "klant", "description": "d"}]}}`:                                                     "is not ^/",
		`{"display_information": {"name": "K"}, "features": {"slash_commands": [{"command": "/klant", "description": "d", "usage_hint": ""}]}}`:                                  "0, not 1 to 1000",
		`{"display_information": {"name": "K"}, "features": {"shortcuts": [{"name": "Leg een contactmoment vast", "type": "message", "callback_id": "c", "description": "d"}]}}`: "26, not 1 to 24",
		`{"display_information": {"name": "K"}, "features": {"shortcuts": [{"name": "K", "type": "menu", "callback_id": "c", "description": "d"}]}}`:                             "none of",
		`{"display_information": {"name": "K"}, "settings": {"event_subscriptions": {"bot_events": ["a", "a"]}}}`:                                                                "twice",
		`{"display_information": {"name": "K"}, "settings": {"interactivity": {}}}`:                                                                                              "is_enabled is missing",
		`{"display_information": {"name": "K"}, "settings": {"socket_mode_enabled": "yes"}}`:                                                                                     "a text",
	} {
		var v any
		if err := json.Unmarshal([]byte(change), &v); err != nil {
			t.Fatal(err)
		}
		if wrong := strings.Join(slackManifest.check("", v), "\n"); !strings.Contains(wrong, want) {
			t.Errorf("%s: %q, want %q", change, wrong, want)
		}
	}
}

// TestManifestOverHTTP: every way in has its address, and Socket Mode is off; an
// address that Slack would not take is refused.
func TestManifestOverHTTP(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	if run(t.Context(), []string{"manifest", "--http", "https://klantbot.kantoor.nl/slackbot"}, &out, &errs) != done {
		t.Fatal(errs.String())
	}
	var m commands.Manifest
	if err := json.Unmarshal(out.Bytes(), &m); err != nil {
		t.Fatal(err)
	}
	const base = "https://klantbot.kantoor.nl/slackbot/slack/"
	if m.Settings.SocketMode || m.Settings.Events.URL != base+"events" || m.Settings.Interactivity.URL != base+"interactivity" ||
		m.Settings.Interactivity.Options != base+"options" || !slices.Equal(m.OAuth.Redirects, []string{base + "oauth"}) {
		t.Errorf("%+v %+v", m.Settings, m.OAuth)
	}
	for _, c := range m.Features.Commands {
		if c.URL != base+"commands" {
			t.Errorf("%s goes to %q", c.Command, c.URL)
		}
	}
	for _, wrong := range []string{"http://klantbot.kantoor.nl", "klantbot.kantoor.nl", "https://", "https://u:p@k.nl", "https://k.nl/?a=b", "https://k.nl/#x", "ftp://k.nl", "https://k nl"} {
		out.Reset()
		if run(t.Context(), []string{"manifest", "--http", wrong}, &out, &errs) != failed || out.Len() > 0 {
			t.Errorf("%s was taken", wrong)
		}
	}
}
