package commands

import (
	"context"
	"encoding/json"
	"iter"
	"regexp"
	"strings"
	"testing"

	"klantbot/analysis"
	"klantbot/analysis/ask"
	"klantbot/commands/locale"
	"klantbot/prompts"
	"klantbot/prompts/openai/openaitest"
	"klantbot/storage"
	"klantbot/storage/sqlstore"
)

// shielded is an office of which every third relatiegroep may be seen by U9 alone.
func shielded(t *testing.T) (use Ask, hidden []analysis.Client) {
	t.Helper()
	_, db := attentive(t, 150)
	use = conversing(t, db, openaitest.New(t, nil, 7))
	use.Talker, use.Books = nil, &Books{}
	var all []analysis.Client
	for entry, err := range storage.Names(db).Names(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		c, err := db.Client(t.Context(), entry.Client)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	done := map[analysis.GroupID]bool{}
	for i, c := range all {
		if i%3 != 0 || done[c.Group] {
			continue
		}
		done[c.Group] = true
		change(t, db, func(tx storage.Tx) error {
			return tx.Restrict(t.Context(), storage.Restriction{Group: c.Group, People: []analysis.UserID{"U9"}, By: "U9", At: at})
		})
		promise(t, db, c)
	}
	for _, c := range all {
		if done[c.Group] {
			hidden = append(hidden, c)
		}
	}
	return use, hidden
}

// promise writes down what was promised to c and what it said, with its name in it.
func promise(t *testing.T, db *sqlstore.DB, c analysis.Client) {
	t.Helper()
	change(t, db, func(tx storage.Tx) error {
		_, _, err := tx.AddFeedback(t.Context(), storage.Feedback{Client: c.ID, Theme: "groei", Tone: storage.Critical, Words: "Van " + c.Name + " zelf.", Day: analysis.Date(2026, 11, 3), By: "U9", At: at})
		return err
	})
}

// reveals returns which of hidden text names; empty: none.
func reveals(text string, hidden []analysis.Client) string {
	for _, c := range hidden {
		if strings.Contains(text, c.Name) || strings.Contains(text, "("+c.Number+")") {
			return c.Name
		}
	}
	return ""
}

// everyIntent asks everything of use as user, of client where it is about one.
func everyIntent(t *testing.T, use Ask, user analysis.UserID, sees analysis.Visibility, client analysis.Client, each func(ask.Intent, Answer, error)) {
	t.Helper()
	role := analysis.PartnerRole // who may ask most
	if sees != analysis.SeesAll {
		role = analysis.ManagerRole // whom the office's choice binds
	}
	for _, intent := range ask.Intents() {
		for _, slots := range []ask.Slots{{}, {Limit: 1000}, {Segment: analysis.SegmentA}, {Period: ask.Period{From: analysis.Date(2026, 1, 1), To: analysis.Date(2026, 11, 21)}}, {Days: 30, Limit: 50},
			{Audience: analysis.AskedFormer}, {Audience: analysis.AskedProspects}, {Layer: analysis.LayerTop}, {Against: analysis.SegmentB, Segment: analysis.SegmentA}} {
			m := meant{Question: ask.Question{Intent: intent, Slots: slots, Sure: true}}
			if intent.AboutClient() {
				m.client, m.Slots.Client = client.ID, client.Name
			}
			req := Request{Key: "k", Actor: analysis.Actor{User: user, Roles: analysis.RolesOf(role), Sees: sees}, Lang: locale.Dutch, Zone: officeZone, At: at}.asMay(analysis.Subject{})
			a, err := use.reply(storage.Seeing(t.Context(), user), req, m, nil)
			each(intent, a, err)
		}
	}
}

// TestAskSight asks everything of one office with different eyes.
func TestAskSight(t *testing.T) {
	t.Parallel()
	use, hidden := shielded(t)
	t.Run("answers", func(t *testing.T) { answersKeep(t, use, hidden) })
	t.Run("tools", func(t *testing.T) { toolsKeep(t, use, hidden) })
	t.Run("amounts", func(t *testing.T) { amountsKept(t, use, hidden) })
	t.Run("stream", func(t *testing.T) { streamKeeps(t, use, hidden) })
}

// answersKeep: whatever is asked, who may not see a client is told nothing of
// it, also after somebody who may was answered the same.
func answersKeep(t *testing.T, use Ask, hidden []analysis.Client) {
	t.Helper()
	told := map[ask.Intent]bool{}
	everyIntent(t, use, "U9", analysis.SeesAll, hidden[0], func(i ask.Intent, a Answer, err error) {
		if err != nil {
			t.Errorf("%s: %v", i, err)
		}
		told[i] = told[i] || reveals(a.Text, hidden) != ""
	})
	for _, i := range []ask.Intent{ask.ClientCard, ask.ClientRevenue, ask.ClientPrepare, ask.PortfolioTop, ask.PortfolioList, ask.PortfolioNoContact, ask.SegmentList, ask.PortfolioDecline, ask.SegmentBorder} {
		if !told[i] {
			t.Errorf("%s names nobody: nothing is tried", i)
		}
	}
	everyIntent(t, use, "U1", analysis.SeesAll, hidden[0], func(i ask.Intent, a Answer, err error) {
		if name := reveals(a.Text, hidden); name != "" {
			t.Errorf("%s tells of %s:\n%s", i, name, a.Text)
		}
		if i.AboutClient() && (err == nil && !a.AskedBack || err != nil && analysis.KindOf(err) != analysis.NotFound) {
			t.Errorf("%s of a client that is not to be seen: %q, %v", i, a.Text, err)
		}
	})
}

// toolsKeep: nor do the tools of a model, which read with the same eyes.
func toolsKeep(t *testing.T, use Ask, hidden []analysis.Client) {
	t.Helper()
	ctx := storage.Seeing(t.Context(), "U1")
	req := Request{Key: "k", Actor: analysis.Actor{User: "U1", Roles: analysis.RolesOf(analysis.PartnerRole)}, Lang: locale.Dutch, Zone: officeZone, At: at}
	box := &toolbox{Ask: use, req: req, client: hidden[0].ID, listed: map[string]bool{}}
	for _, intent := range ask.Intents() {
		family, what, _ := strings.Cut(string(intent), ".")
		for tool, of := range families {
			if of != family {
				continue
			}
			arguments, err := json.Marshal(map[string]any{"client": "$1", "what": what, "limit": 1000})
			if err != nil {
				t.Fatal(err)
			}
			text, _ := box.Use(ctx, tool, arguments, bareVeil{})
			if name := reveals(text, hidden); name != "" {
				t.Errorf("%s %s tells a model of %s", tool, what, name)
			}
		}
	}
}

// bareVeil hides nothing, so that what comes behind it can be read.
type bareVeil struct{}

func (bareVeil) Hide(_ prompts.Veiled, _, words string) string { return words }

func (bareVeil) Behind(placeholder string) (key, words string, ok bool) {
	return "", placeholder, false
}

// amountsKept: where the office shows amounts to few, no answer has one.
func amountsKept(t *testing.T, use Ask, hidden []analysis.Client) {
	t.Helper()
	amount := regexp.MustCompile(`€ ?-?[1-9]`)
	dots := false
	everyIntent(t, use, "U9", analysis.SeesSegments, hidden[0], func(i ask.Intent, a Answer, err error) {
		if said := amount.FindString(a.Text); said != "" {
			t.Errorf("%s tells %s:\n%s", i, said, a.Text)
		}
		dots = dots || strings.Contains(a.Text, "•••")
	})
	if !dots {
		t.Error("no answer has an amount to keep")
	}
}

// streamKeeps: what comes of an answer later is read with the same eyes,
// whoever's context brings it.
func streamKeeps(t *testing.T, use Ask, hidden []analysis.Client) {
	t.Helper()
	read := func(ctx context.Context) error {
		_, err := use.Client.Cards.Clients.Client(ctx, hidden[0].ID)
		return err
	}
	e := Entry{Run: func(context.Context, Request) (Reply, error) {
		return Reply{Stream: &Stream{
			Clauses: func(ctx context.Context) iter.Seq2[Clause, error] {
				return func(yield func(Clause, error) bool) { yield(Clause{}, read(ctx)) }
			},
			End: func(ctx context.Context, _ []Clause, _ error) (Reply, error) { return Reply{}, read(ctx) },
		}}, nil
	}}.asSeen()
	reply, err := e.Run(t.Context(), Request{Actor: analysis.Actor{User: "U1"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range reply.Stream.Clauses(t.Context()) {
		if analysis.KindOf(err) != analysis.NotFound {
			t.Errorf("a clause read %v", err)
		}
	}
	if _, err := reply.Stream.End(t.Context(), nil, nil); analysis.KindOf(err) != analysis.NotFound {
		t.Errorf("the end read %v", err)
	}
}
