package storage

import (
	"context"
	"time"

	"klantbot/analysis"
)

// Setting is one choice of the office: criteria of a kind, the quota, a
// strategy. Its value is JSON that belongs to the subject that reads it.
type Setting struct {
	Key     string // for instance criteria/mkb
	Version int    // 1 for the first; raised by every change
	Value   []byte // empty: back to the default
	By      analysis.UserID
	At      time.Time
}

// Settings reads them. Every version is kept, so that each change can be
// undone and shown.
type Settings interface {
	// Setting returns the present version of key, or analysis.NotFound where the
	// office never chose.
	Setting(ctx context.Context, key string) (Setting, error)
	// Settings returns the present version of every key that begins with prefix,
	// by key, also of those that went back to the default.
	Settings(ctx context.Context, prefix string) ([]Setting, error)
	// SettingHistory returns all versions of key, newest first.
	SettingHistory(ctx context.Context, key string) ([]Setting, error)
}

// SettingTx changes them.
type SettingTx interface {
	// Set adds s as the version after s.Version. Where the present version is
	// another one, somebody else changed it meanwhile: analysis.Invalid.
	Set(ctx context.Context, s Setting) error
}
