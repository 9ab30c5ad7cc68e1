// Package match is the in-memory name index: it finds clients by what people
// type, "Jansn", "v.d. Berg", "mevrouw Smit", a client number.
//
//	b := match.NewBuilder(5000)
//	b.Add(7, match.Name, "Bakkerij van den Berg B.V.")
//	b.Add(7, match.Contact, "mevrouw A. Smit")
//	b.Add(7, match.Code, "00123")
//	ix := b.Build()
//	hits := ix.Find("Berg, v.d.", 10)
//
// # What counts as the same
//
// Text is folded before it is compared: case, diacritics and punctuation go,
// ij, ĳ, ÿ and y are one letter, "v.d." stands for van de, van den and van
// der, "V.O.F." is "vof", and the order of words does not matter, so that
// "Berg, van den" is "van den Berg". Codes (client number, debtor number, KvK,
// e-mail) must be equal once case, spaces and dots are gone; see [Code].
//
// # How a name is scored
//
// Each word has a weight: a rare surname most, then other words, first names,
// trade words (bakkerij), company words (holding), and hardly anything for
// particles, initials, legal forms and titles; see weigh. With wq and we the
// weights of the words of query and entry, and s in 0..1 the similarity of the
// words that were paired,
//
//	covQ  = Σ wq·s / Σ wq        how much of the query was found
//	covE  = Σ we·s / Σ we        how much of the entry was asked for
//	score = covQ · (3 + covE)/4
//
// so that everything with the word Jansen answers "Jansen", and the client who
// is called just that comes first. Similarity is 1 for equal words and falls
// with the optimal string alignment distance; see similarity.
//
// # How it is fast and small
//
// Entries share words heavily, so all text work happens on the dictionary of
// distinct words: a query word finds similar words through trigrams, re-ranked
// by distance; the postings of those words, ordered by how much the word
// matters to the entry, are added up per entry; the best few hundred are then
// scored exactly. An entry keeps no text of its own but the numbers of its
// words, one to three bytes each, the most frequent words the shortest. A
// million names take about 35 MB, a code for each client 7 MB more; every query
// that runs at the same time borrows 4 bytes an entry and 3 a word.
//
// Nothing here reads a clock, a file or a random source: the same entries in
// any order give the same answers.
package match
