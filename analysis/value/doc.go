// Package value says what a relatiegroep is worth to the office, how much
// attention that earns, and what to do about it. It is arithmetic: records in,
// figures out, the same for the same input in whatever order. What is not known
// stays unknown; nothing here returns NaN.
//
// Read it in this order:
//
//	revenue.go    yearly revenue, which every other figure stands on; margin.go
//	layer.go      the pyramid by revenue; migration.go: who moved through it
//	settings.go   what an office chooses for itself
//	criterion.go  what value is made of; loyalty.go: one criterion from six marks
//	score.go      Valuate: criteria -> a Score for every group, per kind of client;
//	              kindscale.go: one kind at a time; explain.go: how a score came about
//	segment.go    scores -> A..D; draft.go: what people look at and change before
//	              a segmentation becomes final, and what a change does
//	peers.go      similar clients; market.go: what they buy; section.go: branches
//	potential.go  what a group could still buy
//	clienttype.go value x potential; strategy.go: the approach that goes with it
//	matrix.go     value x rating
//	departure.go  signs that somebody is leaving; step.go: what to do next
//
// Shares of a whole are percentages, 0..100; growth and coverage are fractions.
package value
