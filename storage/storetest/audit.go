package storetest

import (
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

func testAudit(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	addClients(t, s, inGroup("G", "1", "Een"), inGroup("G", "2", "Twee"), someone("3", "Drie"))
	one, two, three := clientOf(t, s, "1"), clientOf(t, s, "2"), clientOf(t, s, "3")
	write := func(lines ...storage.AuditLine) {
		t.Helper()
		write(t, s, func(tx storage.Tx) error {
			for _, line := range lines {
				if err := tx.Audit(t.Context(), line); err != nil {
					return err
				}
			}
			return nil
		})
	}
	show := storage.AuditLine{At: morning, User: "U1", Action: "client.show", Client: one.ID, Group: one.Group, Request: "R1"}
	share := show
	share.Action, share.Channel, share.At = "client.share", "C1", morning.Add(time.Minute)
	byGroup := storage.AuditLine{At: morning.Add(time.Hour), Action: "group.show", Group: one.Group, Request: "R2"}
	second := storage.AuditLine{At: morning.Add(2 * time.Hour), User: "U2", Action: "client.show", Client: two.ID, Request: "R3"}
	elsewhere := storage.AuditLine{At: morning, Action: "client.show", Client: three.ID, Group: three.Group, Request: "R1"}
	office := storage.AuditLine{At: morning, Action: "office.manage", Request: "R1"}
	write(show, share, byGroup, second, elsewhere, office)
	write(show, share, show, second) // delivered again

	want := []storage.AuditLine{second, byGroup, share, show}
	wantTrail(t, s, one.Group, 10, want)
	wantTrail(t, s, one.Group, 2, want[:2])
	wantTrail(t, s, three.Group, 10, []storage.AuditLine{elsewhere})
	wantTrail(t, s, 4711, 10, nil)

	unnamed := storage.AuditLine{At: morning.Add(3 * time.Hour), Action: "client.show", Group: three.Group}
	write(unnamed)
	write(unnamed)
	wantTrail(t, s, three.Group, 10, []storage.AuditLine{unnamed, unnamed, elsewhere})
}

func wantTrail(t *testing.T, s Store, group analysis.GroupID, limit int, want []storage.AuditLine) {
	t.Helper()
	got, err := s.AuditOf(t.Context(), group, limit)
	if err != nil || len(got) != len(want) {
		t.Fatalf("AuditOf = %+v, %v; want %d lines", got, err, len(want))
	}
	for i := range want {
		wantEqual(t, "line, newest first", got[i], want[i])
	}
}
