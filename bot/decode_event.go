package bot

import (
	"cmp"
	"encoding/json"
	"strings"

	"klantbot/analysis"
)

func decodeEvent(payload []byte) (interaction, error) {
	var p struct {
		Team  analysis.TeamID `json:"team_id"`
		ID    string          `json:"event_id"`
		Event json.RawMessage `json:"event"`
		For   []struct {
			User analysis.UserID `json:"user_id"`
			Bot  bool            `json:"is_bot"`
		} `json:"authorizations"`
	}
	if err := json.Unmarshal(payload, &p); err != nil {
		return interaction{}, errMalformed
	}
	var inner said
	if err := json.Unmarshal(p.Event, &inner); err != nil || inner.Type == "" {
		return interaction{}, errMalformed
	}
	in := interaction{source: fromEvent, key: p.ID, team: p.Team, name: inner.Type, event: p.Event}
	if inner.toUs() {
		in.source, in.user, in.channel, in.thread = fromMention, inner.User, inner.Channel, inner.Thread
		in.root = cmp.Or(inner.Thread, inner.TS)
		in.text = unescape(strings.TrimSpace(mentions.ReplaceAllString(inner.Text, " ")))
		return in, nil
	}
	switch inner.Type {
	case "file_shared":
		return in.file(), nil
	case "app_home_opened":
		switch inner.Tab {
		case "home":
			in.source, in.user = fromHome, inner.User
		case "messages":
			return in.opened(inner.User), nil
		}
	case "app_context_changed":
		for _, who := range p.For {
			if !who.Bot {
				return in.opened(who.User), nil
			}
		}
		return in.opened(""), nil
	case "agent_session_stopped":
		return in.stopped(), nil
	}
	return in, nil
}

// file makes of a file that was shared a request about it, where that happened in
// a DM: elsewhere it is no business of the bot. What the event says of the file is
// only its id; the rest is asked when it is fetched.
func (in interaction) file() interaction {
	var p struct {
		File    string             `json:"file_id"`
		User    analysis.UserID    `json:"user_id"`
		Channel analysis.ChannelID `json:"channel_id"`
	}
	if json.Unmarshal(in.event, &p) == nil && strings.HasPrefix(string(p.Channel), "D") && p.File != "" {
		in.source, in.user, in.channel, in.value = fromFile, p.User, p.Channel, p.File
	}
	return in
}
