package storetest

import (
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/storage"
)

func testManagers(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	c := someone("1", "Een")
	c.ManagerEmail, c.ManagerName = "anna@kantoor.example", "Anna"
	c.PartnerEmail, c.PartnerName = "piet@kantoor.example", "Piet"
	addClients(t, s, c)

	anna, err := s.ManagerByEmail(t.Context(), "Anna@Kantoor.EXAMPLE")
	if err != nil || anna.Name != "Anna" || anna.Email != "anna@kantoor.example" {
		t.Fatalf("ManagerByEmail = %+v, %v", anna, err)
	}
	piet, err := s.ManagerByEmail(t.Context(), "piet@kantoor.example")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Manager(t.Context(), anna.ID); err != nil || again != anna {
		t.Errorf("Manager = %+v, %v; want %+v", again, err, anna)
	}
	all, err := s.AllManagers(t.Context())
	if err != nil || len(all) != 2 || !slices.Contains(all, anna) || !slices.Contains(all, piet) || all[0].ID > all[1].ID {
		t.Errorf("AllManagers = %+v, %v; want Anna and Piet", all, err)
	}
	for _, answers := range []struct {
		name string
		id   analysis.ManagerID
		want bool
	}{{"partner", piet.ID, true}, {"manager", anna.ID, false}, {"nobody", 0, false}, {"unknown", 4711, false}} {
		got, err := s.AnswersForClients(t.Context(), answers.id)
		if err != nil || got != answers.want {
			t.Errorf("AnswersForClients of %s = %v, %v; want %v", answers.name, got, err, answers.want)
		}
	}
	_, err = s.Manager(t.Context(), 4711)
	wantKind(t, "Manager", err, analysis.NotFound)
	_, err = s.ManagerByEmail(t.Context(), "")
	wantKind(t, "ManagerByEmail", err, analysis.NotFound)
}

func testMembers(t *testing.T, fresh Fresh) {
	s := fresh(t)()
	ctx := t.Context()
	_, err := s.Member(ctx, "U1")
	wantKind(t, "Member", err, analysis.NotFound)
	first := storage.Member{User: "U2", Roles: analysis.RolesOf(analysis.Administrator), SetAt: morning}
	second := storage.Member{User: "U1", Roles: analysis.RolesOf(analysis.Administrator, analysis.PartnerRole), SetBy: "U2", SetAt: morning.Add(time.Hour)}
	for _, m := range []storage.Member{first, second} {
		if err := s.SetRoles(ctx, m); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Member(ctx, m.User); err != nil || got != m {
			t.Errorf("Member = %+v, %v; want %+v", got, err, m)
		}
	}
	administrators, err := s.Administrators(ctx)
	if want := []analysis.UserID{"U1", "U2"}; err != nil || !slices.Equal(administrators, want) {
		t.Errorf("Administrators = %v, %v; want %v", administrators, err, want)
	}
	second.Roles = analysis.RolesOf(analysis.Employee, analysis.PartnerRole)
	if err := s.SetRoles(ctx, second); err != nil {
		t.Fatal(err)
	}
	administrators, err = s.Administrators(ctx)
	if want := []analysis.UserID{"U2"}; err != nil || !slices.Equal(administrators, want) {
		t.Errorf("Administrators = %v, %v; want %v: roles replace the earlier ones", administrators, err, want)
	}
}

// testOffice: the first team stays, also when several come at once.
func testOffice(t *testing.T, fresh Fresh) {
	open := fresh(t)
	stores := []Store{open(), open()}
	wantKind(t, "BindTeam without a team", stores[0].BindTeam(t.Context(), ""), analysis.Invalid)
	var bound atomic.Value
	var wins atomic.Int32
	err := atOnce(8, func(i int) error {
		team := analysis.TeamID(numbered("T", i))
		err := stores[i%2].BindTeam(t.Context(), team)
		if err == nil {
			wins.Add(1)
			bound.Store(team)
		} else if analysis.KindOf(err) != analysis.Invalid {
			return err
		}
		return nil
	})
	if err != nil || wins.Load() != 1 {
		t.Fatalf("%d teams were bound, %v; want one", wins.Load(), err)
	}
	again := open()
	if err := again.BindTeam(t.Context(), bound.Load().(analysis.TeamID)); err != nil {
		t.Errorf("BindTeam of the same team: %v", err)
	}
	wantKind(t, "BindTeam of another team", again.BindTeam(t.Context(), "T-other"), analysis.Invalid)
}
