package slackapi

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/bot"
)

// roster is the list of everybody, and of whom Slack said since that they
// changed.
type roster struct {
	loading sync.Mutex // one list at a time
	people  []bot.Person
	asked   time.Time

	mu      sync.Mutex
	changed map[analysis.UserID]bool
}

// rosterPage is how many users Slack gives at once: at most 1,000. It answers 20
// times a minute, so an office of 2,000 is listed at once.
const rosterPage = 1000

// mostChanged is how many changed users are asked about each time. People also
// change by setting a status; the rest have their turn the next time.
const mostChanged = 20

// Everybody returns all users of the workspace. The list also warms the cache of
// Person, so that who sends everybody a message asks nothing about each of them.
func (c *Client) Everybody(ctx context.Context) ([]bot.Person, error) {
	r := &c.roster
	r.loading.Lock()
	defer r.loading.Unlock()
	asked := c.people.now()
	if passed := asked.Sub(r.asked); r.people == nil || passed >= peopleLife || passed < 0 {
		r.take(0)
		c.people.mu.Lock()
		before := c.people.changes
		c.people.mu.Unlock()
		all, err := c.listUsers(ctx)
		if err != nil {
			return nil, err
		}
		r.people, r.asked = all, asked
		c.people.mu.Lock()
		defer c.people.mu.Unlock()
		if c.people.changes == before { // else somebody may have changed after the list was made
			for _, p := range all {
				c.people.keep(p.User, p, asked)
			}
		}
		return all, nil
	}
	changed := r.take(mostChanged)
	if len(changed) > 0 {
		r.people = slices.Clone(r.people) // callers hold the old one
	}
	for i, p := range r.people {
		if !changed[p.User] {
			continue
		}
		now, err := c.Person(ctx, p.User)
		if err != nil {
			r.note(p.User) // known as they were, and asked about again
			continue
		}
		r.people[i] = now
	}
	return r.people, nil
}

// note remembers that user changed.
func (r *roster) note(user analysis.UserID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.changed == nil {
		r.changed = map[analysis.UserID]bool{}
	}
	r.changed[user] = true
}

// take returns at most n of who changed, and forgets those; 0 forgets all.
func (r *roster) take(n int) map[analysis.UserID]bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	taken := map[analysis.UserID]bool{}
	for user := range r.changed {
		if n == 0 || len(taken) < n {
			taken[user] = true
			delete(r.changed, user)
		}
	}
	return taken
}

func (c *Client) listUsers(ctx context.Context) ([]bot.Person, error) {
	all := []bot.Person{}
	page := c.api.GetUsersPaginated(slack.GetUsersOptionLimit(rosterPage), slack.GetUsersOptionIncludeLocale(true))
	for {
		var next slack.UserPagination
		err := c.call(ctx, "users.list", "", reads, func(ctx context.Context) (err error) {
			next, err = page.Next(ctx)
			return err
		})
		if err != nil {
			return nil, err
		}
		for i := range next.Users {
			all = append(all, personOf(&next.Users[i]))
		}
		if page = next; page.Cursor == "" {
			return all, nil
		}
	}
}
