-- Answers that stand in a DM as messages: where in the DM a message belongs, and which
-- answers a language model is still writing, so that one can be stopped from another
-- process, and a process that dies leaves none half said.
--
-- Kept side by side with ../../postgres/migrations/0013_told.sql: same columns, same
-- meaning. Units and unknowns are those of 0001.

-- +goose Up
ALTER TABLE ledger ADD COLUMN thread TEXT NOT NULL DEFAULT '';  -- timestamp of a message that is none of the ledger's, under which it belongs; '': none
ALTER TABLE question ADD COLUMN told_until INTEGER NOT NULL DEFAULT 0;  -- instant by the wall until which a process has a language model write the answer; 0: none does
ALTER TABLE question ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;  -- 1: who asked wants nothing more of that answer

CREATE INDEX question_told ON question (told_until) WHERE told_until <> 0;
