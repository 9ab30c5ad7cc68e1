package storetest

import (
	"slices"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// judge records one judgement.
func judge(t *testing.T, s Store, group analysis.GroupID, criterion string, value int) analysis.Judgement {
	t.Helper()
	j := analysis.Judgement{Group: group, Criterion: criterion, Value: value, By: "U1", At: morning}
	write(t, s, func(tx storage.Tx) error { return tx.Judge(t.Context(), j) })
	return j
}

func wantJudgements(t *testing.T, s Store, group analysis.GroupID, want ...analysis.Judgement) {
	t.Helper()
	got, err := s.Judgements(t.Context(), group)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Judgements of %d = %+v, %v; want %+v", group, got, err, want)
	}
}

// testJudgements: the last one of a group and criterion counts, unless it takes
// the judgement back; a merged group's are the whole's.
func testJudgements(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202", "203")
	a, b, c := p.Groups[0].ID, p.Groups[1].ID, p.Groups[2].ID
	wantJudgements(t, s, a)
	judge(t, s, a, "strategie", 1)
	judge(t, s, b, "strategie", 0)
	ict := judge(t, s, a, "ict", 4)
	first := judge(t, other, a, "strategie", 3)
	later := judge(t, other, b, "strategie", 2)
	judge(t, s, c, "ict", 2)
	judge(t, s, c, "ict", analysis.TakenBack)
	wantJudgements(t, s, a, ict, first)
	wantJudgements(t, s, b, later)
	wantJudgements(t, s, c)
	history, err := s.JudgementHistory(ctx, c)
	if err != nil || len(history) != 2 || history[0].Value != 2 || history[1].Value != analysis.TakenBack || history[0].By != "U1" {
		t.Errorf("JudgementHistory = %+v, %v; want both", history, err)
	}
	// Not knowing is an answer, until it is taken back.
	unknown := judge(t, s, c, "ict", analysis.DontKnow)
	wantJudgements(t, s, c, unknown)
	judge(t, s, c, "ict", analysis.TakenBack)
	wantJudgements(t, s, c)
	wantJudgements(t, s, 4711)
	all, err := s.AllJudgements(ctx)
	if err != nil || !slices.Equal(all, []analysis.Judgement{ict, first, later}) {
		t.Errorf("AllJudgements = %+v, %v; want %+v", all, err, []analysis.Judgement{ict, first, later})
	}
	for _, value := range []int{-3, 5} {
		err := s.Write(ctx, func(tx storage.Tx) error {
			return tx.Judge(ctx, analysis.Judgement{Group: a, Criterion: "ict", Value: value, At: morning})
		})
		wantKind(t, "Judge outside the scale", err, analysis.Invalid)
	}
	err = s.Write(ctx, func(tx storage.Tx) error {
		return tx.Judge(ctx, analysis.Judgement{Group: 4711, Criterion: "ict", At: morning})
	})
	wantKind(t, "Judge nobody", err, analysis.NotFound)

	merge(t, s, p.ID)
	later.Group = a // it was said later than the first of a
	for _, g := range []analysis.GroupID{a, b, c} {
		wantJudgements(t, s, g, later)
	}
	ict = judge(t, s, b, "ict", 3) // an old button still finds the whole
	ict.Group = a
	wantJudgements(t, s, a, ict, later)
	if all, err := s.AllJudgements(ctx); err != nil || !slices.Equal(all, []analysis.Judgement{ict, later}) {
		t.Errorf("AllJudgements after Merge = %+v, %v; want %+v", all, err, []analysis.Judgement{ict, later})
	}
	write(t, s, func(tx storage.Tx) error { return tx.Unmerge(ctx, p.ID, "U1", morning) })
	later.Group = b
	wantJudgements(t, s, a, ict, first)
	wantJudgements(t, s, b, later)
}

// testRemarks: what was noted is kept in its order, under the group that its
// group is part of by now.
func testRemarks(t *testing.T, fresh Fresh) {
	open := fresh(t)
	s, other := open(), open()
	ctx := t.Context()
	p := family(t, s, "vandermeulen", "201", "202", "203")
	a, b := p.Groups[0].ID, p.Groups[1].ID
	note := func(s Store, group analysis.GroupID, words string) analysis.Remark {
		r := analysis.Remark{Group: group, Words: words, By: "U1", At: morning}
		write(t, s, func(tx storage.Tx) error { return tx.Remark(ctx, r) })
		return r
	}
	want := func(group analysis.GroupID, want ...analysis.Remark) {
		t.Helper()
		if got, err := other.Remarks(ctx, group); err != nil || !slices.Equal(got, want) {
			t.Errorf("Remarks of %d = %+v, %v; want %+v", group, got, err, want)
		}
	}
	want(a)
	want(4711)
	first := note(s, a, "Dochter neemt over; <!channel> \u201cnet\u201d")
	back, later := note(other, a, ""), note(s, b, "Belt liever")
	want(a, first, back)
	want(b, later)
	wantKind(t, "Remark about nobody", s.Write(ctx, func(tx storage.Tx) error {
		return tx.Remark(ctx, analysis.Remark{Group: 4711, Words: "x", At: morning})
	}), analysis.NotFound)
	merge(t, s, p.ID)
	later.Group = a
	want(b, first, back, later)
	write(t, s, func(tx storage.Tx) error { return tx.Unmerge(ctx, p.ID, "U1", morning) })
	later.Group = b
	want(b, later)
}
