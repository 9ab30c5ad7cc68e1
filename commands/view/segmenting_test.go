package view

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"klantbot/analysis"
	"klantbot/analysis/value"
	"klantbot/commands/locale"
)

var (
	draftVersion = analysis.SegmentVersion{ID: 3, State: analysis.Draft, AsOf: analysis.Date(2026, 11, 21), By: "U1"}
	finalVersion = analysis.SegmentVersion{ID: 2, State: analysis.Final, AsOf: analysis.Date(2026, 5, 1), By: "U1", FinalBy: "U2",
		FinalAt: time.Date(2026, 5, 4, 10, 0, 0, 0, time.UTC)}
	countsOfFour = map[analysis.Segment]int{"A": 26, "B": 76, "C": 1, "D": 256}
	leastOfThree = map[analysis.Segment]float64{"A": 97.1, "B": 80, "C": 45.55}
)

func paged(offset int) string { return fmt.Sprintf("3/0/%d", offset) }

func chosen(what string) string { return "1//0/" + what + "//" }

func portfolioPage() PortfolioPage {
	return PortfolioPage{Scope: "Fleur de Vries", Segment: "A", Version: &draftVersion, AsOf: analysis.Date(2026, 11, 21),
		Shares: []PortfolioShare{{"A", 12, 45200000, 26, 240000000}, {"B", 1, 3000000, 76, 140000000}, {"C", 0, 0, 155, 80000000}, {"D", 0, 0, 255, 22000000}, {"", 3, 0, 70, 0}},
		Groups: 16, Revenue: 48200000, Office: 482000000, OfficeGroups: 582, Offset: 10, Size: 10, Listed: 22, Segmentation: true,
		Rows: []PortfolioRow{{Client: 7, Name: "Jansen Groep", Number: "01000", Manager: "Fleur de Vries", Segment: "A", Score: 81.4, Last: analysis.Date(2026, 10, 12), Type: analysis.Strategic, Rating: value.No,
			Potential: value.Potential{Basis: value.BasisPeers, Amount: 910000}, Yearly: value.Yearly{Amount: 4520049, Known: true}},
			{Client: 9, Name: hostile, Number: "9", Score: -1, Last: analysis.NoDay, Potential: value.Potential{Basis: value.BasisJudged, Judged: value.ChanceMuch}}, {Name: "Zonder klanten", Number: "10", Score: -1, Last: analysis.NoDay}},
		Value: paged, Filter: func(s analysis.Segment) string { return "1/" + string(s) + "/0" },
		OfType: chosen, OfPotential: chosen, InOrder: chosen}
}

func segmentRows() []SegmentRow {
	return []SegmentRow{
		{Value: "3/5/0", Name: "Jansen Groep", Number: "01000", Standing: "C", Why: []value.Why{value.WhyLow, value.WhyCoverage}, Decide: true, MayMark: true,
			Item: analysis.SegmentItem{Group: 5, Score: 81.94, Coverage: .375, Segment: "C", Yearly: 4520049, Known: true}},
		{Value: "3/6/0", Name: hostile, Number: "9", Standing: "A", Why: []value.Why{value.WhyOverride, value.WhyProposal}, Decide: true, MayMark: true,
			Item:     analysis.SegmentItem{Group: 6, Score: 12, Segment: "D", Yearly: 100, Known: true},
			Override: &analysis.Override{Group: 6, Segment: "A", Reason: hostile, Strategic: true, By: "U2"},
			Proposal: &analysis.Override{Group: 6, Segment: "B", Reason: "Groeit hard", By: "U3", Proposed: true}},
		{Value: "3/7/0", Name: "Zonder omzet", Number: "11", Propose: true, Why: []value.Why{value.WhyProposal},
			Proposal: &analysis.Override{Group: 7, Segment: "B", Reason: "Start volgend jaar", By: "U3", Proposed: true}},
	}
}

func explained() ScoreExplained {
	c := value.DefaultCriteria()
	return ScoreExplained{Row: segmentRows()[0], AsOf: draftVersion.AsOf, Known: true, Explanation: value.Explanation{
		Kind: "mkb", Groups: 120, Score: value.ScoreOf(70.2), Coverage: .45, Provisional: true, Elements: []value.Element{
			{Criterion: c[0], Raw: 4520049, Known: true, Among: 120, S: 82, Share: .5, Points: 41},
			{Criterion: c[1], Dropped: true},
			{Criterion: c[2], Raw: 3, Known: true, Among: 14, S: 75, Share: .3, Points: 22.5},
			{Criterion: c[3], Raw: 66.7, Among: 80, S: 66.7, Share: .2, Points: 13.34}}}}
}

func lowWindow() LowWindow {
	return LowWindow{Outcome: Outcome{Said: "Vastgelegd."}, Version: finalVersion, Open: 254, Offset: 6, Size: 6, Total: 256, Value: paged, MayDecide: true,
		Rows: []LowRow{{Value: "2/5/6", Name: "Jansen", Number: "1", Manager: "Fleur", Yearly: 650000},
			{Value: "2/6/6", Name: hostile, Number: "2", Yearly: 100, Future: &Future{Decision: "afscheid", Reason: hostile, Done: []string{"letter"}}},
			{Value: "2/7/6", Name: "Klaar", Number: "3", Future: &Future{Decision: "afscheid", Reason: "x", Done: PartingSteps()}},
			{Value: "2/8/6", Name: "Blijft", Number: "4", Future: &Future{Decision: "houden", Reason: "Trouw"}}}}
}

func segmentModals(p *locale.Printer) map[string]Modal {
	flows := []value.Flow[analysis.Segment]{{From: "B", To: "A", Groups: 12}, {From: "", To: "D", Groups: 1}}
	refused := analysis.Fail(analysis.Invalid, "storage.segment.final", analysis.Args{"version": int64(2), "date": analysis.Date(2026, 5, 4), "by": analysis.UserID("U2")})
	return map[string]Modal{
		"segment_none": Segmentation(p, SegmentWindow{Today: draftVersion.AsOf, MayDraft: true}),
		"segment_final": Segmentation(p, SegmentWindow{Outcome: Outcome{Refused: refused}, Today: draftVersion.AsOf, MayDraft: true, MayDecide: true, Counts: countsOfFour, Least: leastOfThree,
			Finals: []analysis.SegmentVersion{finalVersion, {ID: 1, State: analysis.Final, AsOf: analysis.Date(2025, 5, 1)}}, Judgements: 325, Overrides: 4}),
		"segment_wait": Segmentation(p, SegmentWindow{Today: draftVersion.AsOf, Counts: countsOfFour, Finals: []analysis.SegmentVersion{{ID: 1, State: analysis.Final}}}),
		"segment_draft": Segmentation(p, SegmentWindow{Outcome: Outcome{Said: "Jansen staat nu in A.", Undo: "3/5/0"}, Today: draftVersion.AsOf, MayDraft: true, MayDecide: true, Draft: &draftVersion,
			Counts: countsOfFour, Least: leastOfThree, Finals: []analysis.SegmentVersion{finalVersion}, Flows: flows, Rows: segmentRows(), Proposals: 2, Offset: 6, Size: 6, Total: 20, Value: paged}),
		"segment_empty":   Segmentation(p, SegmentWindow{Today: draftVersion.AsOf, Draft: &draftVersion, Counts: countsOfFour, Value: paged, Size: 6}),
		"segment_form":    OverrideForm(p, segmentRows()[1]),
		"segment_propose": OverrideForm(p, segmentRows()[2]),
		"segment_ask":     AskFinal(p, FinalQuestion{Version: draftVersion, Counts: countsOfFour, Look: 12, Proposals: 1, Value: "3/0/9", Back: "3/0/0"}),
		"segment_compare": Compare(p, Comparison{Before: finalVersion, After: draftVersion, Flows: flows, Total: 13, Moved: []Moved{{Name: hostile, Number: "9", From: "B", To: "A"}}}),
		"segment_explain": ExplainScore(p, explained()),
		"segment_unknown": ExplainScore(p, ScoreExplained{Row: segmentRows()[2]}),
		"parting_list":    Lows(p, lowWindow()),
		"parting_form":    FutureForm(p, lowWindow().Rows[3]),
		"parting_check":   PartingForm(p, lowWindow().Rows[1]),
	}
}

func TestGoldenSegmentation(t *testing.T) {
	for _, lang := range locale.Langs() {
		p := locale.New(lang, nil)
		for name, m := range segmentModals(p) {
			golden(t, name+"."+string(lang)+".json", m)
			if len([]rune(m.Title)) > maxTitle || len(m.Blocks) > 100 {
				t.Errorf("%s: title %q, %d blocks", name, m.Title, len(m.Blocks))
			}
		}
		golden(t, "portfolio."+string(lang)+".json", Portfolio(p, portfolioPage()))
		golden(t, "portfolio_empty."+string(lang)+".json", Portfolio(p, PortfolioPage{AsOf: draftVersion.AsOf, Value: paged}))
	}
}

// What people typed is inert in every window, and the portfolio's text for lock
// screens names no amount.
func TestSegmentationIsInert(t *testing.T) {
	p := locale.New(locale.Dutch, nil)
	check := func(name string, blocks []slack.Block) {
		raw, err := json.Marshal(blocks)
		if err != nil {
			t.Fatal(err)
		}
		for _, mrkdwn := range markups(t, raw) {
			if strings.Contains(mrkdwn, "Kroeg") {
				t.Errorf("%s: a typed name stands in mrkdwn: %s", name, mrkdwn)
			}
		}
	}
	for name, m := range segmentModals(p) {
		check(name, m.Blocks)
	}
	m := Portfolio(p, portfolioPage())
	check("portfolio", m.Blocks)
	if strings.Contains(m.Text, "€") || strings.Contains(m.Text, "482") {
		t.Errorf("the text that lock screens show names an amount: %q", m.Text)
	}
}
