package commands

import (
	"context"
	"iter"

	"klantbot/analysis"
	"klantbot/commands/view"
	"klantbot/storage"
)

// asSeen is e with every read of it done with the eyes of who asks (storage.Seeing):
// here, once for all there is, so that no use-case can forget it. What is answered
// later, or drawn anew behind a window, is for the same eyes.
func (e Entry) asSeen() Entry {
	run, validate := e.Run, e.Validate
	e.Run = func(ctx context.Context, req Request) (Reply, error) {
		req = req.asMay(analysis.Subject{})
		return seenBy(req, run)(ctx, req)
	}
	if validate != nil {
		e.Validate = func(ctx context.Context, req Request) (map[string]string, error) {
			return validate(storage.Seeing(ctx, req.Actor.User), req)
		}
	}
	return e
}

func seenBy(req Request, run UseCase) UseCase {
	return func(ctx context.Context, _ Request) (Reply, error) {
		reply, err := run(storage.Seeing(ctx, req.Actor.User), req)
		if later := reply.Later; later != nil {
			reply.Later = func(ctx context.Context) (Reply, error) {
				return seenBy(req, func(ctx context.Context, _ Request) (Reply, error) { return later(ctx) })(ctx, req)
			}
		}
		if behind := reply.Behind; behind != nil {
			reply.Behind = func(ctx context.Context, pressed string) (*view.Message, error) {
				return behind(storage.Seeing(ctx, req.Actor.User), pressed)
			}
		}
		if reply.Stream != nil {
			reply.Stream = reply.Stream.seenBy(req.Actor.User)
		}
		return reply, err
	}
}

// seenBy is s with what is read while it comes, and what takes its place, read with
// the eyes of user.
func (s Stream) seenBy(user analysis.UserID) *Stream {
	clauses, end := s.Clauses, s.End
	s.Clauses = func(ctx context.Context) iter.Seq2[Clause, error] { return clauses(storage.Seeing(ctx, user)) }
	s.End = func(ctx context.Context, came []Clause, err error) (Reply, error) {
		return end(storage.Seeing(ctx, user), came, err)
	}
	return &s
}
