-- What independence asks, and what the office's own history says about how long
-- clients stay.
--
-- Kept side by side with ../../postgres/migrations/0003_lifetime.sql: same
-- tables, same columns, same meaning. Units and unknowns are those of 0001.

-- +goose Up

-- Whether the office audits the client: ja, nee, NULL where no list said.
ALTER TABLE client ADD COLUMN audit TEXT;

-- Whether independence rules forbid the service for audit clients: 1 yes.
ALTER TABLE service ADD COLUMN forbidden INTEGER NOT NULL DEFAULT 0;

CREATE TABLE lifetime_fit (
	id             INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a model the highest counts
	model          TEXT    NOT NULL,                  -- annuity, sbg, bgnbd or gg
	as_of          INTEGER NOT NULL,                  -- day the fitted histories go up to
	clients        INTEGER NOT NULL,                  -- groups it was fitted to
	cohorts        INTEGER NOT NULL,                  -- years in which those began; 0 where that says nothing
	params         TEXT    NOT NULL,                  -- JSON object: parameter by its published name
	log_likelihood REAL    NOT NULL,                  -- of all clients together; 0 where there is none
	model_error    REAL    NOT NULL,                  -- root mean square error of the model over the last year, held out
	naive_error    REAL    NOT NULL,                  -- the same of the naive guess
	held_out       INTEGER NOT NULL,                  -- cohorts or clients that were foretold; 0: not checked
	reason         TEXT    NOT NULL DEFAULT '',       -- key of the sentence that says why there is no fit; '': there is one
	by_user        TEXT    NOT NULL DEFAULT '',       -- Slack user who asked for it; '' is the operator or the program
	at             INTEGER NOT NULL                   -- instant it was made
) STRICT;

CREATE INDEX lifetime_fit_model ON lifetime_fit (model, id);
