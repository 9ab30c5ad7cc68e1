package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// QuestionID identifies a question that somebody asked.
type QuestionID int64

// Question is what was asked in a conversation, as it is remembered: what it was
// taken for, by ids. The words are not there.
type Question struct {
	ID      QuestionID
	Request string // the key of the request that asked it
	Channel analysis.ChannelID
	Thread  string // timestamp of the message its thread hangs under, its own where it began one
	User    analysis.UserID
	Intent  string
	Likely  []string // what it may mean, likeliest first; none: it was sure
	Client  analysis.ClientID
	Manager analysis.ManagerID
	Mine    bool // about the clients of User
	Segment analysis.Segment
	Against analysis.Segment // the other one of a comparison
	Type    analysis.ClientType
	Layer   analysis.Layer
	Service analysis.ServiceID // 0: none
	Lacking bool               // about who does not buy Service
	// Theme is one of the office's, by its name: another would be somebody's words.
	Theme    string
	Audience analysis.Audience
	Days     int // "longer than 60 days"; 0: not said
	Most     int // "the ten largest"; 0: not said
	From, To analysis.Day
	Kind     string // of session
	Verdict  Verdict
	At       time.Time // business time
	// Telling is until when by the wall a process says that it has a language model write
	// the answer; zero: none does.
	Telling time.Time
}

// Verdict is what somebody thought of an answer.
type Verdict int

// The verdicts.
const (
	NotGood Verdict = -1
	Unsaid  Verdict = 0
	Good    Verdict = 1
)

// QuestionRemark is what somebody wrote of an answer on purpose. Who that was is not
// kept.
type QuestionRemark struct {
	Request string
	Intent  string
	Verdict Verdict
	Words   string
	At      time.Time
}

// IntentCount is how often something was asked and what people thought of the
// answers.
type IntentCount struct {
	Intent               string
	Asked, Good, NotGood int
}

// Questions reads what was asked.
type Questions interface {
	// Question returns one, or an analysis.NotFound error.
	Question(ctx context.Context, id QuestionID) (Question, error)
	// LastQuestion returns the newest that user asked in channel at since or later:
	// in thread, where that is given. None is an analysis.NotFound error.
	LastQuestion(ctx context.Context, channel analysis.ChannelID, thread string, user analysis.UserID, since time.Time) (Question, error)
	// AskedIn counts what everybody asked in a thread at since or later.
	AskedIn(ctx context.Context, channel analysis.ChannelID, thread string, since time.Time) (int, error)
	// IntentCounts counts what was asked at since or later by intent, the most asked
	// first.
	IntentCounts(ctx context.Context, since time.Time) ([]IntentCount, error)
	// QuestionRemarks returns what was written at since or later, the newest first, at
	// most limit.
	QuestionRemarks(ctx context.Context, since time.Time, limit int) ([]QuestionRemark, error)
}

// Telling is which answers a language model is writing, whichever process has it do so.
// Times are wall time.
type Telling interface {
	// Tell says that the answer to what request asked is being written until then, and
	// reports whether who asked stopped it. Of no such question it reports true: nobody
	// waits for the answer any more.
	Tell(ctx context.Context, request string, until time.Time) (stopped bool, err error)
	// Told says that nothing more of that answer comes. Saying so again is no error.
	Told(ctx context.Context, request string) error
	// StopTelling stops the answer to what user asked in request, and reports whether
	// one was being written.
	StopTelling(ctx context.Context, request string, user analysis.UserID) (bool, error)
	// Coming returns the requests of user in a thread whose answers are being written and
	// were not stopped, the oldest first.
	Coming(ctx context.Context, channel analysis.ChannelID, thread string, user analysis.UserID) ([]string, error)
	// Untold returns where answers were being written until before now, by processes that
	// went on with it no longer, at most limit.
	Untold(ctx context.Context, now time.Time, limit int) ([]Told, error)
}

// Told is an answer that a language model writes.
type Told struct {
	Request string
	Channel analysis.ChannelID
	Thread  string // timestamp of the message its thread hangs under
	User    analysis.UserID
}

// QuestionTx keeps them.
type QuestionTx interface {
	// AddQuestion adds q and returns its id. Where the same request added one before,
	// that one's id comes back and nothing changes.
	AddQuestion(ctx context.Context, q Question) (QuestionID, error)
	// EndTelling is Telling.Told within a change.
	EndTelling(ctx context.Context, request string) error
	// ReviseQuestion changes what q.ID was taken for and is about, where q.User asked
	// it. Anybody else's is analysis.NotFound.
	ReviseQuestion(ctx context.Context, q Question) error
	// JudgeQuestion notes what user, who asked it, thinks of the answer. Anybody else's
	// is analysis.NotFound.
	JudgeQuestion(ctx context.Context, id QuestionID, user analysis.UserID, v Verdict) error
	// AddQuestionRemark keeps what somebody sent on purpose, once for each request. No
	// words are analysis.Invalid.
	AddQuestionRemark(ctx context.Context, r QuestionRemark) error
	// ForgetQuestions removes what was asked and written before, at most limit of each,
	// the oldest first. It returns the larger number of the two.
	ForgetQuestions(ctx context.Context, before time.Time, limit int) (int, error)
}
