package ingest

import (
	"math/big"
	"math/bits"
	"strings"

	"klantbot/analysis"
)

// decimal is an exact number: coef / 10^scale. A file's amounts never become
// floating point.
type decimal struct {
	coef  int64
	scale int // 0..maxScale
}

const (
	maxDigits = 18 // significant digits that always fit an int64
	maxScale  = 40 // digits behind the point; scientific notation of dust reaches 30
)

// maxLine is the largest amount one line may have, in cents: 100 billion euros.
// It is far above any invoice and keeps a sum of 900,000 such lines in an int64.
const maxLine = 10_000_000_000_000

// parsePlain reads digits with at most one '.', an optional leading minus and
// an optional exponent (as XLSX and pandas write). It reports false for
// anything else and for more digits than maxDigits.
func parsePlain(s string) (decimal, bool) {
	negative := strings.HasPrefix(s, "-")
	if negative {
		s = s[1:]
	}
	s, exponent, ok := cutExponent(s)
	if !ok {
		return decimal{}, false
	}
	var d decimal
	digits, seen, point := 0, false, false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '.' && !point {
			point = true
			continue
		}
		if c < '0' || c > '9' {
			return decimal{}, false
		}
		seen = true
		if digits > 0 || c != '0' {
			digits++
		}
		if digits > maxDigits {
			return decimal{}, false
		}
		d.coef = d.coef*10 + int64(c-'0')
		if point {
			d.scale++
		}
	}
	if !seen {
		return decimal{}, false
	}
	if negative {
		d.coef = -d.coef
	}
	return d.shift(exponent)
}

// cutExponent splits "1.5E+03" into "1.5" and 3. The exponent has at most two
// digits.
func cutExponent(s string) (mantissa string, exponent int, ok bool) {
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return s, 0, true
	}
	mantissa, e := s[:i], s[i+1:]
	negative := strings.HasPrefix(e, "-")
	e = strings.TrimLeft(e, "+-")
	if len(e) == 0 || len(e) > 2 || len(s)-i-1-len(e) > 1 {
		return "", 0, false
	}
	for _, c := range []byte(e) {
		if c < '0' || c > '9' {
			return "", 0, false
		}
		exponent = exponent*10 + int(c-'0')
	}
	if negative {
		exponent = -exponent
	}
	return mantissa, exponent, true
}

// shift multiplies d by 10^n and reports whether the outcome can be held.
func (d decimal) shift(n int) (decimal, bool) {
	d.scale -= n
	for d.scale < 0 {
		hi, lo := bits.Mul64(uint64(max(d.coef, -d.coef)), 10)
		if hi != 0 || lo >= 1_000_000_000_000_000_000 {
			return decimal{}, false
		}
		d.coef *= 10
		d.scale++
	}
	for d.scale > maxScale && d.coef%10 == 0 && d.coef != 0 {
		d.coef /= 10
		d.scale--
	}
	return d, d.scale <= maxScale
}

// less returns d - e and reports whether it can be held.
func (d decimal) less(e decimal) (decimal, bool) {
	scale := max(d.scale, e.scale)
	up := func(x decimal) (int64, bool) {
		n := scale - x.scale
		if n >= len(pow10) {
			return 0, x.coef == 0
		}
		hi, lo := bits.Mul64(uint64(max(x.coef, -x.coef)), pow10[n])
		if x.coef < 0 {
			return -int64(lo), hi == 0 && lo < 1<<62
		}
		return int64(lo), hi == 0 && lo < 1<<62
	}
	a, okA := up(d)
	b, okB := up(e)
	return decimal{coef: a - b, scale: scale}, okA && okB
}

var pow10 = func() (p [19]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// exactSum adds decimals of any scale without loss: 64 bits wide for each
// scale, and a big.Int behind it for what no longer fits.
type exactSum struct {
	at  [2*maxScale + 1]int64
	big [2*maxScale + 1]*big.Int
}

func (s *exactSum) add(coef int64, scale int) {
	sum := s.at[scale] + coef
	if (sum > s.at[scale]) == (coef > 0) {
		s.at[scale] = sum
		return
	}
	s.addBig(big.NewInt(coef), scale)
}

func (s *exactSum) addBig(v *big.Int, scale int) {
	if s.big[scale] == nil {
		s.big[scale] = new(big.Int)
	}
	s.big[scale].Add(s.big[scale], v)
}

// String writes the sum with as many decimals as it has, without trailing
// zeros.
func (s *exactSum) String() string {
	total, ten := new(big.Int), big.NewInt(10)
	for scale := 0; scale <= 2*maxScale; scale++ {
		total.Mul(total, ten)
		total.Add(total, big.NewInt(s.at[scale]))
		if s.big[scale] != nil {
			total.Add(total, s.big[scale])
		}
	}
	text := new(big.Int).Abs(total).String()
	if len(text) <= 2*maxScale {
		text = strings.Repeat("0", 2*maxScale+1-len(text)) + text
	}
	point := len(text) - 2*maxScale
	text = strings.TrimRight(text[:point]+"."+text[point:], "0")
	text = strings.TrimSuffix(text, ".")
	if total.Sign() < 0 {
		text = "-" + text
	}
	return text
}

// cents returns quantity times price in whole cents, rounded half away from
// zero (so a credit note undoes its invoice to the cent), and adds the
// unrounded product to sum, which may be nil. below reports that cents were
// rounded; ok is false when the outcome is beyond maxLine.
func cents(quantity, price decimal, sum *exactSum) (c analysis.Cents, below, ok bool) {
	scale := quantity.scale + price.scale
	negative := (quantity.coef < 0) != (price.coef < 0)
	hi, lo := bits.Mul64(uint64(max(quantity.coef, -quantity.coef)), uint64(max(price.coef, -price.coef)))
	if hi != 0 || lo > 1<<63-1 || scale > 20 || scale < 2 && lo > maxLine {
		return centsBig(quantity, price, sum)
	}
	var whole uint64
	if scale <= 2 {
		whole = lo * pow10[2-scale]
	} else {
		unit := pow10[scale-2]
		rest := lo % unit
		whole, below = lo/unit, rest != 0
		if rest >= unit-rest {
			whole++
		}
	}
	if whole > maxLine {
		return 0, false, false
	}
	coef := int64(lo)
	c = analysis.Cents(whole)
	if negative {
		coef, c = -coef, -c
	}
	if sum != nil {
		sum.add(coef, scale)
	}
	return c, below, true
}

// centsBig is cents for numbers that do not fit 64 bits.
func centsBig(quantity, price decimal, sum *exactSum) (analysis.Cents, bool, bool) {
	product := new(big.Int).Mul(big.NewInt(quantity.coef), big.NewInt(price.coef))
	scale := quantity.scale + price.scale
	whole, rest := new(big.Int).Set(product), new(big.Int)
	if scale < 2 {
		whole.Mul(whole, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(2-scale)), nil))
	} else {
		unit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(scale-2)), nil)
		whole.QuoRem(whole, unit, rest)
		if rest.Sign() != 0 && new(big.Int).Lsh(new(big.Int).Abs(rest), 1).Cmp(unit) >= 0 {
			whole.Add(whole, big.NewInt(int64(product.Sign())))
		}
	}
	if !whole.IsInt64() || whole.Int64() > maxLine || whole.Int64() < -maxLine {
		return 0, false, false
	}
	if sum != nil {
		sum.addBig(product, scale)
	}
	return analysis.Cents(whole.Int64()), rest.Sign() != 0, true
}
