package commands

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"klantbot/analysis/session"
	"klantbot/commands/view"
	"klantbot/prompts"
	"klantbot/prompts/offline"
)

// writing is a Grouper whose model takes its time: a patient request has meanwhile
// happen first, and then what became of it.
type writing struct {
	meanwhile func()
	why       string // it came to nothing for this; empty: it sorted
}

func (w writing) Group(ctx context.Context, ask prompts.GroupRequest) (prompts.Grouping, error) {
	plain, err := offline.Grouper{}.Group(ctx, ask)
	if err != nil || ask.Offline {
		return plain, err
	}
	if !ask.Patient {
		plain.Pending = true
		return plain, nil
	}
	w.meanwhile()
	if plain.Fallback = w.why; w.why != "" {
		return plain, nil
	}
	made := prompts.Grouping{Mode: prompts.Model, Groups: []prompts.CardGroup{{Name: "Eerste"}, {Name: prompts.Other}}}
	for i, c := range ask.Cards {
		made.Groups[min(i, 1)].Cards = append(made.Groups[min(i, 1)].Cards, c.ID)
	}
	return made, nil
}

// TestProposeLater: what a model proposes takes the place of the proposal that was
// there at once, and of nothing else.
func TestProposeLater(t *testing.T) {
	c, s := fullScreens(t)
	at := view.SessionValue(s)
	shows := func(m *view.Modal) string {
		raw, err := json.Marshal(m.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	press := func(key string, use UseCase, value string) Reply {
		t.Helper()
		r, err := use(t.Context(), pressing("U1", key, value, nil))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	press("back", c.Reopen, at+"/"+string(session.Clustering))
	for n, test := range []struct {
		why       string
		meanwhile func()
		model     bool   // the model's groups stand
		says      string // the window
	}{
		{says: "Dit is het voorstel met AI.", model: true},
		{why: "timeout", says: "Het taalmodel antwoordde niet op tijd."},
		{says: "uw groepen staan nog", meanwhile: func() {
			now, _ := c.Use.Read(t.Context(), s.ID)
			own := session.Renamed{Cluster: now.Clusters[0].ID, From: now.Clusters[0].Name, To: "Van ons"}
			if _, _, err := c.Use.Press(t.Context(), s.ID, pressed("U2", "own"), Do(own), nil); err != nil {
				t.Error(err)
			}
		}},
		{says: "uw groepen staan nog", meanwhile: func() {
			now, _ := c.Use.Read(t.Context(), s.ID)
			press("on", c.Forward, view.SessionValue(now))
		}},
	} {
		if test.meanwhile == nil {
			test.meanwhile = func() {}
		}
		c.Grouper = writing{test.meanwhile, test.why}
		first := press(fmt.Sprint("p", n), c.Propose, at)
		if shown := shows(first.Modal); first.Later == nil || !strings.Contains(shown, "Het taalmodel is bezig") {
			t.Fatalf("%d: at once: %s", n, shown)
		}
		became, err := first.Later(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		now, err := c.Use.Read(t.Context(), s.ID)
		if shown := shows(became.Modal); err != nil || !strings.Contains(shown, test.says) || now.ByModel != test.model || (now.Clusters[0].Name == "Eerste") != test.model {
			t.Errorf("%d: by a model %v, %d groups, %v:\n%s", n, now.ByModel, len(now.Clusters), err, shown)
		}
	}
}
