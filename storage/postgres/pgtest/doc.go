// Package pgtest gives a test a PostgreSQL database of its own: on the server
// that KLANTBOT_TEST_POSTGRES names, or on a private one started for the test
// process from the binaries of this machine. Where neither is there the test is
// skipped, and says so. It is imported by tests only.
package pgtest
