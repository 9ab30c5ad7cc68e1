package main

import "time"

// tempo is how long what others see takes or waits. Zero leaves a time to the package
// that knows it.
type tempo struct {
	// refresh is how often the store is asked whether names changed: the command
	// line may import beside a running server.
	refresh time.Duration
	// firstCard is how long a card waits for the first look at the whole office. The
	// program does not wait: a card in the first moment after a start says nothing about
	// similar clients.
	firstCard time.Duration
	// request and letter are how long a killed process keeps what it had.
	request, letter time.Duration
	look            time.Duration // how often it is looked whether a minute passed
	poll            time.Duration // how often inbox and ledger are looked through unasked
	pace            time.Duration // between two messages in a channel
	unpaced         bool          // Slack's rates are left to Slack
	// answer is bot.Config's Deadline; decide, trigger and settle have its names.
	answer, decide, trigger, settle time.Duration
}

// standard is the tempo of the program. Only tests have another: what they play must
// neither depend on how busy their machine is nor last as long as Slack makes it.
var standard = tempo{refresh: time.Second}
