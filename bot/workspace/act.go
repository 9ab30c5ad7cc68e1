package workspace

import (
	"encoding/json"
	"errors"
	"slices"
)

// The methods here act as a person without a page. Those that reach the app
// return when it acknowledged, with nil, a *Failure or FieldErrors.

// Place is where an element stands: in a message or in a view.
type Place struct {
	Channel, TS string
	View        string
}

// On is a message; with ts "" the newest message the user sees in the channel
// that has the wanted element.
func On(channel, ts string) Place { return Place{Channel: channel, TS: ts} }

// In is an open modal or Home; with id "" the user's topmost modal or, without
// one, the Home tab.
func In(view string) Place { return Place{View: view} }

// await runs start with the lock and waits for its outcome.
func (s *Server) await(start func(done func(error))) error {
	outcome := make(chan error, 1)
	s.mu.Lock()
	start(func(err error) { outcome <- err })
	s.mu.Unlock()
	return <-outcome
}

// Command types a slash command. text is escaped as the manifest says.
func (s *Server) Command(user, channel, command, text string) error {
	return s.await(func(done func(error)) { s.command(user, channel, command, text, "", done) })
}

// Press presses a button, named by action_id, block_id, "block/action" or label.
func (s *Server) Press(user string, at Place, name string) error {
	return s.await(func(done func(error)) { s.actByName(user, at, name, nil, done) })
}

// Pressing is a press that is made at the same moment as others.
type Pressing struct {
	User string
	At   Place
	Name string // as of Press
}

// PressTogether makes all presses before the app hears of any: each is of what stood
// there for everybody.
func (s *Server) PressTogether(all ...Pressing) error {
	outcomes := make(chan error, len(all))
	s.mu.Lock()
	for _, p := range all {
		s.actByName(p.User, p.At, p.Name, nil, func(err error) { outcomes <- err })
	}
	s.mu.Unlock()
	var failed []error
	for range all {
		failed = append(failed, <-outcomes)
	}
	return errors.Join(failed...)
}

// Choose picks options (by label, value, id, date or time) of a select, overflow,
// radio, checkbox or picker element, or types a text in a dispatching input.
func (s *Server) Choose(user string, at Place, name string, choices ...string) error {
	if choices == nil {
		choices = []string{}
	}
	return s.await(func(done func(error)) { s.actByName(user, at, name, choices, done) })
}

// Options is what an app offers for an external select.
type Options struct {
	Options []Option `json:"options"`
	Groups  []struct {
		Label   TextObject `json:"label"`
		Options []Option   `json:"options"`
	} `json:"option_groups"`
}

// Option is one choice.
type Option struct {
	Text        TextObject  `json:"text"`
	Value       string      `json:"value"`
	Description *TextObject `json:"description,omitempty"`
}

// TextObject is Slack's text object.
type TextObject struct {
	Type string `json:"type"`
	Text string `json:"text"`
}

// Suggest types in an external select and returns what the app offers.
func (s *Server) Suggest(user string, at Place, name, typed string) (Options, error) {
	var raw json.RawMessage
	err := s.await(func(done func(error)) {
		surf, e, err := s.find(user, at, name)
		if err != nil {
			done(err)
			return
		}
		s.suggest(user, surf, e, typed, "", func(answer json.RawMessage, err error) {
			raw = answer
			done(err)
		})
	})
	var out Options
	if err == nil && len(raw) > 0 {
		err = json.Unmarshal(raw, &out)
	}
	return out, err
}

// Submit fills in a modal and submits it. values name inputs by label, block_id
// or action_id; each is a string or []string as in Choose. Inputs not named keep
// what they have. view "" is the user's topmost modal.
func (s *Server) Submit(user, view string, values map[string]any) error {
	return s.await(func(done func(error)) {
		v := s.modal(user, view)
		if v == nil {
			done(&Failure{Code: "view_not_found"})
			return
		}
		if err := s.fillIn(user, v, values); err != nil {
			done(err)
			return
		}
		s.submit(user, v, "", done)
	})
}

// CloseView closes a modal: its own close button, or with all the cross that
// closes the whole stack.
func (s *Server) CloseView(user, view string, all bool) error {
	return s.await(func(done func(error)) {
		v := s.modal(user, view)
		if v == nil {
			done(&Failure{Code: "view_not_found"})
			return
		}
		s.closeView(user, v, all, done)
	})
}

// Shortcut starts a global shortcut, or a message shortcut when at names a message.
func (s *Server) Shortcut(user, callbackID string, at Place) error {
	return s.await(func(done func(error)) { s.shortcut(user, callbackID, at, "", done) })
}

// Say posts a person's message and returns its ts. Mentions are written <@U1>.
func (s *Server) Say(user, channel, text, threadTS string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.say(user, channel, text, threadTS)
}

// Mention says "<@bot> text".
func (s *Server) Mention(user, channel, text, threadTS string) (string, error) {
	return s.Say(user, channel, "<@"+s.cfg.BotUser+"> "+text, threadTS)
}

// DM opens (making it if needed) the direct message between a user and the bot
// and returns its channel id.
func (s *Server) DM(user string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.st.users[user]
	if u == nil {
		return "", &Failure{Code: "user_not_found"}
	}
	c, err := s.openIM(u)
	if err != nil {
		return "", err
	}
	return c.ID, nil
}

// OpenHome opens the Home tab of the app (app_home_opened).
func (s *Server) OpenHome(user string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.openHome(user, "home", "")
}

// Upload shares a file in a channel and returns its id; with channel "" it is
// only stored, to be picked in a file_input.
func (s *Server) Upload(user, channel, name string, content []byte) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, err := s.upload(user, channel, "", name, content)
	if err != nil {
		return "", err
	}
	return f.ID, nil
}

// React adds a reaction as a person.
func (s *Server) React(user, channel, ts, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.st.channels[channel]
	if c == nil || !s.st.maySee(user, c) {
		return &Failure{Code: "channel_not_found"}
	}
	m := c.find(ts)
	if m == nil || m.Viewer != "" {
		return &Failure{Code: "message_not_found"}
	}
	m.react(name, user)
	s.tellMessage("message_changed", c, m)
	s.touch()
	return nil
}

// Messages are what viewer sees in a channel, oldest first, thread answers and
// the viewer's own ephemerals included; nil when the channel is not visible.
func (s *Server) Messages(channel, viewer string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.st.channels[channel]
	if c == nil || !s.st.maySee(viewer, c) {
		return nil
	}
	out := []Message{}
	for _, m := range c.messages {
		if s.sees(viewer, c, m) {
			out = append(out, s.pageMessage(c, m, viewer))
		}
	}
	return out
}

// Shown is how many messages [Server.Messages] has, without making them: who measures a
// bot beside this server must not take its processor.
func (s *Server) Shown(channel, viewer string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, n := s.st.channels[channel], 0
	if c == nil || !s.st.maySee(viewer, c) {
		return 0
	}
	for _, m := range c.messages {
		if s.sees(viewer, c, m) {
			n++
		}
	}
	return n
}

// Metadata is the metadata of a message as the app stored it, nil without.
func (s *Server) Metadata(channel, ts string) json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.st.channels[channel]; c != nil {
		if m := c.find(ts); m != nil {
			return slices.Clone(m.Metadata)
		}
	}
	return nil
}

// Modals is a user's stack of open modals, bottom first.
func (s *Server) Modals(user string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pageStack(user)
}

// Home is a user's published Home tab, nil before the app published one.
func (s *Server) Home(user string) *View {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.st.homes[user]; v != nil {
		return s.pageView(v)
	}
	return nil
}

// Channels are the conversations a user sees.
func (s *Server) Channels(user string) []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pageChannels(user)
}
