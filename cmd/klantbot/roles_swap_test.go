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

var everySwap = flag.Bool("every-swap", false, "press every swapped value, and ids of others as everybody: 50,000 presses of some 7 ms, give it -timeout 1h")

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

// swaps presses what the screens carried with something else in it, as people who may
// press it: always a sentence, never an internal error, and nothing of a group that
// is not theirs to change. Each part-th is pressed.
func (c *crawl) swaps(t *testing.T, d *desk, part int) {
	partner, own, _ := c.desk.managers()
	users := []string{d.castUser(own), d.castUser(partner), "U0BEHEER"}
	if *everySwap {
		part = 1
	}
	values, presses := 0, 0
	for _, e := range d.registry.Entries {
		for _, try := range c.unlike(e) {
			values++
			for _, q := range try.swapped() {
				if presses++; presses%part == 0 {
					c.swap(t, e, q, users[presses/part%len(users)], own)
				}
			}
		}
	}
	t.Logf("%d values, %d swaps", values, presses/part)
}

// unlike are presses of e that differ in more than their numbers, and as many that do
// not as triesOf gives.
func (c *crawl) unlike(e commands.Entry) (all []deed) {
	name, tries := c.triesOf(e)
	skeletons := map[string]bool{}
	for i, try := range c.found[strings.TrimSuffix(name, " ~")] {
		skeleton := digits.ReplaceAllString(try.value+"|"+try.private, "9")
		if i < len(tries) || !skeletons[skeleton] {
			all = append(all, try)
		}
		skeletons[skeleton] = true
	}
	return all
}

// foreigners presses what the screens carried with ids of others in the place of each
// number: the client, their relatiegroep, and numbers that this office never gave.
// Everybody who may not see that client presses in turn, or with -every-swap each of
// everything: nobody reads their name, nor is anything of them changed.
func (c *crawl) foreigners(t *testing.T) {
	d := c.desk
	_, own, _ := d.managers()
	var users []string
	for _, p := range d.pressers() {
		if p.user != c.foreign.holder {
			users = append(users, p.user)
		}
	}
	swapped, presses := map[string]bool{}, 0
	for _, e := range d.registry.Entries {
		tries := c.unlike(e)
		if !*everySwap {
			tries = tries[:min(len(tries), 1)]
		}
		for _, try := range tries {
			for _, q := range try.numbered(c.foreign.client, c.foreign.group, "987654321") {
				swapped[try.entry(d.registry)] = true
				for i := range users {
					if *everySwap || i == presses%len(users) {
						c.swap(t, e, q, users[i], own)
					}
				}
				presses++
			}
		}
	}
	t.Logf("%d ids of others, in %d entries of %d", presses, len(swapped), len(d.registry.Entries))
}

// numbered are the presses that come of p by putting each of ids in the place of each
// number that it carries.
func (p deed) numbered(ids ...string) (all []deed) {
	for _, carried := range []func(*deed) *string{func(q *deed) *string { return &q.value }, func(q *deed) *string { return &q.private }} {
		was := *carried(&p)
		for _, at := range digits.FindAllStringIndex(was, -1) {
			for _, id := range ids {
				q := p
				*carried(&q) = was[:at[0]] + id + was[at[1]:]
				all = append(all, q)
			}
		}
	}
	return all
}

func (c *crawl) swap(t *testing.T, e commands.Entry, q deed, user string, own int) {
	d := c.desk
	what := fmt.Sprintf("%s as %s (%.80q %.80q %.80q %.200v)", q.entry(d.registry), user, q.value, q.private, q.text, q.fields)
	if d.beside != nil {
		d.back(c.stood[q.born])
	}
	out := d.press(q.by(user, c.where(q, user)))
	d.sound(what, out)
	wrote := d.beside != nil && d.version() != d.wrote
	if wrote || q.on == commands.Mention { // an answer in a DM is a message of the ledger
		out.heard = append(out.heard, c.letters()...)
	}
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
	if c.foreign.name != "" && strings.Contains(said, c.foreign.name) {
		t.Errorf("%s: it names %s, whom only others may see", what, c.foreign.name)
	}
	if !wrote {
		return
	}
	if action := c.touched(user, `g.id = `+c.foreign.group); action != "" {
		t.Errorf("%s: %s of a client whom only others may see", what, action)
	}
	if user != d.castUser(own) || analysis.Allow(analysis.Actor{Roles: analysis.RolesOf(analysis.ManagerRole), Manager: analysis.ManagerID(own)}, e.Permission, analysis.Subject{}) {
		return
	}
	if action := c.touched(user, itoa(own)+` NOT IN (g.manager_id, g.partner_id)`); action != "" {
		t.Errorf("%s: %s of a group of others", what, action)
	}
}

// touched is what the last press of user did, by the trail, to a group of which
// condition holds; empty: nothing.
func (c *crawl) touched(user, condition string) (action string) {
	row := c.desk.beside.QueryRowContext(c.desk.t.Context(), `SELECT COALESCE(MAX(a.action), '') FROM audit a JOIN subject_token s ON s.token = a.token
		JOIN client_group g ON g.id = s.group_id WHERE a.user_id = ?1 AND a.request = ?2 AND `+condition, user, fmt.Sprint("press.", c.desk.presses))
	if err := row.Scan(&action); err != nil {
		c.desk.t.Fatal(err)
	}
	return action
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
