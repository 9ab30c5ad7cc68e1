//go:build !linux

package sqlite

// GiveBack does nothing where it is not known how.
func GiveBack() {}
