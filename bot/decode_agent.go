package bot

import (
	"encoding/json"
	"strings"

	"klantbot/analysis"
)

// opened makes a request of a DM with the bot that was opened, or beside which somebody
// looks at something else; what they look at is its value, where that is a channel. who
// did it where the event itself does not say so; where neither does it is nobody's.
func (in interaction) opened(who analysis.UserID) interaction {
	var p struct {
		User    analysis.UserID    `json:"user"`
		Channel analysis.ChannelID `json:"channel"`
		Context json.RawMessage    `json:"context"`
	}
	if json.Unmarshal(in.event, &p) != nil {
		return in
	}
	if p.User != "" {
		who = p.User
	}
	if who != "" {
		in.source, in.user, in.channel, in.value = fromAgent, who, p.Channel, beside(p.Context)
	}
	return in
}

// beside is the channel that somebody looks at, by what Slack says of it, the most
// relevant first; empty: none.
func beside(context json.RawMessage) string {
	var p struct {
		Entities []struct {
			Type  string          `json:"type"`
			Value json.RawMessage `json:"value"`
		} `json:"entities"`
	}
	if json.Unmarshal(context, &p) != nil {
		return ""
	}
	for _, e := range p.Entities {
		var channel string
		var message struct {
			Channel string `json:"channel_id"`
		}
		switch e.Type {
		case "slack#/types/channel_id":
			_ = json.Unmarshal(e.Value, &channel) // what is no text is no channel
		case "slack#/types/message_context":
			_ = json.Unmarshal(e.Value, &message)
			channel = message.Channel
		}
		if strings.HasPrefix(channel, "C") || strings.HasPrefix(channel, "G") {
			return channel
		}
	}
	return ""
}

// stopped makes a request of Slack's own button that stops the answer in a thread.
func (in interaction) stopped() interaction {
	var p struct {
		User    analysis.UserID    `json:"user"`
		Channel analysis.ChannelID `json:"channel"`
		Thread  string             `json:"thread_ts"`
	}
	if json.Unmarshal(in.event, &p) == nil && p.User != "" && p.Channel != "" && p.Thread != "" {
		in.source, in.user, in.channel, in.thread, in.root = fromStop, p.User, p.Channel, p.Thread, p.Thread
	}
	return in
}
