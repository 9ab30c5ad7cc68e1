package storetest

import (
	"math/rand/v2"
	"testing"

	"klantbot/analysis"
)

// The office of the benchmarks: a large one by DOMAIN.md's measure of a typical
// office, with monthly invoices for two years.
const (
	benchClients = 5000
	benchLines   = 24 // a client
)

// Benchmark measures what a /klant costs the store, on an office of 5,000
// clients: reading a whole card, and all names for the index.
func Benchmark(b *testing.B, fresh Fresh) {
	s := fresh(b)()
	groups := benchOffice(b, s)
	b.Run("Card", func(b *testing.B) { benchCard(b, s, groups) })
	b.Run("Names", func(b *testing.B) { benchNames(b, s) })
}

// benchOffice fills s and returns its groups.
func benchOffice(b *testing.B, s Store) []analysis.GroupID {
	b.Helper()
	clients := make([]analysis.StagedClient, 0, benchClients)
	var lines []analysis.StagedLine
	for i := range benchClients {
		number := numbered("B", i)
		c := inGroup(numbered("Groep", i/5*4+min(i%5, 3)), number, numbered("Bakkerij Jansen", i)) // every fifth group has two
		c.ContactName, c.KVK, c.Email = numbered("Smit", i), number, number+"@klant.example"
		clients = append(clients, c)
		for month := range benchLines {
			lines = append(lines, analysis.StagedLine{
				Number: number, Day: analysis.Date(2024, 1, 15).AddMonths(month), Invoice: numbered("F", month),
				Service: numbered("Dienst", month%8), ServiceYear: 2024 + month/12, Amount: analysis.Cents(10_000 + i),
			})
		}
	}
	addClients(b, s, clients...)
	addLines(b, s, "Exact", lines...)
	var groups []analysis.GroupID
	for entry, err := range s.Names(b.Context()) {
		if err != nil {
			b.Fatal(err)
		}
		groups = append(groups, entry.Group)
	}
	return groups
}

func benchCard(b *testing.B, s Store, groups []analysis.GroupID) {
	ctx, dice := b.Context(), rand.New(rand.NewPCG(1, 2))
	for b.Loop() {
		id := groups[dice.IntN(len(groups))]
		g, err := s.Group(ctx, id)
		if err != nil {
			b.Fatal(err)
		}
		members, err := s.Members(ctx, g.ID)
		if err != nil || len(members) == 0 {
			b.Fatal(len(members), err)
		}
		people, err := s.Contacts(ctx, g.ID)
		if err != nil || len(people) == 0 {
			b.Fatal(len(people), err)
		}
		revenue, err := s.MonthRevenue(ctx, g.ID)
		if err != nil || len(revenue) < benchLines {
			b.Fatal(len(revenue), err)
		}
	}
}

func benchNames(b *testing.B, s Store) {
	for b.Loop() {
		n := 0
		for _, err := range s.Names(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != benchClients {
			b.Fatalf("%d names, want %d", n, benchClients)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchClients, "ns/name")
}
