package storetest

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// family imports clients that a shared contact person and e-mail domain
// suggest to be one relatiegroep, and returns the proposal that has all of them.
func family(t *testing.T, s Store, name string, numbers ...string) storage.Proposal {
	t.Helper()
	var rows []analysis.StagedClient
	for i, number := range numbers {
		c := someone(number, fmt.Sprintf("%s %s", name, []string{"Holding B.V.", "Beheer B.V.", "Vastgoed B.V."}[i%3]))
		c.Email = fmt.Sprintf("info%d@%s.example", i, name)
		c.ContactName, c.ContactEmail = "Wilhelmina "+name, "wilhelmina@"+name+".example"
		c.ManagerEmail, c.ManagerName = fmt.Sprintf("manager%d@kantoor.example", i), "M"
		rows = append(rows, c)
	}
	addClients(t, s, rows...)
	return proposalOf(t, s, numbers...)
}

// proposalOf returns the open proposal of exactly the groups with these numbers.
func proposalOf(t *testing.T, s Store, numbers ...string) storage.Proposal {
	t.Helper()
	open, total, err := s.Proposals(t.Context(), 0, 100)
	if err != nil || total != len(open) {
		t.Fatalf("Proposals: %d of %d, %v", len(open), total, err)
	}
	for _, p := range open {
		if slices.Equal(groupNumbers(p.Groups), numbers) {
			return p
		}
	}
	t.Fatalf("no proposal of %v in %+v", numbers, open)
	return storage.Proposal{}
}

func groupNumbers(groups []analysis.Group) (numbers []string) {
	for _, g := range groups {
		numbers = append(numbers, g.Number)
	}
	return numbers
}

func memberNumbers(t *testing.T, s Store, group analysis.GroupID) string {
	t.Helper()
	members, err := s.Members(t.Context(), group)
	if err != nil {
		t.Fatal(err)
	}
	var numbers []string
	for _, m := range members {
		numbers = append(numbers, m.Number)
	}
	return fmt.Sprint(numbers)
}

func merge(t *testing.T, s Store, proposal int64) (kept analysis.GroupID) {
	t.Helper()
	write(t, s, func(tx storage.Tx) (err error) {
		kept, err = tx.Merge(t.Context(), proposal, "U1", morning)
		return err
	})
	return kept
}

// testGroups: groups that are merged are one to everybody and to the names, until they
// are taken apart.
func testGroups(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s := open()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202", "203")
	if one, err := s.Proposal(ctx, p.ID); err != nil || !slices.Equal(one.Groups, p.Groups) || one.Why != p.Why || p.Why == "" {
		t.Errorf("Proposal = %+v, %v; want %+v", one, err, p)
	}
	_, err := s.Proposal(ctx, 4711)
	wantKind(t, "Proposal", err, analysis.NotFound)
	addLines(t, s, "Exact", analysis.StagedLine{Number: "202", Day: 20000, Amount: 5}, analysis.StagedLine{Number: "203", Day: 20000, Amount: 7})
	seen := storage.AuditLine{At: morning, Action: "client.show", Group: p.Groups[2].ID, Request: "R"}
	write(t, s, func(tx storage.Tx) error { return tx.Audit(ctx, seen) })
	version, _ := s.NamesVersion(ctx)

	kept := merge(t, s, p.ID)
	wantEqual(t, "kept group: of the lowest number", kept, p.Groups[0].ID)
	wantWhole(t, s, p, seen)
	if after, err := s.NamesVersion(ctx); err != nil || after <= version {
		t.Errorf("names version %d, %v; want it raised above %d", after, err, version)
	}
	for name, refused := range map[string]error{
		"Merge again": s.Write(ctx, func(tx storage.Tx) error { _, err := tx.Merge(ctx, p.ID, "U2", morning); return err }),
		"Dismiss":     s.Write(ctx, func(tx storage.Tx) error { return tx.Dismiss(ctx, p.ID, "U2", morning) }),
	} {
		wantKind(t, name+" of what was merged", refused, analysis.NotFound)
	}
	_, err = s.Proposal(ctx, p.ID)
	wantKind(t, "Proposal that was merged", err, analysis.NotFound)
	was, err := s.Merged(ctx, p.ID)
	if err != nil || !slices.Equal(was, p.Groups) {
		t.Errorf("Merged = %+v, %v; want %+v", was, err, p.Groups)
	}
	testUnmerge(t, s, p)

	t.Run("nested", func(t *testing.T) { testNestedMerges(t, s) })
	t.Run("overtaken", func(t *testing.T) { testOvertaken(t, s) })
	t.Run("dismissed", func(t *testing.T) { testDismiss(t, s) })
	t.Run("at once", func(t *testing.T) { testMergeRaces(t, s, open()) })
}

// wantWhole checks that the three groups of p are one, by whichever an old card names
// it, with the revenue of all and the trail of seen.
func wantWhole(t *testing.T, s Store, p storage.Proposal, seen storage.AuditLine) {
	t.Helper()
	for _, g := range p.Groups {
		got, err := s.Group(t.Context(), g.ID)
		if err != nil || got != p.Groups[0] {
			t.Errorf("Group = %+v, %v; want %+v", got, err, p.Groups[0])
		}
		wantEqual(t, "members", memberNumbers(t, s, g.ID), "[201 202 203]")
		if revenue, err := s.MonthRevenue(t.Context(), g.ID); err != nil || len(revenue) != 1 || revenue[0].Amount != 12 {
			t.Errorf("MonthRevenue = %v, %v; want 12 cents", revenue, err)
		}
		wantTrail(t, s, g.ID, 10, []storage.AuditLine{seen})
	}
}

// testUnmerge: what was one is apart again, as p proposed it.
func testUnmerge(t *testing.T, s Store, p storage.Proposal) {
	ctx := t.Context()
	version, _ := s.NamesVersion(ctx)
	unmerge := func(tx storage.Tx) error { return tx.Unmerge(ctx, p.ID, "U1", morning) }
	write(t, s, unmerge)
	for i, g := range p.Groups {
		wantEqual(t, "members after Unmerge", memberNumbers(t, s, g.ID), fmt.Sprintf("[%d]", 201+i))
	}
	if after, _ := s.NamesVersion(ctx); after <= version {
		t.Errorf("names version %d after Unmerge; want it raised above %d", after, version)
	}
	wantKind(t, "Unmerge again", s.Write(ctx, unmerge), analysis.NotFound)
	proposalOf(t, s, "201", "202", "203") // a question again
	_, err := s.Merged(ctx, p.ID)
	wantKind(t, "Merged of what is apart again", err, analysis.NotFound)
}

// testNestedMerges: a merged group can be merged into another one and comes
// back as it was, the last merge first.
func testNestedMerges(t *testing.T, s Store) {
	ctx := t.Context()
	first := family(t, s, "kloosterhuis", "302", "303")
	merge(t, s, first.ID)
	second := family(t, s, "kloosterhuis", "301", "302", "304")
	kept := merge(t, s, second.ID)
	wantEqual(t, "members", memberNumbers(t, s, first.Groups[1].ID), "[301 302 303 304]")
	wantEqual(t, "kept", kept, second.Groups[0].ID)
	undo := func(id int64) error {
		return s.Write(ctx, func(tx storage.Tx) error { return tx.Unmerge(ctx, id, "U1", morning) })
	}
	wantKind(t, "Unmerge below a later merge", undo(first.ID), analysis.Invalid)
	if err := undo(second.ID); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "members of the first merge", memberNumbers(t, s, first.Groups[1].ID), "[302 303]")
	if err := undo(first.ID); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "members before any", memberNumbers(t, s, first.Groups[1].ID), "[303]")
}

// testOvertaken: a proposal whose groups became one by another merge is no
// question any more.
func testOvertaken(t *testing.T, s Store) {
	ctx := t.Context()
	small := family(t, s, "overstegen", "601", "602")
	merge(t, s, family(t, s, "overstegen", "601", "602", "603").ID)
	page, total, err := s.Proposals(ctx, 0, 100)
	if err != nil || total != len(page) {
		t.Errorf("Proposals: %d of %d, %v", len(page), total, err)
	}
	for _, p := range page {
		if p.ID == small.ID {
			t.Errorf("proposal %+v is still open", p)
		}
	}
	_, err = s.Proposal(ctx, small.ID)
	wantKind(t, "Proposal", err, analysis.NotFound)
	err = s.Write(ctx, func(tx storage.Tx) error { _, err := tx.Merge(ctx, small.ID, "U1", morning); return err })
	wantKind(t, "Merge", err, analysis.NotFound)
}

// testDismiss: a question that was answered with no is not asked again.
func testDismiss(t *testing.T, s Store) {
	ctx := t.Context()
	p := family(t, s, "zonderland", "401", "402")
	_, before, _ := s.Proposals(ctx, 0, 1)
	write(t, s, func(tx storage.Tx) error { return tx.Dismiss(ctx, p.ID, "U1", morning) })
	addClients(t, s, someone("499", "Niemand"))
	page, after, err := s.Proposals(ctx, 0, 100)
	if err != nil || after != before-1 {
		t.Errorf("%d proposals, %v; want %d", after, err, before-1)
	}
	for _, q := range page {
		if slices.Equal(q.Groups, p.Groups) {
			t.Errorf("proposal %+v after the same groups were dismissed", q)
		}
	}
	wantKind(t, "Dismiss again", s.Write(ctx, func(tx storage.Tx) error { return tx.Dismiss(ctx, p.ID, "U1", morning) }), analysis.NotFound)
	for i := 1; i < len(page); i++ {
		if len(page[i].Groups) > len(page[i-1].Groups) {
			t.Errorf("proposal %d has more groups than the one before", i)
		}
	}
	if rest, total, err := s.Proposals(ctx, 1, 1); err != nil || len(page) > 1 && (total != len(page) || len(rest) != 1 || rest[0].ID != page[1].ID) {
		t.Errorf("second page = %v of %d, %v; want %v of %d", rest, total, err, page[1], len(page))
	}
	if rest, total, err := s.Proposals(ctx, 1000, 10); err != nil || len(rest) != 0 || total != len(page) {
		t.Errorf("page past the end = %v of %d, %v", rest, total, err)
	}
}

// testMergeRaces: of several that confirm at once one merges.
func testMergeRaces(t *testing.T, s, other Store) {
	p := family(t, s, "tegelijk", "501", "502")
	var merged atomic.Int32
	err := atOnce(6, func(i int) error {
		err := []Store{s, other}[i%2].Write(t.Context(), func(tx storage.Tx) error {
			_, err := tx.Merge(t.Context(), p.ID, "U1", morning.Add(time.Duration(i)))
			return err
		})
		if err == nil {
			merged.Add(1)
		} else if analysis.KindOf(err) != analysis.NotFound {
			return err
		}
		return nil
	})
	if err != nil || merged.Load() != 1 {
		t.Errorf("%d merges, %v; want one", merged.Load(), err)
	}
}
