package ingest

import (
	"math/big"
	"strings"
	"testing"

	"klantbot/analysis"
)

func TestCentsRoundsHalfAwayFromZero(t *testing.T) {
	tests := []struct {
		quantity, price string
		want            analysis.Cents
		below           bool
	}{
		{"1", "2.55", 255, false},
		{"6", "2.55", 1530, false},
		{"1", "0.005", 1, true},
		{"-1", "0.005", -1, true},
		{"1", "0.0049999", 0, true},
		{"3", "0.001", 0, true},
		{"5", "0.001", 1, true},
		{"1", "-11062.06", -1106206, false},
		{"1.5", "33.33", 5000, true},
		{"-1.5", "33.33", -5000, true},
		{"0.333333333333333333", "3", 100, true},
		{"1000000000", "1", 100_000_000_000, false},
		{"0.000000000000000001", "0.000000000000000001", 0, true},
		{"1E+3", "2", 200_000, false},
		{"1", "5.551115123125783E-17", 0, true},
	}
	for _, tt := range tests {
		q, ok1 := parsePlain(tt.quantity)
		p, ok2 := parsePlain(tt.price)
		got, below, ok := cents(q, p, nil)
		if !ok1 || !ok2 || !ok || got != tt.want || below != tt.below {
			t.Errorf("%s x %s = %d (below a cent: %v, ok %v), want %d (%v)", tt.quantity, tt.price, got, below, ok, tt.want, tt.below)
		}
	}
	tooMuch, _ := parsePlain("999999999999999999")
	if _, _, ok := cents(tooMuch, tooMuch, nil); ok {
		t.Error("an amount beyond maxLine was taken")
	}
	if _, _, ok := cents(decimal{coef: maxLine}, one, nil); ok {
		t.Error("an amount a hundred times maxLine was taken")
	}
}

func TestExactSum(t *testing.T) {
	var s exactSum
	for _, price := range []string{"0.001", "2.5", "-0.0004", "9000000000000000", "12"} {
		p, _ := parsePlain(price)
		s.add(p.coef, p.scale)
	}
	if got := s.String(); got != "9000000000000014.5006" {
		t.Errorf("sum %s", got)
	}
	for range 3 {
		s.add(1<<63-1, 4)
	}
	want, _ := new(big.Rat).SetString("9000000000000014.5006")
	want.Add(want, new(big.Rat).Mul(big.NewRat(1<<63-1, 10_000), big.NewRat(3, 1)))
	if got, _ := new(big.Rat).SetString(s.String()); got.Cmp(want) != 0 {
		t.Errorf("sum %s beyond 64 bits, want %s", s.String(), want.FloatString(4))
	}
	var none exactSum
	if none.String() != "0" {
		t.Errorf("empty sum %s", none.String())
	}
}

// FuzzAmount holds parseAmount and cents against exact rational arithmetic.
func FuzzAmount(f *testing.F) {
	for _, s := range []string{"1.234,56", "-1.234,56", "1.234,56-", "€ 1.234,56", "(1.234,56)", "1234.56", "1,234.56", "1'234.50", "1 234,5", ",5", "1E5", "", "-", "€", "1.2.3"} {
		f.Add(s, byte(0))
		f.Add(s, byte(1))
		f.Add(s, byte(2))
	}
	f.Fuzz(func(t *testing.T, cell string, n byte) {
		d, ok := parseAmount(cell, notation(n%3))
		if !ok {
			return
		}
		if d.scale < 0 || d.scale > maxScale {
			t.Fatalf("%q has scale %d", cell, d.scale)
		}
		if !strings.ContainsAny(cell, "0123456789") {
			t.Fatalf("%q has no digit and is %+v", cell, d)
		}
		quantity := decimal{coef: 1234567, scale: 4}
		var sum exactSum
		got, below, ok := cents(quantity, d, &sum)
		exact := new(big.Rat).SetFrac(big.NewInt(d.coef), new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(d.scale)), nil))
		exact.Mul(exact, big.NewRat(1234567, 10_000))
		if !ok {
			if limit := big.NewRat(maxLine, 100); new(big.Rat).Abs(exact).Cmp(limit) < 0 {
				t.Fatalf("%q was refused below the limit", cell)
			}
			return
		}
		if kept, _ := new(big.Rat).SetString(sum.String()); kept.Cmp(exact) != 0 {
			t.Fatalf("%q: sum %s, want %s", cell, sum.String(), exact.FloatString(45))
		}
		diff := new(big.Rat).Sub(big.NewRat(int64(got), 100), exact)
		if diff.Abs(diff).Cmp(big.NewRat(5, 1000)) > 0 || below != (diff.Sign() != 0) {
			t.Fatalf("%q: %d cents for %s", cell, got, exact.FloatString(45))
		}
	})
}
