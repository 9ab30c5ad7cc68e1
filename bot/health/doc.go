// Package health tells machines how the bot is doing: /healthz that it lives, /readyz
// that it can answer people, and /metrics what it does, in the text format of
// Prometheus (written here: it is a page of code, and its client library weighs
// megabytes). Nothing in it names a client, a person or what anybody said.
//
// Metrics are for this machine alone, or for who has the token; what a proxy brings
// is not of this machine.
package health
