package slackapi

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// cache keeps what Slack said about a key for a while. Failures are not kept.
// Callers that ask for the same key at the same moment share one call.
type cache[K ~string, V any] struct {
	life   time.Duration
	load   func(context.Context, standing, K) (V, error)
	now    func() time.Time
	flight [2]singleflight.Group // of who stands ahead, and of who stands behind

	mu      sync.Mutex
	entries map[K]entry[V]
	changes uint64 // raised by forget, so that what is being loaded then is not kept
}

type entry[V any] struct {
	value V
	asked time.Time // not before then
}

func newCache[K ~string, V any](life time.Duration, load func(context.Context, standing, K) (V, error)) *cache[K, V] {
	return &cache[K, V]{life: life, load: load, now: time.Now, entries: map[K]entry[V]{}}
}

// get returns the value of key. The call that loads it does not end when the
// first caller gives up: the others, and the next, want it too.
func (c *cache[K, V]) get(ctx context.Context, key K) (V, error) {
	return c.find(ctx, key, c.life, ahead)
}

// getWithin returns the value of key as it was at most age ago, loading it
// behind others. What is known stays known to them.
func (c *cache[K, V]) getWithin(ctx context.Context, key K, age time.Duration) (V, error) {
	return c.find(ctx, key, min(age, c.life), behind)
}

func (c *cache[K, V]) find(ctx context.Context, key K, age time.Duration, who standing) (V, error) {
	c.mu.Lock()
	e, ok := c.entries[key]
	c.mu.Unlock()
	if passed := c.now().Sub(e.asked); ok && passed < age && passed >= 0 {
		return e.value, nil
	}
	flight := &c.flight[0]
	if who == behind {
		flight = &c.flight[1]
	}
	done := flight.DoChan(string(key), func() (any, error) { return c.fetch(context.WithoutCancel(ctx), who, key) })
	select {
	case r := <-done:
		if r.Err != nil {
			var none V
			return none, r.Err
		}
		return r.Val.(V), nil
	case <-ctx.Done():
		var none V
		return none, fmt.Errorf("wait for slack: %w", ctx.Err())
	}
}

// loadWithin bounds a load that nobody may be waiting for any more.
const loadWithin = 15 * time.Second

func (c *cache[K, V]) fetch(ctx context.Context, who standing, key K) (V, error) {
	ctx, cancel := context.WithTimeout(ctx, loadWithin)
	defer cancel()
	c.mu.Lock()
	before := c.changes
	c.mu.Unlock()
	asked := c.now()
	v, err := c.load(ctx, who, key)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil && c.changes == before {
		c.keep(key, v, asked)
	}
	return v, err
}

// keep stores v and, when the cache is full, drops what has expired, or else
// anything: it is only a cache.
func (c *cache[K, V]) keep(key K, v V, asked time.Time) {
	now := c.now()
	if len(c.entries) >= mostCached {
		for k, e := range c.entries {
			if now.Sub(e.asked) >= c.life {
				delete(c.entries, k)
			}
		}
		for k := range c.entries {
			if len(c.entries) < mostCached {
				break
			}
			delete(c.entries, k)
		}
	}
	c.entries[key] = entry[V]{v, asked}
}

// forget drops key, also when it is being loaded at this moment.
func (c *cache[K, V]) forget(key K) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, key)
	c.changes++
	for i := range c.flight {
		c.flight[i].Forget(string(key))
	}
}
