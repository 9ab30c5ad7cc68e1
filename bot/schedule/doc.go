// Package schedule is the clock: it asks what is due and writes ledger rows for
// it. bot/delivery sends them.
//
// There is no leader, and what is remembered between two ticks is remembered in
// the store (that a week was looked at and had nothing due, lookedKey):
// every row has a key that names what it is and when it was due
// (digest/<user>/<ISO week>), so that several processes, a restart and a jump of
// the clock all come to the same rows. What was missed while nothing ran is
// caught up by the newest moment that passed, once: after three weeks there is
// one digest, not three.
//
// Business time decides what is due, and may jump in either direction; wall time
// only decides how often it is looked at.
package schedule
