// Package offline summarises without any model: it counts, and it quotes.
//
// An answer is cut into sentences (sentence.go). Each sentence falls under the
// theme of the question, else under the theme whose seed words it holds, else
// under prompts.Other (theme.go). Its polarity comes from a hand-written Dutch
// lexicon with negation, degree and "te" + adjective (lexicon_nl.txt,
// polarity.go). Sentences that say nearly the same are merged, never across
// polarity (alike.go). What is quoted is what covers most of what many said, with
// little repetition, within a budget of words (choose.go); dissent from 20% up is
// quoted before anything else is added (quote.go).
//
// The cards of a session are grouped by stems, pieces of compounds and subjects
// (group.go, group_read.go, subjects.txt), by the same lexicon never praise with blame. A
// thread is read by cue phrases (thread.go, thread_cues.go), which know what they have
// been told and no other words.
//
// Comparing is done on folded words and stems; texts are never changed and a
// quote is always a slice of the answer as it is stored. Irony is not understood:
// "fijn, weer drie weken wachten" counts what its words say.
package offline
