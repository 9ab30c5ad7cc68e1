package bot

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/commands/view"
)

var (
	errLeaseLost = errors.New("another process has it now")
	errPanic     = errors.New("panic")
)

// perform answers j and settles its envelope: finished when the answer was
// taken or can not be given, put back when it may be given later.
func (d *Dispatcher) perform(j *job) {
	ctx, cancel := context.WithTimeout(j.ctx, d.cfg.Deadline)
	defer cancel()
	err := d.answer(ctx, j)

	// The envelope is settled also when the time of the request is over.
	settle, done := context.WithTimeout(context.WithoutCancel(ctx), storeWithin)
	defer done()
	switch cause := context.Cause(j.ctx); {
	case err != nil && errors.Is(cause, errStopping):
		d.postpone(settle, j, d.cfg.Wall())
	case err != nil && errors.Is(cause, errLeaseLost):
	case err == nil:
		d.counts.answered.Add(1)
		d.conclude(settle, j)
	case d.worthwhile(j, err):
		until := d.cfg.Wall().Add(d.pauseAfter(j, err))
		d.cfg.Log.Warn("answer will be tried again", "key", j.in.key, "error", err)
		d.postpone(settle, j, until)
	default:
		d.counts.givenUp.Add(1)
		d.cfg.Log.Error("answer could not be sent", "key", j.in.key, "error", err)
		d.conclude(settle, j)
	}
}

// worthwhile reports whether err may be gone before the ways to answer are.
func (d *Dispatcher) worthwhile(j *job, err error) bool {
	return (passing(err) || d.away(err) || errors.Is(err, context.DeadlineExceeded)) && d.age(j)+d.pauseAfter(j, err) < answerWithin
}

// away reports whether err says that the store is away for a moment: a server that is
// restarted is no reason to tell anybody that something went wrong.
func (d *Dispatcher) away(err error) bool { return d.cfg.Away != nil && d.cfg.Away(err) }

// longestPause is the most that somebody waits for nothing once Slack is back.
const longestPause = 30 * time.Second

// pauseAfter is how long j waits before it is tried again: as long as Slack
// asked, or else half of what it has lasted, so that the attempts become rarer
// without anybody counting them. How old j is says little of how often it
// failed: it may have lain with a process that was killed.
func (d *Dispatcher) pauseAfter(j *job, err error) time.Duration {
	pause := d.age(j) / 2
	var limited *RateLimited
	if errors.As(err, &limited) {
		pause = limited.After
	}
	return min(max(pause, time.Second), longestPause)
}

// answer runs the request and sends what comes of it. An error is one of
// sending, of Slack being away, or of ctx: what the use-case says is said.
func (d *Dispatcher) answer(ctx context.Context, j *job) error {
	entry, req, err := d.admit(ctx, j.in, j.at)
	a := answering{d: d, j: j, lang: req.Lang, zone: req.Zone}
	var no *refused
	switch {
	case errors.As(err, &no):
		d.counts.denied.Add(1)
		a.lang = no.lang
		if no.silent || j.in.unasked() {
			return nil
		}
		if no.fresh != "" {
			p := locale.New(a.lang, a.zone)
			return a.tell(ctx, view.Again(p, p.Error(no.err), no.fresh, j.in.value))
		}
		return a.say(ctx, no)
	case err != nil && (passing(err) || d.away(err) || ctx.Err() != nil):
		return err
	case err != nil:
		return a.say(ctx, err)
	}
	if entry.Loading && j.in.view == "" {
		d.behinds.note(j.in, d.cfg.Wall())
		if err := a.openLoading(ctx); err != nil {
			return err
		}
	}
	done, gone, err := a.bring(ctx, entry, &req)
	if gone {
		return err
	}
	defer done()
	d.touched.note(j.in)
	defer a.working(ctx)()
	began := d.cfg.Wall()
	reply, err := d.run(ctx, entry, req)
	took := d.cfg.Wall().Sub(began)
	if d.cfg.Ran != nil {
		d.cfg.Ran(entry.ID, took)
	}
	if context.Cause(j.ctx) != nil {
		return context.Cause(j.ctx)
	}
	d.cfg.Log.Info("ran", "entry", entry.ID, "key", j.in.key, "took", took)
	// The answer may still be given when the use-case used up all the time.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	defer context.AfterFunc(j.ctx, cancel)()
	if d.away(err) {
		return err
	}
	if err != nil {
		return a.say(ctx, err)
	}
	if err := a.give(ctx, entry, reply); err != nil {
		return err
	}
	a.later(entry, reply)
	a.stream(entry, reply)
	return nil
}

// bring gives req the file and the thread that entry reads; done lets them go. Where
// one can not be had the answer is gone: it was told so, or err says that it comes later.
func (a *answering) bring(ctx context.Context, entry commands.Entry, req *commands.Request) (done func(), gone bool, err error) {
	done = func() {}
	because := unfetched
	if entry.File != nil {
		var let func()
		if let, err = a.fetch(ctx, entry, req); err == nil {
			done = let
		}
	}
	if err == nil && entry.Thread != nil && entry.Thread(*req) {
		because, err = unread, a.readThread(ctx, req)
	}
	switch {
	case err == nil:
		return done, false, nil
	case a.comesLater(ctx, err):
		done()
		return nil, true, err
	}
	done()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendWithin)
	defer cancel()
	return nil, true, a.say(ctx, because(err))
}

// sendWithin bounds saying an answer.
const sendWithin = 20 * time.Second

// run calls the use-case and turns a panic into an error.
func (d *Dispatcher) run(ctx context.Context, entry commands.Entry, req commands.Request) (reply commands.Reply, err error) {
	defer d.recovered(req.Key, &err)
	return entry.Run(ctx, req)
}

// recovered, deferred, turns a panic into errPanic. It logs where, not what:
// the value of a panic may hold anything, except the runtime's own.
func (d *Dispatcher) recovered(key string, err *error) {
	p := recover()
	if p == nil {
		return
	}
	d.counts.panics.Add(1)
	what := fmt.Sprintf("%T", p)
	if e, ok := p.(runtime.Error); ok {
		what = e.Error()
	}
	d.cfg.Log.Error("panic", "key", key, "what", what, "stack", string(debug.Stack()))
	*err = errPanic
}

// answering is one request's way back.
type answering struct {
	d    *Dispatcher
	j    *job
	lang locale.Lang
	zone *time.Location
	// opened: a modal of this request stands open, named by the request's key.
	opened bool
	// named: a modal that this request opens gets its key as name, so that it can
	// be found again later.
	named bool
}

// say words err for the asker.
func (a *answering) say(ctx context.Context, err error) error {
	return a.tell(ctx, view.Say(a.word(err)))
}

// word turns an error into its sentence. What is our own fault gets a reference
// that stands in the log as well.
func (a *answering) word(err error) string {
	p := locale.New(a.lang, a.zone)
	var known *analysis.Error
	if !errors.As(err, &known) {
		key := "error.internal"
		if errors.Is(err, context.DeadlineExceeded) {
			key = "error.slow"
		}
		known = &analysis.Error{Kind: analysis.Internal, Key: key}
	}
	if known.Kind != analysis.Internal {
		return p.Error(known)
	}
	a.d.counts.failed.Add(1)
	reference := rand.Text()[:6]
	a.d.cfg.Log.Error("request failed", "key", a.j.in.key, "reference", reference, "error", err)
	args := analysis.Args{"reference": reference}
	maps.Copy(args, known.Args)
	return p.T(known.Key, args)
}
