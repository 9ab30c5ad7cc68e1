package bot

import (
	"encoding/json"
	"regexp"
	"strings"

	"klantbot/analysis"
)

// said is an inner event, as far as it may be something that a person says.
type said struct {
	Type    string             `json:"type"`
	Subtype string             `json:"subtype"`
	User    analysis.UserID    `json:"user"`
	Bot     string             `json:"bot_id"`
	Text    string             `json:"text"`
	Channel analysis.ChannelID `json:"channel"`
	Kind    string             `json:"channel_type"`
	Thread  string             `json:"thread_ts"`
	TS      string             `json:"ts"`
	Tab     string             `json:"tab"` // of the app's conversation, that was opened
}

// UnmarshalJSON reads only what is a person's: in other events "user" and
// "channel" are objects.
func (s *said) UnmarshalJSON(raw []byte) error {
	var head struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return err
	}
	if head.Type != "message" && head.Type != "app_mention" && head.Type != "app_home_opened" {
		*s = said{Type: head.Type}
		return nil
	}
	type plain said
	return json.Unmarshal(raw, (*plain)(s))
}

// toUs reports whether a person said it to the bot: in their DM with it, or by
// mentioning it elsewhere. What bots say, edits and joins are not.
func (s said) toUs() bool {
	if s.Subtype != "" || s.Bot != "" || s.User == "" {
		return false
	}
	return s.Type == "message" && s.Kind == "im" || s.Type == "app_mention" && s.Kind != "im"
}

// mentions are the people named in a text, as Slack writes them.
var mentions = regexp.MustCompile(`<@[A-Z0-9]+(\|[^>]*)?>`)

// unescape undoes what Slack escapes in a command's text, so that "V&D" finds
// V&D.
func unescape(text string) string { return unescaper.Replace(text) }

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")
