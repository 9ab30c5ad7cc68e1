package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"klantbot/bot"
	"klantbot/commands"
	"klantbot/commands/locale"
)

// press is one thing that can be done, by anybody.
type deed struct {
	on      commands.On
	id      string // action_id, callback_id or slash command
	text    string // typed after a command, to the bot, or in a list
	value   string // of the button or the chosen option
	window  bool   // it stands in a window
	home    bool   // it stands on the Home tab
	private string // of that window
	fields  map[string]map[string]any
	file    string
	thread  string // ts of the message whose menu is used
	born    int    // the generation of the crawl in which it was found
}

// deskChannel is where what is no window is pressed.
const deskChannel = "C02KLANTEN"

// by is p as Slack sends it when user does it in channel.
func (p deed) by(user, channel string) (kind string, payload map[string]any) {
	team := map[string]any{"id": "T0KANTOOR", "domain": "kantoor"}
	who := map[string]any{"id": user, "team_id": "T0KANTOOR"}
	where := map[string]any{"id": channel}
	view := map[string]any{"id": "V1", "type": "modal", "callback_id": p.id, "private_metadata": p.private, "state": map[string]any{"values": p.fields}}
	said := map[string]any{"type": "message", "channel_type": "im", "user": user, "text": p.text, "channel": channel}
	body := map[string]any{"team": team, "user": who}
	switch p.on {
	case commands.Slash:
		return bot.KindCommand, map[string]any{"team_id": "T0KANTOOR", "user_id": user, "channel_id": channel, "command": p.id, "text": p.text, "response_url": "https://hooks.example/1"}
	case commands.HomeOpened:
		said = map[string]any{"type": "app_home_opened", "user": user, "tab": "home"}
		return bot.KindEvent, map[string]any{"team_id": "T0KANTOOR", "event": said}
	case commands.Mention:
		return bot.KindEvent, map[string]any{"team_id": "T0KANTOOR", "event": said}
	case commands.TalkOpened:
		said = map[string]any{"type": "app_home_opened", "user": user, "tab": "messages", "channel": channel, "context": map[string]any{}}
		return bot.KindEvent, map[string]any{"team_id": "T0KANTOOR", "event": said}
	case commands.TalkHalted:
		said = map[string]any{"type": "agent_session_stopped", "user": user, "channel": channel, "thread_ts": "1.1", "streaming_message_ts": []string{}}
		return bot.KindEvent, map[string]any{"team_id": "T0KANTOOR", "event": said}
	case commands.FileSent:
		said = map[string]any{"type": "file_shared", "user_id": user, "file_id": p.file, "channel_id": channel}
		return bot.KindEvent, map[string]any{"team_id": "T0KANTOOR", "event": said}
	case commands.Shortcut:
		body["type"], body["callback_id"] = "shortcut", p.id
		return bot.KindInteractive, body
	case commands.OnMessage:
		body["type"], body["callback_id"], body["channel"], body["response_url"] = "message_action", p.id, where, "https://hooks.example/1"
		body["message"] = map[string]any{"user": "U02", "ts": p.thread, "text": p.text}
		return bot.KindInteractive, body
	case commands.Submission:
		body["type"], body["view"] = "view_submission", view
		return bot.KindInteractive, body
	case commands.Suggestion:
		body["type"], body["action_id"], body["value"] = "block_suggestion", p.id, p.text
	default:
		body["type"], body["actions"] = "block_actions", []any{map[string]any{"type": "button", "action_id": p.id, "value": p.value}}
	}
	switch {
	case p.window:
		body["view"] = view
	case p.home:
		view["type"] = "home"
		body["view"] = view
	default:
		body["channel"], body["container"], body["response_url"] = where, map[string]any{"message_ts": "1.1"}, "https://hooks.example/1"
	}
	return bot.KindInteractive, body
}

var (
	digits = regexp.MustCompile(`\d+`)
	above0 = regexp.MustCompile(`[1-9]\d*`)
)

// shape names presses that differ in numbers only; none is another thing than some.
func (p deed) shape() string {
	return above0.ReplaceAllString(fmt.Sprint(p.on, " ", p.id, " ", p.value, " ", p.private, " ", p.window, p.home), "9")
}

// entry names what of the Registry p reaches, in the golden files.
func (p deed) entry(r *commands.Registry) string {
	switch p.on {
	case commands.Slash:
		e, _ := r.Slash(p.id)
		return string(p.on) + " " + e.Names[locale.Dutch]
	case commands.HomeOpened, commands.Mention, commands.FileSent, commands.TalkOpened, commands.TalkHalted:
		return string(p.on)
	}
	e, _, _ := r.Screen(p.on, p.id)
	return string(p.on) + " " + e.ID
}

// pressesOn are what a screen lets its reader do.
func pressesOn(s screen, choose func(list deed) string) []deed {
	r := &reader{screen: s, choose: choose, fields: map[string]map[string]any{}}
	var blocks any
	if json.Unmarshal(s.Blocks, &blocks) == nil {
		r.walk(blocks, "", false)
	}
	if s.modal && s.Callback != "" {
		r.found = append(r.found, deed{on: commands.Submission, id: s.Callback, window: true})
	}
	for i := range r.found {
		r.found[i].private, r.found[i].fields = s.Private, r.fields
	}
	return r.found
}

// reader collects what stands on one screen.
type reader struct {
	screen screen
	choose func(list deed) string // what is chosen in a list that is typed in
	fields map[string]map[string]any
	found  []deed
}

func (r *reader) walk(v any, block string, input bool) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			r.walk(e, block, input)
		}
	case map[string]any:
		if id, ok := v["block_id"].(string); ok {
			block = id
		}
		if v["type"] == "input" {
			input = true
			if v["dispatch_action"] == true {
				r.walk(v["element"], block, false)
			}
		}
		if id, ok := v["action_id"].(string); ok {
			r.element(v, block, id, input)
		}
		for _, part := range []string{"accessory", "elements", "element", "rows", "columns", "blocks", "child_blocks", "items"} {
			r.walk(v[part], block, input)
		}
	}
}

// element takes one button, list or field.
func (r *reader) element(v map[string]any, block, id string, input bool) {
	kind, _ := v["type"].(string)
	values := optionsOf(v)
	if kind == "button" {
		value, _ := v["value"].(string)
		values = []string{value}
	}
	if kind == "external_select" || kind == "multi_external_select" {
		list := deed{on: commands.Suggestion, id: id, window: r.screen.modal, home: r.screen.home, private: r.screen.Private}
		values = []string{r.choose(list)}
		list.text = "Jansen"
		r.found = append(r.found, list)
	}
	if input {
		r.fields[block] = map[string]any{id: map[string]any{"type": kind, "value": filled(v, kind, values)}}
		return
	}
	if len(values) == 0 {
		values = []string{filled(v, kind, nil)}
	}
	for _, value := range values {
		r.found = append(r.found, deed{on: commands.Action, id: id, value: value, window: r.screen.modal, home: r.screen.home})
	}
}

// optionsOf are the values that a list offers.
func optionsOf(v map[string]any) (values []string) {
	lists := []any{v["options"]}
	if v["type"] == "feedback_buttons" {
		lists = append(lists, []any{v["positive_button"], v["negative_button"]})
	}
	if groups, ok := v["option_groups"].([]any); ok {
		for _, g := range groups {
			lists = append(lists, g.(map[string]any)["options"])
		}
	}
	for _, list := range lists {
		options, _ := list.([]any)
		for _, o := range options {
			if value, ok := o.(map[string]any)["value"].(string); ok {
				values = append(values, value)
			}
		}
	}
	return values
}

// filled is what somebody in a hurry leaves in a field, or puts there.
func filled(v map[string]any, kind string, values []string) string {
	for name, initial := range v {
		if !strings.HasPrefix(name, "initial_") {
			continue
		}
		switch initial := initial.(type) {
		case string:
			return initial
		case map[string]any:
			return fmt.Sprint(initial["value"])
		}
	}
	switch {
	case len(values) > 0:
		return values[0]
	case kind == "datepicker":
		return "2026-12-01"
	case kind == "multi_users_select":
		return "U02\nU03\nU04"
	case strings.Contains(kind, "users"):
		return "U02"
	case strings.Contains(kind, "conversations"), strings.Contains(kind, "channels"):
		return deskChannel
	case kind == "number_input":
		return "3"
	}
	return "Een proef."
}
