package workspace

import (
	"encoding/json"
	"slices"
	"sort"
	"time"
)

// state is everything the workspace remembers. Server.mu guards all of it.
type state struct {
	users    map[string]*User
	channels map[string]*conversation
	files    map[string]*file
	homes    map[string]*View   // published Home tabs by user
	modals   map[string][]*View // open modals by user, bottom first
	views    map[string]string  // view id -> user
	lastTS   int64              // microseconds of the newest ts given out
}

// conversation is a channel with its messages, oldest first.
type conversation struct {
	Channel
	Created  int64             `json:"created"`
	Read     map[string]string `json:"read"` // user -> ts up to which was read
	messages []*message
	threads  map[string][]*message // root ts -> its replies, oldest first
}

// message is what is stored; Message is what a viewer gets. Viewer is set for
// ephemerals, which only that user sees and which do not survive a restart.
type message struct {
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts,omitempty"`
	User        string          `json:"user"`
	BotID       string          `json:"bot_id,omitempty"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	Attachments json.RawMessage `json:"attachments,omitempty"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Files       []string        `json:"files,omitempty"`
	Edited      string          `json:"edited,omitempty"` // ts of the last change
	Subtype     string          `json:"subtype,omitempty"`
	Reactions   []Reaction      `json:"reactions,omitempty"`
	ClientID    string          `json:"client_msg_id,omitempty"`
	Viewer      string          `json:"-"`
	inputs      json.RawMessage // {"block":{"action":{…}}} as the page last reported
}

// top says that m stands in the conversation itself, not only in a thread.
func (m *message) top() bool { return m.ThreadTS == "" || m.ThreadTS == m.TS }

func newState() *state {
	return &state{
		users:    map[string]*User{},
		channels: map[string]*conversation{},
		files:    map[string]*file{},
		homes:    map[string]*View{},
		modals:   map[string][]*View{},
		views:    map[string]string{},
	}
}

// nextTS gives a ts that is later than every earlier one, even after a jump back.
func (st *state) nextTS(now time.Time) string {
	us := now.UnixMicro()
	if us <= st.lastTS {
		us = st.lastTS + 1
	}
	st.lastTS = us
	return formatTS(us)
}

func (c *conversation) find(ts string) *message {
	i := sort.Search(len(c.messages), func(i int) bool { return c.messages[i].TS >= ts })
	if i < len(c.messages) && c.messages[i].TS == ts {
		return c.messages[i]
	}
	return nil
}

// add appends a message, which is newer than all before it.
func (c *conversation) add(m *message) {
	c.messages = append(c.messages, m)
	if m.ThreadTS != "" && m.ThreadTS != m.TS {
		if c.threads == nil {
			c.threads = map[string][]*message{}
		}
		c.threads[m.ThreadTS] = append(c.threads[m.ThreadTS], m)
	}
}

func (c *conversation) remove(m *message) {
	gone := func(o *message) bool { return o == m }
	c.messages = slices.DeleteFunc(c.messages, gone)
	if list, ok := c.threads[m.ThreadTS]; ok {
		c.threads[m.ThreadTS] = slices.DeleteFunc(list, gone)
	}
}

func (c *conversation) has(user string) bool {
	for _, m := range c.Members {
		if m == user {
			return true
		}
	}
	return false
}

// replies are the messages of a thread that viewer sees, without its root; with
// viewer "" the public ones.
func (c *conversation) replies(root, viewer string) []*message {
	var out []*message
	for _, m := range c.threads[root] {
		if m.Viewer == "" || m.Viewer == viewer {
			out = append(out, m)
		}
	}
	return out
}

// other is the partner of user in a direct message.
func (c *conversation) other(user string) string {
	for _, m := range c.Members {
		if m != user {
			return m
		}
	}
	return user
}

// im finds the direct message of exactly these two.
func (st *state) im(a, b string) *conversation {
	for _, c := range st.channels {
		if c.Kind == KindIM && len(c.Members) == 2 && c.has(a) && c.has(b) {
			return c
		}
	}
	return nil
}

func (st *state) sortedChannels() []*conversation {
	out := make([]*conversation, 0, len(st.channels))
	for _, c := range st.channels {
		out = append(out, c)
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].Name != out[j].Name {
			return out[i].Name < out[j].Name
		}
		return out[i].ID < out[j].ID
	})
	return out
}

func (st *state) sortedUsers() []*User {
	out := make([]*User, 0, len(st.users))
	for _, u := range st.users {
		out = append(out, u)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

// maySee: members see their conversation; full members see every public channel.
func (st *state) maySee(user string, c *conversation) bool {
	if c.has(user) {
		return true
	}
	u := st.users[user]
	return u != nil && c.Kind == KindChannel && u.full()
}

// full says whether u is a full member of the workspace, not a guest, stranger or deactivated.
func (u *User) full() bool {
	return !u.IsRestricted && !u.IsUltraRestricted && !u.IsStranger && !u.Deleted
}
