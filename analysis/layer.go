package analysis

// Layer is a group's place in the revenue pyramid. It is shown in /piramide
// only; attention follows the Segment.
type Layer string

// The layers, from the top of the pyramid down. The last three have no yearly
// revenue.
const (
	LayerTop      Layer = "top"
	LayerLarge    Layer = "groot"
	LayerMiddle   Layer = "midden"
	LayerSmall    Layer = "klein"
	LayerInactive Layer = "inactief" // invoiced once, not now
	LayerProspect Layer = "prospect" // never invoiced, in conversation
	LayerNone     Layer = "geen"     // never invoiced, nog geen relatie
)

// Layers lists them from the top down.
func Layers() []Layer {
	return []Layer{LayerTop, LayerLarge, LayerMiddle, LayerSmall, LayerInactive, LayerProspect, LayerNone}
}

// Earns reports whether groups in l have yearly revenue.
func (l Layer) Earns() bool {
	return l == LayerTop || l == LayerLarge || l == LayerMiddle || l == LayerSmall
}

// MatrixCell is klantwaarde against klantwaardering: what the client is worth
// to the office beside what the office is worth to the client.
type MatrixCell string

// The cells of the matrix, and NotMeasured for a group without a rating.
const (
	Cherish     MatrixCell = "koesteren"  // high value, high rating
	Recover     MatrixCell = "herstellen" // high value, low rating
	Grow        MatrixCell = "groeien"    // low value, high rating
	Efficient   MatrixCell = "efficient"  // low value, low rating
	NotMeasured MatrixCell = "niet gemeten"
)

// MatrixCells lists the cells, NotMeasured last.
func MatrixCells() []MatrixCell {
	return []MatrixCell{Cherish, Recover, Grow, Efficient, NotMeasured}
}
