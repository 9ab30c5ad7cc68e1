// Command klantbot is a Slack bot for accountancy and tax offices: staff type
// /klant Jansen and see what a client is worth and what to do next. Without a
// verb it starts a local workspace with a sample office at
// http://127.0.0.1:8484; `klantbot --help` lists the verbs.
//
// This file is the guided tour, from the bottom of the house up. Each room is a
// package with one charter; rooms_test.go holds who may import whom.
//
// # The words
//
// analysis is the vocabulary: typed ids, Cents, Day, roles and the one table of
// rights (Allow), the Error that people read, and plain records. It does no I/O
// and reads no clock. analysis/value says what a relatiegroep brings in in a
// year, scores it against others of its kind, and makes segments and the
// pyramid of that; analysis/match finds clients by what people call them, among
// a million names in a few milliseconds; analysis/attention cuts the year into
// periods, says what is due for whom and chooses the week within what people
// can do; analysis/survey makes figures of answers that expose nobody;
// analysis/session is a facilitated discussion, folded from a list of events that
// only grows, which says who may do what and what may be seen; analysis/ask reads
// questions in plain Dutch and English, without a model, and says when it is not
// sure;
// analysis/lifetime fits how long clients stay and how often they come back, on
// the ranks and the maximiser of analysis/stats.
//
// # What is remembered
//
// storage holds one small contract a file and no SQL. storage/sqlstore fulfils
// them all once, in SQL that SQLite and PostgreSQL share, with a dialect that
// tells them apart; storage/sqlite and storage/postgres open, pool and migrate.
// Replicas on PostgreSQL hear of each other's imports (postgres/listen.go), and go on
// when their connections broke (sqlstore/steady.go).
// sqlstore.Copy moves an office from either engine to either and proves that it is the
// same office (copy_tally.go). storage/sqlite also copies a database in use and puts
// copies back (backup.go, restore.go). audit_seal.go seals the trail of who did what, in
// batches of which each seal goes over the one before; doctor works them out anew.
// dossier.go names every table that has something of a client; export --client reads
// those and forget.go empties them; import_forgotten.go keeps files from bringing
// them back.
// storage/storetest proves every promise for both. storage/ingest reads CSV,
// XLSX and audit files (XAF) and knows no SQL: it streams staged records into a
// storage.Staging, which compares, applies in one transaction, and can be
// undone; into PostgreSQL rows go by COPY (sqlstore/import_load.go). storage/sample
// writes a believable office as files and loads them down that same road.
//
// # What clients say
//
// prompts is the contract of every summary: quotes are offsets into stored
// answers, clauses cite them, each answer is accounted for, and Verify proves it.
// prompts/offline keeps it without a model, by sentences, seed words, a Dutch
// lexicon and coverage; prompts/openai lets a model write clauses, of which the
// Gate passes only what rests on answers. Nobody asks it anything until an
// administrator turned it on (commands/model.go); commands/drafting.go then answers
// without it at once and has it write (or sort the cards of a session) meanwhile, and
// Reply.Later puts what it wrote in the place of the answer. Questions that the grammar is
// not sure of go to it as well (commands/ask_model.go), with the grammar's functions as
// tools (ask_tools.go) and every name and text hidden (ask_veil.go); its clauses come as
// a Reply.Stream that bot/stream.go pulls. commands/survey.go reports a survey,
// figures and words, and records what it showed of anonymous answers, which
// counts for what later reports may show; commands/survey_screens.go shows it in
// Slack a part at a time, and who may read whose answers is asked of every press.
// commands/thread.go says what a thread in
// Slack came to, by the set phrases of prompts/offline. prompts/mask takes people's
// names and numbers out before a text leaves and puts them back after.
//
// # What is answered
//
// commands has a use-case a file. A use-case reads the store, asks analysis and
// returns a Reply; it makes no Slack call. wired.go gives each what it needs. The
// Registry (commands.New) is the one table of what there is: dispatch, manifest, help
// and the page for staff (view/staff.*.md, by a test) follow it. What an office chooses of value
// (value.Settings) is kept as versions and read in one place, configread.go;
// Config shows what a change would do before it saves it. Touching logs contact,
// which Attention plans by; Weekly is /aandacht and Home the Home tab, whose rows
// are those of the digest (handling.go): a button says where its row stands, so
// that a press draws that place anew. Lifetime fits the office's own history, and
// lifetime_client.go says what that means for one client; Ratings is what surveys
// fill. followup.go lists whose answers ask for a call and who does it; quotes.go
// puts quotes in a channel once somebody saw what will stand there, and feedback.go
// keeps what a client said in a message, apart from every figure. sessions.go is the
// one road by which a discussion changes: a press is folded, asked whether it may,
// appended, and done again where somebody was first. sessionscreens.go is what people
// see of it: one board in a channel that is drawn anew (sessionboard.go says what the
// channel hears of a change), and windows for who takes part;
// its facts come of the office as the Market holds it (sessionoffice.go).
// journey*.go are the screens of a klantreis, which begins with what clients said
// before (journey_prefill.go) and ends in a journey map and a report.
// conversation*.go are what people say to the bot, wherever they say it: what was
// asked is kept by ids (storage/questions.go), so that what follows in a thread has
// something to follow, and stands under the answer as chips that change it in place;
// goodquestions.go derives what to ask a client, and discussion.go what to add to a
// thread of colleagues. In a DM an answer is a message of the ledger, worded from those
// ids (conversation_letter.go), into which a model's clauses come (bot/spoken.go) and what
// no row may keep (conversation_once.go), in the thread of the question, of which Slack
// shows that it is worked on (bot/talk.go); actionsaid.go reads who wants an action
// made, which actionmake.go does at a press.
// Who may do what is analysis.Allow; what the office keeps from colleagues is
// visibility.go; who objects to profiling (objection.go) is left out of answers by name
// and of value by the store, for everybody (storage.Objection); and seen.go runs every
// entry with the eyes of who asks (storage.Seeing), so that the store leaves out clients
// that few may see.
// commands/view turns domain values into blocks, held by golden files,
// commands/chart draws what Slack can not (the pyramid, the matrix and the client
// types, for a slide), and commands/locale words everything in Dutch and English.
//
// # The road of a request
//
// bot/socket, or bot/slackhttp for an office that Slack can reach over HTTP, decodes
// what Slack sends (bot/health tells machines how that goes) and hands it to
// bot.Dispatcher, which
// stores the envelope in the leased inbox, acknowledges, authorizes the person
// and the place, runs the registered use-case in a bounded pool, words errors
// once, and answers through the ports it declares. bot/slackapi is the only
// code that calls the Web API. A process that dies between acknowledgement and
// answer leaves the envelope unfinished; the next one answers it.
//
// A file that somebody drops in the DM is a request too (bot/file.go): fetched after
// its sender was authorized, from Slack's hosts only, into a copy without a name.
// commands/drop.go shows what it would do and takes it over at a press, by the road
// of the command line's import; in between the file lies with Slack, and a hash in
// the button says whether it still is what was shown.
//
// bot/schedule is the clock: what is due by itself, digests and the end of what was
// kept long enough, becomes ledger rows whose keys make them unique. What time asks
// of sessions is in commands/sessionclock.go: phases close, who is missing is reminded,
// a session rests while its channel can not be used; sessionremind.go reminds of
// their actions, which stand in one place in sessionactions.go. talk.go is what people
// think of their own talks, which nobody else reads.
//
// What others can read (a shared card, a digest) is a ledger row first,
// committed with the change that causes it; bot/delivery renders and posts it,
// and finds out from Slack's own history whether a message whose answer was
// lost arrived, so that nothing is lost and nothing is said twice. It
// knows the files that went with a message (storage/files.go), which go with it.
//
// bot/workspace plays Slack: Web API, Socket Mode, limits, refusals, faults on
// demand, and a page to use it in. It shares no code with the rest, so that it
// can not agree with us by accident. The dialogue tests (dialogues/*.txtar)
// play through it. Properties draw the same input every run (analysis/rapidseed), so
// that tests say the same twice; -rapid.seed=0 -rapid.checks=5000 draws anew by hand.
//
// # Here
//
// This package reads configuration (environment and flags, nowhere else), wires
// the rooms together (run.go, parts.go, local.go), gives the sample office its past
// (furnish.go) and is the command line, a verb a file, named in the cli struct of
// main.go. doctor.go looks at everything that can be wrong and changes nothing.
// backup_postgres.go makes of an office in PostgreSQL a backup as every other, by the
// copy of storage/sqlstore/copy.go; upgrade_test.go goes from each landed schema to
// today's and back.
// A start connects while the names are read, looks at the whole office after that, on
// one processor and giving way to who waits for an answer (leisure.go, bot/way.go,
// storage.Unhurried), and lets go of what only a start needs (lean.go, pages_linux.go);
// growth_test.go measures offices of rising size and draws it.
// Two clocks are kept apart: businessClock for what people see, wallTime for leases
// and retries.
package main
