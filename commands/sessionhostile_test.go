package commands

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"klantbot/analysis"
	"klantbot/analysis/session"
	"klantbot/commands/locale"
	"klantbot/commands/view"
	"klantbot/prompts/offline"
	"klantbot/storage"
)

// hostile are texts of which a screen must make nothing but letters: markup, mentions
// of everybody, links, right-to-left letters, marks that pile up, and what looks like
// one of our own placeholders.
var hostile = []string{"<!channel> *vet* _schuin_ `code`", "<https://evil.example|klik hier> <@U99>", "שלום עולם של הלקוחות שלנו", "\u202eomgedraaid\u202c en \u2066verstopt\u2069",
	"a\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308", "{phase} {n} %s %d &amp; &lt;", ":boom: <!everyone|iedereen>", "مرحبا <#C01> نعم"}

// long is a hostile text of as many characters as a card may have.
func long(n int) string {
	text := strings.Repeat(hostile[n%len(hostile)]+" ", 30) + strconv.Itoa(n)
	text, _ = session.Clean(text, 100_000)
	runes := []rune(strings.TrimSpace(text))
	return strings.TrimSpace(string(runes[len(runes)-min(len(runes), session.LongestText):]))
}

// brimming is a session of twelve people with nine such cards each, twelve groups with
// such names, and one of them with sixty cards.
func brimming(t *testing.T) (SessionScreens, *session.State) {
	t.Helper()
	use, id := discussion(t, session.MostParticipants)
	press := func(user string, bodies ...session.Body) *session.State {
		t.Helper()
		s, err := use.Read(t.Context(), id)
		if err == nil {
			s, _, err = use.Press(t.Context(), id, pressed(analysis.UserID(user), fmt.Sprint("C", s.Seq)), Do(bodies...), nil)
		}
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for i := range session.MostParticipants {
		var all []session.Body
		for n := range 9 {
			all = append(all, session.Wrote{Place: session.Place{Horizon: session.Horizons()[n/session.MostEach]}, Text: long(9*i + n), Source: long(n)})
		}
		press(fmt.Sprint("U", i+1), all...)
	}
	s, _ := use.Read(t.Context(), id)
	press("U1", s.Forward(sessionAt))
	s, _ = use.Read(t.Context(), id)
	s = press("U1", s.Forward(sessionAt))
	cards := s.Cards("")
	for n := range session.MostClusters {
		from, to := 60+4*(n-1), 60+4*n
		if n == 0 {
			from, to = 0, 60
		}
		group := session.Split{Title: long(n)}
		for _, c := range cards[from:to] {
			group.Cards = append(group.Cards, c.ID)
		}
		s = press("U2", group)
	}
	for n := range session.MostActions - 1 {
		s = press("U3", session.Agreed{Owner: "U2", Due: analysis.DayOf(sessionAt) + analysis.Day(n), When: long(n), Then: long(n + 1)})
	}
	letters, ok := use.Events.(Letters)
	if !ok {
		t.Fatal("the store keeps no letters")
	}
	managers, ok := use.Events.(storage.Managers)
	if !ok {
		t.Fatal("the store keeps no managers")
	}
	return SessionScreens{Use: use, Letters: letters, Clients: Client{Cards: Cards{Managers: managers}}, Grouper: offline.Grouper{}, Now: sessionAt.Local}, s
}

// TestSessionHostile: whatever people write, however much of it, every window and message
// of the fullest session is within what Slack takes, and no text does anything.
func TestSessionHostile(t *testing.T) {
	c, s := brimming(t)
	group, card := s.Clusters[0].ID, s.Clusters[0].Cards[0]
	seen := map[string]int{}
	for s.Phase != session.Concluded {
		at := view.SessionValue(s)
		of := func(id int) string { return at + "/" + strconv.Itoa(id) + "/0" }
		windows := map[string]struct {
			run   UseCase
			value string
		}{"groups": {c.Groups, at}, "group": {c.Group, of(int(group))}, "page": {c.Group, at + "/" + strconv.Itoa(int(group)) + "/45"}, "split": {c.Split, of(int(group))}, "merge": {c.Merge, of(int(group))},
			"rename": {c.Rename, of(int(group))}, "move": {c.Move, at + "/" + strconv.Itoa(int(card))}, "lead": {c.Lead, at}, "vote": {c.Vote, at}, "talk": {c.Talk, of(int(group))}, "act": {c.Act, at}}
		for name, w := range windows {
			for _, lang := range []locale.Lang{locale.Dutch, locale.English} {
				req := pressing("U1", fmt.Sprint(s.Phase, name, lang), w.value, nil)
				req.Lang = lang
				r, err := w.run(t.Context(), req)
				if err != nil || r.Modal == nil {
					continue // not in this phase
				}
				seen[name]++
				accepted(t, fmt.Sprint(s.Phase, " ", name), r.Modal.Blocks, "", 100)
			}
		}
		for name, draw := range map[string]Letter{"board": c.Board, "news": c.News} {
			m, err := draw(t.Context(), storage.LedgerEntry{Subject: at, Lang: "nl"})
			if err != nil {
				t.Fatal(err)
			}
			accepted(t, fmt.Sprint(s.Phase, " ", name), m.Blocks, m.Text, 50)
		}
		var also []session.Body
		for _, top := range s.Top() {
			m, err := c.Topic(t.Context(), storage.LedgerEntry{Subject: fmt.Sprintf("%d/0/%d", s.ID, top.Cluster.ID), Lang: "nl"})
			if err != nil {
				t.Fatal(err)
			}
			seen["topic"]++
			accepted(t, fmt.Sprint(s.Phase, " topic"), m.Blocks, m.Text, 50)
			for n, field := range session.TalkFields() {
				place := session.Place{Cluster: top.Cluster.ID, Field: field}
				if s.Phase != session.Discussing {
					continue
				}
				for more := range session.MostEach {
					also = append(also, session.Wrote{Place: place, Text: long(n + more)})
				}
			}
		}
		if s.Phase == session.Voting {
			for _, h := range session.Columns() {
				also = append(also, session.Voted{Horizon: h, Dots: []session.Dot{{Cluster: group, Dots: 2}, {Cluster: s.Clusters[1].ID, Dots: 1}}})
			}
		}
		if len(also) > 0 {
			if s, _, err := c.Use.Press(t.Context(), s.ID, pressed("U1", fmt.Sprint("also", s.Seq)), Do(also...), nil); err != nil {
				t.Fatal(s.Phase, err)
			}
		}
		next, _, err := c.Use.Press(t.Context(), s.ID, pressed("U1", fmt.Sprint("on", s.Seq)), func(s *session.State) ([]session.Body, error) {
			return []session.Body{s.Forward(sessionAt)}, nil
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		s = next
	}
	m, err := c.Outcome(t.Context(), storage.LedgerEntry{Subject: view.SessionValue(s), Lang: "nl"})
	if err != nil {
		t.Fatal(err)
	}
	accepted(t, "outcome", m.Blocks, m.Text, 50)
	for _, name := range []string{"groups", "group", "page", "split", "merge", "rename", "move", "lead", "vote", "talk", "act", "topic"} {
		if seen[name] == 0 {
			t.Errorf("%s was never shown", name)
		}
	}
}

// accepted holds blocks to what Slack takes, and their markup to what is ours.
func accepted(t *testing.T, name string, blocks any, text string, most int) {
	t.Helper()
	raw, err := json.Marshal(blocks)
	var all []any
	if err != nil || json.Unmarshal(raw, &all) != nil || len(all) == 0 || len(all) > most || len(raw) > 250_000 {
		t.Errorf("%s: %d blocks, %d bytes, %v", name, len(all), len(raw), err)
	}
	inert := func(words string) {
		if strings.Contains(words, "<!") || strings.Contains(words, "<http") || strings.Contains(words, "<@U99") || strings.Contains(words, "<#C01") {
			t.Errorf("%s: this does something: %q", name, words)
		}
	}
	inert(text)
	if n := utf8.RuneCountInString(text); n > 4000 {
		t.Errorf("%s: a text of %d characters", name, n)
	}
	limits := map[string]int{"text": 3000, "plain_text": 3000, "mrkdwn": 3000}
	var walk func(v any, in string)
	walk = func(v any, in string) {
		switch v := v.(type) {
		case []any:
			if limit := map[string]int{"options": 100, "option_groups": 100, "elements": 100}[in]; limit > 0 && (len(v) == 0 || len(v) > limit) {
				t.Errorf("%s: %d %s", name, len(v), in)
			}
			for _, one := range v {
				walk(one, in)
			}
		case map[string]any:
			words, _ := v["text"].(string)
			kind, _ := v["type"].(string)
			limit := limits[kind]
			switch in {
			case "options", "initial_option", "initial_options":
				limit = 75
			case "option_groups":
				limit = 75
			}
			if kind == "mrkdwn" {
				inert(words)
			}
			if n := utf8.RuneCountInString(words); limit > 0 && (n > limit || n == 0 && kind != "") {
				t.Errorf("%s: %d characters in %s %s", name, n, in, kind)
			}
			for key, one := range v {
				next := key
				if key == "text" && (in == "options" || in == "initial_option") {
					next = in
				}
				walk(one, next)
			}
		}
	}
	walk(all, "")
}
