// Package sample makes a believable accountancy office out of nothing: its
// client list, its invoices, the hours it worked and what it judged its clients
// worth, as the CSV files that an office's own package would export, and loads
// them through the import path like anybody's files.
//
// The office is a function of its Size. What a client is depends only on the
// seed and the client's place, and every figure is integer arithmetic, so the
// same Size gives the same bytes on every machine, and an office of a million
// relatiegroepen needs no more memory than one of a single client.
//
// From the bottom up: dice turns (seed, place, question) into a number; names,
// trades and people give words; life says when a client came, grew and left
// (new ones sooner than old ones, so that lifetimes can be foretold);
// billing says what it is invoiced for; cast holds the clients written by hand
// on which documents and tests rely; office puts them in the order of their
// numbers; profile and ordinary say what the list knows of each; clients,
// invoices, hours and judgements write a file each; load imports them.
//
// Nobody in it exists. Chamber of commerce numbers start with 00 and btw-ids end
// in B00, which were never given out; natural persons have neither; mail goes to
// .example and voorbeeld.nl.
package sample
