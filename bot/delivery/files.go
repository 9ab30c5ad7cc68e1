package delivery

import (
	"context"

	"klantbot/bot"
	"klantbot/storage"
)

// keeping remembers the files of e.
func (c *Courier) keeping(ctx context.Context, e storage.LedgerEntry) bot.Keep {
	return func(file string) error { return c.cfg.Files.KeepFile(ctx, e.ID, file) }
}

// clearFiles deletes files whose message gave way to a stub. Deleting one again is no
// error, so nobody leases them; what fails in passing is tried at the next look.
func (c *Courier) clearFiles(ctx context.Context) {
	files, err := c.cfg.Files.UnwantedFiles(ctx, atOnce)
	if err != nil && ctx.Err() == nil {
		c.cfg.Log.Error("files that are to go can not be read", "error", err)
	}
	bounded, cancel := context.WithTimeout(context.WithoutCancel(ctx), c.cfg.Lease/2)
	defer cancel()
	for _, file := range files {
		if ctx.Err() != nil || bounded.Err() != nil {
			return
		}
		err := c.cfg.Poster.Remove(bounded, file)
		switch code := bot.Code(err); {
		case err == nil:
			err = c.cfg.Files.FileGone(bounded, file)
		case code != "" && !ours[code] && !passing[code]:
			c.cfg.Log.Warn("slack does not delete a file", "file", file, "code", code)
			err = c.cfg.Files.FileRefused(bounded, file, code)
		default:
			c.cfg.Log.Warn("a file is deleted later", "file", file, "error", err)
			return
		}
		if err != nil {
			c.cfg.Log.Error("what became of a file can not be recorded", "file", file, "error", err)
		}
	}
}

// passing are the codes with which Slack says "later".
var passing = map[string]bool{"ratelimited": true, "internal_error": true, "fatal_error": true, "service_unavailable": true, "request_timeout": true}
