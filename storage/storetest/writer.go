package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// entry is a message that is due at once.
func entry(key string) storage.LedgerEntry {
	return storage.LedgerEntry{Key: key, Kind: "client.card", Channel: "C1", At: morning, Due: morning}
}

// queue returns a change that leaves a trace of every kind: an effect, an audit
// line and a message, all named key.
func queue(ctx context.Context, key string) func(storage.Tx) error {
	return func(tx storage.Tx) error {
		if _, err := tx.Once(ctx, key, morning); err != nil {
			return err
		}
		if err := tx.Audit(ctx, storage.AuditLine{At: morning, Action: "client.show", Group: 1, Request: key}); err != nil {
			return err
		}
		_, err := tx.Enqueue(ctx, entry(key))
		return err
	}
}

// traces reports whether the change named key is there, as a whole or not at all.
func traces(t *testing.T, s Store, key string) bool {
	t.Helper()
	_, err := s.Entry(t.Context(), key)
	there := err == nil
	if err != nil && analysis.KindOf(err) != analysis.NotFound {
		t.Fatal(err)
	}
	happened, err := s.Happened(t.Context(), key)
	if err != nil || happened != there {
		t.Errorf("%s: the message is there: %v, the effect: %v, %v; want both or neither", key, there, happened, err)
	}
	return there
}

var errRefused = errors.New("refused by the test")

func testWrite(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	ctx := t.Context()

	write(t, s, queue(ctx, "kept"))
	if !traces(t, other, "kept") {
		t.Error("a change that returned nil is not there")
	}
	err := s.Write(ctx, func(tx storage.Tx) error { return errors.Join(queue(ctx, "error")(tx), errRefused) })
	if !errors.Is(err, errRefused) || traces(t, s, "error") {
		t.Errorf("Write = %v; want fn's error, and nothing changed", err)
	}
	func() {
		defer func() {
			if r := recover(); r != "thrown" {
				t.Errorf("recovered %v, want what fn threw", r)
			}
		}()
		_ = s.Write(ctx, func(tx storage.Tx) error {
			if err := queue(ctx, "panic")(tx); err != nil {
				return err
			}
			panic("thrown")
		})
	}()
	if traces(t, s, "panic") {
		t.Error("a change that panicked is there")
	}
	cancelled, cancel := context.WithCancel(ctx)
	err = s.Write(cancelled, func(tx storage.Tx) error {
		defer cancel()
		return queue(cancelled, "cancelled")(tx)
	})
	if !errors.Is(err, context.Canceled) || traces(t, s, "cancelled") {
		t.Errorf("Write = %v after its context ended; want context.Canceled, and nothing changed", err)
	}
	t.Run("reads while writing", func(t *testing.T) {
		write(t, s, func(tx storage.Tx) error {
			if err := queue(ctx, "unseen")(tx); err != nil {
				return err
			}
			_, err := s.Entry(soon(t, 5*time.Second), "unseen")
			wantKind(t, "Entry before the commit", err, analysis.NotFound)
			return nil
		})
	})
	t.Run("waits", func(t *testing.T) { testWriteWaits(t, s, other) })
}

// testWriteWaits: a busy engine is waited for, as long as the context allows.
func testWriteWaits(t *testing.T, s, other Store) {
	err := s.Write(t.Context(), func(tx storage.Tx) error {
		if _, err := tx.Once(t.Context(), "contended", morning); err != nil {
			return err
		}
		began, ctx := time.Now(), soon(t, 300*time.Millisecond)
		err := other.Write(ctx, func(tx storage.Tx) error {
			_, err := tx.Once(ctx, "contended", morning)
			return err
		})
		if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > 3*time.Second {
			t.Errorf("Write = %v after %v; want context.DeadlineExceeded after 300 ms", err, took)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = atOnce(2, func(i int) error {
		return []Store{s, other}[i].Write(t.Context(), func(tx storage.Tx) error {
			_, err := tx.Once(t.Context(), "both", morning)
			time.Sleep(50 * time.Millisecond)
			return err
		})
	})
	if err != nil {
		t.Errorf("two writers at once: %v; want each to wait", err)
	}
}

// testOnce: of many that do the same at once exactly one is first.
func testOnce(t *testing.T, fresh Fresh) {
	open := fresh(t)
	stores := []Store{open(), open()}
	for round := range 5 {
		key := fmt.Sprint("press ", round)
		var firsts atomic.Int32
		err := atOnce(8, func(i int) error {
			return stores[i%2].Write(t.Context(), func(tx storage.Tx) error {
				first, err := tx.Once(t.Context(), key, morning)
				if first {
					firsts.Add(1)
				}
				return err
			})
		})
		if err != nil || firsts.Load() != 1 {
			t.Errorf("%d were first, %v; want one", firsts.Load(), err)
		}
	}
}
