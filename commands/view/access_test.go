package view

import (
	"testing"
	"time"

	"klantbot/analysis"
	"klantbot/commands/locale"
)

func TestGoldenAccess(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		many := AccessWindow{Sees: analysis.SeesOwn, Row: SettingRow{Version: 2, Own: true, By: "U2", At: time.Date(2026, 11, 4, 10, 0, 0, 0, time.UTC)},
			Outcome: Outcome{Said: p.T("access.sees_saved", nil)}}
		for i := range accessListed + 3 {
			many.Members = append(many.Members, AccessMember{User: "U1", Roles: analysis.RolesOf(analysis.Administrator, analysis.PartnerRole)})
			many.Restricted = append(many.Restricted, AccessRestricted{Number: "0012", Value: "12/3", People: make([]analysis.UserID, i)})
		}
		for name, m := range map[string]Modal{
			"access":              Access(p, AccessWindow{}),
			"access_many":         Access(p, many),
			"access_sees":         AccessSees(p, analysis.SeesSegments, "3"),
			"access_roles":        AccessRoles(p),
			"access_restrict":     AccessClient(p),
			"access_restrict_one": AccessRestrict(p, hostile, []analysis.UserID{"U2", "U1"}, "12/3"),
		} {
			golden(t, name+"."+string(lang)+".json", m)
		}
	}
}
