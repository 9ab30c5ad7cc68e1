package match

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"
)

// million is generated once for all benchmarks.
var million = sync.OnceValue(func() []entry { return newGenerator(250_000).entries(1_000_000) })

func heapMB() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / 1e6
}

// BenchmarkBuild builds an index of a million names, with and without a client
// number for each client, and one of the size of an office.
func BenchmarkBuild(b *testing.B) {
	for _, bench := range []struct {
		name  string
		n     int
		codes bool
	}{{"1M", 1_000_000, false}, {"1M+codes", 1_000_000, true}, {"5k+codes", 5_000, true}} {
		b.Run(bench.name, func(b *testing.B) {
			entries := million()[:bench.n]
			if bench.codes {
				entries = withCodes(entries)
			}
			var took time.Duration
			var size float64
			for b.Loop() {
				before := heapMB()
				start := time.Now()
				ix := build(entries)
				took += time.Since(start)
				size = heapMB() - before
				runtime.KeepAlive(ix)
			}
			b.ReportMetric(float64(took.Microseconds())/1000/float64(b.N), "build_ms")
			b.ReportMetric(size, "index_MB")
		})
	}
	runtime.KeepAlive(million())
}

// withCodes adds a six or seven figure client number for every client.
func withCodes(entries []entry) []entry {
	out := slices.Clone(entries)
	last := Key(0)
	for _, e := range entries {
		if e.key != last {
			last = e.key
			out = append(out, entry{e.key, Code, codeOf(e.key)})
		}
	}
	return out
}

func codeOf(key Key) string { return fmt.Sprint(100_000 + uint32(key)) }

// BenchmarkFind asks a million names a mix of queries: exact names, names with
// a typo, a surname with another word and a typo, companies, codes, nonsense.
// hit_rate is the share of queries with one typo whose entry, or one of the
// same folded name, is among the first three.
func BenchmarkFind(b *testing.B) {
	entries := million()
	ix := build(withCodes(entries))
	for _, kind := range queryKinds {
		b.Run(kind.name, func(b *testing.B) { benchFind(b, ix.Find, entries, kind.make) })
	}
	b.Run("nearest", func(b *testing.B) {
		benchFind(b, ix.Nearest, entries, func(r *rand.Rand, e entry) string { return pick(r, queryKinds).make(r, e) })
	})
	b.Run("mix", func(b *testing.B) {
		benchFind(b, ix.Find, entries, func(r *rand.Rand, e entry) string { return pick(r, queryKinds).make(r, e) })
	})
	b.Run("typo-hits", func(b *testing.B) { benchHits(b, ix, entries) })
}

var queryKinds = []struct {
	name string
	make func(r *rand.Rand, e entry) string
}{
	{"exact", func(r *rand.Rand, e entry) string { return e.text }},
	{"surname", func(r *rand.Rand, e entry) string { return longest(e.text) }},
	{"typo", func(r *rand.Rand, e entry) string { return withTypo(r, e.text) }},
	{"two-words", func(r *rand.Rand, e entry) string {
		w := strings.Fields(e.text)
		return strings.Join(w[:min(len(w), 2)], " ")
	}},
	{"common", func(r *rand.Rand, e entry) string { return pick(r, firstNames) + " " + pick(r, surnames) }},
	{"company", func(r *rand.Rand, e entry) string {
		return pick(r, tradeWords) + " " + longest(e.text) + " " + pick(r, companyWords) + " B.V."
	}},
	{"code", func(r *rand.Rand, e entry) string { return codeOf(e.key) }},
	{"nonsense", func(r *rand.Rand, e entry) string {
		return strings.ToLower(madeUp(r.Uint64()) + " " + madeUp(r.Uint64()))
	}},
	{"light", func(r *rand.Rand, e entry) string {
		return pick(r, []string{"van de", "B.V.", "de heer", "J.", "mevrouw", "Holding", "Jan"})
	}},
}

func benchFind(b *testing.B, ask func(string, int) []Hit, entries []entry, query func(*rand.Rand, entry) string) {
	r := rand.New(rand.NewPCG(3, 4))
	queries := make([]string, 4000)
	for i := range queries {
		queries[i] = query(r, pick(r, entries))
	}
	var took []time.Duration
	for b.Loop() {
		q := queries[len(took)%len(queries)]
		start := time.Now()
		ask(q, 100)
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	ms := func(p float64) float64 { return float64(took[int(p*float64(len(took)-1))].Microseconds()) / 1000 }
	b.ReportMetric(ms(.5), "p50_ms")
	b.ReportMetric(ms(.99), "p99_ms")
}

// longest returns the longest run of letters of text.
func longest(text string) string {
	letters := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.MaxFunc(letters, func(a, b string) int { return len(a) - len(b) })
}

// withTypo spoils one letter of the longest word of text.
func withTypo(r *rand.Rand, text string) string {
	w := longest(text)
	return strings.Replace(text, w, typo(r, w), 1)
}

// benchHits asks names with one typo and reports the share that is found.
func benchHits(b *testing.B, ix *Index, entries []entry) {
	r := rand.New(rand.NewPCG(5, 6))
	hits := 0
	for b.Loop() {
		e := pick(r, entries)
		if slices.ContainsFunc(ix.Find(withTypo(r, e.text), 3), func(h Hit) bool {
			return h.Key == e.key || sameName(h.Text, e.text)
		}) {
			hits++
		}
	}
	b.ReportMetric(float64(hits)/float64(b.N), "hit_rate")
}

// sameName reports whether two names have the same folded words.
func sameName(a, b string) bool {
	words := func(s string) []string {
		var out []string
		for _, f := range readQuery(s) {
			out = append(out, f.text)
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(words(a), words(b))
}
