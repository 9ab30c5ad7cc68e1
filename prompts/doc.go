// Package prompts is the contract of everything that summarises what clients
// said, with or without a language model.
//
// [Number] gives answers stable ids R1..Rn; a [Summarizer] gets them in a
// [Request] and returns a [Summary]: clauses that cite ids, quotes that are
// offsets into the answers, counts per theme, and for each answer it does not
// use the reason why. [Verify] holds a summary to that promise, whoever made it:
//
//   - a quote is a byte-exact slice of a stored answer;
//   - each answer is used or left out with a reason, never both, never neither;
//   - a theme where 20% or more of those with an opinion disagree quotes at least
//     one of them, unless a fixed word budget had no room;
//   - a clause cites one to five answers that exist.
//
// A [Grouper] proposes groups of the cards of a session, held by [VerifyGroups];
// a [ThreadReader] finds what a thread came to, each point a piece of a message. A
// [Conversant] answers a question with tools: what clients and files say never reaches
// it but as placeholders ([Veil]), and what it says passes [CheckTold].
//
// prompts/offline keeps the contract without any model and is the default;
// prompts/mask takes names and numbers out of a text and puts them back. What a
// model writes passes the [Gate] first. What the summarizers need of the rest of
// the house (names the office knows, a cache, a budget) they ask through the
// ports in port.go. Nothing here reads a clock, a file or a network.
package prompts
