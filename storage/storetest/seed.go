package storetest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// morning is the business time of the suite; nothing reads a clock.
var morning = time.Date(2026, time.November, 21, 9, 0, 0, 0, time.UTC)

// someone is a client of whom nothing but number and name is known.
func someone(number, name string) analysis.StagedClient {
	return analysis.StagedClient{Client: analysis.Client{
		Number: number, Name: name, Status: analysis.Current,
		FTE: -1, Balance: -1, Elsewhere: -1, Since: analysis.NoDay, Until: analysis.NoDay,
	}}
}

// inGroup is someone who is part of the relatiegroep named group.
func inGroup(group, number, name string) analysis.StagedClient {
	c := someone(number, name)
	c.GroupName = group
	return c
}

// addClients imports rows as a client list and returns what became of it.
func addClients(t testing.TB, s Store, rows ...analysis.StagedClient) storage.ImportOutcome {
	t.Helper()
	for i := range rows {
		rows[i].Line = i + 2
	}
	return apply(t, s, storage.ImportOptions{Kind: analysis.ImportClients, File: "clients.csv", At: morning},
		func(staging storage.Staging) error { return staging.AddClients(t.Context(), rows) })
}

// addLines imports rows as revenue of the bookkeeping source.
func addLines(t testing.TB, s Store, source string, rows ...analysis.StagedLine) storage.ImportOutcome {
	t.Helper()
	for i := range rows {
		rows[i].Line = i + 2
	}
	o := storage.ImportOptions{Kind: analysis.ImportRevenue, File: "revenue.csv", Source: source, At: morning}
	return apply(t, s, o, func(staging storage.Staging) error { return staging.AddLines(t.Context(), rows) })
}

func apply(t testing.TB, s Store, o storage.ImportOptions, add func(storage.Staging) error) storage.ImportOutcome {
	t.Helper()
	staging, err := s.Stage(t.Context(), o)
	if err != nil {
		t.Fatalf("Stage: %v", err)
	}
	defer staging.Close()
	if err := add(staging); err != nil {
		t.Fatalf("add rows: %v", err)
	}
	outcome, err := staging.Apply(t.Context())
	if err != nil {
		t.Fatalf("Apply: %v", err)
	}
	return outcome
}

// idOf returns the client with number, which must be there.
func idOf(t testing.TB, s Store, number string) analysis.ClientID {
	t.Helper()
	for entry, err := range s.Names(t.Context()) {
		if err != nil {
			t.Fatalf("Names: %v", err)
		}
		if slices.Contains(entry.Codes, number) {
			return entry.Client
		}
	}
	t.Fatalf("no client has number %s", number)
	return 0
}

// clientOf returns the client with number as the store knows it.
func clientOf(t testing.TB, s Store, number string) analysis.Client {
	t.Helper()
	c, err := s.Client(t.Context(), idOf(t, s, number))
	if err != nil {
		t.Fatalf("Client: %v", err)
	}
	return c
}

// wantKind checks that err is an analysis.Error of kind k.
func wantKind(t testing.TB, what string, err error, k analysis.Kind) {
	t.Helper()
	if err == nil || analysis.KindOf(err) != k {
		t.Errorf("%s: error %v, want one of kind %s", what, err, k)
	}
}

// wantEqual checks one value.
func wantEqual[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// write runs fn in one Write that must succeed.
func write(t testing.TB, s Store, fn func(storage.Tx) error) {
	t.Helper()
	if err := s.Write(t.Context(), fn); err != nil {
		t.Fatalf("Write: %v", err)
	}
}

// atOnce runs fn n times at the same moment and returns the first error.
func atOnce(n int, fn func(i int) error) error {
	start, results := make(chan struct{}), make(chan error, n)
	for i := range n {
		go func() {
			<-start
			results <- fn(i)
		}()
	}
	close(start)
	var first error
	for range n {
		if err := <-results; err != nil && first == nil {
			first = err
		}
	}
	return first
}

// soon bounds what must not wait.
func soon(t testing.TB, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

// numbered returns prefix-0001 and so on.
func numbered(prefix string, i int) string { return fmt.Sprintf("%s-%04d", prefix, i) }
