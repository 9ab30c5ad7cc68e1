// Package stats holds the arithmetic that several subjects share: ranks and
// quantiles by one definition, sums that stay finite where textbook formulas
// cancel or overflow, and a maximiser that says so when it found nothing. It
// knows no clients; numbers go in and numbers come out, never NaN and never
// infinite: what can not be answered is an error.
package stats

import "errors"

// What can be wrong with the numbers that are handed in.
var (
	// ErrEmpty: there is nothing to take a rank or quantile of.
	ErrEmpty = errors.New("no values")
	// ErrNotFinite: a value is NaN or infinite.
	ErrNotFinite = errors.New("a value is not a finite number")
	// ErrRange: an argument lies outside the range its function names.
	ErrRange = errors.New("argument out of range")
)
