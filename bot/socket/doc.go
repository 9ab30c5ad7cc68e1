// Package socket brings requests in over Socket Mode. It keeps a few staggered
// connections, so that while Slack refreshes one the others take over; each
// envelope goes to the Handler and is acknowledged on the connection that
// brought it, only after the Handler stored it.
//
// slack-go closes a connection as soon as Slack announces its refresh. What is
// on its way in that moment is not read: events are redelivered, and a person
// sees that their command failed. With refreshes every 2.5 s instead of every
// hour and 80 commands a second, that was 0 or 1 of 250.
//
// It uses slack-go's client for a connection's life (open, dial, pings,
// reconnect) and its event channel, not SocketmodeHandler, which starts a bare
// goroutine for every event. slack-go's debug log prints contents: never on.
package socket
