package bot

import (
	"context"
	"sync"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
)

const (
	// laterWithin is how long an answer may take to become what it becomes later.
	laterWithin = 3 * time.Minute
	// mostLater bounds how many wait for that at the same time; what comes on top of
	// them keeps what was said at first.
	mostLater = 64
)

// touched remembers which request came last in each place: a window, a message, a
// person. What an answer becomes later is only drawn where nobody did anything
// since. It is memory alone, as what waits is.
type touched struct {
	mu   sync.Mutex
	last map[string]string // by place: the key of the request
}

// mostPlaces is how many places are remembered before all are forgotten.
const mostPlaces = 8192

// note remembers that in came in its places.
func (t *touched) note(in interaction) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil || len(t.last) >= mostPlaces {
		t.last = map[string]string{}
	}
	for _, place := range append(in.places(), named(in.key), byPerson(in.user)) {
		t.last[place] = in.key
	}
}

// stands reports whether nobody did anything since in where it was answered.
func (t *touched) stands(in interaction, places []string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, place := range places {
		if t.last[place] != in.key {
			return false
		}
	}
	return true
}

// places are where in happened: the window by its id and by the name we gave it,
// or the message. A command happens nowhere.
func (in interaction) places() (all []string) {
	if in.view != "" {
		all = append(all, "view/"+in.view)
	}
	if in.external != "" {
		all = append(all, named(in.external))
	}
	if in.ts != "" && in.view == "" {
		all = append(all, "message/"+string(in.channel)+"/"+in.ts)
	}
	return all
}

func named(window string) string { return "window/" + window }

func byPerson(user analysis.UserID) string { return "person/" + string(user) }

// answered is where the answer stands, as far as it can be changed there.
func (a *answering) answered() []string {
	if a.opened {
		return []string{named(a.j.in.key)}
	}
	if at := a.j.in.places(); len(at) > 0 {
		return at
	}
	return []string{byPerson(a.j.in.user)}
}

// later has what r becomes drawn in the place of r, without anybody waiting for it.
// That it fails, or that the process ends, is no failure of the request: what was
// answered holds, and says to open it anew.
func (a *answering) later(entry commands.Entry, r commands.Reply) {
	if r.Later == nil || a.d.awaited == nil {
		return
	}
	if a.d.waiting.Add(1) > mostLater {
		a.d.waiting.Add(-1)
		return
	}
	in, places := a.j.in, a.answered()
	then := answering{d: a.d, j: &job{in: in, received: a.j.received, at: a.j.at}, lang: a.lang, zone: a.zone, opened: a.opened, named: a.named}
	a.d.running.Go(func() {
		defer a.d.waiting.Add(-1)
		ctx, cancel := context.WithTimeout(a.d.awaited, laterWithin)
		defer cancel()
		became, err := then.await(ctx, r.Later)
		if err == nil && a.d.touched.stands(in, places) {
			err = then.change(ctx, became)
		}
		if err != nil && ctx.Err() == nil {
			a.d.cfg.Log.Warn("an answer was not changed later", "entry", entry.ID, "key", in.key, "error", err)
		}
	})
}

// await runs what takes long and turns a panic into an error.
func (a *answering) await(ctx context.Context, later func(context.Context) (commands.Reply, error)) (r commands.Reply, err error) {
	defer a.d.recovered(a.j.in.key, &err)
	return later(ctx)
}

// change puts r where the answer stands. A window that was closed meanwhile wants
// nothing any more.
func (a *answering) change(ctx context.Context, r commands.Reply) error {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	defer cancel()
	switch ref, ok := a.standing(); {
	case r.Modal != nil && ok:
		err := a.simplify(ctx, func(ctx context.Context, plainly bool) error {
			return a.d.cfg.Views.Update(ctx, ref, plainModal(a.j.in.marked(*r.Modal), plainly))
		})
		if Code(err) == "not_found" {
			return nil
		}
		return err
	case r.Now != nil && !ok:
		return a.respond(ctx, *r.Now, a.j.in.source == fromAction)
	}
	return nil
}
