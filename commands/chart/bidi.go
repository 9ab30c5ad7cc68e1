package chart

import (
	"slices"
	"unicode"
)

// direction is how a letter runs.
type direction int8

const (
	neither   direction = iota // spaces and marks run with what is around them
	rightward                  // Latin, Greek, Cyrillic
	leftward                   // Hebrew, Arabic
	counting                   // digits run rightward, also among leftward words
)

func directionOf(r rune) direction {
	switch {
	case unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana):
		return leftward
	case unicode.IsDigit(r):
		return counting
	case unicode.IsLetter(r):
		return rightward
	}
	return neither
}

// runsLeft says whether a line reads from the right: its first letter does.
func runsLeft(line string) bool {
	for _, r := range line {
		if d := directionOf(r); d == leftward || d == rightward {
			return d == leftward
		}
	}
	return false
}

var mirrored = map[rune]rune{'(': ')', ')': '(', '[': ']', ']': '[', '<': '>', '>': '<', '«': '»', '»': '«', '“': '”', '”': '“'}

// visual puts the letters of one line in the order in which they stand on paper,
// from left to right. It is the part of the bidirectional algorithm (UAX #9) that
// text without embeddings needs: levels 0 to 2, brackets mirrored.
func visual(line string) string {
	letters := []rune(line)
	if !slices.ContainsFunc(letters, func(r rune) bool { return directionOf(r) == leftward }) {
		return line
	}
	levels := bidiLevels(letters, runsLeft(line))
	for i, r := range letters {
		if as, ok := mirrored[r]; ok && levels[i] == 1 {
			letters[i] = as
		}
	}
	for level := 2; level >= 1; level-- {
		for i := 0; i < len(letters); i++ {
			j := i
			for j < len(letters) && levels[j] >= level {
				j++
			}
			if j > i {
				slices.Reverse(letters[i:j])
				slices.Reverse(levels[i:j])
				i = j
			}
		}
	}
	return string(letters)
}

// bidiLevels gives each letter its level: even runs rightward, odd leftward.
func bidiLevels(letters []rune, fromRight bool) []int {
	base := rightward
	if fromRight {
		base = leftward
	}
	runs := make([]direction, len(letters))
	before := base // the last letter that runs some way
	for i, r := range letters {
		runs[i] = directionOf(r)
		switch runs[i] {
		case counting:
			if before == rightward {
				runs[i] = rightward
			}
		case leftward, rightward:
			before = runs[i]
		}
	}
	levels := make([]int, len(letters))
	for i := 0; i < len(letters); {
		if runs[i] != neither {
			levels[i] = level(runs[i], base)
			i++
			continue
		}
		j := i
		for j < len(letters) && runs[j] == neither {
			j++
		}
		d := base
		if i > 0 && j < len(letters) && side(runs[i-1]) == side(runs[j]) {
			d = side(runs[i-1])
		}
		for ; i < j; i++ {
			levels[i] = level(d, base)
		}
	}
	return levels
}

// side is how a run counts for the marks beside it: digits among leftward words
// count as those.
func side(d direction) direction {
	if d == counting {
		return leftward
	}
	return d
}

func level(d, base direction) int {
	switch {
	case d == leftward:
		return 1
	case d == counting || base == leftward:
		return 2
	}
	return 0
}
