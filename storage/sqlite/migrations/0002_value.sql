-- What clients are worth: what the office chose, what people judged, the
-- segmentations that came of it, and what work cost.
--
-- Kept side by side with ../../postgres/migrations/0002_value.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001. Groups are
-- named without a foreign key: an undone import may have removed one.

-- +goose Up
CREATE TABLE setting (
	key     TEXT    NOT NULL,            -- which choice, for instance criteria/mkb
	version INTEGER NOT NULL,            -- 1 for the first; the highest counts
	value   BLOB    NOT NULL,            -- JSON of the subject that reads it; empty: back to the default
	by_user TEXT    NOT NULL DEFAULT '', -- Slack user who chose; '' is the operator
	at      INTEGER NOT NULL,            -- instant of the choice
	PRIMARY KEY (key, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement (
	id        INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a group and criterion the highest counts
	group_id  INTEGER NOT NULL,                  -- group that was judged
	criterion TEXT    NOT NULL,                  -- key of the criterion
	value     INTEGER NOT NULL,                  -- 0 to 4; -1: taken back
	by_user   TEXT    NOT NULL DEFAULT '',       -- Slack user who judged; '' is the operator
	at        INTEGER NOT NULL,                  -- instant it was judged
	import_id INTEGER NOT NULL DEFAULT 0         -- import that brought it; 0: by hand
) STRICT;

CREATE INDEX judgement_group ON judgement (group_id, criterion, id);

CREATE TABLE segment_version (
	id       INTEGER NOT NULL PRIMARY KEY,       -- number of the segmentation, without gaps
	state    TEXT    NOT NULL DEFAULT 'concept', -- concept or definitief
	as_of    INTEGER NOT NULL,                   -- day its figures are of
	by_user  TEXT    NOT NULL DEFAULT '',        -- Slack user who made it; '' is the operator
	made     INTEGER NOT NULL,                   -- instant its groups were last worked out
	final_by TEXT    NOT NULL DEFAULT '',        -- Slack user who made it final; '' is the operator, or nobody yet
	final_at INTEGER NOT NULL DEFAULT 0          -- instant it became final; 0: it is a draft
) STRICT;

CREATE UNIQUE INDEX segment_version_draft ON segment_version (state) WHERE state = 'concept';

CREATE TABLE segment_item (
	version_id INTEGER NOT NULL,            -- segmentation
	group_id   INTEGER NOT NULL,            -- group as it was then; it may be merged since
	score      REAL    NOT NULL,            -- 0 to 100
	coverage   REAL    NOT NULL,            -- 0 to 1: known weight / all weight
	segment    TEXT    NOT NULL DEFAULT '', -- A, B, C or D by the score; '': no yearly revenue
	yearly     INTEGER,                     -- yearly revenue in cents; NULL: unknown
	PRIMARY KEY (version_id, group_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE override (
	id         INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a group the highest counts
	version_id INTEGER NOT NULL,                  -- segmentation it was written in
	group_id   INTEGER NOT NULL,                  -- group it is about
	segment    TEXT    NOT NULL DEFAULT '',       -- A, B, C or D; '': taken back
	reason     TEXT    NOT NULL,                  -- why; the only column that may change, when a client is forgotten
	strategic  INTEGER NOT NULL DEFAULT 0,        -- 1: a partner marked the group as strategic
	by_user    TEXT    NOT NULL DEFAULT '',       -- Slack user; '' is the operator
	at         INTEGER NOT NULL,                  -- instant
	proposed   INTEGER NOT NULL DEFAULT 0         -- 1: a manager's proposal that a partner decides about
) STRICT;

CREATE INDEX override_group ON override (version_id, group_id, id);

-- What is final stays as it is, whoever writes.
-- +goose StatementBegin
CREATE TRIGGER segment_version_changed BEFORE UPDATE ON segment_version WHEN OLD.state <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER segment_version_removed BEFORE DELETE ON segment_version WHEN OLD.state <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER segment_item_added BEFORE INSERT ON segment_item
WHEN (SELECT state FROM segment_version WHERE id = NEW.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER segment_item_changed BEFORE UPDATE ON segment_item
BEGIN SELECT RAISE(ABORT, 'items of a segmentation are replaced, not changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER segment_item_removed BEFORE DELETE ON segment_item
WHEN (SELECT state FROM segment_version WHERE id = OLD.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER override_added BEFORE INSERT ON override
WHEN (SELECT state FROM segment_version WHERE id = NEW.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER override_changed
BEFORE UPDATE OF id, version_id, group_id, segment, strategic, by_user, at, proposed ON override
BEGIN SELECT RAISE(ABORT, 'overrides are added, not changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER override_removed BEFORE DELETE ON override
WHEN (SELECT state FROM segment_version WHERE id = OLD.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
-- +goose StatementEnd

CREATE TABLE future (
	id       INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a group the highest counts
	group_id INTEGER NOT NULL,                  -- group that was decided about
	decision TEXT    NOT NULL,                  -- houden, ontwikkelen or afscheid
	reason   TEXT    NOT NULL DEFAULT '',       -- why
	by_user  TEXT    NOT NULL DEFAULT '',       -- Slack user who decided; '' is the operator
	at       INTEGER NOT NULL,                  -- instant
	done     TEXT    NOT NULL DEFAULT '[]'      -- steps of a parting that were taken, as a JSON array
) STRICT;

CREATE INDEX future_group ON future (group_id, id);

-- Hours worked for clients. As with invoice_line one index is identity,
-- idempotence and the range that is read, and there are no foreign keys.
CREATE TABLE hours (
	client_id  INTEGER NOT NULL, -- client
	day        INTEGER NOT NULL, -- day of the work
	minutes    INTEGER NOT NULL, -- time worked; negative where it was corrected
	cents      INTEGER NOT NULL, -- what it cost the office, in cents
	source_id  INTEGER NOT NULL, -- bookkeeping it came from
	occurrence INTEGER NOT NULL, -- 1 for the first of equal rows, 2 for the next
	import_id  INTEGER NOT NULL, -- import that brought it
	PRIMARY KEY (client_id, day, minutes, cents, source_id, occurrence)
) STRICT, WITHOUT ROWID;

-- Who brought clients is counted for the whole office at once.
CREATE INDEX client_referrer ON client (referrer) WHERE referrer <> '';

-- What a message is about beside a client or a group, as its renderer names it.
ALTER TABLE ledger ADD COLUMN subject TEXT NOT NULL DEFAULT '';
