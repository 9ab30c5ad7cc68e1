package analysis

// ImportKind says what a file holds.
type ImportKind string

// The kinds of this program's import so far.
const (
	ImportClients ImportKind = "clients"
	ImportRevenue ImportKind = "revenue"
	ImportXAF     ImportKind = "xaf"
)

// StagedClient is one row of a client list, read and checked but not yet held
// against the store. An empty field leaves what is known as it is; so do a
// negative FTE, Balance and Elsewhere and NoDay.
type StagedClient struct {
	Line int // of the file, for refusals; the first data row follows the header
	Client
	GroupName    string // relatiegroep as the file names it: a number or a name
	ManagerEmail string // lower case
	ManagerName  string
	PartnerEmail string
	PartnerName  string
	ContactName  string
	ContactRole  string
	ContactEmail string
	ContactPhone string
	Objects      bool // the contact person objects to profiling; false: the file does not say so
}

// StagedLine is one invoice line, read and checked but not yet held against the
// store.
type StagedLine struct {
	Line        int
	Number      string // client, debtor, KvK or btw number as the file has it; empty: office revenue
	Name        string // the client's name where the file says it; used when the client is not known yet
	KVK, VAT    string // from an audit file's relation; empty in other files
	Email       string
	Day         Day
	Invoice     string
	Service     string // empty: not said
	ServiceYear int
	Amount      Cents
}

// Refusal is a row that was not taken over, with the reason as a sentence of
// the catalogue.
type Refusal struct {
	Line   int
	Reason *Error
}
