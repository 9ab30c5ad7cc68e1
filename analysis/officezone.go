package analysis

import (
	_ "embed" // the zone of offices
	"fmt"
	"sync"
	"time"
)

// amsterdam is Europe/Amsterdam as the IANA writes it. All zones of the world
// (time/tzdata) are .4 MB, which a server would hold in memory; people elsewhere
// have the zone of the machine, or the offset that Slack tells.
//
//go:embed amsterdam.tzif
var amsterdam []byte

// OfficeZone is where Dutch offices are, also on a machine without zone files.
// A day begins there where nobody's own zone is known.
var OfficeZone = sync.OnceValue(func() *time.Location {
	const name = "Europe/Amsterdam"
	if zone, err := time.LoadLocation(name); err == nil {
		return zone
	}
	zone, err := time.LoadLocationFromTZData(name, amsterdam)
	if err != nil {
		panic(fmt.Sprintf("analysis: %s: %v", name, err)) // it is part of the program; the test reads it
	}
	return zone
})
