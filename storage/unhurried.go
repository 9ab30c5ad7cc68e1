package storage

import "context"

type unhurriedKey struct{}

// Unhurried returns ctx for work that nobody waits for: a store reads for it on one
// processor, a little at a time, and after each little calls giveWay, which returns
// when those who do wait no longer need the machine. It takes longer.
func Unhurried(ctx context.Context, giveWay func(context.Context)) context.Context {
	return context.WithValue(ctx, unhurriedKey{}, giveWay)
}

// Hurries reports whether somebody may wait for what is done with ctx.
func Hurries(ctx context.Context) bool { return ctx.Value(unhurriedKey{}) == nil }

// GiveWay lets who is waited for go first, where nobody waits for what is done with ctx.
func GiveWay(ctx context.Context) {
	if giveWay, ok := ctx.Value(unhurriedKey{}).(func(context.Context)); ok {
		giveWay(ctx)
	}
}
