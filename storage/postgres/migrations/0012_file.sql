-- Which files the bot stored with Slack for its messages, so that they go with what the
-- message said: an outcome as a file, a picture, a list that somebody asked for. Slack's
-- ids alone; what is in a file is nowhere here.
--
-- Kept side by side with ../../sqlite/migrations/0012_file.sql: same tables, same
-- columns, same meaning. Units and unknowns are those of 0001. The message is named
-- without a foreign key: of one that was taken out before it was sent the file is still
-- to go.

-- +goose Up
CREATE TABLE ledger_file (
	file      TEXT COLLATE "C" PRIMARY KEY,         -- Slack's id of the file
	ledger_id BIGINT NOT NULL,                      -- message it came with, or stands in
	refused   TEXT COLLATE "C" NOT NULL DEFAULT ''  -- error code with which Slack refused for good to delete it; '': not asked, or not for good
);

CREATE INDEX ledger_file_of ON ledger_file (ledger_id);
