-- What people note beside the marks they give.
--
-- Kept side by side with ../../postgres/migrations/0007_remark.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001. Groups are
-- named without a foreign key: an undone import may have removed one.

-- +goose Up
CREATE TABLE remark (
	id       INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a group the highest counts
	group_id INTEGER NOT NULL,                  -- group it is about
	words    TEXT    NOT NULL,                  -- what was noted; '': taken back
	by_user  TEXT    NOT NULL DEFAULT '',       -- Slack user who noted it; '' is the operator
	at       INTEGER NOT NULL                   -- instant it was noted
) STRICT;

CREATE INDEX remark_group ON remark (group_id, id);
