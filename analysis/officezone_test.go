package analysis

import (
	"testing"
	"time"
)

// The zone that the program carries says of every hour of 60 years what the
// machine's does.
func TestOfficeZone(t *testing.T) {
	own, err := time.LoadLocationFromTZData("Europe/Amsterdam", amsterdam)
	if err != nil {
		t.Fatal(err)
	}
	if got := OfficeZone().String(); got != "Europe/Amsterdam" {
		t.Errorf("the office is in %q", got)
	}
	machine, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Skip("this machine has no zone files")
	}
	for at := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2050; at = at.Add(time.Hour) {
		if got, want := at.In(own).Format(time.RFC3339), at.In(machine).Format(time.RFC3339); got != want {
			t.Fatalf("%s is %s by the program's zone, %s by the machine's", at, got, want)
		}
	}
}
