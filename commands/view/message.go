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
	// Picture stands under the first block. Slack shows pictures only in posted
	// messages, so it is for letters, never for what one person alone sees.
	Picture *Picture `json:",omitempty"`
	// File comes just before it, in the same conversation. It is for letters.
	File *File `json:",omitempty"`
}

// File is what somebody takes elsewhere: a table for a spreadsheet.
type File struct {
	Name    string // for instance segmentatie-3-2026-11-21.csv
	Content []byte `json:"-"`
}

// Picture is an image that Slack can not draw itself.
type Picture struct {
	Name string // of the file, for instance piramide-2026-11-21.png
	Alt  string // what it shows, for who can not see it; at most 2,000 characters
	PNG  []byte `json:"-"`
}

// maxAlt is the longest alt text that Slack takes.
const maxAlt = 2000

// Illustrated returns m with its Picture in place, once Slack keeps it as file.
func (m Message) Illustrated(file string) Message {
	image := slack.NewImageBlockSlackFile(&slack.SlackFileObject{ID: file}, cut(m.Picture.Alt, maxAlt), "", nil)
	m.Blocks, m.Plain, m.Picture = under(m.Blocks, image), under(m.Plain, image), nil
	return m
}

// under puts b under the first of blocks; nil stays nil.
func under(blocks []slack.Block, b slack.Block) []slack.Block {
	if len(blocks) == 0 {
		return blocks
	}
	return append([]slack.Block{blocks[0], b}, blocks[1:]...)
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

// Home is the Home tab of the app, drawn for one person.
type Home struct {
	Blocks []slack.Block // at most 100
	Plain  []slack.Block // as in Message
}

// Prompt is something that can be asked with one press.
type Prompt struct {
	Title   string // on the button
	Message string // what is asked
}

// Option is one line of a select.
type Option struct {
	Label string // cut at 75 characters
	Note  string // cut at 75; may be empty
	Value string // ids only, at most 150
}
