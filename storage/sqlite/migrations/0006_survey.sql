-- What was asked and answered: waves, answers, what was shown of them, who
-- follows them up; and what a language model was asked, without its texts.
--
-- Kept side by side with ../../postgres/migrations/0006_survey.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001. Clients and
-- contact persons are named without a foreign key: an undone import may have
-- removed one. Themes and words of ambition are the settings survey/....

-- +goose Up
CREATE TABLE survey_wave (
	id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	name       TEXT    NOT NULL,                  -- name of the survey; waves of one name stand side by side
	audience   TEXT    NOT NULL,                  -- klanten, prospects, oud-klanten or medewerkers
	disclosure TEXT    NOT NULL,                  -- anoniem or op naam; never changes
	scale      INTEGER NOT NULL DEFAULT 0,        -- what its scores go up to: 5 or 10; 0: none yet
	salt       TEXT    NOT NULL,                  -- random; goes into the tokens of its respondents
	day        INTEGER NOT NULL,                  -- day it was made, which dates it while no answer has a day
	by_user    TEXT    NOT NULL DEFAULT '',       -- Slack user who made it; '' is the operator
	at         INTEGER NOT NULL,                  -- instant it was made
	import_id  INTEGER NOT NULL DEFAULT 0,        -- import that made it; 0: by hand
	UNIQUE (name, audience)
) STRICT;

-- A respondent stays when their answers are taken out again, so that they are
-- known as the same person when these come back: what was shown of them counts.
CREATE TABLE survey_respondent (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	wave_id INTEGER NOT NULL,                  -- wave
	token   TEXT    NOT NULL,                  -- hash of the salt and how the survey tool calls them, or of their answers
	UNIQUE (wave_id, token)
) STRICT;

CREATE TABLE survey_response (
	id            INTEGER NOT NULL PRIMARY KEY,  -- respondent
	wave_id       INTEGER NOT NULL,              -- wave
	content       TEXT    NOT NULL,              -- hash of the answers, to know the same ones again
	day           INTEGER,                       -- day of answering; NULL: not said
	client_id     INTEGER NOT NULL DEFAULT 0,    -- client, of waves by name only; 0: not known
	contact_id    INTEGER NOT NULL DEFAULT 0,    -- contact person, of waves by name only; 0: not known
	market        TEXT    NOT NULL DEFAULT '',   -- focus market
	nps           INTEGER,                       -- 0 to 10; NULL: not said
	grade         REAL,                          -- rapportcijfer, 1 to 10; NULL: not said
	understanding TEXT    NOT NULL DEFAULT '',   -- ja, deels or nee; '': not said
	wants_contact INTEGER NOT NULL DEFAULT 0,    -- 1: asked to be contacted
	words         TEXT    NOT NULL DEFAULT '[]', -- words of appreciation as a JSON array
	import_id     INTEGER NOT NULL               -- import that brought it
) STRICT;

CREATE INDEX survey_response_wave ON survey_response (wave_id, id);
CREATE INDEX survey_response_client ON survey_response (client_id) WHERE client_id <> 0;
CREATE INDEX survey_response_import ON survey_response (import_id);

CREATE TABLE survey_score (
	response_id INTEGER NOT NULL, -- response
	kind        TEXT    NOT NULL, -- thema, opbrengst or investering
	name        TEXT    NOT NULL, -- of the theme, benefit or sacrifice
	importance  REAL,             -- importance, or the one score; NULL: not said
	performance REAL,             -- performance; NULL: not said
	PRIMARY KEY (response_id, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_comment (
	response_id INTEGER NOT NULL, -- response
	place       INTEGER NOT NULL, -- 1 for the first of the response
	question    TEXT    NOT NULL, -- as the file named it
	words       TEXT    NOT NULL, -- as answered, never changed
	PRIMARY KEY (response_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE survey_shown (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- order of showing
	wave_id INTEGER NOT NULL,                  -- wave
	figure  TEXT    NOT NULL,                  -- figure, as analysis/survey names it
	part    TEXT    NOT NULL DEFAULT '',       -- focus market; '': the whole wave
	persons TEXT    NOT NULL,                  -- respondents it was made of, as a JSON array
	at      INTEGER NOT NULL                   -- instant it was first shown
) STRICT;

CREATE INDEX survey_shown_wave ON survey_shown (wave_id, id);

CREATE TABLE survey_followup (
	response_id INTEGER NOT NULL,            -- response
	kind        TEXT    NOT NULL,            -- ambassadeur, terugwinkans or lead
	version     INTEGER NOT NULL,            -- 1 for the first; the highest counts
	owner_id    INTEGER NOT NULL,            -- manager who follows it up
	state       TEXT    NOT NULL,            -- open, gedaan or vervallen
	note        TEXT    NOT NULL DEFAULT '', -- what came of it
	by_user     TEXT    NOT NULL DEFAULT '', -- Slack user who wrote this version; '' is the operator
	at          INTEGER NOT NULL,            -- instant
	PRIMARY KEY (response_id, kind, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_cache (
	key    TEXT    NOT NULL PRIMARY KEY, -- hash of everything that went into the answer
	answer BLOB    NOT NULL,             -- what the model answered
	at     INTEGER NOT NULL              -- instant it was kept
) STRICT, WITHOUT ROWID;

CREATE TABLE model_spent (
	day    INTEGER NOT NULL PRIMARY KEY, -- day
	tokens INTEGER NOT NULL              -- tokens taken from the budget of that day
) STRICT;

CREATE TABLE model_call (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- order of calling
	at      INTEGER NOT NULL,                  -- instant
	by_user TEXT    NOT NULL DEFAULT '',       -- Slack user on whose behalf; '' is the operator
	purpose TEXT    NOT NULL,                  -- prompt file with its version
	model   TEXT    NOT NULL,                  -- name of the model
	input   INTEGER NOT NULL,                  -- tokens read, as the endpoint counted them; 0: it did not say
	output  INTEGER NOT NULL,                  -- tokens written; 0: it did not say
	took    INTEGER NOT NULL,                  -- milliseconds
	verdict TEXT    NOT NULL                   -- ok, or in a word what was wrong
) STRICT;
