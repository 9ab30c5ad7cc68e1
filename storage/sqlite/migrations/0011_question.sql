-- What was asked in a conversation, so that what follows ("en vorig jaar?") has
-- something to follow, and what people thought of the answers. By ids and names of
-- intents: never the words of a question, except those that somebody sent on purpose.
--
-- Kept side by side with ../../postgres/migrations/0011_question.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001. Clients and
-- managers are named without a foreign key: an undone import may have removed one.

-- +goose Up
CREATE TABLE question (
	id          INTEGER PRIMARY KEY AUTOINCREMENT, -- order of asking; never given out twice
	request     TEXT    NOT NULL UNIQUE,           -- key of the request that asked it, so that it is kept once
	channel     TEXT    NOT NULL DEFAULT '',       -- Slack conversation; '': none
	thread      TEXT    NOT NULL DEFAULT '',       -- timestamp of the message its thread hangs under, its own where it began one
	user_id     TEXT    NOT NULL,                  -- Slack user who asked, who alone is answered by it later
	intent      TEXT    NOT NULL,                  -- name of what it was taken for; 'unknown' where it was not understood
	likely      TEXT    NOT NULL DEFAULT '',       -- names of what it may mean, likeliest first, with commas; '': it was sure
	client_id   INTEGER NOT NULL DEFAULT 0,        -- client it is about; 0: none, or not found yet
	manager_id  INTEGER NOT NULL DEFAULT 0,        -- manager whose clients it is about; 0: none
	mine        INTEGER NOT NULL DEFAULT 0,        -- 1: about the clients of whoever asked
	segment     TEXT    NOT NULL DEFAULT '',       -- A, B, C or D; '': none
	against     TEXT    NOT NULL DEFAULT '',       -- segment it is compared with; '': none
	client_type TEXT    NOT NULL DEFAULT '',       -- type of client, by its name; '': none
	layer       TEXT    NOT NULL DEFAULT '',       -- layer of the pyramid, by its name; '': none
	service_id  INTEGER NOT NULL DEFAULT 0,        -- service it is about; 0: none
	lacking     INTEGER NOT NULL DEFAULT 0,        -- 1: about who does not buy that service
	theme       TEXT    NOT NULL DEFAULT '',       -- theme of the office, by its name; '': none, or one that is not the office's
	audience    TEXT    NOT NULL DEFAULT '',       -- who answered a survey; '': not said
	days        INTEGER NOT NULL DEFAULT 0,        -- number of days that was named; 0: none
	most        INTEGER NOT NULL DEFAULT 0,        -- how many were asked for; 0: not said
	period_from INTEGER NOT NULL DEFAULT 0,        -- first day of the period; 0 with period_to 0: none was named
	period_to   INTEGER NOT NULL DEFAULT 0,        -- last day of the period
	kind        TEXT    NOT NULL DEFAULT '',       -- kind of session that was asked for; '': none
	verdict     INTEGER NOT NULL DEFAULT 0,        -- what the asker thought of the answer: 1 good, -1 not good, 0 not said
	at          INTEGER NOT NULL                   -- instant it was asked, by the clock of the office
) STRICT;

CREATE INDEX question_thread ON question (channel, thread, id);
CREATE INDEX question_asker ON question (user_id, channel, id);
CREATE INDEX question_client ON question (client_id) WHERE client_id <> 0;
CREATE INDEX question_at ON question (at);

CREATE TABLE question_remark (
	id       INTEGER PRIMARY KEY AUTOINCREMENT, -- order of sending; never given out twice
	request  TEXT    NOT NULL UNIQUE,           -- key of the request that sent it, so that it is kept once
	intent   TEXT    NOT NULL,                  -- name of what the question was taken for
	verdict  INTEGER NOT NULL,                  -- what the asker thought of the answer: 1 good, -1 not good
	words    TEXT    NOT NULL,                  -- what the asker wrote of it on purpose, without who that was
	at       INTEGER NOT NULL                   -- instant it was sent
) STRICT;

CREATE INDEX question_remark_at ON question_remark (at);
