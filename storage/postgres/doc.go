// Package postgres opens the database of an office for which one machine is
// not enough: the pools, the migrations and what can be wrong with a server.
package postgres
