PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
INSERT INTO goose_db_version VALUES(1,0,1,'2026-11-21 21:28:38');
INSERT INTO goose_db_version VALUES(2,1,1,'2026-11-21 21:28:38');
INSERT INTO goose_db_version VALUES(3,2,1,'2026-11-21 22:24:06');
INSERT INTO goose_db_version VALUES(4,3,1,'2026-11-21 23:55:38');
INSERT INTO goose_db_version VALUES(5,4,1,'2026-11-22 00:18:03');
INSERT INTO goose_db_version VALUES(6,5,1,'2026-11-22 00:19:35');
INSERT INTO goose_db_version VALUES(7,6,1,'2026-11-22 01:16:41');
INSERT INTO goose_db_version VALUES(8,7,1,'2026-11-22 01:22:14');
INSERT INTO goose_db_version VALUES(9,8,1,'2026-11-22 03:27:15');
INSERT INTO goose_db_version VALUES(10,9,1,'2026-11-22 03:45:15');
INSERT INTO goose_db_version VALUES(11,10,1,'2026-11-22 06:20:31');
INSERT INTO goose_db_version VALUES(12,11,1,'2026-11-22 06:30:00');
INSERT INTO goose_db_version VALUES(13,12,1,'2026-11-22 10:30:00');
INSERT INTO goose_db_version VALUES(14,13,1,'2026-11-22 12:55:00');
CREATE TABLE office (
	id               INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), -- always 1: one office a database
	team_id          TEXT    NOT NULL DEFAULT '',                 -- Slack workspace it is bound to; '' until the first start with Slack
	names_version    INTEGER NOT NULL DEFAULT 0,                  -- raised by every change of what a client can be found by
	clients_imported INTEGER NOT NULL DEFAULT 0                   -- 1 once a client list was imported: unknown numbers are refused from then on
) STRICT;
INSERT INTO office VALUES(1,'T1',7,1);
CREATE TABLE member (
	user_id TEXT    NOT NULL PRIMARY KEY, -- Slack user
	role    TEXT    NOT NULL,             -- analysis.Role given by hand
	set_by  TEXT    NOT NULL DEFAULT '',  -- Slack user who gave it; '' is the operator
	set_at  INTEGER NOT NULL              -- instant it was given
) STRICT, WITHOUT ROWID;
INSERT INTO member VALUES('U1','beheerder','',1763712000000);
CREATE TABLE manager (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	name    TEXT NOT NULL DEFAULT '',          -- as the office writes it
	email   TEXT NOT NULL UNIQUE,              -- lower case; how imports and Slack name them
	user_id TEXT NOT NULL DEFAULT ''           -- Slack user once known
) STRICT;
INSERT INTO manager VALUES(1,'Anna de Boer','anna@kantoor.example','U1');
INSERT INTO manager VALUES(2,'Piet Bos','piet@kantoor.example','');
CREATE TABLE client_group (
	id          INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice: old audit lines stay with their subject
	number      TEXT    NOT NULL UNIQUE,           -- lowest client number when it was formed
	name        TEXT    NOT NULL DEFAULT '',       -- name of the relatiegroep
	manager_id  INTEGER NOT NULL DEFAULT 0,        -- manager who holds the relationship; no foreign key, see client
	partner_id  INTEGER NOT NULL DEFAULT 0,        -- manager who answers for it (vennoot)
	merged_into INTEGER REFERENCES client_group,   -- group it is part of since a merge, never itself merged; NULL: it stands alone
	import_id   INTEGER NOT NULL DEFAULT 0         -- last import that touched the row
) STRICT;
INSERT INTO client_group VALUES(1,'0100','Familie Jansen',1,2,NULL,1);
INSERT INTO client_group VALUES(2,'0101','Jansen Beheer B.V.',1,2,1,1);
INSERT INTO client_group VALUES(3,'0200','Łódź ''t Hof',1,0,NULL,1);
CREATE TABLE client (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,       -- never given out twice
	group_id   INTEGER NOT NULL REFERENCES client_group, -- relatiegroep; every client has one
	number     TEXT    NOT NULL UNIQUE,                 -- client number; leading zeros count
	debtor     TEXT    NOT NULL DEFAULT '',             -- second key, of the bookkeeping
	name       TEXT    NOT NULL,                        -- as the office writes it
	kvk        TEXT    NOT NULL DEFAULT '',             -- chamber of commerce number
	vat        TEXT    NOT NULL DEFAULT '',             -- btw-id, masked for natural persons
	email      TEXT    NOT NULL DEFAULT '',             -- general e-mail address
	kind       TEXT    NOT NULL DEFAULT '',             -- soort klant
	sbi        TEXT    NOT NULL DEFAULT '',             -- branche
	stage      TEXT    NOT NULL DEFAULT '',             -- levensfase
	status     TEXT    NOT NULL DEFAULT 'klant',        -- klant, prospect or oud-klant
	fte        REAL,                                    -- employees; NULL: unknown
	balance    INTEGER,                                 -- balance total in cents; NULL: unknown
	since      INTEGER,                                 -- day the relationship began; NULL: unknown
	until      INTEGER,                                 -- day it ended; NULL: it did not, or unknown
	market     TEXT    NOT NULL DEFAULT '',             -- focus market of a prospect
	referrer   TEXT    NOT NULL DEFAULT '',             -- who brought the client
	elsewhere  INTEGER,                                 -- cents a year known to be spent at other offices; NULL: unknown
	manager_id INTEGER NOT NULL DEFAULT 0,              -- manager as imported for this client
	partner_id INTEGER NOT NULL DEFAULT 0,              -- partner as imported for this client
	import_id  INTEGER NOT NULL DEFAULT 0               -- last import that touched the row
, audit TEXT) STRICT;
INSERT INTO client VALUES(1,1,'0100','D1','Bakkerij Jansen B.V.','01234567','','info@jansen.example','mkb','','','klant',12.5,123456789,7305,NULL,'','',NULL,0,0,1,'ja');
INSERT INTO client VALUES(2,1,'0101','','Jansen Beheer B.V.','','','','mkb','','','klant',NULL,NULL,NULL,NULL,'','',NULL,0,0,1,NULL);
INSERT INTO client VALUES(3,3,'0200','','Łódź ''t Hof','','','','','','','klant',NULL,NULL,NULL,NULL,'','',NULL,0,0,0,NULL);
CREATE TABLE contact (
	id        INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	client_id INTEGER NOT NULL REFERENCES client, -- client they are reached at
	name      TEXT    NOT NULL,                  -- with the client, what tells contact persons apart
	role      TEXT    NOT NULL DEFAULT '',       -- what they do there
	email     TEXT    NOT NULL DEFAULT '',       -- their own e-mail address
	phone     TEXT    NOT NULL DEFAULT '',       -- as the office writes it
	import_id INTEGER NOT NULL DEFAULT 0,        -- last import that touched the row
	UNIQUE (client_id, name)
) STRICT;
INSERT INTO contact VALUES(1,1,'Zoë Smit','directeur','zoe@jansen.example','06-12345678',1);
CREATE TABLE service (
	id   INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	name TEXT NOT NULL UNIQUE               -- as the bookkeeping names it
, forbidden INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO service VALUES(1,'Jaarrekening',1);
INSERT INTO service VALUES(2,'Advies',0);
CREATE TABLE source (
	id   INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	name TEXT NOT NULL UNIQUE               -- which bookkeeping lines come from
) STRICT;
INSERT INTO source VALUES(1,'Exact');
CREATE TABLE invoice_line (
	client_id    INTEGER NOT NULL,           -- client
	day          INTEGER NOT NULL,           -- day of the invoice
	service_id   INTEGER NOT NULL DEFAULT 0, -- service; 0: not said
	invoice      TEXT    NOT NULL DEFAULT '', -- invoice number
	cents        INTEGER NOT NULL,           -- amount in cents, excluding VAT
	source_id    INTEGER NOT NULL,           -- bookkeeping it came from
	occurrence   INTEGER NOT NULL,           -- 1 for the first of equal lines, 2 for the next
	service_year INTEGER NOT NULL DEFAULT 0, -- year the work was for; 0: not said
	import_id    INTEGER NOT NULL,           -- import that brought it
	PRIMARY KEY (client_id, day, service_id, invoice, cents, source_id, occurrence)
) STRICT, WITHOUT ROWID;
INSERT INTO invoice_line VALUES(1,20454,1,'F1',125000,1,1,2025,2);
INSERT INTO invoice_line VALUES(1,20454,1,'F1',125000,1,2,2025,2);
INSERT INTO invoice_line VALUES(2,20460,2,'F2',-5000,1,1,0,2);
CREATE TABLE unattributed_line (
	day          INTEGER NOT NULL,           -- day of the invoice
	service_id   INTEGER NOT NULL DEFAULT 0, -- service; 0: not said
	invoice      TEXT    NOT NULL DEFAULT '', -- invoice number
	cents        INTEGER NOT NULL,           -- amount in cents, excluding VAT
	source_id    INTEGER NOT NULL,           -- bookkeeping it came from
	occurrence   INTEGER NOT NULL,           -- 1 for the first of equal lines, 2 for the next
	service_year INTEGER NOT NULL DEFAULT 0, -- year the work was for; 0: not said
	import_id    INTEGER NOT NULL,           -- import that brought it
	PRIMARY KEY (day, service_id, invoice, cents, source_id, occurrence)
) STRICT, WITHOUT ROWID;
INSERT INTO unattributed_line VALUES(20454,0,'',999,1,1,0,2);
CREATE TABLE import (
	id               INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice; the unit of undo
	kind             TEXT    NOT NULL,                  -- clients, revenue or xaf
	file             TEXT    NOT NULL DEFAULT '',       -- base name of the file
	source           TEXT    NOT NULL DEFAULT '',       -- bookkeeping of its lines
	by_user          TEXT    NOT NULL DEFAULT '',       -- Slack user; '' is the operator
	at               INTEGER NOT NULL,                  -- instant it was applied
	added            INTEGER NOT NULL DEFAULT 0,        -- rows it added
	changed          INTEGER NOT NULL DEFAULT 0,        -- rows it changed
	unchanged        INTEGER NOT NULL DEFAULT 0,        -- rows that were there already
	removed          INTEGER NOT NULL DEFAULT 0,        -- lines it took out by --replace-period
	refused          INTEGER NOT NULL DEFAULT 0,        -- rows it refused
	total_cents      INTEGER NOT NULL DEFAULT 0,        -- revenue of the rows taken over or there already
	attributed_cents INTEGER NOT NULL DEFAULT 0,        -- of which with a client
	first_list       INTEGER NOT NULL DEFAULT 0,        -- 1 when it set office.clients_imported, so that undo clears it
	undone_by        TEXT    NOT NULL DEFAULT '',       -- Slack user who undid it; '' is the operator
	undone_at        INTEGER NOT NULL DEFAULT 0         -- instant it was undone; 0: it stands
) STRICT;
INSERT INTO import VALUES(1,'clients','klanten.csv','','',1763712000000,2,0,0,0,0,0,0,1,'',0);
INSERT INTO import VALUES(2,'revenue','omzet.csv','','',1763712060000,2,0,0,0,0,0,0,0,'',0);
INSERT INTO import VALUES(3,'hours','uren.csv','','',1763712060000,2,0,0,0,0,0,0,0,'',0);
CREATE TABLE before_image (
	import_id  INTEGER NOT NULL REFERENCES import, -- import that changed the row
	table_name TEXT    NOT NULL,                   -- table of the row
	row_key    TEXT    NOT NULL,                   -- its id, or its primary key as a JSON array
	row_before TEXT,                               -- the row as a JSON object; NULL: the import created it
	PRIMARY KEY (import_id, table_name, row_key)
) STRICT, WITHOUT ROWID;
INSERT INTO before_image VALUES(1,'client','1',NULL);
INSERT INTO before_image VALUES(1,'client','2','{"id":2}');
CREATE TABLE proposal (
	id         INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	why        TEXT    NOT NULL,                  -- name, email or contact: what the groups share
	group_key  TEXT    NOT NULL UNIQUE,           -- digest of the group ids: the same groups are proposed once
	state      TEXT    NOT NULL DEFAULT 'open',   -- open, merged or dismissed
	kept_id    INTEGER NOT NULL DEFAULT 0,        -- group that a merge kept
	decided_by TEXT    NOT NULL DEFAULT '',       -- Slack user who decided; '' is the operator
	decided_at INTEGER NOT NULL DEFAULT 0,        -- instant of the decision
	import_id  INTEGER NOT NULL DEFAULT 0         -- import after which it was proposed
) STRICT;
INSERT INTO proposal VALUES(1,'name','a','merged',1,'U1',1763712120000,1);
INSERT INTO proposal VALUES(2,'email','b','open',0,'',0,1);
CREATE TABLE proposal_group (
	proposal_id INTEGER NOT NULL REFERENCES proposal, -- proposal
	group_id    INTEGER NOT NULL,                     -- one of its groups; an undone import may have removed it
	PRIMARY KEY (proposal_id, group_id)
) STRICT, WITHOUT ROWID;
INSERT INTO proposal_group VALUES(1,1);
INSERT INTO proposal_group VALUES(1,2);
INSERT INTO proposal_group VALUES(2,2);
INSERT INTO proposal_group VALUES(2,3);
CREATE TABLE merge_move (
	proposal_id INTEGER NOT NULL REFERENCES proposal, -- proposal that was merged
	entity      TEXT    NOT NULL,                     -- client or group: what row_id identifies
	row_id      INTEGER NOT NULL,                     -- client whose group_id, or group whose merged_into, was set
	was         INTEGER NOT NULL,                     -- what it was before; 0 is NULL
	PRIMARY KEY (proposal_id, entity, row_id)
) STRICT, WITHOUT ROWID;
INSERT INTO merge_move VALUES(1,'client',2,2);
INSERT INTO merge_move VALUES(1,'group',2,0);
CREATE TABLE subject_token (
	token     TEXT    NOT NULL PRIMARY KEY, -- random
	client_id INTEGER NOT NULL DEFAULT 0,   -- client; 0: a group
	group_id  INTEGER NOT NULL DEFAULT 0,   -- group; 0: a client alone
	UNIQUE (client_id, group_id)
) STRICT, WITHOUT ROWID;
INSERT INTO subject_token VALUES('AAAA',2,2);
CREATE TABLE audit (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing
	at      INTEGER NOT NULL,                  -- instant
	user_id TEXT    NOT NULL DEFAULT '',       -- Slack user; '' is the operator
	action  TEXT    NOT NULL,                  -- registered action
	token   TEXT    NOT NULL DEFAULT '',       -- subject_token; '' is the office as a whole
	channel TEXT    NOT NULL DEFAULT '',       -- Slack conversation it was shared in
	request TEXT    NOT NULL DEFAULT ''        -- envelope or command it belongs to
, batch INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO audit VALUES(1,1763712180000,'U1','client.show','AAAA','','R1',1);
INSERT INTO audit VALUES(2,1763712000001,'U1','office.status','','','',0);
CREATE TABLE inbox (
	key         TEXT    NOT NULL PRIMARY KEY, -- event_id or trigger_id
	kind        TEXT    NOT NULL,             -- as the wire names it
	payload     BLOB    NOT NULL,             -- JSON as received; empty once answered
	received    INTEGER NOT NULL,             -- instant of arrival, wall time
	owner       TEXT    NOT NULL DEFAULT '',  -- who works on it
	lease       INTEGER NOT NULL,             -- instant until which owner may, wall time
	finished_at INTEGER NOT NULL DEFAULT 0    -- instant it was answered; 0: not yet
) STRICT;
INSERT INTO inbox VALUES('E1','slash_commands',X'7b7d',1763712180000,'a',1763712240000,0);
CREATE TABLE processed (
	key TEXT    NOT NULL PRIMARY KEY, -- effect that happened
	at  INTEGER NOT NULL              -- instant it did
) STRICT, WITHOUT ROWID;
INSERT INTO processed VALUES('press/1',1763712180000);
CREATE TABLE ledger (
	id        INTEGER PRIMARY KEY AUTOINCREMENT, -- order of queueing
	key       TEXT    NOT NULL UNIQUE,           -- unique for ever
	kind      TEXT    NOT NULL,                  -- which renderer
	channel   TEXT    NOT NULL DEFAULT '',       -- where to; '': a DM with user_id
	user_id   TEXT    NOT NULL DEFAULT '',       -- for whom; '': everybody in channel
	lang      TEXT    NOT NULL DEFAULT '',       -- nl or en
	client_id INTEGER NOT NULL DEFAULT 0,        -- client it is about
	group_id  INTEGER NOT NULL DEFAULT 0,        -- group it is about
	author    TEXT    NOT NULL DEFAULT '',       -- on whose behalf; '': the bot's own
	at        INTEGER NOT NULL,                  -- instant of the request, business time
	due       INTEGER NOT NULL,                  -- instant before which it is not sent, wall time
	state     TEXT    NOT NULL DEFAULT 'queued', -- queued, sending, sent, unknown or failed
	ts        TEXT    NOT NULL DEFAULT '',       -- Slack's timestamp once sent
	attempts  INTEGER NOT NULL DEFAULT 0,        -- how often sending began
	attempt   INTEGER NOT NULL DEFAULT 0,        -- instant the last attempt began, wall time
	owner     TEXT    NOT NULL DEFAULT '',       -- who sends it
	lease     INTEGER NOT NULL DEFAULT 0,        -- instant until which owner may, wall time
	reason    TEXT    NOT NULL DEFAULT ''        -- error code of the last failure
, subject TEXT NOT NULL DEFAULT '', wanted INTEGER NOT NULL DEFAULT 0, shown INTEGER NOT NULL DEFAULT 0, parent TEXT NOT NULL DEFAULT '', stubbed INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO ledger VALUES(1,'share/1','client.card','C1','','nl',2,2,'U1',1763712180000,1763712180000,'queued','',0,0,'',0,'','mkb',0,0,'',0);
CREATE TABLE setting (
	key     TEXT    NOT NULL,            -- which choice, for instance criteria/mkb
	version INTEGER NOT NULL,            -- 1 for the first; the highest counts
	value   BLOB    NOT NULL,            -- JSON of the subject that reads it; empty: back to the default
	by_user TEXT    NOT NULL DEFAULT '', -- Slack user who chose; '' is the operator
	at      INTEGER NOT NULL,            -- instant of the choice
	PRIMARY KEY (key, version)
) STRICT, WITHOUT ROWID;
INSERT INTO setting VALUES('quota',1,X'','U1',1763712000000);
INSERT INTO setting VALUES('quota',2,X'7b2241223a357d','U1',1763712060000);
CREATE TABLE judgement (
	id        INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a group and criterion the highest counts
	group_id  INTEGER NOT NULL,                  -- group that was judged
	criterion TEXT    NOT NULL,                  -- key of the criterion
	value     INTEGER NOT NULL,                  -- 0 to 4; -1: taken back
	by_user   TEXT    NOT NULL DEFAULT '',       -- Slack user who judged; '' is the operator
	at        INTEGER NOT NULL,                  -- instant it was judged
	import_id INTEGER NOT NULL DEFAULT 0         -- import that brought it; 0: by hand
) STRICT;
INSERT INTO judgement VALUES(1,2,'strategie',3,'U1',1763712000000,0);
INSERT INTO judgement VALUES(2,1,'ict',2,'U1',1763712060000,0);
INSERT INTO judgement VALUES(3,1,'ict',-1,'U1',1763712120000,0);
CREATE TABLE segment_version (
	id       INTEGER NOT NULL PRIMARY KEY,       -- number of the segmentation, without gaps
	state    TEXT    NOT NULL DEFAULT 'concept', -- concept or definitief
	as_of    INTEGER NOT NULL,                   -- day its figures are of
	by_user  TEXT    NOT NULL DEFAULT '',        -- Slack user who made it; '' is the operator
	made     INTEGER NOT NULL,                   -- instant its groups were last worked out
	final_by TEXT    NOT NULL DEFAULT '',        -- Slack user who made it final; '' is the operator, or nobody yet
	final_at INTEGER NOT NULL DEFAULT 0          -- instant it became final; 0: it is a draft
) STRICT;
INSERT INTO segment_version VALUES(1,'definitief',20454,'U1',1763712000000,'U1',1763712180000);
INSERT INTO segment_version VALUES(2,'concept',20460,'U1',1763712240000,'',0);
CREATE TABLE segment_item (
	version_id INTEGER NOT NULL,            -- segmentation
	group_id   INTEGER NOT NULL,            -- group as it was then; it may be merged since
	score      REAL    NOT NULL,            -- 0 to 100
	coverage   REAL    NOT NULL,            -- 0 to 1: known weight / all weight
	segment    TEXT    NOT NULL DEFAULT '', -- A, B, C or D by the score; '': no yearly revenue
	yearly     INTEGER,                     -- yearly revenue in cents; NULL: unknown
	PRIMARY KEY (version_id, group_id)
) STRICT, WITHOUT ROWID;
INSERT INTO segment_item VALUES(1,1,87.5,0.75,'A',245000);
INSERT INTO segment_item VALUES(1,3,0.0,0.2000000000000000111,'',NULL);
INSERT INTO segment_item VALUES(2,1,80.0,1.0,'A',245000);
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
INSERT INTO override VALUES(1,1,1,'B','krimpt',1,'U1',1763712060000,0);
INSERT INTO override VALUES(2,1,3,'A','Łódź groeit',0,'U2',1763712060000,1);
CREATE TABLE future (
	id       INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a group the highest counts
	group_id INTEGER NOT NULL,                  -- group that was decided about
	decision TEXT    NOT NULL,                  -- houden, ontwikkelen or afscheid
	reason   TEXT    NOT NULL DEFAULT '',       -- why
	by_user  TEXT    NOT NULL DEFAULT '',       -- Slack user who decided; '' is the operator
	at       INTEGER NOT NULL,                  -- instant
	done     TEXT    NOT NULL DEFAULT '[]'      -- steps of a parting that were taken, as a JSON array
) STRICT;
INSERT INTO future VALUES(1,3,'ontwikkelen','','U1',1763712000000,'[]');
INSERT INTO future VALUES(2,3,'afscheid','past niet','U1',1763712060000,'["letter","notice"]');
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
INSERT INTO hours VALUES(1,20454,90,12500,1,1,3);
INSERT INTO hours VALUES(1,20454,90,12500,1,2,3);
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
INSERT INTO lifetime_fit VALUES(1,'sbg',20778,512,8,'{"a":0.668088,"b":3.806094}',-1611.1579999999999017,1.25,2.5,7,'','U1',1763712000000);
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
INSERT INTO touch VALUES(1,1,1,0,0,2,2,0,'telefoongesprek',20454,'U1',1,'belde over de overname','',NULL,'card','','','U1',1763712000000,0);
INSERT INTO touch VALUES(2,1,2,1,0,2,2,0,'bezoek',20455,'U1',1,'belde over de overname','offerte',20470,'card','https://x.example/p1','','U2',1763712001000,0);
INSERT INTO touch VALUES(3,3,1,1,0,3,0,0,'kaart',20456,'',2,'','',NULL,'import','','kaart/2026-01-01','',1763712002000,3);
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
INSERT INTO attention_mark VALUES(3,'telefoongesprek',20454,1,'later',20470,0,1,'U1','',1763712000000);
INSERT INTO attention_mark VALUES(3,'telefoongesprek',20454,2,'niet nodig',NULL,0,1,'U1','ziet elkaar wekelijks',1763712001000);
CREATE TABLE attention_own (
	group_id INTEGER NOT NULL,            -- group as it was then; it may be merged since
	version  INTEGER NOT NULL,            -- 1 for the first; the highest counts
	lines    TEXT    NOT NULL DEFAULT '', -- lines of the plan for this group as a JSON array; '': those of its segment
	reason   TEXT    NOT NULL DEFAULT '', -- why it is an exception
	by_user  TEXT    NOT NULL DEFAULT '', -- Slack user who decided; '' is the operator
	at       INTEGER NOT NULL,            -- instant
	PRIMARY KEY (group_id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO attention_own VALUES(3,1,'[{"segment":"","activity":"koffie","kind":"periodiek","touch":"bezoek","times":6,"role":"relatiemanager","minutes":30}]','op verzoek','U1',1763712000000);
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
INSERT INTO occasion VALUES(1,3,0,'verhuizing',20460,'U1',1763712000000,0);
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
INSERT INTO absence VALUES(1,1,20454,20460,2,'U1',1763712000000,0);
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
INSERT INTO digest_choice VALUES('U1',1,2,540,0,0,1763712000000);
CREATE TABLE gathering (
	id       INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	name     TEXT    NOT NULL,                  -- as people call the event
	activity TEXT    NOT NULL,                  -- of the collective line it is for
	day      INTEGER NOT NULL,                  -- day of the event
	by_user  TEXT    NOT NULL DEFAULT '',       -- Slack user who made the list; '' is the operator
	at       INTEGER NOT NULL,                  -- instant
	removed  INTEGER NOT NULL DEFAULT 0         -- 1: it is off
) STRICT;
INSERT INTO gathering VALUES(1,'Ontbijt','ontbijtsessie',20480,'U1',1763712000000,0);
CREATE TABLE invitation (
	gathering_id INTEGER NOT NULL REFERENCES gathering, -- event
	group_id     INTEGER NOT NULL,                      -- group as it was then; it may be merged since
	state        TEXT    NOT NULL,                      -- uitgenodigd, komt, afgezegd or geweest
	by_user      TEXT    NOT NULL DEFAULT '',           -- Slack user who said so last; '' is the operator
	at           INTEGER NOT NULL,                      -- instant of that
	PRIMARY KEY (gathering_id, group_id)
) STRICT, WITHOUT ROWID;
INSERT INTO invitation VALUES(1,3,'geweest','U1',1763712000000);
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
INSERT INTO survey_wave VALUES(1,'2025','klanten','op naam',5,'SALT',20400,'',1763712000000,3);
INSERT INTO survey_wave VALUES(2,'2025','medewerkers','anoniem',0,'SALT2',20455,'U1',1763712000000,0);
CREATE TABLE survey_respondent (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- never given out twice
	wave_id INTEGER NOT NULL,                  -- wave
	token   TEXT    NOT NULL,                  -- hash of the salt and how the survey tool calls them, or of their answers
	UNIQUE (wave_id, token)
) STRICT;
INSERT INTO survey_respondent VALUES(1,1,'een');
INSERT INTO survey_respondent VALUES(2,1,'twee');
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
INSERT INTO survey_response VALUES(1,1,'hash',20410,2,0,'zorg',9,8.5,'ja',1,'["deskundig"]',3);
INSERT INTO survey_response VALUES(2,1,'hash2',NULL,0,0,'',NULL,NULL,'',0,'[]',3);
CREATE TABLE survey_score (
	response_id INTEGER NOT NULL, -- response
	kind        TEXT    NOT NULL, -- thema, opbrengst or investering
	name        TEXT    NOT NULL, -- of the theme, benefit or sacrifice
	importance  REAL,             -- importance, or the one score; NULL: not said
	performance REAL,             -- performance; NULL: not said
	PRIMARY KEY (response_id, kind, name)
) STRICT, WITHOUT ROWID;
INSERT INTO survey_score VALUES(1,'thema','groei',4.5,NULL);
CREATE TABLE survey_comment (
	response_id INTEGER NOT NULL, -- response
	place       INTEGER NOT NULL, -- 1 for the first of the response
	question    TEXT    NOT NULL, -- as the file named it
	words       TEXT    NOT NULL, -- as answered, never changed
	PRIMARY KEY (response_id, place)
) STRICT, WITHOUT ROWID;
INSERT INTO survey_comment VALUES(1,1,'Waarom wij?','korte lijnen');
CREATE TABLE survey_shown (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- order of showing
	wave_id INTEGER NOT NULL,                  -- wave
	figure  TEXT    NOT NULL,                  -- figure, as analysis/survey names it
	part    TEXT    NOT NULL DEFAULT '',       -- focus market; '': the whole wave
	persons TEXT    NOT NULL,                  -- respondents it was made of, as a JSON array
	at      INTEGER NOT NULL                   -- instant it was first shown
) STRICT;
INSERT INTO survey_shown VALUES(1,2,'grade','','[5,6,7,8,9]',1763712000000);
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
INSERT INTO survey_followup VALUES(1,'ambassadeur',1,1,'open','','U1',1763712000000);
INSERT INTO survey_followup VALUES(1,'ambassadeur',2,1,'gedaan','gebeld','U1',1763712001000);
CREATE TABLE model_cache (
	key    TEXT    NOT NULL PRIMARY KEY, -- hash of everything that went into the answer
	answer BLOB    NOT NULL,             -- what the model answered
	at     INTEGER NOT NULL              -- instant it was kept
) STRICT, WITHOUT ROWID;
INSERT INTO model_cache VALUES('hash',X'7b7d',1763712000000);
CREATE TABLE model_spent (
	day    INTEGER NOT NULL PRIMARY KEY, -- day
	tokens INTEGER NOT NULL              -- tokens taken from the budget of that day
) STRICT;
INSERT INTO model_spent VALUES(20455,100);
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
INSERT INTO model_call VALUES(1,1763712000000,'U1','nl/map.v1','m',12,3,1200,'ok');
CREATE TABLE remark (
	id       INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing; of a group the highest counts
	group_id INTEGER NOT NULL,                  -- group it is about
	words    TEXT    NOT NULL,                  -- what was noted; '': taken back
	by_user  TEXT    NOT NULL DEFAULT '',       -- Slack user who noted it; '' is the operator
	at       INTEGER NOT NULL                   -- instant it was noted
) STRICT;
INSERT INTO remark VALUES(1,1,'Zoon neemt over','U1',1763712000000);
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
INSERT INTO session VALUES(1,'T8','nu-3jaar','asynchroon','Blijven','group/1',1,'C1','U1','["U1","U2","U3","U4"]','loopt','','groeperen',1795510800000,1795251600000,1795251660000,6);
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
INSERT INTO session_event VALUES(1,1,1795251600000,'U1','T8','started',1,'{"kind":"nu-3jaar","mode":"asynchroon","goal":"Blijven","subject":{"group":1},"channel":"C1","facilitator":"U1","participants":["U1","U2","U3","U4"],"anonymous":["feitenkaart","schrijven","wens"],"terms":[{"phase":"feitenkaart","days":2,"minutes":5},{"phase":"schrijven","days":2,"minutes":8},{"phase":"groeperen","days":2,"minutes":7},{"phase":"stemmen","days":2,"minutes":3},{"phase":"bespreken","days":2,"minutes":15},{"phase":"acties","days":2,"minutes":7}],"deadline":"2026-11-24T09:00:00Z"}');
INSERT INTO session_event VALUES(1,2,1795251660000,'U2','T81','wrote',1,'{"horizon":"nu","text":"Snel antwoord"}');
INSERT INTO session_event VALUES(1,3,1795251660000,'U1','T82','moved',1,'{"from":"feitenkaart","visit":1,"to":"schrijven","deadline":"2026-11-24T09:00:00Z"}');
INSERT INTO session_event VALUES(1,4,1795251660000,'U1','T83','moved',1,'{"from":"schrijven","visit":3,"to":"groeperen","deadline":"2026-11-24T09:00:00Z"}');
INSERT INTO session_event VALUES(1,5,1795251660000,'U1','T84','agreed',1,'{"owner":"U2","due":"2026-12-13","when":"het kwartaal om is","then":"bel ik","theme":"groei"}');
INSERT INTO session_event VALUES(1,6,1795251660000,'U2','T85','handled',1,'{"action":5,"base":1,"state":"verzet","due":"2026-12-23","reason":"op reis"}');
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
INSERT INTO session_action VALUES(1,5,'U2',20810,'verzet','het kwartaal om is','bel ik','groei',1,'U1',1795251660000,20778,2,1795251660000,'op reis');
CREATE TABLE reflection (
	id      INTEGER PRIMARY KEY AUTOINCREMENT, -- order of writing
	user_id TEXT    NOT NULL,                  -- Slack user; nobody else reads it
	day     INTEGER NOT NULL,                  -- day of the talk
	answers TEXT    NOT NULL,                  -- 1 to 5 by question, 0 is left open, as a JSON array
	lesson  TEXT    NOT NULL DEFAULT '',       -- theirs until they share it
	at      INTEGER NOT NULL                   -- instant it was written; it is removed 90 days later
) STRICT;
INSERT INTO reflection VALUES(1,'U1',20400,'[5,4,3,2,0]','Vraag door',1763712000000);
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
INSERT INTO feedback VALUES(1,2,'groei',-1,'Niemand belt terug','https://kantoor.slack.com/archives/C1/p1',20455,'U1',1763712000000,0);
CREATE TABLE audit_seal (
	batch    INTEGER NOT NULL PRIMARY KEY, -- 1, 2, 3, ... without gaps
	at       INTEGER NOT NULL,             -- instant it was sealed
	lines    INTEGER NOT NULL,             -- how many lines stand under it, at least one
	previous TEXT    NOT NULL,             -- seal of the batch before; '' for the first
	seal     TEXT    NOT NULL              -- SHA-256 over the previous seal, the number of the batch and its lines, in hexadecimals
) STRICT;
INSERT INTO audit_seal VALUES(1,1763712000000,1,'','be5a08e67b4254edc60460440c26ef46e80ff6a0a6899ce889346089975e475c');
CREATE TABLE forgotten (
	digest  TEXT    NOT NULL PRIMARY KEY, -- SHA-256 over the salt and the client number, in hexadecimals
	salt    TEXT    NOT NULL,             -- random
	by_user TEXT    NOT NULL DEFAULT '',  -- Slack user who asked for it; '' is the operator
	at      INTEGER NOT NULL              -- instant it was done first
) STRICT, WITHOUT ROWID;
INSERT INTO forgotten VALUES('596e800fa998e38d9e08e6a22f5498463ea1d370d8c50e30f2b6de2948cb5cbf','zout','U1',1763712000000);
CREATE TABLE objection (
	contact_id INTEGER NOT NULL,            -- contact person
	version    INTEGER NOT NULL,            -- 1 for the first; the highest counts
	stands     INTEGER NOT NULL,            -- 1: they object; 0: not any more
	by_user    TEXT    NOT NULL DEFAULT '', -- Slack user who noted it; '' is the operator
	at         INTEGER NOT NULL,            -- instant it was noted
	PRIMARY KEY (contact_id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO objection VALUES(1,1,1,'U1',1763712000000);
CREATE TABLE restriction (
	group_id INTEGER NOT NULL,            -- group as it was then; it may be merged since
	version  INTEGER NOT NULL,            -- 1 for the first; the highest counts
	people   TEXT    NOT NULL,            -- Slack users who may, as a JSON array; empty: everybody again
	by_user  TEXT    NOT NULL DEFAULT '', -- Slack user who decided; '' is the operator
	at       INTEGER NOT NULL,            -- instant
	PRIMARY KEY (group_id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO restriction VALUES(3,1,'["U1","U2"]','U1',1763712000000);
CREATE TABLE question (
	id          INTEGER PRIMARY KEY AUTOINCREMENT,
	request     TEXT    NOT NULL UNIQUE,
	channel     TEXT    NOT NULL DEFAULT '',
	thread      TEXT    NOT NULL DEFAULT '',
	user_id     TEXT    NOT NULL,
	intent      TEXT    NOT NULL,
	likely      TEXT    NOT NULL DEFAULT '',
	client_id   INTEGER NOT NULL DEFAULT 0,
	manager_id  INTEGER NOT NULL DEFAULT 0,
	mine        INTEGER NOT NULL DEFAULT 0,
	segment     TEXT    NOT NULL DEFAULT '',
	against     TEXT    NOT NULL DEFAULT '',
	client_type TEXT    NOT NULL DEFAULT '',
	layer       TEXT    NOT NULL DEFAULT '',
	service_id  INTEGER NOT NULL DEFAULT 0,
	lacking     INTEGER NOT NULL DEFAULT 0,
	theme       TEXT    NOT NULL DEFAULT '',
	audience    TEXT    NOT NULL DEFAULT '',
	days        INTEGER NOT NULL DEFAULT 0,
	most        INTEGER NOT NULL DEFAULT 0,
	period_from INTEGER NOT NULL DEFAULT 0,
	period_to   INTEGER NOT NULL DEFAULT 0,
	kind        TEXT    NOT NULL DEFAULT '',
	verdict     INTEGER NOT NULL DEFAULT 0,
	at          INTEGER NOT NULL
) STRICT;
CREATE TABLE question_remark (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	request  TEXT    NOT NULL UNIQUE,
	intent   TEXT    NOT NULL,
	verdict  INTEGER NOT NULL,
	words    TEXT    NOT NULL,
	at       INTEGER NOT NULL
) STRICT;
INSERT INTO question VALUES(1,'r1','C1','1.1','U1','client.revenue','',1,0,0,'','','','',0,0,'','',0,0,20089,20453,'',1,1763712000000);
INSERT INTO question_remark VALUES(1,'m1','client.revenue',1,'Precies goed',1763712000000);
CREATE TABLE ledger_file (
	file      TEXT    PRIMARY KEY,
	ledger_id INTEGER NOT NULL,
	refused   TEXT    NOT NULL DEFAULT ''
) STRICT;
INSERT INTO ledger_file VALUES('F1',1,'');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('goose_db_version',14);
INSERT INTO sqlite_sequence VALUES('manager',2);
INSERT INTO sqlite_sequence VALUES('import',3);
INSERT INTO sqlite_sequence VALUES('client_group',3);
INSERT INTO sqlite_sequence VALUES('client',3);
INSERT INTO sqlite_sequence VALUES('contact',1);
INSERT INTO sqlite_sequence VALUES('service',2);
INSERT INTO sqlite_sequence VALUES('source',1);
INSERT INTO sqlite_sequence VALUES('proposal',2);
INSERT INTO sqlite_sequence VALUES('audit',2);
INSERT INTO sqlite_sequence VALUES('ledger',1);
INSERT INTO sqlite_sequence VALUES('judgement',3);
INSERT INTO sqlite_sequence VALUES('override',2);
INSERT INTO sqlite_sequence VALUES('future',2);
INSERT INTO sqlite_sequence VALUES('lifetime_fit',1);
INSERT INTO sqlite_sequence VALUES('touch',3);
INSERT INTO sqlite_sequence VALUES('occasion',1);
INSERT INTO sqlite_sequence VALUES('absence',1);
INSERT INTO sqlite_sequence VALUES('gathering',1);
INSERT INTO sqlite_sequence VALUES('survey_wave',2);
INSERT INTO sqlite_sequence VALUES('survey_respondent',2);
INSERT INTO sqlite_sequence VALUES('survey_shown',1);
INSERT INTO sqlite_sequence VALUES('model_call',1);
INSERT INTO sqlite_sequence VALUES('remark',1);
INSERT INTO sqlite_sequence VALUES('session',1);
INSERT INTO sqlite_sequence VALUES('reflection',1);
INSERT INTO sqlite_sequence VALUES('feedback',1);
INSERT INTO sqlite_sequence VALUES('question',1);
INSERT INTO sqlite_sequence VALUES('question_remark',1);
CREATE INDEX client_group_partner ON client_group (partner_id);
CREATE INDEX client_group_merged ON client_group (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX client_group_id ON client (group_id);
CREATE INDEX proposal_open ON proposal (id) WHERE state = 'open';
CREATE INDEX subject_token_group ON subject_token (group_id);
CREATE UNIQUE INDEX audit_once ON audit (request, action, token) WHERE request <> '';
CREATE INDEX audit_token ON audit (token);
CREATE INDEX inbox_open ON inbox (received) WHERE finished_at = 0;
CREATE INDEX inbox_received ON inbox (received);
CREATE INDEX processed_at ON processed (at);
CREATE INDEX ledger_undelivered ON ledger (state, due, id) WHERE state <> 'sent';
CREATE INDEX judgement_group ON judgement (group_id, criterion, id);
CREATE UNIQUE INDEX segment_version_draft ON segment_version (state) WHERE state = 'concept';
CREATE INDEX override_group ON override (version_id, group_id, id);
CREATE TRIGGER segment_version_changed BEFORE UPDATE ON segment_version WHEN OLD.state <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
CREATE TRIGGER segment_version_removed BEFORE DELETE ON segment_version WHEN OLD.state <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
CREATE TRIGGER segment_item_added BEFORE INSERT ON segment_item
WHEN (SELECT state FROM segment_version WHERE id = NEW.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
CREATE TRIGGER segment_item_changed BEFORE UPDATE ON segment_item
BEGIN SELECT RAISE(ABORT, 'items of a segmentation are replaced, not changed'); END;
CREATE TRIGGER segment_item_removed BEFORE DELETE ON segment_item
WHEN (SELECT state FROM segment_version WHERE id = OLD.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
CREATE TRIGGER override_added BEFORE INSERT ON override
WHEN (SELECT state FROM segment_version WHERE id = NEW.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
CREATE TRIGGER override_changed
BEFORE UPDATE OF id, version_id, group_id, segment, strategic, by_user, at, proposed ON override
BEGIN SELECT RAISE(ABORT, 'overrides are added, not changed'); END;
CREATE TRIGGER override_removed BEFORE DELETE ON override
WHEN (SELECT state FROM segment_version WHERE id = OLD.version_id) <> 'concept'
BEGIN SELECT RAISE(ABORT, 'a final segmentation never changes'); END;
CREATE INDEX future_group ON future (group_id, id);
CREATE INDEX client_referrer ON client (referrer) WHERE referrer <> '';
CREATE INDEX lifetime_fit_model ON lifetime_fit (model, id);
CREATE UNIQUE INDEX touch_version ON touch (touch_id, version);
CREATE INDEX touch_last ON touch (group_id, kind, day) WHERE newest = 1 AND removed = 0;
CREATE INDEX touch_day ON touch (day, id) WHERE newest = 1 AND removed = 0;
CREATE UNIQUE INDEX touch_asked ON touch (group_id, asked) WHERE asked <> '' AND newest = 1 AND removed = 0;
CREATE INDEX touch_import ON touch (import_id) WHERE import_id <> 0;
CREATE INDEX occasion_group ON occasion (group_id);
CREATE INDEX ledger_revised ON ledger (lease, id) WHERE state = 'sent' AND wanted > shown;
CREATE INDEX ledger_content ON ledger (at) WHERE state = 'sent' AND stubbed = 0;
CREATE INDEX survey_response_wave ON survey_response (wave_id, id);
CREATE INDEX survey_response_client ON survey_response (client_id) WHERE client_id <> 0;
CREATE INDEX survey_response_import ON survey_response (import_id);
CREATE INDEX survey_shown_wave ON survey_shown (wave_id, id);
CREATE INDEX remark_group ON remark (group_id, id);
CREATE INDEX session_status ON session (status, id);
CREATE INDEX session_group ON session (group_id) WHERE group_id <> 0;
CREATE INDEX session_channel ON session (channel_id, id);
CREATE UNIQUE INDEX session_event_request ON session_event (session_id, request) WHERE request <> '';
CREATE TRIGGER session_event_changed BEFORE UPDATE OF session_id, seq, at, request, name, version ON session_event
BEGIN SELECT RAISE(ABORT, 'events of a session are added, not changed'); END;
CREATE TRIGGER session_event_removed BEFORE DELETE ON session_event
BEGIN SELECT RAISE(ABORT, 'events of a session are added, not removed'); END;
CREATE INDEX session_action_due ON session_action (state, due);
CREATE INDEX session_action_owner ON session_action (owner, due);
CREATE INDEX session_action_group ON session_action (group_id) WHERE group_id <> 0;
CREATE INDEX reflection_user ON reflection (user_id, at);
CREATE INDEX reflection_at ON reflection (at);
CREATE INDEX feedback_client ON feedback (client_id, id) WHERE removed = 0;
CREATE UNIQUE INDEX feedback_link ON feedback (link) WHERE link <> '' AND removed = 0;
CREATE INDEX audit_batch ON audit (batch, id);
CREATE TRIGGER audit_added BEFORE INSERT ON audit WHEN NEW.batch <> 0
BEGIN SELECT RAISE(ABORT, 'lines of the trail are sealed after they were written'); END;
CREATE TRIGGER audit_changed BEFORE UPDATE OF id, at, user_id, action, token, channel, request ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the trail are added, not changed'); END;
CREATE TRIGGER audit_sealed BEFORE UPDATE OF batch ON audit WHEN OLD.batch <> 0
BEGIN SELECT RAISE(ABORT, 'a line of the trail is sealed once'); END;
CREATE TRIGGER audit_removed BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'lines of the trail are added, not removed'); END;
CREATE TRIGGER audit_seal_changed BEFORE UPDATE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'a seal never changes'); END;
CREATE TRIGGER audit_seal_removed BEFORE DELETE ON audit_seal
BEGIN SELECT RAISE(ABORT, 'a seal never changes'); END;
CREATE INDEX question_thread ON question (channel, thread, id);
CREATE INDEX question_asker ON question (user_id, channel, id);
CREATE INDEX question_client ON question (client_id) WHERE client_id <> 0;
CREATE INDEX question_at ON question (at);
CREATE INDEX question_remark_at ON question_remark (at);
CREATE INDEX ledger_file_of ON ledger_file (ledger_id);
ALTER TABLE ledger ADD COLUMN thread TEXT NOT NULL DEFAULT '';
ALTER TABLE question ADD COLUMN told_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;
CREATE INDEX question_told ON question (told_until) WHERE told_until <> 0;
UPDATE ledger SET thread = '1.1' WHERE id = 1;
UPDATE question SET told_until = 1763712000000 WHERE id = 1;
COMMIT;
