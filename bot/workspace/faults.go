package workspace

import (
	"fmt"
	"slices"
)

func (f Faults) check() error {
	for _, p := range []float64{f.RateLimited, f.ServerError, f.DropAnswer, f.Duplicate, f.SignIn} {
		if !(p >= 0 && p <= 1) {
			return fmt.Errorf("fault probability %v is not between 0 and 1", p)
		}
	}
	if f.RetryAfter < 0 {
		return fmt.Errorf("retry_after %d is negative", f.RetryAfter)
	}
	if f.SlowMS < 0 || f.LateMS < 0 {
		return fmt.Errorf("slow_ms %d or late_ms %d is negative", f.SlowMS, f.LateMS)
	}
	return nil
}

// SetFaults changes what goes wrong from now on. Disconnect acts once, now.
func (s *Server) SetFaults(f Faults) error {
	if err := f.check(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if f.Disconnect {
		s.disconnect("", true)
		f.Disconnect = false
	}
	f.Methods = slices.Clone(f.Methods)
	s.faults = f
	s.broadcast(PageFaults{Type: "faults", Faults: f})
	s.touch()
	return nil
}

// Faults is what goes wrong at present.
func (s *Server) Faults() Faults {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.faults
}

// roll throws the seeded dice; certain and impossible cases take no throw.
func (s *Server) roll(p float64) bool {
	return p >= 1 || p > 0 && s.dice.Float64() < p
}

func (f Faults) concerns(method string) bool {
	return len(f.Methods) == 0 || slices.Contains(f.Methods, method)
}
