// Package slackhttp brings requests in over HTTP, for an office that has an address
// Slack can reach: commands, interactivity, the options of lists, and events, each
// a signed POST whose answer is the acknowledgement.
//
// Nothing of a body is looked at before its signature was checked, and nothing is
// read of a request that can not be Slack's: wrong method, wrong content type, no
// length, too long, signed too long ago. A request that was taken in already is not
// taken in again, beside the key by which the inbox knows it (Slack signs anew what
// it redelivers). Serve bounds how long a client may take and how many there are.
//
// TLS belongs to the proxy in front, which forwards /slack/ and nothing else.
package slackhttp
