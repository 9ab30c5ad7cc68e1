// Package socket brings requests in over Socket Mode. It keeps a few staggered
// connections, so that while Slack refreshes one the others take over; each
// envelope goes to the Handler and is acknowledged on the connection that
// brought it, only after the Handler stored it.
//
// It uses slack-go's client for a connection's life (open, dial, pings,
// reconnect) and its event channel, not SocketmodeHandler, which starts a bare
// goroutine for every event. slack-go's debug log prints contents: never on.
package socket
