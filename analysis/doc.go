// Package analysis is the vocabulary of Klantbot: the words of an accountancy
// office as types. Every other room speaks in them, so nothing here reads a
// clock, a file or a network, and nothing here knows Slack or SQL.
//
// The words are those of the trade: a Client is invoiced, a Group
// (relatiegroep) decides, a Manager (relatiemanager) holds the relationship
// and a Partner (vennoot) answers for it.
package analysis
