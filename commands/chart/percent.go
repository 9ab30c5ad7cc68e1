package chart

import (
	"math"

	"klantbot/commands/locale"
)

// percent writes a share of 0..1 as people read it: 27%, but 4,1% below ten and
// 99,8% where 100% would deny the rest; <0,1% is more than nothing. What is not
// a number is a dash.
func percent(p *locale.Printer, share float64) string {
	if math.IsNaN(share) || math.Abs(share) > 1e6 {
		return "–"
	}
	tenths := int64(math.Round(share * 1000))
	switch {
	case share > 0 && tenths == 0:
		return "<" + decimal(p, 1) + "%"
	case share < 1 && tenths == 1000 && share < 1-1e-9:
		return ">" + decimal(p, 999) + "%"
	case tenths >= 995 && tenths < 1000:
		return decimal(p, tenths) + "%"
	case tenths >= 100 || tenths <= -100 || tenths%10 == 0:
		return p.Number(int64(math.Round(share*100))) + "%"
	default:
		return decimal(p, tenths) + "%"
	}
}

// part is percent of what part of an amount another one is; where amounts are not said
// neither is that.
func part(p *locale.Printer, share float64) string {
	if p.Hushed() {
		return p.Part(share)
	}
	return percent(p, share)
}

// decimal writes tenths with the reader's decimal sign.
func decimal(p *locale.Printer, tenths int64) string {
	sign, point := "", ","
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	if p.Lang() == locale.English {
		point = "."
	}
	return sign + p.Number(tenths/10) + point + p.Number(tenths%10)
}
