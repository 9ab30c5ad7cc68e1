//go:build !linux

package main

// letPagesGo does nothing where it is not known how.
func letPagesGo() {}
