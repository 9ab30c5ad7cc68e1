-- Messages that change after they were sent: a digest whose lines are handled, a
-- discussion in which the seventh card comes in, a message about a client whose
-- time is over. And messages that belong in the thread of another.
--
-- Kept side by side with ../../sqlite/migrations/0005_ledger.sql: same tables,
-- same columns, same meaning. Units and unknowns are those of 0001.

-- +goose Up
-- wanted is raised with every change of what a message is about; shown is what
-- wanted was when it was last rendered.
ALTER TABLE ledger ADD COLUMN wanted BIGINT NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN shown BIGINT NOT NULL DEFAULT 0;

-- parent is the key of the entry in whose thread it stands; '': in none.
ALTER TABLE ledger ADD COLUMN parent TEXT COLLATE "C" NOT NULL DEFAULT '';

-- stubbed is the instant at which its content gave way to a stub; 0: it has its content.
ALTER TABLE ledger ADD COLUMN stubbed BIGINT NOT NULL DEFAULT 0;

CREATE INDEX ledger_revised ON ledger (lease, id) WHERE state = 'sent' AND wanted > shown;
CREATE INDEX ledger_content ON ledger (at) WHERE state = 'sent' AND stubbed = 0;
