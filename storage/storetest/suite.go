package storetest

import (
	"context"
	"testing"

	"klantbot/storage"
)

// Store is everything a store promises.
type Store interface {
	storage.Writer
	storage.Effects
	storage.Clients
	storage.Roster
	storage.Revenue
	storage.Names
	storage.Managers
	storage.Members
	storage.Office
	storage.Proposals
	storage.AuditTrail
	storage.AuditChain
	storage.Dossiers
	storage.Restrictions
	storage.Objections
	storage.Retention
	storage.Inbox
	storage.Ledger
	storage.Files
	storage.Stranded
	storage.Condition
	storage.Imports
	storage.Settings
	storage.Judgements
	storage.Segments
	storage.Futures
	storage.Invoiced
	storage.Touches
	storage.Attention
	storage.Absences
	storage.Digests
	storage.Gatherings
	storage.Portfolio
	storage.Lifetimes
	storage.Surveys
	storage.FollowUps
	storage.Feedbacks
	storage.Questions
	storage.Telling
	storage.Models
	storage.Sessions
	storage.Actions
	storage.Reflections
	Ping(ctx context.Context) error
	SchemaVersion(ctx context.Context) (int64, error)
	Close() error
}

// Fresh makes a new, empty database and returns what opens it. Every call
// opens it once more, as another program would; the store is closed when t ends.
type Fresh func(t testing.TB) (open func() Store)

// Run proves the promises of the stores that fresh makes.
func Run(t *testing.T, fresh Fresh) {
	for _, part := range []struct {
		name string
		test func(*testing.T, Fresh)
	}{
		{"Open", testOpen},
		{"Clients", testClients},
		{"Text", testText},
		{"Revenue", testRevenue},
		{"Names", testNames},
		{"NamesVersion", testNamesVersion},
		{"Managers", testManagers},
		{"Members", testMembers},
		{"Office", testOffice},
		{"Write", testWrite},
		{"Once", testOnce},
		{"Audit", testAudit},
		{"AuditSeals", testAuditSeals},
		{"AuditRaces", testAuditRaces},
		{"Dossiers", testDossiers},
		{"ForgottenTwice", testForgottenTwice},
		{"Restrictions", testRestrictions},
		{"Objections", testObjections},
		{"Retention", testRetention},
		{"Inbox", testInbox},
		{"InboxRaces", testInboxRaces},
		{"Ledger", testLedger},
		{"LedgerRaces", testLedgerRaces},
		{"LedgerWalks", testLedgerWalks},
		{"Revise", testRevise},
		{"Stub", testStub},
		{"Files", testFiles},
		{"Condition", testCondition},
		{"Groups", testGroups},
		{"Histories", testHistories},
		{"HistoriesMoment", testHistoriesMoment},
		{"PortfolioVersion", testPortfolioVersion},
		{"AnswersVersion", testAnswersVersion},
		{"Settings", testSettings},
		{"Judgements", testJudgements},
		{"Remarks", testRemarks},
		{"Futures", testFutures},
		{"Lifetimes", testLifetimes},
		{"ForbiddenServices", testForbiddenServices},
		{"AuditClients", testAuditClients},
		{"Hours", testHours},
		{"Touches", testTouches},
		{"ImportTouches", testImportTouches},
		{"TouchesAsked", testTouchesAsked},
		{"TouchesMerged", testTouchesMerged},
		{"AttentionGroups", testAttentionGroups},
		{"AttentionFormer", testAttentionFormer},
		{"AttentionOf", testAttentionOf},
		{"NextSteps", testNextSteps},
		{"Marks", testMarks},
		{"OwnLines", testOwnLines},
		{"Occasions", testOccasions},
		{"Absences", testAbsences},
		{"Digests", testDigests},
		{"Gatherings", testGatherings},
		{"ImportJudgements", testImportJudgements},
		{"Surveys", testSurveys},
		{"ImportAlso", testImportAlso},
		{"SurveysAnonymous", testSurveysAnonymous},
		{"SurveysRefused", testSurveysRefused},
		{"SurveysShown", testSurveysShown},
		{"FollowUps", testFollowUps},
		{"FollowUpRaces", testFollowUpRaces},
		{"Feedback", testFeedback},
		{"Questions", testQuestions},
		{"Telling", testTelling},
		{"Models", testModels},
		{"Segments", testSegments},
		{"SegmentRaces", testSegmentRaces},
		{"Overrides", testOverrides},
		{"OverridesMerged", testOverridesMerged},
		{"Sessions", testSessions},
		{"SessionHeads", testSessionHeads},
		{"SessionRaces", testSessionRaces},
		{"Actions", testActions},
		{"Reflections", testReflections},
		{"SessionErase", testSessionErase},
	} {
		t.Run(part.name, func(t *testing.T) {
			t.Parallel()
			part.test(t, fresh)
		})
	}
}

// testOpen: an open store answers, and opening once more changes nothing.
func testOpen(t *testing.T, fresh Fresh) {
	open := fresh(t)
	a, b := open(), open()
	for _, s := range []Store{a, b} {
		if err := s.Ping(t.Context()); err != nil {
			t.Errorf("Ping: %v", err)
		}
	}
	va, err := a.SchemaVersion(t.Context())
	vb, errb := b.SchemaVersion(t.Context())
	if err != nil || errb != nil || va < 1 || va != vb {
		t.Errorf("SchemaVersion = %d (%v) and %d (%v), want the same, at least 1", va, err, vb, errb)
	}
	if err := a.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := b.Ping(t.Context()); err != nil {
		t.Errorf("Ping after another program left: %v", err)
	}
}
