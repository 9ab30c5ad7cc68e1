-- Facilitated discussions: what happened in them, what lists and reminders read of
-- them, and what people thought of their own talks.
--
-- Kept side by side with ../../postgres/migrations/0008_session.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001. Groups and
-- managers are named without a foreign key: an undone import may have removed one.

-- +goose Up
-- What lists read of a session, after its last event: made of its events, never
-- the other way round.
CREATE TABLE session (
	id           INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	request      TEXT    NOT NULL UNIQUE,           -- key of the request that began it
	kind         TEXT    NOT NULL DEFAULT '',       -- nu-3jaar, klantreis or training
	mode         TEXT    NOT NULL DEFAULT '',       -- asynchroon or live
	goal         TEXT    NOT NULL DEFAULT '',       -- in the words of who began it
	subject      TEXT    NOT NULL DEFAULT '',       -- group/12, segment/A, manager/3 or type/groot
	group_id     INTEGER NOT NULL DEFAULT 0,        -- group that it is about; 0: none
	channel_id   TEXT    NOT NULL DEFAULT '',       -- Slack channel it is held in
	facilitator  TEXT    NOT NULL DEFAULT '',       -- Slack user who leads it; '': nobody
	participants TEXT    NOT NULL DEFAULT '[]',     -- Slack users who take part, as a JSON array
	status       TEXT    NOT NULL DEFAULT '',       -- loopt, gepauzeerd or gestopt
	why          TEXT    NOT NULL DEFAULT '',       -- of a pause or an end
	phase        TEXT    NOT NULL DEFAULT '',       -- phase
	deadline     INTEGER NOT NULL DEFAULT 0,        -- instant the phase ends; 0: it does not
	begun        INTEGER NOT NULL DEFAULT 0,        -- instant it began
	last         INTEGER NOT NULL DEFAULT 0,        -- instant of its last event
	seq          INTEGER NOT NULL DEFAULT 0         -- its last event
) STRICT;

CREATE INDEX session_status ON session (status, id);
CREATE INDEX session_group ON session (group_id) WHERE group_id <> 0;
CREATE INDEX session_channel ON session (channel_id, id);

CREATE TABLE session_event (
	session_id INTEGER NOT NULL,            -- session
	seq        INTEGER NOT NULL,            -- 1, 2, 3, ... within the session
	at         INTEGER NOT NULL,            -- instant, business time
	by_user    TEXT    NOT NULL DEFAULT '', -- Slack user; '' is the bot
	request    TEXT    NOT NULL DEFAULT '', -- key of the request, once in a session; '': none
	name       TEXT    NOT NULL,            -- what happened
	version    INTEGER NOT NULL,            -- of the form of the body
	body       TEXT    NOT NULL,            -- the rest of it as JSON
	PRIMARY KEY (session_id, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX session_event_request ON session_event (session_id, request) WHERE request <> '';

-- Events are only added. What somebody wrote can be forgotten, so the body may
-- change, and who may be taken out of it.
-- +goose StatementBegin
CREATE TRIGGER session_event_changed BEFORE UPDATE OF session_id, seq, at, request, name, version ON session_event
BEGIN SELECT RAISE(ABORT, 'events of a session are added, not changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER session_event_removed BEFORE DELETE ON session_event
BEGIN SELECT RAISE(ABORT, 'events of a session are added, not removed'); END;
-- +goose StatementEnd

-- The actions of all sessions as they stand, made of the events.
CREATE TABLE session_action (
	session_id INTEGER NOT NULL,            -- session
	action_id  INTEGER NOT NULL,            -- seq of the event that agreed on it
	owner      TEXT    NOT NULL,            -- Slack user who does it
	due        INTEGER NOT NULL,            -- day before which it is done
	state      TEXT    NOT NULL,            -- open, gedaan, verzet or vervallen
	whenever   TEXT    NOT NULL DEFAULT '', -- "Als ..."
	what       TEXT    NOT NULL,            -- "dan ..."
	theme      TEXT    NOT NULL DEFAULT '', -- theme
	group_id   INTEGER NOT NULL DEFAULT 0,  -- group that it is for; 0: none in particular
	by_user    TEXT    NOT NULL DEFAULT '', -- Slack user who wrote it down
	at         INTEGER NOT NULL,            -- instant it was agreed
	dated      INTEGER NOT NULL,            -- day on which the present date was set
	changes    INTEGER NOT NULL,            -- how many changes it had
	changed    INTEGER NOT NULL,            -- instant of the last change
	reason     TEXT    NOT NULL DEFAULT '', -- of the last change
	PRIMARY KEY (session_id, action_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX session_action_due ON session_action (state, due);
CREATE INDEX session_action_owner ON session_action (owner, due);
CREATE INDEX session_action_group ON session_action (group_id) WHERE group_id <> 0;

CREATE TABLE reflection (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing
	user_id TEXT    NOT NULL,                  -- Slack user; nobody else reads it
	day     INTEGER NOT NULL,                  -- day of the talk
	answers TEXT    NOT NULL,                  -- 1 to 5 by question, 0 is left open, as a JSON array
	lesson  TEXT    NOT NULL DEFAULT '',       -- theirs until they share it
	at      INTEGER NOT NULL                   -- instant it was written; it is removed 90 days later
) STRICT;

CREATE INDEX reflection_user ON reflection (user_id, at);
CREATE INDEX reflection_at ON reflection (at);
