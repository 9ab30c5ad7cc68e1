package sample

// Precedent is what the office's partners decided about a client of the cast
// when they made an earlier segmentation final.
type Precedent struct {
	Client string // its name
	Reason string
	// Segment is the one they gave it in place of the score's; empty: they only
	// decided about its Future.
	Segment   string
	Strategic bool
	// Future is houden, ontwikkelen or afscheid of a client in D, and Done what was
	// done of a parting; empty: none.
	Future string
	Done   []string
}

// Forbidden names the services that the office does not sell to clients it
// audits: keeping the books that it will judge, and pleading their case with the
// tax office.
func Forbidden() []string { return []string{serviceNames[bookkeeping], serviceNames[taxAdvice]} }

// Precedents are the decisions of the past, in no order.
func Precedents() []Precedent {
	return []Precedent{
		{Client: "'t Hart Interieurbouw B.V.", Segment: "B", Strategic: true, Reason: "Groeit hard en brengt het netwerk van Jansen mee."},
		{Client: "Maatschap Dykstra en Hylkema", Segment: "B", Reason: "Bedrijfsoverdracht in voorbereiding: nu dichtbij blijven."},
		{Client: "In 't Veld Schilderwerken", Future: "afscheid", Done: []string{"letter"}, Reason: "Stopt volgend jaar; past beter bij een administratiekantoor in de buurt."},
		{Client: "José Ferreira", Future: "houden", Reason: "Familie van een klant in A."},
	}
}
