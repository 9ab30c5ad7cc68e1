package storage

import "context"

type unhurriedKey struct{}

// Unhurried returns ctx for work that nobody waits for: a store reads for it on one
// processor, so that another is free for who does wait, and takes longer.
func Unhurried(ctx context.Context) context.Context {
	return context.WithValue(ctx, unhurriedKey{}, true)
}

// Hurries reports whether somebody may wait for what is done with ctx.
func Hurries(ctx context.Context) bool {
	unhurried, _ := ctx.Value(unhurriedKey{}).(bool)
	return !unhurried
}
