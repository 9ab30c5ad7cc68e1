// Package value says what a relatiegroep is worth to the office. It begins
// with the revenue figures that every later one stands on.
package value
