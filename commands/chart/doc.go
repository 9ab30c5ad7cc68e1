// Package chart draws the pictures that a partner puts on a slide: the
// klantenpiramide, the matrix klantwaarde x klantwaardering, the four client
// types, and what sessions end in (the klantreis, the table now and in three
// years). Every picture is a 1600 x 900 PNG on white, in the reader's language,
// and has a twin in words for people and programs that can not see it.
//
// A picture holds no names of clients: only layers, counts, amounts and points, and
// in those of a session what its participants wrote.
// The same input gives the same bytes on the same kind of machine; between
// kinds the edges of letters may differ by a rounding.
//
// From the bottom up: palette.go chooses inks that can be read on any ground,
// lettering.go measures and breaks text, shapes.go draws, slide.go is the paper
// (it remembers where every label stands and how well it reads, so that the
// tests can hold every picture to it), frame.go is what stands around a
// picture, quadrant.go draws two axes with four fields and scatter.go its
// points; pyramid.go, matrix.go and types.go are the pictures and alt.go their
// twins in words; journey.go with curve.go and outcome.go are those of sessions,
// whose texts may run from the right (bidi.go), with twins in alt_session.go.
package chart
