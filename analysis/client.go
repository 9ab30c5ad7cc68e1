package analysis

// ClientStatus says where a client stands with the office.
type ClientStatus string

// The statuses of an import's column `status`.
const (
	Current  ClientStatus = "klant"
	Prospect ClientStatus = "prospect"
	Former   ClientStatus = "oud-klant"
)

// Audit says whether the office audits a client (controleklant): independence
// rules forbid some services there.
type Audit string

// What a client list says of it; empty is not said.
const (
	Audited    Audit = "ja"
	NotAudited Audit = "nee"
)

// Client is a legal entity or a person whom the office invoices.
type Client struct {
	ID      ClientID
	Group   GroupID
	Number  string // the office's own client number; unique, leading zeros count
	Debtor  string // the bookkeeping's second key; may be empty
	Name    string
	KVK     string // chamber of commerce number
	VAT     string // btw-id; masked for natural persons before it is stored
	Email   string
	Kind    string // soort klant: mkb, zzp, stichting, particulier, ...
	SBI     string // branche, as SBI code or section
	Stage   string // levensfase
	Status  ClientStatus
	FTE     float64 // employees; negative: unknown
	Balance Cents   // balance total of the client's own accounts; negative: unknown
	Since   Day     // NoDay: unknown
	Until   Day     // NoDay: still a client, or unknown
	Market  string  // focus market of a prospect
	// Referrer is who brought the client, in the file's words; Elsewhere is what
	// the client is known to spend at other offices in a year (negative: unknown).
	Referrer  string
	Elsewhere Cents
	Audit     Audit     // whether the office audits the client; empty: no list said
	Manager   ManagerID // as imported for this client; the group's own stands in Group
	Partner   ManagerID
}

// Group is a relatiegroep: clients that decide as one. Value, segment and
// attention live on it. Every client has exactly one.
type Group struct {
	ID      GroupID
	Number  string // the lowest client number when it was formed
	Name    string
	Manager ManagerID
	Partner ManagerID
}

// Contact is a human being at a client.
type Contact struct {
	ID     ContactID
	Client ClientID
	Name   string
	Role   string
	Email  string
	Phone  string
}

// Manager is somebody of the office who holds relationships (relatiemanager),
// answers for them (vennoot), or both.
type Manager struct {
	ID    ManagerID
	Name  string
	Email string // lower case; the key by which imports and Slack name them
	User  UserID // their Slack account once it is known; may be empty
}

// Service is something the office sells.
type Service struct {
	ID   ServiceID
	Name string
	// Forbidden: independence rules keep it from clients that the office audits.
	Forbidden bool
}
