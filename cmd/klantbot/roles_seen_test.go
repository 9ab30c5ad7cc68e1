package main

import (
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
