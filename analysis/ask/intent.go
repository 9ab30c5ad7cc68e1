package ask

import (
	"slices"
	"strings"
)

// Intent is what somebody wants to know or do.
type Intent string

// The intents; their names are a promise of the command line.
const (
	ClientCard        Intent = "client.card"
	ClientRevenue     Intent = "client.revenue"
	ClientValue       Intent = "client.value"
	ClientSegment     Intent = "client.segment"
	ClientTypeOf      Intent = "client.type"
	ClientPotential   Intent = "client.potential"
	ClientWhitespace  Intent = "client.whitespace"
	ClientLifetime    Intent = "client.lifetime"
	ClientContacts    Intent = "client.contacts"
	ClientLastContact Intent = "client.last_contact"
	ClientNextDue     Intent = "client.next_due"
	ClientSurvey      Intent = "client.survey"
	ClientActions     Intent = "client.actions"
	ClientPrepare     Intent = "client.prepare"
	ClientChanges     Intent = "client.changes"
	ClientManager     Intent = "client.manager"
	ClientPeers       Intent = "client.peers"

	PortfolioList      Intent = "portfolio.list"
	PortfolioSummary   Intent = "portfolio.summary"
	PortfolioNoContact Intent = "portfolio.no_contact"
	PortfolioTop       Intent = "portfolio.top"
	PortfolioGrowth    Intent = "portfolio.growth"
	PortfolioDecline   Intent = "portfolio.decline"

	PyramidShow      Intent = "pyramid.show"
	PyramidMigration Intent = "pyramid.migration"

	SegmentList    Intent = "segment.list"
	SegmentBorder  Intent = "segment.border"
	SegmentCompare Intent = "segment.compare"

	AttentionWeek    Intent = "attention.week"
	AttentionOverdue Intent = "attention.overdue"
	AttentionReport  Intent = "attention.report"

	TouchLog Intent = "touch.log"

	SurveyReport      Intent = "survey.report"
	SurveyNPS         Intent = "survey.nps"
	SurveyTheme       Intent = "survey.theme"
	SurveyGap         Intent = "survey.gap"
	SurveyAmbassadors Intent = "survey.ambassadors"
	SurveyWinback     Intent = "survey.winback"
	SurveyLeads       Intent = "survey.leads"

	SessionStart   Intent = "session.start"
	SessionStatus  Intent = "session.status"
	SessionActions Intent = "session.actions"

	Help    Intent = "help"
	Unknown Intent = "unknown"
)

// Intents lists them all in the order of the command line's promise.
func Intents() []Intent { return slices.Clone(intents) }

var intents = []Intent{
	ClientCard, ClientRevenue, ClientValue, ClientSegment, ClientTypeOf, ClientPotential, ClientWhitespace, ClientLifetime,
	ClientContacts, ClientLastContact, ClientNextDue, ClientSurvey, ClientActions, ClientPrepare, ClientChanges, ClientManager,
	ClientPeers, PortfolioList, PortfolioSummary, PortfolioNoContact, PortfolioTop, PortfolioGrowth, PortfolioDecline,
	PyramidShow, PyramidMigration, SegmentList, SegmentBorder, SegmentCompare, AttentionWeek, AttentionOverdue, AttentionReport,
	TouchLog, SurveyReport, SurveyNPS, SurveyTheme, SurveyGap, SurveyAmbassadors, SurveyWinback, SurveyLeads, SessionStart,
	SessionStatus, SessionActions, Help, Unknown,
}

// AboutClient says whether i needs one client.
func (i Intent) AboutClient() bool { return strings.HasPrefix(string(i), "client.") || i == TouchLog }

// family is the part before the dot.
func (i Intent) family() string {
	family, _, _ := strings.Cut(string(i), ".")
	return family
}
