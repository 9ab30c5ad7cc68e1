package sqlstore

import (
	"context"
	"slices"
	"strings"
)

// referrals says how many clients were brought by whom, in the words of their
// files. Most say "notaris" or "website"; only those that are a client's number
// or name matter, and which these are is known when that client is read.
type referrals struct{ brought map[string]int }

// readReferrals counts the clients of the whole office by referrer.
func readReferrals(ctx context.Context, e executor) (*referrals, error) {
	const all = `SELECT referrer, COUNT(*) FROM client WHERE referrer <> '' GROUP BY referrer`
	r := &referrals{brought: map[string]int{}}
	err := each(ctx, e, all, func(row scanner) error {
		var referrer string
		var n int
		if err := row.Scan(&referrer, &n); err != nil {
			return err
		}
		r.brought[referrerKey(referrer)] += n
		return nil
	})
	return r, doing("read referrers", err)
}

// referrerKey is how a referrer is compared: "klant 1001" names client 1001, and
// upper and lower case and the spaces do not matter.
func referrerKey(s string) string {
	words := strings.Fields(strings.ToLower(s))
	if len(words) > 1 && slices.Contains([]string{"klant", "cliënt", "client", "relatie"}, strings.TrimSuffix(words[0], ":")) {
		words = words[1:]
	}
	return strings.Join(words, " ")
}

// namedBy is what members of one group can be named by as a referrer, and whom
// they themselves name.
type namedBy struct{ keys, own []string }

// note adds m to the group that is being read.
func (r *referrals) note(n *namedBy, m *historyMember) {
	if len(r.brought) == 0 {
		return
	}
	for _, key := range []string{referrerKey(m.number), referrerKey(m.name)} {
		if r.brought[key] > 0 && !slices.Contains(n.keys, key) {
			n.keys = append(n.keys, key)
		}
	}
	if m.referrer != "" {
		n.own = append(n.own, referrerKey(m.referrer))
	}
}

// of returns how many clients the group brought and makes n empty for the next.
// That its members brought each other does not count.
func (r *referrals) of(n *namedBy) int {
	brought := 0
	for _, key := range n.keys {
		brought += r.brought[key]
	}
	for _, key := range n.own {
		if slices.Contains(n.keys, key) {
			brought--
		}
	}
	n.keys, n.own = n.keys[:0], n.own[:0]
	return brought
}
