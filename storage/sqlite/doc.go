// Package sqlite opens the one-file database of an office: the pools, the
// migrations and what can be wrong with a path.
package sqlite
