// Package mask takes names and numbers that point at people out of a text before
// it goes to a language model, and puts them back into what comes out. It is pure:
// the names the office knows come through prompts.Names.
//
//	job := mask.New(names, nonce)
//	m := job.Mask("Bel Pieter de Vries op 06-12345678") // "Bel [PERSOON_1] op [TELEFOON_1]"
//	text, err := job.PutBack(answer)
//
// It looks in this order, and what was found is not looked at again: numbers and
// addresses by pattern and checksum (pattern.go), names the office knows, exact and
// then with a typing error (known.go), and capitals where a Dutch sentence has no
// other reason for them (capital.go). Overlooking is worse than taking out too
// much, but a text with half its words gone says nothing: lower-case words stay
// unless they are a known name that means nothing else.
//
// One job may mask many texts: the same person gets the same placeholder in all of
// them. With a nonce placeholders read [PERSOON_1_k3f9], so that no text can hold
// one beforehand; what looks like a placeholder in a text is masked itself.
package mask
