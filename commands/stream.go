package commands

import (
	"context"
	"iter"
	"sync"

	"klantbot/analysis"
	"klantbot/commands/view"
)

// Stream is an answer that comes a clause at a time, with a button that stops it; who
// presses that reads what had come. In a DM it stands in a message of the ledger that
// is changed as clauses come. Elsewhere only its asker may see it, and Slack can neither
// stream what only one person sees nor change it once it is said: there Reply.Now stands
// first, and the answer is shown when it is whole. Slack's own streams are not used: a
// message that begins as one has no mark by which a lost answer is found again.
type Stream struct {
	// Letter is the key of the ledger message in which it stands; empty: of none.
	Letter string
	// Drawn is that message as far as the answer came; halted: nothing more comes.
	Drawn func(came []Clause, halted bool) view.Message
	// Going says that this process goes on with it, as it must every few seconds, and
	// reports whether who asked stopped it in another; nil: nobody can.
	Going func(ctx context.Context) (stopped bool, err error)
	// Ended says that what End returned is shown, or that nothing more will be; nil:
	// nobody wants to know.
	Ended func(ctx context.Context) error

	// Clauses yields what may be shown, as it comes. Cancelling ctx is *stop*: it ends
	// with ctx's error then. Any other error says that nothing of it is an answer.
	Clauses func(ctx context.Context) iter.Seq2[Clause, error]
	// End is what stands there once Clauses ended: with err nil the whole answer, else
	// what is answered without it.
	End func(ctx context.Context, came []Clause, err error) (Reply, error)
}

// Clause is a sentence of an answer.
type Clause struct {
	Text    string
	Sources []int // what it rests on, by number, the first 1
}

// Streams are the answers that are coming in this process, so that who asked can stop
// one and read what had come. Of those of other processes storage.Telling knows.
type Streams struct {
	mu     sync.Mutex
	coming map[string]*coming // by the key of the request
}

type coming struct {
	user    analysis.UserID
	stop    context.CancelFunc // nil: it has not begun
	stopped bool
	told    view.Told // as far as it came
}

// mostComing is how many answers are remembered; of more, some can not be stopped.
const mostComing = 1024

// expect notes that the answer to req will come: it can be stopped before it began.
func (s *Streams) expect(req Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.coming == nil || len(s.coming) >= mostComing {
		s.coming = map[string]*coming{}
	}
	s.coming[req.Key] = &coming{user: req.Actor.User}
}

// begin returns the context that stopping the answer with key ends.
func (s *Streams) begin(ctx context.Context, key string) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.coming[key]
	if one == nil {
		one = &coming{} // of nobody, so nobody stops it
		if s.coming == nil {
			s.coming = map[string]*coming{}
		}
		s.coming[key] = one
	}
	if one.stop = cancel; one.stopped {
		cancel()
	}
	return ctx
}

// came notes the answer with key as far as it came.
func (s *Streams) came(key string, told view.Told) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one := s.coming[key]; one != nil {
		one.told = told
	}
}

// end notes that the answer ended.
func (s *Streams) end(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if one := s.coming[key]; one != nil {
		if one.stop != nil {
			one.stop()
		}
		delete(s.coming, key)
	}
}

// halt stops the answer with key that user asked for, and returns what came of it;
// false where none is coming.
func (s *Streams) halt(key string, user analysis.UserID) (told view.Told, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	one := s.coming[key]
	if one == nil || one.user != user {
		return view.Told{}, false
	}
	if one.stopped = true; one.stop != nil {
		one.stop()
	}
	return one.told, true
}
