// Package openai summarises with a language model behind any OpenAI-compatible
// endpoint, and never lets it have the last word.
//
// The road of a request: prompts/offline counts and quotes first, so that there is
// always an answer; answers are cleaned and masked (prompts/mask) with a nonce; the
// model sorts them, at most 40 a call, and copies a quote of each (sort.go); what it
// says was quoted is looked up in the stored answer; per theme it writes clauses
// with citations (write.go), each of which passes prompts.Gate or goes, after one
// attempt to repair; names come back last. More than 30% refused, a placeholder
// changed, a deadline, a full budget, a broken endpoint: the summary of
// prompts/offline stands, with the reason in Fallback. Figures and quotes are always
// those counted and cut here; a model only adds clauses.
//
// Cards are grouped in one call (group.go); a proposal that loses a card, mixes praise
// with blame or names what is on no card gives way to that of prompts/offline.
//
// A question (converse.go) is answered in at most six steps, a tool each. The model sees
// figures and placeholders; its answer is read as it comes in (stream.go), and each
// clause that is whole passes prompts.CheckTold, against the results it cites, before
// anybody sees it. Who stops reading ends the request.
//
// Nothing is logged. Errors carry a word and never a body: what an endpoint sends
// back may hold what it was sent.
package openai
