package analysis

// Identifiers are typed so that one can not be handed over for another. The
// numeric ones are given out by the store and mean nothing outside it; zero
// is "none". The textual ones are Slack's.
type (
	// ClientID identifies a Client in the store.
	ClientID int64
	// GroupID identifies a Group (relatiegroep) in the store.
	GroupID int64
	// ContactID identifies a Contact (contactpersoon) in the store.
	ContactID int64
	// ManagerID identifies a Manager: somebody of the office who holds
	// relationships, answers for them as a partner, or both.
	ManagerID int64
	// ServiceID identifies a Service in the store.
	ServiceID int64
	// ImportID identifies one applied import, the unit of undo.
	ImportID int64

	// UserID is a Slack user, for instance U012AB3CD.
	UserID string
	// ChannelID is a Slack conversation, for instance C012AB3CD.
	ChannelID string
	// TeamID is a Slack workspace, for instance T012AB3CD.
	TeamID string
)
