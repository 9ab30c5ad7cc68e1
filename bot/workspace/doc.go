// Package workspace is a Slack-compatible server for local use and for tests,
// with a page in which a person can act as any member of a small office.
//
// It decodes and encodes JSON by itself and imports nothing of the project and
// no Slack client, so that the bot and the workspace can not agree by accident.
// It refuses what Slack refuses (see validate_*.go), delivers by Socket Mode
// (socket.go), can jump in time (clock.go) and misbehaves on demand (faults.go).
//
// Reading order: protocol.go (what the page and the server say to each other),
// state.go (all that is remembered, behind one lock), act.go (what a person can
// do), envelopes.go (what the app is told), webapi.go (what the app can ask).
//
// Message texts, names and tokens are never logged.
package workspace
