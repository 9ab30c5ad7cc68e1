package bot

import (
	"fmt"
	"testing"
	"time"

	"klantbot/analysis"
)

// TestRates: a bucket fills up again by the clock, and no further than it is; a clock
// that goes back gives nothing, and strangers do not fill the memory.
func TestRates(t *testing.T) {
	at := time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	r := rates{burst: 2, every: time.Second}
	for i, c := range []struct {
		after time.Duration
		want  bool
	}{{0, true}, {0, true}, {0, false}, {999 * time.Millisecond, false}, {time.Millisecond, true}, {0, false}, {-time.Hour, false},
		{2 * time.Hour, true}, {0, true}, {0, false}} {
		if at = at.Add(c.after); r.take("U1", at) != c.want {
			t.Errorf("%d: %v is wrong", i, !c.want)
		}
	}
	if !r.tells("U1", at) || r.tells("U1", at.Add(9*time.Second)) || !r.tells("U1", at.Add(10*time.Second)) {
		t.Error("it is said at the wrong times")
	}
	for i := range 2 * mostBuckets {
		r.take(analysis.UserID(fmt.Sprint(i)), at.Add(time.Duration(i)*time.Second))
	}
	if n := len(r.buckets); n > mostBuckets {
		t.Errorf("%d people are remembered", n)
	}
}
