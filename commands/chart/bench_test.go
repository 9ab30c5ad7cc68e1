package chart

import (
	"bytes"
	"testing"

	"klantbot/commands/locale"
)

// A picture takes under 300 ms; the client types are drawn with 20,000 points.
func BenchmarkPyramid(b *testing.B) {
	p, layers := locale.New(locale.Dutch, nil), office()
	b.ReportAllocs()
	for b.Loop() {
		var w bytes.Buffer
		if err := Pyramid(&w, p, layers, asOf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMatrix(b *testing.B) {
	p, r := locale.New(locale.Dutch, nil), rated(0)
	b.ReportAllocs()
	for b.Loop() {
		var w bytes.Buffer
		if err := Matrix(&w, p, r, asOf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClientTypes(b *testing.B) {
	p, t := locale.New(locale.Dutch, nil), crowd(20000)
	b.ReportAllocs()
	for b.Loop() {
		var w bytes.Buffer
		if err := ClientTypes(&w, p, t, asOf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkJourney(b *testing.B) {
	p, j := locale.New(locale.Dutch, nil), newClient()
	b.ReportAllocs()
	for b.Loop() {
		var w bytes.Buffer
		if err := Journey(&w, p, j, asOf); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOutcome(b *testing.B) {
	p, t := locale.New(locale.Dutch, nil), relevance()
	b.ReportAllocs()
	for b.Loop() {
		var w bytes.Buffer
		if err := Outcome(&w, p, t, asOf); err != nil {
			b.Fatal(err)
		}
	}
}
