package delivery_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/delivery"
	"klantbot/bot/slackapi"
	"klantbot/bot/workspace"
	"klantbot/storage"
)

// askedFor counts how old an answer about a channel might be.
type askedFor struct {
	bot.Channels
	rechecks atomic.Int64
	oldest   atomic.Int64
}

func (a *askedFor) Recheck(ctx context.Context, c analysis.ChannelID, within time.Duration) (bot.Conversation, error) {
	a.rechecks.Add(1)
	a.oldest.Store(max(a.oldest.Load(), int64(within)))
	return a.Channels.Recheck(ctx, c, within)
}

// Every message asks whether outsiders read along by now, and none believes
// what is older than a quarter of a minute.
func TestEveryMessageRechecksItsChannel(t *testing.T) {
	o := newOffice(t, 1)
	counted := &askedFor{Channels: o.api}
	c, stop := o.run(func(c *delivery.Config) { c.Channels = counted })
	defer stop()
	for i := range 20 {
		o.queue(storage.LedgerEntry{Key: fmt.Sprint("m", i), Channel: "C1"})
	}
	c.Poke()
	until(t, "all sent", 5*time.Second, func() bool { return c.Counts().Sent == 20 })
	if n, old := counted.rechecks.Load(), time.Duration(counted.oldest.Load()); n != 20 || old > 15*time.Second {
		t.Errorf("20 messages asked %d times, for at most %v old", n, old)
	}
}

// Messages to more channels than Slack answers questions about leave people
// who type a command their answer: in the long run of kills those stood behind
// the messages, were put back, and waited for minutes.
func TestPeopleGoBeforeMessages(t *testing.T) {
	const many = 30
	o := newOffice(t, 0, func(c *workspace.Config) {
		for i := range many {
			c.Channels = append(c.Channels, workspace.Channel{ID: fmt.Sprint("CVEEL", i), Name: fmt.Sprint("veel", i), Members: []string{"UBOT"}})
		}
	})
	paced, err := slackapi.New(slackapi.Config{BotToken: o.BotToken(), AppToken: o.AppToken(), APIURL: o.url + "/api"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(paced.Close)
	for i := range many {
		o.queue(storage.LedgerEntry{Key: fmt.Sprint("m", i), Channel: analysis.ChannelID(fmt.Sprint("CVEEL", i))})
	}
	c, stop := o.run(func(c *delivery.Config) { c.Channels, c.Poster = paced, paced })
	defer stop()
	until(t, "the first ones", 5*time.Second, func() bool { return c.Counts().Sent >= 3 && c.Counts().Requeued >= 3 })
	for _, channel := range []analysis.ChannelID{"C1", "CVEEL0", "CVEEL29"} {
		began := time.Now()
		if _, err := paced.Channel(t.Context(), channel); err != nil {
			t.Errorf("%s: %v", channel, err)
		}
		if took := time.Since(began); took > 20*time.Second { // they waited for minutes
			t.Errorf("%s was known after %v", channel, took)
		}
	}
}
