// Package bot is the road of a request: what Slack hands over is stored in the
// leased inbox and acknowledged, then authorized, routed by commands.Registry,
// answered by a use-case, worded and sent. It declares what it needs of Slack
// as small interfaces (ports.go); bot/slackapi fulfils them and bot/socket
// brings the requests in. It knows no Slack library.
//
// Reading order: incoming.go (what a wire hands over), decode.go (what it
// means), handle.go (store and acknowledge), pool.go (who runs it), lease.go
// (who may), answer.go (authorize, route, run), send.go (say it).
//
// Nothing that people typed, no name and no amount is ever logged here; a log
// line names keys, entries, counts and error codes.
package bot
