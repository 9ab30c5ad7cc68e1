package analysis

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// The table of rights, spelled out: a change here is a decision, not a slip.
func TestAllow(t *testing.T) {
	all := []Permission{UseHelp, FindClients, ViewClient, ViewOffice, ShareClient, ImportData, MergeGroups, JudgeGroups,
		DraftSegments, DecideSegments, ProposeSegment, MarkStrategic, DecideFuture, ChooseValue, ChoosePlan, ExceptPlan, ReportOffice, HoldGathering,
		ManageOffice, LogTouches, ReadTouches, ReviseTouches}
	const everybody = "help.use client.find client.view office.view client.share touch.log "
	const both = everybody + "plan.choose plan.except attention.report gathering.hold touch.read touch.revise "
	administrator := both + "import.apply group.merge group.judge segment.draft segment.decide segment.propose value.choose office.manage "
	partner := both + "group.merge group.judge segment.draft segment.decide segment.propose segment.strategic future.decide value.choose "
	for _, c := range []struct {
		roles RoleSet
		may   string
	}{
		{RolesOf(), ""},
		{RolesOf("directeur", ""), ""},
		{RolesOf(Operator), administrator + partner},
		{RolesOf(Administrator), administrator},
		{RolesOf(PartnerRole), partner},
		{RolesOf(ManagerRole), everybody + "touch.read gathering.hold"},
		{RolesOf(Employee), everybody},
		{RolesOf(Administrator, PartnerRole), administrator + partner},
		{RolesOf(Administrator, ManagerRole), administrator},
		{RolesOf(ManagerRole, Employee), everybody + "touch.read gathering.hold"},
	} {
		for _, p := range all {
			want := slices.Contains(strings.Fields(c.may), string(p))
			if got := Allow(Actor{User: "U1", Roles: c.roles}, p, Subject{}); got != want {
				t.Errorf("Allow(%q, %s) = %v, want %v", c.roles, p, got, want)
			}
		}
		if Allow(Actor{Roles: c.roles}, "no.such.permission", Subject{}) {
			t.Errorf("%q may do what nobody knows", c.roles)
		}
	}
}

// Every set of roles may exactly what its roles may, whatever it is asked for.
func TestRolesAddUp(t *testing.T) {
	subjects := []Subject{{}, {Manager: 3}, {Partner: 3}, {Manager: 4, Partner: 5}}
	for s := range RoleSet(1 << len(Roles())) {
		if back := ParseRoles(s.String()); back != s {
			t.Errorf("%q is read back as %q", s, back)
		}
		for p := range granted {
			for _, subject := range subjects {
				want := false
				for _, r := range Roles() {
					want = want || s.Has(r) && Allow(Actor{Roles: RolesOf(r), Manager: 3}, p, subject)
				}
				if got := Allow(Actor{Roles: s, Manager: 3}, p, subject); got != want {
					t.Errorf("%q, %s of %+v: %v, want %v", s, p, subject, got, want)
				}
			}
		}
	}
	if got := RolesOf(PartnerRole).With(Administrator).Without(PartnerRole); got != RolesOf(Administrator) || got.Has("") || got.Has("directeur") {
		t.Errorf("a partner who became administrator and no partner any more is %q", got)
	}
	if got := ParseRoles("partner,beheerder,directeur,"); got.String() != "beheerder,partner" {
		t.Errorf("read %q", got)
	}
}

func TestManagersSpeakForTheirOwnPortfolio(t *testing.T) {
	m := Actor{Roles: RolesOf(ManagerRole, Employee), Manager: 3}
	for _, p := range []Permission{MergeGroups, JudgeGroups, ProposeSegment, ExceptPlan} {
		for _, c := range []struct {
			subject Subject
			want    bool
		}{{Subject{Manager: 3}, true}, {Subject{Partner: 3}, true}, {Subject{Manager: 4}, false}, {Subject{}, false}} {
			if got := Allow(m, p, c.subject); got != c.want {
				t.Errorf("Allow(%s, %+v) = %v, want %v", p, c.subject, got, c.want)
			}
		}
		if Allow(Actor{Roles: RolesOf(ManagerRole)}, p, Subject{}) {
			t.Errorf("%s: a manager without portfolio speaks for groups without manager", p)
		}
	}
}

func TestDays(t *testing.T) {
	d := Date(2026, time.November, 21)
	if d.String() != "2026-11-21" || d.Year() != 2026 {
		t.Errorf("Date = %s", d)
	}
	if back, err := ParseDay("2026-11-21"); err != nil || back != d {
		t.Errorf("ParseDay = %s, %v", back, err)
	}
	for _, bad := range []string{"", "2026-02-30", "21-11-2026", "2026-11-21T00:00:00Z"} {
		if _, err := ParseDay(bad); err == nil {
			t.Errorf("ParseDay(%q) is no error", bad)
		}
	}
	for _, c := range []struct {
		from Day
		n    int
		want string
	}{
		{Date(2026, 1, 31), 1, "2026-02-28"}, {Date(2024, 1, 31), 1, "2024-02-29"}, {Date(2026, 1, 31), 13, "2027-02-28"},
		{Date(2026, 3, 31), -1, "2026-02-28"}, {Date(2026, 11, 21), -12, "2025-11-21"}, {Date(2026, 12, 31), 2, "2027-02-28"},
	} {
		if got := c.from.AddMonths(c.n).String(); got != c.want {
			t.Errorf("%s + %d months = %s, want %s", c.from, c.n, got, c.want)
		}
	}
	// A day belongs to the place where it is asked.
	amsterdam := time.FixedZone("CET", 3600)
	if got := DayOf(time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC).In(amsterdam)); got != d {
		t.Errorf("DayOf just after midnight in Amsterdam = %s", got)
	}
	if NoDay.Known() || NoDay.String() != "" || !Day(0).Known() {
		t.Error("an unknown day is not told from 1970-01-01")
	}
	if Date(1969, 12, 31) != -1 {
		t.Errorf("the day before 1970 is %d", Date(1969, 12, 31))
	}
}

func TestErrorsKeepWhatPeopleTypedOutOfLogs(t *testing.T) {
	cause := errors.New("disk full")
	err := fmt.Errorf("read client 7: %w", &Error{Kind: Invalid, Key: "import.bad", Args: Args{"name": "Jansen"}, Cause: cause})
	if strings.Contains(err.Error(), "Jansen") {
		t.Errorf("the name is in the log: %s", err)
	}
	if KindOf(err) != Invalid || !errors.Is(err, cause) {
		t.Errorf("KindOf = %s", KindOf(err))
	}
	if KindOf(cause) != Internal {
		t.Error("what nobody foresaw is not ours")
	}
}
