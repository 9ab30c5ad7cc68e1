package main

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"
	"time"
)

// TestStayLean: nothing is collected while it starts, soon after the first collection;
// GOGC in the environment decides otherwise. It does not run beside others: both are the
// process's own.
func TestStayLean(t *testing.T) {
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "50")
	if stayLean(); runtimeFigure(t, "/gc/gogc:percent") != 77 {
		t.Error("what the environment chose is changed")
	}
	t.Setenv("GOGC", "")
	if stayLean(); runtimeFigure(t, "/gc/gogc:percent") != atStart {
		t.Error("a start collects soon")
	}
	for range 100 {
		if runtime.GC(); runtimeFigure(t, "/gc/gogc:percent") == afterStart {
			return
		}
		time.Sleep(10 * time.Millisecond) // until the cleanup ran
	}
	t.Error("after the first collection it stays as at a start")
}

// TestCollectsBetweenAnswers: what answers left behind is collected after one, without
// anything else asking for it.
func TestCollectsBetweenAnswers(t *testing.T) {
	before := debug.SetGCPercent(1000)
	defer debug.SetGCPercent(before)
	t.Setenv("GOGC", "")
	st := newStage(t, sampleDB(t))
	st.start()
	began := runtimeFigure(t, "/gc/cycles/forced:gc-cycles")
	for range 100 {
		if err := st.line("U01 #kantoor> /klant Jansen"); err != nil {
			t.Fatal(err)
		}
		if runtimeFigure(t, "/gc/cycles/forced:gc-cycles") > began+2 { // two may be giveBack's
			return
		}
	}
	t.Error("a hundred answers, and nobody collected what they left")
}

// runtimeFigure is one figure of the runtime.
func runtimeFigure(t *testing.T, name string) uint64 {
	t.Helper()
	s := []metrics.Sample{{Name: name}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		t.Fatalf("%s is no number here", name)
	}
	return s[0].Value.Uint64()
}
