package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"klantbot/analysis"
	"klantbot/bot"
	"klantbot/bot/schedule"
	"klantbot/bot/slackapi"
	"klantbot/commands"
	"klantbot/commands/locale"
)

// clock is what happens by itself: digests, and the end of what was kept long
// enough. poke has the ledger looked at.
func (s service) clock(n commands.Needs, registry *commands.Registry, agents bot.Agents, trail *schedule.Sealing, poke func()) schedule.Clock {
	digests := &schedule.Digests{Managers: s.db, Choices: s.db, Colleagues: n.Colleagues, Store: s.db, Looked: s.db, Queue: commands.NewDigest(n).Queue, Queued: poke}
	retention := &schedule.Retention{Kinds: slices.Sorted(maps.Keys(registry.Letters)), Store: s.db, Zone: officeZone(), Stubbed: poke,
		Chosen: commands.Retention{Kept: s.db, Settings: s.db, Store: s.db}.Expire}
	reminders := commands.NewActionReminders(n)
	sessions := &schedule.Sessions{All: s.db, Tend: commands.NewSessionClock(n).Tend, Ready: reminders.Ready, Remind: reminders.Remind, Zone: officeZone(), Queued: poke}
	return schedule.Clock{Now: s.now, Log: s.log, Every: s.tempo.look, Looked: s.looked, Tasks: []schedule.Task{{Name: "digests", Run: digests.Run}, {Name: "retention", Run: retention.Run},
		{Name: "sessions", Run: sessions.Run}, {Name: "model cache", Run: n.Model.Forget}, {Name: "answers", Run: s.mend(n, agents, poke)}, {Name: "trail", Run: trail.Run}}}
}

// mend has answers that a process left half said answered, and Slack show that nothing
// more is made of them: it goes on saying so of itself.
func (s service) mend(n commands.Needs, agents bot.Agents, poke func()) func(context.Context, time.Time) error {
	answers := commands.NewAnswers(n)
	return func(ctx context.Context, _ time.Time) error {
		mended, err := answers.Mend(ctx)
		if len(mended) > 0 {
			poke()
		}
		for _, one := range mended {
			if err := bot.Rest(ctx, agents, bot.Talk{Channel: one.Channel, Thread: one.Thread, User: one.User}); err != nil {
				s.log.Warn("slack still shows that an answer is being made", "request", one.Request, "error", err)
			}
		}
		return err
	}
}

// office is the people of the workspace as the use-cases know them.
type office struct {
	api  *slackapi.Client
	team analysis.TeamID
}

var (
	_ commands.Colleagues = office{}
	_ commands.Places     = office{}
)

// Colleagues fulfils commands.Colleagues.
func (o office) Colleagues(ctx context.Context) ([]commands.Colleague, error) {
	all, err := o.api.Everybody(ctx)
	if err != nil {
		return nil, err
	}
	people := make([]commands.Colleague, len(all))
	for i, p := range all {
		people[i] = o.colleague(p)
	}
	return people, nil
}

// Colleague fulfils commands.Colleagues. Whom Slack does not know is NotFound.
func (o office) Colleague(ctx context.Context, user analysis.UserID) (commands.Colleague, error) {
	p, err := o.api.Person(ctx, user)
	if code := bot.Code(err); code == "user_not_found" || code == "user_not_visible" {
		err = analysis.Fail(analysis.NotFound, "colleague.unknown", nil)
	}
	return o.colleague(p), err
}

// Place fulfils commands.Places. What can not be read may be read by anybody.
func (o office) Place(ctx context.Context, channel analysis.ChannelID) (commands.Channel, error) {
	c, err := o.api.Channel(ctx, channel)
	var refusal *bot.Refusal
	switch {
	case errors.As(err, &refusal):
		return commands.Channel{}, analysis.Fail(analysis.Forbidden, "bot.channel_unreadable", nil)
	case err != nil:
		return commands.Channel{}, fmt.Errorf("where it is shared: %w", err)
	case c.Outside:
		return commands.Channel{}, analysis.Fail(analysis.Forbidden, "bot.channel_outside", nil)
	}
	return commands.Channel{ID: c.ID, Name: c.Name, Direct: c.Direct, Member: c.Member, Archived: c.Archived}, nil
}

func (o office) colleague(p bot.Person) commands.Colleague {
	return commands.Colleague{User: p.User, Email: p.Email, Lang: locale.Of(p.Locale), Zone: p.Zone, Full: p.Colleague(o.team)}
}
