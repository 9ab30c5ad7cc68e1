package bot

// The kinds of envelope, as the wire names them.
const (
	KindCommand     = "slash_commands"
	KindInteractive = "interactive"
	KindEvent       = "events_api"
)

// Incoming is what a wire hands to the Dispatcher, as it came.
type Incoming struct {
	Kind    string // one of the kinds above; anything else is dropped
	Payload []byte // JSON
}
