package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"klantbot/analysis"
	"klantbot/bot/workspace"
	"klantbot/commands"
	"klantbot/commands/locale"
	"klantbot/storage"
)

// pressers are people beyond the local workspace's, who press everything.
var pressers = []workspace.User{
	{ID: "U0OPERATOR", RealName: "Olga Operator", Email: "olga@voorbeeld.nl"},
	{ID: "U0BEHEER", RealName: "Bas Beheer", Email: "bas@voorbeeld.nl"},
	{ID: "U0BOT", RealName: "Andere bot", IsBot: true},
	{ID: "U0KANALEN", RealName: "Gast van meer kanalen", IsRestricted: true},
	{ID: "U0ELDERS", RealName: "Van een ander werkgebied", Email: "e@elders.example", TeamID: "T0ELDERS"},
}

// managers finds who answers for clients, and two who only hold them: everything is
// about the clients of the first of those.
func (d *desk) managers() (partner, own, other int) {
	each(d.t, d.dsn, `SELECT id, EXISTS (SELECT 1 FROM client_group g WHERE g.partner_id = m.id) FROM manager m ORDER BY id`, func(scan func(...any) error) error {
		var id int
		var answers bool
		err := scan(&id, &answers)
		switch {
		case answers && partner == 0:
			partner = id
		case !answers && own == 0:
			own = id
		case !answers && other == 0:
			other = id
		}
		return err
	})
	if other == 0 {
		d.t.Fatal("the office has not three kinds of manager")
	}
	return partner, own, other
}

// castUser is the account of a manager of the sample office.
func (d *desk) castUser(manager int) string {
	if user, known := d.users[manager]; known {
		return user
	}
	var email, user string
	each(d.t, d.dsn, `SELECT email FROM manager WHERE id = `+itoa(manager), func(scan func(...any) error) error { return scan(&email) })
	for _, u := range cast(theSize()) {
		if u.Email == email {
			user = u.ID
		}
	}
	if user == "" {
		d.t.Fatalf("manager %d has no account", manager)
	}
	d.users[manager] = user
	return user
}

// numbers are client numbers that condition selects.
func (d *desk) numbers(condition string) (all []string) {
	each(d.t, d.dsn, `SELECT number FROM client WHERE `+condition+` ORDER BY number LIMIT 3`, func(scan func(...any) error) error {
		var n string
		defer func() { all = append(all, n) }()
		return scan(&n)
	})
	return all
}

// Each screen lets people do more than has to be tried: what differs in numbers
// only is tried mostOfShape times, and an entry not more than mostOfEntry times.
const (
	mostOfShape = 2
	mostOfEntry = 9
	generations = 4
)

// crawl is what can be done in the office and what the screens then carry. What
// changes something takes away what others could do, so it goes by generations: all
// that can be done and seen as the office stands, each change put back at once; then
// all of it is done in earnest, and what that brings is the next generation, with the
// office as it stands then.
type crawl struct {
	desk       *desk
	client     string            // id of one that own holds
	number     string            // and its number
	chosen     map[string]string // in lists that are typed in, by action_id
	files      map[string]string // sent to the bot, by who did
	found      map[string][]deed // by entry: who holds the clients found it first
	shapes     map[string]int
	generation []deed
	stood      []*sql.Conn // copies of the database, by generation
	names      clientNames
	foreign    foreigner
}

// foreigner is a client whom only one person may see, who is of the office: to
// everybody else their ids are those of another.
type foreigner struct{ client, group, name, holder string }

// restrict makes the first client of another manager, with a name that is part of no
// other, one that only that manager may see.
func (d *desk) restrict() (f foreigner) {
	_, _, other := d.managers()
	f.holder = d.castUser(other)
	each(d.t, d.dsn, `SELECT c.id, c.group_id, c.name FROM client c WHERE c.manager_id = `+itoa(other)+` AND length(c.name) > 9
		AND NOT EXISTS (SELECT 1 FROM client o WHERE o.group_id <> c.group_id AND instr(o.name, c.name) > 0) AND NOT EXISTS (SELECT 1 FROM contact o WHERE instr(o.name, c.name) > 0)
		ORDER BY c.id DESC`, func(scan func(...any) error) error { return scan(&f.client, &f.group, &f.name) })
	group, err := strconv.ParseInt(f.group, 10, 64)
	if err == nil {
		err = d.db.Write(d.t.Context(), func(tx storage.Tx) error {
			return tx.Restrict(d.t.Context(), storage.Restriction{Group: analysis.GroupID(group), People: []analysis.UserID{analysis.UserID(f.holder)}, At: asOf})
		})
	}
	if err != nil {
		d.t.Fatal(err)
	}
	return f
}

// crawl finds what the screens of d carry.
func (d *desk) crawl() *crawl {
	c := &crawl{desk: d, found: map[string][]deed{}, shapes: map[string]int{}, names: d.clientNames(), files: map[string]string{}, chosen: map[string]string{}}
	partner, own, _ := d.managers()
	numbers := d.numbers("manager_id = " + itoa(own) + " AND EXISTS (SELECT 1 FROM contact k WHERE k.client_id = client.id)")
	each(d.t, d.dsn, `SELECT id FROM client WHERE number = '`+numbers[0]+`'`, func(scan func(...any) error) error { return scan(&c.client) })
	people := []string{d.castUser(own), d.castUser(partner), "U0BEHEER"}
	c.number = numbers[0]
	c.foreign = d.restrict()
	boards := c.talks(people[0])
	c.stood = append(c.stood, d.keep())
	c.roots(numbers)
	for _, s := range boards {
		for _, p := range pressesOn(s, func(list deed) string { return c.choose(list, people[0]) }) {
			c.add(p)
		}
	}
	for len(c.generation) > 0 {
		for _, user := range people {
			for i := 0; i < len(c.generation); i++ { // it grows
				c.take(c.generation[i], user, false)
				d.back(c.stood[len(c.stood)-1])
			}
		}
		if len(c.stood) == generations {
			break
		}
		c.earnest(people)
	}
	return c
}

// earnest does all of the generation, each by the first who may, and begins the next.
func (c *crawl) earnest(people []string) {
	done := c.generation
	c.generation, c.stood = nil, append(c.stood, nil)
	for _, p := range done {
		if strings.HasPrefix(p.id, "access.") {
			continue // who may what must stay what the columns of the table say
		}
		for _, user := range people {
			if out := c.take(p, user, true); !out.refused() {
				break
			}
		}
	}
	c.stood[len(c.stood)-1] = c.desk.keep()
}

// take lets user do p, and notes what it brings; what a change brings only where it
// is in earnest, because it is about what is not there once it is put back.
func (c *crawl) take(p deed, user string, earnest bool) outcome {
	version, times := c.desk.version(), c.desk.times()
	out := c.desk.press(c.own(p, user).by(user, c.where(p, user)))
	c.desk.sound(p.shape()+" as "+user, out)
	if !earnest && c.desk.changed(version, times) {
		return out
	}
	for _, s := range append(out.heard, c.letters()...) {
		for _, next := range pressesOn(s, func(list deed) string { return c.choose(list, user) }) {
			c.add(next)
		}
	}
	return out
}

// choose types the name of the client in a list and takes the first that it offers.
func (c *crawl) choose(list deed, user string) string {
	if _, known := c.chosen[list.id]; !known {
		list.text = c.number
		var ack struct {
			Options []struct {
				Value string `json:"value"`
			} `json:"options"`
		}
		out := c.desk.press(list.by(user, deskChannel))
		if err := json.Unmarshal([]byte(out.ack), &ack); err != nil || len(ack.Options) == 0 {
			return c.client
		}
		c.chosen[list.id] = ack.Options[0].Value
	}
	return c.chosen[list.id]
}

// own is p about a file of user's own, where it is about a file.
func (c *crawl) own(p deed, user string) deed {
	was := c.files["U0BEHEER"]
	p.file = strings.ReplaceAll(p.file, was, c.file(user))
	p.value, p.private = strings.ReplaceAll(p.value, was, c.file(user)), strings.ReplaceAll(p.private, was, c.file(user))
	return p
}

// clientNames are what must not stand in an answer to who may not see it.
type clientNames []string

func (d *desk) clientNames() (all clientNames) {
	each(d.t, d.dsn, `SELECT name FROM client UNION SELECT name FROM contact`, func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		all = append(all, name)
		return err
	})
	return all
}

// in returns the first name that text holds.
func (n clientNames) in(text string) string {
	for _, name := range n {
		if len(name) > 3 && strings.Contains(text, name) {
			return name
		}
	}
	return ""
}

// roots are what can be done without a screen: typed, or from a menu.
func (c *crawl) roots(numbers []string) {
	file := c.file("U0BEHEER")
	ts, err := c.desk.slack.Say("U02", deskChannel, "Jansen wil een *afspraak*, zei hij. Actie: bellen voor vrijdag.", "")
	if err != nil {
		c.desk.t.Fatal(err)
	}
	p := locale.New(locale.Dutch, nil)
	for _, e := range c.desk.registry.Entries {
		base := deed{on: e.On, id: e.ActionID(), thread: ts, file: file, text: "Jansen wil een afspraak"}
		switch e.On {
		case commands.Slash:
			base.id = e.Names[locale.Dutch]
			for _, word := range append(append([]string{"", "mij", "kantoor", "team", "help", "klanttypen", "<@U02>", "taalmodel", "Jansen"}, numbers...), words(p.T(e.ID+".hint", nil))...) {
				base.text = word
				c.add(base)
			}
		case commands.Mention:
			for _, text := range []string{numbers[0], "hoeveel omzet hadden we in 2025 met " + numbers[0] + "?", "hoeveel omzet hadden we met Jansen?", "wie moet ik nog iets laten horen over hun dinges?", "help", "maak een actie: Jansen bellen over opvolging voor 5 december"} {
				base.text = text
				c.add(base)
			}
		case commands.Shortcut, commands.OnMessage, commands.HomeOpened, commands.FileSent, commands.TalkOpened, commands.TalkHalted:
			c.add(base)
		}
	}
}

// words are those that a command's hint names.
func words(hint string) []string {
	var all []string
	for w := range strings.SplitSeq(strings.Trim(hint, "[]"), "|") {
		all = append(all, strings.TrimSpace(w))
	}
	return all
}

// file is a survey that user sent the bot.
func (c *crawl) file(user string) string {
	if c.files[user] == "" {
		wave, err := sampleWave(1)
		if err != nil {
			c.desk.t.Fatal(err)
		}
		if c.files[user], err = c.desk.slack.Upload(user, c.dm(user), "onderzoek.csv", wave); err != nil {
			c.desk.t.Fatal(err)
		}
	}
	return c.files[user]
}

func (c *crawl) dm(user string) string {
	id, err := c.desk.slack.DM(user)
	if err != nil {
		c.desk.t.Fatal(err)
	}
	return id
}

// add notes p, to be tried, unless there is enough of its kind.
func (c *crawl) add(p deed) {
	shape, entry := p.shape()+"/"+p.text, p.entry(c.desk.registry)
	if c.shapes[shape] >= mostOfShape || slices.ContainsFunc(c.found[entry], func(q deed) bool {
		return q.id == p.id && q.value == p.value && q.private == p.private && q.text == p.text
	}) {
		return
	}
	c.shapes[shape]++
	p.born = len(c.stood) - 1
	if p.on != commands.Slash && len(c.found[entry]) >= mostOfEntry {
		return
	}
	c.found[entry] = append(c.found[entry], p)
	c.generation = append(c.generation, p)
}

// where p is done by user: what people say to the bot and send it, in their DM.
func (c *crawl) where(p deed, user string) string {
	if p.on == commands.FileSent || p.on == commands.Mention || p.on == commands.TalkOpened || p.on == commands.TalkHalted {
		return c.dm(user)
	}
	return deskChannel
}

// letters are the messages that wait to be posted, as they would be.
func (c *crawl) letters() (all []screen) {
	ctx := context.Background()
	entries, err := c.desk.db.Claim(ctx, "desk", wallTime().Add(1000*time.Hour), wallTime().Add(2000*time.Hour), 10)
	if err != nil {
		c.desk.t.Fatal(err)
	}
	for _, e := range entries {
		m, err := renderer{c.desk.registry}.Render(ctx, e)
		if err != nil {
			if analysis.KindOf(err) == analysis.Internal {
				c.desk.t.Errorf("letter %s: %v", e.Kind, err)
			}
			continue
		}
		c.desk.ear.heard = nil
		if err := firstError(c.desk.ear.message(m), c.desk.db.MarkSent(ctx, e.ID, itoa(int(e.ID))+".1")); err != nil {
			c.desk.t.Fatal(err)
		}
		all = append(all, c.desk.ear.heard...)
	}
	return all
}
