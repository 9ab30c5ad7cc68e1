package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"klantbot/commands"
)

// attack is one attempt on an office. try makes it on something that really runs and
// fails the test where it succeeded: where anything was shown, changed or named.
type attack struct {
	name string
	try  func(t *testing.T)
}

// fewestAttacks is how many attempts the suite makes at least. The texts that try to
// talk a language model into something (commands/testdata/redteam.txt), the swapped ids
// of TestRoleTable and the attacks that a package's own tests make are not among them.
const fewestAttacks = 60

// TestAttacks tries to get into an office, or something out of it, in every way that is
// written here: forged and replayed requests, people who are nobody here, buttons that
// were changed, words that are commands elsewhere, files that are not what they say,
// databases of others, addresses that lead inside. None succeeds.
func TestAttacks(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, front := range []struct {
		name    string
		attacks func(*testing.T) []attack
	}{
		{"wire", wireAttacks}, {"people", peopleAttacks}, {"swaps", swapAttacks}, {"typed", typedAttacks},
		{"stored", storedAttacks}, {"files", fileAttacks}, {"databases", databaseAttacks}, {"addresses", addressAttacks}, {"page", pageAttacks},
	} {
		t.Run(front.name, func(t *testing.T) {
			attacks := front.attacks(t)
			for _, a := range attacks {
				t.Run(a.name, a.try)
			}
			tried += len(attacks)
		})
	}
	if tried < fewestAttacks {
		t.Errorf("only %d attempts were made; at least %d are wanted", tried, fewestAttacks)
	}
	t.Logf("%d attempts", tried)
}

// assault is a desk at which attacks are made.
type assault struct {
	*desk
	names  clientNames
	client string // id of a client
	number string
}

func newAssault(t *testing.T) *assault {
	a := &assault{desk: newDesk(t, smallDB(t))}
	a.names = a.clientNames()
	each(t, a.dsn, `SELECT id, number FROM client ORDER BY id LIMIT 1`, func(scan func(...any) error) error { return scan(&a.client, &a.number) })
	return a
}

// fails presses what must not succeed: it is not run, nothing changes, and no answer
// names anybody.
func (a *assault) fails(t *testing.T, kind string, payload map[string]any) {
	t.Helper()
	version, times := a.version(), a.times()
	out := a.press(kind, payload)
	if out.ran {
		t.Error("it was run")
	}
	a.harmless(t, out, version, times)
}

// pressed has user press what must not succeed.
func (a *assault) pressed(t *testing.T, on deed, user, channel string) {
	t.Helper()
	kind, payload := on.by(user, channel)
	a.fails(t, kind, payload)
}

// harmless holds that a press changed nothing and named nobody.
func (a *assault) harmless(t *testing.T, out outcome, version int64, times int) {
	t.Helper()
	if a.changed(version, times) {
		t.Error("something was changed")
	}
	if name := a.names.in(out.reads()); name != "" {
		t.Errorf("the answer names %s", name)
	}
	a.at(t, out)
}

// at holds that a press ended in words for people.
func (a *assault) at(t *testing.T, out outcome) {
	t.Helper()
	was := a.t
	a.t = t
	a.sound(t.Name(), out)
	a.t = was
	for _, s := range out.heard {
		if calls(s) {
			t.Errorf("it would call people, or lead them away: %s\n%s", s.Text, s.Blocks)
		}
	}
}

// calls reports whether what is said has Slack do something with what somebody wrote.
func calls(s screen) bool {
	if mentions(s.Blocks) {
		return true
	}
	return !s.modal && slices.ContainsFunc([]string{"<!channel>", "<!here>", "<https://evil"}, func(sign string) bool { return strings.Contains(s.Text, sign) })
}

// peopleAttacks: whoever is not of the office presses what colleagues see.
func peopleAttacks(t *testing.T) (all []attack) {
	a := newAssault(t)
	share := deed{on: commands.Action, id: "client.share.v1", value: a.client}
	for _, o := range strangers {
		all = append(all, attack{"a shared button pressed by " + o.what, func(t *testing.T) { a.pressed(t, share, o.user, o.channel) }},
			attack{"a client asked for by " + o.what, func(t *testing.T) {
				a.pressed(t, deed{on: commands.Slash, id: "/klant", text: a.number}, o.user, o.channel)
			}})
	}
	change := func(name string, to func(payload map[string]any)) {
		all = append(all, attack{name, func(t *testing.T) {
			kind, payload := share.by("U01", deskChannel)
			to(payload)
			a.fails(t, kind, payload)
		}})
	}
	change("a button of another workspace", func(p map[string]any) { p["team"] = map[string]any{"id": "T0ELDERS"} })
	change("a button of no workspace, pressed from another", func(p map[string]any) {
		p["team"], p["user"] = nil, map[string]any{"id": "U01", "team_id": "T0ELDERS"}
	})
	change("a button pressed by nobody", func(p map[string]any) { p["user"] = map[string]any{"id": ""} })
	change("a button pressed in a channel shared with outsiders", func(p map[string]any) { p["channel"] = map[string]any{"id": "C04SAMEN"} })
	change("a button pressed in a channel that the bot can not see", func(p map[string]any) { p["channel"] = map[string]any{"id": "C0NERGENS"} })
	for name, id := range map[string]string{"an old button": "client.share.v0", "a button of the future": "client.share.v999", "a button that never was": "client.steal.v1",
		"a button without a version": "client.share", "a button named as SQL": "client.share.v1'; DROP TABLE client; --"} {
		change(name, func(p map[string]any) {
			p["actions"] = []any{map[string]any{"type": "button", "action_id": id, "value": a.client}}
		})
	}
	return append(all, attack{"a window that never was is submitted", func(t *testing.T) {
		a.pressed(t, deed{on: commands.Submission, id: "office.take.v1", window: true}, "U01", deskChannel)
	}})
}

// swapAttacks: what the card of one client carries is pressed with the ids of another
// that only a partner may see, and with what is far too large.
func swapAttacks(t *testing.T) (all []attack) {
	a := newAssault(t)
	secret := struct{ client, group, name string }{}
	each(t, a.dsn, `SELECT c.id, c.group_id, c.name FROM client c WHERE c.number <> '`+a.number+`' ORDER BY c.id DESC LIMIT 1`, func(scan func(...any) error) error {
		return scan(&secret.client, &secret.group, &secret.name)
	})
	restrict(t, a.db, secret.group, "U0NIEMAND")
	kind, payload := deed{on: commands.Slash, id: "/klant", text: a.number}.by("U0ENGLISH", deskChannel)
	card := a.press(kind, payload)
	var found []deed
	for _, s := range card.heard {
		for _, on := range pressesOn(s, func(deed) string { return a.client }) {
			found = append(found, on)
			opened := a.press(on.by("U0ENGLISH", deskChannel))
			for _, w := range opened.heard {
				found = append(found, pressesOn(w, func(deed) string { return a.client })...)
			}
		}
	}
	if len(found) < 8 {
		t.Fatalf("a card carries %d presses:\n%s", len(found), card.reads())
	}
	seen := map[string]bool{}
	for _, on := range found {
		if name := fmt.Sprint(on.on, " ", on.id); !seen[name] && on.value+on.private != "" {
			seen[name] = true
			all = append(all, attack{"the ids of another client in " + name, func(t *testing.T) {
				for _, id := range []string{secret.client, secret.group} {
					q := on
					q.value, q.private = digits.ReplaceAllString(on.value, id), digits.ReplaceAllString(on.private, id)
					out := a.press(q.by("U0ENGLISH", deskChannel))
					if strings.Contains(out.reads(), secret.name) {
						t.Errorf("%q %q names who is not for them", q.value, q.private)
					}
					a.at(t, out)
				}
			}})
		}
	}
	large := func(name string, on deed) {
		all = append(all, attack{name, func(t *testing.T) {
			version, times := a.version(), a.times()
			out := a.press(on.by("U01", deskChannel))
			a.at(t, out)
			if a.changed(version, times) {
				t.Error("something was changed")
			}
		}})
	}
	note := map[string]map[string]any{"note": {"note": map[string]any{"type": "plain_text_input", "value": strings.Repeat("x", 1<<20)}}}
	large("a megabyte in private_metadata", deed{on: commands.Submission, id: "touch.save.v1", window: true, private: strings.Repeat("9", 1<<20)})
	large("a megabyte in a field", deed{on: commands.Submission, id: "touch.save.v1", window: true, private: "g=1", fields: note})
	large("a megabyte in the value of a button", deed{on: commands.Action, id: "touch.list.v1", value: "g=" + strings.Repeat("1", 1<<20)})
	large("a megabyte after a command", deed{on: commands.Slash, id: "/klant", text: strings.Repeat("Jansen ", 1<<17)})
	large("a thousand fields nobody asked for", deed{on: commands.Submission, id: "touch.save.v1", window: true, private: "g=1", fields: manyFields(1000)})
	return all
}

func manyFields(n int) map[string]map[string]any {
	fields := map[string]map[string]any{}
	for i := range n {
		fields[fmt.Sprint("f", i)] = map[string]any{fmt.Sprint("e", i): map[string]any{"type": "plain_text_input", "value": "x"}}
	}
	return fields
}
