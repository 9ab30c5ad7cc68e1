package workspace

import "encoding/json"

// This file is the page protocol: the JSON objects, one a WebSocket frame, that
// the server and the page (folder page) exchange over /page/socket?user=U….
// The server owns the truth; the page only draws and asks. Unknown types are
// ignored on both sides. Added to the agreed text, which is otherwise unchanged:
// Message.Reactions, File.Page, PageHello.Faults, PageError.Code and Key, the
// frame "prompts", "history" with before, View's ids, and an image_url (a path of this server) beside
// every slack_file in blocks. Message metadata is not sent to pages.

// ChannelKind says what sort of conversation a Channel is.
type ChannelKind string

// The four kinds of conversation that Slack knows.
const (
	KindChannel ChannelKind = "channel" // public
	KindPrivate ChannelKind = "private" // private channel
	KindIM      ChannelKind = "im"      // direct message of two
	KindMPIM    ChannelKind = "mpim"    // direct message of several
)

// User is a person or bot as pages and Config know it.
type User struct {
	ID                string `json:"id"`
	Name              string `json:"name"` // handle without @
	RealName          string `json:"real_name"`
	Email             string `json:"email,omitempty"`
	TZ                string `json:"tz"`        // IANA name, "Europe/Amsterdam" when empty
	TZOffset          int    `json:"tz_offset"` // seconds east of UTC, filled in by the server
	Locale            string `json:"locale"`    // "nl-NL" when empty
	IsBot             bool   `json:"is_bot"`
	IsAdmin           bool   `json:"is_admin"`
	IsOwner           bool   `json:"is_owner,omitempty"`
	IsRestricted      bool   `json:"is_restricted"`       // guest of several channels (or one)
	IsUltraRestricted bool   `json:"is_ultra_restricted"` // guest of one channel
	IsStranger        bool   `json:"is_stranger"`         // from another team
	Deleted           bool   `json:"deleted"`             // deactivated
	TeamID            string `json:"team_id"`             // Config.Team.ID when empty
	Color             string `json:"color"`               // six hex digits
	Title             string `json:"title"`
	// RefusesDM is the error with which Slack answers a message of the bot to this
	// person, who closed their messages with it: cannot_dm_bot, restricted_action,
	// messages_tab_disabled. Empty: they take them.
	RefusesDM string `json:"refuses_dm,omitempty"`
}

// Channel is a conversation. Unread and With depend on who looks.
type Channel struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"` // without #; empty for an im
	Kind        ChannelKind `json:"kind"`
	IsExtShared bool        `json:"is_ext_shared"`
	IsArchived  bool        `json:"is_archived"`
	Members     []string    `json:"members"`
	Unread      int         `json:"unread"`
	With        string      `json:"with,omitempty"` // the other user of an im
	Topic       string      `json:"topic"`
}

// Reaction is an emoji name with the users that gave it.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// Message is one message as a viewer sees it. Blocks and Attachments are
// Slack's JSON arrays, kept as they came (with block_id and action_id filled in).
type Message struct {
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts,omitempty"`
	User        string          `json:"user"`
	BotID       string          `json:"bot_id,omitempty"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	Attachments json.RawMessage `json:"attachments,omitempty"`
	Files       []File          `json:"files,omitempty"`
	EditedMS    int64           `json:"edited_ms,omitempty"` // Unix milliseconds, 0 when never
	Ephemeral   bool            `json:"ephemeral,omitempty"`
	ReplyCount  int             `json:"reply_count,omitempty"`
	ReplyUsers  []string        `json:"reply_users,omitempty"`
	LatestReply string          `json:"latest_reply,omitempty"`
	Permalink   string          `json:"permalink,omitempty"`
	Subtype     string          `json:"subtype,omitempty"`
	Reactions   []Reaction      `json:"reactions,omitempty"`
}

// File describes an uploaded file. URLPrivate wants the bot's token; Page is the
// path at which pages of this server load the file without one.
type File struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Title      string `json:"title"`
	Mimetype   string `json:"mimetype"` // empty until processed
	Filetype   string `json:"filetype"`
	Size       int64  `json:"size"` // bytes
	User       string `json:"user"`
	Created    int64  `json:"created"` // Unix seconds
	URLPrivate string `json:"url_private"`
	Permalink  string `json:"permalink"`
	Page       string `json:"page,omitempty"` // /files/… path for <img src> and downloads in the page
	AltTxt     string `json:"alt_txt,omitempty"`
}

// View is a modal or Home tab in Slack's own shape.
type View struct {
	ID              string          `json:"id"`
	TeamID          string          `json:"team_id"`
	Type            string          `json:"type"` // "modal" or "home"
	Title           json.RawMessage `json:"title,omitempty"`
	Submit          json.RawMessage `json:"submit,omitempty"`
	Close           json.RawMessage `json:"close,omitempty"`
	Blocks          json.RawMessage `json:"blocks"`
	PrivateMetadata string          `json:"private_metadata"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	State           json.RawMessage `json:"state,omitempty"` // {"values":{…}} as last reported
	Hash            string          `json:"hash"`
	ClearOnClose    bool            `json:"clear_on_close"`
	NotifyOnClose   bool            `json:"notify_on_close"`
	SubmitDisabled  bool            `json:"submit_disabled"`
	RootViewID      string          `json:"root_view_id"`
	PreviousViewID  *string         `json:"previous_view_id"`
	AppID           string          `json:"app_id"`
	BotID           string          `json:"bot_id"`
}

// Faults is what goes wrong on purpose. Probabilities are in [0,1].
type Faults struct {
	RateLimited float64  `json:"rate_limited"`      // HTTP 429 with Retry-After
	ServerError float64  `json:"server_error"`      // HTTP 5xx before any effect
	DropAnswer  float64  `json:"drop_answer"`       // effect happens, the connection closes without an answer
	Duplicate   float64  `json:"duplicate"`         // an envelope is delivered twice
	Disconnect  bool     `json:"disconnect"`        // drop all socket connections once, now
	RetryAfter  int      `json:"retry_after"`       // seconds; 1 when 0
	SignIn      float64  `json:"sign_in"`           // a file's address gives the sign-in page, as to a wrong token
	SlowMS      int      `json:"slow_ms"`           // milliseconds before a file's address answers
	LateMS      int      `json:"late_ms"`           // milliseconds before an acknowledgement shows, so that what the app sends next overtakes it
	Methods     []string `json:"methods,omitempty"` // only these Web API methods, and "files-pri" for files' addresses; all when empty
}

// Command is a slash command for the page's completion.
type Command struct {
	Name        string `json:"name"` // with the slash
	Description string `json:"description"`
	UsageHint   string `json:"usage_hint"`
}

// ShortcutEntry is a shortcut for the page's menus.
type ShortcutEntry struct {
	Name       string `json:"name"`
	Type       string `json:"type"` // "global" or "message"
	CallbackID string `json:"callback_id"`
}

// TeamEntry names the workspace.
type TeamEntry struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// AppEntry names the app under test.
type AppEntry struct {
	User string `json:"user"` // its bot user
	Name string `json:"name"`
	Home bool   `json:"home"` // whether the manifest enables the Home tab
	// Talks says whether the manifest declares the app as an agent.
	Talks bool `json:"talks"`
}

// PageHello is the first frame a page gets. Type is "hello".
type PageHello struct {
	Type      string          `json:"type"`
	Me        string          `json:"me"`
	Team      TeamEntry       `json:"team"`
	NowMS     int64           `json:"now_ms"`
	Users     []User          `json:"users"`
	Channels  []Channel       `json:"channels"`
	Commands  []Command       `json:"commands"`
	Shortcuts []ShortcutEntry `json:"shortcuts"`
	App       AppEntry        `json:"app"`
	Faults    Faults          `json:"faults"`
}

// PageHistory answers "open" (the newest messages), "history" (the ones right
// before Before) and "thread" (all of it; ThreadTS is set). Type is "history".
type PageHistory struct {
	Type     string    `json:"type"`
	Channel  string    `json:"channel"`
	ThreadTS string    `json:"thread_ts"`
	Before   string    `json:"before,omitempty"` // as asked with "history"
	Messages []Message `json:"messages"`         // oldest first, at most 200 outside threads
	More     bool      `json:"more"`             // older ones exist
}

// PageMessage is "message" or "message_changed".
type PageMessage struct {
	Type    string  `json:"type"`
	Channel string  `json:"channel"`
	Message Message `json:"message"`
}

// PageDeleted is "message_deleted".
type PageDeleted struct {
	Type    string `json:"type"`
	Channel string `json:"channel"`
	TS      string `json:"ts"`
}

// PageModals is "modals": the viewer's whole stack, bottom first, after every change.
type PageModals struct {
	Type  string `json:"type"`
	Stack []View `json:"stack"`
}

// PageViewErrors is "view_errors": messages by block_id.
type PageViewErrors struct {
	Type   string            `json:"type"`
	View   string            `json:"view"`
	Errors map[string]string `json:"errors"`
}

// PageHome is "home"; View is nil while nothing was published.
type PageHome struct {
	Type string `json:"type"`
	View *View  `json:"view"`
}

// PageOptions is "options": the answer to an external select's query.
type PageOptions struct {
	Type         string          `json:"type"`
	Request      int64           `json:"request"`
	Options      json.RawMessage `json:"options,omitempty"`
	OptionGroups json.RawMessage `json:"option_groups,omitempty"`
}

// PageUsers is "users".
type PageUsers struct {
	Type  string `json:"type"`
	Users []User `json:"users"`
}

// PageChannels is "channels".
type PageChannels struct {
	Type     string    `json:"type"`
	Channels []Channel `json:"channels"`
}

// PageClock is "clock".
type PageClock struct {
	Type  string `json:"type"`
	NowMS int64  `json:"now_ms"`
}

// PageStatus is "status": what the app says of its work on a thread. While that is
// "processing" it can be stopped.
type PageStatus struct {
	Type     string `json:"type"`
	Channel  string `json:"channel"`
	ThreadTS string `json:"thread_ts"`
	Status   string `json:"status"`
}

// PagePrompts is "prompts" (added): what the app suggests to ask in its conversation.
type PagePrompts struct {
	Type    string          `json:"type"`
	Channel string          `json:"channel"`
	Title   string          `json:"title"`
	Prompts json.RawMessage `json:"prompts"` // [{"title","message"}]
	asked   []string        // the messages of Prompts
}

// PageTalk is "talk": the talk that somebody on this page began, to be opened.
type PageTalk struct {
	Type     string `json:"type"`
	Channel  string `json:"channel"`
	ThreadTS string `json:"thread_ts"`
}

// PageWorking is "working": an interaction waits for the app's acknowledgement.
type PageWorking struct {
	Type string `json:"type"`
	Key  string `json:"key"`
	On   bool   `json:"on"`
}

// PageError is "error": a line from Slackbot only this viewer sees. Code is
// Slack's word for it (operation_timeout, dispatch_failed, …); Key is the key
// of the interaction that failed, if it had one.
type PageError struct {
	Type string `json:"type"`
	Text string `json:"text"`
	Code string `json:"code,omitempty"`
	Key  string `json:"key,omitempty"`
}

// PageFaults is "faults".
type PageFaults struct {
	Type   string `json:"type"`
	Faults Faults `json:"faults"`
}

// PageRequest is any frame from the page; Type says which fields count:
//
//	open{channel,tab} history{channel,before} thread{channel,thread_ts}
//	send{channel,text,thread_ts}
//	command{channel,command,text,key} action{key,channel,ts,view,action,state}
//	options{request,channel,ts,view,block_id,action_id,value}
//	submit{view,state,key} close{view,is_cleared}
//	shortcut{callback_id,channel,ts,key} home{} dm{user} stop{channel,thread_ts}
//	jump{by_ms or to_ms} faults{faults}
type PageRequest struct {
	Type       string          `json:"type"`
	Key        string          `json:"key"`
	Channel    string          `json:"channel"`
	Tab        string          `json:"tab"`
	TS         string          `json:"ts"`
	ThreadTS   string          `json:"thread_ts"`
	Before     string          `json:"before"` // ts; messages older than it
	View       string          `json:"view"`
	Text       string          `json:"text"`
	Command    string          `json:"command"`
	Action     json.RawMessage `json:"action"`
	State      json.RawMessage `json:"state"`
	Request    int64           `json:"request"`
	BlockID    string          `json:"block_id"`
	ActionID   string          `json:"action_id"`
	Value      string          `json:"value"`
	IsCleared  bool            `json:"is_cleared"`
	CallbackID string          `json:"callback_id"`
	User       string          `json:"user"`
	ByMS       int64           `json:"by_ms"`
	ToMS       int64           `json:"to_ms"`
	Faults     *Faults         `json:"faults"`
}
