package view

import "github.com/slack-go/slack"

// Renamed returns m with every input that has a name, its block_id, called as called
// says; m itself stays as it is.
func (m Modal) Renamed(called func(input string) string) Modal {
	m.Blocks, m.Plain = renamed(m.Blocks, called), renamed(m.Plain, called)
	return m
}

func renamed(blocks []slack.Block, called func(string) string) []slack.Block {
	var all []slack.Block
	for _, b := range blocks {
		if input, ok := b.(*slack.InputBlock); ok && input.BlockID != "" {
			named := *input
			named.BlockID = called(input.BlockID)
			b = &named
		}
		all = append(all, b)
	}
	return all
}
