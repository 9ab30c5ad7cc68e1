-- What clients said outside surveys: words out of a message, kept with whom they
-- are of.
--
-- Kept side by side with ../../postgres/migrations/0009_feedback.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001. Clients are
-- named without a foreign key: an undone import may have removed one.

-- +goose Up
CREATE TABLE feedback (
	id        INTEGER PRIMARY KEY AUTOINCREMENT, -- order of saving; never given out twice
	client_id INTEGER NOT NULL,                  -- client whose words they are
	theme     TEXT    NOT NULL DEFAULT '',       -- theme of the office; '': none
	tone      INTEGER NOT NULL,                  -- 1: positive, 0: neutral, -1: negative
	words     TEXT    NOT NULL,                  -- what was said, as whoever saved it left it
	link      TEXT    NOT NULL DEFAULT '',       -- message it was said in; '': not known
	day       INTEGER NOT NULL,                  -- day it was saved
	by_user   TEXT    NOT NULL,                  -- Slack user who saved it
	at        INTEGER NOT NULL,                  -- instant it was saved
	removed   INTEGER NOT NULL DEFAULT 0         -- instant it was taken back; 0: it stands
) STRICT;

CREATE INDEX feedback_client ON feedback (client_id, id) WHERE removed = 0;
CREATE UNIQUE INDEX feedback_link ON feedback (link) WHERE link <> '' AND removed = 0;
