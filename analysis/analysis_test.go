package analysis

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// The table of rights, spelled out: a change here is a decision, not a slip.
func TestAllow(t *testing.T) {
	all := []Permission{UseHelp, FindClients, ViewClient, ViewOffice, ShareClient, ImportData, MergeGroups, DraftSegments, DecideSegments, ProposeSegment, ManageOffice}
	for role, may := range map[Role]string{
		Nobody:        "",
		Operator:      "help.use client.find client.view office.view client.share import.apply group.merge segment.draft segment.decide segment.propose office.manage",
		Administrator: "help.use client.find client.view office.view client.share import.apply group.merge segment.draft office.manage",
		PartnerRole:   "help.use client.find client.view office.view client.share group.merge segment.draft segment.decide segment.propose",
		ManagerRole:   "help.use client.find client.view office.view client.share",
		Employee:      "help.use client.find client.view office.view client.share",
		"directeur":   "",
	} {
		for _, p := range all {
			want := false
			for _, granted := range strings.Fields(may) {
				want = want || granted == string(p)
			}
			if got := Allow(Actor{User: "U1", Role: role}, p, Subject{}); got != want {
				t.Errorf("Allow(%q, %s) = %v, want %v", role, p, got, want)
			}
		}
		if Allow(Actor{Role: role}, "no.such.permission", Subject{}) {
			t.Errorf("%q may do what nobody knows", role)
		}
	}
}

func TestManagersMergeTheirOwnPortfolio(t *testing.T) {
	m := Actor{Role: ManagerRole, Manager: 3}
	for _, c := range []struct {
		subject Subject
		want    bool
	}{{Subject{Manager: 3}, true}, {Subject{Partner: 3}, true}, {Subject{Manager: 4}, false}, {Subject{}, false}} {
		if got := Allow(m, MergeGroups, c.subject); got != c.want {
			t.Errorf("Allow(%+v) = %v, want %v", c.subject, got, c.want)
		}
	}
	if Allow(Actor{Role: ManagerRole}, MergeGroups, Subject{}) {
		t.Error("a manager without portfolio decides about groups without manager")
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
