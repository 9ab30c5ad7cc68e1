package workspace

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// surface is where blocks are shown; it decides which blocks may stand there.
type surface string

const (
	surfaceMessage   surface = "message"
	surfaceEphemeral surface = "ephemeral"
	surfaceModal     surface = "modal"
	surfaceHome      surface = "home"
)

func (at surface) isMessage() bool { return at == surfaceMessage || at == surfaceEphemeral }

// checker walks one surface's blocks and collects what Slack would refuse.
// Limits: SLACK.md and https://docs.slack.dev/reference/block-kit.
type checker struct {
	at         surface
	imageFile  func(ref object) string // error text or "" for a slack_file reference
	dataInMsg  bool                    // data blocks only in messages
	errors     []string
	files      []string
	blockIDs   map[string]bool
	charts     int
	tables     int
	tableChars int
	markdown   int
	focused    bool
}

// checked is the outcome for one surface: either errors, or the blocks with
// generated block_ids and action_ids filled in.
type checked struct {
	errors []string
	blocks json.RawMessage
	files  []string
}

const maxErrors = 20

func (c *checker) fail(ptr, format string, args ...any) {
	if len(c.errors) < maxErrors {
		c.errors = append(c.errors, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+ptr+"]")
	}
}

// validateBlocks checks the blocks argument of a message or a view.
func (s *Server) validateBlocks(at surface, raw json.RawMessage) checked {
	ptr := "/blocks"
	if !at.isMessage() {
		ptr = "/view/blocks"
	}
	c := s.newChecker(at)
	v, err := decodeJSON(raw)
	if err != nil {
		c.fail(ptr, "failed to parse JSON")
		return checked{errors: c.errors}
	}
	list, ok := v.([]any)
	if !ok {
		c.fail(ptr, "must provide an array")
		return checked{errors: c.errors}
	}
	c.blocks(ptr, list)
	if len(c.errors) > 0 {
		return checked{errors: c.errors}
	}
	return checked{blocks: encode(list), files: c.files}
}

func (s *Server) newChecker(at surface) *checker {
	return &checker{at: at, dataInMsg: s.cfg.DataBlocksOnlyInMessages, blockIDs: map[string]bool{},
		imageFile: func(ref object) string { return s.checkImageFile(at, ref) }}
}

// decodeJSON reads exactly one value and keeps numbers as written.
func decodeJSON(raw []byte) (any, error) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("more than one value")
	}
	return v, nil
}

func runes(s string) int { return utf8.RuneCountInString(s) }

// blocks checks a surface's whole list.
func (c *checker) blocks(ptr string, list []any) {
	most := 100
	if c.at.isMessage() {
		most = 50
	}
	if len(list) > most {
		c.fail(ptr, "no more than %d items allowed", most)
		return
	}
	for i, v := range list {
		c.block(ptr+"/"+strconv.Itoa(i), v, nil)
	}
}

// blockRules says for each block type where it may stand and how it is checked.
type blockRule struct {
	on    []surface
	check func(*checker, string, object)
}

var (
	everywhere = []surface{surfaceMessage, surfaceEphemeral, surfaceModal, surfaceHome}
	inMessages = []surface{surfaceMessage, surfaceEphemeral}
)

var blockRules map[string]blockRule

func init() { // a literal would be an initialisation cycle: containers hold blocks
	blockRules = map[string]blockRule{
		"section":            {everywhere, (*checker).section},
		"actions":            {everywhere, (*checker).actions},
		"context":            {everywhere, (*checker).context},
		"divider":            {everywhere, func(*checker, string, object) {}},
		"header":             {everywhere, (*checker).header},
		"image":              {everywhere, (*checker).imageBlock},
		"input":              {everywhere, (*checker).input},
		"rich_text":          {everywhere, (*checker).richText},
		"markdown":           {inMessages, (*checker).markdownBlock},
		"context_actions":    {inMessages, (*checker).contextActions},
		"container":          {inMessages, (*checker).container},
		"alert":              {[]surface{surfaceModal}, (*checker).alert},
		"table":              {[]surface{surfaceMessage, surfaceEphemeral, surfaceHome}, (*checker).table},
		"data_table":         {everywhere, (*checker).dataTable},
		"data_visualization": {everywhere, (*checker).dataVisualization},
	}
}

// block checks one block; only narrows the types, for containers.
func (c *checker) block(ptr string, v any, only []string) {
	b, ok := v.(object)
	if !ok {
		c.fail(ptr, "must provide an object")
		return
	}
	kind, _ := b["type"].(string)
	rule, known := blockRules[kind]
	data := strings.HasPrefix(kind, "data_")
	if !known || !slices.Contains(rule.on, c.at) || only != nil && !slices.Contains(only, kind) ||
		data && c.dataInMsg && c.at != surfaceMessage {
		c.fail(ptr+"/type", "unsupported type: %s", kind)
		return
	}
	id := c.text(ptr, b, "block_id", false, 255)
	if id != "" && c.blockIDs[id] {
		c.fail(ptr+"/block_id", "block_id already exists, duplicate: %s", id)
	}
	if id == "" {
		id = randomText(5, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789")
		b["block_id"] = id
	}
	c.blockIDs[id] = true
	rule.check(c, ptr, b)
}
