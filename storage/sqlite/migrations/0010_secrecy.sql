-- Who may see what, what becomes of it, and proof of who looked: seals on the audit
-- trail, clients for named people only, objections, and what was forgotten.
--
-- Kept side by side with ../../postgres/migrations/0010_secrecy.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001. Groups and
-- contact persons are named without a foreign key: an undone import may have
-- removed one. How long things are kept, and who sees amounts, are settings.

-- +goose Up
-- batch is the seal under which a line of the trail stands; 0: not sealed yet.
ALTER TABLE audit ADD COLUMN batch INTEGER NOT NULL DEFAULT 0;

CREATE INDEX audit_batch ON audit (batch, id);

CREATE TABLE audit_seal (
	batch    INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3, ... without gaps
	at       INTEGER NOT NULL,             -- instant it was sealed
	lines    INTEGER NOT NULL,             -- how many lines stand under it, at least one
	previous TEXT    NOT NULL,             -- seal of the batch before; '' for the first
	seal     TEXT    NOT NULL              -- SHA-256 over the previous seal, the number of the batch and its lines, in hexadecimals
) STRICT;

-- The trail only grows. A line is sealed once, and that is all that happens to it;
-- whom it is about is forgotten in subject_token.
-- +goose StatementBegin
CREATE TRIGGER audit_added BEFORE INSERT ON audit WHEN NEW.batch <> 0
BEGIN SELECT RAISE(ABORT, 'lines of the trail are sealed after they were written'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_changed BEFORE UPDATE OF id, at, user_id, action, token, channel, request ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the trail are added, not changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_sealed BEFORE UPDATE OF batch ON audit WHEN OLD.batch <> 0
BEGIN SELECT RAISE(ABORT, 'a line of the trail is sealed once'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the trail are added, not removed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seal_changed BEFORE UPDATE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'a seal never changes'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_seal_removed BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'a seal never changes'); END;
-- +goose StatementEnd

-- Which clients were forgotten, so that an old copy of the database forgets them
-- again: a hash of the client number, which says nothing to who does not know it.
CREATE TABLE forgotten (
	digest  TEXT    NOT NULL PRIMARY KEY, -- SHA-256 over the salt and the client number, in hexadecimals
	salt    TEXT    NOT NULL,             -- random
	by_user TEXT    NOT NULL DEFAULT '',  -- Slack user who asked for it; '' is the operator
	at      INTEGER NOT NULL              -- instant it was done first
) STRICT, WITHOUT ROWID;

-- Contact persons who object to profiling.
CREATE TABLE objection (
	contact_id INTEGER NOT NULL,            -- contact person
	version    INTEGER NOT NULL,            -- 1 for the first; the highest counts
	stands     INTEGER NOT NULL,            -- 1: they object; 0: not any more
	by_user    TEXT    NOT NULL DEFAULT '', -- Slack user who noted it; '' is the operator
	at         INTEGER NOT NULL,            -- instant it was noted
	PRIMARY KEY (contact_id, version)
) STRICT, WITHOUT ROWID;

-- Groups that only named people may see.
CREATE TABLE restriction (
	group_id INTEGER NOT NULL,            -- group as it was then; it may be merged since
	version  INTEGER NOT NULL,            -- 1 for the first; the highest counts
	people   TEXT    NOT NULL,            -- Slack users who may, as a JSON array; empty: everybody again
	by_user  TEXT    NOT NULL DEFAULT '', -- Slack user who decided; '' is the operator
	at       INTEGER NOT NULL,            -- instant
	PRIMARY KEY (group_id, version)
) STRICT, WITHOUT ROWID;
