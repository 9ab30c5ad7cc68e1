package sample

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
)

// The hashes change only when somebody means the sample office to change. They
// are the same on every machine, because the office is made of integers.
func TestOfficeIsTheSameEveryTime(t *testing.T) {
	for _, c := range []struct {
		name  string
		write func(io.Writer, Size) error
		hash  string
	}{
		{"clients", WriteClients, "9105c29db5723041"},
		{"hours", WriteHours, "c1a11ad7afc955f6"},
		{"judgements", WriteJudgements, "43701d7fcad1496b"},
		{"touches", WriteTouches, "8c86e7f0a994f9a7"},
		{"invoices", WriteInvoices, "b3cd3079e97f5e0e"},
	} {
		file := written(t, c.write, Default(asOf))
		if !bytes.Equal(file, written(t, c.write, Default(asOf))) {
			t.Errorf("%s: two runs differ", c.name)
		}
		sum := sha256.Sum256(file)
		if got := hex.EncodeToString(sum[:8]); got != c.hash {
			t.Errorf("%s: hash %s, want %s", c.name, got, c.hash)
		}
		other := Default(asOf)
		other.Seed++
		if bytes.Equal(file, written(t, c.write, other)) {
			t.Errorf("%s: another seed gives the same office", c.name)
		}
	}
}

func TestOfficeHasTheSizeAskedFor(t *testing.T) {
	o, err := newOffice(Default(asOf))
	if err != nil {
		t.Fatal(err)
	}
	groups, several, unmarked := 0, 0, 0
	for p := range o.places {
		groups++
		if p.count == 1 {
			continue
		}
		several++
		if o.profiles(p)[0].group == "" {
			unmarked++
		}
	}
	if groups != 560 || unmarked < 12 || unmarked > 20 {
		t.Errorf("%d groups, %d of several clients, %d of those left to find", groups, several, unmarked)
	}
	if n := len(clientList(t, o.Size)); n < 630 || n > 650 {
		t.Errorf("%d clients, want about 640", n)
	}
	managers, partners := Managers(o.Size), 0
	for _, m := range managers {
		if m.Partner {
			partners++
		}
		if !strings.HasSuffix(m.Email, "@voorbeeld.nl") {
			t.Errorf("manager at %s", m.Email)
		}
	}
	if len(managers) != 9 || partners != 4 {
		t.Errorf("%d managers, %d partners", len(managers), partners)
	}
}

// The deck of names is gone through whole before anybody comes twice.
func TestDeckDealsEveryNameOnce(t *testing.T) {
	o, err := newOffice(Default(asOf))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for i := range 600 {
		if d := o.dice(i); d.composes(o.Groups) {
			continue
		}
		p := o.owner(i)
		if names[p.String()] {
			t.Errorf("%s is dealt twice", p)
		}
		names[p.String()] = true
	}
	if deckSize%10_007 == 0 || deckSize < 10_000 {
		t.Errorf("a deck of %d names", deckSize)
	}
}

// Every size has its own first client 1001, numbers of one width without
// doubles, rising, and somebody to hold every group.
func TestOfficeOfAnySize(t *testing.T) {
	for _, groups := range []int{1, 2, 3, 33, 34, 35, 36, 100, 760, 900, 5_000, 80_000} {
		s := Default(asOf)
		s.Groups = groups
		o, err := newOffice(s)
		if err != nil {
			t.Fatal(err)
		}
		seen, last, found := 0, 0, false
		for p := range o.places {
			seen++
			if p.number <= last || len(o.number(p.number+p.count-1)) != o.digits {
				t.Fatalf("%d groups: number %d after %d, %d digits", groups, p.number, last, o.digits)
			}
			last = p.number + p.count - 1
			found = found || p.number == castNumber && p.cast == &cast[0]
		}
		if seen != groups || !found {
			t.Errorf("%d groups: %d made, first of the cast there: %v", groups, seen, found)
		}
	}
}

func TestOfficeOfAMillionGroups(t *testing.T) {
	s := Size{Groups: MaxGroups, Seed: 1, AsOf: asOf, Years: 1}
	o, err := newOffice(s)
	if err != nil {
		t.Fatal(err)
	}
	seen, last := 0, 0
	for p := range o.places {
		seen, last = seen+1, p.number+p.count-1
	}
	if seen != MaxGroups || len(o.number(last)) != o.digits || o.digits != 7 {
		t.Errorf("%d groups up to number %s", seen, o.number(last))
	}
	if len(o.managers) != 2_000 {
		t.Errorf("%d managers", len(o.managers))
	}
	emails := map[string]bool{}
	for _, m := range o.managers {
		emails[m.Email] = true
	}
	if len(emails) != len(o.managers) {
		t.Errorf("%d managers share an address", len(o.managers)-len(emails))
	}
}

// Names stay varied: in an office of 20,000 groups no surname is everywhere.
func TestNamesStayVaried(t *testing.T) {
	names := map[string]int{}
	for i := range 20_000 {
		names[dice(7).of(aboutMember, i).person(MaxGroups, surname{}).surname.inside()]++
	}
	for name, n := range names {
		if n > 100 {
			t.Errorf("%s comes %d times among 20,000", name, n)
		}
	}
	if len(names) < 8_000 {
		t.Errorf("%d surnames among 20,000 people", len(names))
	}
}

func TestSizeOutOfRange(t *testing.T) {
	for _, s := range []Size{
		{}, {Groups: -1, AsOf: asOf, Years: 6}, {Groups: MaxGroups + 1, AsOf: asOf, Years: 6},
		{Groups: 5, AsOf: analysis.NoDay, Years: 6}, {Groups: 5, AsOf: asOf}, {Groups: 5, AsOf: asOf, Years: 21},
	} {
		if WriteClients(io.Discard, s) == nil || WriteInvoices(io.Discard, s) == nil {
			t.Errorf("%+v was accepted", s)
		}
	}
}

// Writing remembers nothing: an office four times as large allocates no more
// than for its managers' names.
func TestInvoicesNeedConstantMemory(t *testing.T) {
	allocated := func(groups int) uint64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := WriteInvoices(io.Discard, Size{Groups: groups, Seed: 1, AsOf: asOf, Years: 1}); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return after.TotalAlloc - before.TotalAlloc
	}
	if small, large := allocated(5_000), allocated(20_000); large > small+256<<10 {
		t.Errorf("5,000 groups take %d bytes, 20,000 take %d", small, large)
	}
}

func Example() {
	s := Size{Groups: 1, Seed: 1, AsOf: analysis.Date(2026, time.November, 21), Years: 1}
	var b bytes.Buffer
	if err := WriteInvoices(&b, s); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(strings.ReplaceAll(strings.Join(strings.SplitAfter(b.String(), "\n")[1:3], ""), "\r", ""))
	// Output:
	// 22-01-2026;202600001;1001;Salarisadministratie;;412,50
	// 22-01-2026;202600001;1001;Administratie;;600,00
}
