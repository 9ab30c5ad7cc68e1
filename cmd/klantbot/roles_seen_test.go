package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/storage"
)

// restricted makes the client that everything was about one that only who holds it may
// see, and presses what the screens carried as everybody else: their name is in no
// answer, whatever it is about, nor in what is posted afterwards.
func (c *crawl) restricted(t *testing.T) {
	d := c.desk
	_, own, _ := d.managers()
	d.back(c.stood[len(c.stood)-1])
	holder := d.castUser(own)
	id := analysis.ClientID(0)
	each(t, d.dsn, `SELECT id FROM client WHERE number = '`+c.number+`'`, func(scan func(...any) error) error { return scan(&id) })
	client, err := d.db.Client(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	err = d.db.Write(t.Context(), func(tx storage.Tx) error {
		return tx.Restrict(t.Context(), storage.Restriction{Group: client.Group, People: []analysis.UserID{analysis.UserID(holder)}, At: asOf})
	})
	if err != nil {
		t.Fatal(err)
	}
	stands, told := d.keep(), 0
	for _, e := range d.registry.Entries {
		_, tries := c.triesOf(e)
		for _, user := range []string{"U0ENGLISH", "U0BEHEER", d.castUser(1), holder} {
			for _, try := range tries {
				d.back(stands)
				out := d.press(c.own(try, user).by(user, c.where(try, user)))
				said := out.reads()
				for _, s := range c.letters() {
					said += s.reads()
				}
				switch named := strings.Contains(said, client.Name); {
				case named && user == holder:
					told++
				case named:
					t.Errorf("%s as %s names a client that is not for them (%q %q)", try.entry(d.registry), user, try.value, try.private)
				}
			}
		}
	}
	if told == 0 {
		t.Error("who may see the client was told nothing of them either")
	}
	t.Logf("%d answers name them to who may see them", told)
}

// amount is a sum of money that somebody can read.
var amount = regexp.MustCompile(`€\s?-?[0-9]`)

// drawn is a chart of money, or a cell that has an amount behind its dots.
var drawn = regexp.MustCompile(`"title":"[^"]*€|"value":[0-9.]+,"text":"€•••|"text":"€•••[^}]*"value":[0-9]`)

// hushed has the office show amounts to partners and administrators only, and presses
// what the screens carried as others: no amount is in any answer, in words or in a
// chart, nor in what is posted afterwards.
func (c *crawl) hushed(t *testing.T) {
	d := c.desk
	_, own, _ := d.managers()
	d.back(c.stood[len(c.stood)-1])
	err := d.db.Write(t.Context(), func(tx storage.Tx) error {
		return tx.Set(t.Context(), storage.Setting{Key: "access/visibility", Value: json.RawMessage(`"segmenten"`), By: "U0BEHEER", At: asOf})
	})
	if err != nil {
		t.Fatal(err)
	}
	stands, dots := d.keep(), 0
	for _, e := range d.registry.Entries {
		_, tries := c.triesOf(e)
		for _, user := range []string{"U0ENGLISH", d.castUser(own)} {
			for _, try := range tries {
				d.back(stands)
				out := d.press(c.own(try, user).by(user, c.where(try, user)))
				heard := append(out.heard, c.letters()...)
				for _, s := range heard {
					said := s.reads()
					dots += strings.Count(said, "€•••")
					if at := amount.FindStringIndex(said); at != nil {
						t.Errorf("%s as %s (%q) shows %q", try.entry(d.registry), user, try.value, said[max(0, at[0]-60):min(len(said), at[1]+20)])
					}
					if at := drawn.FindIndex(s.Blocks); at != nil {
						t.Errorf("%s as %s (%q) draws or sorts by %.300s", try.entry(d.registry), user, try.value, s.Blocks[at[0]:])
					}
				}
			}
		}
	}
	if dots == 0 {
		t.Error("no screen had an amount to hide")
	}
	t.Logf("%d amounts are hidden", dots)
}
