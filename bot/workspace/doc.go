// Package workspace is a Slack-compatible server for local use and for tests,
// with a page in which a person can act as any member of a small office.
//
// It decodes and encodes JSON by itself and imports nothing of the project and
// no Slack client, so that the bot and the workspace can not agree by accident.
// It refuses what Slack refuses, delivers by Socket Mode, can jump in time and
// misbehaves on demand.
//
// Reading order: protocol.go (what the page and the server say to each other),
// state.go and server.go (all that is remembered, behind one lock), act.go (what
// a person can do, from Go; page_frames.go the same from the page),
// envelopes.go (what the app is told, measured and told again), socket.go (the
// wire it goes over), webapi.go (what the app can ask; a file a family of
// methods), validate.go (what Block Kit may hold), response_url.go, trigger.go,
// files.go, faults.go, persist.go.
//
// Not played: block types this project does not send (card, carousel, plan,
// task_card, video, call, file are refused as unsupported), scheduled messages,
// streaming, canvases, and the transport of signed HTTP requests, for which
// transport in envelopes.go is the place.
//
// Message texts, names and tokens are never logged; nothing is logged at all.
package workspace
