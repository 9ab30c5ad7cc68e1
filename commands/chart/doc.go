// Package chart draws the pictures that a partner puts on a slide: the
// klantenpiramide, the matrix klantwaarde x klantwaardering and the four client
// types. Every picture is a 1600 x 900 PNG on white, in the reader's language,
// and has a twin in words for people and programs that can not see it.
//
// A picture holds no names of clients: only layers, counts, amounts and points.
// The same input gives the same bytes on the same kind of machine; between
// kinds the edges of letters may differ by a rounding.
//
// From the bottom up: palette.go chooses inks that can be read on any ground,
// lettering.go measures and breaks text, shapes.go draws, slide.go is the paper
// (it remembers where every label stands and how well it reads, so that the
// tests can hold every picture to it), frame.go is what stands around a
// picture, quadrant.go draws two axes with four fields and scatter.go its
// points; pyramid.go, matrix.go and types.go are the pictures and alt.go their
// twins in words.
package chart
