package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/chromedp/chromedp"
)

// pageShows is what a page shows, by the ids that the workspace gives to blocks anew
// whenever they are drawn.
type pageShows struct {
	User, Channel string
	Blocks        []string // of messages
	Window        []string // of the window; nil: none is open
}

const whatPageShows = `(() => {
	const ids = (part) => [...part.querySelectorAll('[data-block-id]')].map((b) => b.dataset.blockId);
	const open = document.querySelector('[data-testid=modal][open]');
	return { user: document.documentElement.dataset.user || '', channel: location.hash.slice(1),
		blocks: [...document.querySelectorAll('[data-testid=message]')].flatMap(ids), window: open ? ids(open) : null };
})()`

// shownOn waits until the bot is at rest and the page shows what Slack has: a press on
// what was drawn anew in that moment would reach nobody.
func (st *stage) shownOn(page context.Context) error {
	if err := st.quiet(); err != nil {
		return err
	}
	var last string
	err := st.rest("show the page what there is", func() (bool, error) {
		raw, err := chromedp.Run(page, chromedp.Evaluate[json.RawMessage](whatPageShows))
		if err != nil {
			return false, err
		}
		var shows pageShows
		if err := json.Unmarshal(raw, &shows); err != nil {
			return false, err
		}
		last = string(raw)
		return st.agrees(shows), nil
	})
	if err != nil {
		err = fmt.Errorf("%w: it shows %s", err, last)
	}
	return err
}

// newestShown is how many of the newest messages with buttons a page has to show; older ones
// may have scrolled away.
const newestShown = 3

func (st *stage) agrees(shows pageShows) bool {
	if shows.User == "" { // it is no page of the workspace, or not yet
		return true
	}
	stack := st.slack.Modals(shows.User)
	if len(stack) == 0 {
		if shows.Window != nil {
			return false
		}
	} else if shows.Window == nil || !holdsAll(shows.Window, stack[len(stack)-1].Blocks) {
		return false
	}
	left := newestShown
	for _, m := range slices.Backward(st.slack.Messages(shows.Channel, shows.User)) {
		if m.ThreadTS != "" || len(buttons(m.Blocks)) == 0 {
			continue
		}
		if !holdsAll(shows.Blocks, m.Blocks) {
			return false
		}
		if left--; left == 0 {
			break
		}
	}
	return true
}

// holdsAll reports whether all blocks are among ids.
func holdsAll(ids []string, blocks json.RawMessage) bool {
	var all []struct {
		ID string `json:"block_id"`
	}
	if json.Unmarshal(blocks, &all) != nil {
		return false
	}
	for _, b := range all {
		if !slices.Contains(ids, b.ID) {
			return false
		}
	}
	return true
}

// submits fills in the window that somebody has open on the page.
func (st *stage) submits(page context.Context, who, view string, values map[string]any) error {
	if err := st.shownOn(page); err != nil {
		return err
	}
	return st.slack.Submit(who, view, values)
}
