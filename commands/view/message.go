// Package view turns what the domain found into what Slack shows: messages,
// modals and the Home tab. It decides nothing and reads nothing; a view is a
// function of its arguments, so each has a golden file.
//
// Whatever people typed enters as plain_text or rich_text, or escaped, so a
// client called <!channel> is only a name.
package view

import "github.com/slack-go/slack"

// Message is what is posted in a conversation.
type Message struct {
	// Text is the twin for screen readers and notifications: a full sentence
	// without amounts, at most 4,000 characters.
	Text string
	// Blocks are at most 50.
	Blocks []slack.Block
	// Plain is shown instead when Slack answers invalid_blocks: the same facts
	// without the newer kinds of block. Nil: Blocks without those kinds it is.
	Plain []slack.Block
}

// Modal is a window over Slack, or a later state of one.
type Modal struct {
	Title    string // at most 24 characters
	Submit   string // label; empty: nothing to submit
	Close    string // label; empty: Slack's own
	Callback string // id of the registered submission; empty when there is none
	Private  string // private_metadata: ids only, not trusted
	Blocks   []slack.Block
	Plain    []slack.Block // as in Message
}

// Option is one line of a select.
type Option struct {
	Label string // cut at 75 characters
	Note  string // cut at 75; may be empty
	Value string // ids only, at most 150
}
