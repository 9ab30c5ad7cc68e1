package value_test

import (
	"fmt"

	"klantbot/analysis"
	"klantbot/analysis/value"
)

// Four clients of one kind; of the third nobody judged the strategic value, so
// it counts at the median of the other three.
func ExampleValuate() {
	scores, err := value.Valuate(&value.Table{
		Kinds:   []string{"mkb"},
		Kind:    []uint16{0, 0, 0, 0},
		Revenue: []analysis.Cents{1_000_00, 2_000_00, 3_000_00, 4_000_00},
		Columns: map[string][]float64{value.KeyStrategic: {4, 2, value.Unknown(), 0}},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	e, _ := scores.Explain(2)
	fmt.Printf("%.1f, coverage %.3f, provisional: %v\n", e.Score.Points(), e.Coverage, e.Provisional)
	for _, el := range e.Elements {
		if !el.Dropped {
			fmt.Printf("%s: known %v, s %.1f x %.0f%% = %.1f, against %d\n", el.Criterion.Key, el.Known, el.S, 100*el.Share, el.Points, el.Among)
		}
	}
	// Output:
	// 57.5, coverage 0.375, provisional: true
	// revenue: known true, s 62.5 x 60% = 37.5, against 4
	// strategic: known false, s 50.0 x 40% = 20.0, against 3
}
