package bot

import "klantbot/commands/view"

// newer are the kinds of block that not every place at Slack takes.
var newer = map[string]bool{
	"data_table": true, "data_visualization": true, "table": true, "alert": true, "container": true,
}

// InvalidBlocks reports whether Slack refused the blocks of what was sent.
func InvalidBlocks(err error) bool {
	switch Code(err) {
	case "invalid_blocks", "invalid_blocks_format", "invalid_arguments":
		return true
	}
	return false
}

// Plainly returns m as it is sent after Slack refused its blocks: its Plain
// twin, or its blocks without the newer kinds. When none are left, the text
// alone says it.
func Plainly(m Message) Message {
	blocks := m.Plain
	if blocks == nil {
		for _, b := range m.Blocks {
			if !newer[string(b.BlockType())] {
				blocks = append(blocks, b)
			}
		}
	}
	return Message{Text: m.Text, Blocks: blocks}
}

func plainMessage(m Message, plainly bool) Message {
	if plainly {
		return Plainly(m)
	}
	return m
}

func plainModal(m view.Modal, plainly bool) view.Modal {
	if plainly {
		m.Blocks = Plainly(Message{Blocks: m.Blocks, Plain: m.Plain}).Blocks
		m.Plain = nil
	}
	return m
}

func plainHome(h view.Home, plainly bool) view.Home {
	if plainly {
		return view.Home{Blocks: Plainly(Message{Blocks: h.Blocks, Plain: h.Plain}).Blocks}
	}
	return h
}
