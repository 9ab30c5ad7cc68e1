package view

import (
	"encoding/json"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

// extreme is a client of whom everything is too much.
func extreme() Card {
	evil := strings.Repeat("*x* <!channel> <http://e.example|k> `c` \u202emoc\u202c\u200b 😀 '; DROP TABLE client; -- ", 60)[:4000]
	c := Card{AsOf: analysis.Date(2026, 11, 21), Client: analysis.Client{ID: 1, Number: "1", Name: evil, Kind: evil},
		Group: analysis.Group{Name: evil}, Yearly: value.Yearly{Known: true, Amount: 1_000_000_000_000}}
	for range 40 {
		c.Members = append(c.Members, analysis.Client{Name: evil, Number: "2"})
	}
	for range 50 {
		c.Contacts = append(c.Contacts, analysis.Contact{Name: evil, Role: evil, Email: "a<b>@x.example"})
	}
	for y := 1996; y <= 2026; y++ {
		c.Years = append(c.Years, value.YearRevenue{Year: y, Amount: analysis.Cents(2010-y) * 100_000_000_000})
	}
	return c
}

// However long and hostile the names are, what must be read after them is
// there, nothing in them is markup, and nothing hides or turns the text.
func TestExtremeNames(t *testing.T) {
	c := extreme()
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		found := []Candidate{{Client: 1, Name: c.Client.Name, Number: "1", Group: "g" + c.Client.Name, Via: c.Client.Name}}
		for name, m := range map[string]Message{
			"card": CardMessage(p, c, true), "shared": SharedCard(p, c, "U1"), "choices": Choices(p, c.Client.Name, found),
			"nearest": Nearest(p, c.Client.Name, found), "none": Nearest(p, c.Client.Name, nil), "many": Many(p, c.Client.Name),
			"ask": ShareQuestion(p, c.Client.Name, "kantoor", 1), "done": Shared(p, c.Client.Name, "kantoor", 1),
		} {
			raw, err := json.Marshal(m.Blocks)
			if err != nil {
				t.Fatal(err)
			}
			for _, bad := range []string{"\u202e", "\u200b"} {
				if strings.Contains(string(raw)+m.Text, bad) {
					t.Errorf("%s: %q is still in it", name, bad)
				}
			}
			if strings.Contains(m.Text, "<!channel>") || len([]rune(m.Text)) > 1000 {
				t.Errorf("%s: the text has %d characters: %.80s", name, len([]rune(m.Text)), m.Text)
			}
			if (name == "ask" || name == "done") && !strings.Contains(m.Text, "#kantoor") {
				t.Errorf("%s does not name the channel: %s", name, m.Text)
			}
			if len(raw) > 12_000 {
				t.Errorf("%s has %d bytes of blocks", name, len(raw))
			}
		}
	}
}
