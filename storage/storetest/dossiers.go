package storetest

import (
	"fmt"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// testDossiers: a client who is forgotten is gone, others are not; trying it changes
// nothing; and a copy of before forgets them again, once, and only of the same office.
func testDossiers(t *testing.T, fresh Fresh) {
	s, old := fresh(t)(), fresh(t)()
	ctx := t.Context()
	for _, office := range []Store{s, old} {
		addClients(t, office, someone("1", "Een"), inGroup("G", "2", "Twee"), inGroup("G", "3", "Drie"))
		addTouch(t, office, called(clientOf(t, office, "1").Group, 20400))
	}
	one, two := clientOf(t, s, "1"), clientOf(t, s, "2")
	line := storage.AuditLine{At: morning, User: "U1", Action: "client.forget", Request: "R"}
	d, err := s.Dossier(ctx, one.ID)
	if err != nil || !d.Alone || d.Parts[0].Table != "client_group" || fmt.Sprint(d.Parts[1].Rows[0][2]) != "1" {
		t.Errorf("Dossier = %+v, %v", d, err)
	}
	tried, err := s.Forget(ctx, one.ID, line, true)
	if err != nil || tried.Removed["client"] != 1 || tried.Removed["touch"] != 1 || tried.Trail != 1 || tried.LastInvoice != analysis.NoDay {
		t.Errorf("Forget, dry = %+v, %v", tried, err)
	}
	if marks, err := s.Forgotten(ctx); err != nil || len(marks) != 0 {
		t.Errorf("Forgotten = %+v, %v; want nothing after only trying", marks, err)
	}
	clientOf(t, s, "1")
	wantEqual(t, "lines of the trail", checkAudit(t, s).Unsealed, 0)
	done, err := s.Forget(ctx, one.ID, line, false)
	if err != nil || fmt.Sprint(done) != fmt.Sprint(tried) {
		t.Errorf("Forget = %+v, %v; want %+v as it said", done, err, tried)
	}
	_, err = s.Forget(ctx, one.ID, line, false)
	wantKind(t, "Forget of who is gone", err, analysis.NotFound)
	line.Request = "R2"
	if rest, err := s.Forget(ctx, two.ID, line, false); err != nil || rest.Shared != 0 || rest.Removed["client_group"] != 0 {
		t.Errorf("Forget of one of a group = %+v, %v", rest, err)
	}
	three := clientOf(t, s, "3")
	group, err := s.Group(ctx, three.Group)
	if err != nil || group.Number != "3" || group.Name != "G" {
		t.Errorf("the group that goes on is %+v, %v", group, err)
	}

	marks, err := s.Forgotten(ctx)
	if err != nil || len(marks) != 2 || marks[0].Salt != marks[1].Salt || marks[0].Digest == marks[1].Digest {
		t.Fatalf("Forgotten = %+v, %v; want two under one salt", marks, err)
	}
	if err := old.BindTeam(ctx, "T1"); err != nil {
		t.Fatal(err)
	}
	for i := range marks {
		marks[i].Team = "T2"
	}
	wantForgottenAgain(t, old, marks, 0)
	for i := range marks {
		marks[i].Team = "T1"
	}
	wantForgottenAgain(t, old, marks, 2)
	wantForgottenAgain(t, old, marks, 0)
	_, err = old.Client(ctx, 1)
	wantKind(t, "Client", err, analysis.NotFound)
	clientOf(t, old, "3")
}
