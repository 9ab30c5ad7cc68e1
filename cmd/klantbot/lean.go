package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"

	"klantbot/storage/sqlite"
)

// How much may be allocated before it is collected, as GOGC says it: in percent of what
// was kept, or of 4 MB where that is less. GOGC in the environment decides otherwise.
const (
	atStart    = 400 // 16 MB, of which an office of 5,000 clients needs 12
	afterStart = 25
)

// stayLean keeps the memory of a server that mostly waits small: a heap of a few
// megabytes is collected in a millisecond or two, so it may as well be collected sooner.
// While it starts nothing is, which would make it take half as long again; the first
// collection, after the first answer or of a large office, ends that.
func stayLean() {
	if chosen() {
		return
	}
	debug.SetGCPercent(atStart)
	runtime.AddCleanup(&[2]*int{}, func(percent int) { debug.SetGCPercent(percent) }, afterStart)
}

// chosen reports whether the environment says how memory is collected.
func chosen() bool { return os.Getenv("GOGC") != "" }

// Collecting between answers.
const (
	muchLeft  = 512 << 10             // bytes that answers left behind
	mostPause = 20 * time.Millisecond // that a pause is waited for
)

// keepCollected collects what answers leave behind when nobody waits for one: a
// collection takes a processor for a millisecond or two, and of a hundred
// acknowledgements one or two met it. Where there is no pause it comes by itself.
func (l *leisure) keepCollected(ctx context.Context) {
	if chosen() {
		return
	}
	for l.answers.AwaitAnswer(ctx) {
		if l.answers.AwaitQuiet(ctx, stillAfter, mostPause) && left() > muchLeft {
			runtime.GC()
		}
	}
}

// left is how many bytes were allocated since the last collection, less what it kept that
// is not needed any more.
func left() int64 {
	heap := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(heap)
	return int64(heap[0].Value.Uint64()) - int64(heap[1].Value.Uint64())
}

// What takes some milliseconds is put off until somebody got an answer, who reads it
// first, or nobody waits, but not for ever.
const (
	stillAfter = time.Millisecond
	mostKept   = 3 * time.Second
)

// giveBack gives the machine the memory that nothing needs any more, of Go, of
// SQLite and of the program itself, one in each pause.
func (l *leisure) giveBack(ctx context.Context) {
	for _, give := range []func(){debug.FreeOSMemory, sqlite.GiveBack, letPagesGo} {
		l.answers.AwaitPause(ctx, mostKept)
		give()
	}
}
