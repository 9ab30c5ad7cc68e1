package session

import (
	"encoding/json"
	"fmt"
	"time"

	"klantbot/analysis"
)

// Event is something that happened in a session. Events are only ever added.
type Event struct {
	Seq  int             // 1, 2, 3, ... within its session
	At   time.Time       // business time, kept to the millisecond
	By   analysis.UserID // empty: the bot, by the clock
	Key  string          // of the request; within a session a key happens once
	Body Body
}

// Body is what happened: one of the types in body_*.go. Each is a plain struct
// with a stable JSON form.
type Body interface {
	// Name is what the type is stored under; it never changes.
	Name() string
	// check says what in s stands in the way, apart from who and when, as an
	// analysis.Error.
	check(s *State, e Event) error
	// apply changes s; check returned nil.
	apply(s *State, e Event)
}

// decoders read a body of each stored name.
var decoders = map[string]func([]byte) (Body, error){
	"started": decode[Started], "chose": decode[Chose], "joined": decode[Joined], "removed": decode[Removed], "took_over": decode[TookOver],
	"moved": decode[Moved], "extended": decode[Extended], "switched": decode[Switched], "paused": decode[Paused], "resumed": decode[Resumed], "ended": decode[Ended],
	"undone": decode[Undone], "readied": decode[Readied],
	"wrote": decode[Wrote], "rewrote": decode[Rewrote], "withdrew": decode[Withdrew],
	"clustered": decode[Clustered], "merged": decode[Merged], "split": decode[Split], "renamed": decode[Renamed], "put": decode[Put],
	"opposed": decode[Opposed], "voted": decode[Voted], "weighed": decode[Weighed], "decided": decode[Decided],
	"stepped": decode[Stepped], "felt": decode[Felt], "ambition": decode[AmbitionChosen],
	"agreed": decode[Agreed], "handled": decode[Handled],
}

func decode[T Body](raw []byte) (Body, error) {
	var b T
	err := json.Unmarshal(raw, &b)
	return b, err
}

// Version is that of the stored form of bodies. A field may be added without
// raising it: its zero value must mean what its absence did.
const Version = 1

// Encode returns the stored form of b: JSON of one object.
func Encode(b Body) ([]byte, error) {
	raw, err := json.Marshal(b)
	if err != nil {
		return nil, fmt.Errorf("write event %s: %w", b.Name(), err)
	}
	return raw, nil
}

// Decode reads what Encode wrote under a name and version. What a newer program
// wrote is an error: folding without it would show something else.
func Decode(name string, version int, raw []byte) (Body, error) {
	read := decoders[name]
	if read == nil || version != Version {
		return nil, fmt.Errorf("read event %q of version %d: written by another version of the program", name, version)
	}
	b, err := read(raw)
	if err != nil {
		return nil, fmt.Errorf("read event %s: %w", name, err)
	}
	return b, nil
}
