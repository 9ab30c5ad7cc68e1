package bot

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"klantbot/analysis"
	"klantbot/commands"
)

// source is what a person or Slack did.
type source string

const (
	fromCommand    source = "command"
	fromAction     source = "action"
	fromSubmission source = "submission"
	fromSuggestion source = "suggestion"
	fromShortcut   source = "shortcut"
	fromMessage    source = "message" // the menu of a message
	fromHome       source = "home"    // somebody looks at the Home tab
	fromClosing    source = "closing" // a modal was closed: nothing to answer
	fromMention    source = "mention" // somebody mentioned the bot, or wrote to it
	fromFile       source = "file"    // somebody sent the bot a file
	fromAgent      source = "agent"   // somebody opened their DM with the bot, or looks at something else beside it
	fromStop       source = "stop"    // somebody stopped the answer in a talk by Slack's own button
	fromEvent      source = "event"
)

// interaction is an envelope decoded. It is always decoded from the bytes in
// the inbox, so that a rerun after a crash takes the same road.
type interaction struct {
	source   source
	key      string // the same for every delivery of the same thing
	team     analysis.TeamID
	user     analysis.UserID
	channel  analysis.ChannelID
	name     string // the command with its slash, an action_id, a callback_id, or the inner event's type
	text     string // after the command, or a select's query
	value    string
	fields   map[string]string
	blocks   map[string]string // the block_id of each of fields
	private  string
	view     string // the modal in which it happened
	external string // the name that modal was opened with
	ts       string // of the message in which a button was pressed
	thread   string // ts of the thread in which it was said; empty: in none
	url      string // response_url
	trigger  string
	message  commands.Quoted // the message whose menu was used
	root     string          // ts of the thread that message, or what was said, stands in; its own where it began one
	domain   string          // of the workspace that message stands in; empty: not said
	event    json.RawMessage // the inner event
}

// errMalformed is all that is said of what can not be read: never its contents.
var errMalformed = errors.New("malformed envelope")

// decode reads an envelope. What is valid JSON but of no kind that is known
// comes back as errMalformed too: it is acknowledged and dropped.
func decode(kind string, payload []byte) (interaction, error) {
	var in interaction
	var err error
	switch kind {
	case KindCommand:
		in, err = decodeCommand(payload)
	case KindInteractive:
		in, err = decodeInteractive(payload)
	case KindEvent:
		in, err = decodeEvent(payload)
	default:
		return in, errMalformed
	}
	if err != nil {
		return in, err
	}
	if in.key == "" && in.source != fromSuggestion && in.source != fromClosing {
		return in, fmt.Errorf("%w: %s without a key", errMalformed, in.source)
	}
	return in, nil
}

func decodeCommand(payload []byte) (interaction, error) {
	var p struct {
		Team    analysis.TeamID    `json:"team_id"`
		User    analysis.UserID    `json:"user_id"`
		Channel analysis.ChannelID `json:"channel_id"`
		Command string             `json:"command"`
		Text    string             `json:"text"`
		URL     string             `json:"response_url"`
		Trigger string             `json:"trigger_id"`
	}
	if err := json.Unmarshal(payload, &p); err != nil {
		return interaction{}, errMalformed
	}
	return interaction{source: fromCommand, key: p.Trigger, team: p.Team, user: p.User, channel: p.Channel,
		name: p.Command, text: unescape(p.Text), url: p.URL, trigger: p.Trigger}, nil
}

// identified is the part {"id": ...} of teams, users and channels.
type identified struct {
	ID string `json:"id"`
}

// pressed is a block element with what was chosen in it.
type pressed struct {
	Type          string   `json:"type"`
	ActionID      string   `json:"action_id"`
	Value         any      `json:"value"` // a string; a file_input and others have no use here
	Selected      *option  `json:"selected_option"`
	SelectedMany  []option `json:"selected_options"`
	Date          string   `json:"selected_date"`
	Time          string   `json:"selected_time"`
	DateTime      int64    `json:"selected_date_time"`
	User          string   `json:"selected_user"`
	Users         []string `json:"selected_users"`
	Channel       string   `json:"selected_channel"`
	Channels      []string `json:"selected_channels"`
	Conversation  string   `json:"selected_conversation"`
	Conversations []string `json:"selected_conversations"`
}

type option struct {
	Value string `json:"value"`
}

// chosen is what was entered or chosen; several choices are joined by newlines.
func (p pressed) chosen() string {
	if v, ok := p.Value.(string); ok {
		return v
	}
	if p.Selected != nil {
		return p.Selected.Value
	}
	many := slices.Concat(p.Users, p.Channels, p.Conversations)
	for _, o := range p.SelectedMany {
		many = append(many, o.Value)
	}
	if len(many) > 0 {
		return strings.Join(many, "\n")
	}
	if p.DateTime != 0 {
		return fmt.Sprint(p.DateTime)
	}
	for _, s := range []string{p.Date, p.Time, p.User, p.Channel, p.Conversation} {
		if s != "" {
			return s
		}
	}
	return ""
}

type interactive struct {
	Type string `json:"type"`
	Team *struct {
		ID     string `json:"id"`
		Domain string `json:"domain"`
	} `json:"team"`
	User struct {
		ID   string `json:"id"`
		Team string `json:"team_id"`
	} `json:"user"`
	Channel  *identified `json:"channel"`
	Callback string      `json:"callback_id"`
	URL      string      `json:"response_url"`
	Trigger  string      `json:"trigger_id"`
	View     *struct {
		ID       string `json:"id"`
		External string `json:"external_id"`
		Type     string `json:"type"`
		Callback string `json:"callback_id"`
		Private  string `json:"private_metadata"`
		State    struct {
			Values map[string]map[string]pressed `json:"values"`
		} `json:"state"`
	} `json:"view"`
	Message *struct {
		User   analysis.UserID `json:"user"`
		TS     string          `json:"ts"`
		Thread string          `json:"thread_ts"`
		Text   string          `json:"text"`
	} `json:"message"` // also of a button that stands in one
	Container struct {
		TS string `json:"message_ts"`
	} `json:"container"` // also of a message that one person alone sees
	State struct {
		Values map[string]map[string]pressed `json:"values"`
	} `json:"state"` // of the inputs of a message in which a button was pressed
	Actions []pressed `json:"actions"`
	Action  string    `json:"action_id"` // of a suggestion, with value
	Value   string    `json:"value"`
}

func decodeInteractive(payload []byte) (interaction, error) {
	var p interactive
	if err := json.Unmarshal(payload, &p); err != nil {
		return interaction{}, errMalformed
	}
	in := interaction{key: p.Trigger, trigger: p.Trigger, user: analysis.UserID(p.User.ID), url: p.URL}
	in.team = analysis.TeamID(p.User.Team)
	if p.Team != nil {
		in.team = analysis.TeamID(p.Team.ID)
	}
	if p.Channel != nil {
		in.channel = analysis.ChannelID(p.Channel.ID)
	}
	if p.View != nil {
		in.private = p.View.Private
		if p.View.Type == "modal" {
			in.view, in.external = p.View.ID, p.View.External
		}
		in.fields, in.blocks = fieldsOf(p.View.State.Values)
	}
	switch p.Type {
	case "block_actions":
		if len(p.Actions) == 0 {
			return in, errMalformed
		}
		in.source, in.name, in.value, in.ts = fromAction, p.Actions[0].ActionID, p.Actions[0].chosen(), p.Container.TS
		if p.View == nil {
			in.fields, in.blocks = fieldsOf(p.State.Values)
		}
	case "view_submission":
		if p.View == nil {
			return in, errMalformed
		}
		in.source, in.name = fromSubmission, p.View.Callback
	case "view_closed":
		in.source = fromClosing
	case "block_suggestion":
		in.source, in.name, in.text = fromSuggestion, p.Action, p.Value
	case "shortcut":
		in.source, in.name = fromShortcut, p.Callback
	case "message_action":
		if p.Message == nil {
			return in, errMalformed
		}
		in.source, in.name = fromMessage, p.Callback
		in.message = commands.Quoted{Text: p.Message.Text, Author: p.Message.User, Link: p.link()}
		in.root = cmp.Or(p.Message.Thread, p.Message.TS)
		if p.Team != nil {
			in.domain = p.Team.Domain
		}
	default:
		return in, errMalformed
	}
	return in, nil
}

// link is the address of the message whose menu was used, as Slack makes them.
func (p interactive) link() string {
	if p.Team == nil || p.Team.Domain == "" || p.Channel == nil {
		return ""
	}
	return fmt.Sprintf("https://%s.slack.com/archives/%s/p%s", p.Team.Domain, p.Channel.ID, strings.ReplaceAll(p.Message.TS, ".", ""))
}

// fieldsOf takes the inputs of a modal, or a message, by block_id, less what stands in it after
// a #: Slack keeps what was filled in where a window shows the same block again,
// so a form about another subject names its blocks differently. blocks says what
// they are called. A block with more than one element has the first one, by
// action_id, that was filled in.
func fieldsOf(values map[string]map[string]pressed) (fields, blocks map[string]string) {
	if len(values) == 0 {
		return nil, nil
	}
	fields, blocks = make(map[string]string, len(values)), map[string]string{}
	for block, elements := range values {
		whole := block
		block, _, _ = strings.Cut(block, "#")
		blocks[block] = whole
		ids := make([]string, 0, len(elements))
		for id := range elements {
			ids = append(ids, id)
		}
		slices.Sort(ids)
		fields[block] = ""
		for _, id := range ids {
			if v := elements[id].chosen(); v != "" {
				fields[block] = v
				break
			}
		}
	}
	return fields, blocks
}
