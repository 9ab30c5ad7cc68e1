package value

import (
	"strings"
	"testing"

	"klantbot/analysis"
)

func TestTypeOf(t *testing.T) {
	for _, c := range []struct {
		segment analysis.Segment
		high    Truth
		want    analysis.ClientType
	}{
		{"A", Yes, analysis.Strategic}, {"B", Yes, analysis.Strategic}, {"A", No, analysis.Large}, {"B", No, analysis.Large},
		{"C", Yes, analysis.Developing}, {"D", Yes, analysis.Developing}, {"C", No, analysis.Transactional}, {"D", No, analysis.Transactional},
		{"A", NotKnown, ""}, {"D", NotKnown, ""}, {"", Yes, ""},
	} {
		if got := TypeOf(c.segment, c.high); got != c.want {
			t.Errorf("%s, %d: %q, want %q", c.segment, c.high, got, c.want)
		}
	}
}

func TestMatrix(t *testing.T) {
	entries := []MatrixEntry{
		{"A", Yes, 100}, {"B", No, 50}, {"C", Yes, 20}, {"D", No, 10}, {"A", NotKnown, 200}, {"D", NotKnown, 5}, {"", Yes, 999}, {"B", Yes, 1},
	}
	m := NewMatrix(entries)
	want := []CellShare{{analysis.Cherish, 2, 101}, {analysis.Recover, 1, 50}, {analysis.Grow, 1, 20}, {analysis.Efficient, 1, 10}, {analysis.NotMeasured, 2, 205}}
	for i, c := range m.Cells {
		if c != want[i] {
			t.Errorf("%+v, want %+v", c, want[i])
		}
	}
	if share, ok := m.MeasuredShare(); !ok || share != 75 {
		t.Errorf("measured %v, %v", share, ok)
	}
	if _, ok := NewMatrix(nil).MeasuredShare(); ok {
		t.Error("a share of no clients")
	}
}

func TestStrategy(t *testing.T) {
	rows := DefaultStrategies()
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	for _, row := range rows {
		if err := row.Check(); err != nil {
			t.Errorf("%s: %v", row.Type, err)
		}
	}
	own := Strategy{Type: analysis.Large, Avoid: "Geen nieuwe gezichten in het aangifteseizoen."}
	lines := own.Lines()
	if lines[0] != (StrategyLine{"strategy.goal", "strategy.large.goal", ""}) || lines[4].Text != own.Avoid {
		t.Errorf("%+v", lines)
	}
	if got := keyOf(Strategy{Type: "vip"}.Check()); got != "value.strategy_type" {
		t.Error(got)
	}
	if got := keyOf(Strategy{Type: analysis.Large, Goal: strings.Repeat("é", 301)}.Check()); got != "value.strategy_long" {
		t.Error(got)
	}
}
