package storetest

import (
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// testForgottenStay: no file brings back a client who was forgotten, whatever it
// says of them, until somebody names the number; then the trail says who did.
func testForgottenStay(t *testing.T, fresh FreshRaw) {
	open, raw := fresh(t)
	s := open()
	list := clientList(inGroup("G", "0777", "Vergeten"), inGroup("G", "2", "Twee"), someone("3", "Drie"))
	list.into(t, s, raw)
	forget(t, s, "0777", "R1")

	list.clients[2].Referrer = "0777"
	list.clients[1].GroupName = ""
	list.clients = append(list.clients, inGroup("0777", "4", "Vier"))
	out := list.into(t, s, raw)
	wantCounts(t, out, 1, 0, 2, 0, 1)
	wantRefused(t, out, 2, "import.forgotten")
	wantEqual(t, "number that the refusal names", out.Refused[0].Reason.Args["number"], any("0777"))
	wantEqual(t, "who brought another", clientOf(t, s, "3").Referrer, "")
	wantGroup(t, s, "2", "2", "G", "[2]")
	wantCounts(t, list.into(t, s, raw), 0, 0, 3, 0, 1)

	lines := revenueOf("boek", invoiced("0777", 1, "a", "X", 10), invoiced("777", 1, "b", "X", 10), invoiced("00777", 1, "c", "X", 10), invoiced("9", 1, "a", "X", 10))
	lines.options.CreateUnknown = true
	out = lines.into(t, s, raw)
	wantCounts(t, out, 1, 0, 0, 0, 3)
	for _, r := range out.Refused {
		wantEqual(t, "reason", r.Reason.Key, "import.forgotten")
		wantEqual(t, "number to bring them back by", r.Reason.Args["number"], any("0777"))
	}
	wantOtherKinds(t, s, 1, "import.forgotten")

	lines.options.Again = []string{"777"}
	out = lines.into(t, s, raw)
	wantCounts(t, out, 1, 0, 1, 0, 2)
	undo(t, s, out.ID)

	list.options.Again, list.options.By = []string{"0777"}, "U7"
	out = list.into(t, s, raw)
	wantCounts(t, out, 1, 1, 2, 0, 0)
	wantEqual(t, "who brought another", clientOf(t, s, "3").Referrer, "0777")
	back := clientOf(t, s, "0777")
	trail, err := s.AuditOf(t.Context(), back.Group, 10)
	if err != nil || len(trail) != 1 || trail[0].Action != "client.again" || trail[0].User != "U7" || trail[0].Client != back.ID {
		t.Errorf("trail = %+v (%v), want who brought the client back", trail, err)
	}
	list.options.Again = nil
	wantCounts(t, list.into(t, s, raw), 0, 0, 4, 0, 0)
	wantOtherKinds(t, s, 0, "")
	undo(t, s, out.ID)
}

// forget forgets the client with number.
func forget(t *testing.T, s Store, number, request string) {
	t.Helper()
	line := storage.AuditLine{At: morning, User: "U1", Action: "client.forget", Request: request}
	if _, err := s.Forget(t.Context(), idOf(t, s, number), line, false); err != nil {
		t.Fatalf("Forget: %v", err)
	}
}

// wantOtherKinds imports hours, moments, judgements and answers by name of client
// 0777, of which so many must be refused for reason.
func wantOtherKinds(t *testing.T, s Store, refused int, reason string) {
	t.Helper()
	day, answered := analysis.DayOf(morning), said("r1", 9, "x")
	answered.Number = "0777"
	for _, file := range []struct {
		kind analysis.ImportKind
		add  func(storage.Staging) error
	}{
		{analysis.ImportTouches, func(to storage.Staging) error {
			return to.AddTouches(t.Context(), []analysis.StagedTouch{{Line: 2, Number: "0777", Day: day, Kind: analysis.Call}})
		}},
		{analysis.ImportHours, func(to storage.Staging) error {
			return to.AddHours(t.Context(), []analysis.StagedHours{{Line: 2, Number: "0777", Day: day, Minutes: 60}})
		}},
		{analysis.ImportJudgements, func(to storage.Staging) error {
			return to.AddJudgements(t.Context(), []analysis.StagedJudgement{{Line: 2, Number: "0777", Criterion: "strategic", Value: 3}})
		}},
		{analysis.ImportSurvey, func(to storage.Staging) error {
			return to.AddResponses(t.Context(), []analysis.StagedResponse{answered})
		}},
	} {
		out := apply(t, s, storage.ImportOptions{Kind: file.kind, File: "x.csv", Source: "x", Wave: "naam", ByName: true, At: morning}, file.add)
		if out.RefusedCount != refused || out.Added != 1-refused || refused > 0 && out.Refused[0].Reason.Key != reason {
			t.Errorf("%s of a client who was forgotten: %s; want %d refused", file.kind, outcomeText(out), refused)
		}
	}
}

// testForgottenTwice: who came back and is forgotten once more is forgotten again in
// a copy of in between, which holds them lawfully by the first mark alone.
func testForgottenTwice(t *testing.T, fresh Fresh) {
	s, between := fresh(t)(), fresh(t)()
	ctx := t.Context()
	addClients(t, s, someone("1", "Een"))
	forget(t, s, "1", "R1")
	marks, err := s.Forgotten(ctx)
	if err != nil || len(marks) != 1 {
		t.Fatalf("Forgotten = %+v, %v", marks, err)
	}
	if _, err := between.ForgetAgain(ctx, marks, morning); err != nil {
		t.Fatal(err)
	}
	for _, office := range []Store{s, between} {
		again := storage.ImportOptions{Kind: analysis.ImportClients, File: "clients.csv", At: morning, Again: []string{"1"}}
		apply(t, office, again, func(to storage.Staging) error {
			return to.AddClients(ctx, []analysis.StagedClient{someone("1", "Een")})
		})
	}
	wantForgottenAgain(t, between, marks, 0)
	forget(t, s, "1", "R2")
	if marks, err = s.Forgotten(ctx); err != nil || len(marks) != 2 {
		t.Fatalf("Forgotten = %+v, %v; want a mark for each time", marks, err)
	}
	wantForgottenAgain(t, between, marks, 1)
}

func wantForgottenAgain(t *testing.T, s Store, marks []storage.Forgotten, want int) {
	t.Helper()
	if n, err := s.ForgetAgain(t.Context(), marks, morning); err != nil || n != want {
		t.Errorf("ForgetAgain = %d, %v; want %d", n, err, want)
	}
}
