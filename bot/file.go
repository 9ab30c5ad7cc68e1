package bot

import (
	"context"
	"errors"
	"time"

	"klantbot/analysis"
	"klantbot/commands"
)

// mostFile is the largest file that is taken from a conversation, in bytes: what a
// request can read and hold against the store in its time. Larger ones go by the
// command line.
const mostFile = 32 << 20

// fileWithin is how long a file that Slack does not give is asked for again
// before the sender hears that it did not work.
const fileWithin = 90 * time.Second

// errNoFiles is a Registry with entries about files and a Config without Files.
var errNoFiles = errors.New("bot: nothing fetches files")

// fetch puts the file that the request is about into it. done deletes the copy.
func (a *answering) fetch(ctx context.Context, entry commands.Entry, req *commands.Request) (done func(), err error) {
	id := entry.File(*req)
	if a.d.cfg.Files == nil {
		return nil, errNoFiles
	}
	if id == "" {
		return nil, &Refusal{Method: "files.info", Code: "file_not_found"}
	}
	file, err := a.d.cfg.Files.Fetch(ctx, req.Actor.User, id, mostFile)
	if err != nil {
		return nil, err
	}
	req.File = &commands.File{ID: id, Name: file.Name, Size: file.Size, At: file.Content}
	return func() {
		if err := file.Content.Close(); err != nil {
			a.d.cfg.Log.Error("the copy of a file was not deleted", "key", a.j.in.key, "error", err)
		}
	}, nil
}

// comesLater reports whether a file that was not given is asked for again.
func (a *answering) comesLater(ctx context.Context, err error) bool {
	if context.Cause(a.j.ctx) != nil {
		return true // the process stops: the next one asks
	}
	return (passing(err) || ctx.Err() != nil) && a.d.age(a.j) < fileWithin
}

// unfetched words why a file can not be had.
func unfetched(err error) error {
	key := ""
	switch code := Code(err); {
	case passing(err):
		key = "bot.file_later"
	case code == FileTooLarge:
		return analysis.Fail(analysis.Invalid, "bot.file_large", analysis.Args{"most": mostFile >> 20})
	case code == FileWithheld, code == "missing_scope":
		key = "bot.file_withheld"
	case code == FileNotTheir, code == FileForeign, code == "file_not_found", code == "file_deleted":
		key = "bot.file_gone"
	default:
		return err
	}
	return &analysis.Error{Kind: analysis.Invalid, Key: key, Cause: err}
}
