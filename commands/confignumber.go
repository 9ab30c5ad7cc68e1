package commands

import (
	"strconv"
	"strings"
)

// The ways in which people write a number. Three figures after a single
// separator are thousands, as in 2.500, unless nothing but zero stands before.
var (
	groupedByDot   = lazily(`^[1-9]\d{0,2}(\.\d{3})+(,\d+)?$`)
	groupedByComma = lazily(`^[1-9]\d{0,2}(,\d{3})+(\.\d+)?$`)
	ungrouped      = lazily(`^\d*([.,]\d+)?$`)
)

// longestNumber bounds what is taken for a number, in figures.
const longestNumber = 15

// typedNumber reads what somebody typed as a number: 12,5 and 12.5, 2.500 and
// 2,500, with or without a sign of euros or percent. It is false for anything
// else, also for NaN, infinity and powers of ten.
func typedNumber(s string) (float64, bool) {
	s = strings.NewReplacer("€", "", "%", "", " ", "", "\u00a0", "", "−", "-").Replace(s)
	body, negative := strings.CutPrefix(s, "-")
	switch {
	case body == "" || len(body) > longestNumber:
		return 0, false
	case groupedByDot().MatchString(body):
		body = strings.NewReplacer(".", "", ",", ".").Replace(body)
	case groupedByComma().MatchString(body):
		body = strings.ReplaceAll(body, ",", "")
	case ungrouped().MatchString(body):
		body = strings.ReplaceAll(body, ",", ".")
	default:
		return 0, false
	}
	v, err := strconv.ParseFloat(body, 64)
	if negative {
		v = -v
	}
	return v, err == nil
}
