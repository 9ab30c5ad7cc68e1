package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/attention"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// TestPlanGoesRound: what config export writes of the attention plan is read back
// as the same plan, and its figures are refused at their line.
func TestPlanGoesRound(t *testing.T) {
	t.Parallel()
	plan := attention.Default(analysis.NoDay)
	plan.Lines = append(plan.Lines, attention.Line{Segment: "D", Activity: "=kaart: <x>\n- y", Kind: attention.Event, Touch: analysis.Card, Role: attention.ByPartner})
	plan.PerPerson, plan.Busy = true, append(plan.Busy, attention.Busy{Name: "bouwvak", From: 29, To: 31, Left: .125})
	p := locale.New(locale.Dutch, nil)
	file := toConfigFile(p, value.DefaultSettings(), nil)
	file.Attention = toPlanFile(plan, map[string]int{"anna@kantoor.example": 4})
	var text bytes.Buffer
	if err := file.write(&text, p); err != nil {
		t.Fatal(err)
	}
	got, people, found, err := parsePlan(text.Bytes())
	got.Capacities = nil
	delete(got.Shares, analysis.SegmentD) // nothing, which the file says and the default does not
	if err != nil || !found || !reflect.DeepEqual(got, plan) || people["anna@kantoor.example"] != 4 {
		t.Errorf("%+v\n%+v, %v, %v\n%s", got, plan, people, err, text.String())
	}
	for _, c := range [][2]string{{"times: 4", "times: 1000"}, {"times: 4", "times: 0"}, {"times: 4", "times: .nan"}, {"times: 4", "times:"}, {"times: 4", "times: 2.5"},
		{"capacity: 8", "capacity: 0"}, {"capacity: 8", "capacity: 99999999999999"}, {"left: 12.5", "left: .nan"}, {"left: 12.5", "left: 120"}, {"working_weeks", "workweeks"},
		{"A: 50", "A: 90"}, {"segment: A", "segment: E"}, {"per_person: true", "per_person: maybe"}, {"anna@kantoor.example: 4", "anna@kantoor.example: 101"}} {
		bad := strings.Replace(text.String(), c[0], c[1], 1)
		if _, _, _, err := parsePlan([]byte(bad)); bad == text.String() || analysis.KindOf(err) != analysis.Invalid || err == nil {
			t.Errorf("%q for %q: %v", c[1], c[0], err)
		}
	}
	if _, _, found, err := parsePlan([]byte("loyalty:\n  known_marks: 3\n")); found || err != nil {
		t.Errorf("a file without a plan: %v, %v", found, err)
	}
}

// TestConfigTakesThePlanOver: the file changes the plan, says what that asks of
// people, is saved as a version, and the same file again changes nothing.
func TestConfigTakesThePlanOver(t *testing.T) {
	t.Parallel()
	db := attentive(t)
	path := filepath.Join(t.TempDir(), "kantoor.yaml")
	if got, status := verb(t, "config", "export", path, db); status != done {
		t.Fatal(got)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	weekly := strings.Replace(string(text), "times: 4", "times: 52", 1)
	if weekly == string(text) {
		t.Fatalf("no calls in\n%s", text)
	}
	path = write(t, "kantoor2.yaml", weekly)
	for i, want := range []int{1, 0} {
		got, status := verb(t, "config", "import", path, db)
		changes, ok := got["changes"].([]any)
		if status != done || !ok || len(changes) != want || want == 1 && changes[0].(map[string]any)["key"] != attention.PlanSetting {
			t.Errorf("time %d: %v", i+1, got)
		}
	}
	unknown := strings.Replace(weekly, "capacity: 8", "capacity: 8\n  capacities:\n    nobody@kantoor.example: 3", 1)
	if got, status := verb(t, "config", "import", write(t, "kantoor3.yaml", unknown), db); status != failed || !strings.Contains(got["error"].(map[string]any)["message"].(string), "nobody@kantoor.example") {
		t.Errorf("somebody unknown: %v", got)
	}
}
