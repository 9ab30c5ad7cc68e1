package sqlstore

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"klantbot/storage"
)

// ahead yields one by one what read sends, pages of one moment of the database,
// while read goes on: a page is read, one waits and one is looked at; where nobody
// hurries, read waits for each. The sequence ends at the first error, which it yields
// as that of doing; the reading has ended when the sequence has.
func ahead[T any](ctx context.Context, db *DB, doing string, read func(ctx context.Context, e executor, send func([]T) error) error) iter.Seq2[T, error] {
	if !storage.Hurries(ctx) {
		return inTurn(ctx, db, doing, read)
	}
	return func(yield func(T, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		pages, failed := make(chan []T, 1), make(chan error, 1)
		go func() {
			defer close(pages)
			failed <- db.snapshot(ctx, func(e executor) error {
				return read(ctx, e, func(page []T) error {
					select {
					case pages <- page:
						return nil
					case <-ctx.Done():
						return ctx.Err()
					}
				})
			})
		}()
		defer func() {
			stop()
			for range pages {
			}
		}()
		for page := range pages {
			for i := range page {
				if !yield(page[i], nil) {
					return
				}
			}
		}
		if err := <-failed; err != nil {
			var none T
			yield(none, fmt.Errorf("%s: %w", doing, err))
		}
	}
}

// errEnough ends a snapshot when nobody listens any more.
var errEnough = errors.New("enough")

// inTurn is ahead on one processor: what a page holds is yielded before read goes on,
// which gives way first.
func inTurn[T any](ctx context.Context, db *DB, doing string, read func(ctx context.Context, e executor, send func([]T) error) error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		err := db.snapshot(ctx, func(e executor) error {
			return read(ctx, e, func(page []T) error {
				for i := range page {
					if !yield(page[i], nil) {
						return errEnough
					}
				}
				storage.GiveWay(ctx)
				return nil
			})
		})
		if err != nil && !errors.Is(err, errEnough) {
			var none T
			yield(none, fmt.Errorf("%s: %w", doing, err))
		}
	}
}
