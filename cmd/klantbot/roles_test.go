package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/commands"
	"klantbot/commands/locale"
)

var updateRoles = flag.Bool("update-roles", false, "write testdata/roles.txt anew")

// presser is somebody of the office, as a column of the table.
type presser struct {
	column string
	user   string
	actor  analysis.Actor
}

// pressers are who presses everything, who may least first.
func (d *desk) pressers() []presser {
	partner, own, other := d.managers()
	all := []presser{
		{column: "medewerker", user: "U0ENGLISH"},
		{column: "andermans", user: d.castUser(other)},
		{column: "eigen", user: d.castUser(own)},
		{column: "partner", user: d.castUser(partner)},
		{column: "beheerder", user: "U0BEHEER"},
		{column: "operator", user: "U0OPERATOR"},
	}
	for i, p := range all {
		email := ""
		for _, u := range cast(theSize()) {
			if u.ID == p.user {
				email = u.Email
			}
		}
		var err error
		if all[i].actor, err = (deskRoles{commands.Roles{Members: d.db, Managers: d.db, Settings: d.db}}).Actor(d.t.Context(), analysis.UserID(p.user), email); err != nil {
			d.t.Fatal(err)
		}
	}
	return all
}

// TestRoleTable presses everything that is registered as everybody there is, with
// what the screens really carry. Who may what is held by testdata/roles.txt, which
// is to be read when it changes (-update-roles); and by analysis.Allow, which is
// asked here of every entry.
func TestRoleTable(t *testing.T) {
	t.Parallel()
	d := newDesk(t, smallDB(t))
	c := d.crawl()
	t.Run("outsiders", func(t *testing.T) { c.outsiders(t) })
	t.Run("swapped ids", func(t *testing.T) { c.swaps(t, d, 47) })
	t.Run("ids of others", func(t *testing.T) { c.foreigners(t) })
	var table strings.Builder
	everybody := d.pressers()
	fmt.Fprintf(&table, roleHeading, mostTried)
	for _, p := range everybody {
		fmt.Fprintf(&table, " %-10s", p.column)
	}
	fmt.Fprintln(&table)
	var nowhere []string
	for _, e := range d.registry.Entries {
		name, tries := c.triesOf(e)
		if met, ok := strings.CutSuffix(name, " ~"); ok {
			nowhere = append(nowhere, met)
		}
		fmt.Fprintf(&table, "%-32s", name)
		for _, p := range everybody {
			fmt.Fprintf(&table, " %-10s", c.may(e, tries, p))
		}
		fmt.Fprintln(&table)
	}
	table.WriteString(explained(t, nowhere))
	t.Logf("%d entries, %d columns, %d presses", len(d.registry.Entries), len(everybody), d.presses)
	t.Run("restricted", func(t *testing.T) { c.restricted(t) })
	t.Run("amounts", func(t *testing.T) { c.hushed(t) })
	const golden = "testdata/roles.txt"
	if *updateRoles {
		if err := os.WriteFile(golden, []byte(table.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != table.String() {
		t.Errorf("who may what changed, or there is a new entry; if that is meant, run with -update-roles and read what it wrote: %s", firstDifference(string(want), table.String()))
	}
}

const roleHeading = `Who may what: everything that is registered, pressed as everybody (TestRoleTable).
ja: it answers. schrijft: it answers, and something changed. nee: refused. deels: one thing and not another, of at most %d pressed.
A name with ~ behind it was met on no screen, for the reason below, and pressed with
what its neighbours carry. eigen and andermans are relatiemanagers, of the groups
that were pressed and of others.
                                `

// unmet are the entries that the crawl meets on no screen, and why. An entry that is
// not here must be met.
var unmet = map[string]string{
	"action ask.stop":         whileItComes,
	"action service.page":     nextPage,
	"action digest.more":      nextPage,
	"action session.overview": nextPage,
	"action journey.read":     nextPage,
	"action session.take":     "stands in a session that nobody leads any more (sessie_begeleiden.txtar presses it)",
}

const (
	nextPage     = "turns a page, and the small office has one (goldens of commands/view have more)"
	whileItComes = "stands under an answer while a language model is writing it (vraag_taalmodel.txtar presses it)"
)

// explained says why entries were met nowhere, as the table ends; who is
// missing from unmet, or there for nothing, fails the test.
func explained(t *testing.T, names []string) string {
	var all strings.Builder
	for _, name := range names {
		if unmet[name] == "" {
			t.Errorf("%s was met on no screen: bring it on one, or say in unmet why that can not be", name)
		}
		fmt.Fprintf(&all, "~ %-30s %s\n", name, unmet[name])
	}
	if len(names) != len(unmet) {
		t.Errorf("unmet names %d entries, and %d were met nowhere: %q", len(unmet), len(names), names)
	}
	return all.String()
}

// mostTried is how many values of an entry are pressed.
const mostTried = 2

// triesOf are presses of e, and its name in the table.
func (c *crawl) triesOf(e commands.Entry) (string, []deed) {
	as := deed{on: e.On, id: e.ActionID()}
	if e.On == commands.Slash {
		as.id = e.Names[locale.Dutch]
	}
	name := as.entry(c.desk.registry)
	if found := c.found[name]; len(found) > 0 {
		return name, found[:min(len(found), mostTried)]
	}
	var tries []deed
	family, _, _ := strings.Cut(e.ID, ".")
	for _, other := range sortedKeys(c.found) {
		for _, p := range c.found[other] {
			if strings.Contains(other, " "+family+".") && p.value+p.private != "" && len(tries) < mostTried {
				p.on, p.id = as.on, as.id
				p.window = p.window || e.On == commands.Submission
				tries = append(tries, p)
				break
			}
		}
	}
	if len(tries) == 0 {
		as.value, as.private, as.window = "1", "1", e.On == commands.Submission
		tries = []deed{as}
	}
	return name + " ~", tries
}

// may says in a word whether p may do tries of e, and holds what is true of every
// press.
func (c *crawl) may(e commands.Entry, tries []deed, p presser) string {
	t, d := c.desk.t, c.desk
	allowed, changed := 0, false
	atAll := analysis.Allow(p.actor, e.Permission, analysis.Subject{Manager: p.actor.Manager, Partner: p.actor.Manager})
	for _, try := range tries {
		what := fmt.Sprintf("%s as %s (%q %q)", try.entry(d.registry), p.column, try.value, try.private)
		d.back(c.stood[try.born])
		before, times := d.version(), d.times()
		out := d.press(c.own(try, p.user).by(p.user, c.where(try, p.user)))
		d.sound(what, out)
		if atAll == (!out.ran && !answersFields(out)) {
			t.Errorf("%s: analysis.Allow says %v, and it was run: %v", what, atAll, out.ran)
		}
		if !out.refused() {
			allowed++
			changed = changed || d.changed(before, times)
			continue
		}
		if d.changed(before, times) {
			t.Errorf("%s: refused, and something was written", what)
		}
		if name := c.names.in(out.reads()); name != "" {
			t.Errorf("%s: the refusal names a client", what)
		}
	}
	switch {
	case allowed == 0:
		return "nee"
	case allowed < len(tries):
		return "deels"
	case changed:
		return "schrijft"
	}
	return "ja"
}

func answersFields(o outcome) bool { return strings.Contains(o.ack, `"errors"`) }

// sound fails where a press ended in what nobody should read.
func (d *desk) sound(what string, out outcome) {
	d.t.Helper()
	if out.err != nil && analysis.KindOf(out.err) == analysis.Internal {
		d.t.Errorf("%s: %v", what, out.err)
	}
	wrong, _, _ := strings.Cut(locale.New(locale.Dutch, nil).T("error.internal", nil), "{")
	oops, _, _ := strings.Cut(locale.New(locale.English, nil).T("error.internal", nil), "{")
	if said := out.reads(); (out.err == nil || analysis.KindOf(out.err) != analysis.Internal) && (strings.Contains(said, wrong) || strings.Contains(said, oops)) {
		d.t.Errorf("%s: %s\n%s", what, said, endOf(d.log.String()))
	}
}

// endOf is the end of a log.
func endOf(log string) string { return log[max(0, len(log)-3000):] }

// outsider is somebody who gets one sentence.
type outsider struct{ what, user, channel string }

var strangers = []outsider{
	{"guest of one channel", "U0GAST", deskChannel}, {"guest of several channels", "U0KANALEN", deskChannel},
	{"of a shared channel", "U0BUITEN", "C04SAMEN"}, {"deactivated", "U0WEG", deskChannel}, {"another bot", "U0BOT", deskChannel},
	{"the bot itself", botUser, deskChannel}, {"of another workspace", "U0ELDERS", deskChannel}, {"nobody known", "U0NIEMAND", deskChannel},
}

// outsiders presses everything as everybody who is not of the office: each time the
// one neutral sentence, and afterwards the database is what it was.
func (c *crawl) outsiders(t *testing.T) {
	c.desk.back(c.stood[0])
	before := dump(t, c.desk.dsn)
	neutral := map[string]bool{}
	for _, lang := range locale.Langs() {
		neutral[locale.New(lang, nil).T("bot.colleagues_only", nil)] = true
	}
	presses := 0
	for _, e := range c.desk.registry.Entries {
		_, tries := c.triesOf(e)
		for _, o := range strangers {
			for _, try := range tries {
				what := try.entry(c.desk.registry) + " as " + o.what
				where := o.channel
				if try.on == commands.FileSent {
					where = "D0" + o.user // elsewhere a file is no business of the bot
				}
				out := c.desk.press(try.by(o.user, where))
				presses++
				said := out.words()
				switch {
				case out.ran:
					t.Errorf("%s: it was run", what)
				case try.on == commands.Suggestion && out.ack != `{"options":[]}`:
					t.Errorf("%s: %s", what, out.ack)
				case try.on != commands.Suggestion && !slices.ContainsFunc(said, func(s string) bool { return neutral[s] }):
					if (c.desk.bots(o.user) && try.on == commands.FileSent || try.on == commands.TalkOpened || try.on == commands.TalkHalted) && len(said) == 0 {
						continue // what bots send, and opening or stopping a talk, asks nothing
					}
					t.Errorf("%s: it says %q", what, said)
				case try.on != commands.Suggestion && len(said) != 1:
					t.Errorf("%s: it says more: %q", what, said)
				}
			}
		}
	}
	if after := dump(t, c.desk.dsn); after != before {
		t.Errorf("the database changed: %s", firstDifference(before, after))
	}
	t.Logf("%d presses", presses)
}

func (d *desk) bots(user string) bool { return user == "U0BOT" || user == botUser }

// words are the sentences of o, each once.
func (o outcome) words() (all []string) {
	for _, s := range o.heard {
		for line := range strings.SplitSeq(texts(s.Blocks), "\n") {
			if line != "" && !slices.Contains(all, line) {
				all = append(all, line)
			}
		}
	}
	return all
}

func itoa(n int) string { return strconv.Itoa(n) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
