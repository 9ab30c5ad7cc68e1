package chart

import (
	"image/color"
	"math"
	"sync"
)

// The palette is small: one family of blues from dark to light, so that the
// order also survives a black-and-white printer, an orange for what needs
// action (blue and orange are told apart by every common kind of colour
// blindness), and greys.
var (
	white  = rgb(0xFFFFFF)
	ink    = rgb(0x14212E) // figures and headlines
	faded  = rgb(0x55616D) // explanations; still AA on every tint
	hair   = rgb(0xC9D1D8) // rules
	accent = rgb(0x0B4F8A) // the line above the headline

	navy   = rgb(0x102F52)
	blue   = rgb(0x1F669E)
	orange = rgb(0xA84300)
	slate  = rgb(0x5F6B76)

	ground     = rgb(0xE4E8EC) // what the pyramid stands on
	navyTint   = rgb(0xDDE6F0)
	blueTint   = rgb(0xE9F2F9)
	orangeTint = rgb(0xFBEDE2)
	slateTint  = rgb(0xF1F3F5)
	bandTint   = rgb(0xCFE0EF) // the spread around a line

	// blues are the layers of the pyramid from the top down, each at least twice
	// as light as the one above; more layers than these repeat the last.
	blues = []color.RGBA{navy, rgb(0x245F95), rgb(0x5F97C4), rgb(0xB9D3E8)}
)

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}

// linear is the light of each step of a colour channel, 0..1. Source: WCAG 2.2.
var linear = sync.OnceValue(func() (table [256]float64) {
	for i := range table {
		s := float64(i) / 255
		if s <= .04045 {
			table[i] = s / 12.92
		} else {
			table[i] = math.Pow((s+.055)/1.055, 2.4)
		}
	}
	return table
})

// luminance is the relative luminance of an opaque colour, 0..1. Source: WCAG 2.2.
func luminance(c color.RGBA) float64 {
	light := linear()
	return .2126*light[c.R] + .7152*light[c.G] + .0722*light[c.B]
}

// contrast is the contrast ratio of two opaque colours, 1..21. Source: WCAG 2.2;
// text wants 4.5 (AA), shapes want 3.
func contrast(a, b color.RGBA) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + .05) / (min(la, lb) + .05)
}

// rim is the outline that a shape of colour c needs on white: none, unless c is
// too light to be seen by everybody.
func rim(c color.RGBA) (outline color.RGBA, needed bool) {
	return blues[2], contrast(c, white) < 3
}

// inkOn is the ink that reads best on ground.
func inkOn(ground color.RGBA) color.RGBA {
	if contrast(white, ground) >= contrast(ink, ground) {
		return white
	}
	return ink
}
