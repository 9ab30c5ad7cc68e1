package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Dossier is everything that is kept of one client and their contact persons, as
// it stands in the database: what somebody gets who asks what is known of them.
type Dossier struct {
	Client analysis.Client
	// Alone says that the client's relatiegroep has no other client, so that what is
	// kept of the group is about this client.
	Alone bool
	Parts []DossierPart // in a fixed order; what has no rows is left out
}

// DossierPart is what one table has.
type DossierPart struct {
	Table   string
	Columns []string
	Rows    [][]any // int64, float64, string or nil
}

// Forgetting is what forgetting a client takes away, and what it leaves.
type Forgetting struct {
	Removed map[string]int // rows by table: taken out, or emptied of what was said
	Posted  int            // messages in Slack that become a stub
	Files   int            // files in Slack that are deleted
	// What stays, and leads to nobody any more.
	Trail  int // lines of the audit trail
	Final  int // lines of segmentations that are final
	Shared int // rows about a relatiegroep that has other clients
	// What others keep.
	LastInvoice analysis.Day         // NoDay: nothing was invoiced
	Links       []string             // to messages of people, out of which something was kept
	Channels    []analysis.ChannelID // where something of the client was shared
	Exports     int                  // times that a file with the client may have left
}

// Forgotten marks a client that was forgotten, without saying who it is to
// anybody who does not know the client number.
type Forgotten struct {
	Digest string // SHA-256 over Salt, a zero byte and the client number, in hexadecimals
	Salt   string
	Team   analysis.TeamID // workspace of the office; empty: not bound to one yet
	At     time.Time
}

// Dossiers reads and forgets clients.
type Dossiers interface {
	// Dossier returns what is kept of a client. Group-wide rows are in it, also
	// where the group has other clients; nothing of those is.
	Dossier(ctx context.Context, client analysis.ClientID) (Dossier, error)
	// Forget takes out everything that is kept of a client and their contact
	// persons, has messages that were posted change, and remembers that it was done;
	// line is written about them first. With dry it says what it would do, and does
	// nothing.
	Forget(ctx context.Context, client analysis.ClientID, line AuditLine, dry bool) (Forgetting, error)
	// ForgetColleague takes a colleague's name off what they contributed to discussions,
	// which stays under a stand-in, and takes out what only they read: their reflections,
	// what they asked and how they want their digest. It returns rows by table; line is
	// written first. Dry as for Forget.
	ForgetColleague(ctx context.Context, user analysis.UserID, line AuditLine, dry bool) (map[string]int, error)
	// Forgotten returns the marks of all that were forgotten, oldest first.
	Forgotten(ctx context.Context) ([]Forgotten, error)
	// ForgetAgain forgets the clients that marks are of, where an old copy of the
	// database brought them back, keeps the marks, and returns how many clients it
	// forgot. Marks that are kept already are passed by, and those of the office of
	// another workspace.
	ForgetAgain(ctx context.Context, marks []Forgotten, at time.Time) (int, error)
}
