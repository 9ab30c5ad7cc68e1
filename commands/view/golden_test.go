package view

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/survey"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

var update = flag.Bool("update", false, "write the golden files anew")

// hostile is what somebody could type as a name to make Slack do something.
const hostile = `Café "De <b>Kroeg</b>" & Zn. *VOF* <!channel> <@U1> ` + "`x`"

func sampleCard() Card {
	return Card{
		AsOf: analysis.Date(2026, 11, 21), Contact: "g=3&c=7&s=card",
		Last:     &CardTouch{Touch: analysis.Touch{Kind: analysis.Call, Day: analysis.Date(2026, 11, 3), Note: hostile}, By: analysis.Manager{ID: 4, Name: "Anna Smit"}},
		Next:     &CardNext{Activity: "bezoek", Asked: true, Until: analysis.Date(2026, 12, 31)},
		Rating:   &survey.Rating{Basis: survey.ByNPS, Mean: 6, N: 1},
		Sharpest: survey.Shortfall{Theme: "financiering", Importance: 4.5, Performance: 2, Scale: 5, N: 2, Day: analysis.Date(2026, 3, 14)},
		Client: analysis.Client{ID: 7, Group: 3, Number: "01001", Name: "Jansen Installatietechniek B.V.", Kind: "mkb",
			Stage: "groei", Status: analysis.Current, Since: analysis.Date(2014, 3, 1), Until: analysis.NoDay},
		Group: analysis.Group{ID: 3, Number: "01000", Name: "Jansen Groep", Manager: 1, Partner: 2},
		Members: []analysis.Client{{ID: 6, Number: "01000", Name: "Jansen Holding B.V."},
			{ID: 7, Number: "01001", Name: "Jansen Installatietechniek B.V."}},
		Contacts: []analysis.Contact{{ID: 1, Client: 7, Name: "P. Jansen", Role: "DGA", Email: "p.jansen@jansen.example"}},
		Manager:  analysis.Manager{ID: 1, Name: "Fleur de Vries", Email: "f.devries@voorbeeld.nl"},
		Partner:  analysis.Manager{ID: 2, Name: "Henk Bos", User: "U7"},
		Since:    analysis.Date(2014, 3, 1),
		Yearly:   value.Yearly{Amount: 4520049, Known: true}, TTM: 4400000, Previous: 4100000, Growth: .124, Grew: true,
		Years:    []value.YearRevenue{{Year: 2024, Amount: 3900000}, {Year: 2025, Amount: 4210000}, {Year: 2026, Amount: 3510000}},
		Services: []analysis.Service{{ID: 1, Name: "Jaarrekening"}, {ID: 2, Name: "Salarisadministratie"}},
		Segment: &CardSegment{Version: analysis.SegmentVersion{ID: 2, AsOf: analysis.Date(2026, 11, 1)}, Segment: analysis.SegmentA, Item: analysis.SegmentItem{Segment: analysis.SegmentB, Score: 81.6, Coverage: .4},
			Override: &analysis.Override{Segment: analysis.SegmentA, Reason: "groeit hard"}},
		Approach: &CardApproach{Type: analysis.Strategic, Strategy: value.Strategy{Type: analysis.Strategic},
			Potential: value.Potential{Basis: value.BasisPeers, Amount: 910000, Level: value.LevelSize, Peers: 11, Whitespace: []value.Whitespace{
				{Service: 3, Amount: 600000, Buyers: 9, Share: 81.8}, {Service: 4, Amount: 310000, Buyers: 5, Share: 45.5}}},
			Steps: []value.Step{{Key: "step.drop", Args: analysis.Args{"percent": 31.4}, Priority: 1}, {Key: "step.late", Args: analysis.Args{"n": 1}, Priority: 2},
				{Key: "step.unused", Args: analysis.Args{"service": analysis.ServiceID(3), "amount": analysis.Cents(600000)}, Priority: 3}},
			Names: map[analysis.ServiceID]analysis.Service{3: {ID: 3, Name: hostile}, 4: {ID: 4, Name: "Fiscaal advies"}}},
	}
}

// judgedCard is a client without peers, whose potential somebody judged.
func judgedCard() Card {
	c := sampleCard()
	c.Segment, c.Rating, c.Sharpest = nil, nil, survey.Shortfall{}
	c.Approach = &CardApproach{Potential: value.Potential{Basis: value.BasisJudged, Judged: value.ChanceSome}}
	return c
}

// sampleExplanation has a criterion of every source, known and unknown.
func sampleExplanation() Explanation {
	criteria := value.DefaultCriteria()
	card := sampleCard()
	card.Lifetime = &CardLifetime{AsOf: card.AsOf, Model: "sBG", ToDate: 38500000, Expected: 27100000, Low: 4520000, High: 52000000,
		Discount: .08, Certainty: .8}
	card.Approach.Potential.Withheld = []analysis.ServiceID{3, 4}
	e := Explanation{Card: card, Remark: analysis.Remark{Words: hostile, By: "U9", At: time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC)}, AsOf: analysis.Date(2026, 11, 21), Scored: true, Border: 350000, Bordered: true,
		Score: value.Explanation{Kind: "mkb", Groups: 120, Score: 742, Coverage: .45, Provisional: true, Elements: []value.Element{
			{Criterion: criteria[0], Raw: 4520049, Known: true, Among: 120, S: 91, Share: .375, Points: 34.1},
			{Criterion: criteria[1], Dropped: true},
			{Criterion: criteria[2], Raw: 2, Among: 14, S: 50, Share: .25, Points: 12.5},
			{Criterion: criteria[3], Raw: 75, Known: true, Among: 118, S: 75, Share: .1875, Points: 14.1},
			{Criterion: value.Criterion{Key: "x", Name: hostile, Source: value.Imported, Scale: value.Ranked}, Raw: 1.5, Known: true, Among: 90, S: 60, Share: .1875, Points: 13.5}}}}
	return e
}

func sampleComparison() PeerComparison {
	return PeerComparison{Client: sampleCard().Client, AsOf: analysis.Date(2026, 11, 21), Level: value.LevelKind, Peers: 23, Above: 71.7,
		Own: Standing{Yearly: 4520049, Services: 2, Growth: .124, FTE: 11.5}, Median: Standing{Yearly: 2100000, Services: 3, Growth: -.02, FTE: math.NaN()}}
}

// bareExplanations are those of a client without revenue or peers, and of an
// office that is not worked out.
func bareExplanations(p *locale.Printer) map[string]Message {
	judged := judgedCard()
	judged.Lifetime = &CardLifetime{AsOf: judged.AsOf, Why: "lifetime.office.small", Net: true, ToDate: 1250000, Clients: 40, Cohorts: 5,
		Annuity: 9331500, Retention: .979, Discount: .08, Certainty: .8}
	return map[string]Message{
		"explain_bare":    ExplainMessage(p, Explanation{Card: judged, AsOf: judged.AsOf}),
		"explain_not_yet": ExplainMessage(p, Explanation{Card: emptyCard(), AsOf: analysis.NoDay}),
		"compare_too_few": CompareMessage(p, PeerComparison{Client: judged.Client, AsOf: judged.AsOf}),
		"compare_not_yet": CompareMessage(p, PeerComparison{Client: judged.Client, AsOf: analysis.NoDay}),
	}
}

// emptyCard is a client of whom nothing but the name is known, and the name is
// an attack.
func emptyCard() Card {
	return Card{AsOf: analysis.Date(2026, 11, 21), Since: analysis.NoDay,
		Client: analysis.Client{ID: 9, Number: "9", Name: hostile, Since: analysis.NoDay, Until: analysis.NoDay}}
}

func TestGoldenViews(t *testing.T) {
	found := []Candidate{{Client: 7, Name: "Jansen B.V.", Number: "01001", Group: "Jansen Groep", Manager: "Fleur de Vries"},
		{Client: 8, Name: hostile, Number: "8", Via: "mevrouw Smit"}}
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, message := range map[string]Message{
			"card":         CardMessage(p, sampleCard(), true),
			"card_judged":  CardMessage(p, judgedCard(), false),
			"explain":      ExplainMessage(p, sampleExplanation()),
			"compare":      CompareMessage(p, sampleComparison()),
			"card_private": CardMessage(p, sampleCard(), false),
			"card_empty":   CardMessage(p, emptyCard(), true),
			"card_shared":  SharedCard(p, sampleCard(), "U1"),
			"choices":      Choices(p, "Jansen", found),
			"nearest":      Nearest(p, "Jnasne", found),
			"none":         Nearest(p, hostile, nil),
			"many":         Many(p, "Jansen"),
			"share":        ShareQuestion(p, hostile, "kantoor", 7),
			"shared":       Shared(p, hostile, "kantoor", 7),
			"client_help":  ClientHelp(p),
			"help":         Help(p, []HelpLine{{Name: "/klant", Usage: "[naam]", What: "Klantkaart"}, {Name: "Zoek klant", What: "Zoeken", Shortcut: true}}),
			"proposals": Proposals(p, ProposalPage{Total: 7, Offset: 5, Size: 5, Said: &Decided{Said: "Samengevoegd.", Undo: 4},
				Rows: []ProposalRow{{ID: 5, Names: []string{"A (1)", hostile}, Why: "Ze hebben dezelfde naam.", Decidable: true}, {ID: 6, Names: []string{"B (2)", "C (3)"}, Why: "x"}}}),
			"proposals_none": Proposals(p, ProposalPage{Size: 5}),
		} {
			golden(t, name+"."+string(lang)+".json", message)
		}
		for name, message := range bareExplanations(p) {
			golden(t, name+"."+string(lang)+".json", message)
		}
		golden(t, "explain_modal."+string(lang)+".json", CardWindow(p, ExplainMessage(p, sampleExplanation())))
		golden(t, "card_modal."+string(lang)+".json", CardModal(p, sampleCard()))
		golden(t, "find_modal."+string(lang)+".json", FindModal(p))
		goldenText(t, "card."+string(lang)+".txt", CardText(p, sampleCard()))
		goldenText(t, "card_empty."+string(lang)+".txt", CardText(p, emptyCard()))
		goldenText(t, "matches."+string(lang)+".txt", MatchesText(p, "Jansen", found, nil, false, nil)+MatchesText(p, "Jansen", found, nil, true, nil)+
			MatchesText(p, "Jnasne", nil, found, false, nil)+MatchesText(p, "x", nil, nil, false, nil))
	}
}

func golden(t *testing.T, name string, v any) {
	t.Helper()
	raw, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	goldenText(t, name, string(raw)+"\n")
}

func goldenText(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from the golden file; look at the difference and run go test ./commands/view -update\n%s", name, got)
	}
}

// No view lets what people typed become markup, and none has a text for lock
// screens that names an amount.
func TestWhatPeopleTypedIsInert(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	for name, m := range map[string]Message{
		"full": CardMessage(p, sampleCard(), true), "explain": ExplainMessage(p, sampleExplanation()),
		"card": CardMessage(p, emptyCard(), true), "none": Nearest(p, hostile, nil),
		"share": ShareQuestion(p, hostile, "kantoor", 7), "choices": Choices(p, hostile, []Candidate{{Name: hostile, Number: "1"}}),
	} {
		if strings.Contains(m.Text, "<!channel>") || strings.Contains(m.Text, "<@U1>") {
			t.Errorf("%s: the text mentions people: %q", name, m.Text)
		}
		for _, b := range append(append([]slack.Block{}, m.Blocks...), m.Plain...) {
			raw, err := json.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			for _, mrkdwn := range markups(t, raw) {
				if strings.Contains(mrkdwn, "Kroeg") {
					t.Errorf("%s: a typed name stands in mrkdwn: %s", name, mrkdwn)
				}
			}
		}
	}
	for _, m := range []Message{CardMessage(p, sampleCard(), true), ExplainMessage(p, sampleExplanation()), CompareMessage(p, sampleComparison())} {
		if strings.ContainsAny(m.Text, "€") || strings.Contains(m.Text, "45.200") {
			t.Errorf("the text that lock screens show names an amount: %q", m.Text)
		}
	}
}

// markups collects the texts of type mrkdwn in a block.
func markups(t *testing.T, raw []byte) []string {
	t.Helper()
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if v["type"] == "mrkdwn" {
				found = append(found, v["text"].(string))
			}
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		}
	}
	walk(v)
	return found
}

func TestNamesAreCutToSlacksLimits(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	c := sampleCard()
	c.Client.Name = strings.Repeat("ë", 5000)
	c.Contacts[0].Name = strings.Repeat("x", 9000)
	m := CardMessage(p, c, true)
	if n := len([]rune(m.Text)); n > maxTwin {
		t.Errorf("the text has %d characters", n)
	}
	if h := m.Blocks[0].(*slack.HeaderBlock); len([]rune(h.Text.Text)) > maxHeader {
		t.Errorf("the header has %d characters", len([]rune(h.Text.Text)))
	}
	if o := ClientOption(c.Client); len([]rune(o.Label)) > maxOption || !strings.HasSuffix(o.Label, "(01001)") {
		t.Errorf("the option is %q", o.Label)
	}
	ask := ShareQuestion(p, c.Client.Name, strings.Repeat("k", 80), 1)
	raw, _ := json.Marshal(ask.Blocks[1])
	if strings.Contains(string(raw), strings.Repeat("k", 76)) {
		t.Error("the button is longer than Slack takes")
	}
}
