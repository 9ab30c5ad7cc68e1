package workspace

func viewsOpen(s *Server, a args) (object, error) {
	v, err := s.readView(surfaceModal, a.json("view"))
	if err != nil {
		return nil, err
	}
	if err := s.checkExternalID(v.ExternalID, ""); err != nil {
		return nil, err
	}
	t, err := s.redeemTrigger(a.text("trigger_id"))
	if err != nil {
		return nil, err
	}
	if len(s.st.modals[t.user]) > 0 && t.view == "" {
		s.clearViews(t.user) // a new root modal takes the place of the old stack
	}
	if len(s.st.modals[t.user]) >= modalDepth {
		return nil, refuse("push_limit_reached")
	}
	s.finishView(v, nil)
	s.pushView(t.user, v)
	return object{"view": s.viewObject(v)}, nil
}

func viewsPush(s *Server, a args) (object, error) {
	v, err := s.readView(surfaceModal, a.json("view"))
	if err != nil {
		return nil, err
	}
	if err := s.checkExternalID(v.ExternalID, ""); err != nil {
		return nil, err
	}
	t, err := s.redeemTrigger(a.text("trigger_id"))
	if err != nil {
		return nil, err
	}
	if err := s.mayPush(t.user, t.view); err != nil {
		return nil, err
	}
	s.finishView(v, nil)
	s.pushView(t.user, v)
	return object{"view": s.viewObject(v)}, nil
}

// mayPush: the trigger must come from an open modal, and at most three stack.
func (s *Server) mayPush(user, from string) error {
	if open, owner := s.findView(from); open == nil || owner != user || open.Type != "modal" {
		return refuse("not_found")
	}
	if len(s.st.modals[user]) >= modalDepth {
		return refuse("push_limit_reached")
	}
	return nil
}

func viewsUpdate(s *Server, a args) (object, error) {
	var old *View
	var user string
	if id := a.text("view_id"); id != "" {
		old, user = s.findView(id)
	} else if id := a.text("external_id"); id != "" {
		if old = s.viewByExternal(id); old != nil {
			_, user = s.findView(old.ID)
		}
	} else {
		return nil, invalidArguments([]string{"[ERROR] missing required field: view_id or external_id"})
	}
	if old == nil {
		return nil, refuse("not_found")
	}
	if hash := a.text("hash"); hash != "" && hash != old.Hash {
		return nil, refuse("hash_conflict")
	}
	v, err := s.readView(surface(old.Type), a.json("view"))
	if err != nil {
		return nil, err
	}
	if err := s.checkExternalID(v.ExternalID, old.ID); err != nil {
		return nil, err
	}
	s.finishView(v, old)
	s.replaceView(user, old, v)
	return object{"view": s.viewObject(v)}, nil
}

func viewsPublish(s *Server, a args) (object, error) {
	user := s.st.users[a.text("user_id")]
	switch {
	case !s.app.Features.AppHome.Home:
		return nil, refuse("not_enabled")
	case user == nil:
		return nil, refuse("user_not_found")
	}
	old := s.st.homes[user.ID]
	if hash := a.text("hash"); hash != "" && (old == nil || hash != old.Hash) {
		return nil, refuse("hash_conflict")
	}
	v, err := s.readView(surfaceHome, a.json("view"))
	if err != nil {
		return nil, err
	}
	for _, id := range s.filesIn(v.Blocks) {
		if f := s.st.files[id]; f == nil || !s.sharedWith(f, user.ID) {
			return nil, invalidArguments([]string{"[ERROR] slack_file is not shared with this user [json-pointer:/view/blocks]"})
		}
	}
	except := ""
	if old != nil {
		except = old.ID
	}
	if err := s.checkExternalID(v.ExternalID, except); err != nil {
		return nil, err
	}
	s.finishView(v, old)
	s.st.homes[user.ID] = v
	s.tellUser(user.ID, PageHome{Type: "home", View: s.pageView(v)})
	s.touch()
	return object{"view": s.viewObject(v)}, nil
}
