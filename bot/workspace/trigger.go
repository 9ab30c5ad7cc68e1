package workspace

import (
	"fmt"
	"time"
)

// trigger lets the app open one modal for one user, shortly after an interaction.
type trigger struct {
	user    string
	view    string // the modal in which the interaction happened, for views.push
	expires time.Time
	used    bool
}

// newTrigger gives a trigger_id. Slack's look like "13345224609.738474920.8088930838d8".
func (s *Server) newTrigger(user, view string) string {
	now := s.now()
	if len(s.triggers) >= s.sweepTriggers {
		for id, t := range s.triggers {
			if now.Sub(t.expires) > time.Minute { // younger ones still answer "expired"
				delete(s.triggers, id)
			}
		}
		s.sweepTriggers = max(sweepAt, 2*len(s.triggers))
	}
	id := fmt.Sprintf("%d.%d.%s", now.UnixNano()/1000, now.Unix(), randomHex(16))
	s.triggers[id] = &trigger{user: user, view: view, expires: now.Add(s.cfg.TriggerLife)}
	return id
}

// redeemTrigger uses a trigger up.
func (s *Server) redeemTrigger(id string) (*trigger, error) {
	t := s.triggers[id]
	switch {
	case id == "" || t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case s.now().After(t.expires):
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}
