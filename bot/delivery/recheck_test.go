package delivery_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/delivery"
	"klantbot/storage"
)

// askedAnew counts how often a channel is asked of Slack anew.
type askedAnew struct {
	bot.Channels
	times atomic.Int64
}

func (a *askedAnew) ForgetChannel(c analysis.ChannelID) {
	a.times.Add(1)
	a.Channels.ForgetChannel(c)
}

// Many messages to one channel ask about it once, so that the people in it keep
// their share of what Slack answers; a little later it is asked again.
func TestManyMessagesAskOnceAboutTheirChannel(t *testing.T) {
	o := newOffice(t, 1)
	counted := &askedAnew{Channels: o.api}
	var ahead atomic.Int64
	c, stop := o.run(func(c *delivery.Config) {
		c.Channels = counted
		c.Wall = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	})
	defer stop()
	send := func(from, to int) {
		t.Helper()
		for i := from; i < to; i++ {
			o.queue(storage.LedgerEntry{Key: fmt.Sprint("m", i), Channel: "C1"})
		}
		c.Poke()
		until(t, "all sent", 5*time.Second, func() bool { return c.Counts().Sent == int64(to) })
	}
	send(0, 20)
	if n := counted.times.Load(); n != 1 {
		t.Errorf("20 messages asked %d times", n)
	}
	ahead.Store(int64(time.Minute))
	send(20, 21)
	if n := counted.times.Load(); n != 2 {
		t.Errorf("a minute later it was asked %d times in all", n)
	}
}
