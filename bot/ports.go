package bot

import (
	"context"
	"encoding/json"
	"io"
	"time"

	"klantbot/analysis"
	"klantbot/commands/view"
)

// Message is what is posted in a conversation.
type Message = view.Message

// Person is what Slack knows of a user, as far as answering needs it.
type Person struct {
	User     analysis.UserID
	Team     analysis.TeamID
	Email    string         // may be empty: not every user shows it
	Locale   string         // as Slack writes it: nl-NL
	Zone     *time.Location // never nil
	Guest    bool           // of one or several channels
	Stranger bool           // of another workspace, seen through a shared channel
	Deleted  bool           // deactivated
	Bot      bool
}

// Colleague reports whether p is a full member of team: the only people who
// get answers.
func (p Person) Colleague(team analysis.TeamID) bool {
	return p.User != "" && p.Team == team && !p.Guest && !p.Stranger && !p.Deleted && !p.Bot
}

// Conversation is what Slack knows of a channel or DM.
type Conversation struct {
	ID       analysis.ChannelID
	Name     string // without #; empty for a DM
	Direct   bool   // a DM with the bot: those of others can not be read
	Member   bool   // the bot is in it
	Outside  bool   // people of other organisations read along (is_ext_shared)
	Archived bool
}

// People knows the users of the workspace.
type People interface {
	// Person returns user, from a cache of at most an hour. Any error means
	// that it is not known who they are, so that they are denied.
	Person(ctx context.Context, user analysis.UserID) (Person, error)
	// ForgetPerson drops user from the cache, because Slack said they changed.
	ForgetPerson(user analysis.UserID)
}

// Roster knows everybody in the workspace.
type Roster interface {
	// Everybody returns all users, from a list of at most an hour old and what
	// Slack said of them since: who is new in that hour may be missing. The caller
	// must not change it.
	Everybody(ctx context.Context) ([]Person, error)
}

// Channels knows the conversations of the workspace.
type Channels interface {
	// Channel returns channel, from a cache of at most ten minutes. A Refusal
	// means that the bot can not read it.
	Channel(ctx context.Context, channel analysis.ChannelID) (Conversation, error)
	// Recheck returns channel as Slack knew it at most within ago. It stands
	// behind everybody who calls Channel: those keep what is known meanwhile, and
	// a part of what Slack answers a minute. RateLimited says when to ask again.
	Recheck(ctx context.Context, channel analysis.ChannelID, within time.Duration) (Conversation, error)
	// ForgetChannel drops channel from the cache, because Slack said it changed.
	ForgetChannel(channel analysis.ChannelID)
}

// Responder answers through the response_url of a command or action: at most
// five times in 30 minutes, afterwards ErrExpired.
type Responder interface {
	// Respond shows m to the asker alone, or in place of the message that was
	// acted on.
	Respond(ctx context.Context, url string, m Message, replace bool) error
}

// Whisperer says something that only one user sees.
type Whisperer interface {
	// Whisper shows m to user in channel, or in their DM with the bot when
	// channel is empty; thread is the ts of the thread it belongs in, if any.
	Whisper(ctx context.Context, channel analysis.ChannelID, thread string, user analysis.UserID, m Message) error
}

// ViewRef names an open modal: by Slack's id, or by the name it was opened with.
type ViewRef struct {
	ID   string
	Name string // external_id
}

// Views opens and changes modals.
type Views interface {
	// Open opens m by a trigger that is at most three seconds old, or returns
	// ErrExpired. name, when given, is how Update can find it.
	Open(ctx context.Context, trigger, name string, m view.Modal) error
	// Update replaces an open modal. One that was closed is a Refusal not_found.
	Update(ctx context.Context, ref ViewRef, m view.Modal) error
	// Publish shows h as user's Home tab. It may be repeated.
	Publish(ctx context.Context, user analysis.UserID, h view.Home) error
	// EncodeModal returns the JSON of m, for an acknowledgement that carries it.
	EncodeModal(m view.Modal) (json.RawMessage, error)
}

// Threads reads what was said in a thread.
type Threads interface {
	// Thread returns the message with timestamp root in channel and what was answered
	// to it, the oldest first and at most most; more says that there is more. A Refusal
	// says why it can not be read: not_in_channel, thread_not_found, missing_scope.
	Thread(ctx context.Context, channel analysis.ChannelID, root string, most int) (said []Posted, more bool, err error)
}

// Agents is where people talk with the bot beside what they read, which Slack has on
// paid plans only: everything works without it.
type Agents interface {
	// Status shows in a talk whether an answer is being made, until it is told
	// otherwise: Slack shows a button that stops it then. It may be repeated.
	Status(ctx context.Context, at Talk, status TalkStatus) error
	// Title names a talk of which Status was told, in at most 200 characters.
	Title(ctx context.Context, at Talk, title string) error
	// Prompts shows user at most four things that can be asked, under a title, in
	// channel: their DM with the bot, which is looked up where it is empty.
	Prompts(ctx context.Context, channel analysis.ChannelID, user analysis.UserID, title string, prompts []view.Prompt) error
}

// TalkStatus is what Slack shows of a talk.
type TalkStatus string

// What a talk can be.
const (
	TalkProcessing TalkStatus = "processing" // an answer is being made
	TalkActive     TalkStatus = "active"     // it waits for who talks
)

// Posted is one message of a thread.
type Posted struct {
	User analysis.UserID // empty for what a bot or Slack itself says
	Text string          // as Slack writes it
	TS   string
}

// Files fetches what people send.
type Files interface {
	// Fetch returns a file of at most most bytes that user owns, or that stands in
	// their DM with the bot. Who called closes it. A Refusal says why it can not be
	// had, with one of the codes below.
	Fetch(ctx context.Context, user analysis.UserID, file string, most int64) (*Fetched, error)
}

// Why a file can not be had, beside what Slack itself says.
const (
	FileTooLarge = "file_too_large"
	FileWithheld = "file_withheld" // Slack shows its sign-in page: the app lacks files:read
	FileForeign  = "foreign_host"  // it does not lie with Slack
	FileNotTheir = "not_theirs"    // it is neither theirs nor in their DM
)

// Fetched is a copy of a file, which Close deletes.
type Fetched struct {
	Name    string // as its owner called it
	Size    int64  // bytes
	Content interface {
		io.ReaderAt
		io.Closer
	}
}

// Roles establishes what somebody is in the office.
type Roles interface {
	// Actor returns the actor for a full member of the workspace. email may be
	// empty.
	Actor(ctx context.Context, user analysis.UserID, email string) (analysis.Actor, error)
}

// Keep remembers the id of a file before anybody can see it; where it fails nobody
// will.
type Keep func(file string) error

// Amender changes what was posted.
type Amender interface {
	// Amend changes the message ts of ledger entry id in channel into m. It may
	// be repeated: the second time changes nothing.
	Amend(ctx context.Context, channel analysis.ChannelID, ts string, id int64, m Message) error
}

// Poster posts what everybody in a conversation reads: ledger messages.
type Poster interface {
	// Post posts m in channel, in the thread of the message with timestamp thread
	// unless that is empty, marked as ledger entry id, and returns Slack's
	// timestamp. ErrUncertain: it may have arrived.
	Post(ctx context.Context, channel analysis.ChannelID, thread string, id int64, m Message) (ts string, err error)
	Amender
	// OpenDM returns the DM between the bot and user, opening it if need be.
	OpenDM(ctx context.Context, user analysis.UserID) (analysis.ChannelID, error)
	// Upload stores a picture with Slack, shared with nobody, and returns the
	// file's id once it can stand in a message. Whatever the error, nobody saw
	// anything, so it may be tried again. keep hears of each id before Slack has
	// more than its bytes.
	Upload(ctx context.Context, p view.Picture, keep Keep) (file string, err error)
	// Attach shares a file in channel. It carries no mark, so where an error is
	// uncertain the file may arrive twice when it is tried again.
	Attach(ctx context.Context, channel analysis.ChannelID, f view.File, keep Keep) error
	// Remove deletes a file of the bot's. One that is not there any more is no error.
	Remove(ctx context.Context, file string) error
}

// History finds what was posted.
type History interface {
	// FindPost returns the timestamp of the message marked as ledger entry id in
	// channel, or in a thread there, posted after oldest, and "" when it is
	// certain that there is none.
	FindPost(ctx context.Context, channel analysis.ChannelID, thread string, id int64, oldest time.Time) (ts string, err error)
}
