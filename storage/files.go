package storage

import "context"

// Files remembers which files the bot stored with Slack for a message of the ledger, so
// that they go when what it said gives way to a stub. It holds Slack's ids, never what
// is in a file.
type Files interface {
	// KeepFile records that file comes with, or stands in, ledger entry id: before
	// anybody can see it. Saying so again is no error.
	KeepFile(ctx context.Context, id int64, file string) error
	// UnwantedFiles returns at most limit files, oldest first, of entries that are
	// stubs or gone, but for those that Slack refused to delete.
	UnwantedFiles(ctx context.Context, limit int) ([]string, error)
	// FileGone records that Slack has file no more. One that is not known is no error.
	FileGone(ctx context.Context, file string) error
	// FileRefused records with which error code Slack refuses for good to delete file.
	FileRefused(ctx context.Context, file, code string) error
}
