package workspace

import "time"

// Now is the workspace's time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// Jump moves the workspace's time by d, also backwards; message ts stay
// increasing all the same. It returns the new time.
func (s *Server) Jump(d time.Duration) time.Time {
	s.mu.Lock()
	s.offset += d
	now := s.now()
	s.broadcast(PageClock{Type: "clock", NowMS: now.UnixMilli()})
	s.touch()
	s.wakeRetries()
	s.mu.Unlock()
	if s.cfg.OnJump != nil {
		s.cfg.OnJump(now)
	}
	return now
}

// JumpTo moves the workspace's time to t.
func (s *Server) JumpTo(t time.Time) time.Time { return s.Jump(t.Sub(s.Now())) }
