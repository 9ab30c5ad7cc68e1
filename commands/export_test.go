package commands

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"klantbot/analysis"
)

// TestExport: whoever makes segmentations gets the one they look at as a file, in
// a message to them alone; nobody else does.
func TestExport(t *testing.T) {
	o := segmentedOffice(t)
	ctx := context.Background()
	window := Segmenting{Use: Segmentation{Portfolio: o.db, Judgements: o.db, Segments: o.db, Settings: o.db, Store: o.db},
		Clients: o.db, Roster: o.db, Futures: o.db, Behind: func(Request) Behind { return nil }}
	export := Export{Window: window, Now: func() time.Time { return at }}
	ask := func(actor analysis.Actor, value string) error {
		o.keys++
		reply, err := export.Send(ctx, Request{Key: fmt.Sprint("k", o.keys), Actor: actor, Lang: "nl", At: at, Value: value})
		if err == nil && (reply.Modal == nil || !strings.Contains(jsonOf(t, reply.Modal), "komt als tabel")) {
			t.Errorf("it answers %+v", reply)
		}
		return err
	}
	if err := ask(director, "1/0/0"); err != nil {
		t.Fatal(err)
	}
	entry, err := o.db.Entry(ctx, fmt.Sprint("export/k", o.keys))
	if err != nil || entry.User != director.User || entry.Channel != "" || entry.Subject != "1" {
		t.Fatalf("%+v, %v", entry, err)
	}
	m, err := export.Letter(ctx, entry)
	if err != nil || m.File == nil || !strings.HasSuffix(m.File.Name, ".csv") || !strings.Contains(string(m.File.Content), "Bakkerij nummer 3") {
		t.Errorf("%+v, %v", m, err)
	}
	if err := ask(analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.Employee)}, "1/0/0"); analysis.KindOf(err) != analysis.Forbidden {
		t.Errorf("an employee: %v", err)
	}
	for _, value := range []string{"", "99/0/0", "x"} {
		if err := ask(director, value); analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("%q: %v", value, err)
		}
	}
	entry.Subject = "99"
	if _, err := export.Letter(ctx, entry); analysis.KindOf(err) != analysis.NotFound {
		t.Errorf("a version that is gone: %v", err)
	}
}
