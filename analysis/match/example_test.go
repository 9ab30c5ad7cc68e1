package match_test

import (
	"fmt"

	"klantbot/analysis/match"
)

func Example() {
	b := match.NewBuilder(8)
	b.Add(1, match.Name, "Jansen Beheer B.V.")
	b.Add(2, match.Name, "Bakkerij Janssen")
	b.Add(3, match.Name, "J. van den Berg")
	b.Add(4, match.Name, "Fikkers Transport VOF")
	b.Add(4, match.Contact, "mevrouw A. Smit")
	b.Add(4, match.Code, "00123")
	ix := b.Build()

	for _, query := range []string{"jansen", "Berg, v.d.", "mw. Smit", "123", "Bergsma Bouw"} {
		hits := ix.Find(query, 10)
		if len(hits) == 0 {
			fmt.Printf("%s: none, nearest %s\n", query, ix.Nearest(query, 1)[0].Text)
			continue
		}
		_, clear := match.Clear(hits)
		fmt.Printf("%s: clear %v\n", query, clear)
		for _, h := range hits {
			fmt.Printf("  client %d, %.2f, %s %s\n", h.Key, h.Score, h.Kind, h.Text)
		}
	}
	// Output:
	// jansen: clear false
	//   client 1, 0.94, name Jansen Beheer B.V.
	//   client 2, 0.81, name Bakkerij Janssen
	// Berg, v.d.: clear true
	//   client 3, 0.98, name J. van den Berg
	// mw. Smit: clear true
	//   client 4, 0.97, contact mevrouw A. Smit
	// 123: clear true
	//   client 4, 0.95, code 00123
	// Bergsma Bouw: none, nearest J. van den Berg
}
