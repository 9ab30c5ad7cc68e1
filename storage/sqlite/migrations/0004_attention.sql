-- Attention: the moments people had with clients, what was decided about things
-- that were asked, exceptions, occasions, invitations, and who is away.
--
-- Kept side by side with ../../postgres/migrations/0004_attention.sql: same
-- tables, same columns, same meaning. Units and unknowns are those of 0001.
-- Groups, clients and contact persons are named without a foreign key: an undone
-- import may have removed one. The plan itself is the setting attention/plan.

-- +goose Up
CREATE TABLE touch (
	id         INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing
	touch_id   INTEGER NOT NULL,                  -- the moment: id of its first version
	version    INTEGER NOT NULL,                  -- 1 for the first; a correction is a new version
	newest     INTEGER NOT NULL DEFAULT 1,        -- 1: the version that counts; 0: it was corrected
	removed    INTEGER NOT NULL DEFAULT 0,        -- 1: this version takes the moment back
	group_id   INTEGER NOT NULL,                  -- group as it was then; it may be merged since
	client_id  INTEGER NOT NULL DEFAULT 0,        -- client; 0: the group as a whole
	contact_id INTEGER NOT NULL DEFAULT 0,        -- contact person; 0: not said
	kind       TEXT    NOT NULL,                  -- bezoek, telefoongesprek, e-mail, bijeenkomst or kaart
	day        INTEGER NOT NULL,                  -- day of the moment
	by_user    TEXT    NOT NULL DEFAULT '',       -- Slack user who had it; '' where only the office knows them
	manager_id INTEGER NOT NULL DEFAULT 0,        -- manager who had it; 0: not known
	note       TEXT    NOT NULL DEFAULT '',       -- what a colleague has to know
	next_step  TEXT    NOT NULL DEFAULT '',       -- what follows
	next_day   INTEGER,                           -- day before which; NULL: some time, or nothing follows
	source     TEXT    NOT NULL DEFAULT '',       -- where it was logged: card, digest, home, shortcut, mention, import
	link       TEXT    NOT NULL DEFAULT '',       -- to the message it was made of
	asked      TEXT    NOT NULL DEFAULT '',       -- what had asked for it, as activity/first day of the period; '': nothing
	author     TEXT    NOT NULL DEFAULT '',       -- Slack user who wrote this version; '' is the operator
	at         INTEGER NOT NULL,                  -- instant it was written
	import_id  INTEGER NOT NULL DEFAULT 0         -- import that brought it; 0: by hand
) STRICT;

CREATE UNIQUE INDEX touch_version ON touch (touch_id, version);
CREATE INDEX touch_last ON touch (group_id, kind, day) WHERE newest = 1 AND removed = 0;
CREATE INDEX touch_day ON touch (day, id) WHERE newest = 1 AND removed = 0;
CREATE UNIQUE INDEX touch_asked ON touch (group_id, asked) WHERE asked <> '' AND newest = 1 AND removed = 0;
CREATE INDEX touch_import ON touch (import_id) WHERE import_id <> 0;

CREATE TABLE attention_mark (
	group_id   INTEGER NOT NULL,            -- group as it was then; it may be merged since
	activity   TEXT    NOT NULL,            -- what was asked: activity of the line, or signaal/kind
	period     INTEGER NOT NULL,            -- first day of the period, or day of the signal or occasion
	version    INTEGER NOT NULL,            -- 1 for the first; the highest counts
	state      TEXT    NOT NULL DEFAULT '', -- later, niet nodig or overgedragen; '': taken back
	until      INTEGER,                     -- day from which it is asked again; NULL: not put off
	to_manager INTEGER NOT NULL DEFAULT 0,  -- manager it was handed to
	by_manager INTEGER NOT NULL DEFAULT 0,  -- manager who decided; 0: not known
	by_user    TEXT    NOT NULL DEFAULT '', -- Slack user who decided; '' is the operator
	reason     TEXT    NOT NULL DEFAULT '', -- why it is not needed
	at         INTEGER NOT NULL,            -- instant
	PRIMARY KEY (group_id, activity, period, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE attention_own (
	group_id INTEGER NOT NULL,            -- group as it was then; it may be merged since
	version  INTEGER NOT NULL,            -- 1 for the first; the highest counts
	lines    TEXT    NOT NULL DEFAULT '', -- lines of the plan for this group as a JSON array; '': those of its segment
	reason   TEXT    NOT NULL DEFAULT '', -- why it is an exception
	by_user  TEXT    NOT NULL DEFAULT '', -- Slack user who decided; '' is the operator
	at       INTEGER NOT NULL,            -- instant
	PRIMARY KEY (group_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE occasion (
	id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	group_id   INTEGER NOT NULL,                  -- group as it was then; it may be merged since
	contact_id INTEGER NOT NULL DEFAULT 0,        -- contact person it is about; 0: the group
	kind       TEXT    NOT NULL,                  -- jubileum, overname, verhuizing, opvolging or nieuwe contactpersoon
	day        INTEGER NOT NULL,                  -- day of the occasion
	by_user    TEXT    NOT NULL DEFAULT '',       -- Slack user who noted it; '' is the operator
	at         INTEGER NOT NULL,                  -- instant
	removed    INTEGER NOT NULL DEFAULT 0         -- 1: it was a mistake
) STRICT;

CREATE INDEX occasion_group ON occasion (group_id);

CREATE TABLE absence (
	id         INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a manager and a day the highest counts
	manager_id INTEGER NOT NULL,                  -- manager who is away
	from_day   INTEGER NOT NULL,                  -- first day
	to_day     INTEGER NOT NULL,                  -- last day
	deputy_id  INTEGER NOT NULL DEFAULT 0,        -- manager who stands in; 0: nobody
	by_user    TEXT    NOT NULL DEFAULT '',       -- Slack user who said so; '' is the operator
	at         INTEGER NOT NULL,                  -- instant
	removed    INTEGER NOT NULL DEFAULT 0         -- 1: it was taken back
) STRICT;

CREATE TABLE digest_choice (
	user_id TEXT    NOT NULL,            -- Slack user who gets the digest
	version INTEGER NOT NULL,            -- 1 for the first; the highest counts
	weekday INTEGER NOT NULL DEFAULT 1,  -- 1 is Monday, 7 Sunday
	minute  INTEGER NOT NULL,            -- minute of the day, in the user's own zone
	stopped INTEGER NOT NULL DEFAULT 0,  -- 1: no digest
	shown   INTEGER NOT NULL DEFAULT 0,  -- groups shown before "meer"; 0: as the office chose
	at      INTEGER NOT NULL,            -- instant
	PRIMARY KEY (user_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE gathering (
	id       INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	name     TEXT    NOT NULL,                  -- as people call the event
	activity TEXT    NOT NULL,                  -- of the collective line it is for
	day      INTEGER NOT NULL,                  -- day of the event
	by_user  TEXT    NOT NULL DEFAULT '',       -- Slack user who made the list; '' is the operator
	at       INTEGER NOT NULL,                  -- instant
	removed  INTEGER NOT NULL DEFAULT 0         -- 1: it is off
) STRICT;

CREATE TABLE invitation (
	gathering_id INTEGER NOT NULL REFERENCES gathering, -- event
	group_id     INTEGER NOT NULL,                      -- group as it was then; it may be merged since
	state        TEXT    NOT NULL,                      -- uitgenodigd, komt, afgezegd or geweest
	by_user      TEXT    NOT NULL DEFAULT '',           -- Slack user who said so last; '' is the operator
	at           INTEGER NOT NULL,                      -- instant of that
	PRIMARY KEY (gathering_id, group_id)
) STRICT, WITHOUT ROWID;
