package workspace

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
)

// channelObject is Slack's conversation object as the bot sees it.
func (s *Server) channelObject(c *conversation) object {
	o := object{"id": c.ID, "created": c.Created, "is_archived": c.IsArchived, "is_im": c.Kind == KindIM,
		"is_mpim": c.Kind == KindMPIM, "is_channel": c.Kind == KindChannel, "is_group": c.Kind == KindPrivate,
		"is_private": c.Kind != KindChannel, "is_ext_shared": c.IsExtShared, "is_shared": c.IsExtShared,
		"is_org_shared": false, "is_pending_ext_shared": false, "context_team_id": s.cfg.Team.ID}
	if c.Kind == KindIM {
		o["user"] = c.other(s.cfg.BotUser)
		o["is_user_deleted"] = s.st.users[c.other(s.cfg.BotUser)] != nil && s.st.users[c.other(s.cfg.BotUser)].Deleted
		return o
	}
	o["name"], o["name_normalized"], o["is_general"] = c.Name, c.Name, false
	o["is_member"], o["creator"] = c.has(s.cfg.BotUser), ""
	o["topic"] = object{"value": c.Topic, "creator": "", "last_set": 0}
	o["purpose"] = object{"value": "", "creator": "", "last_set": 0}
	return o
}

// openIM finds or makes the direct message between a person and the bot.
func (s *Server) openIM(u *User) (*conversation, error) {
	switch {
	case u.Deleted:
		return nil, refuse("user_disabled")
	case u.IsBot:
		return nil, refuse("cannot_dm_bot")
	}
	if c := s.st.im(u.ID, s.cfg.BotUser); c != nil {
		return c, nil
	}
	return s.makeChannel(KindIM, []string{u.ID, s.cfg.BotUser}), nil
}

func (s *Server) makeChannel(kind ChannelKind, members []string) *conversation {
	prefix := "D"
	name := ""
	if kind == KindMPIM {
		prefix = "G"
		name = "mpdm-" + strings.ToLower(strings.Join(members, "--")) + "-1"
	}
	c := &conversation{Channel: Channel{ID: newID(prefix), Name: name, Kind: kind, Members: members},
		Created: s.now().Unix(), Read: map[string]string{}}
	s.st.channels[c.ID] = c
	for p := range s.pages {
		if c.has(p.user) {
			p.offer(PageChannels{Type: "channels", Channels: s.pageChannels(p.user)})
		}
	}
	s.touch()
	return c
}

func conversationsOpen(s *Server, a args) (object, error) {
	existed := true
	var c *conversation
	if id := a.text("channel"); id != "" {
		c = s.st.channels[id]
		if c == nil || !c.has(s.cfg.BotUser) || c.Kind != KindIM && c.Kind != KindMPIM {
			return nil, refuse("channel_not_found")
		}
	} else {
		users := slices.DeleteFunc(strings.Split(a.text("users"), ","), func(id string) bool { return strings.TrimSpace(id) == "" })
		if len(users) == 0 {
			return nil, refuse("users_list_not_supplied")
		}
		if len(users) > 8 {
			return nil, refuse("too_many_users")
		}
		members := []string{}
		for _, id := range users {
			u := s.st.users[strings.TrimSpace(id)]
			if u == nil {
				return nil, refuse("user_not_found")
			}
			members = append(members, u.ID)
		}
		if len(members) == 1 {
			if !s.may("im:write") {
				return nil, s.missingScope("im:write")
			}
			existed = s.st.im(members[0], s.cfg.BotUser) != nil
			var err error
			if c, err = s.openIM(s.st.users[members[0]]); err != nil {
				return nil, err
			}
		} else {
			if !s.may("mpim:write") {
				return nil, s.missingScope("mpim:write")
			}
			c, existed = s.openMPIM(append(members, s.cfg.BotUser))
		}
	}
	out := object{"channel": object{"id": c.ID}, "no_op": existed, "already_open": existed}
	if a.yes("return_im") {
		out["channel"] = s.channelObject(c)
	}
	return out, nil
}

func (s *Server) openMPIM(members []string) (c *conversation, existed bool) {
	slices.Sort(members)
	members = slices.Compact(members)
	for _, c := range s.st.channels {
		if c.Kind == KindMPIM && slices.Equal(c.Members, members) {
			return c, true
		}
	}
	return s.makeChannel(KindMPIM, members), false
}

// kindScope is the scope, after its prefix, that reading a kind needs.
var kindScope = map[ChannelKind]string{KindChannel: "channels", KindPrivate: "groups", KindIM: "im", KindMPIM: "mpim"}

// readable finds a conversation the bot may read with a scope such as "read" or "history".
func (s *Server) readable(id, what string) (*conversation, error) {
	c := s.st.channels[id]
	if c == nil || c.Kind != KindChannel && !c.has(s.cfg.BotUser) {
		return nil, refuse("channel_not_found")
	}
	if scope := kindScope[c.Kind] + ":" + what; !s.may(scope) {
		return nil, s.missingScope(scope)
	}
	return c, nil
}

func conversationsInfo(s *Server, a args) (object, error) {
	c, err := s.readable(a.text("channel"), "read")
	if err != nil {
		return nil, err
	}
	o := s.channelObject(c)
	if a.yes("include_num_members") {
		o["num_members"] = len(c.Members)
	}
	return object{"channel": o}, nil
}

// listed are the conversations of the wanted types that keep is true for.
func (s *Server) listed(a args, keep func(*conversation) bool) (object, error) {
	types := strings.Split(a.text("types"), ",")
	if a.text("types") == "" {
		types = []string{"public_channel"}
	}
	kinds := map[ChannelKind]bool{}
	for _, t := range types {
		kind, ok := map[string]ChannelKind{"public_channel": KindChannel, "private_channel": KindPrivate,
			"im": KindIM, "mpim": KindMPIM}[strings.TrimSpace(t)]
		if !ok {
			return nil, refuse("invalid_types")
		}
		if scope := kindScope[kind] + ":read"; !s.may(scope) {
			return nil, s.missingScope(scope)
		}
		kinds[kind] = true
	}
	all := []object{}
	for _, c := range s.st.sortedChannels() {
		if kinds[c.Kind] && keep(c) && !(a.yes("exclude_archived") && c.IsArchived) {
			all = append(all, s.channelObject(c))
		}
	}
	return paged(a, "channels", all)
}

func conversationsList(s *Server, a args) (object, error) {
	return s.listed(a, func(c *conversation) bool { return c.Kind == KindChannel || c.has(s.cfg.BotUser) })
}

func usersConversations(s *Server, a args) (object, error) {
	user := a.text("user")
	setText(&user, s.cfg.BotUser)
	if s.st.users[user] == nil {
		return nil, refuse("user_not_found")
	}
	return s.listed(a, func(c *conversation) bool {
		return c.has(user) && (c.Kind == KindChannel || c.has(s.cfg.BotUser))
	})
}

func conversationsMembers(s *Server, a args) (object, error) {
	c, err := s.readable(a.text("channel"), "read")
	if err != nil {
		return nil, err
	}
	return paged(a, "members", c.Members)
}

func conversationsJoin(s *Server, a args) (object, error) {
	c := s.st.channels[a.text("channel")]
	switch {
	case c == nil || c.Kind == KindPrivate && !c.has(s.cfg.BotUser):
		return nil, refuse("channel_not_found")
	case c.Kind != KindChannel:
		return nil, refuse("method_not_supported_for_channel_type")
	case c.IsArchived:
		return nil, refuse("is_archived")
	}
	s.join(c, s.cfg.BotUser)
	return object{"channel": s.channelObject(c)}, nil
}

// paged cuts a list at limit (100 by default, at most 1,000) from the cursor on.
func paged[T any](a args, key string, all []T) (object, error) {
	limit := a.whole("limit", 100)
	if limit < 1 || limit > 1000 {
		return nil, refuse("invalid_limit")
	}
	from, err := readCursor(a.text("cursor"))
	if err != nil || from > len(all) {
		return nil, refuse("invalid_cursor")
	}
	to := min(from+limit, len(all))
	next := ""
	if to < len(all) {
		next = base64.StdEncoding.EncodeToString([]byte("from:" + strconv.Itoa(to)))
	}
	page := all[from:to]
	if page == nil {
		page = []T{}
	}
	return object{key: page, "response_metadata": object{"next_cursor": next}}, nil
}

func readCursor(cursor string) (int, error) {
	if cursor == "" {
		return 0, nil
	}
	raw, err := base64.StdEncoding.DecodeString(cursor)
	if err != nil {
		return 0, refuse("invalid_cursor")
	}
	n, err := strconv.Atoi(strings.TrimPrefix(string(raw), "from:"))
	if err != nil || n < 0 {
		return 0, refuse("invalid_cursor")
	}
	return n, nil
}
