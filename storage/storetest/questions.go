package storetest

import (
	"slices"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

// testQuestions: what was asked is there for whoever asked it, in its thread, once
// for each request, until it is forgotten; and no words are.
func testQuestions(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	add := func(q storage.Question) (id storage.QuestionID) {
		t.Helper()
		write(t, s, func(tx storage.Tx) (err error) {
			id, err = tx.AddQuestion(t.Context(), q)
			return err
		})
		return id
	}
	q := storage.Question{Request: "r1", Channel: "C1", Thread: "1.1", User: "U1", Intent: "client.revenue", Client: 7, Mine: true, Manager: 3,
		Segment: analysis.SegmentA, Against: analysis.SegmentB, Type: "strategisch", Layer: analysis.Layer("top"), Service: 4, Lacking: true, Theme: "groei", Audience: analysis.AskedClients,
		Days: 60, Most: 10, From: 20000, To: 20300, Kind: "klantreis", At: morning}
	q.ID = add(q)
	if again := add(q); again != q.ID {
		t.Errorf("AddQuestion twice = %d and %d; want one", q.ID, again)
	}
	add(storage.Question{Request: "r2", Channel: "C1", Thread: "1.1", User: "U2", Intent: "client.value", Client: 8, At: morning.Add(time.Minute)})
	add(storage.Question{Request: "r3", Channel: "C1", Thread: "2.2", User: "U1", Intent: "unknown", At: morning.Add(2 * time.Minute)})
	got, err := s.Question(t.Context(), q.ID)
	wantEqual(t, "Question", err, nil)
	if len(got.Likely) != 0 || !got.At.Equal(q.At) {
		t.Errorf("Question = %+v; want %+v", got, q)
	}
	got.At = q.At
	if !equalQuestion(got, q) {
		t.Errorf("Question = %+v; want %+v", got, q)
	}
	last := func(thread string, user analysis.UserID, since time.Time) string {
		t.Helper()
		got, err := s.LastQuestion(t.Context(), "C1", thread, user, since)
		if err != nil {
			wantKind(t, "LastQuestion", err, analysis.NotFound)
			return ""
		}
		return got.Request
	}
	wantEqual(t, "the asker's own in the thread", last("1.1", "U1", morning), "r1")
	wantEqual(t, "somebody else's", last("1.1", "U2", morning), "r2")
	wantEqual(t, "the newest in the channel", last("", "U1", morning), "r3")
	wantEqual(t, "too long ago", last("1.1", "U1", morning.Add(time.Second)), "")
	wantEqual(t, "nobody's", last("1.1", "U3", morning), "")
	n, err := s.AskedIn(t.Context(), "C1", "1.1", morning)
	if err != nil || n != 2 {
		t.Errorf("AskedIn = %d, %v; want 2", n, err)
	}
	changed := q
	changed.Intent, changed.Likely, changed.Client, changed.Mine = "client.changes", []string{"client.card", "help"}, 9, false
	write(t, s, func(tx storage.Tx) error { return tx.ReviseQuestion(t.Context(), changed) })
	if got, err = s.Question(t.Context(), q.ID); err != nil || got.Intent != "client.changes" || got.Client != 9 || got.Mine || !slices.Equal(got.Likely, changed.Likely) {
		t.Errorf("Question after a change = %+v, %v", got, err)
	}
	testVerdicts(t, s, q)
}

func equalQuestion(a, b storage.Question) bool {
	a.Likely, b.Likely = nil, nil
	return a.ID == b.ID && a.Request == b.Request && a.Channel == b.Channel && a.Thread == b.Thread && a.User == b.User && a.Intent == b.Intent &&
		a.Client == b.Client && a.Manager == b.Manager && a.Mine == b.Mine && a.Segment == b.Segment && a.Against == b.Against && a.Type == b.Type && a.Layer == b.Layer && a.Service == b.Service && a.Lacking == b.Lacking &&
		a.Theme == b.Theme && a.Audience == b.Audience && a.Days == b.Days && a.Most == b.Most && a.From == b.From && a.To == b.To && a.Kind == b.Kind
}

// testVerdicts: only the asker judges, and what is too old goes.
func testVerdicts(t *testing.T, s Store, q storage.Question) {
	ctx := t.Context()
	for name, change := range map[string]func(storage.Tx) error{
		"judge": func(tx storage.Tx) error { return tx.JudgeQuestion(ctx, q.ID, "U2", storage.Good) },
		"revise": func(tx storage.Tx) error {
			return tx.ReviseQuestion(ctx, storage.Question{ID: q.ID, User: "U2", Intent: "x"})
		},
	} {
		wantKind(t, name+" somebody else's", s.Write(ctx, change), analysis.NotFound)
	}
	wantKind(t, "a remark without words", s.Write(ctx, func(tx storage.Tx) error {
		return tx.AddQuestionRemark(ctx, storage.QuestionRemark{Request: "m0", Intent: "x", Words: " "})
	}), analysis.Invalid)
	for range 2 {
		write(t, s, func(tx storage.Tx) error {
			if err := tx.JudgeQuestion(ctx, q.ID, "U1", storage.NotGood); err != nil {
				return err
			}
			return tx.AddQuestionRemark(ctx, storage.QuestionRemark{Request: "m1", Intent: "client.changes", Verdict: storage.NotGood, Words: "niet\x00 wat ik vroeg 😀", At: morning})
		})
	}
	counts, err := s.IntentCounts(ctx, morning)
	want := []storage.IntentCount{{Intent: "client.changes", Asked: 1, NotGood: 1}, {Intent: "client.value", Asked: 1}, {Intent: "unknown", Asked: 1}}
	if err != nil || !slices.Equal(counts, want) {
		t.Errorf("IntentCounts = %+v, %v; want %+v", counts, err, want)
	}
	remarks, err := s.QuestionRemarks(ctx, morning, 9)
	if err != nil || len(remarks) != 1 || remarks[0].Words != "niet wat ik vroeg 😀" || remarks[0].Verdict != storage.NotGood {
		t.Errorf("QuestionRemarks = %+v, %v; want the one", remarks, err)
	}
	forget := func(before time.Time) (n int) {
		write(t, s, func(tx storage.Tx) (err error) { n, err = tx.ForgetQuestions(ctx, before, 9); return err })
		return n
	}
	wantEqual(t, "forgotten of before", forget(morning), 0)
	wantEqual(t, "forgotten up to the first", forget(morning.Add(time.Second)), 1)
	_, err = s.Question(ctx, q.ID)
	wantKind(t, "a question that was forgotten", err, analysis.NotFound)
	if remarks, err = s.QuestionRemarks(ctx, morning, 9); err != nil || len(remarks) != 0 {
		t.Errorf("QuestionRemarks = %+v, %v; want none", remarks, err)
	}
}

// landedQuestion checks what schema 11 added.
func landedQuestion(t *testing.T, s Store) {
	q, err := s.Question(t.Context(), 1)
	if err != nil || q.Intent != "client.revenue" || q.Client != 1 || q.From != 20089 || q.Verdict != storage.Good || q.User != "U1" {
		t.Errorf("Question = %+v, %v; want the one of U1", q, err)
	}
	if said, err := s.QuestionRemarks(t.Context(), time.Time{}, 9); err != nil || len(said) != 1 || said[0].Words != "Precies goed" {
		t.Errorf("QuestionRemarks = %+v, %v; want one", said, err)
	}
}
