package sample

import (
	"testing"

	"klantbot/analysis"
)

// Who came lately leaves more often than who is here long, in every office, and
// about as often as the odds in life.go say.
func TestNewClientsLeaveMoreOften(t *testing.T) {
	for _, seed := range []uint64{Default(asOf).Seed, 1, 2} {
		s := Default(asOf)
		s.Seed = seed
		asked, left := [40]int{}, [40]int{}
		for i := range 20_000 {
			l := dice(seed).of(aboutMember, i).life(s, true)
			for year := max(s.first().Year(), l.since.Year()+1); year <= asOf.Year(); year++ {
				age := year - l.since.Year()
				asked[age]++
				if l.until.Known() && l.until.Year() == year {
					left[age]++
					break
				}
			}
			if l.until.Known() && (l.until <= l.since || l.until > asOf || l.until < s.first()) {
				t.Fatalf("from %v to %v", l.since, l.until)
			}
		}
		for _, age := range []int{1, 2, 3, 6, 12} {
			want := 1000 * leaveWeight / (leaveWeight + stayWeight + 10*(age-1))
			if got := 1000 * left[age] / asked[age]; got < want-10 || got > want+10 {
				t.Errorf("seed %d: of %d clients %d in a thousand left after %d years, want about %d", seed, asked[age], got, age, want)
			}
		}
	}
}

// The office audits some and sells those nothing that it forbids.
func TestAuditClientsStayIndependent(t *testing.T) {
	s := Default(asOf)
	list, audited := clientList(t, s), 0
	for _, c := range list {
		if c["Wettelijke controle"] == string(analysis.Audited) {
			audited++
		}
	}
	if audited < 10 || audited > 60 {
		t.Errorf("%d audit clients", audited)
	}
	for _, i := range invoices(t, s) {
		is := list[i.client]["Wettelijke controle"] == string(analysis.Audited)
		if i.service == serviceNames[audit] && !is {
			t.Fatalf("client %s is audited and the list does not say so", i.client)
		}
		for _, forbidden := range Forbidden() {
			if is && i.service == forbidden {
				t.Fatalf("audit client %s buys %s", i.client, i.service)
			}
		}
	}
}
