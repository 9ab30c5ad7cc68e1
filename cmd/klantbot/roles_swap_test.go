package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands"
)

var everySwap = flag.Bool("every-swap", false, "press every swapped id, which takes minutes, and not each 23rd")

// instead are put in the place of a whole value.
var instead = []string{"", "x", "1' OR '1'='1", "<!channel> *x* <@U01>", "1\x00", "////////", "1/2/3/4/5/6/7/8", ";;;;;;;;", "1:2:3:4",
	strings.Repeat("9", 1900), "NaN", "2026-99-99/0/0", "é/ï/ü"}

// numbers are put in the place of one number in a value.
var numbersInstead = []string{"1", "2", "77", "9223372036854775807", "99999999999999999999", "-1", "0", "", "x", "1' OR '1'='1", "\x00"}

// filledIn are put in the place of what is filled in.
var filledIn = []string{"", "<!channel> *x* <@U01>", "'); DROP TABLE client; --", "a\x00b", strings.Repeat("ë", 3001), "-1", "99999999999999999999",
	"2026-02-30", "NaN", "1e309", "U99", "x\ny\nz", "=HYPERLINK(\"http://x\")"}

// swapsOf are values that look like value and are not what was shown.
func swapsOf(value string) []string {
	all := append([]string{}, instead...)
	for _, at := range digits.FindAllStringIndex(value, 4) {
		for _, n := range numbersInstead {
			all = append(all, value[:at[0]]+n+value[at[1]:])
		}
	}
	return all
}

// swapped are the presses that come of p by putting something else in it.
func (p deed) swapped() (all []deed) {
	with := func(change func(*deed)) {
		q := p
		q.fields = maps.Clone(p.fields)
		change(&q)
		all = append(all, q)
	}
	switch p.on {
	case commands.Action:
		for _, v := range swapsOf(p.value) {
			with(func(q *deed) { q.value = v })
		}
	case commands.Slash, commands.Mention, commands.Suggestion, commands.OnMessage:
		for _, v := range append(swapsOf(p.text), filledIn...) {
			with(func(q *deed) { q.text = v })
		}
	}
	if p.private != "" || p.on == commands.Submission {
		for _, v := range swapsOf(p.private) {
			with(func(q *deed) { q.private = v })
		}
	}
	if p.on == commands.Submission {
		for _, block := range sortedKeys(p.fields) {
			for _, v := range filledIn {
				with(func(q *deed) {
					element := map[string]any{}
					for id := range p.fields[block] {
						element[id] = map[string]any{"type": "plain_text_input", "value": v}
					}
					q.fields[block] = element
				})
			}
		}
	}
	return all
}

// swaps presses what the screens carried with other ids in it, as people who may
// press it: always a sentence, never an internal error, and nothing of a group that
// is not theirs to change.
func (c *crawl) swaps(t *testing.T, d *desk, part int) {
	partner, own, _ := c.desk.managers()
	if *everySwap {
		part = 1
	}
	values, presses := 0, 0
	for _, e := range d.registry.Entries {
		name, tries := c.triesOf(e)
		skeletons := map[string]bool{}
		for i, try := range c.found[strings.TrimSuffix(name, " ~")] {
			skeleton := digits.ReplaceAllString(try.value+"|"+try.private, "9")
			if i >= len(tries) && skeletons[skeleton] {
				continue
			}
			skeletons[skeleton] = true
			values++
			for _, q := range try.swapped() {
				if presses++; presses%part != 0 {
					continue
				}
				user := d.castUser(own)
				if presses/part%3 == 1 {
					user = d.castUser(partner)
				} else if presses/part%3 == 2 {
					user = "U0BEHEER"
				}
				c.swap(t, d, e, q, user, own)
			}
		}
	}
	t.Logf("%d values, %d swaps", values, presses/part)
}

func (c *crawl) swap(t *testing.T, d *desk, e commands.Entry, q deed, user string, own int) {
	what := fmt.Sprintf("%s as %s (%.80q %.80q %.80q %.200v)", q.entry(d.registry), user, q.value, q.private, q.text, q.fields)
	if d.beside != nil {
		d.back(c.stood[q.born])
	}
	out := d.press(q.by(user, c.where(q, user)))
	d.sound(what, out)
	said := strings.TrimSpace(out.reads())
	closes := q.on == commands.Submission && out.ran && out.err == nil // and shows in the message behind it
	if said == "" && !closes && q.on != commands.FileSent {
		t.Errorf("%s: nothing is said; %v", what, out.err)
	}
	for _, s := range out.heard {
		if !s.modal && strings.Contains(s.Text, "<!channel>") || mentions(s.Blocks) {
			t.Errorf("%s: it would call everybody", what)
		}
	}
	if d.beside == nil || user != d.castUser(own) || analysis.Allow(analysis.Actor{Roles: analysis.RolesOf(analysis.ManagerRole), Manager: analysis.ManagerID(own)}, e.Permission, analysis.Subject{}) {
		return
	}
	if d.version() == d.wrote {
		return
	}
	var foreign string
	row := d.beside.QueryRowContext(t.Context(), `SELECT COALESCE(MAX(a.action), '') FROM audit a JOIN subject_token s ON s.token = a.token
		JOIN client_group g ON g.id = s.group_id WHERE a.user_id = ?1 AND a.request = ?2 AND ?3 NOT IN (g.manager_id, g.partner_id)`, user, fmt.Sprint("press.", d.presses), own)
	if err := row.Scan(&foreign); err != nil {
		t.Fatal(err)
	}
	if foreign != "" {
		t.Errorf("%s: %s of a group of others", what, foreign)
	}
}

// mentions reports whether blocks call people in a text that Slack reads.
func mentions(blocks json.RawMessage) bool {
	var v any
	if json.Unmarshal(blocks, &v) != nil {
		return false
	}
	var found func(v any) bool
	found = func(v any) bool {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				if found(e) {
					return true
				}
			}
		case map[string]any:
			if text, ok := v["text"].(string); ok && v["type"] == "mrkdwn" && strings.Contains(text, "<!channel>") {
				return true
			}
			for _, e := range v {
				if found(e) {
					return true
				}
			}
		}
		return false
	}
	return found(v)
}
