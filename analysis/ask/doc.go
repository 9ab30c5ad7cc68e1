// Package ask reads a question in plain Dutch or English: words in, an
// [Intent] and its [Slots] out. It is a grammar, not a guess: it knows which
// words it could place, and where too many are left over it says so
// ([Question.Sure] is false, with the likeliest meanings in
// [Question.Choices]) instead of answering something else.
//
//	q := ask.Read("welke A-klanten heb ik dit kwartaal niet gesproken?", today, vocabulary)
//	// portfolio.no_contact, segment A, manager me, period 1 October until today
//
// The road of a text, a file a step: words.go cuts it into words; spelling.go
// mends chat spelling and typos (not of ordinary.go's words); hold.go keeps whole names
// from being read as anything else; period.go, slots.go and people.go take out what
// fills a slot, and places.go where people are; name.go finds the words that name a client; lexicon.go and concepts.go
// tell what the rest is about, rules.go and its families which intents that makes,
// examples.go which of the phrasings in examples.tsv it resembles, learnt.go what all of
// them together say of its traits (traits.go), also with what people say around a question
// (aside.go), weigh.go which of these was meant, and confidence.go whether that is sure. What is unclear as a
// whole is read again by its clauses (clauses.go); narrow.go tells what an answer would
// be too wide for. What an office calls
// its own (its managers, themes, services, clients) comes in with a [Vocabulary].
//
// Nothing here reads a clock or a store: the same words on the same day of the
// same office always mean the same.
package ask
