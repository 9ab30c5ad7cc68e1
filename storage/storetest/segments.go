package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// someItems are items of groups 1 to n; each third has no yearly revenue.
func someItems(n int) []analysis.SegmentItem {
	items := make([]analysis.SegmentItem, 0, n)
	for i := range n {
		item := analysis.SegmentItem{Group: analysis.GroupID(i + 1), Score: 100 * float64(i) / float64(n), Coverage: 1 / float64(i+1)}
		if i%3 > 0 {
			item.Segment, item.Yearly, item.Known = analysis.Segments()[i%4], analysis.Cents(i-5)*1_000_000_000_007, true
		}
		items = append(items, item)
	}
	return items
}

// saveDraft saves items, shuffled, as the draft.
func saveDraft(t *testing.T, s Store, made time.Time, items []analysis.SegmentItem) (id analysis.VersionID) {
	t.Helper()
	items = slices.Clone(items)
	slices.Reverse(items)
	write(t, s, func(tx storage.Tx) (err error) {
		id, err = tx.SaveDraft(t.Context(), analysis.SegmentVersion{AsOf: analysis.DayOf(made), By: "U1", Made: made}, items)
		return err
	})
	return id
}

// finalize makes the draft final for user.
func finalize(t *testing.T, s Store, id analysis.VersionID, user analysis.UserID, made time.Time) error {
	t.Helper()
	return s.Write(t.Context(), func(tx storage.Tx) error {
		return tx.Finalize(t.Context(), id, analysis.SegmentVersion{FinalBy: user, FinalAt: morning.Add(time.Hour), Made: made})
	})
}

func wantItems(t *testing.T, s Store, id analysis.VersionID, want []analysis.SegmentItem) {
	t.Helper()
	got, err := s.Items(t.Context(), id)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Items of %d = %v, %v; want %v", id, got, err, want)
	}
}

// testSegments: one draft, replaced as often as wanted, becomes final and then
// never changes; the next has the next number.
func testSegments(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	if all, err := s.Versions(ctx); err != nil || len(all) != 0 {
		t.Errorf("Versions of a new office = %v, %v; want none", all, err)
	}
	_, err := s.Items(ctx, 1)
	wantKind(t, "Items of nothing", err, analysis.NotFound)
	_, err = s.Overrides(ctx, 1)
	wantKind(t, "Overrides of nothing", err, analysis.NotFound)
	wantKind(t, "Finalize of nothing", finalize(t, s, 1, "U2", time.Time{}), analysis.NotFound)

	id := saveDraft(t, s, morning, someItems(1234))
	wantEqual(t, "first draft", id, 1)
	wantItems(t, s, id, someItems(1234))
	again := morning.Add(time.Minute)
	wantEqual(t, "draft made anew", saveDraft(t, s, again, someItems(7)), id)
	wantItems(t, s, id, someItems(7))
	for _, want := range someItems(7) {
		if got, err := s.Item(ctx, id, want.Group); err != nil || got != want {
			t.Errorf("Item = %v, %v; want %v", got, err, want)
		}
	}
	_, err = s.Item(ctx, id, 8)
	wantKind(t, "Item that is not there", err, analysis.NotFound)
	twice := append(someItems(7), someItems(1)...)
	err = s.Write(ctx, func(tx storage.Tx) error {
		_, err := tx.SaveDraft(ctx, analysis.SegmentVersion{Made: again}, twice)
		return err
	})
	if err == nil {
		t.Error("a group given twice was taken")
	}

	wantKind(t, "Finalize of what was made anew", finalize(t, s, id, "U2", morning), analysis.Invalid)
	if err := finalize(t, s, id, "U2", again); err != nil {
		t.Fatal(err)
	}
	err = finalize(t, s, id, "U3", again)
	wantKind(t, "Finalize of what is final", err, analysis.Invalid)
	var told *analysis.Error
	if errors.As(err, &told); told == nil || told.Args["by"] != analysis.UserID("U2") {
		t.Errorf("error %v does not say who was first", err)
	}
	next := saveDraft(t, s, again, someItems(3))
	wantEqual(t, "next draft", next, id+1)
	wantItems(t, s, id, someItems(7))
	all, err := s.Versions(ctx)
	want := []analysis.SegmentVersion{
		{ID: 2, State: analysis.Draft, AsOf: analysis.DayOf(again), By: "U1", Made: again},
		{ID: 1, State: analysis.Final, AsOf: analysis.DayOf(again), By: "U1", Made: again, FinalBy: "U2", FinalAt: morning.Add(time.Hour)},
	}
	if err != nil || fmt.Sprint(all) != fmt.Sprint(want) {
		t.Errorf("Versions = %v, %v; want %v", all, err, want)
	}
}

// testSegmentRaces: of many that begin a draft there is one, and of those who
// make it final one does and the others are told.
func testSegmentRaces(t *testing.T, fresh Fresh) {
	open := fresh(t)
	stores := []Store{open(), open()}
	ctx := t.Context()
	for round := range 4 {
		err := atOnce(4, func(i int) error {
			return stores[i%2].Write(ctx, func(tx storage.Tx) error {
				id, err := tx.SaveDraft(ctx, analysis.SegmentVersion{Made: morning, By: "U1"}, someItems(100+i))
				if err == nil && int(id) != round+1 {
					t.Errorf("draft %d in round %d", id, round)
				}
				return err
			})
		})
		if err != nil {
			t.Fatal(err)
		}
		id := analysis.VersionID(round + 1)
		items, err := stores[0].Items(ctx, id)
		if err != nil || len(items) < 100 || !slices.Equal(items, someItems(len(items))) {
			t.Errorf("%d items, %v; want one draft's, as a whole", len(items), err)
		}
		var won, told atomic.Int32
		err = atOnce(4, func(i int) error {
			err := finalize(t, stores[i%2], id, analysis.UserID(fmt.Sprint("U", i)), time.Time{})
			switch {
			case err == nil:
				won.Add(1)
			case analysis.KindOf(err) == analysis.Invalid:
				told.Add(1)
			default:
				return err
			}
			return nil
		})
		if err != nil || won.Load() != 1 || told.Load() != 3 {
			t.Errorf("%d made it final and %d were told, %v; want one and three", won.Load(), told.Load(), err)
		}
	}
}
